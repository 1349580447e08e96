"""A sheet as a Word document."""

from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Twips

from dianping.common.office.writing_docx import write_docx
from dianping.ledgers.rules import OpinionFacts, ReviewFacts, opinion_form, review_register, statistics_return
from tests.ledgers.rules.examples import BRANCH_REVIEW, HEADING, MEMBER_REVIEW, PARTS, REVIEWS, STATISTICS


def written(sheet, tmp_path):
    path = tmp_path / "a.docx"
    write_docx(sheet, path)
    return docx.Document(str(path))


def rows_of(document):
    return document.tables[0]._tbl.tr_lst


def texts_of(row):
    return ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.tc_lst]


@pytest.mark.parametrize(
    ("sheet", "size"), [(review_register(REVIEWS), (297, 210)), (statistics_return(STATISTICS), (210, 297))]
)
def test_the_page_is_a4_as_the_form_lies_and_the_table_fits_it(tmp_path, sheet, size):
    document = written(sheet, tmp_path)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == size
    room = (section.page_width - section.left_margin - section.right_margin) / Twips(1)
    grid = [int(column.get(qn("w:w"))) for column in document.tables[0]._tbl.tblGrid]
    assert sum(grid) == pytest.approx(room, abs=len(grid))


def test_title_unit_period_and_day_stand_above_the_table(tmp_path):
    said = [paragraph.text for paragraph in written(review_register(REVIEWS), tmp_path).paragraphs]
    assert said[0] == "领导干部点评登记表"
    assert said[1] == "填报单位（盖章）：示范大学党委\t所属期：2011年第一季度\t填报日期：2011年4月6日"
    assert said[-1] == "依据：豫创组办发〔2010〕26号 四.3"


def test_header_lines_repeat_and_only_tall_rows_may_break(tmp_path):
    tall = replace(BRANCH_REVIEW, said={**BRANCH_REVIEW.said, "evaluation": "说得很长。" * 300})
    rows = rows_of(
        written(review_register(ReviewFacts(HEADING, (MEMBER_REVIEW, tall), parts=PARTS)), tmp_path)
    )
    repeated = [row.find(".//" + qn("w:tblHeader")) is not None for row in rows]
    kept = [row.find(".//" + qn("w:cantSplit")) is not None for row in rows]
    assert repeated == [True, True, False, False]
    assert kept == [True, True, True, False]


def test_every_cell_is_written_as_the_sheet_has_it(tmp_path):
    sheet = review_register(REVIEWS)
    for row, cells in zip(rows_of(written(sheet, tmp_path))[2:], sheet.rows, strict=True):
        assert texts_of(row) == [(cell.shown + cell.missing).replace("\n", "") for cell in cells]


def test_a_missing_act_is_hatched_across_its_columns(tmp_path):
    document = written(opinion_form(OpinionFacts(HEADING)), tmp_path)
    (cell,) = rows_of(document)[2].tc_lst
    assert cell.tcPr.find(qn("w:shd")).get(qn("w:val")) == "thinDiagStripe"
    assert cell.grid_span == 8


def test_chinese_faces_are_named(tmp_path):
    document = written(review_register(REVIEWS), tmp_path)
    faces = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("表题", "表内", "表头", "缺项")
    }
    assert faces == {"表题": "宋体", "表内": "仿宋", "表头": "黑体", "缺项": "黑体"}


def test_pages_are_numbered(tmp_path):
    section = written(review_register(REVIEWS), tmp_path).sections[0]
    for footer in (section.first_page_footer, section.footer, section.even_page_footer):
        fields = [f.get(qn("w:instr")) for f in footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]
    assert section.header.paragraphs[0].text.startswith("领导干部点评登记表（续）")


def test_markup_in_a_text_stays_text(tmp_path):
    hostile = '</w:t></w:r><w:altChunk/> &amp; <b>"粗"</b> \x00\x0b𠮷'
    sheet = review_register(ReviewFacts(HEADING, (replace(MEMBER_REVIEW, target=hostile),), parts=PARTS))
    document = written(sheet, tmp_path)
    assert texts_of(rows_of(document)[2])[1] == hostile.replace("\x00\x0b", "")
    assert document.element.find(".//" + qn("w:altChunk")) is None


def test_the_same_sheet_gives_the_same_bytes_dated_as_it_was_filled(tmp_path):
    sheet = review_register(REVIEWS)
    for name in ("a.docx", "b.docx"):
        write_docx(sheet, tmp_path / name)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    with ZipFile(tmp_path / "a.docx") as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = docx.Document(str(tmp_path / "a.docx")).core_properties
    assert properties.created.date() == properties.modified.date() == date(2011, 4, 6)
    assert (properties.last_modified_by, properties.comments) == ("", "")


def test_a_long_register_keeps_every_row(tmp_path):
    sheet = review_register(ReviewFacts(HEADING, (MEMBER_REVIEW,) * 600))
    assert len(rows_of(written(sheet, tmp_path))) == 602
