"""The coverage board of a province, a city and a county, against the same page of one university.

    ./run python bench/board.py --scale full [--reuse PROVINCE] [--database postgres://…]

Two databases of one kind in one process, asked in turn. Fifty days of work stand in the tallies. Bars: the page
takes at most twice the university's, and under 100 ms at the 95th percentile; the number of queries is the same.
"""

import argparse
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import measure, stage, university, winter

OPENED = date(2010, 12, 31)
RATIO_BAR, TIME_BAR = 2.0, 100
PAGE = "/coverage/?organisation={code}&rule=round"


@dataclass
class Subject:
    """One organisation whose board is asked for."""

    name: str
    site: stage.Site
    code: str
    client: Any
    pages: list[measure.Cost] = field(default_factory=list)
    selectors: list[measure.Cost] = field(default_factory=list)
    queries: int = 0
    below: int = 0
    tallies: int = 0


def main() -> None:
    """Prepare both sites, ask, compare."""
    parser = stage.arguments(__doc__ or "", reuse=True)
    parser.add_argument("--requests", type=int, default=100)
    given = parser.parse_args()
    province = stage.built_province(given)
    borrowed, given.reuse = bool(given.reuse), province
    try:
        with stage.prepared(given, today=winter.LAST) as here, stage.beside(here, "university") as school:
            home = stage.Site.current()
            run(given, here, home, school)
    finally:
        if not borrowed:
            stage.drop_database(province)


def run(given: argparse.Namespace, here: stage.Stage, home: stage.Site, school: stage.Site) -> None:
    """All of it, with both sites standing."""
    print(f"The coverage board as of {winter.LAST}, {here.scale} scale, {here.name}.")
    with school.in_use():
        university.take()
        _open_and_work()
    with home.in_use():
        _open_and_work()
    subjects = [
        *_subjects(school, {"university": 1}),
        *_subjects(home, {"province": 1, "city": 2, "county": 3}),
    ]
    for subject in subjects:
        _look_once(subject)
    for _ in range(given.requests):
        for subject in subjects:
            _ask(subject)
    _tell(subjects)


def _open_and_work() -> None:
    from dianping.common.audit import SYSTEM
    from dianping.duties.models import Duty
    from dianping.duties.services import open_duties

    if not Duty.objects.exists():
        open_duties(day=OPENED, actor=SYSTEM)
    if not Duty.objects.filter(done_on__isnull=False).exists():
        print(f"  {winter.pass_over():,} duties discharged over {winter.DAYS} days", flush=True)


def _subjects(site: stage.Site, depths: dict[str, int]) -> list[Subject]:
    """The first organisation at each depth of a site, with somebody signed in who may see all of it."""
    from django.db.models.functions import Length
    from django.test import Client

    from dianping.orgs.models import Organisation

    with site.in_use():
        client = Client()
        client.force_login(_clerk())
        at = Organisation.objects.annotate(length=Length("path")).order_by("path")
        return [
            Subject(name, site, at.filter(length=4 * depth)[0].code, client) for name, depth in depths.items()
        ]


def _clerk() -> Any:
    from dianping.accounts.models import Grant
    from dianping.accounts.services import add_account, grant_role
    from dianping.common.audit import SYSTEM
    from dianping.orgs.selectors import organisation_or_top

    user = add_account(
        username="bench",
        password="not used: signed in by force",
        name="干事",
        person=None,
        actor=SYSTEM,
        lasting=True,
    )
    grant_role(
        user=user,
        role=Grant.Role.CLERK,
        organisation=organisation_or_top(""),
        since=date(2010, 12, 1),
        actor=SYSTEM,
    )
    return user


def _look_once(subject: Subject) -> None:
    """Warm, and note what does not change from one asking to the next."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from dianping.duties.models import Tally
    from dianping.orgs.models import Organisation

    with subject.site.in_use():
        url = PAGE.format(code=subject.code)
        assert subject.client.get(url).status_code == 200, url
        with CaptureQueriesContext(connection) as captured:
            page = subject.client.get(url)
        assert b"meter" in page.content
        subject.queries = len(captured)
        organisation = Organisation.objects.get(code=subject.code)
        subject.below = organisation.children.count()
        subject.tallies = Tally.objects.filter(
            organisation__in=[organisation, *organisation.children.all()]
        ).count()


def _ask(subject: Subject) -> None:
    with subject.site.in_use():
        subject.pages.append(measure.quick_cost(lambda: subject.client.get(PAGE.format(code=subject.code))))
        subject.selectors.append(measure.quick_cost(lambda: _select(subject.code)))


def _select(code: str) -> None:
    from dianping.duties.selectors import coverage_board, current_windows
    from dianping.orgs.models import Organisation

    organisation = Organisation.objects.get(code=code)
    current_windows(day=winter.LAST)
    coverage_board(organisation, day=winter.LAST, rule="round")


def _tell(subjects: list[Subject]) -> None:
    school, *others = subjects
    headings = (
        "board of",
        "units below",
        "tally rows",
        "queries",
        "page p50, ms",
        "p95",
        "× university",
        "own processor p95",
        "selectors p50",
        "p95",
    )
    measure.table(headings, [_row(s, school) for s in subjects])
    for s in others:
        measure.verdict(
            f"{s.name}: at most {RATIO_BAR:.0f} × the university ({_times(s, school):.2f})",
            _times(s, school) <= RATIO_BAR,
        )
    slowest = max(measure.p95([c.wall for c in s.pages]) for s in subjects)
    measure.verdict(
        f"every page under {TIME_BAR} ms at the 95th percentile ({slowest:.0f} ms)", slowest < TIME_BAR
    )
    measure.verdict("the same number of queries", len({s.queries for s in subjects}) == 1)


def _row(s: Subject, school: Subject) -> tuple[object, ...]:
    walls, selectors = [c.wall for c in s.pages], [c.wall for c in s.selectors]
    return (
        s.name,
        s.below,
        f"{s.tallies:,}",
        s.queries,
        f"{measure.p50(walls):.1f}",
        f"{measure.p95(walls):.1f}",
        f"{_times(s, school):.2f}",
        f"{measure.p95([c.processor for c in s.pages]):.1f}",
        f"{measure.p50(selectors):.1f}",
        f"{measure.p95(selectors):.1f}",
    )


def _times(s: Subject, school: Subject) -> float:
    """How many times the university's median its median is."""
    return measure.p50([c.wall for c in s.pages]) / measure.p50([c.wall for c in school.pages])


if __name__ == "__main__":
    main()
