"""The reader beside a careful clerk: passages with what is right to read in them, scored field by field.

    ./run python bench/notice_passages.py FOLDER [FOLDER ...] [--wrong] [--only 012]

A passage is NAME.txt (or .docx, .html) and NAME.expected.json, whose `expected` names the fields that are judged, `also`
what is as good, `not` what must not be read. Precision: what was read and is right, of what was read; recall: what is
right and was read, of what is right. A row is found when its names are those expected or hold them; a deliverable is
wholly right when who, what, to whom and by when are the same letter by letter, blanks and width aside. The date is read
without `--issued`, everything else with the day of issue.
"""

import argparse
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import measure
from dianping.notices.rules import as_json, read_notice

HEAD = ("title", "issuer", "kind", "number", "date", "addressees")
FIELDS = (
    *HEAD,
    "dates",
    "cadences",
    "responsibilities",
    "deliverables found",
    "deliverables wholly right",
    "forms",
    "enclosures",
    "furniture",
    "doubts",
)
BINDING = ("deadline", "window", "start")
DATE_DOUBTS = {"weekday": "date", "impossible date": "date", "left out": "date"}
Row = tuple[str, ...]


@dataclass(slots=True)
class Count:
    """One field over all passages."""

    read: int = 0
    right_read: int = 0
    wanted: int = 0
    wanted_read: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of what was read, how much is right; whole where nothing was read."""
        return self.right_read / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """Of what is right, how much was read."""
        return self.wanted_read / self.wanted if self.wanted else 1.0


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and what is right to read in it."""

    name: str
    text: str
    issued: date | None
    expected: dict[str, Any]
    also: dict[str, Any]
    traps: dict[str, Any]


def passages_in(folder: Path) -> list[Passage]:
    """Every passage of a folder that the command read_notice is asked about."""
    found = []
    for path in sorted(folder.glob("*.expected.json")):
        told = json.loads(path.read_text("utf-8"))
        if not isinstance(told, dict) or "read_notice" not in told.get("command", ""):
            continue
        name = path.name.removesuffix(".expected.json")
        file = next(
            (
                path.with_name(name + end)
                for end in (".txt", ".docx", ".html")
                if path.with_name(name + end).exists()
            ),
            None,
        )
        if file is None:
            continue
        # The day after --issued in the command.
        issued = re.search(r"--issued (\d{4}-\d{2}-\d{2})", told["command"])
        found.append(
            Passage(
                name,
                _text_of(file),
                date.fromisoformat(issued[1]) if issued else None,
                told["expected"],
                told.get("also", {}),
                told.get("not", {}),
            )
        )
    return found


def _text_of(file: Path) -> str:
    if file.suffix == ".txt":
        return file.read_text("utf-8")
    from dianping.common.office.reading import read_text

    return read_text(file, reader=None)


def plain(words: object) -> str:
    """Words without blanks, of one width."""
    text = unicodedata.normalize("NFKC", str(words or ""))
    # Blanks of any kind.
    return (
        re.sub(r"\s", "", text).replace("(", "（").replace(")", "）").replace("﹝", "〔").replace("﹞", "〕")
    )


def scores(passages: Iterable[Passage]) -> dict[str, Count]:
    """Every field over some passages."""
    counts: dict[str, Count] = defaultdict(Count)
    for passage in passages:
        told = as_json(read_notice(passage.text, issued=passage.issued))
        printed = as_json(read_notice(passage.text)) if "date" in passage.expected else told
        _judge(passage, {**told, "date": printed["date"]}, counts)
    return {name: counts[name] for name in FIELDS}


def _judge(passage: Passage, told: dict[str, Any], counts: dict[str, Count]) -> None:
    expected, also = passage.expected, passage.also
    for name in ("title", "issuer", "kind", "number", "date"):
        if name in expected:
            good = {plain(expected[name]), *(plain(other) for other in also.get(name, ()))}
            _scalar(counts[name], passage.name, plain(told[name]), good)
    for name, wanted, extra, read in _lists(expected, also, told):
        _rows(
            counts[name],
            passage.name,
            name,
            wanted,
            extra,
            read,
            _same if name == "deliverables wholly right" else _alike,
        )


def _scalar(count: Count, name: str, read: str, good: set[str]) -> None:
    right = read in good
    if read:
        count.read += 1
        count.right_read += right
    if good != {""}:
        count.wanted += 1
        count.wanted_read += right
    if not right:
        count.wrong.append(f"{name}: {read!r} for {sorted(good)}")


