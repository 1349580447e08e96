"""Adoption is exact: what was foretold comes true, a moved deadline moves what stands, what was not carried out is told."""

import random
from datetime import date, timedelta

import pytest

from dianping.acts.forecasting import forecast
from dianping.common.models import AuditEntry
from dianping.duties.models import Duty
from dianping.duties.services import open_duties
from dianping.notices.services import ADDABLE, add_line, correct_head, enter_notice
from dianping.orgs.models import Organisation
from dianping.programmes.models import Adoption
from dianping.programmes.rules.accepted import NOT_CARRIED_OUT
from dianping.programmes.selectors import programme_for
from dianping.programmes.services import adopt_notice, ends_of
from tests.factories import ACTOR, University
from tests.notices.test_amending import NOTICE, accepted
from tests.programmes.rules.test_ends import REVIEWS
from tests.refused import refused

DAY, LATER = date(2011, 1, 12), date(2011, 2, 20)
MOVING = """中共云岭大学委员会文件
云岭党发〔2011〕15号

关于调整领导点评工作时间的通知
各党总支、直属党支部：
{}
中共云岭大学委员会
2011年2月20日
"""
LONGER = "一、领导点评的完成时间由2月28日延长至4月30日。"


def test_the_forecast_is_told_for_the_day_of_opening_and_comes_true(university: University) -> None:
    for seed in range(6):
        chance = random.Random(seed)
        kinds = (
            "一、各党支部书记要对本支部每名党员进行点评。",
            "二、基层党委书记要对所属党支部及其书记进行点评。",
            "三、对党支部及其书记的点评每季度至少进行一次。",
        )
        said = "\n".join(chance.sample(kinds, chance.randint(1, 3)))
        last = date(2011, 2, 1) + timedelta(days=chance.randint(0, 60))
        text = (
            f"关于第{seed}次点评的通知\n各党总支、直属党支部：\n{said}\n"
            f"四、从2011年1月10日至{last.year}年{last.month}月{last.day}日，普遍开展一次领导点评。\n"
            f"五、各单位于2011年{chance.randint(2, 6)}月10日前将第{seed}号总结报党委组织部。\n某大学党委\n2011年1月4日\n"
        )
        notice = accepted(text, university)
        opened_on = date(2011, 1, 4) + timedelta(days=chance.randint(0, 40))
        before = list(Duty.objects.values_list("pk", flat=True))
        seen = forecast(notice=notice, day=opened_on, today=opened_on, actor=ACTOR)
        assert list(Duty.objects.values_list("pk", flat=True)) == before
        adopt_notice(notice=notice, today=opened_on, actor=ACTOR)
        opened = open_duties(day=opened_on, actor=ACTOR)
        assert seen.opened == opened
        assert seen.opened.opened or seen.opened.papers or seen.opened.already
        new = Duty.objects.exclude(pk__in=before).filter(lapsed_on=None).exclude(owed_by=None)
        assert sum(number for _, number in seen.days) == new.count()


def test_a_forecast_before_the_papers_own_day_is_refused(university: University) -> None:
    with refused("notices.forecast-before-paper"):
        forecast(notice=accepted(NOTICE, university), day=date(2011, 1, 3), today=DAY, actor=ACTOR)


@pytest.fixture
def standing(university: University) -> Adoption:
    """The first notice, adopted and its duties opened."""
    (one,) = adopt_notice(notice=accepted(NOTICE, university), today=DAY, actor=ACTOR)
    open_duties(day=DAY, actor=ACTOR)
    return one.adoption


def test_a_longer_deadline_moves_the_round_and_its_duties_and_brings_no_second_one(
    university: University, standing: Adoption
) -> None:
    notice = accepted(MOVING.format(LONGER), university, LATER)
    count = Duty.objects.count()
    seen = forecast(notice=notice, day=LATER, today=LATER, actor=ACTOR)
    (one,) = adopt_notice(notice=notice, today=LATER, actor=ACTOR)
    opened = open_duties(day=LATER, actor=ACTOR)
    assert one.adoption.code == standing.code
    assert seen.opened == opened
    assert [(change.was, change.now) for change in seen.changes] == [
        ("2011-01-10 至 2011-02-28", "2011-01-10 至 2011-04-30")
    ]
    assert Duty.objects.count() == count, "nothing is owed a second time"
    members = Duty.objects.filter(target="member")
    assert set(members.values_list("due", flat=True)) == {date(2011, 4, 30)}
    window = members[0].window
    assert window is not None
    assert [cited.get("due") for cited in window.cited[:2]] == [None, "2011-02-28"], "the old day is kept"
    with refused("programmes.adopted-already"):
        adopt_notice(notice=notice, today=LATER, actor=ACTOR)


def test_a_paper_s_moved_day_moves_the_paper_owed(university: University, standing: Adoption) -> None:
    text = MOVING.format("一、点评工作总结的报送时间提前至2月25日。")
    adopt_notice(notice=accepted(text, university, LATER), today=LATER, actor=ACTOR)
    count = Duty.objects.count()
    open_duties(day=LATER, actor=ACTOR)
    assert Duty.objects.count() == count
    found = programme_for(university.letters, LATER)
    assert found is not None
    assert {paper.name: paper.window.due for paper in found.programme.deliverables} == {
        "点评工作总结": date(2011, 2, 25), "先进典型材料": date(2011, 3, 5),
    }  # fmt: skip


