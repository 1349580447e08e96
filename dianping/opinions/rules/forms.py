"""Forms as data: read from TOML, kept as JSON, known by their digest.

The tables of the TOML file and of the JSON are the same: `key`, `kind`, `title`, `intro`, `size`, `[[questions]]`,
`[[grade_sets]]`, `[[weights]]`, `[validity]`; `presets/` holds examples. Shares are written "1/3" or "15%".
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn, Self

from dianping.base.coded import CodedFault
from dianping.base.toml_text import NotToml, parsed_toml
from dianping.opinions.rules.form_reading import read_form
from dianping.opinions.rules.parts import (
    BASES,
    MOST_GRADES,
    MOST_UNITS,
    GradeQuestion,
    GradeSet,
    PollKind,
    Question,
    Validity,
    Weight,
    WordsQuestion,
)

SIZES = (2048, 8192)
PRESETS = Path(__file__).parent / "presets"


class FormFault(CodedFault, ValueError):
    """A form, or the lines of one, that cannot be used; the message lists every fault, one sentence a line."""


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked. `size` is the smallest class of envelope, in bytes, that may carry it: 2,048 or 8,192.

    `digest`: SHA-256, in hex, of the canonical JSON (keys sorted, no blanks, UTF-8); worked out once, as it stands in
    every packed form.
    """

    key: str
    kind: PollKind
    title: str
    intro: str
    questions: tuple[Question, ...]
    grade_sets: tuple[GradeSet, ...] = ()
    weights: tuple[Weight, ...] = ()
    validity: Validity = Validity()
    size: int = SIZES[0]
    digest: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        text = json.dumps(self.dump(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        object.__setattr__(self, "digest", sha256(text.encode()).hexdigest())

    @classmethod
    def read(cls, text: str) -> Self:
        """A form from its TOML text. Raises FormFault with every fault, one sentence a line."""
        try:
            values = parsed_toml(text, parse_float=Decimal)
        except NotToml as fault:
            raise FormFault(f"表的文件{fault}后再用。", code=fault.code) from fault
        return cls._of(values, text)

    @classmethod
    def load(cls, values: Mapping[str, object]) -> Self:
        """A form from plain values, as `dump` gives them. Raises FormFault with every fault, one sentence a line."""
        return cls._of(values, "")

    @classmethod
    def _of(cls, values: Mapping[str, object], text: str) -> Self:
        faults: list[str] = []
        form = cls(**read_form(values, faults, text))
        if not faults:
            faults += faults_of(form)
        if faults:
            raise FormFault("\n".join(faults), code="opinions.form-malformed")
        return form

    def dump(self) -> dict[str, Any]:
        """The form as plain values for JSON; `load` gives the same form back."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self) if field.init}

    def question(self, key: str) -> Question:
        """The question of that key; KeyError when there is none."""
        return next((question for question in self.questions if question.key == key), None) or _missing(key)

    def set_of(self, key: str) -> GradeSet:
        """The grade set of the question of that key; KeyError when it is not answered by a grade."""
        asked = self.question(key)
        sets = (
            grade_set
            for grade_set in self.grade_sets
            if isinstance(asked, GradeQuestion) and grade_set.key == asked.set
        )
        return next(sets, None) or _missing(key)


def faults_of(form: Form) -> list[str]:
    """What in a form does not fit together, as sentences; empty when all does."""
    told = _repeated("问题", (question.key for question in form.questions))
    told += _repeated("等次组", (grade_set.key for grade_set in form.grade_sets))
    told += _repeated("票类", (weight.ballot_class for weight in form.weights))
    if not form.questions:
        told.append("表里一个问题也没有，应至少有一个；请写上 [[questions]]。")
    if form.size not in SIZES:
        told.append(f"表的 size 写的是“{form.size}”，应为 2048 或 8192（封套的字节数）；请改正。")
    for question in form.questions:
        told += _question_faults(question, {grade_set.key for grade_set in form.grade_sets})
    for grade_set in form.grade_sets:
        told += _set_faults(grade_set)
    return told + _weight_faults(form.weights)


def _question_faults(question: Question, sets: set[str]) -> list[str]:
    if isinstance(question, GradeQuestion) and question.set not in sets:
        named = "、".join(sorted(sets)) or "（没有）"
        return [f"问题“{question.key}”用的等次组是“{question.set}”，表里有的是 {named}；请改正。"]
    if isinstance(question, WordsQuestion) and not 1 <= question.limit <= MOST_UNITS:
        return [f"问题“{question.key}”的 limit 是 {question.limit}，应为 1 到 {MOST_UNITS} 字；请改正。"]
    return []


def _set_faults(grade_set: GradeSet) -> list[str]:
    where = f"等次组“{grade_set.key}”"
    told = _repeated(f"{where}的等次", grade_set.grades)
    if not 2 <= len(grade_set.grades) <= MOST_GRADES:
        told.append(f"{where}有 {len(grade_set.grades)} 个等次，应为 2 到 {MOST_GRADES} 个；请改正。")
    if grade_set.scores and len(grade_set.scores) != len(grade_set.grades):
        told.append(
            f"{where}有 {len(grade_set.grades)} 个等次，却有 {len(grade_set.scores)} 个分值，应当一样多；请改正。"
        )
    if (grade_set.top_cap is not None or grade_set.floor is not None) and grade_set.cap_base not in BASES:
        told.append(
            f"{where}规定了比例，基数 cap_base 写的是“{grade_set.cap_base}”，应为 {'、'.join(BASES)} 之一；请改正。"
        )
    for veto in grade_set.vetoes:
        if unknown := [name for name in veto.bars if name not in grade_set.grades]:
            told.append(f"{where}的否决条件提到“{'、'.join(unknown)}”，等次里没有；请改正。")
    return told


def _weight_faults(weights: tuple[Weight, ...]) -> list[str]:
    told = [
        f"票类“{weight.ballot_class}”的权重是 {weight.share}，不能小于 0；请改正。"
        for weight in weights
        if weight.share < 0
    ]
    total = sum((weight.share for weight in weights), Decimal(0))
    if any(weight.share for weight in weights) and total != 1:
        told.append(f"各票类的权重合计是 {total}，应为 1（都不计权重时全为 0）；请改正。")
    return told


def _repeated(what: str, names: Iterable[str]) -> list[str]:
    listed = list(names)
    twice = sorted({name for name in listed if listed.count(name) > 1})
    return [f"{what}“{name}”写了不止一次，每个只能写一次；请改名或删去。" for name in twice]


def _missing(key: str) -> NoReturn:
    raise KeyError(key)


def _plain(value: object) -> Any:
    """Tables as dicts, lists as lists, exact numbers as text, None as "" (TOML knows no null)."""
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Fraction):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, str):
        return str(value)
    return "" if value is None else value


@cache
def _presets() -> tuple[Form, ...]:
    return tuple(Form.read(path.read_text("utf-8")) for path in sorted(PRESETS.glob("*.toml")))


def presets() -> dict[str, Form]:
    """The forms that come with the program, by key, in the order of their file names."""
    return {form.key: form for form in _presets()}
