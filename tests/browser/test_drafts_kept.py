"""What is written is forgotten by the browser only when the server says it took it: a server stopped, answers lost."""

import re
from datetime import date

import pytest

from dianping.accounts.models import Grant
from dianping.accounts.services import add_account, grant_role
from dianping.common.audit import Operator
from dianping.duties.models import Duty
from dianping.reviews.models import Review
from tests.browser.relay import Relay
from tests.browser.test_story import sign_in

pytestmark = pytest.mark.browser
DAY = date(2011, 1, 5)
TEST = Operator("测试")
HELD = "Object.keys(localStorage).filter((key) => /^dianping:kept:\\w+:draft:/.test(key)).length"


@pytest.fixture
def relay(live_server):
    found = Relay(live_server.url)
    found.start()
    yield found
    found.stop()


@pytest.fixture
def writing(page, committed, opened, relay, settings):
    """A clerk before the form of one member's review, reached through a server that can be stopped."""
    settings.STANDING_DAY = DAY
    clerk = add_account(
        username="clerk", password="石榴花开三月八", name="温干事", person=None, actor=TEST, lasting=True
    )
    grant_role(user=clerk, role=Grant.Role.CLERK, organisation=None, since=date(2010, 1, 1), actor=TEST)
    duty = Duty.objects.filter(target="member", done_on=None).exclude(owed_by=None)[0]
    sign_in(page, relay, "clerk", "石榴花开三月八")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(f"{relay.url}/write/{duty.pk}/")
    page.get_by_label("评价").fill("开出 96 学时课程。")
    page.locator("#saved", has_text="已保存").wait_for()
    return page


def soon(page, is_so) -> None:
    """Wait until something is so, in the page or in the database."""
    for _ in range(200):
        if is_so():
            return
        page.wait_for_timeout(100)
    assert is_so()


def test_words_sent_to_a_stopped_server_come_back_with_it(writing, relay):
    page, address = writing, writing.url
    relay.stop()
    page.get_by_label("努力方向").fill("答疑时间贴在门口。")
    page.get_by_text("已记在本机").wait_for()
    assert page.evaluate("navigator.onLine"), "the network is there, the server is not"
    page.close()
    relay.start()
    page = writing.context.new_page()
    page.goto(address)
    soon(page, lambda: page.get_by_label("努力方向").input_value() == "答疑时间贴在门口。")
    assert page.get_by_label("评价").input_value() == "开出 96 学时课程。"
    soon(page, lambda: page.evaluate(HELD) == 0)
    assert Review.objects.get().direction == "答疑时间贴在门口。", "it went on by itself"
    page.get_by_label("存在不足第 1 项").fill("答疑每周只有一次。")
    page.locator("#saved", has_text="已保存").wait_for()
    page.get_by_role("button", name=re.compile("登记点评")).click()
    page.get_by_text("已登记对").wait_for()
    soon(page, lambda: page.evaluate(HELD) == 0)
    assert Review.objects.get(filed=True).direction == "答疑时间贴在门口。"


def test_a_review_whose_answer_was_lost_is_not_kept_as_a_draft(writing, relay):
    page = writing
    page.get_by_label("存在不足第 1 项").fill("答疑每周只有一次。")
    page.get_by_label("努力方向").fill("答疑时间贴在门口。")
    page.locator("#saved", has_text="已保存").wait_for()
    relay.mute = True
    page.get_by_role("button", name=re.compile("登记点评")).click(no_wait_after=True)
    soon(page, lambda: Review.objects.filter(filed=True).exists())
    relay.stop()
    relay.start()
    page = page.context.new_page()
    page.goto(relay.url)
    soon(page, lambda: page.evaluate(HELD) == 0)
    assert Review.objects.count() == 1, "filed once, and no draft came after it"


def test_an_answer_that_shows_the_words_again_says_where_they_lie(writing, relay, live_server):
    page = writing
    page.get_by_role("button", name=re.compile("登记点评")).click()
    page.get_by_text("写下的字已存为草稿。").wait_for()
    assert page.evaluate(HELD) == 0, "they are in the draft"
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("评价").fill("另一个窗口里写的。")
    other.locator("#saved", has_text="已保存").wait_for()
    page.get_by_label("评价").fill("这个窗口里写的。")
    page.locator("#saved", has_text="没有保存").wait_for()
    page.get_by_role("button", name=re.compile("登记点评")).click()
    page.get_by_text("写下的字没有存进草稿").wait_for()
    assert page.get_by_text("写下的字已存为草稿").count() == 0
    assert Review.objects.get().evaluation == "另一个窗口里写的。"
    assert page.get_by_label("评价").input_value() == "这个窗口里写的。"
    page.goto(f"{relay.url}/")
    page.goto(other.url)
    soon(page, lambda: page.get_by_label("评价").input_value() == "这个窗口里写的。")
