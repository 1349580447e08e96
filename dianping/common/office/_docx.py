"""The text of a Word document: the one part that holds it, counted before it is parsed, its tables never laid out.

A cell says in a number over how many columns it reaches; a reader that lays the grid out makes a hundred million cells
of a file of 36 KB. Here a cell is read once, wherever it reaches.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from dianping.common.office._recognise import examine_entries, examine_head
from dianping.common.office._shapes import Bounds, UnreadableFile, shown_size

_PART = "word/document.xml"
_HEAD = 2048
# The opening of a paragraph or of a table's row, with any prefix: <w:p>, <w:tr w:rsidR=.
_PARAGRAPH = re.compile(rb"<(?:\w+:)?(?:p|tr)[\s/>]")
_PASTE = "请只留正文另存后再试，或把正文复制粘贴进来。"


def read_docx(path: str, bounds: Bounds) -> str:
    """The paragraphs, one a line; of a table one line a row, its cells parted by tabs.

    A cell merged over columns is told once; one merged down is told in each of its rows.
    """
    content = _document(path, bounds)
    examine_head(_PART, content[:_HEAD], "文档")
    _refuse_too_many(content, bounds)
    from docx.oxml.parser import parse_xml

    lines: list[str] = []
    length = 0
    for line in _lines(parse_xml(content)):
        lines.append(line)
        length += len(line) + 1
        if length > 2 * bounds.characters:  # how much too long it is need not be known
            break
    return "\n".join(lines)


def _document(path: str, bounds: Bounds) -> bytes:
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            if _PART not in {entry.filename for entry in entries}:
                raise UnreadableFile(
                    "这不是 Word 文档（.docx）。请选择 .txt、.docx、.pdf 或 .html 文件。",
                    code="files.not-a-document",
                )
            examine_entries(entries, bounds, "文档")
            size = package.getinfo(_PART).file_size
            if size > bounds.part_bytes:
                raise UnreadableFile(
                    f"这个文档的正文展开后有 {shown_size(size)}，最多 {shown_size(bounds.part_bytes)}。{_PASTE}",
                    code="files.text-too-large",
                )
            return package.read(_PART)
    except (zipfile.BadZipFile, EOFError, ValueError):
        raise UnreadableFile(
            "压缩结构已损坏，无法读取。请重新取得这个文件。", code="files.damaged-package"
        ) from None


def _refuse_too_many(content: bytes, bounds: Bounds) -> None:
    paragraphs = sum(1 for _ in _PARAGRAPH.finditer(content))
    if paragraphs > bounds.paragraphs:
        raise UnreadableFile(
            f"这个文档有 {paragraphs:,} 段（表格一行算一段），最多读 {bounds.paragraphs:,} 段。{_PASTE}",
            code="files.too-many-paragraphs",
        )
    tags = content.count(b"<")
    if tags > bounds.tags:
        raise UnreadableFile(
            f"这个文档内部有 {tags:,} 个标记，最多 {bounds.tags:,} 个。{_PASTE}", code="files.too-many-tags"
        )


def _lines(document: Any) -> Iterator[str]:
    body = document.body
    for block in body.inner_content_elements if body is not None else ():
        if block.tag.endswith("}tbl"):
            yield from _rows(block)
        else:
            yield block.text


def _rows(table: Any) -> Iterator[str]:
    above: dict[int, str] = {}  # where a merged cell began, and its text
    for row in table.tr_lst:
        at, cells = row.grid_before, []
        for cell in row.tc_lst:
            merge = cell.vMerge
            if merge == "continue":
                text = above.get(at, "")
            else:
                text = "\n".join(paragraph.text for paragraph in cell.p_lst)
                above[at] = text if merge else ""
            cells.append(text)
            at += cell.grid_span
        yield "\t".join(cells)
