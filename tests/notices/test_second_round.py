"""Adopted beside what stands, a paper may bring a second round: it is told with its number. A deadline moved before its opening
day, or into the past, is told as such. Those under 抄送 stand in the register."""

from datetime import date

import pytest

from dianping.acts.forecasting import forecast
from dianping.duties.models import Duty
from dianping.duties.services import open_duties
from dianping.notices.services import enter_notice
from dianping.programmes.models import Adoption
from dianping.programmes.services import Supersession, adopt_notice
from tests.factories import ACTOR, University
from tests.notices.test_amending import NOTICE, accepted
from tests.notices.test_exact_adoption import DAY, LATER, MOVING
from tests.refused import refused

AGAIN = """中共云岭大学委员会文件
云岭党发〔2011〕9号

关于再次开展领导点评的通知
各党总支、直属党支部：
一、各党支部书记要对本支部每名党员进行点评。
二、从2011年2月20日至{}，普遍开展一次领导点评。
中共云岭大学委员会
2011年2月20日
"""


@pytest.fixture
def standing(university: University) -> Adoption:
    (one,) = adopt_notice(notice=accepted(NOTICE, university), today=DAY, actor=ACTOR)
    open_duties(day=DAY, actor=ACTOR)
    return one.adoption


def test_a_second_round_is_told_with_its_number(university: University, standing: Adoption) -> None:
    members = Duty.objects.filter(target="member", lapsed_on=None).count()
    assert members
    notice = accepted(AGAIN.format("3月20日"), university, LATER)
    seen = forecast(notice=notice, day=LATER, today=LATER, actor=ACTOR)
    assert seen.twice == seen.opened.by_target["member"] == members


def test_a_round_after_the_one_that_stands_is_no_second_one(
    university: University, standing: Adoption
) -> None:
    text = AGAIN.format("3月20日").replace("从2011年2月20日", "从2011年3月10日")
    day = date(2011, 3, 10)
    seen = forecast(notice=accepted(text, university, LATER), day=day, today=day, actor=ACTOR)
    assert seen.opened.opened
    assert seen.twice == 0


def test_what_amends_brings_no_second_one(university: University, standing: Adoption) -> None:
    notice = accepted(AGAIN.format("3月20日"), university, LATER)
    over = Supersession(standing, amends=True)
    assert forecast(notice=notice, day=LATER, today=LATER, actor=ACTOR, over=over).twice == 0


def test_a_deadline_moved_before_its_opening_day_is_said(university: University) -> None:
    coming = NOTICE.replace("从2011年1月10日至2月28日", "从2011年3月10日至4月30日")
    adopt_notice(notice=accepted(coming, university), today=DAY, actor=ACTOR)
    open_duties(day=DAY, actor=ACTOR)
    moved = MOVING.format("一、领导点评的完成时间由4月30日提前至2月25日。")
    notice = accepted(moved, university, LATER)
    (change,) = forecast(notice=notice, day=LATER, today=LATER, actor=ACTOR).changes
    assert change.now == (
        "2011-02-25 至 2011-02-25（原定 2011-03-10 才开始，期限提前到开始之前，起止都改为 2011-02-25；"
        "文件另定了开始的日子的，请更正这一行）"
    )
    adopt_notice(notice=notice, today=LATER, actor=ACTOR)
    open_duties(day=date(2011, 2, 25), actor=ACTOR)
    members = Duty.objects.filter(target="member", lapsed_on=None)
    assert set(members.values_list("opens", "due")) == {(date(2011, 2, 25), date(2011, 2, 25))}


def test_a_deadline_moved_into_the_past_is_refused(university: University, standing: Adoption) -> None:
    text = MOVING.format("一、领导点评的完成时间由2月28日提前至2011年1月25日。")
    with refused("programmes.moved-into-the-past"):
        adopt_notice(notice=accepted(text, university, LATER), today=LATER, actor=ACTOR)


def test_those_under_copies_stand_in_the_register(university: University) -> None:
    text = f"{NOTICE}\n抄送：市委组织部，市教育工委。\n"
    read = enter_notice(text=text, organisation=university.top, today=DAY, actor=ACTOR)
    assert read.copies == "市委组织部、市教育工委"
    typed = enter_notice(
        text=f"{text}\n", organisation=university.top, today=DAY, actor=ACTOR, copies="档案室"
    )
    assert typed.copies == "档案室"
