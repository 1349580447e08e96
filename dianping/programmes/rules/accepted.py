"""What a person accepted of a paper, and what each accepted line ends as."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict


class Passage(TypedDict):
    """Where an entry of a programme file stands in the paper, and its words there."""

    clause: str
    says: str


@dataclass(frozen=True, slots=True)
class Head:
    """The paper a programme is drafted from."""

    title: str
    number: str
    issuer: str
    issued: date
    aliases: tuple[str, ...] = ()
    addressees: str = ""

    @staticmethod
    def code_of(number: str) -> str:
        """A paper's number as a name: 豫创组办发-2010-26."""
        # Either bracket around the year: 〔2010〕.
        return re.sub(r"[〔〕]", "-", number.removesuffix("号"))

    @property
    def code(self) -> str:
        """A name for files and keys: the number without its brackets, or the title's beginning with the date."""
        if self.number:
            return self.code_of(self.number)
        return f"{self.title[:12]}-{self.issued}"


@dataclass(frozen=True, slots=True)
class AcceptedLine:
    """One line somebody accepted. `value` is named as in the reading's plain form (see notices.rules); `at` is the
    place of its words in the notice, `sentence` the sentence they stand in and `begins` that sentence's place."""

    kind: str
    value: dict[str, Any]
    clause: str
    text: str
    at: tuple[int, int] = (0, 0)
    sentence: str = ""
    begins: int = 0

    @property
    def cited(self) -> Passage:
        """Where it stands and what it says, in the paper's own words."""
        return {"clause": self.clause or "正文", "says": self.text[:120]}


RULE, DUTY, FORM, NOTE, NOT_CARRIED_OUT = "规则", "应办", "写法和台账", "记入文件", "没有写进方案"


@dataclass(frozen=True, slots=True)
class End:
    """What one accepted line ended as: one of the words above, and how or why in a sentence."""

    line: AcceptedLine
    what: str
    told: str


class Accepted:
    """The accepted lines of one paper by kind, and what became of each while a programme was drafted from them."""

    def __init__(self, lines: Iterable[AcceptedLine]) -> None:
        self.lines = list(lines)
        self._ends: dict[int, End] = {}

    def of(self, kind: str) -> list[AcceptedLine]:
        """The lines of one kind, in the order of the paper."""
        return [line for line in self.lines if line.kind == kind]

    def demands(self, kind: str) -> list[AcceptedLine]:
        """The other orders of one sort."""
        return [line for line in self.of("demand") if line.value.get("kind") == kind]

    def ended(self, line: AcceptedLine, what: str, told: str) -> None:
        """A line became this; what it was made into goes before that it was not."""
        standing = self._ends.get(id(line))
        if standing is None or standing.what in (NOTE, NOT_CARRIED_OUT):
            self._ends[id(line)] = End(line, what, told)

    def end_of(self, line: AcceptedLine) -> End | None:
        """What a line became so far."""
        return self._ends.get(id(line))

    @property
    def ends(self) -> list[End]:
        """What every line became, in the order of the paper."""
        return [
            self._ends.get(id(line)) or End(line, NOT_CARRIED_OUT, "方案里没有放它的地方；请另行安排。")
            for line in self.lines
        ]
