"""审计: the chain by day, person, act and record; checked at a press; given out as a file."""

import csv
import io
import json

from django.http import Http404, HttpResponse
from django.shortcuts import render

from dianping.accounts.requests import ViewerRequest
from dianping.accounts.rights import may_read_chain
from dianping.acts.chain import (
    AT_A_PRESS,
    EntrySearch,
    acts_known,
    audits_all,
    check_all,
    entries_seen,
    exported,
    places_of,
    records_of,
    words_of,
)
from dianping.common.formkeys import unkeyed
from dianping.common.paging import page_of
from dianping.common.refusal import Refusal
from dianping.common.refusing import note_refusal
from dianping.pages.frame.scope import parse_day

HEADS = (
    "序号",
    "时刻",
    "行为人",
    "身份",
    "行为",
    "对象",
    "对象名称",
    "所在位置",
    "所在组织",
    "内容",
    "内容说明",
    "前一条摘要",
    "本条摘要",
)
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def _asked(request: ViewerRequest) -> tuple[EntrySearch, dict[str, str]]:
    """What is looked for. Raises Refusal for a day that cannot be read: everything would be no answer to it."""
    if not may_read_chain(request.viewer.actor):
        raise Http404
    texts = {key: request.GET.get(key, "").strip()[:120] for key in ("day", "actor", "act", "about", "after")}
    day = parse_day(texts["day"])
    if texts["day"] and day is None:
        raise Refusal(
            f"查的日子写的是“{texts['day']}”，读不出是哪一天，所以没有列。",
            code="audit.day-unreadable",
            remedy="请写 2011-01-05 这样的日期，或者空着查所有的日子。",
        )
    return EntrySearch(day, texts["actor"], texts["act"], texts["about"]), texts


@unkeyed("nothing is written: the chain is read")
def chain(request: ViewerRequest) -> HttpResponse:
    """Entries, newest first. By POST: the whole chain and every record are checked now; nothing is changed."""
    try:
        asked, texts = _asked(request)
    except Refusal as no:
        return _no_such_day(request, no)
    page = page_of(entries_seen(request.viewer, asked), keys=("-seq",), asked=texts)
    places, records, words = places_of(page.rows), records_of(page.rows), words_of(request.viewer, page.rows)
    context: dict[str, object] = {
        "page": page,
        "rows": [
            (
                entry,
                words.about(entry.about),
                places.get(entry.path, ""),
                words.detail(entry.detail),
                records.get(entry.vouches or 0, []),
            )
            for entry in page.rows
        ],
        "asked": texts,
        "acts": acts_known(),
        "all": audits_all(request.viewer),
        "most": AT_A_PRESS,
    }
    if request.method == "POST":
        context |= {"checked": True, "found": check_all() if context["all"] else None}
    return render(request, "pages/audit/chain.html", context)


def _no_such_day(request: ViewerRequest, no: Refusal) -> HttpResponse:
    asked = {key: request.GET.get(key, "")[:120] for key in ("day", "actor", "act", "about")}
    context = {
        "asked": asked,
        "refused": note_refusal(request, no),
        "acts": acts_known(),
        "all": audits_all(request.viewer),
        "most": AT_A_PRESS,
    }
    return render(request, "pages/audit/chain.html", context, status=422)


def chain_file(request: ViewerRequest) -> HttpResponse:
    """The entries asked for as a CSV file that a table program opens, every cell as text."""
    try:
        asked, _ = _asked(request)
    except Refusal as no:
        return _no_such_day(request, no)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS)
    for row in exported(request.viewer, entries_seen(request.viewer, asked)):
        writer.writerow([_as_text(cell) for cell in row])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


def _as_text(cell: object) -> str:
    text = cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False, sort_keys=True)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
