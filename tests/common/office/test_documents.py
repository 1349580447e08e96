"""The text door: what a clerk is sent, read whole; what cannot be read, refused in a sentence."""

import re
from functools import partial
from pathlib import Path

import docx
import pytest

from dianping.common.office.reading import Bounds, UnreadableFile
from dianping.common.office.reading import read_text as _read_text
from tests import bad_documents
from tests.refused import refused

read_text = partial(_read_text, reader=None)
unreadable = partial(refused, kind=UnreadableFile)
WORDS = "关于做好点评工作的通知\n各党总支：\n一、请于1月9日前报送。"


def written(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_plain_text_in_every_usual_coding(tmp_path: Path, coding: str) -> None:
    assert read_text(written(tmp_path, "a.txt", WORDS.encode(coding))) == WORDS


def test_a_word_document_with_a_table(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("第一段")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
    table.cell(1, 0).text, table.cell(1, 1).text = "甲", "乙"
    document.add_paragraph("第二段")
    document.save(tmp_path / "a.docx")
    assert read_text(tmp_path / "a.docx") == "第一段\n合并\n甲\t乙\n第二段"


def test_a_pdf_with_chinese(tmp_path: Path) -> None:
    import typst

    (tmp_path / "a.typ").write_text("关于做好点评工作的通知", encoding="utf-8")
    typst.compile(str(tmp_path / "a.typ"), output=str(tmp_path / "a.pdf"), font_paths=[fonts()])
    assert "关于做好点评工作的通知" in read_text(tmp_path / "a.pdf")


def fonts() -> str:
    import pylopdf_fonts_zh_cn

    return str(Path(pylopdf_fonts_zh_cn.__file__).parent)


def test_a_web_page_without_its_scripts(tmp_path: Path) -> None:
    page = "<html><head><title>题</title><script>x=1</script></head><body><p>第一段</p><div>第二<b>段</b></div></body></html>"
    assert read_text(written(tmp_path, "a.html", page.encode())).split() == ["第一段", "第二段"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "files.empty-of-text"),
        (b" \n\t ", "files.empty-of-text"),
        (b"\x89PNG\r\n\x1a\n rest", "files.scanned"),
        (b"\xff\xd8\xff\xe0 rest", "files.scanned"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest", "files.older-word"),
        (b"%PDF-1.7 torn", "files.pdf-damaged"),
        (b"PK\x03\x04 torn", "files.damaged-package"),
        (b"{\\rtf1 words}", "files.rtf"),
        (b"\xff\xff\xff\x00\x81\xff", "files.not-text"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, content: bytes, code: str) -> None:
    with unreadable(code):
        read_text(written(tmp_path, "paper.any", content))


def test_a_scanned_pdf_is_refused(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    scan = PdfWriter()
    scan.add_blank_page(595, 842)
    scan.write(tmp_path / "scan.pdf")
    with unreadable("files.scanned"):
        read_text(tmp_path / "scan.pdf")


def test_too_large_a_file_is_refused(tmp_path: Path) -> None:
    with unreadable("files.too-large"):
        read_text(written(tmp_path, "a.txt", b"a" * 2000), bounds=Bounds(file_bytes=1000))


@pytest.mark.parametrize("kind", bad_documents.REFUSED)
def test_a_document_that_asks_too_much_is_told_what_was_found_and_what_is_allowed(
    tmp_path: Path, kind: str
) -> None:
    make, code, filled = bad_documents.REFUSED[kind]
    bounds = (
        Bounds() if code == "files.packed-too-tightly" else Bounds(ratio=1_000_000)
    )  # each limit by itself
    with unreadable(code, match=filled) as refusal:
        read_text(written(tmp_path, "upload", make()), bounds=bounds)
    assert re.fullmatch(r"[^\x00-\x1f]{12,}。", refusal.value.sentence)


@pytest.mark.parametrize("kind", bad_documents.READ)
def test_an_odd_but_honest_document_comes_in(tmp_path: Path, kind: str) -> None:
    make, text = bad_documents.READ[kind]
    assert read_text(written(tmp_path, "upload", make()), bounds=Bounds()) == text
