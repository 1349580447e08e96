"""文件: the register, one notice with what it cites and who has signed, entering one."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.acts.kept_files import kept_file
from dianping.acts.letters import KINDS, draft_letter, letter_bytes
from dianping.acts.notice_files import gone_if_refused, keep_file, text_of
from dianping.common.clock import site_moment
from dianping.common.formkeys import new_form_key
from dianping.common.keeping import DamagedFile
from dianping.common.paging import page_of
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form, tell_refusal
from dianping.notices.reading import refuse_too_long
from dianping.notices.rights import may_decide, may_enter, may_sign
from dianping.notices.rules.reach import narrowest
from dianping.notices.selectors import (
    attachment_for,
    citations_of,
    citing,
    furniture_of,
    lines_of,
    notices_called,
    notices_listed,
    notices_signed,
    notices_visible,
    reach_of,
    receipts_of,
    receipts_waiting,
)
from dianping.notices.services import HeadCorrection, enter_notice, send_to, sign_for
from dianping.orgs.selectors import standing_below
from dianping.pages.frame.back import back_from
from dianping.pages.frame.errors import damaged
from dianping.pages.frame.list_scopes import read_by
from dianping.pages.frame.lists import ListColumn, Listing, asked_of, wants_workbook, workbook
from dianping.pages.frame.scope import current_organisation
from dianping.pages.frame.sent import sent
from dianping.pages.notices.forms import EnterNoticeForm, SendNoticeForm
from dianping.pages.notices.shown import groups_of, pieces_of

if TYPE_CHECKING:
    from dianping.notices.models import Notice

DIRECTIONS = (("", "全部"), ("received", "来文"), ("sent", "发文"))
NOTICES = Listing(
    title="文件登记",
    columns=(
        ListColumn("标题", lambda p: p.title, 40),
        ListColumn("发文字号", lambda p: p.number or "没有文号", 20),
        ListColumn("发文机关", lambda p: p.issuer, 22),
        ListColumn("来文或发文", lambda p: p.get_direction_display(), 9),
        ListColumn("成文", lambda p: p.dated or "没有写", 11),
        ListColumn("登记", lambda p: p.entered_on, 11),
        ListColumn("签收", lambda p: f"{p.signed}/{p.sent}" if p.sent else "没有分送", 10),
    ),
    places=("path",),
    day="entered_on",
    day_word="登记日",
    states=(("", "全部"), ("waiting", "还有没签收的"), ("signed", "都签收了"), ("unsent", "没有分送")),
)


def notices(request: ViewerRequest) -> HttpResponse:
    """The register, newest first; by number in any spelling, or by words of the title."""
    viewer, organisation = request.viewer, current_organisation(request)
    narrow = asked_of(request, NOTICES, "q", "direction")
    narrow.boxed, asked = ("q", "direction"), narrow.kept
    notices = notices_listed(viewer.read_paths, asked=asked["q"], direction=asked["direction"])
    notices = narrow.narrowed(
        notices_signed(notices, narrow.state), paths=viewer.read_paths, today=viewer.day
    )
    notices = notices.order_by("-entered_on", "-pk")
    if wants_workbook(request):
        narrow.own = (
            f"标题或文号“{asked['q']}”" if asked["q"] else "",
            dict(DIRECTIONS[1:]).get(asked["direction"], ""),
        )
        return workbook(request, narrow, notices, list, scope=f"{read_by(viewer)}登记的，和发到这些党组织的")
    return render(
        request,
        "pages/notices/notices.html",
        {
            "organisation": organisation,
            "page": page_of(notices, keys=("-entered_on", "-pk"), asked=narrow.given),
            "asked": asked,
            "list": narrow,
            "directions": DIRECTIONS,
            "waiting": list(receipts_waiting(viewer.office_paths + viewer.headed_paths)[:20]),
            "may_enter": may_enter(viewer.actor, organisation),
        },
    )


def notice(request: ViewerRequest, pk: int) -> HttpResponse:
    """One notice: its words, what was read from them, what it cites, who has signed."""
    viewer = request.viewer
    notice = get_object_or_404(notices_visible(viewer.read_paths), pk=pk)
    return render(request, "pages/notices/notice.html", _context(request, notice))


def _context(
    request: ViewerRequest, notice: "Notice", form: SendNoticeForm | None = None
) -> dict[str, object]:
    viewer = request.viewer
    enclosed = list(notice.enclosed.order_by("pk"))
    reach = narrowest(notice.reach, *(paper.reach for paper in enclosed))
    lines = list(lines_of(notice))
    receipts = [r for r in receipts_of(notice) if viewer.may_read(r.path)]
    cover = notice.within or notice
    citations = citations_of(notice)
    known = notices_called({c.number for c in citations}, paths=viewer.read_paths)
    cited = [(c, known.get(c.number)) for c in citations]
    mine = [r for r in receipts if r.signed_at is None and may_sign(viewer.actor, r.organisation)]
    return {
        "notice": notice,
        "cited": cited,
        "citing": list(citing(notice, paths=viewer.read_paths)),
        "aliases": [c.number for c in notice.citations.filter(is_alias=True)],
        "enclosed": enclosed,
        "pieces": pieces_of(notice, lines, furniture_of(notice)),
        "groups": groups_of([line for line in lines if line.state != "struck"]),
        "receipts": receipts,
        "unsigned": [r for r in receipts if r.signed_at is None],
        "mine": mine,
        "attachments": list(notice.attachments.order_by("pk")),
        "cover": cover,
        "may_decide": may_decide(viewer.actor, cover),
        "reach": reach,
        "may_send": may_decide(viewer.actor, notice) and notice.within_id is None,
        "form": form or SendNoticeForm(reach=reach),
        "form_key": new_form_key(),
    }


def enter(request: ViewerRequest) -> HttpResponse:
    """Paste a notice or upload its file."""
    viewer, organisation = request.viewer, current_organisation(request)
    if not may_enter(viewer.actor, organisation):
        raise Http404
    form = EnterNoticeForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            refuse_too_long(data["text"])  # before any file of it is kept
            reader = request.user.get_username()
            with gone_if_refused() as files:
                files += [
                    keep_file(file, organisation=organisation, reader=reader, actor=viewer.actor)
                    for file in data["files_sent"]
                ]
                notice = enter_notice(
                    text=data["text"] or (text_of(files[0], reader=reader) if files else ""),
                    organisation=organisation,
                    today=viewer.day,
                    actor=viewer.actor,
                    direction=data["direction"],
                    copies=data["copies"],
                    sign_by=data["sign_by"],
                    corrected=HeadCorrection(number=data["number"], dated=data["dated"]),
                    files=files,
                    reader=reader,
                )
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(request, "已登记。下面是读出的内容，存疑的列在前面。")
            return redirect("notices:notice", pk=notice.pk)
    return render(
        request,
        "pages/notices/notice_new.html",
        {"organisation": organisation, "form": form, "form_key": new_form_key()},
        status=422 if form.errors else 200,
    )


@require_POST
def send(request: ViewerRequest, pk: int) -> HttpResponse:
    """Ask every organisation of some kinds below to sign for a notice."""
    viewer = request.viewer
    notice = get_object_or_404(notices_visible(viewer.office_paths), pk=pk, within=None)
    form = SendNoticeForm(request.POST, reach=reach_of(notice))
    if not form.is_valid():
        return render(request, "pages/notices/notice.html", _context(request, notice, form), status=422)
    to = standing_below([notice.path]).filter(kind__in=form.cleaned_data["kinds"]).exclude(path=notice.path)
    try:
        agreed = form.cleaned_data.get("agreed", "")
        number = send_to(notice=notice, organisations=to, actor=viewer.actor, agreed=agreed)
    except Refusal as no:
        refuse_form(request, form, no)
        return render(request, "pages/notices/notice.html", _context(request, notice, form), status=422)
    messages.success(request, f"已分送 {number} 个党组织，等待签收。")
    return redirect("notices:notice", pk=pk)


@require_POST
def sign(request: ViewerRequest, pk: int, receipt_pk: int) -> HttpResponse:
    """签收."""
    viewer = request.viewer
    notice = get_object_or_404(notices_visible(viewer.read_paths), pk=pk)
    receipt = get_object_or_404(receipts_of(notice), pk=receipt_pk)
    if not may_sign(viewer.actor, receipt.organisation):
        raise Http404
    sign_for(notice=notice, organisation=receipt.organisation, moment=site_moment(), actor=viewer.actor)
    messages.success(request, f"{receipt.organisation.short_name}已签收。")
    return back_from(request, "notices:notice", pk=pk)


def letter(request: ViewerRequest, pk: int, kind: str) -> HttpResponse:
    """Our own forwarding notice, drafted, as Word or PDF."""
    viewer = request.viewer
    notice = get_object_or_404(notices_visible(viewer.office_paths), pk=pk, within=None)
    if kind not in KINDS or not may_decide(viewer.actor, notice):
        raise Http404
    drafted = draft_letter(notice=notice, today=viewer.day, actor=viewer.actor)
    try:
        content = letter_bytes(letter=drafted, kind=kind)
    except Refusal as no:
        tell_refusal(request, no)
        return redirect("notices:notice", pk=pk)
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, f"{drafted.title}（代拟稿）.{kind}") or "attachment"
    )
    return response


def attachment(request: ViewerRequest, pk: int) -> HttpResponseBase:
    """A file that came with a notice, as it came."""
    attachment = get_object_or_404(attachment_for(pk, paths=request.viewer.read_paths))
    notice = attachment.notice
    try:
        content = kept_file(
            attachment, about=f"notice:{notice.pk}", path=notice.path, actor=request.viewer.actor
        )
    except DamagedFile as no:
        return damaged(request, no)
    return FileResponse(content, as_attachment=True, filename=attachment.name)
