"""文件 → 方案: what was read, line by line; what would follow; and the adoption."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.acts.forecasting import CLASSES, forecast
from dianping.common.formkeys import new_form_key, unkeyed
from dianping.common.refusal import Refusal
from dianping.common.refusing import note_refusal, tell_refusal
from dianping.notices.rights import may_decide
from dianping.notices.selectors import furniture_of, line_for, lines_of, notices_visible
from dianping.notices.services import accept_rest, add_line, correct_head, decide_line
from dianping.pages.frame.forms import form_faults
from dianping.pages.frame.scope import parse_day
from dianping.pages.notices.forms import HeadForm
from dianping.pages.notices.shown import ADDED, FIELDS, ends_shown, fields_of, groups_of, pieces_of
from dianping.programmes.rules.accepted import NOT_CARRIED_OUT
from dianping.programmes.selectors import adoptions_of
from dianping.programmes.services import (
    Supersession,
    adopt_notice,
    ends_of,
    entries_of,
    same_issuer,
    supersession_meant,
)

if TYPE_CHECKING:
    from django.http import QueryDict

    from dianping.notices.models import Line, Notice
    from dianping.programmes.models import Adoption

STATES = ("accepted", "struck", "proposed")


def _notice(request: ViewerRequest, pk: int) -> "Notice":
    notice = get_object_or_404(notices_visible(request.viewer.office_paths), pk=pk, within=None)
    if not may_decide(request.viewer.actor, notice):
        raise Http404
    return notice


def _standing(notice: "Notice") -> list["Adoption"]:
    """The programmes this organisation adopted itself, which a new one may take the place of."""
    return [
        row
        for row in adoptions_of(notice.organisation)
        if row.organisation_id == notice.organisation_id and row.until is None
    ]


def _over(notice: "Notice", asked: str, dropped: list[str]) -> Supersession | None:
    """What to do to which standing programme (amend-7, instead-7); 404 for one that is not this organisation's own."""
    if not asked:
        return None
    how, _, pk = asked.partition("-")
    chosen = [row for row in _standing(notice) if str(row.pk) == pk]
    if not chosen or how not in ("amend", "instead"):
        raise Http404
    return Supersession(chosen[0], amends=how == "amend", dropped=tuple(dropped))


def readings(request: ViewerRequest, pk: int) -> HttpResponse:
    """The notice on the left, what was read on the right."""
    return _page(request, _notice(request, pk))


def _page(
    request: ViewerRequest,
    notice: "Notice",
    refused: Refusal | None = None,
    status: int = 200,
    *,
    day: date | None = None,
    asked: str = "",
    dropped: Iterable[str] = (),
    typed: "QueryDict | None" = None,
    bound: Mapping[int, HeadForm] | None = None,
) -> HttpResponse:
    """The page; with a day, what adopting would bring on it."""
    notices = []
    waiting = total = 0
    for paper in (notice, *notice.enclosed.order_by("pk")):
        lines = list(lines_of(paper))
        waiting += sum(line.state == "proposed" for line in lines)
        total += len(lines)
        notices.append((paper, pieces_of(paper, lines, furniture_of(paper)), groups_of(lines)))
    seen, over = None, _over(notice, asked, [])
    if not waiting and over is None and notice.dated is not None:
        try:
            over = supersession_meant(notice)
        except Refusal as no:
            if no.code != "programmes.adopted-already":
                refused = refused or no
    if day is not None and not waiting:
        try:
            seen = forecast(
                notice=notice,
                day=day,
                today=request.viewer.day,
                actor=request.viewer.actor,
                over=_over(notice, asked, list(dropped)),
            )
        except Refusal as no:
            refused, status = note_refusal(request, no), 422
    standing = _standing(notice)
    return render(
        request,
        "pages/notices/readings.html",
        {
            "notice": notice,
            "cover": notice,
            "notices": notices,
            "waiting": waiting,
            "total": total,
            "forecast": seen,
            "standing": standing,
            "foreign": {row.pk for row in standing if not same_issuer(notice, row)},
            "over": over,
            "over_amends": over.adoption.pk if over and over.amends else None,
            "over_instead": over.adoption.pk if over and not over.amends else None,
            "entries": entries_of(over.adoption) if over and over.amends else [],
            "dropped": list(dropped),
            "classes": CLASSES,
            "added": [
                (
                    kind,
                    word,
                    [(key, label, typed.get(f"{kind}-{key}", "") if typed else "") for key, label in fields],
                )
                for kind, word, fields in ADDED
            ],
            "typed": typed,
            "heads": [(paper, (bound or {}).get(paper.pk) or _head_form(paper)) for paper, _, _ in notices],
            "ends": ends_shown(ends_of(notice, over)) if not waiting else [],
            "day": day or max(request.viewer.day, notice.dated or request.viewer.day),
            "refused": refused,
            "form_key": new_form_key(),
        },
        status=status,
    )


def _head_form(paper: "Notice") -> HeadForm:
    """The head as it stands, to be put right."""
    return HeadForm(
        initial={name: getattr(paper, name) for name in HeadForm.base_fields}, auto_id=f"id_{paper.pk}_%s"
    )


