"""专门书面报告: to be written from what is on file, sent to the reviewer, copied to the office."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.common.clock import site_moment
from dianping.common.formkeys import new_form_key
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form
from dianping.pages.frame.back import back_from
from dianping.pages.rectification.forms.items import ReportForm
from dianping.pages.rectification.shown.report_outline import addressees_of, outline_of
from dianping.rectification.rights import may_file_report, may_note_reading, seat_that_named
from dianping.rectification.selectors import is_of_member, items_of_report, report_duty_for, report_of
from dianping.rectification.services import file_report, note_reading


def report(request: ViewerRequest, duty_pk: int) -> HttpResponse:
    """The written report about what was not put right: read it, or write it."""
    viewer = request.viewer
    duty = report_duty_for(duty_pk, posts=viewer.post_ids, paths=viewer.read_paths, person=viewer.person_id)
    if duty is None:
        raise Http404
    may = duty.done_on is None and may_file_report(viewer.actor, duty)
    unresolved = list(items_of_report(duty))
    outline = outline_of(unresolved)
    of_member = is_of_member(duty)
    recorded = of_member and not viewer.actor.is_person(duty.person_id)
    form = ReportForm(request.POST or None, initial={"text": outline}, recorded=recorded)
    if request.method == "POST":
        if not may:
            raise Http404
        if form.is_valid() and _squeezed(form.cleaned_data["text"]) == _squeezed(outline):
            form.add_error("text", "还只有系统列出的提纲，没有写原因和下一步。请逐项写明后再交。")
        if form.is_valid():
            try:
                file_report(
                    duty=duty,
                    text=form.cleaned_data["text"],
                    own=form.own_words(),
                    moment=site_moment(),
                    actor=viewer.actor,
                )
            except Refusal as no:
                refuse_form(request, form, no)
            else:
                messages.success(request, "专门书面报告已交，应办已办结；点评人和办公室可以看到。")
                return redirect("rectification:report", duty_pk=duty_pk)
    seats, found = viewer.post_ids, report_of(duty)
    return render(
        request,
        "pages/rectification/report.html",
        {
            "duty": duty,
            "items": [
                (item, viewer.may_read(item.path) or seat_that_named(item) in seats) for item in unresolved
            ],
            "addressees": addressees_of(unresolved),
            "form": form,
            "may": may,
            "recorded": recorded,
            "report": found,
            "may_note": found is not None and found.read_on is None and may_note_reading(viewer.actor, found),
            "form_key": new_form_key(),
        },
    )


@require_POST
def report_read(request: ViewerRequest, duty_pk: int) -> HttpResponse:
    """已阅: a reviewer the report is sent to has read it."""
    viewer = request.viewer
    duty = report_duty_for(duty_pk, posts=viewer.post_ids, paths=viewer.read_paths, person=viewer.person_id)
    found = report_of(duty) if duty is not None else None
    if found is None or not may_note_reading(viewer.actor, found):
        raise Http404
    note_reading(report=found, today=viewer.day, actor=viewer.actor)
    messages.success(request, "已登记：这份报告您已阅。")
    return back_from(request, "rectification:report", duty_pk=duty_pk)


def _squeezed(text: str) -> str:
    return "".join(text.split())
