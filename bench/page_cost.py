"""What a page of ours costs beside the barest page that shows as much (bench/bare_pages), by processor time.

Both are asked for by turns in one process, so that whatever else the machine does falls on both alike; a figure is the ratio
of the two medians. bench/pages.py calls this with the sample university; the bars are those of its first lines.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from bench import measure

FRAME, LIST, WORKBENCH = 1.6, 2.5, 12
WARM = 3


@dataclass
class Pair:
    """One page of ours and the bare one beside it: processor seconds of each asking."""

    name: str
    ours: Callable[[], Any]
    bare: Callable[[], Any]
    spent: list[tuple[float, float]] = field(default_factory=list)

    def ask(self) -> None:
        """Both once, one after the other; who goes first changes from time to time."""
        if len(self.spent) % 2:
            bare, ours = _processor(self.bare), _processor(self.ours)
        else:
            ours, bare = _processor(self.ours), _processor(self.bare)
        self.spent.append((ours, bare))

    def ratio(self) -> float:
        """How many times the bare page ours costs."""
        return median(a for a, _ in self.spent) / median(b for _, b in self.spent)


def tell(*, clerk: str, others: Sequence[str], requests: int) -> None:
    """Measure the frame as each account sees it and the lists as the clerk does, and say what met its bar; the workbench's
    queries too."""
    from django.test import override_settings

    with override_settings(ROOT_URLCONF="bench.bare_pages"):
        frames = [_frame(viewer) for viewer in (clerk, *others)]
        lists = _lists(clerk)
        for _ in range(requests):
            for pair in (*frames, *lists):
                pair.ask()
        queries = {viewer: _queries(viewer) for viewer in (clerk, *others)}
    print(f"A page's own cost beside a bare page, processor time, {requests} times each by turns.")
    measure.table(("page", "ours p50, ms", "bare p50, ms", "ratio"), map(_row, (*frames, *lists)))
    dearest = max(frames, key=Pair.ratio)
    measure.verdict(
        f"the frame within {FRAME} × a bare signed-in page ({dearest.name} {dearest.ratio():.2f} ×)",
        dearest.ratio() <= FRAME,
    )
    worst = max(lists, key=Pair.ratio)
    measure.verdict(
        f"each list within {LIST} × a bare list of its rows and columns ({worst.name} {worst.ratio():.2f} ×)",
        worst.ratio() <= LIST,
    )
    told = ", ".join(f"{viewer} {n}" for viewer, n in queries.items())
    measure.verdict(f"the workbench in {WORKBENCH} queries ({told})", max(queries.values()) <= WORKBENCH)


def _frame(viewer: str) -> Pair:
    return _warm(Pair(f"frame, {viewer}", _asking(_client(viewer), "/framed/"), _bare(viewer, "page")))


def _lists(viewer: str) -> list[Pair]:
    """The lists, each with as many rows on either side."""
    from bench.bare_pages import LISTS

    client, pairs = _client(viewer), []
    for name, (_, url) in LISTS.items():
        pair = Pair(name, _asking(client, url), _bare(viewer, name))
        rows = [_rows(pair.ours().content), _rows(pair.bare().content)]
        assert rows[0] == rows[1] > 0, f"{name}: {rows[0]} rows beside {rows[1]}"
        pairs.append(_warm(pair))
    return pairs


def _bare(viewer: str, name: str) -> Callable[[], Any]:
    """A bare page, asked for through the stack such a page needs: a client takes the one there is at its first request."""
    from django.test import override_settings

    from bench.bare_pages import STACK

    with override_settings(MIDDLEWARE=STACK):
        client = _client(viewer)
        client.get(f"/bare/{name}/")
    return _asking(client, f"/bare/{name}/")


def _warm(pair: Pair) -> Pair:
    """Asked a few times before anything is measured."""
    for _ in range(WARM):
        pair.ours()
        pair.bare()
    return pair


def _rows(content: bytes) -> int:
    return content.partition(b"<tbody>")[2].count(b"<tr")


def _client(viewer: str) -> Any:
    from django.test import Client

    from dianping.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(username=viewer))
    return client


def _asking(client: Any, url: str) -> Callable[[], Any]:
    def ask() -> Any:
        answer = client.get(url)
        assert answer.status_code == 200, f"{url} answered {answer.status_code}"
        return answer

    return ask


def _processor(act: Callable[[], Any]) -> float:
    before = time.process_time()
    act()
    return time.process_time() - before


def _queries(viewer: str) -> int:
    """What the workbench asks the database, everything warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _client(viewer)
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/")
    return len(captured)


def _row(pair: Pair) -> tuple[object, ...]:
    ours, bare = ([spent[n] for spent in pair.spent] for n in (0, 1))
    return pair.name, f"{measure.p50(ours):.1f}", f"{measure.p50(bare):.1f}", f"{pair.ratio():.2f} ×"


def fill_lists() -> None:
    """As many notices and polls as a page of a list holds: the sample has few of both."""
    from datetime import date

    from bench.bare_pages import ROWS
    from dianping.common.audit import SYSTEM
    from dianping.notices.services import enter_notice
    from dianping.opinions.models import Poll
    from dianping.orgs.selectors import top_organisation

    top = top_organisation()
    assert top is not None
    for n in range(ROWS):
        enter_notice(
            text=f"关于第{n}件事的通知\n各党支部：\n一、于3月1日前报送总结。",
            organisation=top,
            today=date(2011, 1, 5),
            actor=SYSTEM,
        )
    some = list(Poll.objects.order_by("pk"))
    for n in range(ROWS - len(some)):
        copy = some[n % len(some)]
        copy.pk = None
        copy.title = f"{copy.title}（{n}）"
        copy.save(force_insert=True)
