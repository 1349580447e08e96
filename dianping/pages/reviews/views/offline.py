"""离线登记: take a workbook away, bring it back."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from dianping.accounts.requests import ViewerRequest
from dianping.acts.offline import take_reviews, write_template
from dianping.common.clock import site_moment
from dianping.common.formkeys import new_form_key
from dianping.duties.kinds import Kind
from dianping.duties.rights import may_keep
from dianping.duties.selectors import duties_below, duties_of, duty_for
from dianping.pages.frame.forms import WorkbookForm
from dianping.pages.frame.scope import current_organisation
from dianping.pages.frame.sent import sent

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dianping.base.sheets import Problem
    from dianping.duties.models import Duty


def _own(request: ViewerRequest) -> "QuerySet[Duty]":
    """The review duties this viewer may write down: his seats', else those his office keeps."""
    viewer = request.viewer
    if viewer.posts:
        return duties_of(viewer)
    organisation = current_organisation(request)
    if not may_keep(viewer.actor, organisation):
        raise Http404
    return duties_below(organisation.path)


def offline(request: ViewerRequest) -> HttpResponse:
    """Download the workbook, or bring back a filled one."""
    viewer = request.viewer
    own = _own(request).filter(kind=Kind.REVIEW, done_on=None)
    form = WorkbookForm(*sent(request))
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"filled{Path(form.cleaned_data['file'].name).suffix.lower()}"
            path.write_bytes(form.cleaned_data["file"].read())
            taken = take_reviews(
                path=path,
                moment=site_moment(),
                actor=viewer.actor,
                reader=request.user.get_username(),
                duties=lambda pk: duty_for(pk, posts=viewer.post_ids, paths=viewer.office_paths).first(),
            )
        if not taken.problems:
            messages.success(request, f"已登记 {taken.filed} 份点评；已登记过的行没有重复。")
            return redirect("reviews:reviews")
        problems = taken.problems
    return render(
        request,
        "pages/reviews/offline.html",
        {
            "form": form,
            "problems": problems,
            "count": own.count(),
            "form_key": new_form_key(),
        },
        status=422 if problems or form.errors else 200,
    )


def template(request: ViewerRequest) -> HttpResponse:
    """The workbook with one row a review still owed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "offline.xlsx"
        write_template(
            duties=_own(request),
            path=path,
            title="领导点评离线登记表",
            moment=site_moment(),
            actor=request.viewer.actor,
        )
        content = path.read_bytes()
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, "领导点评离线登记表.xlsx") or "attachment"
    )
    return response
