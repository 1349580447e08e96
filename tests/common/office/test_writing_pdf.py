"""A sheet as PDF, and the fonts it is set in."""

import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from dianping.common.office import fonts
from dianping.common.office.fonts import NoChineseFont, faces_in, find_faces, glyphs_of, shipped_folder
from dianping.common.office.writing_pdf import write_pdf
from dianping.ledgers.rules import (
    AppraisalFacts,
    OpinionFacts,
    ReviewFacts,
    appraisal_form,
    opinion_form,
    rectification_log,
    review_register,
    statistics_return,
)
from tests.ledgers.rules.examples import (
    BRANCH_REVIEW,
    HEADING,
    ITEMS,
    MEMBER_REVIEW,
    PARTS,
    REVIEWS,
    STATISTICS,
)
from tests.refused import refused

FORMS = {
    "opinions": opinion_form(OpinionFacts(HEADING)),
    "appraisal": appraisal_form(AppraisalFacts(HEADING, "文学院党总支")),
    "register": review_register(REVIEWS),
    "log": rectification_log(ITEMS),
    "statistics": statistics_return(STATISTICS),
}


def told(path, tool, *options):
    """What one of poppler's tools says of a file; skips where the tool is not installed."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed (Debian: poppler-utils)")
    done = subprocess.run(
        [tool, *options, str(path), *(["-"] if tool == "pdftotext" else [])], capture_output=True
    )
    return done.stdout.decode()


def words(path, *options):
    return re.sub(r"\s", "", told(path, "pdftotext", *options))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_printed_in_embedded_chinese_fonts(tmp_path, form):
    assert write_pdf(FORMS[form], tmp_path / "a.pdf") == ()
    content = (tmp_path / "a.pdf").read_bytes()
    assert content.startswith(b"%PDF-1.7")
    assert re.search(rb"/FontName ?/[A-Z]{6}\+NotoSerifSC-Regular", content)
    assert b"/FontFile3" in content


@pytest.mark.parametrize("form", FORMS)
def test_poppler_finds_every_font_embedded_and_every_text_readable(tmp_path, form):
    write_pdf(FORMS[form], tmp_path / "a.pdf")
    lines = told(tmp_path / "a.pdf", "pdffonts").splitlines()[2:]
    assert lines
    assert all(re.search(r"Identity-H +yes yes yes", line) for line in lines)
    said = words(tmp_path / "a.pdf")
    assert FORMS[form].title in said
    assert "填报单位（盖章）：示范大学党委" in said


@pytest.mark.parametrize(
    ("form", "size"), [("register", "841.89 x 595.276"), ("statistics", "595.276 x 841.89")]
)
def test_the_page_is_a4_as_the_form_lies(tmp_path, form, size):
    write_pdf(FORMS[form], tmp_path / "a.pdf")
    assert f"{size} pts (A4)" in told(tmp_path / "a.pdf", "pdfinfo")


def test_a_missing_act_is_printed(tmp_path):
    write_pdf(FORMS["opinions"], tmp_path / "a.pdf")
    assert "没有一次征求意见在本期内开箱" in words(tmp_path / "a.pdf")


def test_the_header_repeats_and_pages_are_numbered(tmp_path):
    write_pdf(review_register(ReviewFacts(HEADING, (MEMBER_REVIEW,) * 30, parts=PARTS)), tmp_path / "a.pdf")
    second = words(tmp_path / "a.pdf", "-f", "2", "-l", "2", "-raw")
    assert "被点评对象" in second
    assert "领导干部点评登记表（续）" in second
    assert re.search(r"第2页共\d页", second)


def test_a_row_taller_than_a_page_runs_on_and_loses_nothing(tmp_path):
    tall = replace(BRANCH_REVIEW, said={**BRANCH_REVIEW.said, "evaluation": "说得很长。" * 300})
    write_pdf(review_register(ReviewFacts(HEADING, (tall, MEMBER_REVIEW), parts=PARTS)), tmp_path / "a.pdf")
    said = words(tmp_path / "a.pdf", "-raw")
    assert sum(said.count(c) for c in "很") == 300
    assert "宁晓岚" in said


def test_what_people_typed_is_never_markup(tmp_path):
    hostile = '#panic("x") #import "a.typ" *粗* $x$ \\ `码` <a> @b ] } // 注 /* 释 */'
    write_pdf(
        review_register(ReviewFacts(HEADING, (replace(BRANCH_REVIEW, ground=hostile),), parts=PARTS)),
        tmp_path / "a.pdf",
    )
    said = words(tmp_path / "a.pdf", "-raw").replace("\u200b", "")
    for piece in ('#panic("x")', '#import"a.typ"', "*粗*$x$", "<a>@b]}//注/*释*/"):
        assert piece in said


def test_a_character_without_type_is_marked_and_told(tmp_path):
    entry = replace(MEMBER_REVIEW, target="宁𠮷朗")
    assert write_pdf(review_register(ReviewFacts(HEADING, (entry,), parts=PARTS)), tmp_path / "a.pdf") == (
        "𠮷",
    )
    said = words(tmp_path / "a.pdf")
    assert "宁〓朗" in said
    assert "U+20BB7" in said


def test_the_same_sheet_gives_the_same_bytes(tmp_path):
    for name in ("a.pdf", "b.pdf"):
        write_pdf(FORMS["log"], tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_without_a_chinese_font_it_refuses_in_words_and_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "shipped_folder", lambda: None)
    (tmp_path / "字体").mkdir()
    with refused(
        "fonts.no-chinese-font",
        kind=NoChineseFont,
        match=r"没有找到含汉字的字体：查看了“.*字体”.*没有生成任何文件",
    ):
        write_pdf(FORMS["log"], tmp_path / "a.pdf", own_fonts=tmp_path / "字体")
    with refused("fonts.no-chinese-font", kind=NoChineseFont):
        write_pdf(FORMS["log"], tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()


def test_a_file_that_is_no_font_does_not_count(tmp_path):
    (tmp_path / "假.otf").write_bytes(b"OTTO\x00\x09")
    (tmp_path / "空.ttf").write_bytes(b"")
    with refused("fonts.no-chinese-font", kind=NoChineseFont):
        faces_in(tmp_path)


def test_the_offices_own_fonts_come_beside_the_shipped_ones(tmp_path):
    serif = next(shipped_folder().glob("NotoSerif*"))
    shutil.copy(serif, tmp_path / "own.otf")
    assert faces_in(tmp_path).body == ("Noto Serif SC",)
    assert set(find_faces(tmp_path).body) == {"Noto Serif SC", "Noto Sans SC"}


def test_text_is_set_in_serif_and_headings_in_sans():
    faces = find_faces()
    assert faces.title[0] == faces.body[0] == "Noto Serif SC"
    assert faces.head[0] == faces.small[0] == "Noto Sans SC"


def test_a_font_says_which_characters_it_holds():
    held = glyphs_of(next(shipped_folder().glob("NotoSerif*")))
    assert {ord(c) for c in "点评①〔〕—“”㐂"} <= held
    assert ord("𠮷") not in held
    assert find_faces().lacking(["点评𠮷", "𠮷\n 😀"]) == ("😀", "𠮷")
