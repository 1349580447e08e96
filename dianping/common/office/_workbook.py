"""xlsx: look it over, read it, and put back what the reader drops in silence."""

import os
import re
import zipfile
from collections.abc import Callable
from threading import Thread
from xml.etree import ElementTree

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from dianping.common.office._grid import Padding, Survey, survey
from dianping.common.office._recognise import examine_head
from dianping.common.office._shapes import MEBIBYTE, Bounds, Cell, Sheet, UnreadableFile

_HEAD = 2048
_SMALL = MEBIBYTE  # of a packed file
_LARGEST_LIST = 4 * MEBIBYTE  # of workbook.xml: a list of sheets is never larger
_ODD_PART = "文件内部的 {} 不合规范：{}。请用 Excel 或 WPS 打开后另存为新的 .xlsx 文件再试。"
# A number format of zeros, words before them allowed: 00000000, "G"0000, \\G0000; later sections and the blank of a bracket too.
_ZEROS = re.compile(r'((?:"[^"]*"|\\.)*)(0{2,})(?:_.)?(?:;.*)?', re.DOTALL)
_EMPTY_ROW: list[Cell] = []


def read_workbook(path: str, bounds: Bounds, on_refusal: Callable[[UnreadableFile], object]) -> list[Sheet]:
    """Every worksheet that holds anything, hidden ones included; chart sheets are left out.

    The lookout runs beside the parser, which leaves Python free while it works. A small file is looked over
    whole before it is parsed. When the lookout refuses a file, `on_refusal` is called at once, from its
    thread: the parser may be about to abort the process and must not have the last word.
    """
    lookout = _Lookout(path, bounds, on_refusal)
    lookout.start()
    if os.path.getsize(path) <= _SMALL:
        lookout.join()
    try:
        found = _parsed(path, bounds)
    finally:
        lookout.join()
        if lookout.fault:
            raise lookout.fault
    return [_put_back(sheet, left, lookout.surveys.get(sheet.name)) for sheet, left in found]


class _Lookout(Thread):
    """Looks every worksheet over; afterwards `surveys` holds what was found, or `fault` why not."""

    def __init__(self, path: str, bounds: Bounds, on_refusal: Callable[[UnreadableFile], object]) -> None:
        super().__init__(daemon=True)
        self.surveys: dict[str, Survey] = {}
        self.fault: BaseException | None = None
        self._path, self._bounds, self._on_refusal = path, bounds, on_refusal

    def run(self) -> None:
        """Look, and keep whatever is raised for the one who joins."""
        try:
            self.surveys = _survey_all(self._path, self._bounds)
        except UnreadableFile as refusal:
            self.fault = refusal
            self._on_refusal(refusal)
        except BaseException as fault:  # a damaged part fails in many ways
            self.fault = fault


def _parsed(path: str, bounds: Bounds) -> list[tuple[Sheet, int]]:
    """Every sheet that holds a value, with the column, from 0, of the first cell of each row."""
    with open(path, "rb") as file:  # by descriptor: a name would make the parser believe its ending
        workbook = CalamineWorkbook.from_path(f"/dev/fd/{file.fileno()}")
        found = []
        for at, told in enumerate(workbook.sheets_metadata):
            if told.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_index(at)
            if sheet.start is not None:
                hidden = told.visible != SheetVisibleEnum.Visible
                rows = _rows_of(sheet, told.name, bounds)
                found.append((Sheet(told.name, sheet.start[0] + 1, rows, hidden), sheet.start[1]))
    return found


def _rows_of(sheet: CalamineSheet, name: str, bounds: Bounds) -> list[list[Cell]]:
    if sheet.height <= bounds.rows:
        rows: list[list[Cell]] = sheet.to_python()
        return rows
    rows = []
    filled = 0
    for row in sheet.iter_rows():
        if any(row) or row.count("") != len(row):
            filled += 1
            rows.append(row)
            if filled > bounds.rows:
                raise UnreadableFile(
                    f"工作表「{name}」有超过 {bounds.rows} 行数据，超出了一次读取的上限。请分成几个文件。",
                    code="files.too-many-rows",
                )
        else:
            rows.append(_EMPTY_ROW)
    return rows


def _put_back(sheet: Sheet, left: int, found: Survey | None) -> Sheet:
    """Error values into their cells, then vertically merged values down their ranges.

    `left` is the column, from 0, of the first cell of each row; the grid may have to grow for an error value.
    """
    if found is None:
        return sheet
    if found.faults:
        sheet, left = _grown(sheet, left, found.faults)
    rows, top = sheet.rows, sheet.first_row - 1
    for row, column, text in found.faults:
        rows[row - top][column - left] = text
    for first, column, last in found.merges:
        if not (0 <= first - top < len(rows) and 0 <= column - left < len(rows[first - top])):
            continue
        value = rows[first - top][column - left]
        for cells in rows[first - top + 1 : last - top + 1]:
            if value != "" and cells and cells[column - left] == "" and any(cells):
                cells[column - left] = value
    return sheet


