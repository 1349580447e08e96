"""Every page of the site at a university with a winter of work behind it: how long, and how many queries.

    ./run python bench/pages.py

The sample university, its roster, duties, reviews and rectification; a clerk and a branch secretary look. Bar:
every list page under 50 ms at the 95th percentile; the others are told. Files for download are listed apart, without a bar.

Then a page's own cost, by processor time and by turns with the barest pages that show as much (bench/page_cost.py): the frame
within 1.6 × a bare signed-in page, lists of 40 rows within 2.5 × a bare list, the workbench in 12 queries. `--only-cost` does
only that.
"""

import argparse
import logging
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import measure, page_cost, stage, university

BAR = 50
STANDS = date(2011, 1, 5)  # where the sample's story has got to
VIEWERS = ("wen", "ning")  # the clerk, and the secretary of a branch
PERIOD = "2010-12-15..2011-02-02"
LISTS = (
    "duties",
    "reviews",
    "items",
    "rectification",
    "search",
    "coverage",
    "programmes",
    "ledgers",
    "offline",
)
FILES = ("ledger_file", "offline_template")
# The nearest open-source peer, with as many people: its list of reviews, and how fast it makes them.
PEER_LIST, PEER_SPEED = 3.7, 509


class Look(NamedTuple):
    """One page as one viewer sees it."""

    page: str
    viewer: str
    queries: int
    ask: Callable[[], object]
    costs: list[measure.Cost]


def main() -> None:
    """Load the sample, ask for everything in turn."""
    parser = stage.arguments(__doc__ or "")
    parser.add_argument("--requests", type=int, default=30)
    parser.add_argument("--only-cost", action="store_true", help="only a page's own cost, beside bare pages")
    given = parser.parse_args()
    with stage.prepared(given, today=STANDS) as here:
        run(given, here)


def run(given: argparse.Namespace, here: stage.Stage) -> None:
    """All of it, in one prepared place."""
    from dianping.demo.sample import load_sample

    logging.getLogger("django.request").setLevel(logging.ERROR)  # some pages are not for both viewers
    if given.only_cost:
        load_sample()
        return _own_cost(given)
    speed = _opening_speed(here)
    load_sample()
    clients = _clients()
    looks = [look for name, url in _addresses() for look in _looks(name, url, clients)]
    pages = [look for look in looks if not look.page.startswith(FILES)]
    files = [look for look in looks if look.page.startswith(FILES)]
    for some, times in ((pages, given.requests), (files, min(given.requests, 5))):
        for _ in range(times):
            for look in some:
                look.costs.append(measure.quick_cost(look.ask))
    _tell(pages, files, here)
    below = next(look for look in pages if look.page.startswith("duties/?whose=below"))
    shown = measure.p50([c.wall for c in below.costs]) / 1000
    print(
        f"the list of reviews owed: {shown:.3f} s; the peer's {PEER_LIST} s ({PEER_LIST / shown:,.0f} × as long)"
    )
    print(
        f"duties opened: {speed:,.0f} a second; the peer's {PEER_SPEED} ({speed / PEER_SPEED:,.0f} × as many)"
    )
    return _own_cost(given)


def _own_cost(given: argparse.Namespace) -> None:
    """What a page costs beside a bare one; ends with status 1 when a bar was missed."""
    page_cost.fill_lists()
    page_cost.tell(clerk=VIEWERS[0], others=VIEWERS[1:], requests=given.requests)
    measure.ended()


def _opening_speed(here: stage.Stage) -> float:
    """Duties a second when the university's round is opened, in a database of its own."""
    from dianping.common.audit import SYSTEM
    from dianping.duties.models import Duty
    from dianping.duties.services import open_duties

    with stage.beside(here, "opening") as site, site.in_use():
        university.take()
        took = measure.seconds(lambda: open_duties(day=university.DAY, actor=SYSTEM))
        return Duty.objects.count() / took


def _clients() -> dict[str, Any]:
    from django.test import Client

    from dianping.accounts.models import User

    found = {}
    for name in VIEWERS:
        found[name] = Client()
        found[name].force_login(User.objects.get(username=name))
    return found


