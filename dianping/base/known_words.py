"""Words a file of ours may use: what nobody knows is told with its line and the nearest word that is known.

A file that is read by picking out what one knows drops the rest unseen: a slip of the pen changes what is ordered. So every reader
of a file people write says first which tables, keys and values there may be (a shape), or asks `unknown_word` itself.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dianping.base.coded import CodedFault
from dianping.base.toml_text import Toml


@dataclass(frozen=True, slots=True)
class OneOf:
    """A value that is one of these words."""

    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class AllOf:
    """A list whose every value is one of these words."""

    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with these keys; a value of None means that any value stands there. `named` is the shape of keys people choose."""

    keys: Mapping[str, "Shape"] = field(default_factory=dict)
    named: "Shape" = None
    any_key: bool = False


@dataclass(frozen=True, slots=True)
class Tables:
    """A list of tables of one shape."""

    each: Table


Shape = OneOf | AllOf | Table | Tables | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a TOML text: the keys and list positions that lead there. Without a text it has no line."""

    text: str = ""
    path: tuple[str | int, ...] = ()

    def at(self, step: str | int) -> "Spot":
        """The place one step further in."""
        return Spot(self.text, (*self.path, step))

    @property
    def line(self) -> int:
        """The line on which it stands, 0 where that is not to be found."""
        lines = self.text.split("\n")
        first, table, line = 0, "", 0
        steps = list(self.path)
        for at, step in enumerate(steps):
            if isinstance(step, int):
                continue
            after = steps[at + 1] if at + 1 < len(steps) else None
            table = f"{table}.{step}" if table else step
            header = _header(lines, table, after if isinstance(after, int) else 0, first)
            found = header if header is not None else _assigned(lines, step, first)
            if found is None:
                return line
            first, line = found, found + 1
        return line


# The table's or the list's name as its head is written: [validity], [[ "rule" ]].
_HEADER = re.compile(r"\s*\[\[?\s*([^\]#]+?)\s*\]")


def _header(lines: list[str], table: str, nth: int, first: int) -> int | None:
    """The line that opens a table, or the nth of a list of tables, not above `first`."""
    seen = 0
    for at in range(first, len(lines)):
        head = _HEADER.match(lines[at])
        if head and head[1].replace('"', "").replace("'", "").replace(" ", "") == table:
            if seen == nth:
                return at
            seen += 1
    return None


def _assigned(lines: list[str], key: str, first: int) -> int | None:
    """The first line from `first` on that gives a key a value, alone or inside braces: due = …, { key = … }, "due".x = …."""
    # A key outside a longer word: due of “due = 2011-01-10” and “{ due = … }”.
    written = re.compile(rf"""(?<![\w.-])["']?{re.escape(key)}["']?\s*[=.]""")
    return next((at for at in range(first, len(lines)) if written.search(lines[at].split("#")[0])), None)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like one that is not; "" where none is known."""
    return next(iter(difflib.get_close_matches(word, sorted(known), 1, 0)), "")


def unknown_word(word: str, known: Iterable[str], *, where: str, spot: Spot | None = None) -> CodedFault:
    """A name that means nothing where it stands."""
    return CodedFault(
        f"{_line(spot)}{where}里有不认识的“{word}”{_nearest(word, known)}请改正或删去。",
        code="toml.word-unknown",
    )


def _line(spot: Spot | None) -> str:
    return f"第 {spot.line} 行：" if spot is not None and spot.line else ""


def _nearest(word: str, known: Iterable[str]) -> str:
    near = nearest(word, known)
    return f"，最接近的是 {near}；" if near else "，这里什么也不能写；"


def unknown_in(values: Toml, shape: Table, text: str, *, where: str) -> list[CodedFault]:
    """Every key, table and value of a file that its shape does not know, in the order in which they stand."""
    return list(_in_table(values, shape, Spot(text), where))


def _in_table(values: object, shape: Table, spot: Spot, where: str) -> Iterator[CodedFault]:
    if not isinstance(values, Mapping):
        yield CodedFault(
            f"{_line(spot)}{where}写的是“{values}”，应为一组“名称 = 值”；请改正。", code="toml.not-a-table"
        )
        return
    for key, value in values.items():
        here = spot.at(key)
        if key in shape.keys:
            yield from _in_value(value, shape.keys[key], here, f"{where}的 {key} ")
        elif shape.any_key:
            yield from _in_value(value, shape.named, here, f"{where}的 {key} ")
        else:
            yield unknown_word(key, shape.keys, where=where, spot=here)


def _in_value(value: object, shape: Shape, spot: Spot, where: str) -> Iterator[CodedFault]:
    if isinstance(shape, Table):
        yield from _in_table(value, shape, spot, where)
    elif isinstance(shape, Tables):
        if not isinstance(value, list):
            yield CodedFault(
                f"{_line(spot)}{where}写的是“{value}”，应为一列表；请改正。", code="toml.not-a-list"
            )
            return
        for at, one in enumerate(value):
            yield from _in_table(one, shape.each, spot.at(at), where)
    elif isinstance(shape, OneOf):
        if not isinstance(value, str) or value not in shape.words:
            yield unknown_word(str(value), shape.words, where=where, spot=spot)
    elif isinstance(shape, AllOf):
        if not isinstance(value, list):
            yield CodedFault(
                f"{_line(spot)}{where}写的是“{value}”，应为一列文字；请改正。", code="toml.not-a-list"
            )
            return
        for one in value:
            if not isinstance(one, str) or one not in shape.words:
                yield unknown_word(str(one), shape.words, where=where, spot=spot)
