"""The text of a document: plain, Word, PDF or a web page. Runs in the reading child."""

import os
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from dianping.common.office._shapes import MEBIBYTE, Bounds, UnreadableFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_MARKUP = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*<\s*(?:!doctype|html|head|meta|body|div|p|table)", re.IGNORECASE
)
_SCANNED = "是扫描的图片，里面没有可读的文字。请取得文字版（.docx、.txt），或把正文复制粘贴进来。"
_SAVE_AS = "请打开后另存为 .docx，或把正文复制粘贴进来。"
_BLOCKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "td", "table", "section"}


def read_document(path: str, bounds: Bounds) -> str:
    """The document's text; UnreadableFile for a scan, a picture, an older Word file, an archive, nothing at all."""
    try:
        size = os.path.getsize(path)
        with open(path, "rb") as file:
            content = file.read(bounds.file_bytes + 1)
    except OSError:
        raise UnreadableFile("文件打不开。请确认文件还在，然后重新选择。") from None
    if size > bounds.file_bytes:
        raise UnreadableFile(
            f"文件有 {size // MEBIBYTE} MB，超过了 {bounds.file_bytes // MEBIBYTE} MB 的上限。"
        )
    text = _decoded(path, content, bounds)
    if not text.strip():
        raise UnreadableFile("文件里没有文字。请核对是不是选错了文件。")
    return text


def _decoded(path: str, content: bytes, bounds: Bounds) -> str:
    if content.startswith(b"%PDF"):
        return _pdf(path)
    if content.startswith(b"PK"):
        return _docx(path, bounds)
    if content.startswith(_OLE):
        raise UnreadableFile(
            f"这是旧版 Word 文档（.doc）或 WPS 文字（.wps），本系统不读取这种格式。{_SAVE_AS}"
        )
    if content.startswith(_PICTURES):
        raise UnreadableFile(f"这个文件{_SCANNED}")
    if content.startswith(b"{\\rtf"):
        raise UnreadableFile(f"这是 RTF 文档，本系统不读取这种格式。{_SAVE_AS}")
    if _MARKUP.match(content):
        return _html(content)
    return _plain(content)


def _plain(content: bytes) -> str:
    """UTF-8, else UTF-16 by its mark, else GB 18030, which holds every older Chinese encoding of the mainland."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        raise UnreadableFile(f"这个文件不是文字，或者编码认不出来。{_SAVE_AS}") from None


def _html(content: bytes) -> str:
    from lxml import html

    # Decoded here and not by what the page says of itself: pages that call GB 18030 gb2312 are common.
    page = html.fromstring(re.sub(r"\A\s*<\?xml[^>]*>", "", _plain(content)))
    for waste in page.xpath("//script|//style|//head/title|//noscript"):
        waste.drop_tree()
    text = "".join(_pieces(page)).replace("\xa0", " ")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()


def _pieces(element: Any) -> Iterator[str]:
    """Text in reading order; a block begins and ends a line."""
    is_block = isinstance(element.tag, str) and element.tag in _BLOCKS
    if is_block:
        yield "\n"
    if isinstance(element.tag, str) and element.text:
        yield " ".join(element.text.split())
    for child in element:
        yield from _pieces(child)
        if child.tail:
            yield " ".join(child.tail.split())
    if is_block:
        yield "\n"


def _docx(path: str, bounds: Bounds) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
    except zipfile.BadZipFile:
        raise UnreadableFile("压缩结构已损坏，无法读取。请重新取得这个文件。") from None
    if "word/document.xml" not in {entry.filename for entry in entries}:
        raise UnreadableFile("这不是 Word 文档（.docx）。请选择 .txt、.docx、.pdf 或 .html 文件。")
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > bounds.entries or unpacked > bounds.unpacked_bytes:
        raise UnreadableFile("这个文档展开后过大，为安全起见不予读取。请把正文复制粘贴进来。")
    import docx
    from docx.table import Table

    document = docx.Document(path)
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                once = {
                    cell._tc: cell.text for cell in row.cells
                }  # a merged cell stands under each of its columns
                lines.append("\t".join(once.values()))
        else:
            lines.append(block.text)
    return "\n".join(lines)


def _pdf(path: str) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(f"这个 PDF 加了打开密码，无法读取。{_SAVE_AS}")
        pages = [page.extract_text() for page in reader.pages]
    except PyPdfError:
        raise UnreadableFile(f"这个 PDF 已损坏，无法读取。{_SAVE_AS}") from None
    text = "\n".join(pages)
    if not re.search(r"[\u4e00-\u9fff]{2}", text):
        raise UnreadableFile(f"这个 PDF {_SCANNED}")
    return text
