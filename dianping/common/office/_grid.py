"""Look a worksheet's XML over before it is parsed: how far it reaches, what the parser would drop in silence.

The parser lays a sheet out as a full rectangle, so one cell far away asks for terabytes; it reads error
values and formulas without a value as blanks; of two rows with one number it keeps the last.
"""

import re
from collections.abc import Mapping
from functools import cache
from operator import lt
from typing import IO, NamedTuple

from dianping.common.office._shapes import MEBIBYTE, Bounds, UnreadableFile

_PIECE = MEBIBYTE // 4  # small enough to stay in the processor's cache while it is searched several times
_LONGEST_ROW = 16 * MEBIBYTE
_LAST_ROW = 1_048_576  # of any spreadsheet program
_NARROW = 26  # columns A to Z
_VALUES = (b"<v>", b"<t>", b"<t ", b":v>", b":t>", b":t ")
_CUT = "请删去数据以外的行和列，或把数据复制到新工作簿后再试。"


class Survey(NamedTuple):
    """What the parser does not tell. Rows and columns count from 0, ranges include their ends.

    `merges`: (first row, first column, last row). `faults`: (row, column, text to put there), zeros a format shows among them.
    """

    merges: list[tuple[int, int, int]]
    faults: list[tuple[int, int, str]]


class Padding(NamedTuple):
    """A number format that shows 80101 as 00080101: what stands before, and how many figures at least."""

    before: str
    width: int


_NONE: Mapping[bytes, Padding] = {}


class _Patterns(NamedTuple):
    row: bytes
    row_number: re.Pattern[bytes]
    error: re.Pattern[bytes]
    formula_end: bytes
    hollow_formula: re.Pattern[bytes]
    number: re.Pattern[bytes]
    merge: re.Pattern[bytes]


@cache
def _patterns(prefix: bytes) -> _Patterns:
    p = re.escape(prefix)
    # The opening of a cell, its column and row: <c r="B7" s="1".
    cell = rb"<" + p + rb'c\b[^>]*?\sr="([A-Z]{1,3})([0-9]{1,7})"[^>]*'
    # A formula, empty or not: <f>A1+1</f>, <f t="shared" si="0"/>.
    formula = rb"<" + p + rb"f\b(?:[^>]*/>|[^>]*>[^<]*</" + p + rb"f>)"
    # The end of a cell that has no value: </c>, <v/></c>, <v></v></c>.
    no_value = rb"(?:<" + p + rb"v\s*/>|<" + p + rb"v></" + p + rb"v>)?</" + p + rb"c>"
    return _Patterns(
        row=b"<" + prefix + b"row",
        # The number of a row: <row spans="1:3" r="12".
        row_number=re.compile(rb"<" + p + rb"row\b[^>]*?\sr=[\"']([0-9]+)[\"']"),
        # A cell in error, its column, row and what is wrong: <c r="B7" t="e"><v>#REF!</v>.
        error=re.compile(cell + rb'\st="e"[^>]*>(?:' + formula + rb")?<" + p + rb"v>([^<]*)<"),
        formula_end=b"</" + prefix + b"f>",
        # A cell, by column and row, whose formula has no value stored: <c r="B7"><f>A1+1</f></c>.
        hollow_formula=re.compile(cell + rb">" + formula + no_value),
        # A cell that holds a whole number, computed or not: its attributes and the number: <c r="B7" s="4"><v>80101</v>.
        number=re.compile(
            rb"<" + p + rb"c\b([^>]*)>(?:" + formula + rb")?<" + p + rb"v>([0-9]{1,15})(?:\.0)?</"
        ),
        # Merged cells, their first column, first row and last row: mergeCell ref="A3:B5".
        merge=re.compile(rb'mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"'),
    )


_FAR = re.compile(rb'r="[A-Z][A-Z]')  # a column of two letters or more: in an ordinary roster none is found
# The number of a row in what stands behind its <row: “ r="12"”.
_NUMBER = re.compile(rb"^[^>]*?\sr=[\"']([0-9]+)")
# A cell's column and row, and whether an end follows at once: r="AB12"></.
_FAR_CELL = re.compile(rb'\sr="([A-Z]+)([0-9]+)"[^>]*>(</)?')


# What an attribute of a cell says: r="B7", s='4'.
_ATTRIBUTE = re.compile(rb"""\b([rst])=["']([^"']*)""")
# Letters and figures of an address: B7.
_ADDRESS = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})")


def survey(stream: IO[bytes], sheet: str, bounds: Bounds, padded: Mapping[bytes, Padding] = _NONE) -> Survey:
    """Look one worksheet part over; UnreadableFile when it reaches too far or names a row twice.

    `padded`: by number of a style, how its whole numbers are shown with zeros before them; such cells come out as text.
    """
    look = _Look(sheet, bounds, padded)
    kept = b""
    patterns: _Patterns | None = None
    while piece := stream.read(_PIECE):
        piece = kept + piece
        if patterns is None:
            # The opening of a worksheet, and its prefix: <worksheet, <x:worksheet.
            prefix = re.search(rb"<(\w+:)?worksheet\b", piece)
            patterns = _patterns(prefix[1] or b"" if prefix else b"")
        cut = piece.rfind(patterns.row)
        if cut <= 0:
            kept = piece
        else:
            kept = piece[cut:]
            look.over(piece[:cut], patterns)
        if len(kept) > _LONGEST_ROW:
            raise UnreadableFile(
                f"工作表「{sheet}」有一行的内容超过 {_LONGEST_ROW // MEBIBYTE} MB。{_CUT}",
                code="files.row-too-long",
            )
    if kept and patterns:
        look.over(kept, patterns, last_piece=True)
    look.conclude()
    return Survey(look.merges, look.faults)


