"""Automatic numbers of a Word document: what Word would print before a paragraph, counted as Word counts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_VAL = qn("w:val")
_LEVELS = 9
_CN = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_MOST = 9_999  # a higher number is no part of a document


def _chinese(number: int, signs: str = _CN, units: str = "十百千") -> str:
    """12 as 十二; 0 and what is beyond thousands in figures."""
    if not 0 < number < 10_000:
        return str(number)
    digits, out = str(number), ""
    for at, digit in enumerate(digits):
        unit = len(digits) - at - 2
        if digit != "0":
            out += signs[int(digit)] + (units[unit] if unit >= 0 else "")
        elif out and not out.endswith(signs[0]) and digits[at:].strip("0"):
            out += signs[0]
    return out[1:] if out.startswith(signs[1] + units[0]) and units == "十百千" else out


def _letters(number: int, first: str) -> str:
    return chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _roman(number: int) -> str:
    out = ""
    for worth, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
        (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        out += sign * (number // worth)
        number %= worth
    return out


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if 0 < number <= 20 else f"（{number}）"


_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand",
         "koreanCounting", "ideographDigital"),
        _chinese,
    ),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
        lambda number: _chinese(number, _LEGAL, "拾佰仟"),
    ),
    **dict.fromkeys(("decimalEnclosedCircleChinese", "decimalEnclosedCircle"), _circled),
    "ideographTraditional": lambda number: "甲乙丙丁戊己庚辛壬癸"[(number - 1) % 10],
    "lowerLetter": lambda number: _letters(number, "a"),
    "upperLetter": lambda number: _letters(number, "A"),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "decimalZero": lambda number: f"{number:02d}",
    "bullet": lambda number: "",
    "none": lambda number: "",
}  # fmt: skip


@dataclass(slots=True)
class _Level:
    """One level of a list: where it begins, how its numbers look, the words around them (%1、)."""

    start: int = 1
    form: str = "decimal"
    words: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has been counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    begins: dict[tuple[str, int], int] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counted: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, properties: Any) -> str:
        """What stands before a paragraph with these properties; "" for none. Counts it."""
        number, level = self._place(properties)
        kind = self.lists.get(number, "")
        told = self.levels.get(kind, {}).get(level)
        if told is None:
            return ""
        counted = self._counted.setdefault(kind, [None] * _LEVELS)
        at = counted[level]
        anew = self.begins.get((number, level))
        if anew is not None and (number, level) not in self._begun:
            self._begun.add((number, level))
            at = anew - 1
        counted[level] = min((told.start - 1 if at is None else at) + 1, _MOST)
        counted[level + 1 :] = [None] * (_LEVELS - level - 1)
        if told.form in ("bullet", "none"):
            return ""
        words = told.words
        for nth in range(level + 1):
            of = self.levels[kind].get(nth, _Level())
            value = counted[nth]
            words = words.replace(f"%{nth + 1}", _shown(of.start if value is None else value, of.form))
        return words

    def _place(self, properties: Any) -> tuple[str, int]:
        """List and level of a paragraph, its own or its style's."""
        told = properties.find(qn("w:numPr")) if properties is not None else None
        style = properties.find(qn("w:pStyle")) if properties is not None else None
        number, level = self.styles.get(style.get(_VAL, "") if style is not None else "", ("0", 0))
        if told is not None:
            at, deep = told.find(qn("w:numId")), told.find(qn("w:ilvl"))
            number = at.get(_VAL, "0") if at is not None else number
            level = _figure(deep, level)
        return number, min(max(level, 0), _LEVELS - 1)


def numbering_of(lists: Any | None, styles: Any | None) -> Numbering:
    """The lists of a document from its two parts, either of which may be missing."""
    made = Numbering()
    for kind in lists.findall(qn("w:abstractNum")) if lists is not None else ():
        made.levels[kind.get(qn("w:abstractNumId"), "")] = {
            _attribute(level, "w:ilvl"): _Level(
                _figure(level.find(qn("w:start")), 1),
                _word(level.find(qn("w:numFmt")), "decimal"),
                _word(level.find(qn("w:lvlText")), ""),
            )
            for level in kind.findall(qn("w:lvl"))
        }
    for number in lists.findall(qn("w:num")) if lists is not None else ():
        name = number.get(qn("w:numId"), "")
        made.lists[name] = _word(number.find(qn("w:abstractNumId")), "")
        for other in number.findall(qn("w:lvlOverride")):
            anew = other.find(qn("w:startOverride"))
            if anew is not None:
                made.begins[name, _attribute(other, "w:ilvl")] = _figure(anew, 1)
    for style in styles.findall(qn("w:style")) if styles is not None else ():
        told = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if told is not None:
            made.styles[style.get(qn("w:styleId"), "")] = (
                _word(told.find(qn("w:numId")), "0"),
                _figure(told.find(qn("w:ilvl")), 0),
            )
    return made


def _shown(number: int, form: str) -> str:
    return _FORMS.get(form, str)(number)


def _word(element: Any | None, default: str) -> str:
    return str(element.get(_VAL, default)) if element is not None else default


def _figure(element: Any | None, default: int) -> int:
    text = _word(element, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else default


def _attribute(element: Any, name: str) -> int:
    text = str(element.get(qn(name), "0"))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else 0
