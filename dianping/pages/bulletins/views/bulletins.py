"""通报: the list, one bulletin as it prints, drafting, approving, withdrawing, correcting."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.acts.letters import KINDS, bulletin_letter, letter_bytes
from dianping.base.few import FEW
from dianping.bulletins.rights import bulletin_rights, bulletins_for, may_draft
from dianping.bulletins.selectors import cases_to_tell, circle_words, copies_of, draft_correcting
from dianping.bulletins.services import (
    BulletinDraft,
    amend_bulletin,
    check_bulletin,
    correct_bulletin,
    draft_bulletin,
    issue_bulletin,
    return_bulletin,
    withdraw_bulletin,
)
from dianping.common.formkeys import new_form_key
from dianping.common.paging import page_of
from dianping.common.refusal import Conflict, Refusal
from dianping.common.refusing import note_refusal, refuse_form, tell_refusal
from dianping.pages.bulletins.forms import BulletinForm, BulletinStepForm, NewBulletinForm
from dianping.pages.frame.list_scopes import joined, read_by
from dianping.pages.frame.lists import ListColumn, Listing, asked_of, wants_workbook, workbook
from dianping.pages.frame.periods import periods_around
from dianping.pages.frame.scope import current_organisation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dianping.bulletins.models import Bulletin

MARKS = {"draft": "open", "issued": "done", "withdrawn": "void"}
STATES = (("", "全部"), ("draft", "拟稿"), ("issued", "已印发"), ("withdrawn", "已撤回"))
BULLETINS = Listing(
    title="通报",
    columns=(
        ListColumn("标题", lambda row: row[0].title, 40),
        ListColumn("编号", lambda row: row[0].called if row[0].number else "签发时编号", 18),
        ListColumn("印发机关", lambda row: row[0].organisation.short_name, 20),
        ListColumn("范围", lambda row: row[2], 24),
        ListColumn("拟稿人", lambda row: row[0].drafted_name, 10, lambda row: row[0].path),
        ListColumn("拟稿日", lambda row: row[0].drafted_on, 11, lambda row: row[0].path),
        ListColumn("印发日", lambda row: row[0].issued_on or "没有印发", 11),
        ListColumn("状态", lambda row: row[0].get_state_display(), 10),
    ),
    places=("path",),
    people=("drafted_name", "approved_by"),
    day="dated",
    day_word="印发日或拟稿日",
    states=STATES,
    inside=(("drafted_name", "path"),),
)
DONE = {
    "issue": "已签发，编号并发给所选的党组织。",
    "return": "已退回，拟稿的人会看到意见。",
    "withdraw": "已撤回；收到的党组织看到的是已撤回和原因。",
}


def bulletins(request: ViewerRequest) -> HttpResponse:
    """Bulletins issued by the viewer's places and those received, newest first."""
    viewer, organisation = request.viewer, current_organisation(request)
    asked = asked_of(request, BULLETINS)
    # Whoever received one is told when it was issued, not when it was drafted.
    bulletins = bulletins_for(viewer).annotate(dated=Coalesce("issued_on", "drafted_on"))
    if asked.state in MARKS:
        bulletins = bulletins.filter(state=asked.state)
    issuers = bulletins.order_by().values_list("path", flat=True).distinct() if asked.unit else ()
    bulletins = asked.narrowed(bulletins, paths=[*viewer.read_paths, *issuers], today=viewer.day).order_by(
        "-pk"
    )
    if wants_workbook(request):
        read = read_by(viewer)
        scope = joined(f"{read}印发的" if read else "", f"发到{viewer.name}所负责的党组织的")
        return workbook(request, asked, bulletins, _rows, scope=scope)
    page = page_of(bulletins, keys=("-pk",), asked=asked.given)
    return render(
        request,
        "pages/bulletins/bulletins.html",
        {
            "organisation": organisation,
            "page": page,
            "rows": _rows(page.rows),
            "list": asked,
            "may_draft": may_draft(viewer.actor, organisation),
        },
    )


def _rows(bulletins: "Iterable[Bulletin]") -> "list[tuple[Bulletin, str, str]]":
    """Each with the mark of its state and whom it is for."""
    return [(one, MARKS[one.state], circle_words(one.circle)) for one in bulletins]


def new(request: ViewerRequest) -> HttpResponse:
    """Begin a bulletin: of which period, to whom; the figures are filled in."""
    viewer, organisation = request.viewer, current_organisation(request)
    if not may_draft(viewer.actor, organisation):
        raise Http404
    form = NewBulletinForm(request.POST or None, periods=periods_around(viewer.day))
    if request.method == "POST" and form.is_valid():
        try:
            bulletin = draft_bulletin(
                organisation=organisation,
                period=form.cleaned_data["period"],
                circle=form.cleaned_data["circle"],
                today=viewer.day,
                actor=viewer.actor,
            )
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(
                request, f"已拟稿，数字已填好，不足 {FEW} 人的没有写出。请改写成文，再请人签发。"
            )
            return redirect("bulletins:bulletin_edit", pk=bulletin.pk)
    return render(
        request,
        "pages/bulletins/bulletin_new.html",
        {"organisation": organisation, "form": form, "few": FEW, "form_key": new_form_key()},
        status=422 if form.errors else 200,
    )


def _bulletin(request: ViewerRequest, pk: int) -> "Bulletin":
    return get_object_or_404(bulletins_for(request.viewer), pk=pk)


