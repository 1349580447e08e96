"""A later notice that changes some clauses: what it does not name stays, the older words answer for their own days."""

from datetime import date

import pytest

from dianping.acts.forecasting import forecast
from dianping.common.models import AuditEntry
from dianping.duties.models import Duty
from dianping.duties.services import open_duties
from dianping.notices.models import Notice
from dianping.notices.services import accept_rest, enter_notice
from dianping.programmes.models import Adoption
from dianping.programmes.selectors import programme_for
from dianping.programmes.services import Supersession, adopt_notice, amendment
from tests.factories import ACTOR, University
from tests.refused import refused

DAY = date(2011, 1, 12)
NOTICE = """中共云岭大学委员会文件
云岭党发〔2011〕3号

关于开展领导点评工作的通知
各党总支、直属党支部：
现就有关事项通知如下：
一、各党支部书记要对本支部每名党员进行点评。
二、基层党委书记要对所属党支部及其书记进行点评。对党支部及其书记的点评每季度至少进行一次。
三、从2011年1月10日至2月28日，普遍开展一次领导点评。
四、各单位于2011年3月1日前将点评工作总结报党委组织部，于2011年3月5日前将先进典型材料报党委组织部。
中共云岭大学委员会
2011年1月4日
"""
AMENDING = """中共云岭大学委员会文件
云岭党发〔2011〕12号

关于调整领导点评工作有关安排的通知
各党总支、直属党支部：
现将云岭党发〔2011〕3号文件有关安排调整如下：
一、对党支部及其书记的点评每半年至少进行一次。
二、普遍开展一次领导点评的时间延长到2011年3月10日。
三、点评工作总结报党委组织部的期限不变，各单位于2011年3月20日前将点评工作总结报党委组织部。
中共云岭大学委员会
2011年2月1日
"""
LATER = date(2011, 2, 1)


def accepted(text: str, university: University, day: date = DAY) -> Notice:
    notice = enter_notice(text=text, organisation=university.top, today=day, actor=ACTOR)
    accept_rest(notices=[notice, *notice.enclosed.all()], today=day, actor=ACTOR)
    return notice


@pytest.fixture
def standing(university: University) -> Adoption:
    """The first notice, adopted and its duties opened."""
    (one,) = adopt_notice(notice=accepted(NOTICE, university), today=DAY, actor=ACTOR)
    open_duties(day=DAY, actor=ACTOR)
    return one.adoption


def amend(university: University, standing: Adoption, **more: object) -> Adoption:
    (one,) = adopt_notice(
        notice=accepted(AMENDING, university, LATER),
        today=LATER,
        actor=ACTOR,
        over=Supersession(standing, amends=True, **more),  # type: ignore[arg-type]
    )
    return one.adoption


def test_only_what_it_names_changes(university: University, standing: Adoption) -> None:
    notice = accepted(AMENDING, university, LATER)
    changes = amendment(notice, Supersession(standing, amends=True)).changes
    assert [(change.was, change.now) for change in changes] == [
        ("2011-01-10 至 2011-02-28", "2011-01-10 至 2011-03-10"),
        ("每 3 个月 1 次", "每 6 个月 1 次"),
        ("2011-03-01 前", "2011-03-20 前"),
    ]
    programme = programme_for(university.letters, LATER)
    assert programme is not None
    before = programme.programme
    new = amend(university, standing)
    after = programme_for(university.letters, LATER)
    assert after is not None
    assert after.programme.templates == before.templates
    assert after.programme.responsibilities == before.responsibilities
    assert {d.name: d.window.due for d in after.programme.deliverables} == {
        "点评工作总结": date(2011, 3, 20), "先进典型材料": date(2011, 3, 5),
    }  # fmt: skip
    assert (new.number, new.amended_by) == ("云岭党发〔2011〕3号", "云岭党发〔2011〕12号")


def test_the_older_words_answer_for_their_own_days(university: University, standing: Adoption) -> None:
    amend(university, standing)
    on = {day: programme_for(university.letters, day) for day in (date(2011, 1, 31), LATER)}
    rounds = [next(r.round for r in p.programme.rules if r.round) for p in on.values() if p]
    assert [window.due for window in rounds] == [date(2011, 2, 28), date(2011, 3, 10)]
    standing.refresh_from_db()
    assert standing.until == LATER
    assert AuditEntry.objects.filter(act="修订方案").count() == 1


