"""《领导干部点评登记表》 of one person on one sheet: everything of the year, what it lacks, and one A4 page."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from dianping.base.papers.heading import Heading
from dianping.base.papers.layout import fits_one_page, sizes_of
from dianping.common.office.writing_pdf import write_pdf
from dianping.ledgers.rules import OwedOnSheet, ProblemMet, ReviewOnSheet, TargetFacts, target_sheet

DAY = date(2011, 4, 6)


def review(**more: Any) -> ReviewOnSheet:
    said = {
        "on": date(2011, 1, 9),
        "way": "集中点评（定期）　党员",
        "reviewer": "宁守真（文学院教工党支部书记）",
        "occasion": "2011年1月9日支部党员大会",
        "entered": "2011年1月9日，宁守真",
        "met": "2011年第1季度，按时",
        "said": (("评价", "工作踏实。", "尚未写评价"), ("努力方向", "", "尚未写努力方向")),
        "problems_label": "不足",
        "problems": (ProblemMet("联系群众不够", "冉小禾", "2011年3月31日", "2011年3月2日销号，祁文验收"),),
        "basis": "走访两次",
        "answer": "接受（冉小禾）",
        "record": "review:1",
    }
    return ReviewOnSheet(**(said | more))


def facts(*reviews: ReviewOnSheet, **more: Any) -> TargetFacts:
    heading = Heading("文学院教工党支部", "2011年", DAY, "卷")
    return TargetFacts(
        heading, (("姓名", "冉小禾"), ("人员类别", "正式党员"), ("职务", "没有职务")), reviews, **more
    )


def words(sheet: Any) -> str:
    return "\n".join(
        part for row in sheet.rows for cell in row for part in (cell.shown, cell.missing) if part
    )


def test_the_sheet_says_who_said_what_on_which_ground_and_what_became_of_it() -> None:
    text = words(target_sheet(facts(review())))
    for expected in (
        "冉小禾",
        "第 1 次　2011年1月9日　集中点评（定期）",
        "走访两次",
        "接受（冉小禾）",
        "1. 联系群众不够（责任人冉小禾，2011年3月31日前；2011年3月2日销号，祁文验收）",
        "尚未写努力方向",
    ):
        assert expected in text


def test_what_is_owed_and_what_the_viewer_may_not_read_is_said() -> None:
    owed = OwedOnSheet("第1季度", "文学院教工党支部书记宁守真", date(2011, 3, 31), "duty:1")
    sheet = target_sheet(facts(owed=(owed,), whole=False))
    assert "本年度尚无点评记录" in words(sheet)
    assert "尚未点评：第1季度，文学院教工党支部书记宁守真应于2011年3月31日前点评，已逾期 6 日。" in words(
        sheet
    )
    assert "只列打印人有权查阅的部分。" in sheet.notes


def pages(sheet: Any, tmp_path: Any) -> int:
    write_pdf(sheet, tmp_path / "sheet.pdf")
    return len(PdfReader(tmp_path / "sheet.pdf").pages)


@pytest.mark.parametrize(("reviews", "length"), [(1, 20), (1, 900), (4, 60), (4, 180), (6, 90)])
def test_a_year_of_one_person_is_one_page(tmp_path: Any, reviews: int, length: int) -> None:
    text = "在服务群众中还不够主动，" * (length // 12)
    sheet = target_sheet(facts(*[review(said=(("评价", text, ""), ("努力方向", text, "")))] * reviews))
    assert pages(sheet, tmp_path) == 1


@settings(max_examples=12)
@given(st.lists(st.text("甲，。a1（ \n", max_size=700), min_size=1, max_size=5))
def test_whatever_is_reckoned_to_fit_does(tmp_path_factory: Any, texts: list[str]) -> None:
    sheet = target_sheet(facts(*[review(said=(("评价", text, ""),), answer=text) for text in texts]))
    if fits_one_page(sheet):
        assert pages(sheet, tmp_path_factory.mktemp("fit")) == 1


def test_more_than_a_page_holds_goes_on_in_the_smallest_type(tmp_path: Any) -> None:
    sheet = target_sheet(facts(*[review(said=(("评价", "长" * 1500, ""),))] * 6))
    assert not fits_one_page(sheet)
    assert sizes_of(sheet).body == 7.5
    assert pages(sheet, tmp_path) > 1


def test_little_is_set_large() -> None:
    assert sizes_of(target_sheet(facts(review()))).body == 10.5
