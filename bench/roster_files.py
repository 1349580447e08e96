"""The reading of rosters beside a careful clerk: files as offices keep them, scored field by field.

    ./run python bench/roster_files.py FOLDER [FOLDER ...] [--wrong] [--only f03]

A file is NAME.xlsx (or .csv) and NAME.expected.json: `organisations` are those of the file (or, where `needs` says so, those
of the system), `expected` names what is judged: `counts`, `members` (name, standing, branch, post, employee number),
`leaders` (name, organisation, post, in charge of, contact points), `left_out_and_told`, `skipped_rows`, `problems` ([] is
none), `notes_or_problems_for_rows`, `dates`, `refused`. `says` lists words that must stand in what is told, `may_refuse` that one
sentence for the whole sheet is as good, `not_judged` fields that may be read either way.
What is wrong is told when a note or a problem names the person or his row, or one problem is about the whole sheet; what is
wrong and untold would be written as if it were right. A file is wholly right when nothing is wrong.
"""

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import measure
from dianping.base.chinese_text import squeezed
from dianping.base.kinds import counted_as, spellings
from dianping.common.office.reading import read_sheets
from dianping.orgs.rules.roster import Known, LeaderRow, MemberRow, Roster, judge
from dianping.orgs.rules.roster.posts import parted, read_posts

DAY = date(2011, 3, 31)  # the files are lists of the turn of that year
FIELDS = (
    "organisations", "members", "standing", "branch", "post", "employee_no", "leaders", "leader's seat", "leader's post",
    "in charge", "contacts", "left out", "skipped rows", "rows told", "dates", "no problem", "refused", "says",
)  # fmt: skip
MOST_SENTENCES = 2  # for a sheet that is refused as a whole
_KINDS = {spelling: kept for kept, others in spellings().items() for spelling in (kept, *others)}
# Codes of problems that are about a whole sheet.
WHOLE_SHEET = re.compile(r"^orgs\.(roster-|sheet-|column-missing|columns-side-by-side)")


@dataclass(slots=True)
class Count:
    """One field over all files."""

    right: int = 0
    wanted: int = 0


@dataclass(slots=True)
class Judged:
    """One file: what is wrong, as (field, sentence, whether it was told)."""

    name: str
    wrong: list[tuple[str, str, bool]] = field(default_factory=list)
    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))

    def hold(self, name: str, right: bool, sentence: str, told: bool = False) -> None:
        """Count one thing that is wanted, and keep it when it is wrong."""
        self.counts[name].wanted += 1
        self.counts[name].right += right
        if not right:
            self.wrong.append((name, sentence, told))

    @property
    def untold(self) -> list[tuple[str, str, bool]]:
        """What is wrong and not told."""
        return [one for one in self.wrong if not one[2]]


def judged_files(folder: Path, only: str = "") -> Iterator[Judged]:
    """Every file of a folder, read and judged."""
    for path in sorted(folder.glob("*.expected.json")):
        name = path.name.removesuffix(".expected.json")
        if name.startswith(only):
            given = json.loads(path.read_text("utf-8"))
            file = next(one for end in (".xlsx", ".csv") if (one := path.with_name(name + end)).exists())
            yield judge_one(
                name,
                given,
                read_sheets(file, reader=None, then=partial(judge, known=known_to(given), on=DAY)),
            )


def known_to(given: dict[str, Any]) -> Known:
    """The system the file is read into."""
    if not given.get("needs", "").startswith("a system that already holds"):
        return Known()
    held = given["organisations"]
    return Known({name: (f"S{at:02}", _KINDS[kind]) for at, (name, kind, _) in enumerate(held)})


class _Told:
    """Every sentence about a file."""

    def __init__(self, roster: Roster) -> None:
        self.text = "\n".join((*roster.notes, *roster.left_out, *map(str, roster.problems)))
        self.rows = {problem.row for problem in roster.problems}
        # The rows a sentence names: 第 3、4 行.
        for some in re.findall(r"第 ?([0-9、 ]+?) ?行", self.text):
            self.rows |= {int(one) for one in re.findall(r"[0-9]+", some)}
        self.whole = any(WHOLE_SHEET.match(problem.code) for problem in roster.problems)

    def of(self, name: str, row: int = -1) -> bool:
        """Whether a person is spoken of."""
        return self.whole or (bool(name) and name in self.text) or row in self.rows


