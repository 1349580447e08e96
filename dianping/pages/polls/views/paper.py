"""纸质表录入: the code, then one digit a question; twice, by two accounts. Nothing of a form is shown again or kept.

The forms of this page are unkeyed on purpose: a key would keep a hash of what was typed for a while, and typing twice
is once anyway (the first typing replaces itself, the second uses the slip up).
"""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from dianping.accounts.requests import ViewerRequest
from dianping.common.formkeys import unkeyed
from dianping.common.refusal import Refusal
from dianping.common.refusing import note_refusal
from dianping.opinions.rights import TYPING
from dianping.opinions.selectors import paper_counts
from dianping.opinions.services import Mismatch, UsedSlip, WrongSlip, type_paper
from dianping.pages.polls.forms.typing import answers_typed, blocks_of
from dianping.pages.polls.shown.access import visible_poll

if TYPE_CHECKING:
    from dianping.opinions.models import Poll

TAKEN = {
    "first": "第一次录入已收下。请把这份表交给另一位同志，用另一个账号再录一次。",
    "anew": "前两位录的已经两回不符，您这一次算第一次录入，前面录的作废。请再由另一位同志用自己的账号录第二次。",
    "second": "两次录入相符，这份表已经投入票箱。",
}
SPOILT = {
    "first": "第一次登记已收下。请把这份表交给另一位同志，用另一个账号也登记一次，才算废票。",
    "anew": "前两位录的已经两回不符，您这一次算第一次登记，前面录的作废。请再由另一位同志用自己的账号也登记一次，才算废票。",
    "second": "两次都登记为废票：计入收回，不计入有效。请在表上注明，与其他表一起保存。",
}


@unkeyed("holds a ballot and its code; typed twice by one account is typed once")
@never_cache  # going back must not bring a form up again
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def poll_paper(request: ViewerRequest, pk: int) -> HttpResponse:
    """Type one paper form, or that it is spoilt; what was taken leaves an empty page for the next."""
    poll = visible_poll(request.viewer, pk, TYPING)
    if request.method != "POST":
        return _page(request, poll)
    if request.POST.get("act") == "spoil":
        return _spoil(request, poll)
    form, code = poll.sheet, request.POST.get("code", "")[:40]
    answers, faults = answers_typed(form, len(poll.subjects.all()), request.POST)
    if faults:
        no = Refusal(
            f"有 {len(faults)} 题没有录对。",
            code="opinions.answers-wrong",
            remedy="请改正标出的各题；这份表还没有收下。",
        )
        return _page(request, poll, no=no, faults=faults)
    try:
        taken = type_paper(
            poll=poll, code=code, answers=answers, today=request.viewer.day, actor=request.viewer.actor
        )
    except Mismatch as no:
        return _page(request, poll, no=no, differing=no.places)
    except (WrongSlip, UsedSlip) as no:
        return _page(request, poll, no=no, code_is_wrong=True)
    except Refusal as no:
        return _page(request, poll, no=no)
    return _page(request, poll, said=TAKEN[taken])


def _spoil(request: ViewerRequest, poll: "Poll") -> HttpResponse:
    code = request.POST.get("code", "")[:40]
    try:
        taken = type_paper(
            poll=poll, code=code, answers=None, today=request.viewer.day, actor=request.viewer.actor
        )
    except Refusal as no:
        return _page(request, poll, spoil_no=no)
    return _page(request, poll, said=SPOILT[taken])


def _page(
    request: ViewerRequest,
    poll: "Poll",
    *,
    said: str = "",
    no: Refusal | None = None,
    spoil_no: Refusal | None = None,
    code_is_wrong: bool = False,
    faults: dict[str, str] | None = None,
    differing: tuple[tuple[int, str], ...] = (),
) -> HttpResponse:
    """The page: empty, or with the answers that were typed and why they were refused; the form's code is typed again."""
    for why in (no, spoil_no):
        if why is not None:
            note_refusal(request, why)
    form, subjects = poll.sheet, [subject.name for subject in poll.subjects.all()]
    blocks = blocks_of(
        form, subjects, sent=request.POST if no else None, faults=faults, differing=set(differing)
    )
    context = {
        "poll": poll,
        "organisation": poll.organisation,
        "form": form,
        "blocks": blocks,
        "words": any(not entry.grades for block in blocks for entry in block.entries),
        "marked": [entry for block in blocks for entry in block.entries if entry.fault or entry.differs],
        "counts": paper_counts(poll),
        "takes": poll.state == "ready",
        "said": said,
        "no": no,
        "code_is_wrong": code_is_wrong,
        "spoil_no": spoil_no,
    }
    return render(request, "pages/polls/poll_paper.html", context, status=422 if no or spoil_no else 200)
