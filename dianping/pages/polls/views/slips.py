"""制票、点交、作废: slips and paper forms as one PDF that exists in its answer only."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.acts.poll_slips import MOST_AT_ONCE, print_slips
from dianping.common.formkeys import new_form_key
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form, tell_refusal
from dianping.opinions.rules import WordsQuestion
from dianping.opinions.selectors import batch_of
from dianping.opinions.services import count_out, void_batch
from dianping.pages.polls.forms.polls import SlipsForm
from dianping.pages.polls.views.polls import poll_and_rights

if TYPE_CHECKING:
    from dianping.opinions.models import Group
    from dianping.opinions.selectors import PollStanding

ALL = "all"


def door_address(request: ViewerRequest, name: str = "door:enter") -> str:
    """The address that is printed: the site's own where DIANPING_ADDRESS is set, else the one this page was asked at."""
    where = reverse(name)
    return f"{settings.ADDRESS}{where}" if settings.ADDRESS else request.build_absolute_uri(where)


@never_cache
def slips(request: ViewerRequest, pk: int) -> HttpResponse:
    """Make slips for one group or all of them; the answer is the PDF, shown once."""
    viewer = request.viewer
    poll, standing, _ = poll_and_rights(request, pk, "slips")
    left = {row.group.number: row.group.size - row.issued for row in standing.groups}
    groups = [
        (str(row.group.number), f"{row.group.label}（还有 {left[row.group.number]} 人没有票）")
        for row in standing.groups
    ]
    if len(groups) > 1:
        groups.insert(0, (ALL, f"所有的组（还有 {standing.left} 人没有票）"))
    form = SlipsForm(request.POST or None, groups=groups, initial={"after": len(standing.batches)})
    if request.method == "POST" and form.is_valid():
        try:
            content = print_slips(
                poll=poll,
                wanted=_wanted(form, standing, left),
                on_paper=form.cleaned_data["kind"] == "paper",
                seen=form.cleaned_data["after"],
                address=door_address(request),
                stub_address=door_address(request, "door:stub"),
                today=viewer.day,
                actor=viewer.actor,
            )
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            return _pdf(content, f"票-{poll.title}.pdf")
    address = door_address(request)
    context = {
        "poll": poll,
        "standing": standing,
        "form": form,
        "form_key": new_form_key(),
        "address": address,
        "only_here": any(f"//{name}" in address for name in ("localhost", "127.", "[::1]")),
        "most": MOST_AT_ONCE,
        "words": any(isinstance(question, WordsQuestion) for question in poll.sheet.questions)
        and not poll.trial,
    }
    return render(request, "pages/polls/poll_slips.html", context, status=422 if form.errors else 200)


def _wanted(form: SlipsForm, standing: "PollStanding", left: dict[int, int]) -> list[tuple["Group", int]]:
    """(group, how many) as asked for; all groups get as many as still have none."""
    asked, count = form.cleaned_data["group"], form.cleaned_data["count"]
    if asked == ALL:
        return [(row.group, left[row.group.number]) for row in standing.groups if left[row.group.number]]
    row = next(row for row in standing.groups if str(row.group.number) == asked)
    return [(row.group, count or left[row.group.number])]


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
def count(request: ViewerRequest, pk: int, number: int) -> HttpResponse:
    """点交: somebody who did not print a batch has counted it; from then on its slips open the form."""
    poll, _, _ = poll_and_rights(request, pk, "count")
    batch = batch_of(poll, number)
    if batch is None:
        raise Http404
    typed = request.POST.get("count", "").strip()
    counted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else -1
    try:
        if counted < 0:
            raise Refusal(
                "没有写点到几张。", code="opinions.count-missing", remedy="请当场点清，写上张数，例如 12。"
            )
        count_out(poll=poll, batch=batch, count=counted, today=request.viewer.day, actor=request.viewer.actor)
    except Refusal as no:
        tell_refusal(request, no)
    else:
        messages.success(request, f"第 {number} 批 {counted} 张已点交，现在可以用了。")
    return redirect("polls:poll", pk=pk)


@require_POST
def void(request: ViewerRequest, pk: int, number: int) -> HttpResponse:
    """作废一批: what was not used of it stops counting."""
    poll, _, _ = poll_and_rights(request, pk, "void")
    batch = batch_of(poll, number)
    if batch is None:
        raise Http404
    before = batch.voided
    try:
        held = void_batch(poll=poll, batch=batch, actor=request.viewer.actor)
    except Refusal as no:
        tell_refusal(request, no)
    else:
        messages.success(
            request, f"第 {number} 批作废了 {held.voided - before} 张没有用过的；用过的照常计入。"
        )
    return redirect("polls:poll", pk=pk)
