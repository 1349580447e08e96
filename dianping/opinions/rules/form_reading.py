"""Reading a form from plain values (of TOML or JSON): every fault at once, each as a sentence."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from dianping.base.known_words import Spot, unknown_word
from dianping.opinions.rules.parts import (
    Blank,
    GradeQuestion,
    GradeSet,
    PollKind,
    Question,
    Rounding,
    Validity,
    Veto,
    Weight,
    WordsQuestion,
)

# A short name of up to 40 signs, a small letter first: party_member_2.
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
FORM_KEYS = frozenset(
    {"key", "kind", "title", "intro", "size", "questions", "grade_sets", "weights", "validity"}
)
Read = TypeVar("Read")
Choice = TypeVar("Choice", bound=StrEnum)


class Fields:
    """One table of a form. Its faults are added to the list it was given, so that reading goes on past them."""

    def __init__(self, value: object, where: str, faults: list[str], spot: Spot | None = None) -> None:
        self.where, self.faults, self.spot = where, faults, spot or Spot()
        self.given: Mapping[str, object] = value if isinstance(value, Mapping) else {}
        if not isinstance(value, Mapping):
            self.faults.append(f"{where}写的是“{value}”，应为一组“名称 = 值”；请按预置的表改写。")

    def only(self, known: frozenset[str], *, or_else: frozenset[str] = frozenset()) -> None:
        """Tells every name that means nothing here; `or_else` are names that would have made it another table."""
        for key in sorted(set(map(str, self.given)) - known):
            self.faults.append(
                str(unknown_word(key, known | or_else, where=self.where, spot=self.spot.at(key)))
            )

    def wrong(self, key: str, expected: str) -> None:
        """Tells what was found under a name and what was expected there."""
        value = self.given.get(key)
        told = f"写的是“{value}”" if key in self.given and value != "" else "没有写"
        self.faults.append(f"{self.where}的 {key} {told}，应为{expected}；请补上或改正。")

    def text(self, key: str, *, optional: bool = False) -> str:
        """A text without blanks around it; "" after a fault, and where an optional one is missing."""
        value = self.given.get(key, "")
        if not isinstance(value, str) or not (value.strip() or optional):
            self.wrong(key, "一段文字")
            return ""
        return value.strip()

    def key(self, key: str = "key") -> str:
        """A short name for the machine."""
        value = self.text(key)
        if value and not KEY.fullmatch(value):
            self.wrong(key, "小写英文字母开头、由小写字母、数字和下划线组成的短名")
        return value

    def number(self, key: str) -> int:
        """A whole number; 0 after a fault."""
        value = self.given.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong(key, "整数")
            return 0
        return value

    def yes(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self.given.get(key, default)
        if not isinstance(value, bool):
            self.wrong(key, " true 或 false")
            return default
        return value

    def choice(self, key: str, kinds: type[Choice], default: Choice | None = None) -> Choice | None:
        """One of the named values; the default when nothing is written, None after a fault without a default."""
        value = self.given.get(key, default)
        if isinstance(value, str) and value in list(kinds):
            return kinds(value)
        self.wrong(key, f" {'、'.join(kinds)} 之一")
        return default

    def share(self, key: str) -> Fraction | None:
        """A share between 0 and 1 such as "1/3", "15%" or 0.15; None when nothing is written and after a fault."""
        value = self.given.get(key, "")
        if value == "":
            return None
        share = _share(value)
        if share is None or not 0 <= share <= 1:
            self.wrong(key, '0 到 1 之间的份额，如 "1/3" 或 "15%"')
            return None
        return share

    def decimal(self, key: str) -> Decimal:
        """An exact number; 0 after a fault."""
        number = _decimal(self.given.get(key))
        if number is None:
            self.wrong(key, "数")
        return number or Decimal(0)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty after a fault."""
        values = self.given.get(key)
        if not isinstance(values, list | tuple) or not all(
            isinstance(text, str) and text.strip() for text in values
        ):
            self.wrong(key, "一列文字")
            return ()
        return tuple(text.strip() for text in values)

    def each(self, key: str, what: str, read: Callable[["Fields"], Read]) -> tuple[Read, ...]:
        """The tables listed under a name, each read; none when nothing is written."""
        values = self.given.get(key, ())
        if not isinstance(values, list | tuple):
            self.wrong(key, "一列表")
            return ()
        named = ((str(value.get("key", "")) if isinstance(value, Mapping) else "", value) for value in values)
        return tuple(
            read(
                Fields(
                    value,
                    f"{what}“{name}”" if name else f"第 {n} 个{what}",
                    self.faults,
                    self.spot.at(key).at(n - 1),
                )
            )
            for n, (name, value) in enumerate(named, start=1)
        )


