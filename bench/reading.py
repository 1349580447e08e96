"""Dates as they stand in notices: our reading beside dateparser and JioNLP, and what reading costs.

    ./run python bench/reading.py [--phrases FILE]

The phrases are those of the tests, and those of FILE (the shape of tests/notices/rules/more_phrases.json) where one is given. The two
libraries are asked if they are installed and are in no lock: `pip install dateparser jionlp`. They get the day of
issue as their base; of several answers the earliest day and the latest count. Bar: every phrase right, and under
100 ms for 10 KB of a text of 200 KB.
"""

import argparse
import contextlib
import importlib
import io
import json
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import measure
from dianping.notices.rules import as_json, read_notice
from tests.notices.rules.test_notice_phrases import DEADLINES, ISSUED, WINDOWS
from tests.notices.rules.texts import COVER

BAR = 100.0  # ms for 10 KB
SIZE = 200 * 1024
MORE = Path(__file__).resolve().parents[1] / "tests" / "notices" / "rules" / "more_phrases.json"
Ends = tuple[str | None, str | None]
Reader = Callable[[str, date], Ends]


def ours(phrase: str, issued: date) -> Ends:
    """Our own reading: the first and last day of all dates found."""
    found: list[dict[str, Any]] = as_json(read_notice(phrase, issued=issued))["dates"]  # type: ignore[assignment]
    if len(found) != 1:
        return "?", "?"
    return found[0]["start"], found[0]["end"]


def with_dateparser() -> Reader | None:
    """dateparser's search, told that the text is Chinese and that dates lie ahead."""
    try:
        search = importlib.import_module("dateparser.search").search_dates
    except ImportError:
        return None

    def read(phrase: str, issued: date) -> Ends:
        settings = {
            "RELATIVE_BASE": datetime(issued.year, issued.month, issued.day),
            "PREFER_DATES_FROM": "future",
        }
        found = search(phrase, languages=["zh"], settings=settings) or []
        days = sorted(day.date().isoformat() for _, day in found)
        return (days[0], days[-1]) if days else ("?", "?")

    return read


def with_jionlp() -> Reader | None:
    """JioNLP's time extraction; a span that begins on the day of issue is taken as a plain deadline."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            jionlp = importlib.import_module("jionlp")
    except ImportError:
        return None

    def read(phrase: str, issued: date) -> Ends:
        base = datetime(issued.year, issued.month, issued.day)
        try:
            found = jionlp.ner.extract_time(phrase, time_base=base)
        except Exception:  # it raises what it likes on what it does not know
            return "?", "?"
        times = [one["detail"]["time"] for one in found if one["type"] in ("time_point", "time_span")]
        if not times:
            return "?", "?"
        return min(one[0] for one in times)[:10], max(one[1] for one in times)[:10]

    return read


def right(told: Ends, wanted: Ends, issued: date) -> tuple[bool, bool]:
    """Whether the last day is right, and whether both ends are. For a plain deadline any beginning up to it will do
    that says nothing: none, the day of issue, or the deadline itself."""
    last = told[1] == wanted[1]
    first = told[0] == wanted[0] or (wanted[0] is None and told[0] in (None, issued.isoformat(), wanted[1]))
    return last, last and first


def main() -> None:
    """Score all three on the same phrases, then time our reading."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--phrases", type=Path, nargs="*", default=[])
    given = parser.parse_args()
    cases: list[tuple[str, date, Ends]] = [(phrase, ISSUED, (None, end)) for phrase, end in DEADLINES.items()]
    cases += [(phrase, ISSUED, ends) for phrase, ends in WINDOWS.items()]
    for path in (MORE, *given.phrases):
        told = json.loads(path.read_text("utf-8"))["dates"]
        cases += [
            (one["phrase"], date.fromisoformat(one["issued"]), (one["start"], one["end"]))
            for one in told
            if not one.get("none")
        ]
    score(cases)
    pace()


def score(cases: list[tuple[str, date, Ends]]) -> None:
    """How many phrases each reader gets right, and its time for them."""
    rows, mine = [], 0
    for name, reader in (("ours", ours), ("dateparser", with_dateparser()), ("JioNLP", with_jionlp())):
        if reader is None:
            rows.append((name, "not installed: pip install dateparser jionlp", "", ""))
            continue
        begun = time.process_time()
        marks = [right(reader(phrase, issued), wanted, issued) for phrase, issued, wanted in cases]
        spent = (time.process_time() - begun) / len(cases) * 1000
        last, both = (sum(mark[at] for mark in marks) for at in (0, 1))
        rows.append((name, f"{last} of {len(cases)}", f"{both} of {len(cases)}", f"{spent:.2f}"))
        mine = mine or both
    measure.table(("", "last day right", "both ends right", "ms a phrase"), rows)
    measure.verdict("every date phrase right", mine == len(cases))


def pace() -> None:
    """Processor time for 10 KB of a long text, with its lines and as one line."""
    rows = []
    for name, text in (
        ("a notice", COVER),
        ("200 KB of notices", COVER * (SIZE // len(COVER.encode()) + 1)),
        ("the same in one line", COVER.replace("\n", "") * (SIZE // len(COVER.encode()) + 1)),
    ):
        size = len(text.encode()) / 10240
        costs = []
        for _ in range(3):
            begun = time.process_time()
            read_notice(text)
            costs.append((time.process_time() - begun) * 1000 / size)
        rows.append((name, f"{size * 10:.0f}", f"{min(costs):.1f}"))
    measure.table(("text", "KB", "ms for 10 KB"), rows)
    worst = max(float(row[2]) for row in rows)
    measure.verdict(f"under {BAR:.0f} ms for 10 KB ({worst:.1f})", worst < BAR)


if __name__ == "__main__":
    main()
