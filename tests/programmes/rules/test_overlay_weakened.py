"""An overlay that relaxes its superior's rule is refused, with both clauses side by side."""

from datetime import date

import pytest

from dianping.programmes.rules import Weakened, lay_over
from tests.programmes.rules.papers import ALL, PROVINCE, ROUND, SCHOOL, STRICTER, cadence_rule, named, overlay


def refused(body, base=PROVINCE, **head):
    with pytest.raises(Weakened) as no:
        lay_over(base, overlay(body, **head))
    sentence = str(no.value)
    assert "本级只能加严或补充，不能放宽" in sentence
    assert "〔豫创组办发〔2010〕26号 " in sentence
    assert "〔云岭创组〔2011〕2号 " in sentence
    assert no.value.pairs
    return sentence


def test_a_later_date_is_refused():
    sentence = refused(STRICTER.format(about='"unit"', due="2011-02-20"))
    assert "由 2011-02-02 放宽到 2011-02-20" in sentence


def test_a_round_with_a_later_end_is_refused():
    assert "2011-02-02 被放宽" in refused(ROUND.format(due="2011-02-20", about=named(ALL)))


def test_a_round_turned_into_a_cadence_is_refused():
    assert "2011-02-02 被放宽" in refused(cadence_rule(1, code="round", about=ALL))


@pytest.mark.parametrize(("months", "times"), [(6, 1), (4, 1), (12, 3)])
def test_fewer_times_are_refused(months, times):
    assert "每 3 个月 1 次被放宽" in refused(cadence_rule(months, times))


@pytest.mark.parametrize(("months", "times"), [(6, 2), (12, 4), (12, 11), (4, 2)])
def test_as_many_times_in_a_longer_stretch_are_fewer_since_they_may_fall_together(months, times):
    assert "被放宽" in refused(cadence_rule(months, times))


@pytest.mark.parametrize(("months", "times"), [(3, 1), (3, 2), (1, 1), (2, 1)])
def test_as_many_times_or_more_in_as_short_a_stretch_are_accepted(months, times):
    lay_over(PROVINCE, overlay(cadence_rule(months, times)))


def test_fewer_targets_are_refused():
    fewer = [code for code in ALL if code not in ("member", "branch")]
    assert "少了对象：branch、member" in refused(ROUND.format(due="2011-02-02", about=named(fewer)))


def test_fewer_kinds_of_organisation_are_refused():
    assert "少了组织类别" in refused(cadence_rule(3, kinds=["党支部"]))


def test_a_responsibility_over_fewer_kinds_is_refused():
    refused("""
[[responsibility]]
code = "member"
about = "member"
kinds = ["党支部"]
reviewers = ["own_secretary"]
target = "member"
clause = "6"
says = "只点评党支部的党员"
""")


def test_a_responsibility_turned_to_another_target_is_refused():
    refused("""
[[responsibility]]
code = "member"
about = "organisation"
kinds = ["党支部", "直属党支部", "联合党支部", "临时党支部"]
reviewers = ["superior_secretary"]
target = "branch"
clause = "6"
says = "以点评支部代替点评党员"
""")


def test_fewer_parts_are_refused():
    sentence = refused("""
[[template]]
about = "member"
clause = "7"
says = "只写评价"
part = [{ key = "evaluation", name = "评价" }, { key = "problems", name = "存在不足", required = false }]
""")
    assert "少了必填的“存在不足、努力方向”" in sentence


@pytest.mark.parametrize(
    "limits", ["on_time_days = 10", "latest_days = 60", "on_time_days = 7\nlatest_days = 31"]
)
def test_longer_entry_limits_are_refused(limits):
    refused(f"[entry]\n{limits}\n")


def test_shorter_entry_limits_are_accepted():
    assert (
        lay_over(PROVINCE, overlay("[entry]\non_time_days = 3\nlatest_days = 10\n")).entry.latest_days == 10
    )


GROUNDS = """
[grounds]
about = [{about}]
months = {months}
clause = "9"
says = "本级对依据的要求"
"""


@pytest.mark.parametrize(("about", "months"), [('"organisation"', 6), ('"organisation", "secretary"', 12)])
def test_fewer_reviews_with_grounds_or_older_grounds_are_refused(about, months):
    refused(GROUNDS.format(about=about, months=months))


def test_more_reviews_with_grounds_and_newer_ones_are_accepted():
    about = '"organisation", "secretary", "member"'
    grounds = lay_over(PROVINCE, overlay(GROUNDS.format(about=about, months=3))).grounds
    assert grounds.named == ["党组织", "书记", "党员"]
    assert (grounds.months, grounds.cited.clause) == (3, "9")


DELIVERABLE = """
[[deliverable]]
code = "work_report"
name = "点评工作开展情况报告"
kinds = ["二级党委", "党总支", "直属党支部"]
to = "校创先争优活动领导小组办公室"
opens = 2010-12-31
due = {due}
clause = "3"
says = "本级的期限"
"""


def test_a_paper_owed_later_than_the_superior_asks_is_refused():
    with pytest.raises(Weakened):
        lay_over(SCHOOL, overlay(DELIVERABLE.format(due="2011-01-20")))


def test_a_paper_owed_earlier_than_the_superior_asks_is_owed_once():
    nearer = lay_over(SCHOOL, overlay(DELIVERABLE.format(due="2011-01-08")))
    assert [d.window.due for d in nearer.deliverables if d.code == "work_report"] == [date(2011, 1, 8)]


def test_every_weakening_is_told_at_once():
    sentence = refused(
        STRICTER.format(about='"unit"', due="2011-02-20") + cadence_rule(6) + "[entry]\nlatest_days = 60\n"
    )
    assert "放宽到 2011-02-20" in sentence
    assert "每 3 个月 1 次被放宽" in sentence
    assert "登记时限" in sentence