def _lists(
    expected: dict[str, Any], also: dict[str, Any], told: dict[str, Any]
) -> Iterable[tuple[str, list[Row], list[Row], list[Row]]]:
    def rows(source: dict[str, Any], name: str) -> list[Row]:
        return [
            tuple(plain(cell) for cell in row) if isinstance(row, list) else (plain(row),)
            for row in source.get(name, ())
        ]

    if "addressees" in expected:
        yield (
            "addressees",
            rows(expected, "addressees"),
            rows(also, "addressees"),
            [(plain(one),) for one in told["addressees"]],
        )
    if "dates" in expected:
        wanted, extra = (
            [(row[1], row[2], row[3], row[4]) for row in rows(source, "dates") if row[4] in BINDING]
            for source in (expected, also)
        )
        yield (
            "dates",
            wanted,
            extra,
            [
                tuple(plain(one[key]) for key in ("text", "start", "end", "role"))
                for one in _all(told, "dates")
            ],
        )
    if "cadences" in expected:
        read = [
            (plain(one["about"]), plain(one["months"]), plain(one["times"])) for one in _all(told, "cadences")
        ]
        yield "cadences", rows(expected, "cadences"), rows(also, "cadences"), read
    if "responsibilities" in expected:
        read = [(plain(one["reviewer"]), plain(one["about"])) for one in _all(told, "responsibilities")]
        yield "responsibilities", rows(expected, "responsibilities"), rows(also, "responsibilities"), read
    if "deliverables" in expected:
        read = [
            tuple(plain(one[key]) for key in ("by", "what", "to", "due"))
            for one in _all(told, "deliverables")
        ]
        wanted, extra = rows(expected, "deliverables"), rows(also, "deliverables")
        yield "deliverables found", *([(row[1],) for row in told] for told in (wanted, extra, read))
        yield "deliverables wholly right", wanted, extra, read
    if "forms" in expected:
        yield "forms", rows(expected, "forms"), [], [(plain(one["about"]),) for one in _all(told, "modes")]
    if "attachments" in expected:
        yield (
            "enclosures",
            rows(expected, "attachments"),
            [],
            [(plain(one),) for one in told.get("attachments", ())],
        )
    if "enclosed" in expected:
        yield (
            "enclosures",
            rows(expected, "enclosed"),
            [],
            [(plain(one["title"]),) for one in told["enclosed"]],
        )
    if "furniture" in expected:
        read = [(plain(one["text"]),) for one in told.get("furniture", ())]
        yield "furniture", rows(expected, "furniture"), read, read
    if "doubts" in expected:
        wanted = [(row[0], row[1]) for row in rows(expected, "doubts")]
        read = [
            (DATE_DOUBTS.get(one["kind"], one["kind"]), plain(one["text"])) for one in _all(told, "doubts")
        ]
        yield "doubts", wanted, read, read


def _all(told: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The rows of a paper and of those it encloses."""
    return [*told[name], *(row for inner in told["enclosed"] for row in _all(inner, name))]


def _rows(
    count: Count, passage: str, name: str, wanted: list[Row], extra: list[Row], read: list[Row], alike: Any
) -> None:
    read = list(dict.fromkeys(read))
    missed = [
        row
        for row in wanted
        if not any(alike(name, row, one) for one in (*read,)) and not _replaced(name, row, extra, read, alike)
    ]
    wrong = [one for one in read if not any(alike(name, row, one) for row in (*wanted, *extra))]
    neutral = [one for one in read if not any(alike(name, row, one) for row in wanted) and one not in wrong]
    count.read += len(read) - len(neutral)
    count.right_read += len(read) - len(neutral) - len(wrong)
    count.wanted += len(wanted)
    count.wanted_read += len(wanted) - len(missed)
    if missed or wrong:
        count.wrong.append(f"{passage}: missed {missed}, wrong {wrong}")


def _replaced(name: str, row: Row, extra: list[Row], read: list[Row], alike: Any) -> bool:
    """Whether a reading as good stands in place of an expected one."""
    if not extra or name in ("furniture", "doubts"):
        return False
    key = 1 if name in ("deliverables wholly right",) else 0
    beside = [other for other in extra if other[key] in row[key] or row[key] in other[key]]
    return any(alike(name, other, one) for other in beside for one in read)


def _same(name: str, wanted: Sequence[str], read: Sequence[str]) -> bool:
    return tuple(wanted) == tuple(read)


def _alike(name: str, wanted: Sequence[str], read: Sequence[str]) -> bool:
    if name == "dates":
        return wanted[1:] == read[1:]
    if name == "cadences":
        bare = wanted[0].replace("及其", "")  # a body and its head are two cadences
        return wanted[1:] == read[1:] and (_holds(wanted[0], read[0]) or _holds(bare, read[0]))
    if name == "doubts":
        return wanted[0] == read[0] and _holds(wanted[1], read[1])
    if name in ("responsibilities", "deliverables found"):
        return all(_holds(one, other) for one, other in zip(wanted, read, strict=True))
    if name == "furniture":
        return _holds(wanted[0], read[0])
    return tuple(wanted) == tuple(read)


def _holds(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)


def main() -> None:
    """Print precision and recall of each field, and what is wrong where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list what is missed and what is wrong")
    parser.add_argument("--only", default="", help="passages whose name begins so")
    given = parser.parse_args()
    passages = [
        one for folder in given.folders for one in passages_in(folder) if one.name.startswith(given.only)
    ]
    counts = scores(passages)
    rows = []
    for name, count in counts.items():
        rows.append((name, count.read, count.wanted, f"{count.precision:.0%}", f"{count.recall:.0%}"))
    print(f"{len(passages)} passages")
    measure.table(("field", "read", "wanted", "precision", "recall"), rows)
    if given.wrong:
        for name, count in counts.items():
            for line in count.wrong:
                print(f"{name} · {line}")


if __name__ == "__main__":
    main()