def _addresses() -> Iterator[tuple[str, str]]:
    """(name, url) of every page of the desk: each without arguments, each detail page once, and the long lists."""
    from django.urls import reverse

    from dianping.pages.urls import urlpatterns as nouns

    details = _details()
    for noun in nouns:
        for pattern in noun.url_patterns:
            for words in details.get(pattern.name, [{}]):
                if noun.namespace != "accounts" and set(words) == set(pattern.pattern.converters):
                    yield (
                        f"{pattern.name} {' '.join(map(str, words.values()))}".strip(),
                        reverse(f"{noun.namespace}:{pattern.name}", kwargs=words),
                    )
    branch = _branch()
    for url in (
        "duties/?whose=below&state=open",
        "duties/?whose=below&state=all",
        "reviews/?state=all",
        "rectification/?state=all",
        "search/?q=党",
        "coverage/?direction=reviewers",
        f"organisations/?organisation={branch.code}",
        f"coverage/?organisation={branch.parent.code}",
    ):
        yield url, f"/{url}"


def _branch() -> Any:
    from dianping.demo.university import CAST
    from dianping.orgs.models import Organisation

    return Organisation.objects.select_related("parent").get(name=CAST["宁致远"].where)


def _details() -> dict[str, list[dict[str, object]]]:
    """The arguments of each page that takes some: records of the secretary's own branch."""
    from dianping.duties.models import Duty
    from dianping.ledgers.selectors import FORMS
    from dianping.rectification.models import Item
    from dianping.reviews.models import Review

    mine = Duty.objects.filter(organisation=_branch()).order_by("pk")
    owed = mine.filter(done_on=None, lapsed_on=None, owed_by__isnull=False)
    to_write = owed.filter(target="member").first() or owed.filter(kind="review").first()
    report, review = (
        owed.filter(kind="report").first(),
        Review.objects.filter(organisation=_branch(), filed=True).first(),
    )
    item = Item.objects.filter(organisation=_branch()).first()
    assert to_write and report and review and item
    return {
        "duty": [{"pk": to_write.pk}],
        "write": [{"duty_pk": to_write.pk}],
        "review": [{"pk": review.pk}],
        "correct": [{"pk": review.pk}],
        "item": [{"pk": item.pk}],
        "report": [{"duty_pk": report.pk}],
        "person": [{"pk": to_write.person_id or review.person_id}],
        "ledger": [{"period": PERIOD, "form": form} for form, _ in FORMS],
        "ledger_file": [
            {"period": PERIOD, "form": "reviews", "kind": kind} for kind in ("xlsx", "docx", "pdf")
        ],
    }


def _looks(name: str, url: str, clients: dict[str, Any]) -> Iterator[Look]:
    """Each viewer who may see the page: warm, with its queries counted. What only takes forms is left out."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for viewer, client in clients.items():
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(url)
        if answer.status_code == 200:
            yield Look(name, viewer, len(captured), partial(client.get, url), [])
        elif answer.status_code not in (302, 404, 405):
            sys.exit(f"{url} answered {answer.status_code} to {viewer}")


def _tell(pages: list[Look], files: list[Look], here: stage.Stage) -> None:
    print(f"Pages of the sample university, {here.name}.")
    headings = ("page", "viewer", "queries", "p50, ms", "p95, ms", "own processor p95, ms")
    pages = sorted(pages, key=lambda look: -measure.p95([c.wall for c in look.costs]))
    measure.table(headings, map(_row, pages))
    lists = [look for look in pages if look.page.startswith(LISTS)]
    worst = max(measure.p95([c.wall for c in look.costs]) for look in lists)
    measure.verdict(
        f"every list page under {BAR} ms at the 95th percentile ({worst:.0f} ms, {len(lists)} looked at)",
        worst < BAR,
    )
    over = [look for look in pages if measure.p95([c.wall for c in look.costs]) >= BAR]
    print(f"of all {len(pages)} looked at, forms and details among them, {len(over)} are over")
    measure.table(headings, map(_row, files))


def _row(look: Look) -> tuple[object, ...]:
    walls = [c.wall for c in look.costs]
    own = measure.p95([c.processor for c in look.costs])
    return (
        look.page,
        look.viewer,
        look.queries,
        f"{measure.p50(walls):.1f}",
        f"{measure.p95(walls):.1f}",
        f"{own:.1f}",
    )


if __name__ == "__main__":
    main()
