"""A deadline a paper moves: 延长至, 推迟到, 提前至. What it moves is one already ordered; nothing new is owed for it."""

import re
from dataclasses import dataclass
from datetime import date

from dianping.programmes.rules.accepted import Accepted, AcceptedLine

ROUND, HEARING, PAPER = "round", "hearing", "paper"
MOST_SAID = 120  # characters of the sentence that are cited
# Words that move a day, just before the new one: 延长至, 推迟到, 提前至, 改为.
_MOVES = re.compile(
    r"(?:延长|延期|推迟|推后|延后|延迟|顺延|后延|缓至|提前|提早|改期|改|调整|变更|放宽)(?:至|到|为|在|于)?(?:公历|阳历)?$"
)
# A hearing, by its words: 听取汇报, 述职.
_HEARING = re.compile(r"听取|汇报会|述职")
# A paper handed in, by its words: 报送时间, 上报期限, 报告.
_PAPER = re.compile(r"报送|上报|报告|材料|总结|小结|报表|统计表|登记表|台账")
# A round of reviews, by its words: 点评, 一轮.
_ROUND = re.compile(r"点评|讲评|评议|一轮")


@dataclass(frozen=True, slots=True)
class Moved:
    """A new last day, or new days, for what `named` says in the paper's words; `what` is "" where that is not clear."""

    what: str
    named: str
    opens: date | None
    due: date
    line: AcceptedLine
    was: date | None = None  # the day its sentence says it was

    def as_entry(self) -> dict[str, object]:
        """As an amendment takes it."""
        days = {"opens": self.opens, "due": self.due, "was": self.was}
        says = (
            self.line.sentence.strip() or self.line.text
        )  # the day alone would not say what it is the day of
        return {"what": self.what, "named": self.named, **days, **self.line.cited, "says": says[:MOST_SAID]}


def moved_in(accepted: Accepted) -> list[Moved]:
    """Every deadline the accepted dates of a paper move."""
    dates = accepted.of("date")
    return [moved for line in dates if (moved := _moved(line, dates)) is not None]


def _moved(line: AcceptedLine, dates: list[AcceptedLine]) -> Moved | None:
    before = _before(line)
    moves = _MOVES.search(before)
    if moves is None or not line.value.get("end"):
        return None
    words = before[: moves.start()]
    # The nearest part of the sentence that says what is moved: two may be moved in one.
    parts = [part for part in re.split(r"[，；。]", words) if _what(part)]
    named = parts[-1] if parts else words
    return Moved(
        _what(named),
        named.strip("，。；：、 "),
        date.fromisoformat(line.value["start"]) if line.value.get("start") else None,
        date.fromisoformat(line.value["end"]),
        line,
        next(
            (
                date.fromisoformat(old.value["end"])
                for old in reversed(dates)
                if old.begins == line.begins and old.at[0] < line.at[0] and old.value.get("end")
            ),
            None,
        ),
    )


def _before(line: AcceptedLine) -> str:
    """The words of its sentence before a date."""
    return line.sentence[: max(0, line.at[0] - line.begins)].rstrip()


def _what(named: str) -> str:
    if _HEARING.search(named):
        return HEARING
    if _PAPER.search(named):
        return PAPER
    return ROUND if _ROUND.search(named) else ""


def old_days(accepted: Accepted, moved: list[Moved]) -> list[AcceptedLine]:
    """The dates named only as what is moved away from: in the sentence of a moved one, before it."""
    news = [new.line for new in moved]
    return [
        line
        for line in accepted.of("date")
        if not any(line is new for new in news)
        for new in moved
        if line.begins == new.line.begins and line.at[0] < new.line.at[0]
    ]


def moved_hearings(accepted: Accepted, moved: list[Moved]) -> list[AcceptedLine]:
    """The lines read as a hearing in the sentence that only moves one: it stands already."""
    sentences = {(new.line.clause, new.line.sentence) for new in moved if new.what == HEARING}
    return [line for line in accepted.of("hearing") if (line.clause, line.sentence) in sentences]
