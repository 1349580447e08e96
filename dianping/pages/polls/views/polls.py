"""征求意见和评议: the list, one poll with what comes next, freezing its electorate, destroying its box."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from dianping.accounts.requests import ViewerRequest
from dianping.acts.poll_course import MARKS, STEPS, is_turn, left_of, row_of, standing_now, told_of_unable
from dianping.common.formkeys import new_form_key
from dianping.common.paging import page_of
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form
from dianping.opinions.rights import ENDED, may_plan, poll_rights, polls_for
from dianping.opinions.rules import WordsQuestion
from dianping.opinions.selectors import (
    concerns,
    countable_by,
    custodians_for,
    nothing_to_show,
    standing_of,
    turnout_of,
    unable_of,
)
from dianping.opinions.selectors.cover import cover_standing
from dianping.opinions.selectors.listing import STATES, with_counts
from dianping.opinions.services import freeze_poll, is_left, mark_and_erase, opened_before, place_of
from dianping.pages.frame.list_scopes import below, joined
from dianping.pages.frame.lists import ListColumn, Listing, asked_of, wants_workbook, workbook
from dianping.pages.frame.scope import begun, current_organisation
from dianping.pages.polls.forms.polls import FreezeForm

if TYPE_CHECKING:
    from dianping.accounts.viewer import Viewer
    from dianping.opinions.models import Poll
    from dianping.opinions.selectors import PollStanding
POLLS = Listing(
    title="征求意见和评议",
    columns=(
        ListColumn("名称", lambda row: f"{row[0].title}（模拟）" if row[0].trial else row[0].title, 32),
        ListColumn("单位", lambda row: row[0].organisation.short_name, 22),
        ListColumn("状态", lambda row: row[0].get_state_display(), 12),
        ListColumn("起", lambda row: row[0].opens, 11),
        ListColumn("止", lambda row: row[0].closes, 11),
        ListColumn(
            "已收", lambda row: "" if row[3] is None else ("开箱以后看" if row[2] is None else row[2]), 9
        ),
        ListColumn("应收", lambda row: row[3], 7),
        ListColumn("下一步", lambda row: row[4].sentence, 28),
        ListColumn("轮到谁", lambda row: row[4].whose, 14),
    ),
    places=("organisation__path",),
    people=("planned_name",),
    day="opens",
    day_word="开始日",
    states=(("", "全部"), *STATES),
    inside=(("planned_name", "organisation__path"),),
)


def polls(request: ViewerRequest) -> HttpResponse:
    """Every poll the viewer sees, newest first, each with what comes next and whose turn it is."""
    viewer = request.viewer
    begun(request)
    organisation = current_organisation(request) if viewer.read_paths else None
    asked = asked_of(request, POLLS)
    polls = polls_for(viewer, within=organisation.path if organisation else "")
    if asked.state in dict(STATES):
        polls = polls.filter(state=asked.state)
    issuers = polls.order_by().values_list("organisation__path", flat=True).distinct() if asked.unit else ()
    polls = asked.narrowed(polls, paths=[*viewer.read_paths, *issuers], today=viewer.day)
    polls = with_counts(polls).order_by("-pk")
    if wants_workbook(request):
        own = f"{viewer.name}保管钥匙的、开箱后告知{viewer.name}的"
        scope = joined(f"{below(organisation)}的" if organisation else "", own)
        return workbook(request, asked, polls, lambda some: _rows(some, viewer), scope=scope)
    page = page_of(polls, keys=("-pk",), asked=asked.given)
    context = {
        "organisation": organisation,
        "page": page,
        "rows": _rows(page.rows, viewer),
        "list": asked,
        "may_plan": organisation is not None and may_plan(viewer.actor, organisation),
    }
    return render(request, "pages/polls/polls.html", context)


def _rows(polls: "list[Poll]", viewer: "Viewer") -> list[tuple[Any, ...]]:
    """Each with its mark, what came in where the viewer may know it, what is due, and what comes next."""
    rows, left, unable = list[tuple[Any, ...]](), left_of(polls), unable_of(polls, day=viewer.day)
    for poll in polls:
        used, due, now = row_of(poll, day=viewer.day, left=left.get(poll.pk), unable=unable.get(poll.pk, ()))
        told = used if poll.state in ENDED or not concerns(viewer, poll) else None
        rows.append((poll, MARKS[poll.state], told, due, now, is_turn(poll, now, viewer)))
    return rows


def poll_and_rights(
    request: ViewerRequest, pk: int, right: str
) -> tuple["Poll", "PollStanding", dict[str, bool]]:
    """A poll, its standing and the viewer's rights; 404 for whoever has not this one now."""
    poll = get_object_or_404(polls_for(request.viewer), pk=pk)
    standing = standing_of(poll)
    may = poll_rights(request.viewer, poll, printed=bool(standing.batches))
    if not may[right]:
        raise Http404
    return poll, standing, may


