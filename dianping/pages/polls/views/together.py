"""开箱、销毁: what the two custodians do together, one signed in, the other by his own name and password.

The other's password is asked about before anything else is done and outside any transaction, so that every wrong one counts.
Whether it was right must not be told by the answer: all that is wrong with keys, counts or state is looked for and told
whether it was or not, under one sentence; and its count is taken back only when the act was done. None of these forms carries a
form key, and none is looked at: nothing of a password or a paper key is digested. Each act happens once by itself; sent twice,
the second finds it done (decision 0050).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from dianping.accounts.addresses import address_of
from dianping.accounts.limits import MINUTES, TRIES
from dianping.accounts.requests import ViewerRequest
from dianping.accounts.second_person import SecondPerson, second_person
from dianping.acts.asking import open_and_follow
from dianping.common.clock import site_moment
from dianping.common.formkeys import unkeyed
from dianping.common.refusal import Refusal
from dianping.common.refusing import note_refusal, refuse_form
from dianping.opinions.rights import poll_rights, polls_for
from dianping.opinions.services import (
    confirm_papers_gone,
    destroy_box,
    look_before_opening,
    opened_before,
)
from dianping.pages.polls.forms.together import DestroyForm, OpenForm, PapersForm
from dianping.pages.polls.views.keys import own_and_other
from dianping.pages.polls.views.polls import poll_and_rights, unable_told

if TYPE_CHECKING:
    from dianping.accounts.models import User
    from dianping.opinions.models import Key, Poll

SECRETS = "holds a password, and at an opening both paper keys; the act happens once by itself"
NOT_DONE = "没有办成。登录名、密码{keys}要样样都对，下面列出的不符也要先解决；请{name}本人再输一次。连续 {tries} 次没有办成，要等 {minutes} 分钟。"


def not_done(other: "Key | User", *, keys: bool = False) -> str:
    """The one sentence for whatever was wrong."""
    return NOT_DONE.format(name=other.name, keys="和两把钥匙" if keys else "", minutes=MINUTES, tries=TRIES)


@sensitive_variables("data")
def asked(request: ViewerRequest, poll: "Poll", data: Mapping[str, str]) -> SecondPerson:
    """Whose name and password were typed; what is not right, or comes to nothing, counts against the name."""
    return second_person(
        username=data["username"],
        password=data["password"],
        address=address_of(request),
        today=request.viewer.day,
        actor=request.viewer.actor,
        on=f"poll:{poll.pk}",
    )


@unkeyed(SECRETS)
@never_cache
@sensitive_post_parameters()
@sensitive_variables("form", "data", "context")
def open_page(request: ViewerRequest, pk: int) -> HttpResponse:
    """开箱: both keys, and the other custodian by his own password. Sent twice, the second finds it opened."""
    viewer = request.viewer
    if request.method == "POST":
        seen = get_object_or_404(polls_for(viewer), pk=pk)
        if seen.state == "opened" and any(key.account == viewer.actor.name for key in seen.keys.all()):
            return redirect("polls:poll_result", pk=pk)
    poll, standing, _ = poll_and_rights(request, pk, "open")
    own, other = own_and_other(poll, viewer.actor.name)
    before = opened_before(poll)
    on_paper = any(batch.on_paper for batch in standing.batches)
    form = OpenForm(request.POST or None, on_paper=on_paper, opened_before=before is not None)
    faults: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        with asked(request, poll, form.cleaned_data) as second:
            faults = _open(request, poll, other, form, there=second.is_account(other.account))
            if not form.errors:
                second.done()
        if not form.errors:
            messages.success(request, "已开箱，封套和票都已销毁。请两位现在就把两张钥匙纸销毁，再一起登记。")
            return redirect("polls:poll_papers", pk=pk)
    context = {
        "poll": poll,
        "standing": standing,
        "own": own,
        "other": other,
        "form": form,
        "faults": faults,
        "before": before,
        "few": standing.used < poll.least,
        "unable": unable_told(poll, day=viewer.day),
    }
    return render(request, "pages/polls/poll_open.html", context, status=422 if form.errors else 200)


@sensitive_variables()
def _open(
    request: ViewerRequest, poll: "Poll", other: "Key", form: OpenForm, *, there: bool
) -> tuple[str, ...]:
    """Open it; or put into the form why not, and give back what does not add up in the box. `there`: the other is."""
    data = form.cleaned_data
    keys = {name: data[name] for name in ("unit_key", "superior_key")}
    given = {name: data[name] for name in ("again", "paper") if name in data}
    looked = look_before_opening(
        poll=poll, today=request.viewer.day, actor=request.viewer.actor, **keys, **given
    )
    if not there or looked.read is None or looked.refusals or (looked.faults and not data["despite"]):
        form.add_error(None, not_done(other, keys=True))
        for no in looked.refusals:
            refuse_form(request, form, no)
        return looked.faults
    try:
        open_and_follow(
            poll=poll,
            read=looked.read,
            moment=site_moment(),
            actor=request.viewer.actor,
            witness=other.account,
            despite=data["despite"],
            **given,
        )
    except Refusal as no:  # something moved since it was looked at
        form.add_error(None, not_done(other, keys=True))
        refuse_form(request, form, no)
    return ()


def _gone(request: ViewerRequest, pk: int) -> bool:
    """Whether the papers' end is told already, by this custodian or with him."""
    seen = get_object_or_404(polls_for(request.viewer), pk=pk)
    mine = any(key.account == request.viewer.actor.name for key in seen.keys.all())
    return mine and seen.papers_gone_on is not None