@unkeyed("a line's version lets each decision count once, and tells whoever comes second")
@require_POST
def reading(request: ViewerRequest, pk: int, line_pk: int) -> HttpResponse:
    """Decide one line; the fragment of that line comes back."""
    notice = _notice(request, pk)
    line = get_object_or_404(line_for(line_pk, notice=notice))
    state, version = request.POST.get("state", ""), request.POST.get("version", "")
    if state not in STATES or not version.isdecimal():
        raise Http404
    changes = {
        key: _typed(line, key, request.POST[key].strip())
        for key, _ in FIELDS.get(line.kind, ())
        if key in request.POST and state == "accepted"
    }
    refused: Refusal | None = None
    try:
        line = decide_line(
            line=line,
            state=state,
            changes=changes,
            version=int(version[:9]),
            today=request.viewer.day,
            actor=request.viewer.actor,
        )
    except Refusal as no:
        refused = note_refusal(request, no)
        line = get_object_or_404(line_for(line_pk, notice=notice))
    if not request.htmx:
        if refused:
            tell_refusal(request, refused)
        return redirect("notices:readings", pk=pk)
    context = {"line": line, "fields": fields_of(line), "cover": notice, "refused": refused}
    return render(request, "pages/notices/_reading.html", context, status=422 if refused else 200)


def _paper(request: ViewerRequest, pk: int, asked: str) -> "Notice":
    """The notice itself, or the one of those it encloses that is meant."""
    notice = _notice(request, pk)
    if not asked or asked == str(pk):
        return notice
    return get_object_or_404(notice.enclosed, pk=asked) if asked.isdecimal() else _nothing()


def _nothing() -> "Notice":
    raise Http404


@require_POST
def add(request: ViewerRequest, pk: int) -> HttpResponse:
    """Add a line the reading missed, from words selected in the paper."""
    cover, paper = _notice(request, pk), _paper(request, pk, request.POST.get("paper", ""))
    kind = request.POST.get("kind", "")
    fields = next((fields for named, _, fields in ADDED if named == kind), ())
    values: dict[str, object] = {}
    for key, _ in fields:
        text = request.POST.get(f"{kind}-{key}", "").strip()
        values[key] = int(text[:4]) if key in ("months", "times") and text.isdecimal() else text or None
    try:
        add_line(
            notice=paper,
            kind=kind,
            words=request.POST.get("words", "")[:500],
            values=values,
            today=request.viewer.day,
            actor=request.viewer.actor,
        )
    except Refusal as no:
        return _page(request, cover, note_refusal(request, no), status=422, typed=request.POST)
    messages.success(request, "已添一行，按采纳算。")
    return redirect("notices:readings", pk=pk)


@require_POST
def head(request: ViewerRequest, pk: int) -> HttpResponse:
    """Put right what was read of a head: title, number, issuer, kind, addressees, day."""
    cover, paper = _notice(request, pk), _paper(request, pk, request.POST.get("paper", ""))
    form = HeadForm(request.POST, auto_id=f"id_{paper.pk}_%s")
    if not form.is_valid():
        no = Refusal("；".join(form_faults(form)), code="notices.head-faulty")
        return _page(request, cover, note_refusal(request, no), status=422, bound={paper.pk: form})
    try:
        correct_head(notice=paper, actor=request.viewer.actor, **form.cleaned_data)
    except Refusal as no:
        return _page(request, cover, note_refusal(request, no), status=422, bound={paper.pk: form})
    messages.success(request, "文头已更正，原来的留在审计里。")
    return redirect("notices:readings", pk=pk)


def _typed(line: "Line", key: str, text: str) -> object:
    """What was typed, as the line holds it: a number stays one, an emptied box is nothing."""
    if text.isdecimal() and isinstance(line.read.get(key), int):
        return int(text[:4])
    return text or (None if line.read.get(key) is None else "")


@require_POST
def accept(request: ViewerRequest, pk: int) -> HttpResponse:
    """Accept every line not yet decided."""
    notice = _notice(request, pk)
    number = accept_rest(
        notices=[notice, *notice.enclosed.all()], today=request.viewer.day, actor=request.viewer.actor
    )
    messages.success(request, f"其余 {number} 行已一并采纳。")
    return redirect("notices:readings", pk=pk)


@require_POST
def adopt(request: ViewerRequest, pk: int) -> HttpResponse:
    """Put what was accepted in force, in the place of an older programme or into it where one is named; or only
    show what would follow."""
    notice, asked = _notice(request, pk), request.POST.get("over", "")
    day = parse_day(request.POST.get("forecast_day", "")) if request.POST.get("look") else None
    dropped = request.POST.getlist("dropped")
    if request.POST.get("look"):
        day = day or max(request.viewer.day, notice.dated or request.viewer.day)
        return _page(request, notice, day=day, asked=asked, dropped=dropped)
    try:
        adopted = adopt_notice(
            notice=notice,
            today=request.viewer.day,
            actor=request.viewer.actor,
            over=_over(notice, asked, dropped),
        )
    except Refusal as no:
        return _page(request, notice, note_refusal(request, no), status=422, asked=asked, dropped=dropped)
    left = sum(end.what == NOT_CARRIED_OUT for _, ends in ends_of(notice) for end in ends)
    if left:
        messages.success(request, f"采纳的内容里有 {left} 行没有写进方案，原因列在那份文件的核对页上。")
    for programme in adopted:
        taken = programme.adoption
        amended = f"已采用 {taken.amended_by}，{taken.number}照它修订，{taken.in_force} 起施行。"
        messages.success(request, amended if taken.amended_by else f"已采用 {taken.number} {taken.title}。")
    return redirect("programmes:programmes")