def read_form(value: object, faults: list[str], text: str = "") -> dict[str, Any]:
    """The fields of a form from plain values, complete even after faults; the faults are added to the list, with their
    lines where the text they were written in is given."""
    fields = Fields(value, "表", faults, Spot(text))
    fields.only(FORM_KEYS)
    return {
        "key": fields.key(),
        "kind": fields.choice("kind", PollKind) or PollKind.OPINION,
        "title": fields.text("title"),
        "intro": fields.text("intro", optional=True),
        "questions": fields.each("questions", "问题", _question),
        "grade_sets": fields.each("grade_sets", "等次组", _grade_set),
        "weights": fields.each("weights", "票类", _weight),
        "validity": _validity(
            Fields(fields.given.get("validity", {}), "有效规则", faults, fields.spot.at("validity"))
        ),
        "size": fields.number("size"),
    }


def _question(fields: Fields) -> Question:
    common = {"key", "text", "per_subject", "heading"}
    key, text, heading = fields.key(), fields.text("text"), fields.text("heading", optional=True)
    if "limit" in fields.given:
        fields.only(frozenset(common | {"limit"}))
        return WordsQuestion(key, text, fields.number("limit"), fields.yes("per_subject", False), heading)
    fields.only(frozenset(common | {"set"}), or_else=frozenset({"limit"}))
    return GradeQuestion(key, text, fields.key("set"), fields.yes("per_subject", True), heading)


def _grade_set(fields: Fields) -> GradeSet:
    known = {"key", "grades", "scores", "top_cap", "floor", "cap_base", "rounding", "vetoes"}
    fields.only(frozenset(known))
    return GradeSet(
        key=fields.key(),
        grades=fields.texts("grades"),
        scores=_scores(fields),
        top_cap=fields.share("top_cap"),
        floor=fields.share("floor"),
        cap_base=fields.text("cap_base", optional=True),
        rounding=fields.choice("rounding", Rounding, Rounding.STRICT) or Rounding.STRICT,
        vetoes=fields.each("vetoes", "否决条件", _veto),
    )


def _scores(fields: Fields) -> tuple[Decimal | None, ...]:
    values = fields.given.get("scores", ())
    if isinstance(values, list | tuple):
        scores = tuple(None if value == "" else _decimal(value) for value in values)
        if all(score is not None or value == "" for score, value in zip(scores, values, strict=True)):
            return scores
    fields.wrong("scores", '一列数，没有分值的等次写 ""')
    return ()


def _veto(fields: Fields) -> Veto:
    fields.only(frozenset({"measure", "below", "bars"}))
    below = fields.share("below")
    if below is None:
        fields.wrong("below", '一个份额，如 "90%"')
    return Veto(fields.text("measure"), below or Fraction(0), fields.texts("bars"))


def _weight(fields: Fields) -> Weight:
    fields.only(frozenset({"ballot_class", "title", "share"}))
    return Weight(fields.text("ballot_class"), fields.text("title"), fields.decimal("share"))


def _validity(fields: Fields) -> Validity:
    fields.only(frozenset({"quorum", "more_than", "more_returned_voids", "blank"}))
    quorum = fields.share("quorum")
    return Validity(
        quorum=Fraction(1, 2) if quorum is None else quorum,
        more_than=fields.yes("more_than", True),
        more_returned_voids=fields.yes("more_returned_voids", True),
        blank=fields.choice("blank", Blank, Blank.ABSTENTION) or Blank.ABSTENTION,
    )


# A number, a fraction or a percentage: 3, 1/3, 2.5, 40%.
_SHARE = re.compile(r"[0-9]{1,6}(/[0-9]{1,6}|(\.[0-9]{1,6})?%?)")
_LARGEST, _FINEST = 7, -7  # powers of ten of a score or a weight


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    sound = (
        number.is_finite() and _FINEST < number.adjusted() < _LARGEST
    )  # before anything is worked out with it
    return number if sound else None


def _share(value: object) -> Fraction | None:
    text = str(value).replace(" ", "")
    if not _SHARE.fullmatch(text):  # "1e-100000000" is a number too, and would never be worked out
        return None
    try:
        if text.endswith("%"):
            return Fraction(text[:-1]) / 100
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None
