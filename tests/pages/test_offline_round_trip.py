"""The offline workbook: handed out, filled in with a spreadsheet program, taken back whole or not at all."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dianping.acts.offline import Intake, take_reviews, write_template
from dianping.duties.models import Duty
from dianping.duties.selectors import duties_owed_by, duty_for
from dianping.duties.selectors.duties import standing_duties
from dianping.programmes.services import enter_criteria
from dianping.rectification.models import Item
from dianping.reviews.models import Occasion, Review
from dianping.reviews.rules.offline import HEADINGS
from dianping.reviews.services import save_draft
from tests.bad_files import REFUSED
from tests.factories import ACTOR, University, secretarys_seat
from tests.reviews.telling import NEW_YEAR, at, duty_about, target_of, words

FILLED = {
    "点评日期": date(2011, 1, 4),
    "方式": "个别",
    "定期或日常": "日常",
    "结合的活动": "谈心谈话",
    "地点": "系办公室",
    "评价": "参加活动认真。",
    "问题1": "联系群众不够",
    "问题1责任人": "本人",
    "问题1期限": date(2011, 2, 28),
    "问题2": "笔记不全",
    "努力方向": "多到一线。",
    "依据": "走访记录",
}


@pytest.fixture
def book(opened: University, tmp_path: Path) -> Path:
    """The workbook of 宁支书's seat: two members to review."""
    path = tmp_path / "离线.xlsx"
    seat = secretarys_seat(opened.letters_staff)
    assert (
        write_template(
            duties=duties_owed_by([seat.pk]), path=path, title="离线登记表", moment=at(NEW_YEAR), actor=ACTOR
        )
        == 2
    )
    return path


def rows_of(path: Path) -> dict[str, int]:
    """Row number by target."""
    sheet = load_workbook(path).worksheets[0]
    at_ = {h: c for c, h in _columns(sheet).items()}
    return {
        str(sheet.cell(r, at_["被点评对象"]).value): r
        for r in range(_header(sheet) + 1, sheet.max_row + 1)
        if sheet.cell(r, at_["被点评对象"]).value
    }


def _header(sheet: Any) -> int:
    return next(r for r in range(1, 20) if "编号" in [c.value for c in sheet[r]])


def _columns(sheet: Any) -> dict[int, str]:
    return {c.column: c.value for c in sheet[_header(sheet)] if c.value in HEADINGS}


