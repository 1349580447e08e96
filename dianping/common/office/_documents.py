"""The text of a document: plain, Word, PDF or a web page. Runs in the reading child."""

import os
import re
from collections.abc import Iterator
from typing import Any

from dianping.common.office._shapes import MEBIBYTE, Bounds, UnreadableFile, shown_size

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
# How a web page begins, behind a byte order mark and blanks at most: <!DOCTYPE html, <body.
_MARKUP = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*<\s*(?:!doctype|html|head|meta|body|div|p|table)", re.IGNORECASE
)
_SCANNED = "是扫描的图片，里面没有可读的文字。请取得文字版（.docx、.txt），或把正文复制粘贴进来。"
_SAVE_AS = "请打开后另存为 .docx，或把正文复制粘贴进来。"
_BLOCKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "td", "table", "section"}
_HEAD = 4096
_LONGEST_LETTER = 4  # bytes of one character, in every coding read here
_DEEPEST = 256  # of the parser
_WEB_PAGE = 20 * MEBIBYTE  # pictures may lie in it


def read_document(path: str, bounds: Bounds) -> str:
    """The document's text; UnreadableFile for a scan, a picture, an older Word file, an archive, nothing at all, too much."""
    try:
        size = os.path.getsize(path)
        with open(path, "rb") as file:
            head = file.read(_HEAD)
    except OSError:
        raise UnreadableFile(
            "文件打不开。请确认文件还在，然后重新选择。", code="files.cannot-be-opened"
        ) from None
    if size > bounds.file_bytes:
        raise UnreadableFile(
            f"文件有 {shown_size(size)}，超过了 {shown_size(bounds.file_bytes)} 的上限。{_SAVE_AS}",
            code="files.too-large",
        )
    text = _decoded(path, head, size, bounds)
    if not text.strip():
        raise UnreadableFile("文件里没有文字。请核对是不是选错了文件。", code="files.empty-of-text")
    if len(text) > bounds.characters:
        raise too_long(f"{len(text):,}", bounds)
    return text


def too_long(found: str, bounds: Bounds) -> UnreadableFile:
    """What is said of a text of more characters than are read."""
    return UnreadableFile(
        f"文件里的文字有 {found} 字，最多读 {bounds.characters:,} 字。请只留要登记的正文，或分成几份分别登记。",
        code="files.text-too-long",
    )


def _decoded(path: str, head: bytes, size: int, bounds: Bounds) -> str:
    if head.startswith(b"%PDF"):
        return _pdf(path, bounds)
    if head.startswith(b"PK"):
        from dianping.common.office._docx import read_docx

        return read_docx(path, bounds)
    if head.startswith(_OLE):
        raise UnreadableFile(
            f"这是旧版 Word 文档（.doc）或 WPS 文字（.wps），本系统不读取这种格式。{_SAVE_AS}",
            code="files.older-word",
        )
    if head.startswith(_PICTURES):
        raise UnreadableFile(f"这个文件{_SCANNED}", code="files.scanned")
    if head.startswith(b"{\\rtf"):
        raise UnreadableFile(f"这是 RTF 文档，本系统不读取这种格式。{_SAVE_AS}", code="files.rtf")
    if _MARKUP.match(head):
        return _html(_whole(path, size, _WEB_PAGE), bounds)
    if size > bounds.characters * _LONGEST_LETTER:
        raise too_long(f"{size // _LONGEST_LETTER:,} 以上", bounds)
    return _plain(_whole(path, size, size))


def _whole(path: str, size: int, most: int) -> bytes:
    if size > most:
        raise UnreadableFile(
            f"这个网页文件有 {shown_size(size)}，最多 {shown_size(most)}。{_SAVE_AS}",
            code="files.web-page-too-large",
        )
    with open(path, "rb") as file:
        return file.read(most)


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
        raise UnreadableFile(
            f"这个文件不是文字，或者编码认不出来。{_SAVE_AS}", code="files.not-text"
        ) from None


def _html(content: bytes, bounds: Bounds) -> str:
    from lxml import html

    tags = content.count(b"<")
    if tags > bounds.tags // 4:  # a web page's tree takes more room than a document's
        raise UnreadableFile(
            f"这个网页有 {tags:,} 个标记，最多 {bounds.tags // 4:,} 个。{_SAVE_AS}",
            code="files.too-many-tags",
        )
    # Decoded here and not by what the page says of itself: pages that call GB 18030 gb2312 are common.
    parser = html.HTMLParser()
    # The XML declaration at the very beginning: <?xml version="1.0" encoding="gb2312"?>.
    page = html.fromstring(re.sub(r"\A\s*<\?xml[^>]*>", "", _plain(content)), parser=parser)
    if any(fault.type_name == "ERR_RESOURCE_LIMIT" for fault in parser.error_log):  # what lies deeper is gone
        raise UnreadableFile(
            f"这个网页的标记嵌套超过 {_DEEPEST} 层，读不全。{_SAVE_AS}", code="files.nested-too-deeply"
        )
    for waste in page.xpath("//script|//style|//head/title|//noscript"):
        waste.drop_tree()
    text = "".join(_pieces(page)).replace("\xa0", " ")
    # Three line ends or more: two blank lines at least.
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()


def _pieces(page: Any) -> Iterator[str]:
    """Text in reading order; a block begins and ends a line."""
    from lxml import etree

    for event, element in etree.iterwalk(page, events=("start", "end", "comment", "pi")):
        is_block = isinstance(element.tag, str) and element.tag in _BLOCKS
        if event == "start":
            if is_block:
                yield "\n"
            if element.text:
                yield " ".join(element.text.split())
            continue
        if is_block:
            yield "\n"
        if element.tail and element is not page:
            yield " ".join(element.tail.split())


def _pdf(path: str, bounds: Bounds) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(f"这个 PDF 加了打开密码，无法读取。{_SAVE_AS}", code="files.pdf-encrypted")
        number = len(reader.pages)
        if number > bounds.pages:
            raise UnreadableFile(
                f"这个 PDF 有 {number:,} 页，最多读 {bounds.pages} 页。请只留要登记的那些页，或把正文复制粘贴进来。",
                code="files.too-many-pages",
            )
        text = ""
        for page in reader.pages:
            text += page.extract_text() + "\n"
            if len(text) > 2 * bounds.characters:  # how much too long it is need not be known
                break
    except PyPdfError:
        raise UnreadableFile(f"这个 PDF 已损坏，无法读取。{_SAVE_AS}", code="files.pdf-damaged") from None
    # Two Chinese characters side by side; where none are, the pages are pictures.
    if not re.search(r"[\u4e00-\u9fff]{2}", text):
        raise UnreadableFile(f"这个 PDF {_SCANNED}", code="files.scanned")
    return text.removesuffix("\n")
