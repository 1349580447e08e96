"""The registers row by row, what their empty cells say, and the two forms that have nothing yet."""

from dataclasses import replace
from datetime import date

import pytest

from dianping.base.windows import parse_period
from dianping.duties.models import Duty
from dianping.ledgers.selectors import FORMS, draw, row_counts
from dianping.ledgers.selectors.registers import rectification_facts, review_facts
from dianping.ledgers.selectors.scope import LedgerScope
from dianping.rectification.services import file_report
from dianping.reviews.services import ProblemInput, answer_review
from tests.factories import ACTOR, University, open_on
from tests.reviews.telling import NEW_YEAR, OTHER, at, duty_about, item_of, take_step, tell

WINTER = parse_period("2010-12-15..2011-02-02")
Q1 = parse_period("2011Q1")


def scope(place: University, day: date = date(2011, 1, 10), **where: object) -> LedgerScope:
    return LedgerScope(getattr(place, str(where.get("at", "letters_staff"))), WINTER, day)


def test_the_register_holds_each_review_and_then_each_duty_not_done(opened: University) -> None:
    ran = opened.people["冉小禾"]
    review = tell(duty_about(opened.letters_staff, "member", person=ran), evidence="走访两次", hour=16)
    answer_review(review=review, text="接受", on_behalf=False, moment=at(NEW_YEAR), actor=ACTOR)
    facts = review_facts(scope(opened))
    (entry,) = facts.reviews
    assert (entry.target, entry.kind, entry.reviewer) == ("冉小禾\n文学院教工党支部", "党员", "宁守真")
    assert (entry.reviewed_on, entry.mode, entry.regularity) == (NEW_YEAR, "集中", "定期")
    assert (entry.problems, entry.ground, entry.response) == (("联系群众不够",), "走访两次", "接受")
    assert entry.record == f"review:{review.pk}"
    owed = {(row.target, row.kind, row.reviewer) for row in facts.owed}
    assert owed == {
        ("祁文\n文学院教工党支部", "党员", "宁守真"),
        ("文学院教工党支部", "党组织", "祁文"),
        ("文学院教工党支部", "联系点", "甘远山"),
        ("宁守真\n文学院教工党支部", "书记", "祁文"),
    }
    assert row_counts("reviews", scope(opened)) == 5


@pytest.mark.parametrize(("hour", "minute"), [(0, 5), (7, 30), (7, 59), (8, 0), (23, 59)])
def test_the_day_of_entry_is_the_day_in_shanghai(opened: University, hour: int, minute: int) -> None:
    """Entered before eight in the morning it is still that day, not the day before (UTC)."""
    from dianping.acts.filing import file_and_follow
    from tests.reviews.telling import target_of, words

    duty = duty_about(opened.letters_staff, "branch")
    file_and_follow(
        **target_of(duty, on=NEW_YEAR),
        said=words("organisation"),
        version=0,
        moment=at(NEW_YEAR, hour, minute),
        actor=ACTOR,
    )
    (entry,) = review_facts(scope(opened)).reviews
    assert entry.entered_on == NEW_YEAR


def test_a_review_entered_after_the_day_of_drawing_is_still_owed_in_it(opened: University) -> None:
    """As of a day a target is either reviewed or owed; it cannot fall out of the register."""
    tell(duty_about(opened.letters_staff, "branch"), on=NEW_YEAR)
    facts = review_facts(scope(opened, day=date(2011, 1, 4)))
    assert not facts.reviews
    assert "文学院教工党支部" in {row.target for row in facts.owed}


def test_a_late_entry_stands_as_such_with_its_reason(opened: University) -> None:
    tell(
        duty_about(opened.letters_staff, "branch"),
        on=date(2010, 12, 20),
        entered=NEW_YEAR,
        late_reason="会后补",
    )
    sheet, _ = draw("reviews", scope(opened))
    assert sheet.rows[0][-1].text == "补录：会后补"