def poll(request: ViewerRequest, pk: int) -> HttpResponse:
    """One poll as a course of steps; whoever it is about sees what was released, and nothing of the way there."""
    poll = get_object_or_404(polls_for(request.viewer), pk=pk)
    standing = standing_of(poll)
    may = poll_rights(request.viewer, poll, printed=bool(standing.batches))
    now = standing_now(poll, standing, day=request.viewer.day)
    context = {
        "poll": poll,
        "mark": MARKS[poll.state],
        "steps": STEPS,
        "now": now,
        "mine": is_turn(poll, now, request.viewer),
        "may": may,
        "unable": unable_told(poll, day=request.viewer.day),
        "standing": standing if may["standing"] else None,
        "subjects": [subject.name for subject in standing.subjects],
        "countable": countable_by(request.viewer.user, standing.batches, day=request.viewer.day)
        if may["count"]
        else set(),
        "cover": cover_standing(poll) if poll.frozen_on and poll.state not in ENDED else None,
        "words": any(isinstance(question, WordsQuestion) for question in poll.sheet.questions)
        and not poll.trial,
        "machine": _machine(poll),
        "asked_before": _asked_before(poll) if may["office"] and not standing.batches else None,
        "turnout": turnout_of(poll) if poll.turnout else None,
        "result_url": reverse("polls:poll_result", args=[pk]) if may["result"] else "",
        "paper_url": reverse("polls:poll_paper", args=[pk]) if _has_paper(standing) and may["void"] else "",
        "form_key": new_form_key(),
    }
    return render(request, "pages/polls/poll.html", context)


def unable_told(poll: "Poll", *, day: date) -> str:
    """ "" or what is to be done about custodians of a poll who can no longer act."""
    unable = unable_of([poll], day=day).get(poll.pk, [])
    return told_of_unable(poll, unable)[0] if unable else ""


def _machine(poll: "Poll") -> dict[str, object]:
    """The machine's key of a poll: where it lies, whether it does, and what the data folder says of an earlier opening.

    One that was left behind when the machine stopped right after an opening is destroyed by whoever looks next.
    """
    left = is_left(poll)
    if left and poll.state in ENDED:
        mark_and_erase(poll)
        left = is_left(poll)
    before = opened_before(poll) if poll.state == "ready" else None
    return {"used": bool(poll.machine_key), "left": left, "place": place_of(poll), "before": before}


def _asked_before(poll: "Poll") -> "tuple[Poll, date] | None":
    """The poll beside which nothing of this one could be shown, while it can still be called off for nothing."""
    return nothing_to_show(poll) if poll.state in ("frozen", "ready") and not poll.trial else None


def _has_paper(standing: "PollStanding") -> bool:
    return any(batch.on_paper and batch.voided < batch.issued for batch in standing.batches)


def freeze(request: ViewerRequest, pk: int) -> HttpResponse:
    """封定名册: choose who keeps the two keys; where nobody can, say so and what to do."""
    viewer = request.viewer
    poll, standing, _ = poll_and_rights(request, pk, "freeze")
    users = {side: custodians_for(poll, side=side, day=viewer.day) for side in ("unit", "superior")}
    form = FreezeForm(request.POST or None, **users, initial={"version": poll.version})
    if request.method == "POST" and form.is_valid():
        chosen = {
            side: next(user for user in users[side] if user.username == form.cleaned_data[side])
            for side in users
        }
        try:
            freeze_poll(
                poll=poll,
                version=form.cleaned_data["version"],
                today=viewer.day,
                actor=viewer.actor,
                **chosen,
            )
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(
                request,
                "名册已封定，摘要已记入。下一步：上级的保管人核对应参加的人，然后两位各自登录，领取钥匙。",
            )
            return redirect("polls:poll", pk=pk)
    unit, superior = users["unit"], users["superior"]
    context = {
        "poll": poll,
        "standing": standing,
        "form": form,
        "form_key": new_form_key(),
        "nobody_here": not unit,
        "nobody_above": not superior,
        "same": unit == superior and len(unit) == 1,
        "above": poll.organisation.parent or poll.organisation,
        "above_role": "clerk" if poll.organisation.parent else "superior",
        "own_office_above": not superior
        and bool(custodians_for(poll, side="superior", day=viewer.day, planner=False)),
    }
    return render(request, "pages/polls/poll_freeze.html", context, status=422 if form.errors else 200)