def _grown(sheet: Sheet, left: int, faults: list[tuple[int, int, str]]) -> tuple[Sheet, int]:
    """The sheet and its first column, large enough to hold every fault."""
    width = max(map(len, sheet.rows))
    first_row = min(sheet.first_row - 1, *(row for row, _, _ in faults))
    last_row = max(sheet.first_row + len(sheet.rows) - 2, *(row for row, _, _ in faults))
    first_column = min(left, *(column for _, column, _ in faults))
    last_column = max(left + width - 1, *(column for _, column, _ in faults))
    filled = {row for row, _, _ in faults}
    rows: list[list[Cell]] = []
    for number in range(first_row, last_row + 1):
        at = number - sheet.first_row + 1
        cells = sheet.rows[at] if 0 <= at < len(sheet.rows) else _EMPTY_ROW
        if cells or number in filled:
            before = left - first_column
            after = last_column - first_column + 1 - before - len(cells)
            cells = [*[""] * before, *cells, *[""] * after]
        rows.append(cells)
    return sheet._replace(first_row=first_row + 1, rows=rows), first_column


def _survey_all(path: str, bounds: Bounds) -> dict[str, Survey]:
    with zipfile.ZipFile(path) as package:
        for entry in package.infolist():
            if entry.filename.lower().endswith((".xml", ".rels")):
                with package.open(entry) as stream:
                    examine_head(entry.filename, stream.read(_HEAD))
        surveys = {}
        padded = _padded_styles(package)
        for name, part in _worksheets(package, bounds):
            with package.open(part) as stream:
                if name in surveys:
                    raise UnreadableFile(
                        f"工作簿里有两个工作表都叫「{name}」。请改名或另存后再试。",
                        code="files.sheets-named-alike",
                    )
                surveys[name] = survey(stream, name, bounds, padded)
    return surveys


def _worksheets(package: zipfile.ZipFile, bounds: Bounds) -> list[tuple[str, str]]:
    """(name, part) of every sheet the workbook lists whose part is there."""
    parts = {part.lower(): part for part in package.namelist()}
    targets = {}
    relations = parts.get("xl/_rels/workbook.xml.rels")
    for relation in _elements(package, relations) if relations else ():
        target = relation.get("Target", "")
        targets[relation.get("Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    listed = []
    for element in _elements(package, parts["xl/workbook.xml"]):
        if element.tag.rpartition("}")[2] == "sheet":
            key = next((value for name, value in element.attrib.items() if name.endswith("}id")), None)
            part = parts.get(targets.get(key, "").lower())
            if part:
                listed.append((element.get("name", ""), part))
    if len(listed) > bounds.sheets:
        raise UnreadableFile(
            f"工作簿里有 {len(listed)} 个工作表，最多读取 {bounds.sheets} 个。请删去不相干的工作表。",
            code="files.too-many-sheets",
        )
    return listed


def _padded_styles(package: zipfile.ZipFile) -> dict[bytes, Padding]:
    """The styles whose format shows whole numbers with zeros before them, by their number as cells write it."""
    part = next((name for name in package.namelist() if name.lower() == "xl/styles.xml"), None)
    if part is None or package.getinfo(part).file_size > _LARGEST_LIST:
        return {}
    formats: dict[str, Padding] = {}
    styles: list[str] = []
    inside = False
    for element in _elements(package, part):
        tag = element.tag.rpartition("}")[2]
        if tag == "numFmt" and (found := _ZEROS.fullmatch(element.get("formatCode", ""))):
            before = re.sub(r'["\\]', "", found[1])  # the signs that mark words in a format
            formats[element.get("numFmtId", "")] = Padding(before, len(found[2]))
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            styles.append(element.get("numFmtId", ""))
        elif inside and tag not in ("alignment", "protection"):
            inside = False
    return {str(at).encode(): formats[style] for at, style in enumerate(styles) if style in formats}


def _elements(package: zipfile.ZipFile, part: str) -> list[ElementTree.Element]:
    if package.getinfo(part).file_size > _LARGEST_LIST:
        raise UnreadableFile(_ODD_PART.format(part, "过大"), code="files.part-not-regular")
    content = package.read(part)
    examine_head(part, content)
    try:
        return list(ElementTree.fromstring(content).iter())  # noqa: S314 - it declares no entities
    except ElementTree.ParseError:
        raise UnreadableFile(_ODD_PART.format(part, "内容残缺"), code="files.part-not-regular") from None