def test_duties_still_open_follow_the_new_last_day_and_cite_both_papers(
    university: University, standing: Adoption
) -> None:
    amend(university, standing)
    before = Duty.objects.count()
    opened = open_duties(day=LATER, actor=ACTOR)
    members = Duty.objects.filter(target="member")
    assert set(members.values_list("due", flat=True)) == {date(2011, 3, 10)}
    assert opened.redated > members.count()
    assert Duty.objects.count() == before, "nothing is owed twice"
    window = members[0].window
    assert window is not None
    assert [c["paper"] for c in window.cited][:2] == ["云岭党发〔2011〕12号", "云岭党发〔2011〕3号"]
    open_duties(day=date(2011, 1, 20), actor=ACTOR)
    assert set(members.values_list("due", flat=True)) == {date(2011, 3, 10)}, (
        "an earlier day asked again moves nothing"
    )


def test_a_clause_taken_away_is_no_longer_asked(university: University, standing: Adoption) -> None:
    programme = programme_for(university.letters, DAY)
    assert programme is not None
    code = next(d.code for d in programme.programme.deliverables if d.name == "先进典型材料")
    amend(university, standing, dropped=(code,))
    after = programme_for(university.letters, LATER)
    assert after is not None
    assert [d.name for d in after.programme.deliverables] == ["点评工作总结"]


def test_the_forecast_of_an_amendment_comes_true(university: University, standing: Adoption) -> None:
    notice = accepted(AMENDING, university, LATER)
    over = Supersession(standing, amends=True)
    seen = forecast(notice=notice, day=LATER, today=LATER, actor=ACTOR, over=over)
    assert not Adoption.objects.exclude(amended_by="").exists()
    adopt_notice(notice=notice, today=LATER, actor=ACTOR, over=over)
    opened = open_duties(day=LATER, actor=ACTOR)
    assert (seen.opened.opened, seen.opened.papers, seen.opened.redated) == (
        opened.opened,
        opened.papers,
        opened.redated,
    )
    assert len(seen.changes) == 3


def test_twice_or_without_a_change_is_refused(university: University, standing: Adoption) -> None:
    new = amend(university, standing)
    with refused("programmes.adopted-already"):
        amend(university, new)
    again = "".join(line for line in NOTICE.splitlines(True) if line[:2] not in ("二、", "三、", "四、"))
    other = accepted(again.replace("3号", "13号").replace("1月4日", "2月3日"), university, LATER)
    with refused("programmes.nothing-amended"):
        amendment(other, Supersession(new, amends=True))


def test_an_overlay_stays_on_what_is_amended(university: University) -> None:
    cover = (
        "中共云岭大学委员会文件\n云岭党发〔2011〕5号\n\n关于转发《关于开展领导点评工作的通知》的通知\n各党总支、直属党支部：\n"
        "现将省委《关于开展领导点评工作的通知》（云教工委〔2011〕3号）转发给你们。\n"
        "各单位于2月20日前将小结报党委组织部。\n中共云岭大学委员会\n2011年1月6日\n\n"
        + NOTICE.replace("中共云岭大学委员会", "中共云岭省委教育工委").replace("云岭党发", "云教工委")
    )
    base, overlay = (
        one.adoption for one in adopt_notice(notice=accepted(cover, university), today=DAY, actor=ACTOR)
    )
    notice = accepted(AMENDING.replace("云岭党发", "云教工委"), university, LATER)
    adopt_notice(notice=notice, today=LATER, actor=ACTOR, over=Supersession(base, amends=True))
    found = programme_for(university.letters, LATER)
    assert found is not None
    assert {d.name: d.window.due for d in found.programme.deliverables} == {
        "点评工作总结": date(2011, 3, 20), "先进典型材料": date(2011, 3, 5), "小结": date(2011, 2, 20),
    }  # fmt: skip
    overlay.refresh_from_db()
    assert overlay.until is None
