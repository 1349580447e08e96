"""csv: find the encoding and the separator, then read it strictly, so that no row is lost unseen."""

import csv
import io
import re
from typing import cast

from dianping.common.office._shapes import Bounds, Cell, Sheet, UnreadableFile

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = ",\t;"
_LONGEST_CELL = 32_767  # characters, as in a workbook
_SAMPLE = 50  # records looked at to find the separator
# four Chinese characters of UTF-8 in a row do not happen in GB18030 by chance
_HAN_IN_UTF8 = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){4}")
# Control signs no text has; tab, line ends and escape are not among them.
_NOT_TEXT = re.compile("[\u0001-\u0008\u000e-\u001a\u001c-\u001f]")


def read_delimited(path: str, bounds: Bounds) -> Sheet:
    """The records of a csv file, with `,` `;` or tab between cells, in UTF-8, UTF-16 or GB18030."""
    with open(path, "rb") as file:
        text = _decoded(file.read())
    if len(_NOT_TEXT.findall(text[:100_000])) > 8:
        raise UnreadableFile("这不是表格文件。请选择 .xlsx 工作簿或 .csv 文件。", code="files.not-a-table")
    _refuse_endless_lines(text, bounds)
    csv.field_size_limit(_LONGEST_CELL)
    return Sheet("表格", 1, cast("list[list[Cell]]", _records(text, _separator(text), bounds)))


def _refuse_endless_lines(text: str, bounds: Bounds) -> None:
    """A line of millions of cells would be millions of objects before anybody could count them."""
    start, number = 0, 1
    while (end := text.find("\n", start)) >= 0 or len(text) - start > bounds.line:
        length = (end if end >= 0 else len(text)) - start
        if length > bounds.line:
            raise UnreadableFile(
                f"csv 文件第 {number} 行有 {length} 个字符，一行最多 {bounds.line} 个。"
                "请检查这一行是不是少了换行，或用表格程序另存为 .xlsx 再试。",
                code="files.line-too-long",
            )
        start, number = end + 1, number + 1


def _records(text: str, separator: str, bounds: Bounds) -> list[list[str]]:
    rows: list[list[str]] = []
    filled = cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            if any(row):
                filled += 1
                if filled > bounds.rows:
                    raise UnreadableFile(
                        f"表格有超过 {bounds.rows} 行数据，超出了一次读取的上限。请分成几个文件。",
                        code="files.too-many-rows",
                    )
                if len(row) > bounds.columns:
                    raise UnreadableFile(
                        f"第 {len(rows) + 1} 行有 {len(row)} 列，最多 {bounds.columns} 列。请检查分隔符，删去多余的列。",
                        code="files.too-many-columns",
                    )
                cells += len(row)
                if cells > bounds.cells:
                    raise UnreadableFile(
                        f"表格有超过 {bounds.cells} 格，超出了一次读取的上限。请删去无关的列，或分成几个文件。",
                        code="files.too-many-cells",
                    )
                rows.append(row)
            else:
                rows.append([])
    except csv.Error:
        raise UnreadableFile(
            f"csv 文件第 {len(rows) + 1} 条记录（第 {reader.line_num} 行附近）的引号没有配对，或有一格过长，后面的内容无法可靠地读取。"
            "请改正这一处的引号，或用表格程序另存为 .xlsx 再试。",
            code="files.quotes-unpaired",
        ) from None
    width = max(map(len, rows), default=0)
    if filled * width > bounds.cells:
        raise UnreadableFile(
            f"表格有 {filled} 行，最宽的一行有 {width} 列，合起来超过 {bounds.cells} 格，超出了一次读取的上限。"
            "请删去多余的列，或分成几个文件。",
            code="files.too-many-cells",
        )
    return [row + [""] * (width - len(row)) if row and len(row) < width else row for row in rows]


def _separator(text: str) -> str:
    """The separator that parts the first records into most cells."""
    sample = text[:20_000].splitlines()[:_SAMPLE]
    parted = {separator: sum(map(len, csv.reader(sample, delimiter=separator))) for separator in _SEPARATORS}
    best = max(parted, key=lambda separator: parted[separator])
    if parted[best] <= len(sample) and any(mark in line for line in sample for mark in "、，|"):
        raise UnreadableFile(
            "没有找到分隔各列的符号：csv 文件的各列应以英文逗号、分号或制表符隔开。请改正，或用表格程序另存为 .xlsx 再试。",
            code="files.no-separator",
        )
    return best


def _decoded(content: bytes) -> str:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strictly(content, encoding)
    if content[:4000].count(0) > len(content[:4000]) // 8:  # Latin letters and separators in UTF-16
        little = content[1:4000:2].count(0) >= content[:4000:2].count(0)
        return _strictly(content, "utf-16-le" if little else "utf-16-be")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        _refuse_mixed(content)
        return _strictly(content, "gb18030")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise UnreadableFile(
            f"csv 文件第 {line} 行附近有无法识别的字符，编码既不是 UTF-8 也不是 GB18030。请用表格程序打开后另存为 .xlsx 再试。",
            code="files.unknown-encoding",
        ) from None


def _refuse_mixed(content: bytes) -> None:
    """A file of two encodings put together would come in with garbled names: say where instead."""
    for number, line in enumerate(content.split(b"\n"), 1):
        if _HAN_IN_UTF8.search(line):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                continue
            raise UnreadableFile(
                f"csv 文件里混有两种编码：第 {number} 行是 UTF-8，别的行不是。请统一编码，或用表格程序另存为 .xlsx 再试。",
                code="files.mixed-encodings",
            )
