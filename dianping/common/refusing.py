"""How a page tells a refusal: its sentence for people, its code for scripts, tests and the log."""

import logging

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from dianping.base.coded import CodedFault
from dianping.common.refusal import Refusal
from dianping.common.reporting import address_told

LOG = logging.getLogger("dianping.refusals")
HEAD = "X-Refusal"  # what a script reads where an answer has no page


def note_refusal(request: HttpRequest, no: Refusal) -> Refusal:
    """The same refusal, noted at the request: its answer then carries the code in its head, and the log has a line of it."""
    request.refusal_code = no.code  # type: ignore[attr-defined]
    return no


def refuse_form(request: HttpRequest, form: BaseForm, no: Refusal) -> None:
    """Have a form say it above its fields (common/_form_errors.html)."""
    form.add_error(None, ValidationError(str(note_refusal(request, no)), code=no.code))


def lines_of(no: CodedFault) -> list[ValidationError]:
    """The sentences of a fault, one a line, as a form tells them: each with the fault's code."""
    told = no.sentence.splitlines()
    return [ValidationError(line, code=no.code) for line in told]


def tell_refusal(request: HttpRequest, no: Refusal) -> None:
    """Have the next page say it (common/_messages.html)."""
    messages.error(request, str(note_refusal(request, no)), extra_tags=no.code)


def carry_refusal(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with the code of what was refused in its head; one line in the log says which, where, and nothing of whom."""
    code = getattr(request, "refusal_code", "")
    if code:
        response.headers[HEAD] = code
        LOG.info("Refused: %s, %s %s", code, request.method, address_told(request))
    return response