def fill(path: Path, target: str | int, **changed: Any) -> Path:
    """Write one row as a person would."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    row = target if isinstance(target, int) else rows_of(path)[target]
    at_ = {h: c for c, h in _columns(sheet).items()}
    for heading, value in (FILLED | changed).items():
        sheet.cell(row, at_[heading]).value = value
    book.save(path)
    return path


def take(path: Path, on: date = NEW_YEAR, *, posts: list[int] | None = None) -> Intake:
    def find(pk: int) -> Duty | None:
        if posts is None:
            return standing_duties().filter(pk=pk).first()
        return duty_for(pk, posts=posts, paths=[]).first()

    return take_reviews(path=path, duties=find, moment=at(on), actor=ACTOR)


def test_a_filled_row_is_a_filed_review_with_everything_written_in_it(book: Path, opened: University) -> None:
    assert take(fill(book, "冉小禾")) == Intake(filed=1)
    review = Review.objects.get(filed=True)
    assert (review.person, review.happened_on, review.mode, review.regular) == (
        opened.people["冉小禾"],
        date(2011, 1, 4),
        "individual",
        False,
    )
    assert (review.evaluation, review.direction, review.evidence) == (
        "参加活动认真。",
        "多到一线。",
        "走访记录",
    )
    assert review.reviewer == opened.people["宁守真"]
    assert review.occasion is not None
    assert (review.occasion.kind, review.occasion.place) == ("谈心谈话", "系办公室")
    assert [(p.text, p.owner, p.due) for p in review.problems.all()] == [
        ("联系群众不够", "本人", date(2011, 2, 28)),
        ("笔记不全", "", None),
    ]
    assert Item.objects.count() == 2
    assert Duty.objects.get(target="member", person=review.person).on_time


def test_a_row_nobody_filled_is_passed_over(book: Path) -> None:
    assert take(book).problems[0].code == "reviews.sheet-empty"
    assert take(fill(book, "冉小禾")).filed == 1
    assert Review.objects.count() == 1


def test_a_workbook_without_a_filled_row_is_told(book: Path) -> None:
    assert take(book).filed == 0
    assert not Review.objects.exists()


def test_the_same_workbook_twice_files_nothing_more(book: Path) -> None:
    fill(book, "冉小禾")
    take(book)
    assert take(book) == Intake(filed=0)
    assert Review.objects.count() == 1


def test_a_workbook_whose_rows_came_too_late_to_count_is_filed_once_too(book: Path) -> None:
    """Happened 40 days before: kept, 不计入, the duty stays open; taken again it must not be kept twice."""
    fill(book, "冉小禾", 点评日期=date(2010, 12, 20), 补录原因="一直没有网络")
    entered = date(2010, 12, 20) + timedelta(days=40)
    assert take(book, entered).filed == 1
    assert Review.objects.get().counts == "不计入"
    take(book, entered)
    assert Review.objects.count() == 1, "the same workbook made a second review"


def test_every_fault_is_told_at_once_and_nothing_is_filed(book: Path) -> None:
    fill(book, "冉小禾", 点评日期="二月三十日", 方式="电话", 评价="")
    fill(book, "祁文", 点评日期=date(2011, 1, 20))
    taken = take(book)
    assert taken.filed == 0
    assert not Review.objects.exists()
    assert not Item.objects.exists()
    assert not Occasion.objects.exists()
    assert [p.code for p in taken.problems] == [
        "dates.not-a-date",
        "reviews.mode-unknown",
        "reviews.day-in-future",
    ]
    assert {p.row for p in taken.problems} == set(rows_of(book).values())


def test_a_good_row_beside_a_bad_one_is_not_filed(book: Path) -> None:
    fill(book, "冉小禾")
    fill(book, "祁文", 努力方向="")
    taken = take(book)
    assert (taken.filed, len(taken.problems)) == (0, 1)
    assert taken.problems[0].code == "reviews.parts-missing"
    assert "努力方向" in str(taken.problems[0])
    assert taken.problems[0].row == rows_of(book)["祁文"]
    assert not Review.objects.exists()


def test_a_refused_row_does_not_speak_of_a_saved_draft(book: Path) -> None:
    taken = take(fill(book, "冉小禾", 努力方向=""))
    assert "草稿已保存" not in str(taken.problems[0])


def set_number(path: Path, target: str, number: object, name: str | None = None) -> Path:
    book = load_workbook(path)
    sheet = book.worksheets[0]
    row = rows_of(path)[target]
    at_ = {h: c for c, h in _columns(sheet).items()}
    sheet.cell(row, at_["编号"]).value = number
    if name:
        sheet.cell(row, at_["被点评对象"]).value = name
    book.save(path)
    return path


def test_a_foreign_number_is_refused(book: Path, opened: University) -> None:
    foreign = duty_about(opened.sciences_staff, "member", person=opened.people["任远之"])
    fill(book, "冉小禾")
    set_number(book, "冉小禾", foreign.pk, "任远之")
    taken = take(book, posts=[secretarys_seat(opened.letters_staff).pk])
    assert taken.problems[0].code == "reviews.duty-not-yours"
    assert not Review.objects.exists()


def test_a_number_and_a_name_that_do_not_belong_together_are_refused(book: Path, opened: University) -> None:
    other = duty_about(opened.letters_staff, "member", person=opened.people["祁文"])
    fill(book, "冉小禾")
    set_number(book, "冉小禾", other.pk)
    assert take(book).problems[0].code == "reviews.row-shifted"


@pytest.mark.parametrize("kind", ["paper", "report"])
def test_the_number_of_what_is_no_review_is_refused(book: Path, opened: University, kind: str) -> None:
    from tests.reviews.telling import OTHER, item_of, take_step, tell

    if kind == "report":
        found = take_step(
            item_of(tell(duty_about(opened.letters_staff, "branch"))), "unresolved", actor=OTHER
        ).report
    else:
        found = Duty.objects.filter(kind="paper", organisation=opened.letters).first()
    assert found is not None
    fill(book, "冉小禾")
    set_number(book, "冉小禾", found.pk, found.organisation.name)
    before = Review.objects.count()
    taken = take(book)
    assert taken.problems
    assert Review.objects.count() == before


@pytest.mark.parametrize("number", ["", "abc", "²", "１２", 10**30, -1, "1;DROP TABLE", 3.7, True, "=1+1"])
def test_a_number_that_is_none_is_told_in_words(book: Path, number: object) -> None:
    fill(book, "冉小禾")
    set_number(book, "冉小禾", number)
    taken = take(book)
    assert taken.problems
    assert not Review.objects.exists()


def test_one_number_filled_twice_is_told_and_not_half_lost(book: Path, opened: University) -> None:
    """Two rows for one duty in one workbook: the second one's words must not vanish without a word."""
    rows = rows_of(book)
    fill(book, "冉小禾", 评价="第一份")
    duty = duty_about(opened.letters_staff, "member", person=opened.people["冉小禾"])
    fill(book, "祁文", 评价="第二份")
    set_number(book, "祁文", duty.pk, "冉小禾")
    taken = take(book)
    kept = set(Review.objects.values_list("evaluation", flat=True))
    assert len(rows) == 2
    assert taken.problems or kept == {"第一份", "第二份"}


