"""应办: the list, and why one has a duty."""

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypedDict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.base.day_words import written
from dianping.common.clock import site_day
from dianping.common.formkeys import new_form_key
from dianping.common.paging import page_of
from dianping.common.refusal import Refusal
from dianping.common.refusing import tell_refusal
from dianping.duties.kinds import kind_choices, kind_of
from dianping.duties.rights import may_hand_in, may_keep
from dianping.duties.selectors import (
    counted_inside,
    current_windows,
    duties_below,
    duties_of,
    duties_owed_from,
    duty_for,
    in_state,
    reviewers_left,
)
from dianping.duties.selectors.lines import (
    about_words,
    act_of,
    clause_behind,
    clauses_behind,
    is_done_on_its_page,
    target_word,
    window_beside,
)
from dianping.duties.services import hand_in_paper
from dianping.notices.selectors import notices_of_numbers
from dianping.orgs.selectors.posts import holder_on, holders_on
from dianping.pages.duties.forms import PaperForm
from dianping.pages.frame.enclosed import enclosed_with
from dianping.pages.frame.forms import form_faults
from dianping.pages.frame.handed_over import days_of, handover_notes
from dianping.pages.frame.list_scopes import below
from dianping.pages.frame.lists import Asked, ListColumn, Listing, asked_of, wants_workbook, workbook
from dianping.pages.frame.scope import current_organisation, parse_day
from dianping.programmes.rules import EntryRule
from dianping.programmes.selectors import programme_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from dianping.accounts.viewer import Viewer
    from dianping.duties.models import Duty, Window
    from dianping.duties.selectors.lines import ClauseChip
    from dianping.orgs.models import Organisation

STATES = (
    ("open", "未办"),
    ("overdue", "逾期"),
    ("pending", "未到期"),
    ("on_time", "按时"),
    ("late", "补录"),
    ("all", "全部"),
)
KINDS = (("", "全部事项"), *kind_choices())
OWN = ("whose", "target", "inside", "kind", "rule", "due", "by", "view")
# Asked of these, it is a list of duties.
NARROWS = ("target", "inside", "kind", "rule", "due", "by", "after")
DUTIES = Listing(
    title="应办事项",
    columns=(
        ListColumn("事项", lambda x: x["duty"].get_kind_display(), 12),
        ListColumn("对谁", lambda x: x["about"], 22),
        ListColumn("单位", lambda x: x["duty"].organisation.short_name, 20),
        ListColumn("哪一期", lambda x: x["window"], 18),
        ListColumn("谁办", lambda x: x["by"], 18),
        ListColumn("期限", lambda x: x["duty"].due, 11),
        ListColumn("状态", lambda x: x["word"], 10),
        ListColumn("办结", lambda x: x["duty"].done_on, 11),
        ListColumn("依据", lambda x: f"{x['clause'].number} {x['clause'].place}" if x["clause"] else "", 24),
    ),
    places=("path",),
    people=("person__name", "owed_by_person__name", "owed_by_outsider"),
    seats=("owed_by",),
    day="due",
    day_word="到期日",
    states=STATES,
    state="open",
)