def test_what_stands_nowhere_cannot_be_moved(university: University) -> None:
    with refused("programmes.moves-which-programme"):
        adopt_notice(notice=accepted(MOVING.format(LONGER), university, LATER), today=LATER, actor=ACTOR)
    assert not Adoption.objects.exists()


def test_every_accepted_line_is_told_where_it_went(university: University) -> None:
    notice = accepted(REVIEWS, university)
    ((paper, ends),) = ends_of(notice)
    assert paper == notice
    assert len(ends) == notice.lines.exclude(kind="doubt").count()
    assert [end.line.text for end in ends if end.what == NOT_CARRIED_OUT] == []
    undecided = enter_notice(text=REVIEWS + "\n", organisation=university.top, today=DAY, actor=ACTOR)
    assert ends_of(undecided) == []


def test_branches_of_every_unit_are_owed_by_a_notice_to_the_units(university: University) -> None:
    adopt_notice(notice=accepted(REVIEWS, university), today=DAY, actor=ACTOR)
    open_duties(day=DAY, actor=ACTOR)
    branches = Organisation.objects.filter(kind="党支部", dissolved=None)
    assert branches.exists()
    owed = Duty.objects.filter(target="branch", organisation__kind="党支部").values("organisation")
    assert not branches.exclude(pk__in=owed).exists()


def test_a_line_the_reading_missed_is_added_from_the_papers_own_words(university: University) -> None:
    notice = accepted(NOTICE, university)
    words = "党委组织部"
    given = {"what": "专题材料", "by": "各党总支", "to": words, "due": "3月9日前"}
    for _ in range(2):
        line = add_line(notice=notice, kind="deliverable", words=words, values=given, today=DAY, actor=ACTOR)
    assert notice.lines.filter(value__added=True).count() == 1
    assert (line.clause, line.value["due"], line.state) == ("四", "2011-03-09", "accepted")
    adopt_notice(notice=notice, today=DAY, actor=ACTOR)
    found = programme_for(university.letters, DAY)
    assert found is not None
    assert {paper.name for paper in found.programme.deliverables} == {
        "点评工作总结",
        "先进典型材料",
        "专题材料",
    }


@pytest.mark.parametrize(
    ("kind", "words", "values", "code"),
    [
        ("deliverable", "没有这句话", {"what": "材料", "due": "2011-03-09"}, "notices.words-not-there"),
        ("deliverable", "党委组织部", {"what": "材料"}, "notices.line-incomplete"),
        ("deliverable", "党委组织部", {"what": "材料", "due": "哪天"}, "notices.day-unreadable"),
        ("doubt", "党委组织部", {}, "notices.line-kind-unknown"),
        ("demand", " ", {"about": "要求"}, "notices.words-not-there"),
    ],
)
def test_what_cannot_be_added_is_told_and_nothing_changes(
    university: University, kind: str, words: str, values: dict[str, object], code: str
) -> None:
    notice = accepted(NOTICE, university)
    before = notice.lines.count()
    with refused(code):
        add_line(notice=notice, kind=kind, words=words, values=values, today=DAY, actor=ACTOR)
    assert notice.lines.count() == before


def test_every_kind_of_line_can_be_added_and_ends_as_something(university: University) -> None:
    notice = accepted(NOTICE, university)
    values: dict[str, object] = {
        "reviewer": "校领导", "about": "分管单位", "months": 6, "times": 1, "end": "2011-03-09", "what": "材料", "due": "2011-03-09",
    }  # fmt: skip
    for kind in ADDABLE:
        add_line(notice=notice, kind=kind, words="党委组织部", values=values, today=DAY, actor=ACTOR)
    ((_, ends),) = ends_of(notice)
    assert len(ends) == notice.lines.exclude(kind="doubt").count()


def test_a_head_read_wrongly_is_put_right_and_what_stood_is_in_the_audit(university: University) -> None:
    notice = accepted(REVIEWS, university)
    given = {
        "title": "关于点评的通知",
        "issuer": "某大学",
        "kind": "通知",
        "addressees": "各党总支",
        "dated": DAY,
    }
    changed = correct_head(notice=notice, number="云岭党发[2011]7号", actor=ACTOR, **given)  # type: ignore[arg-type]
    assert (changed.title, changed.number, changed.text) == (
        "关于点评的通知",
        "云岭党发〔2011〕7号",
        notice.text,
    )
    entry = AuditEntry.objects.filter(act="更正文件的文头").get()
    assert entry.detail["was"]["title"] == "关于做好领导干部点评工作的通知"
    correct_head(notice=changed, number=changed.number, actor=ACTOR, **given)  # type: ignore[arg-type]
    assert AuditEntry.objects.filter(act="更正文件的文头").count() == 1
    for number, title, code in (
        ("七号", "标题", "notices.number-not-recognised"),
        ("", " ", "notices.title-empty"),
    ):
        with refused(code):
            correct_head(notice=changed, number=number, actor=ACTOR, **given | {"title": title})  # type: ignore[arg-type]