def bulletin(request: ViewerRequest, pk: int) -> HttpResponse:
    """One bulletin as it prints; for its writers and approver, what may be done with it."""
    bulletin = _bulletin(request, pk)
    refused: Refusal | None = None
    if request.GET.get("check") and bulletin_rights(request.viewer.actor, bulletin)["check"]:
        try:
            check_bulletin(bulletin=bulletin)
        except Refusal as no:
            refused = note_refusal(request, no)
        else:
            messages.info(request, "核对过：没有点到没有同意公开的人，也没有照搬对个人的点评。")
    return render(request, "pages/bulletins/bulletin.html", _context(request, bulletin, None, refused))


def _context(
    request: ViewerRequest,
    bulletin: "Bulletin",
    form: BulletinStepForm | None,
    refused: Refusal | None = None,
) -> dict[str, object]:
    viewer = request.viewer
    correction = draft_correcting(bulletin)
    seen = bulletins_for(viewer)
    inside = viewer.may_read(bulletin.path)
    copies = list(copies_of(bulletin))
    related = {
        b.pk: b for b in seen.filter(pk__in=[bulletin.corrects_id, correction.pk if correction else None])
    }
    return {
        "bulletin": bulletin,
        "mark": MARKS[bulletin.state],
        "may": bulletin_rights(viewer.actor, bulletin),
        "circle": circle_words(bulletin.circle),
        "paragraphs": _paragraphs(bulletin.body),
        "cases": [(case, _paragraphs(case.facts)) for case in bulletin.cases.order_by("pk")],
        "copies": copies if inside else [],
        "copied": len(copies),
        "corrects": related.get(bulletin.corrects_id or 0),
        "correction": related.get(correction.pk) if correction else None,
        "inside": inside,
        "form": form or BulletinStepForm(initial={"version": bulletin.version}),
        "form_key": new_form_key(),
        "refused": refused,
    }


def _paragraphs(text: str) -> list[str]:
    """A line, a paragraph, as it prints."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def edit(request: ViewerRequest, pk: int) -> HttpResponse:
    """Write on at a draft."""
    viewer, bulletin = request.viewer, _bulletin(request, pk)
    if not bulletin_rights(viewer.actor, bulletin)["edit"]:
        raise Http404
    offered = list(cases_to_tell(bulletin.organisation)[:60])
    initial = {
        "version": bulletin.version,
        "title": bulletin.title,
        "body": bulletin.body,
        "circle": bulletin.circle,
        "cases": [str(case.pk) for case in bulletin.cases.all()],
        "ordinary": " ".join(bulletin.ordinary),
    }
    form = BulletinForm(request.POST or None, initial=initial, offered=offered)
    differences: tuple[tuple[str, str, str], ...] = ()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = set(data.get("cases", ()))
        draft = BulletinDraft(
            title=data["title"],
            body=data["body"],
            circle=tuple(data["circle"]),
            cases=tuple(case for case in offered if str(case.pk) in chosen),
            ordinary=data["ordinary"],
        )
        try:
            amend_bulletin(bulletin=bulletin, draft=draft, version=data["version"], actor=viewer.actor)
        except Refusal as no:
            differences = no.differences if isinstance(no, Conflict) else ()
            if differences:  # both texts are shown; sending once more is the decision
                sent = request.POST.copy()
                sent["version"] = str(_bulletin(request, pk).version)
                form = BulletinForm(sent, offered=offered)
            refuse_form(request, form, no)
        else:
            messages.success(request, "拟稿已存。")
            return redirect("bulletins:bulletin", pk=pk)
    return render(
        request,
        "pages/bulletins/bulletin_edit.html",
        {"bulletin": bulletin, "form": form, "form_key": new_form_key(), "differences": differences},
        status=422 if form.errors else 200,
    )


@require_POST
def step(request: ViewerRequest, pk: int) -> HttpResponse:
    """Issue, return, withdraw or correct."""
    viewer, bulletin = request.viewer, _bulletin(request, pk)
    wanted = request.POST.get("step", "")
    if (
        wanted not in ("issue", "return", "withdraw", "correct")
        or not bulletin_rights(viewer.actor, bulletin)[wanted]
    ):
        raise Http404
    if wanted == "correct":
        other = correct_bulletin(bulletin=bulletin, today=viewer.day, actor=viewer.actor)
        return redirect("bulletins:bulletin", pk=other.pk)
    form = BulletinStepForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        about: dict[str, Any] = {"bulletin": bulletin, "version": data["version"], "actor": viewer.actor}
        try:
            if wanted == "issue":
                issue_bulletin(today=viewer.day, **about)
            elif wanted == "return":
                return_bulletin(words=data["words"], **about)
            else:
                withdraw_bulletin(why=data["why"], today=viewer.day, **about)
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(request, DONE[wanted])
            return redirect("bulletins:bulletin", pk=pk)
    return render(request, "pages/bulletins/bulletin.html", _context(request, bulletin, form), status=422)


def letter(request: ViewerRequest, pk: int, kind: str) -> HttpResponse:
    """The bulletin as Word or PDF, in the official layout."""
    bulletin = _bulletin(request, pk)
    if kind not in KINDS:
        raise Http404
    written = bulletin_letter(bulletin=bulletin, today=request.viewer.day, actor=request.viewer.actor)
    try:
        content = letter_bytes(letter=written, kind=kind)
    except Refusal as no:
        tell_refusal(request, no)
        return redirect("bulletins:bulletin", pk=pk)
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, f"{bulletin.called}.{kind}") or "attachment"
    )
    return response
