"""A paper form as it is typed: a digit a grade, blank for an abstention, words as they stand."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dianping.opinions.rules import Answers, Form, GradeQuestion, Place, as_printed, asked, field_of

Sent = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TypingEntry:
    """One question: its name in the form sent, its grades (none for words), what was typed, what is wrong with it."""

    name: str
    number: int
    title: str
    grades: tuple[str, ...]
    limit: int
    typed: str = ""
    fault: str = ""
    differs: bool = False

    @property
    def label(self) -> str:
        """What a screen reader says: 1 满意、2 比较满意 …"""
        return "、".join(f"{at} {grade}" for at, grade in enumerate(self.grades, start=1))


@dataclass(frozen=True, slots=True)
class Block:
    """Questions typed one after another about one subject; the key to the digits stands once over those of one set."""

    about: str
    grades: tuple[str, ...]
    entries: tuple[TypingEntry, ...]


def blocks_of(
    form: Form,
    subjects: Sequence[str],
    *,
    sent: Sent | None = None,
    faults: Mapping[str, str] | None = None,
    differing: Collection[Place] = (),
) -> list[Block]:
    """The whole form, in the order of the paper, with what was typed so far."""
    blocks: list[tuple[tuple[str, tuple[str, ...]], list[TypingEntry]]] = []
    for number, (place, question) in enumerate(as_printed(form, len(subjects)), start=1):
        grades = form.set_of(question.key).grades if isinstance(question, GradeQuestion) else ()
        about = subjects[place[0] - 1] if place[0] else ""
        name = field_of(place)
        entry = TypingEntry(
            name=name,
            number=number,
            title=f"{question.heading}：{question.text}" if question.heading else question.text,
            grades=grades,
            limit=0 if isinstance(question, GradeQuestion) else question.limit,
            typed=(sent or {}).get(name, ""),
            fault=(faults or {}).get(name, ""),
            differs=place in differing,
        )
        if not blocks or blocks[-1][0] != (about, grades):
            blocks.append(((about, grades), []))
        blocks[-1][1].append(entry)
    return [Block(about, grades, tuple(entries)) for (about, grades), entries in blocks]


def answers_typed(form: Form, subjects: int, sent: Sent) -> tuple[Answers, dict[str, str]]:
    """What was typed as answers, and by name the sentence for each digit that names no grade."""
    grades: dict[Place, int] = {}
    words: dict[Place, str] = {}
    faults: dict[str, str] = {}
    for place, question in asked(form, subjects):
        text = sent.get(field_of(place), "")
        if not text.strip():
            continue
        if not isinstance(question, GradeQuestion):
            words[place] = text
            continue
        most, digits = len(form.set_of(question.key).grades), unicodedata.normalize("NFKC", text).strip()
        if digits.isascii() and digits.isdecimal() and len(digits) < 3 and 1 <= int(digits) <= most:
            grades[place] = int(digits) - 1
        else:
            faults[field_of(place)] = f"录的是“{text.strip()[:10]}”，应为 1 到 {most}；弃权请留空。"
    return Answers(grades, words), faults
