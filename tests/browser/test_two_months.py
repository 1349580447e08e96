"""Two months of an office by pages alone: a clerk, secretaries, leaders, the superior's office and an auditor, from an empty site to
the closed second quarter, each joint of the work walked over; at the end the figures shown are counted anew from the records."""

from datetime import date

import pytest

from dianping.orgs.models import Person
from tests.browser.months import beginning, counting, hearing, moving, putting_right, quarter, reviewing
from tests.browser.months.office import TEACHERS, Workbook
from tests.browser.months.walking import Walk
from tests.long import LONG, long

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ILL_UNTIL, RIGHT_BY = date(2011, 1, 20), date(2011, 3, 20)


@pytest.fixture
def walk(chromium, committed, live_server, settings):
    """Nobody is there yet; afterwards everybody leaves."""
    walk = Walk(chromium, live_server.url, settings)
    yield walk
    walk.end()


def founded(walk, folder, book):
    """An empty site to the first board, and everybody's account."""
    clerk = beginning.first_morning(walk, folder, book)
    beginning.notice_and_duties(clerk)
    codes = beginning.accounts(clerk)
    beginning.from_the_machine(walk, "jiaogongwei", "高校工委办公室", "superior")
    beginning.from_the_machine(walk, "chayue", "纪委查阅人", "auditor")
    for name, account, width in (
        ("宁守真", "nsz01", 390),
        ("祁文澜", "qwl01", 1280),
        ("白露生", "bls01", 1280),
        ("贺知明", "hzm01", 1280),
        ("苏岩", "sy01", 390),
        ("甘远山", "gys01", 1280),
    ):
        beginning.bring_to_life(walk, name, codes[account], width=width)
    return clerk


def moved_about(walk, clerk, folder, book):
    """Wrong file, new secretaries, an acting deputy, a joiner, a leaver, sick leave; the new ones' accounts."""
    walk.stand_on(date(2011, 1, 5))
    moving.wrong_file(clerk, folder, book)
    moving.secretary_by_roster(clerk, folder, book)
    moving.secretary_by_page(clerk, "YT0102", "齐放", "许可")
    moving.acting_deputy(clerk, "YT0202", "方舟", "柳青衣")
    moving.joins(clerk, "YT0101", "简兮", date(2011, 1, 5))
    book.joins("简兮", TEACHERS)
    moving.leaves(clerk, "陆行之", "组织关系转出")
    book.leaves("陆行之")
    beginning.open_duties(clerk)
    codes = beginning.accounts(clerk)
    for name, account in (("许可", "xk01"), ("柳青衣", "lqy01"), *([("任远之", "ryz01")] if LONG else ())):
        beginning.bring_to_life(walk, name, codes[account])
    moving.hands_over(clerk, "贺知明", "苏岩", ILL_UNTIL)
    for name, words in (("贺知明", "全部点评已交给"), ("苏岩", "把全部点评交给了您")):
        walk.roles[name].go("/")
        walk.roles[name].reads(words)
        walk.roles[name].looks()


def reviewed(walk, clerk):
    """A meeting with an ended session and a lost network, single reviews, the hearing, a second meeting."""
    ning, qi = walk.roles["宁守真"], walk.roles["祁文澜"]
    walk.stand_on(date(2011, 1, 7))
    page = reviewing.meeting(ning, place="三楼会议室", absent="冉小禾", right_by=RIGHT_BY)
    reviewing.whole_sitting(ning, page, absent="冉小禾", username="nsz01")
    about = f"/people/{Person.objects.get(name='叶知秋').pk}/"
    for how in ("cookie", "row"):
        reviewing.form_outlives_session(ning, about, "nsz01", how=how)
    putting_right.reads_own(qi, "数字与记录一致，接受。")
    assert reviewing.one_by_one(qi, when=date(2011, 1, 7)) == 4
    walk.stand_on(date(2011, 1, 8))
    event = hearing.plans(clerk, date(2011, 1, 14))
    assert hearing.papers_in(clerk, date(2011, 1, 8), most=long(2, 9)) == long(2, 9)
    assert reviewing.one_by_one(walk.roles["苏岩"], when=date(2011, 1, 8), mode="on_site") == 8
    walk.stand_on(date(2011, 1, 14))
    assert len(hearing.held(clerk, event, "理学院党总支")) == 3
    assert hearing.reviewed(walk.roles["甘远山"], event) == 3
    if LONG:
        walk.stand_on(date(2011, 1, 15))
        page = reviewing.meeting(walk.roles["许可"], place="学生活动中心", right_by=RIGHT_BY)
        reviewing.whole_sitting(walk.roles["许可"], page, username="xk01")