def judge_one(name: str, given: dict[str, Any], roster: Roster) -> Judged:
    """One file's reading beside what is right."""
    expected, found, told = given["expected"], Judged(name), _Told(roster)
    if expected.get("refused"):
        right = bool(roster.problems) and len(roster.problems) <= MOST_SENTENCES and not roster.members
        found.hold(
            "refused",
            right,
            f"{len(roster.problems)} problems, {len(roster.members)} members",
            bool(roster.problems),
        )
        return _says(found, expected, told)
    if expected.get("may_refuse") and 0 < len(roster.problems) <= MOST_SENTENCES and told.whole:
        found.hold("refused", True, "")
        return found
    loose = set(expected.get("not_judged", ()))
    _organisations(found, given, roster, told)
    _members(found, expected, roster, told, loose)
    _leaders(found, expected, roster, told)
    for one in expected.get("left_out_and_told", ()):
        who, reason = re.split("[:：]", one, maxsplit=1)
        right = any(line.startswith(who) for line in roster.left_out) or (
            who in told.text and reason[:2] in told.text
        )
        found.hold("left out", right, one)
    _skipped(found, expected, roster, loose)
    for row in expected.get("notes_or_problems_for_rows", ()):
        found.hold("rows told", row in told.rows, f"row {row}")
    _dates(found, expected, roster, told)
    if "problems" in expected:
        rows = set(expected.get("notes_or_problems_for_rows", ())) if expected["problems"] else set()
        over = [problem for problem in roster.problems if problem.row not in rows]
        found.hold("no problem", not over, f"{len(over)}: " + "；".join(map(str, over[:4])), True)
    return _says(found, expected, told)


def _says(found: Judged, expected: dict[str, Any], told: _Told) -> Judged:
    for word in expected.get("says", ()):
        found.hold("says", word in told.text, word)
    return found


def _organisations(found: Judged, given: dict[str, Any], roster: Roster, told: _Told) -> None:
    wanted = expected_organisations(given)
    read = {row.name: row for row in roster.organisations}
    for name, kind, parent in wanted:
        row = read.get(name)
        right = (
            row is not None
            and row.parent_name == parent
            and (row.kind == _KINDS[kind] or counted_as(row.kind) == kind)
        )
        found.hold("organisations", right, f"{name}: {row}", told.of(name, row.row if row else -1))
    for name in read.keys() - {one[0] for one in wanted}:
        found.hold("organisations", False, f"{name} is none", told.of(name))


def expected_organisations(given: dict[str, Any]) -> list[list[str]]:
    """What the file itself lists."""
    return (
        []
        if given["expected"].get("counts", {}).get("organisations") == 0
        else given.get("organisations", [])
    )


def _members(found: Judged, expected: dict[str, Any], roster: Roster, told: _Told, loose: set[str]) -> None:
    left: list[MemberRow] = list(roster.members)
    pairs = []
    for wanted in expected.get("members", ()):
        alike = [row for row in left if row.name == wanted[0]]
        row = max(
            alike, key=lambda row: (row.branch_name == wanted[2], row.employee_no == wanted[4]), default=None
        )
        if row:
            left.remove(row)
        elif "twice" in loose and wanted[0] in {row.name for row in roster.members}:
            continue
        found.hold("members", row is not None, f"lost {wanted[0]}", told.of(wanted[0]))
        if row:
            pairs.append((wanted, row))
    for row in left:
        found.hold("members", False, f"no member: {row.name} (row {row.row})", told.of(row.name, row.row))
    for wanted, row in pairs:
        known = told.of(row.name, row.row)
        for name, right, read in (
            ("standing", wanted[1] in ("", row.standing), row.standing),
            ("branch", wanted[2] == row.branch_name, row.branch_name),
            ("post", same_posts(wanted[3], row.party_post), row.party_post),
            ("employee_no", wanted[4].upper() == row.employee_no.upper(), row.employee_no),
        ):
            if name not in loose:
                found.hold(name, right, f"{row.name}: {read!r} for {wanted}", known)