def test_an_extra_review_entered_late_is_not_printed_as_on_time(opened: University) -> None:
    """A review that met no duty and was written down three weeks later is not 按时."""
    duty = duty_about(opened.letters_staff, "branch")
    tell(duty, on=date(2010, 12, 20), entered=date(2010, 12, 21))
    tell(duty, on=date(2010, 12, 22), entered=date(2011, 1, 10), late_reason="漏登")
    late = [e for e in review_facts(scope(opened)).reviews if e.reviewed_on == date(2010, 12, 22)]
    assert late[0].late


def test_every_empty_cell_names_the_act_that_is_missing(opened: University) -> None:
    tell(duty_about(opened.letters_staff, "branch"), evidence="")
    tell(duty_about(opened.letters_staff, "member", person=opened.people["冉小禾"]))
    sheet, _ = draw("reviews", scope(opened))
    missing = [cell.missing for row in sheet.rows[:2] for cell in row if cell.missing]
    assert "尚未反馈本人并登记其意见" in missing
    assert any("依据" in m for m in missing)
    owed = [cell.missing for row in sheet.rows[2:] for cell in row if cell.missing]
    assert all("尚未点评" in m for m in owed)
    assert len(owed) == 3


def test_the_reviewer_of_a_vacant_seat_is_told_as_missing(adopted: University) -> None:
    from tests.factories import vacate

    vacate(adopted.letters_staff, date(2010, 12, 1))
    open_on()
    sheet, _ = draw("reviews", scope(adopted))
    assert "尚无点评人：该职务空缺" in {c.missing for row in sheet.rows for c in row} or all(
        "书记" in c.text for row in sheet.rows for c in row[3:4] if c.text
    )


def test_a_member_without_achievements_has_no_missing_cell_for_them(opened: University) -> None:
    tell(duty_about(opened.letters_staff, "member", person=opened.people["冉小禾"]))
    sheet, _ = draw("reviews", scope(opened))
    assert "尚未写成绩" not in {cell.missing for cell in sheet.rows[0]}


def test_the_log_tells_a_problem_from_its_source_to_its_report(opened: University) -> None:
    review = tell(duty_about(opened.letters_staff, "branch"), problems=(ProblemInput("学习不经常"),))
    item = take_step(item_of(review), "plan", owner_name="冉小禾", measure="每周一学")
    item = take_step(item, "unresolved", text="没有做", actor=OTHER)
    (row,) = rectification_facts(scope(opened)).items
    assert row.source == "2011-01-05 祁文点评文学院教工党支部"
    assert (row.problem, row.measures, row.responsible_person) == ("学习不经常", ("每周一学",), "冉小禾")
    assert [p.text for p in row.progress] == ["看过记录，情况属实。", "没有做"] or len(row.progress) == 2
    assert row.report is not None
    assert (row.report.due, row.report.filed_on) == (item.report.due if item.report else None, None)
    assert item.report is not None
    file_report(
        duty=item.report, text="没有解决的原因是人手不足，三月底前补齐。", moment=at(NEW_YEAR), actor=ACTOR
    )
    (row,) = rectification_facts(scope(opened)).items
    assert row.report is not None
    assert row.report.filed_on == NEW_YEAR


def test_a_problem_carried_into_a_period_stands_in_its_log_and_one_closed_before_does_not(
    opened: University,
) -> None:
    open_on(NEW_YEAR)
    old = item_of(
        tell(duty_about(opened.letters_staff, "branch"), on=date(2010, 12, 20), entered=date(2010, 12, 21))
    )
    gone = item_of(
        tell(
            duty_about(opened.letters_staff, "branch_secretary"),
            on=date(2010, 12, 20),
            entered=date(2010, 12, 21),
        )
    )
    for step in ("plan", "request", "close"):
        take_step(gone, step, on=date(2010, 12, 28), actor=OTHER if step == "close" else ACTOR)
    facts = rectification_facts(LedgerScope(opened.letters_staff, Q1, date(2011, 1, 10)))
    assert [row.record for row in facts.items] == [f"item:{old.pk}"]


