"""附件 of a review, an event or a paper: putting files beside it, and giving one out to keep."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from dianping.accounts.requests import ViewerRequest
from dianping.acts.kept_files import kept_file
from dianping.common.clock import site_day
from dianping.common.keeping import DamagedFile
from dianping.common.refusal import Refusal
from dianping.common.refusing import tell_refusal
from dianping.duties.selectors import duty_for
from dianping.pages.frame.errors import damaged
from dianping.pages.frame.forms import form_faults
from dianping.pages.rectification.forms.items import shown_files
from dianping.rectification.rights import may_enclose
from dianping.rectification.selectors import enclosures_of
from dianping.rectification.services.enclosing import enclose
from dianping.reviews.selectors import occasions_visible, review_visible

if TYPE_CHECKING:
    from dianping.rectification.selectors import Record

PAGES = {"review": "reviews:review", "occasion": "occasions:occasion", "duty": "duties:duty"}


class FilesForm(forms.Form):
    """Files to put beside a record."""

    sent = shown_files("文件")


def _record(request: ViewerRequest, kind: str, pk: int) -> "Record":
    """The record, as its own page would show it to this viewer; else 404."""
    viewer = request.viewer
    if kind == "review":
        return get_object_or_404(
            review_visible(pk, paths=viewer.read_paths, posts=viewer.post_ids, person=viewer.person)
        )
    if kind == "occasion":
        return get_object_or_404(occasions_visible(viewer.read_paths), pk=pk)
    if kind == "duty":
        seen = duty_for(pk, posts=viewer.post_ids, person=viewer.person_id, paths=viewer.read_paths)
        return get_object_or_404(seen)
    raise Http404


@require_POST
def put(request: ViewerRequest, kind: str, pk: int) -> HttpResponse:
    """Put files beside a record."""
    record = _record(request, kind, pk)
    if not may_enclose(request.viewer.actor, record):
        raise Http404
    form = FilesForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(form_faults(form)))
        return redirect(PAGES[kind], pk=pk)
    try:
        count = enclose(
            record=record,
            files=form.cleaned_data["sent"],
            reader=request.user.get_username(),
            on=site_day(),
            actor=request.viewer.actor,
        )
    except Refusal as no:
        tell_refusal(request, no)
    else:
        messages.success(request, f"已附上 {count} 个文件。" if count else "这些文件已经附过了。")
    return redirect(PAGES[kind], pk=pk)


@require_safe
def enclosure(request: ViewerRequest, kind: str, pk: int, file_pk: int) -> HttpResponseBase:
    """One of the files, to keep: never opened inside the site."""
    record = _record(request, kind, pk)
    file = get_object_or_404(enclosures_of(record), pk=file_pk)
    try:
        content = kept_file(file, about=f"{kind}:{pk}", path=file.path, actor=request.viewer.actor)
    except DamagedFile as no:
        return damaged(request, no)
    answer = FileResponse(
        content, as_attachment=True, filename=file.name, content_type="application/octet-stream"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