def same_posts(wanted: str, read: str) -> bool:
    """Whether the posts are the same, whatever parts them; what is no Party post may stand beside them."""
    left = Counter(map(squeezed, parted(squeezed(read))))
    left.subtract(map(squeezed, parted(squeezed(wanted))))
    return all(n >= 0 for n in left.values()) and not any(n and read_posts(post) for post, n in left.items())


def _leaders(found: Judged, expected: dict[str, Any], roster: Roster, told: _Told) -> None:
    left: list[LeaderRow] = list(roster.leaders)
    for name, seat, post, charge, contacts in expected.get("leaders", ()):
        row = next((row for row in left if row.name == name), None)
        found.hold("leaders", row is not None, f"lost {name}", told.of(name))
        if row is None:
            continue
        left.remove(row)
        known = told.of(name, row.row)
        for field_name, right, read in (
            ("leader's seat", seat == row.organisation_name, row.organisation_name),
            ("leader's post", same_posts(post, row.post), row.post),
            ("in charge", set(charge) == set(row.in_charge), row.in_charge),
            ("contacts", set(contacts) == set(row.contacts), row.contacts),
        ):
            found.hold(field_name, right, f"{name}: {read!r} for {(seat, post, charge, contacts)}", known)
    if "counts" in expected:
        for row in left:
            if expected.get("leaders") or not expected["counts"]["leaders"]:
                found.hold("leaders", False, f"no leader: {row.name}", told.of(row.name, row.row))


def _skipped(found: Judged, expected: dict[str, Any], roster: Roster, loose: set[str]) -> None:
    """Rows that are no records: none may have become one, and each is told by number."""
    if "skipped_rows" not in expected or "skipped_rows" in loose:
        return
    for row in expected["skipped_rows"]:
        found.hold("skipped rows", row in roster.skipped, f"row {row} not told", True)
    for row in set(roster.skipped) - set(expected["skipped_rows"]):
        found.hold("skipped rows", False, f"row {row} put aside", True)


def _dates(found: Judged, expected: dict[str, Any], roster: Roster, told: _Told) -> None:
    by_name = {row.name: row for row in roster.members}
    for name, (born, joined) in expected.get("dates", {}).items():
        row = by_name.get(name)
        if row:
            read = (str(row.born), str(row.joined))
            right = read[0].startswith(born) and read[1].startswith(joined)
            found.hold("dates", right, f"{name}: {read} for {(born, joined)}", told.of(name, row.row))


def totals(judged: Iterable[Judged]) -> dict[str, Count]:
    """Every field over some files."""
    counts: dict[str, Count] = {name: Count() for name in FIELDS}
    for one in judged:
        for name, count in one.counts.items():
            counts[name].right += count.right
            counts[name].wanted += count.wanted
    return counts


def main() -> None:
    """Print found and right of each field, and what is wrong where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list what is wrong, file by file")
    parser.add_argument("--only", default="", help="files whose name begins so")
    given = parser.parse_args()
    judged = [one for folder in given.folders for one in judged_files(folder, given.only)]
    rows = [(name, count.right, count.wanted) for name, count in totals(judged).items() if count.wanted]
    measure.table(("field", "right", "wanted"), rows)
    whole = sum(not one.wrong for one in judged)
    untold = [one for one in judged if one.untold]
    print(
        f"{len(judged)} files, {whole} wholly right; wrong and untold: {sum(len(one.untold) for one in untold)} places in {len(untold)} files"
    )
    if given.wrong:
        for one in judged:
            for name, sentence, told in one.wrong:
                print(f"{one.name[:3]} {'told  ' if told else 'UNTOLD'} {name} · {sentence}")


if __name__ == "__main__":
    main()
