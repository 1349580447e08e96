"""Forty members reviewed in one sitting, by keyboard alone, with the network gone for a while; and on a phone."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from dianping.accounts.services import add_account
from dianping.common.audit import Operator
from dianping.duties.models import Duty
from dianping.reviews.models import Review
from tests import factories
from tests.browser.test_story import sign_in

pytestmark = pytest.mark.browser
DAY = date(2011, 1, 7)
TEST = Operator("测试")
MEMBERS = 40
MOST_KEYS = 3  # a review, beyond the reviewer's own words


def told(n: int) -> tuple[str, str, str]:
    """What is said of one member: no two alike."""
    return (
        f"完成了第{n + 1}号课题的年度任务",
        f"到第{n + 1}寝室走访只有{n % 3}次",
        f"三月底前走访第{n + 1}寝室满五次",
    )


@pytest.fixture
def branch(committed, settings):
    """A branch of forty members and its secretary, everybody owed a review."""
    settings.STANDING_DAY = DAY
    university = factories.university()
    place = factories.organisation("外语系党支部", "党支部", university.letters)
    head = factories.member("任支书", place)
    factories.head(head, place)
    for n in range(MEMBERS):
        factories.member(f"党员{n + 1:02d}", place)
    factories.adopt(university.top)
    factories.open_on(DAY)
    add_account(
        username="ren", password="石榴花开三月八", name="任支书", person=head, actor=TEST, lasting=True
    )
    return place


class Hand:
    """A pair of hands on the keyboard: words are typed, every other key is counted."""

    def __init__(self, page):
        self.page, self.keys = page, 0

    def say(self, words):
        self.page.keyboard.insert_text(words)

    def press(self, key):
        self.page.keyboard.press(key)
        self.keys += 1


def review(hand, n):
    evaluation, problem, direction = told(n)
    hand.say(evaluation)
    hand.press("Enter")
    hand.say(problem)
    hand.press("Enter")
    hand.say(direction)
    hand.press("Control+Enter")


def accessible(page):
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()


def plan(page, live_server):
    page.goto(f"{live_server.url}/occasions/plan/")
    page.get_by_label("地点").fill("三楼会议室")
    page.get_by_label("整改期限").fill("2011-03-31")
    accessible(page)
    page.get_by_role("button", name="登记活动").click()
    page.get_by_role("link", name="开始点评").wait_for()


def test_forty_reviews_take_three_keys_each_and_survive_a_lost_network(page, branch, live_server):
    sign_in(page, live_server, "ren", "石榴花开三月八")
    plan(page, live_server)
    accessible(page)
    page.get_by_role("link", name="开始点评").click()
    page.locator("#s-evaluation:focus").wait_for()
    accessible(page)
    hand = Hand(page)
    for n in range(MEMBERS):
        if n == 20:
            page.context.set_offline(True)
        review(hand, n)
        if n == 24:
            page.get_by_text("已记在本机").wait_for()
            page.context.set_offline(False)
    page.locator("[data-done]", has_text=str(MEMBERS)).first.wait_for(timeout=60_000)
    assert hand.keys <= MOST_KEYS * MEMBERS
    filed = Review.objects.filter(filed=True, organisation=branch, about="member").order_by("person__name")
    said = [(r.evaluation, r.problems.get().text, r.direction) for r in filed]
    assert said == [told(n) for n in range(MEMBERS)], "nothing lost, nothing twice, each with the right one"
    assert {(r.happened_on, r.mode, r.occasion.place) for r in filed} == {(DAY, "collective", "三楼会议室")}
    assert {r.problems.get().due for r in filed} == {date(2011, 3, 31)}
    assert not Duty.objects.filter(target="member", organisation=branch, done_on=None).exists()
    assert [fault for fault in page.faults if "ERR_INTERNET_DISCONNECTED" not in fault] == []


def test_on_a_phone_a_draft_is_kept_and_taken_up_again(chromium, branch, live_server):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True)
    page = context.new_page()
    sign_in(page, live_server, "ren", "石榴花开三月八")
    plan(page, live_server)
    page.get_by_role("link", name="开始点评").click()
    page.get_by_label("评价").fill("带病坚持授课十二周")
    page.get_by_text("已保存").wait_for()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    address = page.url
    context.set_offline(True)
    page.get_by_label("努力方向").fill("带两名新教师")
    page.get_by_text("已记在本机").wait_for()
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    assert page.get_by_label("评价").input_value() == "带病坚持授课十二周"
    assert page.get_by_label("努力方向").input_value() == "带两名新教师"
    context.close()