class _Look:
    """What has been seen of one worksheet so far."""

    def __init__(self, sheet: str, bounds: Bounds, padded: Mapping[bytes, Padding]) -> None:
        self.sheet, self.bounds, self.padded = sheet, bounds, padded
        self.merges: list[tuple[int, int, int]] = []
        self.faults: list[tuple[int, int, str]] = []
        self.numbers: list[int] = []
        self.last_row = 0  # the last that holds a value
        self.far_rows = 0
        self.has_formulas = False
        self.last_column = _NARROW

    def over(self, piece: bytes, patterns: _Patterns, *, last_piece: bool = False) -> None:
        """Look at whole rows; the last piece also holds what follows the rows, merged ranges among it."""
        numbers = list(map(int, patterns.row_number.findall(piece)))
        self.numbers += numbers
        last = max(numbers, default=0)
        if last > _LAST_ROW:
            raise UnreadableFile(
                f"工作表「{self.sheet}」写有第 {last} 行，而表格最多只有 {_LAST_ROW} 行，文件不合规范。{_CUT}",
                code="files.row-number-too-high",
            )
        if last > self.bounds.rows:
            self._look_at_far_rows(piece, patterns)
        else:
            self.last_row = max(self.last_row, last)
        if _FAR.search(piece):
            self._look_at_far_cells(piece)
        if b't="e"' in piece:
            self.faults += [
                (int(row) - 1, _column(col), text.decode(errors="replace"))
                for col, row, text in patterns.error.findall(piece)
            ]
        self.has_formulas = self.has_formulas or patterns.formula_end in piece
        if self.has_formulas:
            self.faults += [
                (int(row) - 1, _column(col), "#公式") for col, row in patterns.hollow_formula.findall(piece)
            ]
        if self.padded:
            self._look_at_padded(piece, patterns)
        if last_piece:
            self.merges += [
                (int(first) - 1, _column(col), int(last) - 1)
                for col, first, last in patterns.merge.findall(piece)
                if first != last
            ]

    def conclude(self) -> None:
        """Judge what only the whole sheet shows."""
        if not all(map(lt, self.numbers, self.numbers[1:])):
            seen = set()
            for number in self.numbers:
                if number in seen:
                    raise UnreadableFile(
                        f"工作表「{self.sheet}」的第 {number} 行在文件里出现了两次，无法确定以哪一次为准。"
                        "请用表格程序打开后另存为新的 .xlsx 文件再试。",
                        code="files.row-named-twice",
                    )
                seen.add(number)
        if self.last_row * self.last_column > self.bounds.cells:
            raise UnreadableFile(
                f"工作表「{self.sheet}」的数据伸展到第 {self.last_row} 行、第 {self.last_column} 列，范围过大：合起来最多 {self.bounds.cells:,} 格。{_CUT}",
                code="files.reaches-too-far",
            )

    def _look_at_far_rows(self, piece: bytes, patterns: _Patterns) -> None:
        """Rows past the bound count only when they hold a value: formatted empty ones are common and harmless."""
        if not any(value in piece for value in _VALUES):
            return
        for row in piece.split(patterns.row)[1:]:
            if any(value in row for value in _VALUES):
                found = _NUMBER.search(row)
                number = int(found[1]) if found else 0
                self.last_row = max(self.last_row, number)
                self.far_rows += number > self.bounds.rows
        if self.far_rows > self.bounds.rows:
            raise UnreadableFile(
                f"工作表「{self.sheet}」有超过 {self.bounds.rows} 行数据，超出了一次读取的上限。请分成几个文件。",
                code="files.too-many-rows",
            )

    def _look_at_padded(self, piece: bytes, patterns: _Patterns) -> None:
        for attributes, number in patterns.number.findall(piece):
            told = dict(_ATTRIBUTE.findall(attributes))
            padding = self.padded.get(told.get(b"s", b""))
            address = _ADDRESS.fullmatch(told.get(b"r", b""))
            if padding and address and told.get(b"t", b"n") in (b"n", b"str"):
                text = padding.before + number.decode().zfill(padding.width)
                self.faults.append((int(address[2]) - 1, _column(address[1]), text))

    def _look_at_far_cells(self, piece: bytes) -> None:
        # The columns of two letters or more that cells stand in: AB of r="AB12".
        for column in set(re.findall(rb'\sr="([A-Z]{2,})[0-9]', piece)):
            if _column(column) < self.bounds.columns:
                self.last_column = max(self.last_column, _column(column) + 1)
                continue
            for cell in _FAR_CELL.finditer(piece):
                if cell[1] == column and not cell[3] and not cell[0].endswith(b"/>"):
                    raise UnreadableFile(
                        f"工作表「{self.sheet}」在 {_short(cell[1] + cell[2])} 处有内容，离其余数据太远：最多读取 {self.bounds.columns} 列。{_CUT}",
                        code="files.too-many-columns",
                    )


def _column(letters: bytes) -> int:
    """A is 0, Z is 25, AA is 26; absurdly long letters are simply far."""
    number = 0
    for letter in letters[:8]:
        number = number * 26 + letter - 64
    return number - 1


def _short(address: bytes) -> str:
    text = address.decode()
    return text if len(text) <= 20 else f"{text[:20]}……"