def duties(request: ViewerRequest) -> HttpResponse:
    """What one owes oneself (whose=mine), or everything owed about an organisation and below (whose=below)."""
    viewer, organisation = request.viewer, current_organisation(request)
    narrow = asked_of(request, DUTIES, *OWN)
    narrow.boxed, asked = ("kind",), narrow.kept
    whose = asked["whose"] or ("mine" if viewer.posts else "below")
    if (
        whose == "below"
        and asked["view"] != "items"
        and not (narrow.any or any(asked[key] for key in NARROWS))
    ):
        return _by_reviewer(request, organisation, narrow)
    if whose == "office" and may_keep(viewer.actor, organisation):
        duties, scope = duties_owed_from(organisation), f"{organisation.name}各职务的应办"
    elif whose == "mine":
        duties, scope = duties_of(viewer), f"{viewer.name}自己的应办"
    else:
        duties, scope = duties_below(organisation.path), below(organisation)
    duties = in_state(duties, narrow.state, today=viewer.day)
    if asked["kind"]:
        duties = duties.filter(kind=asked["kind"])
    if asked["target"]:
        duties = duties.filter(target=asked["target"])
    if asked["inside"]:
        duties = counted_inside(duties)
    by = int(asked["by"]) if asked["by"].isdecimal() and len(asked["by"]) < 16 else 0
    if by:
        duties = duties.filter(owed_by=by)
    due = parse_day(asked["due"])  # of a line on the desk
    if due is not None:
        duties = duties.filter(due=due)
    windows = list["Window"]()
    if asked["rule"]:
        windows = current_windows(day=viewer.day, rule=asked["rule"])
        duties = duties.filter(window__in=[w.pk for w in windows])
    keys = ("due", "pk") if by or whose in ("mine", "office") else ("path", "pk")
    duties = narrow.narrowed(duties, paths=[organisation.path], today=viewer.day).order_by(*keys)
    if wants_workbook(request):
        narrow.own = tuple(_asked_words(asked, by=by, due=due, windows=windows, day=viewer.day))
        return workbook(
            request,
            narrow,
            duties,
            lambda some: _rows(some, viewer),
            scope=scope,
            organisation=None if whose == "mine" else organisation,
        )
    page = page_of(duties, keys=keys, asked=narrow.given)
    rows = _rows(page.rows, viewer)
    return render(
        request,
        "pages/duties/duties.html",
        {
            "organisation": organisation,
            "page": page,
            "view": "items",
            "asked": asked,
            "list": narrow,
            "whose": whose,
            "kinds": KINDS,
            "handovers": handover_notes(viewer) if whose == "mine" else [],
            "rows": rows,
            "groups": _by_window(rows) if keys[0] == "due" else [],
            "by": holders_on({by}, day=viewer.day).get(by, "") if by else "",
        },
    )


def _asked_words(
    asked: dict[str, str], *, by: int, due: date | None, windows: list["Window"], day: date
) -> "Iterator[str]":
    """What the page's own parameters ask, as the workbook says it."""
    yield dict(KINDS[1:]).get(asked["kind"], asked["kind"])
    yield target_word(asked["target"])
    yield "本系统内的人办的，不含联系点" if asked["inside"] else ""
    yield f"谁办“{holders_on({by}, day=day).get(by, '空缺')}”" if by else ""
    yield f"期限{written(due)}" if due else ""
    yield "、".join(sorted({window.name for window in windows}))


def _by_reviewer(request: ViewerRequest, organisation: "Organisation", narrow: Asked) -> HttpResponse:
    """Everybody with reviews left here and below, one line each, the nearest day first."""
    context = {
        "organisation": organisation,
        "asked": narrow.kept,
        "list": narrow,
        "whose": "below",
        "view": "reviewers",
        "kinds": KINDS,
        "reviewers": reviewers_left(organisation, day=request.viewer.day),
    }
    return render(request, "pages/duties/duties.html", context)


def _by_window(rows: list["Shown"]) -> list[tuple["Shown", list["Shown"]]]:
    """Rows that lie side by side in one window, under what is the same of them: the kind, the window, the day, the clause."""
    same = [
        list(group)
        for _, group in groupby(rows, key=lambda row: (row["kind"], row["window"], row["duty"].due))
    ]
    return [(group[0], group) for group in same]


class Shown(TypedDict):
    """One duty as the list shows it."""

    duty: "Duty"
    late: bool
    about: str
    kind: str
    window: str
    handed: str
    by: str
    mark: str
    word: str
    clause: "ClauseChip | None"
    act: str
    url: str


def _rows(duties: "list[Duty]", viewer: "Viewer") -> list[Shown]:
    """Some duties as the list shows them; one query more for who answers for their seats."""
    holders = holders_on({d.owed_by_id for d in duties if d.owed_by_id}, day=viewer.day)
    return [_row(duty, holders, viewer) for duty in duties]


