"""开箱结果: figures, sentences, the report that goes up, the stubs."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from dianping.accounts.requests import ViewerRequest
from dianping.base.papers.table import Sheet
from dianping.common.refusal import Refusal
from dianping.common.refusing import note_refusal
from dianping.ledgers.services import KINDS, write_form
from dianping.opinions.rights import MERGING, RESULT, SAYINGS, may, polls_for, subjects_open_to
from dianping.opinions.rules import shown_stub
from dianping.opinions.rules.report import poll_report
from dianping.opinions.selectors import last_like, stubs_of, turnout_of
from dianping.pages.frame.drawn import drawn
from dianping.pages.polls.shown.access import visible_poll
from dianping.pages.polls.shown.points import counts_of, points_seen, rows_of
from dianping.pages.polls.shown.report import report_facts
from dianping.pages.polls.shown.result import PollResult, compared
from dianping.pages.polls.shown.words import bounds_of, custody_of, turnout_rows, validity_of

if TYPE_CHECKING:
    from dianping.opinions.models import Poll, Subject


@require_safe
def poll_result(request: ViewerRequest, pk: int) -> HttpResponse:
    """The result about one subject, or with ?view=sheet the report as it prints."""
    poll = visible_poll(request.viewer, pk, RESULT)
    result, subject = PollResult(poll), _subject(request, poll)
    context = _context(request, poll, subject)
    if request.GET.get("view") == "sheet":
        sheet = _report(request, poll, result, subject)
        return render(request, "pages/polls/poll_report.html", context | {"kinds": KINDS, **drawn(sheet)})
    subjects = subjects_open_to(request.viewer, poll)
    before = last_like(poll, subject.number, among=polls_for(request.viewer))
    counts, validity = validity_of(poll)
    everybody = list(poll.subjects.all())
    return render(
        request,
        "pages/polls/poll_result.html",
        context
        | {
            "turnout": turnout_rows(turnout_of(poll)),
            "counts": counts,
            "validity": validity,
            "custody": custody_of(poll),
            "bounds": bounds_of(poll, result, everybody) if len(subjects) == len(everybody) else [],
            "summary": result.summary(subjects) if len(subjects) > 1 else [],
            "overall": result.overall(),
            "overall_table": result.overall_table(),
            "tables": result.tables(subject.number),
            "whole_tables": result.tables(0),
            "whole": result.scopes[0] if result.scopes else None,
            "unweighed": result.classes_unweighed,
            "before": before,
            "compared": compared(result, before.headings, subject.number) if before else [],
            "points": rows_of(poll, points_seen(request.viewer, poll)),
            "words": counts_of(poll),
        },
    )


def _subject(request: ViewerRequest, poll: "Poll") -> "Subject":
    """The subject asked for, or the first; 404 for one whose result is not this viewer's to read."""
    subjects, asked = subjects_open_to(request.viewer, poll), request.GET.get("subject", "")
    matches = [subject for subject in subjects if not asked or str(subject.number) == asked]
    if not matches:
        raise Http404
    return matches[0]


def _context(request: ViewerRequest, poll: "Poll", subject: "Subject") -> dict[str, object]:
    return {
        "poll": poll,
        "organisation": poll.organisation,
        "subject": subject,
        "subjects": subjects_open_to(request.viewer, poll),
        "may_merge": may(request.viewer, poll, MERGING),
        "may_read_sayings": may(request.viewer, poll, SAYINGS),
    }


def _report(request: ViewerRequest, poll: "Poll", result: PollResult, subject: "Subject") -> Sheet:
    alone = len(poll.subjects.all()) == 1
    points = [
        point
        for point in points_seen(request.viewer, poll)
        if point.subject == subject.number or (point.subject == 0 and alone)
    ]
    return poll_report(report_facts(poll, result, subject, points, today=request.viewer.day))


@require_safe
def poll_result_file(request: ViewerRequest, pk: int, kind: str) -> HttpResponse:
    """The report as a Word, Excel or PDF file."""
    if kind not in KINDS:
        raise Http404
    poll = visible_poll(request.viewer, pk, RESULT)
    subject = _subject(request, poll)
    sheet = _report(request, poll, PollResult(poll), subject)
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"report.{kind}"
            write_form(sheet=sheet, kind=kind, path=path)
            content = path.read_bytes()
    except Refusal as no:
        context = _context(request, poll, subject) | {"kinds": KINDS, "refused": note_refusal(request, no)}
        return render(request, "pages/polls/poll_report.html", context | drawn(sheet), status=422)
    name = f"{poll.title}-{subject.name}-{sheet.title}.{kind}"
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_safe
def poll_stubs(request: ViewerRequest, pk: int) -> HttpResponse:
    """回执号一览: every stub of an opened box in order, to be put up where everybody sees it."""
    poll = visible_poll(request.viewer, pk, RESULT)
    stubs = [shown_stub(number) for number in stubs_of(poll)]
    return render(
        request,
        "pages/polls/poll_stubs.html",
        {"poll": poll, "organisation": poll.organisation, "stubs": stubs},
    )
