"""台账: the forms themselves on screen, and as files."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dianping.accounts.requests import ViewerRequest
from dianping.base.windows import Window, parse_period
from dianping.common.paging import page_of
from dianping.ledgers.rules import LINES, Measure
from dianping.ledgers.selectors import CHOSEN, FORMS, draw, row_counts
from dianping.ledgers.selectors.behind import DISTINCT, level_name, records_behind, targets_behind
from dianping.ledgers.selectors.scope import LedgerScope
from dianping.ledgers.services import KINDS
from dianping.pages.frame.drawn import drawn
from dianping.pages.frame.periods import periods_around
from dianping.pages.frame.scope import asked_day, current_organisation, parse_day
from dianping.pages.frame.sheet_files import PRINT, sheet_answer
from dianping.pages.ledgers.shown import ORDER, ROWS, WITH

PER_PAGE = 40


def ledgers(request: ViewerRequest) -> HttpResponse:
    """Choose a form and a period."""
    organisation, day = current_organisation(request), asked_day(request)
    return render(
        request,
        "pages/ledgers/ledgers.html",
        {
            "organisation": organisation,
            "forms": FORMS,
            "periods": periods_around(day),
        },
    )


def _scope(request: ViewerRequest, period: str, form: str) -> LedgerScope:
    if form not in dict(FORMS):
        raise Http404
    try:
        window: Window = parse_period(period)
    except ValueError:
        raise Http404 from None
    chosen = {key: form in CHOSEN and request.GET.get(key) == "1" for key in ("alone", "done")}
    return LedgerScope(
        current_organisation(request), window, asked_day(request), request.viewer.name, **chosen
    )


def _asked(scope: LedgerScope) -> str:
    """The query under which the same form is drawn again, page by page and as a file."""
    chosen = {key: "1" for key in ("alone", "done") if getattr(scope, key)}
    return "?" + urlencode({"organisation": scope.organisation.code, "day": str(scope.day)} | chosen)


def _behind(period: str, key: str, here: str) -> str:
    measure, _, level = key.partition("/")
    return reverse("ledgers:behind", args=[period, measure, level]) + here


def ledger(request: ViewerRequest, period: str, form: str) -> HttpResponse:
    """One form as it prints; a long register by pages of forty rows."""
    scope = _scope(request, period, form)
    days = [parse_day(request.GET.get(key, "")) for key in ("since", "until")]
    if all(days):  # days of one's own are a period of their own
        first_day, last_day = sorted(day for day in days if day)
        return redirect(reverse("ledgers:ledger", args=[f"{first_day}..{last_day}", form]) + _asked(scope))
    total = row_counts(form, scope)
    text = request.GET.get("from", "1")
    first = max(1, int(text)) if text.isdecimal() and len(text) < 8 else 1
    sheet, _ = draw(form, scope, at=slice(first - 1, first - 1 + PER_PAGE))
    here = _asked(scope)
    page = {
        "words": f"第 {first:,}–{min(total, first + PER_PAGE - 1):,} 行，共 {total:,} 行"
        if total > PER_PAGE
        else "",
        "previous_url": f"{here}&from={max(1, first - PER_PAGE)}" if first > 1 else "",
        "next_url": f"{here}&from={first + PER_PAGE}" if first + PER_PAGE <= total else "",
    }
    return render(
        request,
        "pages/ledgers/ledger.html",
        {
            "organisation": scope.organisation,
            "form": form,
            "forms": FORMS,
            "period": period,
            "kinds": KINDS,
            "scope": scope,
            "page": page,
            "total": total,
            "missing": sum(1 for row in sheet.rows for cell in row if cell.missing),
            "here": here,
            "periods": periods_around(scope.day),
            "may_choose": form in CHOSEN,
            **drawn(
                sheet,
                before=first - 1,
                part=bool(page["words"]),
                figures=lambda key: _behind(period, key, here),
            ),
        },
    )


def behind(request: ViewerRequest, period: str, measure: str, level: str) -> HttpResponse:
    """The records one figure of the statistics return counts."""
    scope = _scope(request, period, "statistics")
    if measure not in LINES:  # a figure's name is its value
        raise Http404
    found = records_behind(scope, Measure(measure), level)
    if found is None:
        raise Http404
    asked = {
        "organisation": scope.organisation.code,
        "day": str(scope.day),
        "after": request.GET.get("after", ""),
    }
    rows: QuerySet[Any] = found.rows.select_related(*WITH[found.kind])
    page = page_of(rows, keys=ORDER.get(found.kind, ("path", "pk")), asked=asked)
    return render(
        request,
        "pages/ledgers/behind.html",
        {
            "organisation": scope.organisation,
            "scope": scope,
            "period": period,
            "title": LINES[Measure(measure)].title.strip("　"),
            "level": level_name(level),
            "count": found.rows.count(),
            "targets": targets_behind(found) if Measure(measure) in DISTINCT else None,
            "rows": [ROWS[found.kind](row) for row in page.rows],
            "page": page,
            "here": f"?organisation={scope.organisation.code}&day={scope.day}",
        },
    )


def ledger_file(request: ViewerRequest, period: str, form: str, kind: str) -> HttpResponse:
    """The form as a Word, Excel or PDF file, whole; or its PDF to print, which is the same."""
    scope = _scope(request, period, form)
    if kind not in (*KINDS, PRINT):
        raise Http404
    sheet, _ = draw(form, scope)
    return sheet_answer(sheet, kind=kind, name=f"{scope.organisation.name}-{dict(FORMS)[form]}-{period}")