def test_opinions_and_appraisals_say_that_they_have_not_been_held(opened: University) -> None:
    for form in ("opinions", "appraisal"):
        sheet, _ = draw(form, scope(opened))
        said = " ".join(f"{c.text}{c.missing}" for row in sheet.rows for c in row)
        assert "尚" in said, form
        assert not [
            c for row in sheet.rows for c in row if isinstance(c.number, int) and c.number > 0 and c.missing
        ]


def test_the_five_forms_are_those_of_the_notice() -> None:
    assert [title for _, title in FORMS] == [
        "党内外群众征求意见表",
        "群众民主评议表",
        "领导干部点评登记表",
        "领导点评重点问题跟踪整改落实记录表",
        "领导点评工作情况统计表",
    ]


def test_pages_of_a_register_together_are_the_register(opened: University) -> None:
    tell(duty_about(opened.letters_staff, "branch"))
    whole = review_facts(scope(opened, at="top"))
    rows = [*whole.reviews, *whole.owed]
    assert len(rows) == row_counts("reviews", scope(opened, at="top"))
    for size in (1, 3, 7):
        cut = []
        for first in range(0, len(rows) + size, size):
            page = review_facts(scope(opened, at="top"), at=slice(first, first + size))
            cut.extend([*page.reviews, *page.owed])
        assert cut == rows


def test_what_lapsed_is_not_owed(opened: University) -> None:
    Duty.objects.filter(organisation=opened.letters_staff, target="branch").update(lapsed_on=NEW_YEAR)
    owed = {(row.target, row.kind) for row in review_facts(scope(opened)).owed}
    assert ("文学院教工党支部", "党组织") not in owed
    assert ("文学院教工党支部", "联系点") in owed


def test_a_register_of_a_choice_holds_the_choice_and_says_so(opened: University) -> None:
    tell(duty_about(opened.letters_staff, "branch"), on=NEW_YEAR)
    whole = scope(opened, at="letters")
    sheet, facts = draw("reviews", whole)
    assert facts.owed
    assert not [note for note in sheet.notes if "选出的一部分" in note]
    done, kept = draw("reviews", replace(whole, done=True))
    assert kept.reviews == facts.reviews
    assert not kept.owed
    assert done.notes[0] == "本表是选出的一部分：只列已办的。"
    assert row_counts("reviews", replace(whole, done=True)) == len(kept.reviews) == 1
    alone, own = draw("reviews", replace(whole, alone=True))
    assert not own.reviews
    assert {row.target for row in own.owed} < {row.target for row in facts.owed}
    assert alone.notes[0] == "本表是选出的一部分：不含下级。"
    assert row_counts("reviews", replace(whole, alone=True)) == len(own.owed)


def test_a_log_of_what_is_done_holds_what_is_closed(opened: University) -> None:
    review = tell(
        duty_about(opened.letters_staff, "branch"), problems=(ProblemInput("甲"), ProblemInput("乙"))
    )
    take_step(item_of(review), "plan", measure="走访", due=date(2011, 1, 31))
    take_step(item_of(review), "request", text="办好了", evidence="记录")
    take_step(item_of(review), "close", text="看过", actor=OTHER)
    whole = scope(opened)
    assert row_counts("rectification", whole) == 2
    (row,) = rectification_facts(replace(whole, done=True)).items
    assert row.problem == "甲"
    assert row_counts("rectification", replace(whole, done=True)) == 1
    assert not rectification_facts(replace(scope(opened, at="letters"), alone=True)).items


def test_a_choice_is_not_offered_where_the_form_is_no_register(opened: University) -> None:
    chosen = replace(scope(opened), done=True)
    assert not [note for note in draw("statistics", chosen)[0].notes if "选出" in note]
