"""Makers of documents that keep a reader busy for minutes, or ask it for all memory: docx, pdf, html, txt.

`REFUSED` has with each maker the code expected and what its sentence is filled in with; `READ` are odd but honest and must come in.
"""

import io
import zlib
from collections.abc import Callable

from tests.bad_files import zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HONEST = "各党支部要认真学习，按时把点评报告报送组织部，不得拖延。\n"
Maker = Callable[[], bytes]


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def document(body: str, *, head: str = "") -> bytes:
    """A Word document of no more parts than it needs."""
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


def table(rows: str) -> str:
    return f"<w:tbl>{rows}</w:tbl>"


def cell(text: str, *, span: int = 1, merge: str = "") -> str:
    down = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{down}</w:tcPr>{paragraph(text)}</w:tc>'


def wide_cell() -> bytes:
    """One cell that says it reaches over a hundred million columns."""
    return document(table(f"<w:tr>{cell('点评材料', span=100_000_000)}{cell('乙')}</w:tr>"))


def many_paragraphs() -> bytes:
    return document("<w:p/>" * 2_000_000)


def many_marks() -> bytes:
    """One paragraph of a million runs."""
    return document(f"<w:p>{'<w:r><w:tab/></w:r>' * 1_000_000}</w:p>")


def merged_down() -> bytes:
    """A long text in a cell merged down over thousands of rows: told in each, it would be gigabytes."""
    first = f"<w:tr>{cell('点' * 50_000, merge='restart')}</w:tr>"
    return document(table(first + f"<w:tr>{cell('', merge='continue')}</w:tr>" * 20_000))


def nested(tag: str, deep: int) -> bytes:
    return document(f"<w:{tag}>" * deep + f"</w:{tag}>" * deep)


def long_part() -> bytes:
    return document(paragraph("点评" * 11_500_000))


def pdf(pages: int, content: bytes) -> bytes:
    """A PDF whose pages share one content stream."""
    packed = zlib.compress(content)
    kids = " ".join(f"{at} 0 R" for at in range(5, 5 + pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream",
    ]
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 3 0 R >> >> >>"
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, 2)
    for number, body in enumerate([*objects, *[page] * pages], 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    begins = out.tell()
    out.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{place:010} 00000 n \n".encode() for place in places))
    out.write(f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{begins}\n%%EOF".encode())
    return out.getvalue()


def shared_stream() -> bytes:
    """Three thousand pages that share one long content stream."""
    return pdf(3_000, b"BT /F 9 Tf (ab) Tj ET\n" * 20_000)


def slow_stream() -> bytes:
    """As many pages as are read, each of them slow."""
    return pdf(300, b"BT /F 9 Tf (ab) Tj ET\n" * 20_000)


def page_of_tags() -> bytes:
    return f"<html><body>{'<b>点</b>' * 1_000_000}</body></html>".encode()


def deep_page() -> bytes:
    return f"<html><body>{'<div>' * 200_000}点评</body></html>".encode()


def honest(characters: int) -> str:
    """An honest text of so many characters, in lines."""
    return (HONEST * (characters // len(HONEST) + 1))[:characters]


REFUSED: dict[str, tuple[Maker, str, str]] = {
    "docx of two million paragraphs": (many_paragraphs, "files.too-many-paragraphs", "2,000,000 段"),
    "docx of a million runs in one paragraph": (many_marks, "files.too-many-tags", ""),
    "docx with a long text merged down": (merged_down, "files.text-too-long", ""),
    "docx nested without end": (lambda: nested("sdt", 100_000), "files.damaged-inside", ""),
    "docx of one long paragraph": (long_part, "files.text-too-large", ""),
    "docx that unpacks without end": (
        lambda: document(paragraph("0" * 30_000_000)),
        "files.packed-too-tightly",
        "",
    ),
    "docx with entities": (
        lambda: document(paragraph("&a;"), head='<!DOCTYPE x [<!ENTITY a "点评">]>'),
        "files.declares-entities",
        "",
    ),
    "docx torn": (lambda: document(paragraph("点评"))[:-30], "files.damaged-package", ""),
    "docx of a text too long": (
        lambda: document(paragraph("点" * 1_000_001)),
        "files.text-too-long",
        "1,000,001 字",
    ),
    "pdf of three thousand pages that share one stream": (shared_stream, "files.too-many-pages", "3,000 页"),
    "pdf slow on every page": (slow_stream, "files.too-slow", ""),
    "html of a million tags": (page_of_tags, "files.too-many-tags", ""),
    "html nested without end": (deep_page, "files.nested-too-deeply", "超过 256 层"),
    "html larger than a page": (lambda: b"<html>" + b"a" * (21 << 20), "files.web-page-too-large", "21 MB"),
    "txt of a text too long": (lambda: ("点" * 1_000_001).encode(), "files.text-too-long", "1,000,001 字"),
    "txt of fifty megabytes in one line": (lambda: b"a" * (49 << 20), "files.text-too-long", ""),
}

READ: dict[str, tuple[Maker, str]] = {
    "docx with a cell over a hundred million columns": (wide_cell, "点评材料\t乙"),
    "docx with a cell merged down": (
        lambda: document(
            table(
                f"<w:tr>{cell('甲', merge='restart')}{cell('乙')}</w:tr><w:tr>{cell('', merge='continue')}{cell('丙')}</w:tr>"
            )
        ),
        "甲\t乙\n甲\t丙",
    ),
    "html with a comment between": (
        lambda: "<html><body><p>点<!-- no -->评</p>后</body></html>".encode(),
        "点评\n后",
    ),
    "txt in one line": (lambda: ("点评，" * 30_000).encode(), "点评，" * 30_000),
}