def test_a_draft_written_online_is_not_overwritten_unseen(book: Path, opened: University) -> None:
    """The words of a draft on the site must not be lost to a workbook without anybody being told."""
    duty = duty_about(opened.letters_staff, "member", person=opened.people["冉小禾"])
    save_draft(
        **target_of(duty, on=NEW_YEAR), said=words(evaluation="网上写了半天的"), version=0, actor=ACTOR
    )
    taken = take(fill(book, "冉小禾", 评价="表里写的"))
    assert taken.problems or Review.objects.filter(evaluation="网上写了半天的").exists()


@pytest.mark.parametrize(("column", "value"), [("结合的活动", "联欢会"), ("定期或日常", "偶尔")])
def test_a_word_that_is_none_of_the_list_is_told_and_not_dropped(book: Path, column: str, value: str) -> None:
    taken = take(fill(book, "冉小禾", **{column: value}))
    assert [p for p in taken.problems if p.column == column]


def test_a_row_with_only_a_ground_or_a_late_reason_is_told(book: Path) -> None:
    """Something was written in it, so it is either filed or refused; in = accepted + rejected + blank."""
    empty = dict.fromkeys(FILLED)
    fill(book, "祁文")
    taken = take(fill(book, "冉小禾", **empty | {"依据": "走访记录"}))
    assert [p for p in taken.problems if p.row == rows_of(book)["冉小禾"]]


def test_more_than_one_line_in_a_cell_stays_more_than_one_line(book: Path) -> None:
    take(fill(book, "冉小禾", 评价="第一点。\n第二点。"))
    assert Review.objects.get().evaluation == "第一点。\n第二点。"


def test_moved_columns_and_added_ones_are_read_by_their_headings(book: Path) -> None:
    fill(book, "冉小禾")
    opened_book = load_workbook(book)
    sheet = opened_book.worksheets[0]
    sheet.insert_cols(1)
    opened_book.save(book)
    assert take(book).filed == 1


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_hostile_file_ends_in_a_sentence_and_files_nothing(
    opened: University, tmp_path: Path, name: str
) -> None:
    maker, code = REFUSED[name]
    path = tmp_path / "bad.xlsx"
    path.write_bytes(maker())
    taken = take(path)
    assert taken.filed == 0
    assert [problem.code for problem in taken.problems] == [code]
    assert str(taken.problems[0]).strip()


def test_a_formula_is_filed_as_the_text_it_shows_or_told(book: Path) -> None:
    taken = take(fill(book, "冉小禾", 评价='=HYPERLINK("http://x","评价")'))
    if not taken.problems:
        assert not Review.objects.get().evaluation.startswith("=")


def test_the_workbook_prints_the_criteria_of_those_in_it_and_is_taken_back_all_the_same(
    opened: University, tmp_path: Path
) -> None:
    for about, items in (("member", ["带头学习提高"]), ("organisation", ["领导班子好"])):
        enter_criteria(
            organisation=opened.top,
            name="标准",
            about=about,
            items=items,
            source="某文件",
            today=NEW_YEAR,
            actor=ACTOR,
        )
    path, seat = tmp_path / "离线.xlsx", secretarys_seat(opened.letters_staff)
    write_template(
        duties=duties_owed_by([seat.pk]), path=path, title="离线登记表", moment=at(NEW_YEAR), actor=ACTOR
    )
    printed = str(load_workbook(path).worksheets[0].cell(2, 1).value)
    assert "带头学习提高" in printed
    assert "不打分" in printed
    assert "领导班子好" not in printed, "no organisation is among them"
    fill(path, "冉小禾")
    assert take(path).filed == 1
