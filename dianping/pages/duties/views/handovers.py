"""交接: what was handed over, handing the reviews of one seat to another from a day until a day, and taking them back."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.common.formkeys import new_form_key
from dianping.common.paging import page_of
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form, tell_refusal
from dianping.duties.rights import may_hand_over, may_keep
from dianping.duties.selectors import (
    done_since,
    duties_owed_by,
    handover_for,
    handovers_in,
    handovers_seen,
    in_state,
    seats_owing,
)
from dianping.duties.selectors.lines import about_words
from dianping.duties.services import hand_over, take_back_handover
from dianping.orgs.selectors.posts import holder_on, seats_around
from dianping.orgs.selectors.seats import as_found
from dianping.pages.frame.forms import WordsField, date_input
from dianping.pages.frame.list_scopes import below
from dianping.pages.frame.lists import ListColumn, Listing, asked_of, wants_workbook, workbook
from dianping.pages.frame.picker import FIND, picker
from dianping.pages.frame.scope import current_organisation

if TYPE_CHECKING:
    from dianping.accounts.viewer import Viewer
    from dianping.duties.models import Handover
    from dianping.orgs.models import Organisation, Post
    from dianping.pages.frame.picker import Picker

HANDOVERS = Listing(
    title="交接",
    columns=(
        ListColumn("从", lambda row: row[0].on, 11),
        ListColumn("到", lambda row: row[0].until or "收回为止", 11),
        ListColumn("谁交出", lambda row: row[0].from_post.called, 24),
        ListColumn("交给谁", lambda row: row[0].to_post.called, 24),
        ListColumn("原因", lambda row: row[0].why, 30),
        ListColumn("交接", lambda row: row[0].duties, 7),
        ListColumn("已办", lambda row: row[1], 7),
        ListColumn("收回", lambda row: row[0].ended_on, 11),
        ListColumn("登记人", lambda row: row[0].by, 12),
    ),
    places=("from_post__organisation__path", "to_post__organisation__path"),
    people=("by",),
    seats=("from_post", "to_post"),
    day="on",
    day_word="交接日",
    states=(("", "全部"), ("standing", "有效"), ("coming", "还没有开始"), ("over", "已经结束")),
    inside=(
        ("from_post", "from_post__organisation__path"),
        ("to_post", "to_post__organisation__path"),
    ),
)
OFFERED = 12  # seats shown before anything is searched
MOST_ITEMS = 300  # reviews of one seat among which some can be chosen
ALL, SOME = "all", "some"


class HandOverForm(forms.Form):
    """From when until when, what, why. Both seats are chosen by the pickers beside it."""

    on = forms.DateField(
        label="从哪天起",
        required=False,
        widget=date_input(),
        error_messages={"invalid": "请写 2011-01-09 这样的日期。"},
    )
    until = forms.DateField(
        label="最后一天",
        required=False,
        widget=date_input(ahead=True),
        help_text="到这一天为止，第二天自动回到原来的职务；不知道哪天，可以空着。",
        error_messages={"invalid": "请写 2011-01-09 这样的日期。"},
    )
    why = WordsField(label="原因", rows=3, error_messages={"required": "没有写交接的原因。"})


def handovers(request: ViewerRequest) -> HttpResponse:
    """What was handed over here and below, newest first, with how much of it is done by now."""
    viewer, organisation = request.viewer, current_organisation(request)
    seen = handovers_seen(organisation.path, paths=viewer.read_paths, posts=viewer.post_ids)
    asked = asked_of(request, HANDOVERS)
    seen = asked.narrowed(
        handovers_in(seen, asked.state, today=viewer.day), paths=viewer.read_paths, today=viewer.day
    ).order_by("-on", "-pk")
    if wants_workbook(request):
        return workbook(
            request,
            asked,
            seen,
            _with_done,
            scope=f"交出或者接收的是{below(organisation)}",
            organisation=organisation,
        )
    page = page_of(seen, keys=("-on", "-pk"), asked=asked.given)
    context = {
        "organisation": organisation,
        "page": page,
        "rows": [
            (
                row,
                done,
                row.ended_on is None and may_hand_over(viewer.actor, row.from_post, row.to_post),
            )
            for row, done in _with_done(page.rows)
        ],
        "list": asked,
        "may_hand_over": may_keep(viewer.actor, organisation),
        "form_key": new_form_key(),
    }
    return render(request, "pages/duties/handovers.html", context)


def _with_done(rows: "list[Handover]") -> "list[tuple[Handover, int]]":
    """Each with how much of it is done by now; one query."""
    done = done_since(row.pk for row in rows)
    return [(row, done.get(row.pk, 0)) for row in rows]


def hand_over_page(request: ViewerRequest) -> HttpResponse:
    """Hand over what is open and what opens meanwhile; only the office that keeps both seats."""
    viewer, organisation = request.viewer, current_organisation(request)
    if not may_keep(viewer.actor, organisation):
        raise Http404
    sends = request.method == "POST" and FIND not in request.POST
    form = HandOverForm(request.POST if sends else None, initial=_typed(request) | {"on": viewer.day})
    from_seat, to_seat = _pickers(request, viewer, organisation)
    if sends and form.is_valid() and _both_chosen(form, from_seat, to_seat):
        assert from_seat.chosen is not None
        assert to_seat.chosen is not None
        try:
            done = hand_over(
                from_post=from_seat.chosen.post,
                to_post=to_seat.chosen.post,
                holder=holder_on(to_seat.chosen.post, day=viewer.day),
                why=form.cleaned_data["why"],
                on=form.cleaned_data["on"] or viewer.day,
                until=form.cleaned_data["until"],
                only=_items(request) if request.POST.get("what") == SOME else (),
                today=viewer.day,
                actor=viewer.actor,
            )
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(
                request, f"已交接 {done.duties} 项，双方的应办随之改变{_when(done.until, whole=done.whole)}"
            )
            return redirect("duties:handovers")
    post = from_seat.chosen.post if from_seat.chosen else None
    context = {
        "organisation": organisation,
        "form": form,
        "form_key": new_form_key(),
        "pickers": [from_seat, to_seat],
        "items": _choices(post, viewer) if post else [],
        "what": request.POST.get("what", ALL),
        "chosen": request.POST.getlist("items"),
    }
    return render(request, "pages/duties/hand_over.html", context, status=422 if form.errors else 200)


@require_POST
def handover_end(request: ViewerRequest, pk: int) -> HttpResponse:
    """Take back what was handed over and is not done."""
    viewer = request.viewer
    handed = get_object_or_404(handover_for(pk, paths=viewer.read_paths, posts=viewer.post_ids))
    if not may_hand_over(viewer.actor, handed.from_post, handed.to_post):
        raise Http404
    try:
        count = take_back_handover(handover=handed, on=viewer.day, actor=viewer.actor)
    except Refusal as no:
        tell_refusal(request, no)
    else:
        messages.success(request, f"已收回 {count} 项没有办的，回到原来的职务；已办的不变。")
    return redirect("duties:handovers")


def _typed(request: ViewerRequest) -> dict[str, str]:
    """What stood in the form when only a seat was searched."""
    return {
        key: request.POST[key] for key in ("on", "until", "why") if key in request.POST and request.POST[key]
    }


def _pickers(
    request: ViewerRequest, viewer: "Viewer", organisation: "Organisation"
) -> "tuple[Picker, Picker]":
    sent = request.POST if request.method == "POST" else request.GET
    paths, day = viewer.office_paths, viewer.day
    owing = [pair for pair in seats_owing(organisation.path, day=day) if _keeps(viewer, pair[0])][:OFFERED]
    around = [post for post in seats_around(organisation) if _keeps(viewer, post)][:OFFERED]
    hints = {post.pk: f"{n} 项未办" for post, n in owing}
    offered = as_found([post for post, _ in owing], day=day, hints=hints)
    return (
        picker(sent, name="from_post", label="谁不能点评", paths=paths, day=day, offered=offered),
        picker(sent, name="to_post", label="交给谁", paths=paths, day=day, offered=as_found(around, day=day)),
    )


def _keeps(viewer: "Viewer", post: "Post") -> bool:
    return may_keep(viewer.actor, post.organisation)


def _both_chosen(form: HandOverForm, *seats: "Picker") -> bool:
    for seat in seats:
        if seat.chosen is None:
            seat.fault = f"没有选“{seat.label}”。请找到后点选一个。"
            form.add_error(None, seat.fault)
    return not form.errors


def _choices(post: "Post", viewer: "Viewer") -> list[tuple[str, str]]:
    """The open reviews of a seat to choose some of, by key."""
    duties = in_state(duties_owed_by([post.pk]).filter(kind="review"), "open", today=viewer.day)
    rows = duties.filter(handed_over=None).order_by("due", "path", "pk")[:MOST_ITEMS]
    return [
        (str(duty.pk), f"{about_words(duty)}（{duty.window.name if duty.window else ''}，{duty.due} 前）")
        for duty in rows
    ]


def _items(request: ViewerRequest) -> list[int]:
    """The reviews ticked; none of them is 0, which is nobody's: some were asked for."""
    return [int(key[:18]) for key in request.POST.getlist("items") if key.isdecimal()] or [0]


def _when(until: object, *, whole: bool) -> str:
    meanwhile = "；期间新列出的也一并交" if whole else ""
    return f"{meanwhile}；到 {until} 为止。" if until else f"{meanwhile}；收回以前都有效。"