def followed_up(walk, clerk):
    """Read and answered, put right by two, not put right by a third, who reports in writing."""
    ning, qi, xu = (walk.roles[name] for name in ("宁守真", "祁文澜", "许可"))
    walk.stand_on(date(2011, 1, 17))
    putting_right.reads_own(ning)
    putting_right.reads_own(ning, "接受。")
    putting_right.put_right(ning, qi, about="文学院教工党支部", by=date(2011, 2, 20))
    putting_right.put_right(ning, clerk, about="冉小禾", by=date(2011, 2, 20))
    putting_right.not_put_right(qi, about="文学院学生党支部")
    putting_right.report(xu, qi)


def moved_and_merged(walk, clerk, folder, book):
    """The round's day moved by a later paper, the sick leader back, the branches left over, two of them made one."""
    walk.stand_on(date(2011, 1, 19))
    beginning.moved_deadline(clerk)
    beginning.open_duties(clerk)
    walk.stand_on(date(2011, 1, 21))
    walk.roles["贺知明"].go("/")
    assert not walk.roles["贺知明"].page.get_by_text("全部点评已交给").count(), "he is back without an act"
    assert reviewing.one_by_one(walk.roles["甘远山"], when=date(2011, 1, 21), mode="on_site") == 1
    for name in ("白露生", "任远之", "柳青衣") if LONG else ():
        assert reviewing.one_by_one(walk.roles[name], when=date(2011, 1, 21))
    walk.stand_on(date(2011, 3, 1))
    moving.merge(clerk, folder, book)
    walk.roles["柳青衣"].go("/")
    walk.roles["柳青衣"].reads("您现在没有职务和角色")


def second_quarter(walk, clerk):
    """It opens by itself, is reviewed, is over; the ledgers of both, and what the superior and the auditor see."""
    walk.stand_on(date(2011, 4, 1))
    asked = quarter.reviewed_again(
        *(walk.roles[name] for name in ("祁文澜", "贺知明", *(("白露生", "苏岩") if LONG else ()))),
        when=date(2011, 4, 1),
    )
    assert list(asked.values()) == [4, 2, 2, 2][: len(asked)]
    walk.stand_on(date(2011, 7, 1))
    quarter.ledgers(clerk, "2011Q1", "2011Q2")
    assert min(quarter.downloads(clerk, "2011Q2").values()) > 5_000
    superior, auditor = walk.roles["高校工委办公室"], walk.roles["纪委查阅人"]
    for address in ("/", "/coverage/", "/duties/?whose=below", "/rectification/", "/ledgers/"):
        for role in (superior, auditor):
            role.go(address)
            role.looks()
    auditor.to("审计")
    auditor.press("现在核对全链")
    auditor.reads("核对相符")


def test_two_months_are_worked_through_by_pages_alone(walk, tmp_path):
    book = Workbook()
    clerk = founded(walk, tmp_path, book)
    moved_about(walk, clerk, tmp_path, book)
    reviewed(walk, clerk)
    followed_up(walk, clerk)
    moved_and_merged(walk, clerk, tmp_path, book)
    second_quarter(walk, clerk)
    today = date(2011, 7, 1)
    for role in (clerk, walk.roles["高校工委办公室"]):
        assert counting.board(role, today) == counting.board_counted(today)
    for period, opens, due in (
        ("2011Q1", date(2011, 1, 1), date(2011, 3, 31)),
        ("2011Q2", date(2011, 4, 1), date(2011, 6, 30)),
    ):
        shown, counted = counting.returned(clerk, period), counting.returned_counted(opens, due, today)
        assert {name: shown.get(name) for name in counted} == counted, period
    assert walk.bad == []
