"""The text of a Word document as it would be printed: the part that holds it, counted before it is parsed, its tables never
laid out. Automatic numbers stand before their paragraphs, inserted words are read and deleted ones not, text boxes follow
the paragraph they hang on.

A cell says in a number over how many columns it reaches; a reader that lays the grid out makes a hundred million cells
of a file of 36 KB. Here a cell is read once, wherever it reaches.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dianping.common.office._recognise import examine_entries, examine_head
from dianping.common.office._shapes import Bounds, UnreadableFile, shown_size

if TYPE_CHECKING:
    from dianping.common.office._docx_numbering import Numbering

_PART = "word/document.xml"
_LISTS, _STYLES = "word/numbering.xml", "word/styles.xml"
_HEAD = 2048
# The opening of a paragraph or of a table's row, with any prefix: <w:p>, <w:tr w:rsidR=.
_PARAGRAPH = re.compile(rb"<(?:\w+:)?(?:p|tr)[\s/>]")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PARAGRAPH_TAG, _TABLE, _RUN, _BOX, _SYMBOL = (
    f"{_W}{name}" for name in ("p", "tbl", "r", "txbxContent", "sym")
)
_PROPERTIES, _RUN_PROPERTIES, _ROW_PROPERTIES = (f"{_W}{name}" for name in ("pPr", "rPr", "trPr"))
_VANISH, _DELETED, _CHAR, _VALUE = (f"{_W}{name}" for name in ("vanish", "del", "char", "val"))
_ALTERNATIVE, _FALLBACK = f"{_MC}AlternateContent", f"{_MC}Fallback"
_WRAPPERS = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "txbxContent")
)
_TEXT = frozenset({f"{_W}t"})
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# What is not printed, or not as text here: properties, deletions, what was moved away, codes of fields, readings over signs.
_NOT_PRINTED = frozenset(
    f"{_W}{name}"
    for name in (
        "pPr",
        "rPr",
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "rt",
        "sdtPr",
        "sdtEndPr",
        "fldChar",
        "object",
    )
)
# Boxes of the symbol fonts, ticked and not, by the end of their code.
_TICKS = {"FE": "☑", "52": "☑", "FD": "☒", "51": "☒", "A8": "□", "6F": "□", "A3": "□"}
_PASTE = "请只留正文另存后再试，或把正文复制粘贴进来。"


def read_docx(path: str, bounds: Bounds) -> str:
    """The paragraphs, one a line; of a table one line a row, its cells parted by tabs.

    A cell merged over columns is told once; one merged down is told in each of its rows.
    """
    content, lists, styles = _parts(path, bounds)
    for part, name in ((content, _PART), (lists, _LISTS), (styles, _STYLES)):
        if part:
            examine_head(name, part[:_HEAD], "文档")
            _refuse_too_many(part, bounds)
    from docx.oxml.parser import parse_xml

    from dianping.common.office._docx_numbering import numbering_of

    numbering = numbering_of(parse_xml(lists) if lists else None, parse_xml(styles) if styles else None)
    lines: list[str] = []
    length = 0
    for line in _lines(parse_xml(content), numbering):
        lines.append(line)
        length += len(line) + 1
        if length > 2 * bounds.characters:  # how much too long it is need not be known
            break
    return "\n".join(lines)


def _parts(path: str, bounds: Bounds) -> tuple[bytes, bytes, bytes]:
    """The document, its lists, its styles; the latter two may be missing."""
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            names = {entry.filename for entry in entries}
            if _PART not in names:
                raise UnreadableFile(
                    "这不是 Word 文档（.docx）。请选择 .txt、.docx、.pdf 或 .html 文件。",
                    code="files.not-a-document",
                )
            examine_entries(entries, bounds, "文档")
            for name in (_PART, _LISTS, _STYLES):
                size = package.getinfo(name).file_size if name in names else 0
                if size > bounds.part_bytes:
                    raise UnreadableFile(
                        f"这个文档的正文展开后有 {shown_size(size)}，最多 {shown_size(bounds.part_bytes)}。{_PASTE}",
                        code="files.text-too-large",
                    )
            lists, styles = (package.read(name) if name in names else b"" for name in (_LISTS, _STYLES))
            return package.read(_PART), lists, styles
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


def _lines(document: Any, numbering: "Numbering") -> Iterator[str]:
    body = document.body
    for block in _blocks(body) if body is not None else ():
        yield from _rows(block, numbering) if block.tag == _TABLE else _paragraphs(block, numbering)


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables, those in content controls and insertions among them, none deleted or moved away."""
    for child in parent:
        if child.tag in (_PARAGRAPH_TAG, _TABLE):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def _paragraphs(paragraph: Any, numbering: "Numbering") -> Iterator[str]:
    """A paragraph with its number, and behind it what stands in text boxes that hang on it."""
    boxes: list[Any] = []
    text = "".join(_words(paragraph, boxes))
    label = numbering.label(paragraph.find(_PROPERTIES)) if text.strip() else ""
    # 1.2011年 would be read as a figure.
    yield (label[:-1] + "、" if label.endswith((".", "．")) and text[:1].isdigit() else label) + text
    for box in boxes:
        for block in _blocks(box):
            yield from _rows(block, numbering) if block.tag == _TABLE else _paragraphs(block, numbering)


def _words(parent: Any, boxes: list[Any]) -> Iterator[str]:
    """The words printed under an element; text boxes are put aside."""
    for child in parent:
        tag = child.tag
        if tag == _BOX:
            boxes.append(child)
        elif tag in _TEXT:
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == _SYMBOL:
            yield _TICKS.get((child.get(_CHAR) or "").upper()[-2:], "")
        elif tag == _ALTERNATIVE:
            first = next((inner for inner in child if inner.tag != _FALLBACK), None)
            yield from _words(first if first is not None else child, boxes)
        elif tag not in _NOT_PRINTED and isinstance(tag, str) and not _is_hidden(child):
            yield from _words(child, boxes)


def _is_hidden(run: Any) -> bool:
    hidden = run.find(f"{_RUN_PROPERTIES}/{_VANISH}") if run.tag == _RUN else None
    return hidden is not None and hidden.get(_VALUE, "1") not in ("0", "false")


def _rows(table: Any, numbering: "Numbering") -> Iterator[str]:
    above: dict[int, str] = {}  # where a merged cell began, and its text
    for row in table.tr_lst:
        if row.find(f"{_ROW_PROPERTIES}/{_DELETED}") is not None:
            continue
        at, cells = row.grid_before, []
        for cell in row.tc_lst:
            merge = cell.vMerge
            if merge == "continue":
                text = above.get(at, "")
            else:
                text = ("\n" if len(row.tc_lst) == 1 else " ").join(_cell(cell, numbering))
                above[at] = text if merge else ""
            cells.append(text)
            at += cell.grid_span
        yield "\t".join(cells)


def _cell(cell: Any, numbering: "Numbering") -> Iterator[str]:
    """The lines of a cell, those of a table within it too."""
    for block in _blocks(cell):
        yield from _rows(block, numbering) if block.tag == _TABLE else _paragraphs(block, numbering)