@unkeyed(SECRETS)
@never_cache
@sensitive_post_parameters()
@sensitive_variables("form", "data", "context")
def papers(request: ViewerRequest, pk: int) -> HttpResponse:
    """销毁钥匙纸: both say that both papers are destroyed. Sent twice, the second finds it told."""
    if request.method == "POST" and _gone(request, pk):
        return redirect("polls:poll_result", pk=pk)
    poll, _, _ = poll_and_rights(request, pk, "papers")
    _, other = own_and_other(poll, request.viewer.actor.name)
    form = PapersForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with asked(request, poll, form.cleaned_data) as second:
            _papers_gone(request, poll, other, form, there=second.is_account(other.account))
            if not form.errors:
                second.done()
        if form.errors and _gone(request, pk):  # by the other of two clicks
            return redirect("polls:poll_result", pk=pk)
        if not form.errors:
            messages.success(request, "已登记：两张钥匙纸都销毁了。")
            return redirect("polls:poll_result", pk=pk)
    unable = unable_told(poll, day=request.viewer.day)
    context = {"poll": poll, "other": other, "form": form, "unable": unable}
    return render(request, "pages/polls/poll_papers.html", context, status=422 if form.errors else 200)


def _papers_gone(
    request: ViewerRequest, poll: "Poll", other: "Key", form: PapersForm, *, there: bool
) -> None:
    """Register it, or put into the form why not."""
    if not there:
        form.add_error(None, not_done(other))
        return
    try:
        confirm_papers_gone(
            poll=poll, today=request.viewer.day, actor=request.viewer.actor, witness=other.account
        )
    except Refusal as no:
        form.add_error(None, not_done(other))
        refuse_form(request, form, no)


def _ended(request: ViewerRequest, pk: int) -> bool:
    """Whether an office that may do so has ended this poll unopened already."""
    seen = get_object_or_404(polls_for(request.viewer), pk=pk)
    return (
        seen.state in ("destroyed", "cancelled") and poll_rights(request.viewer, seen, printed=True)["office"]
    )


@unkeyed(SECRETS)
@never_cache
@sensitive_post_parameters()
@sensitive_variables("form", "data", "context")
def destroy(request: ViewerRequest, pk: int) -> HttpResponse:
    """销毁: without a reason where too few came in, otherwise with one; by both custodians once forms are in. Sent twice,
    the second finds it done."""
    viewer = request.viewer
    if request.method == "POST" and _ended(request, pk):
        return redirect("polls:poll", pk=pk)
    poll, standing, _ = poll_and_rights(request, pk, "destroy")
    few = poll.state == "ready" and viewer.day > poll.closes and standing.used < poll.least
    together = poll.state == "ready" and standing.used > 0 and not few
    other = next((key for key in poll.keys.all() if key.account != viewer.actor.name), None)
    unable = unable_told(poll, day=viewer.day)
    mine = any(key.account == viewer.actor.name for key in poll.keys.all())
    form = DestroyForm(request.POST or None) if together and mine else None
    refused: Refusal | str | None = None
    if request.method == "POST" and (form is None or form.is_valid()):
        if form is None or other is None:
            refused = _destroy(request, poll, "")
        else:
            with asked(request, poll, form.cleaned_data) as second:
                there = second.is_account(other.account)
                refused = _destroy(request, poll, other.account) if there else not_done(other)
                if not refused:
                    second.done()
        if refused and _ended(request, pk):  # by the other of two clicks
            return redirect("polls:poll", pk=pk)
        if not refused:
            had_box = poll.state == "ready"
            messages.success(
                request,
                "已销毁，没有开箱；只留下份数。"
                if had_box
                else "已取消，这一次不再进行；没有票箱，也没有收过表。",
            )
            return redirect("polls:poll", pk=pk)
    context = {
        "poll": poll,
        "few": few,
        "together": together,
        "unable": unable,
        "mine": mine,
        "other": other,
        "used": standing.used,
        "results": _results(poll, standing.used),
        "form": form,
        "refused": refused,
        "question": f"销毁“{poll.title}”的票箱" if poll.state == "ready" else f"取消“{poll.title}”",
    }
    bad = refused or (form is not None and form.errors)
    return render(request, "pages/polls/poll_destroy.html", context, status=422 if bad else 200)


def _destroy(request: ViewerRequest, poll: "Poll", witness: str) -> Refusal | None:
    """Destroy it; or why not."""
    why, viewer = request.POST.get("reason", "").strip()[:300], request.viewer
    try:
        destroy_box(poll=poll, why=why, today=viewer.day, actor=viewer.actor, witness=witness)
    except Refusal as no:
        return note_refusal(request, no)
    return None


def _results(poll: "Poll", used: int) -> list[str]:
    """What follows, in sentences."""
    if poll.state in ("planned", "frozen"):
        return ["这一次不再进行，留在册上，写明没有开箱。", "不能撤回。要再征求，另拟一次。"]
    return [
        f"已收到的 {used} 份表谁也没有看过；机内钥匙随即抹掉，以后也没有人能看。",
        "发出的票立即作废，再输入票码会说已经截止。",
        "只留下应参加、制票和收回的份数；这一件事记入审计。",
        "不能撤回。要再征求，另拟一次。",
    ]
