"""审计: the chain by day, person, act and record; checked at a press; given out as a file."""

import csv
import io
import json
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from dianping.accounts.requests import ViewerRequest
from dianping.common.formkeys import unkeyed
from dianping.common.paging import page_of
from dianping.desk.selectors.chain import (
    AT_A_PRESS,
    Asked,
    acts_known,
    audits,
    audits_all,
    check_all,
    entries_seen,
    exported,
    places_of,
    records_of,
)
from dianping.desk.selectors.scope import parse_day

HEADS = ("序号", "时刻", "行为人", "身份", "行为", "对象", "所在组织", "内容", "前一条摘要", "本条摘要")
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def _asked(request: ViewerRequest) -> tuple[Asked, dict[str, str]]:
    if not audits(request.viewer):
        raise Http404
    texts = {key: request.GET.get(key, "").strip()[:120] for key in ("day", "actor", "act", "about", "after")}
    asked = Asked(parse_day(texts["day"]), texts["actor"], texts["act"], texts["about"])
    return asked, texts


@unkeyed("nothing is written: the chain is read")
def chain(request: ViewerRequest) -> HttpResponse:
    """Entries, newest first. By POST: the whole chain and every record are checked now; nothing is changed."""
    asked, texts = _asked(request)
    page = page_of(entries_seen(request.viewer, asked), keys=("-seq",), asked=texts)
    places, records = places_of(page.rows), records_of(page.rows)
    context: dict[str, Any] = {
        "page": page,
        "rows": [
            (entry, places.get(entry.path, ""), _said(entry.detail), records.get(entry.vouches or 0, []))
            for entry in page.rows
        ],
        "asked": texts,
        "acts": acts_known(),
        "all": audits_all(request.viewer),
        "most": AT_A_PRESS,
    }
    if request.method == "POST":
        context |= {"checked": True, "found": check_all() if context["all"] else None}
    return render(request, "desk/chain.html", context)


def _said(detail: dict[str, Any]) -> list[tuple[str, str]]:
    """What an entry tells, without the digests that stand beside it."""
    return [
        (key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for key, value in detail.items()
        if key != "records"
    ]


def chain_file(request: ViewerRequest) -> HttpResponse:
    """The entries asked for as a CSV file that a table program opens, every cell as text."""
    asked, _ = _asked(request)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS)
    for row in exported(entries_seen(request.viewer, asked)):
        writer.writerow([_as_text(cell) for cell in row])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


def _as_text(cell: Any) -> str:
    text = cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False, sort_keys=True)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