def _row(duty: "Duty", holders: dict[int, str], viewer: "Viewer") -> Shown:
    act, url = act_of(duty)
    may = may_hand_in(viewer.actor, duty)
    mark, word = state_of(duty, viewer.day)
    return {
        "duty": duty,
        "late": duty.on_time is False,
        "about": about_words(duty),
        "kind": "" if kind_of(duty.kind).names_itself else duty.get_kind_display(),
        "window": window_beside(duty),
        "by": holders.get(duty.owed_by_id or 0) or _nobody(duty),
        "mark": mark,
        "word": word,
        "handed": _handed(duty),
        "clause": clause_behind(duty),
        "act": act if may and duty.done_on is None and not duty.owed_by_outsider else "",
        "url": url,
    }


def _handed(duty: "Duty") -> str:
    """From whom a duty was handed over, from when until when; "" where it was not."""
    handed = duty.handed_over
    if handed is None:
        return ""
    return f"{handed.from_post.called}交来，{days_of(handed.on, handed.until)}"


def _nobody(duty: "Duty") -> str:
    if duty.owed_by is None:
        return duty.owed_by_person.name if duty.owed_by_person else duty.owed_by_outsider
    return f"{duty.owed_by.called}（空缺）"


def _seen_by(viewer: "Viewer", pk: int, paths: list[str]) -> "QuerySet[Duty]":
    """One duty, when the viewer owes it or it lies in one of the subtrees; else nothing."""
    return duty_for(pk, posts=viewer.post_ids, person=viewer.person_id, paths=paths)


def state_of(duty: "Duty", today: date) -> tuple[str, str]:
    """The mark and the word for where a duty stands."""
    if duty.done_on is not None:
        return ("done", "按时办结") if duty.on_time else ("late", "补录办结")
    return ("bad", "逾期") if duty.due < today else ("open", "未办")


def duty(request: ViewerRequest, pk: int) -> HttpResponse:
    """Why is this owed, by whom, until when."""
    viewer = request.viewer
    duty = get_object_or_404(_seen_by(viewer, pk, viewer.read_paths))
    act, url = act_of(duty)
    holder = holder_on(duty.owed_by, day=viewer.day) if duty.owed_by else None
    mark, word = state_of(duty, viewer.day)
    may = may_hand_in(viewer.actor, duty)
    return render(
        request,
        "pages/duties/duty.html",
        {
            "duty": duty,
            "kind": "" if kind_of(duty.kind).names_itself else duty.get_kind_display(),
            "is_done_here": is_done_on_its_page(duty),
            "about": about_words(duty),
            "holder": holder,
            "nobody": _nobody(duty),
            "mark": mark,
            "word": word,
            "clauses": clauses_behind(duty),
            "cited": _with_notices(duty.window.cited if duty.window else [], viewer.read_paths),
            "in_force": programme_for(duty.organisation, duty.opens),
            "act": act,
            "url": url,
            "may": may,
            "form": PaperForm(initial={"on": viewer.day}),
            "enclosed": enclosed_with(duty, viewer.actor),
            "form_key": new_form_key(),
        },
    )


def _with_notices(cited: list[dict[str, Any]], paths: list[str]) -> list[dict[str, object]]:
    """The clauses behind a duty, each with the notice it stands in, where that is in the register."""
    numbers = {c["paper"] for c in cited}
    known = {notice.number: notice.pk for notice in notices_of_numbers(numbers, paths=paths)}
    return [c | {"notice_pk": known.get(c["paper"])} for c in cited]


@require_POST
def hand_in(request: ViewerRequest, pk: int) -> HttpResponse:
    """Note that a paper was handed in."""
    viewer = request.viewer
    duty = get_object_or_404(_seen_by(viewer, pk, viewer.office_paths))
    form = PaperForm(request.POST)
    if not form.is_valid():
        messages.error(request, "；".join(form_faults(form)))
        return redirect("duties:duty", pk=pk)
    in_force = programme_for(duty.organisation, viewer.day)
    try:
        hand_in_paper(
            duty=duty,
            on=form.cleaned_data["on"],
            today=site_day(),
            rule=in_force.programme.entry if in_force else EntryRule(),
            actor=viewer.actor,
        )
    except Refusal as no:
        tell_refusal(request, no)
    else:
        messages.success(request, f"已登记：{about_words(duty)}，交件日期 {form.cleaned_data['on']}。")
    return redirect("duties:duty", pk=pk)
