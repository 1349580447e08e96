"""台账: the forms themselves on screen, and as files."""

import tempfile
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString

from dianping.accounts.requests import ViewerRequest
from dianping.desk.selectors.scope import asked_day, current_organisation
from dianping.ledgers.selectors import FORMS, draw, row_counts
from dianping.ledgers.selectors.scope import Scope
from dianping.ledgers.services import KINDS, write_form
from dianping.rules.sheets import Sheet
from dianping.rules.windows import Cadence, Window, parse_period, period_name

PER_PAGE = 40
RECORDS = {"review": "desk:review", "duty": "desk:duty", "item": "desk:item", "report": "desk:report"}


def ledgers(request: ViewerRequest) -> HttpResponse:
    """Choose a form and a period."""
    organisation, day = current_organisation(request), asked_day(request)
    return render(
        request,
        "desk/ledgers.html",
        {
            "organisation": organisation,
            "forms": FORMS,
            "periods": periods_around(day),
        },
    )


def periods_around(day: date) -> list[tuple[str, str]]:
    """The quarters and halves a clerk is likely to want: (key, name), the present one first."""
    found: list[tuple[str, str]] = []
    window = Cadence(3).window(day)
    for _ in range(4):
        found.append((f"{window.opens.year}Q{(window.opens.month + 2) // 3}", period_name(window)))
        half = Cadence(6).window(window.opens)
        key = (f"{half.opens.year}H{(half.opens.month + 5) // 6}", period_name(half))
        if key not in found:
            found.append(key)
        window = Cadence(3).window(window.opens - timedelta(days=1))
    return found


def _scope(request: ViewerRequest, period: str, form: str) -> Scope:
    if form not in dict(FORMS):
        raise Http404
    try:
        window: Window = parse_period(period)
    except ValueError:
        raise Http404 from None
    return Scope(current_organisation(request), window, asked_day(request), request.viewer.name)


def ledger(request: ViewerRequest, period: str, form: str) -> HttpResponse:
    """One form as it prints; a long register by pages of forty rows."""
    scope = _scope(request, period, form)
    total = row_counts(form, scope)
    text = request.GET.get("from", "1")
    first = max(1, int(text)) if text.isdecimal() and len(text) < 8 else 1
    sheet, _ = draw(form, scope, at=slice(first - 1, first - 1 + PER_PAGE))
    here = f"?organisation={scope.organisation.code}&day={scope.day}"
    page = {
        "words": f"第 {first:,}–{min(total, first + PER_PAGE - 1):,} 行，共 {total:,} 行"
        if total > PER_PAGE
        else "",
        "previous_url": f"{here}&from={max(1, first - PER_PAGE)}" if first > 1 else "",
        "next_url": f"{here}&from={first + PER_PAGE}" if first + PER_PAGE <= total else "",
    }
    return render(
        request,
        "desk/ledger.html",
        {
            "organisation": scope.organisation,
            "sheet": sheet,
            "form": form,
            "forms": FORMS,
            "period": period,
            "kinds": KINDS,
            "scope": scope,
            "rows": [_cells(row, first - 1) for row in sheet.rows],
            "page": page,
            "total": total,
            "missing": sum(1 for row in sheet.rows for cell in row if cell.missing),
            "groups": _groups(sheet),
            "widths": _widths(sheet),
            "here": here,
            "head": sheet.head[:3] if page["words"] else sheet.head,
            "periods": periods_around(scope.day),
        },
    )


def _cells(row: Any, before: int) -> list[SafeString]:
    """The cells of a row, each with a link to its record; row numbers go on from the page before."""
    found = []
    for at, cell in enumerate(row):
        shown = cell.shown
        if at == 0 and isinstance(cell.number, int) and not cell.text:
            shown = str(cell.number + before)
        found.append(_cell(cell, shown, _address(cell.record)))
    return found


def _cell(cell: Any, shown: str, url: str) -> SafeString:
    """One cell as it prints. Put together here: six hundred of them through a template take three times as long."""
    classes = " ".join(
        name
        for name, holds in (
            ("missing", cell.missing),
            ("strong", cell.strong),
            ("num", cell.number is not None),
        )
        if holds
    )
    body = linebreaksbr(shown) if shown else ""
    lacking = format_html("<small>{}</small>", cell.missing) if cell.missing else ""
    if url and body:
        body = format_html('<a href="{}">{}</a>', url, body)
    if url and lacking:
        lacking = format_html('<a href="{}">{}</a>', url, lacking)
    if cell.span > 1:
        return format_html('<td colspan="{}" class="{}">{}{}</td>', cell.span, classes, body, lacking)
    return format_html('<td class="{}">{}{}</td>', classes, body, lacking)


@lru_cache(maxsize=4096)  # the cells of a row come from one or two records; an address is dear to make
def _address(record: str) -> str:
    kind, _, key = record.partition(":")
    return reverse(RECORDS[kind], args=[key]) if kind in RECORDS else ""


def _widths(sheet: Sheet) -> list[str]:
    """Column widths in per cent of the table."""
    whole = sum(column.width for column in sheet.columns)
    return [f"{100 * column.width / whole:.2f}" for column in sheet.columns]


def _groups(sheet: Sheet) -> list[list[Any]]:
    """The printed header, line by line."""
    return [list(line) for line in sheet.header()]


def ledger_file(request: ViewerRequest, period: str, form: str, kind: str) -> HttpResponse:
    """The form as a Word, Excel or PDF file, whole."""
    if kind not in KINDS:
        raise Http404
    scope = _scope(request, period, form)
    sheet, _ = draw(form, scope)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"form.{kind}"
        write_form(sheet=sheet, kind=kind, path=path)
        content = path.read_bytes()
    name = f"{scope.organisation.name}-{dict(FORMS)[form]}-{period}.{kind}"
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
