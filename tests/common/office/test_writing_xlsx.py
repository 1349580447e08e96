"""Sheets as a workbook."""

from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import openpyxl
import pytest

from dianping.base.papers.table import Cell, Column, Sheet
from dianping.common.office.writing_xlsx import write_xlsx
from dianping.ledgers.rules import OpinionFacts, ReviewFacts, opinion_form, review_register, statistics_return
from tests.ledgers.rules.examples import HEADING, MEMBER_REVIEW, REVIEWS, STATISTICS

COMMANDS = (
    "1+1",
    "SUM(A1:A9)",
    "cmd|' /C calc'!A0",
    'HYPERLINK("https://example.invalid","点我")',
    "WEBSERVICE(A1)",
)
PAYLOADS = [mark + command for mark in ("=", "+", "-", "@", "＝", "＋", "－", "＠") for command in COMMANDS]


def sheet_of(*texts, title="试表"):
    rows = [(Cell(text),) for text in texts]
    return Sheet("k", title, "示范大学党委", "2011年", date(2011, 4, 6), (), (Column("甲", 10),), rows)


def read(path):
    return openpyxl.load_workbook(path)


def texts(page):
    return [cell.value for line in page.iter_rows() for cell in line if cell.value is not None]


def test_forty_formula_payloads_stay_text(tmp_path):
    assert len(PAYLOADS) == 40
    write_xlsx([sheet_of(*PAYLOADS)], tmp_path / "a.xlsx")
    cells = [cell for line in read(tmp_path / "a.xlsx").active.iter_rows() for cell in line]
    found = {cell.value: cell for cell in cells if cell.value in PAYLOADS}
    assert sorted(found) == sorted(PAYLOADS)
    assert {cell.data_type for cell in found.values()} == {"s"}
    assert all(cell.quotePrefix for cell in found.values())
    assert not any(cell.hyperlink for cell in cells)
    with ZipFile(tmp_path / "a.xlsx") as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


@pytest.mark.parametrize("payload", ["=1+1", "＝1+1", " =1+1", "\t=1+1"])
def test_a_payload_in_a_heading_or_a_name_stays_text_too(tmp_path, payload):
    sheet = replace(
        sheet_of("文"),
        title=payload,
        organisation=payload,
        head=((payload, payload),),
        notes=(payload,),
        signatures=((payload, payload),),
        basis=payload,
        columns=(Column(payload, 10),),
    )
    write_xlsx([sheet], tmp_path / "a.xlsx")
    cells = [cell for line in read(tmp_path / "a.xlsx").active.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}


def test_every_page_is_a4_one_page_wide_with_its_header_kept(tmp_path):
    write_xlsx([review_register(REVIEWS), statistics_return(STATISTICS)], tmp_path / "a.xlsx")
    register, statistics = read(tmp_path / "a.xlsx").worksheets
    for page, orientation, header in ((register, "landscape", "$4:$5"), (statistics, "portrait", "$3:$4")):
        assert str(page.page_setup.paperSize) == "9"
        assert page.page_setup.orientation == orientation
        assert page.page_setup.fitToWidth in (None, 1)  # left out where it is the default
        assert page.page_setup.fitToHeight == 0
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.print_title_rows == header
        assert page.freeze_panes == f"A{int(header.rsplit('$', 1)[1]) + 1}"


def test_figures_are_numbers_and_shares_are_percentages(tmp_path):
    write_xlsx([statistics_return(STATISTICS)], tmp_path / "a.xlsx")
    lines = {str(line[0].value).strip("　"): line for line in read(tmp_path / "a.xlsx").active.iter_rows()}
    assert [cell.value for cell in lines["点评人次"][2:9]] == [0, 24, 203, 20, 188, 3560, 3995]
    share = lines["占应点评"][4]
    assert (share.value, share.number_format) == (0.959, "0.0%")


def test_a_missing_act_is_hatched_and_said(tmp_path):
    write_xlsx([opinion_form(OpinionFacts(HEADING))], tmp_path / "a.xlsx")
    page = read(tmp_path / "a.xlsx").active
    (cell,) = [
        c for line in page.iter_rows() for c in line if str(c.value).startswith("本期尚无征求意见的记录")
    ]
    assert cell.fill.patternType == "lightUp"
    assert any(cell.coordinate in area for area in page.merged_cells.ranges)


def test_what_is_there_and_what_is_missing_stand_in_one_cell(tmp_path):
    write_xlsx([review_register(REVIEWS)], tmp_path / "a.xlsx")
    assert "补录\n尚未写明补录原因" in texts(read(tmp_path / "a.xlsx").active)


def test_one_workbook_holds_every_sheet_under_a_lawful_name(tmp_path):
    titles = ["一/二:三*四?", "表", "表", "长" * 40]
    write_xlsx([sheet_of("文", title=title) for title in titles], tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").sheetnames == ["一 二 三 四", "表", "表（2）", "长" * 31]


def test_a_text_longer_than_a_cell_says_that_it_was_cut(tmp_path):
    write_xlsx([sheet_of("长" * 40_000)], tmp_path / "a.xlsx")
    longest = max(texts(read(tmp_path / "a.xlsx").active), key=len)
    assert len(longest) == 32_767
    assert longest.endswith("（本格未完，全文见 Word 或 PDF）")


def test_characters_no_format_carries_are_left_out(tmp_path):
    write_xlsx([sheet_of("前\x00\x0b后𠮷", "_x000D_")], tmp_path / "a.xlsx")
    assert {"前后𠮷", "_x000D_"} <= set(texts(read(tmp_path / "a.xlsx").active))


def test_the_same_sheets_give_the_same_bytes_dated_as_they_were_filled(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_xlsx([review_register(ReviewFacts(HEADING, (MEMBER_REVIEW,)))], tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with ZipFile(tmp_path / "a.xlsx") as parts:
        assert {entry.date_time[0] for entry in parts.infolist()} == {1980}  # never the day of writing
    properties = read(tmp_path / "a.xlsx").properties
    assert properties.created.date() == properties.modified.date() == HEADING.filled_on


def test_no_sheets_at_all_are_refused_in_words(tmp_path):
    with pytest.raises(ValueError, match="至少要有一张表"):
        write_xlsx([], tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()
