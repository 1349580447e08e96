"""群众的表: no account, no session, no cookie. A code opens the form; sending it uses the code, once."""

import secrets

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dianping.common.clock import site_day
from dianping.common.formkeys import unkeyed
from dianping.common.refusal import Refusal
from dianping.door.screens import answers_sent, hints_json, screens_of
from dianping.door.told import told_to, what_is_kept
from dianping.opinions.rules import Answers, is_blank, problems, read_stub, shown_stub, stub_number
from dianping.opinions.rules.revealing import PATTERNS, revealing
from dianping.opinions.selectors import UNDONE, asides_of, poll_of_stub, sayings_of
from dianping.opinions.services import (
    AdmittedSlip,
    Closed,
    NotKept,
    StubTaken,
    UsedSlip,
    WrongSlip,
    admit,
    take_form,
)

NOBODY = "nobody is known there; a code, a stub and a ballot are digested nowhere"
EMPTY = Refusal(
    "表还是空的。",
    code="opinions.form-empty",
    remedy="至少选一项或写一句；确实没有意见的，勾选“没有意见，交空白表”再交。",
)


@unkeyed(NOBODY)
@csrf_exempt  # whoever can send a form holds a code no other site knows; there is no session to ride on
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def enter(request: HttpRequest) -> HttpResponse:
    """Type or scan a code. Opening the form uses nothing, however often it is done."""
    if request.method != "POST":
        return render(request, "door/enter.html")
    code = request.POST.get("code", "")[:40]
    try:
        admitted = admit(code=code, today=site_day())
    except Refusal as no:
        return _refused(request, no)
    return _form(request, admitted, Answers(), stub_number(secrets.randbelow))


def _refused(request: HttpRequest, no: Refusal) -> HttpResponse:
    """Why not; the code is typed again: what nobody can use yet should not stand on a page."""
    status = 409 if isinstance(no, UsedSlip) else 422
    return render(request, "door/enter.html", {"refusal": no}, status=status)


def _form(
    request: HttpRequest,
    admitted: AdmittedSlip,
    answers: Answers,
    stub: str,
    no: Refusal | None = None,
    *,
    looked: bool = False,
) -> HttpResponse:
    poll = admitted.poll
    subjects = [subject.name for subject in poll.subjects.all()]
    context: dict[str, object] = {
        "poll": poll,
        "sheet": admitted.form,
        "kept": what_is_kept(poll, admitted.form),
        "asked": [(group.label, group.size) for group in poll.groups.all()],
        "screens": screens_of(admitted.form, subjects, answers, revealing if looked else None),
        "code": admitted.code,
        "stub": read_stub(stub) or stub_number(secrets.randbelow),
        "hints": hints_json(PATTERNS),
        "refusal": no,
        "looked": looked,
    }
    status = 503 if isinstance(no, NotKept) else 422 if no else 200
    return render(request, "door/form.html", context, status=status)


@unkeyed(NOBODY)
@csrf_exempt
@login_not_required
@require_POST
@sensitive_post_parameters()
@sensitive_variables()
def send(request: HttpRequest) -> HttpResponse:
    """Take a form. Sent again with the same stub it is answered the same and counted once."""
    code, stub = request.POST.get("code", "")[:40], request.POST.get("stub", "")[:40]
    try:
        admitted = admit(code=code, today=site_day(), stub=stub)
    except Refusal as no:
        return _refused(request, no)
    answers = answers_sent(admitted.form, admitted.subjects, request.POST)
    if not admitted.received:
        wrong = problems(admitted.form, admitted.subjects, answers)
        if wrong:  # before anything is looked for in a text of any length
            told = Refusal(
                "".join(wrong), code="opinions.answers-wrong", remedy="请改正后再交，票还没有用掉。"
            )
            return _form(request, admitted, answers, stub, told)
        if (
            request.POST.get("look") == "1"
        ):  # without a script: a look at tell-tale sentences; nothing is sent by it
            return _form(request, admitted, answers, stub, looked=True)
        if is_blank(answers) and request.POST.get("blank") != "1":
            return _form(request, admitted, answers, stub, EMPTY)
    try:
        number = take_form(admitted=admitted, answers=answers, stub=stub)
    except (UsedSlip, WrongSlip, Closed) as no:
        return _refused(request, no)
    except StubTaken as no:
        return _form(request, admitted, answers, "", no)
    except Refusal as no:
        return _form(request, admitted, answers, stub, no)
    context = {"stub": shown_stub(number), "kept": what_is_kept(admitted.poll, admitted.form)}
    return render(request, "door/done.html", context)


@login_not_required
@require_safe
def who(request: HttpRequest) -> HttpResponse:
    """谁能看到什么."""
    return render(request, "door/who.html")


@unkeyed(NOBODY)
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def stub(request: HttpRequest) -> HttpResponse:
    """Whether a form was counted, and what was done about what was said; found by its stub, without signing in."""
    if request.method != "POST":
        return render(request, "door/stub.html")
    typed = request.POST.get("stub", "")[:40]
    number = read_stub(typed)
    poll = poll_of_stub(number) if number else None
    context: dict[str, object] = {"asked": True, "readable": number is not None}
    if poll is not None:
        told = told_to(poll)
        more_to_come = bool(told) or sayings_of(poll).filter(UNDONE).exists()
        context |= {
            "poll": poll,
            "told": told,
            "more_to_come": more_to_come,
            "asides": asides_of(poll),
            "stub": shown_stub(number or ""),
        }
    return render(request, "door/stub.html", context, status=200 if poll else 422)
