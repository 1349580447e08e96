"""A roster of 100,000 people, from the workbook to the preview, against bare reading of the same file.

    ./run python bench/importing.py --scale full

`plan_roster` hashes the file, surveys it, reads it in a bounded child process, judges every row and says what it
would change; the other side is python-calamine reading the same sheets into lists and nothing else. In turn, in
one run. Bar: at most 3 × the bare reading.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from dianping.common.audit import SYSTEM

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import measure, stage
from bench.invented import BLOCK

BAR = 3.0
COMMITTEES = {"small": 5, "full": 100}
BRANCHES = 45  # of each committee: five blocks of nine branches, a thousand people
SCHOOL = "中共云川大学委员会"


def main() -> None:
    """Write the workbook, read it both ways in turn, compare."""
    parser = stage.arguments(__doc__ or "")
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    with stage.prepared(given) as here:
        run(given, here)


def run(given: argparse.Namespace, here: stage.Stage) -> None:
    """All of it, on an empty system."""
    from dianping.orgs.services import plan_roster

    path = here.home / "roster.xlsx"
    begun = time.perf_counter()
    people = write(path, COMMITTEES[here.scale])
    size = path.stat().st_size / 1e6
    print(
        f"{people:,} people, {size:.1f} MB, written in {time.perf_counter() - begun:.0f} s; {here.name}.",
        flush=True,
    )
    plan = plan_roster(actor=SYSTEM, path=path)
    assert not plan.problems, plan.problems[:5]
    assert (len(plan.joined), len(plan.founded)) == (people, 1 + COMMITTEES[here.scale] * (1 + BRANCHES))
    read_bare(path)
    plans, bares = [], []
    for _ in range(given.rounds):
        bares.append(measure.seconds(lambda: read_bare(path)))
        plans.append(measure.seconds(lambda: plan_roster(actor=SYSTEM, path=path)))
    ratios = [p / b for p, b in zip(plans, bares, strict=True)]
    measure.table(
        ("", "wall, s", "rows a second"),
        [
            ("plan_roster, up to the preview", measure.spread(plans), f"{people / median(plans):,.0f}"),
            ("calamine alone", measure.spread(bares), f"{people / median(bares):,.0f}"),
            ("ratio", measure.spread(ratios), ""),
        ],
    )
    if here.scale == "full":  # of a small file most is starting the child
        measure.verdict(f"at most {BAR:.0f} × bare reading ({median(ratios):.2f})", median(ratios) <= BAR)


def read_bare(path: Path) -> int:
    """Every sheet into lists; how many rows."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def write(path: Path, committees: int) -> int:
    """A workbook as a clerk would send it, in the sample's own shape; how many people are in it."""
    import xlsxwriter

    from dianping.demo import words

    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        _fill(book.add_worksheet("党组织"), words.ORGANISATION_HEADINGS, _organisations(committees))
        return _fill(book.add_worksheet("党员"), words.MEMBER_HEADINGS, _members(committees))


def _fill(sheet: Any, headings: list[str], rows: Iterator[list[str | date]]) -> int:
    sheet.write_row(0, 0, headings)
    place = 0
    for place, row in enumerate(rows, start=1):
        sheet.write_row(place, 0, row)
    return place


def _organisations(committees: int) -> Iterator[list[str | date]]:
    yield [SCHOOL, "YC000", "基层党委", "", "高等学校", date(1962, 9, 1)]
    for k in range(committees):
        yield [_committee(k), f"YC{k + 1:03d}", "二级党委", SCHOOL, "高等学校", date(1980, 9, 1)]
        for b in range(BRANCHES):
            yield [
                _branch(k, b),
                f"YC{k + 1:03d}{b:02d}",
                "党支部",
                _committee(k),
                "高等学校",
                date(1990, 3, 1),
            ]


def _members(committees: int) -> Iterator[list[str | date]]:
    from dianping.demo.people import People

    people = People([])
    for k in range(committees):
        for b in range(BRANCHES):
            for place in range(BLOCK[b % len(BLOCK)]):
                post = "党支部书记" if place == 0 else "党委书记" if place == 1 and b == 0 else ""
                yield _cells(people.draw("staff" if b % 2 else "postgraduate", _branch(k, b), post))


def _cells(member: Any) -> list[str | date]:
    confirmed = (
        member.joined.replace(year=member.joined.year + 1, day=min(member.joined.day, 28))
        if member.is_full
        else ""
    )
    standing = "正式党员" if member.is_full else "预备党员"
    return [
        member.name, member.sex, member.people, member.number, member.born, member.education, member.joined, confirmed,
        standing, member.branch, member.post, member.office, "否", "",
    ]  # fmt: skip


def _committee(k: int) -> str:
    return f"中共云川大学第{k + 1}学院委员会"


def _branch(k: int, b: int) -> str:
    return f"第{k + 1}学院第{b + 1}党支部"


if __name__ == "__main__":
    main()
