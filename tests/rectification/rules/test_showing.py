"""Which files may show that a problem was put right."""

import pytest

from dianping.rectification.rules.showing import MOST_BYTES, fault_of

PNG, PDF, JPG, ZIP = b"\x89PNG\r\n\x1a\n..", b"%PDF-1.4", b"\xff\xd8\xff\xe0..", b"PK\x03\x04.."


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("前.png", PNG),
        ("后.JPG", JPG),
        ("表.pdf", PDF),
        ("记录.docx", ZIP),
        ("账.xlsx", ZIP),
        ("话.txt", "好".encode()),
    ],
)
def test_what_is_what_its_name_says_is_kept(name: str, beginning: bytes) -> None:
    assert fault_of(name, 100, beginning) == ""


@pytest.mark.parametrize(
    ("name", "size", "beginning", "told"),
    [
        ("程序.exe", 10, b"MZ", "不是可以附的文件"),
        ("无后缀", 10, b"..", "不是可以附的文件"),
        ("页面.html", 10, b"<html>", "不是可以附的文件"),
        ("图.svg", 10, b"<svg>", "不是可以附的文件"),
        ("图.png", 10, b"<html>", "不是它的名字所说的"),
        ("图.jpg", 10, PNG, "不是它的名字所说的"),
        ("话.txt", 10, b"a\0b", "不是它的名字所说的"),
        ("空.txt", 0, b"", "是空的"),
        ("大.pdf", MOST_BYTES + 1, PDF, "每件不超过 10 MB"),
    ],
)
def test_anything_else_is_told_in_a_sentence(name: str, size: int, beginning: bytes, told: str) -> None:
    assert told in fault_of(name, size, beginning)
