"""What somebody writes is kept on his device until the server has it (decision 0058): a closed tab, a sign-in that ended, somebody
else at the machine, four causes told apart, a page opened without a network."""

import time
from datetime import date
from functools import partial

import pytest
from django.contrib.sessions.models import Session

from dianping.accounts.services import add_account
from dianping.common.audit import Operator
from dianping.duties.models import Duty
from dianping.reviews.models import Occasion, Review
from tests import factories
from tests.browser.looking import accessible, until
from tests.browser.test_story import sign_in

pytestmark = pytest.mark.browser
DAY = date(2011, 1, 7)
TEST = Operator("测试")
PASSWORD = "石榴花开三月八"
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('dianping:kept:')).length"


@pytest.fixture
def branch(committed, settings):
    """A branch of three and its secretary; and another office's person at the same machine."""
    settings.STANDING_DAY = DAY
    university = factories.university()
    place = factories.organisation("外语系党支部", "党支部", university.letters)
    heads = [factories.member("任支书", place), factories.member("边支书", university.sciences)]
    factories.head(heads[0], place)
    for name in ("甲党员", "乙党员", "丙党员"):
        factories.member(name, place)
    factories.adopt(university.top)
    factories.open_on(DAY)
    for username, person in zip(("ren", "bian"), heads, strict=True):
        add_account(
            username=username, password=PASSWORD, name=person.name, person=person, actor=TEST, lasting=True
        )
    return place


@pytest.fixture
def writing(page, branch, live_server):
    """任支书 before the form of an event, half written."""
    sign_in(page, live_server, "ren", PASSWORD)
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(f"{live_server.url}/occasions/plan/")
    page.get_by_label("地点").fill("三楼会议室")
    page.get_by_label("议程").fill("一、通报\n二、点评")
    page.get_by_label("整改期限").fill("2011-03-31")
    until(page, f"{KEPT} === 1")
    return page


def leave(page):
    page.locator("details.user summary").click()
    page.get_by_role("button", name="退出登录").click()


def again(page, name="ren"):
    page.get_by_role("heading", name="登录已经结束，请再登录").wait_for()
    page.locator("#again-name").fill(name)
    page.locator("#again-password").fill(PASSWORD)
    page.get_by_role("button", name="登录，接着交").click()


def test_a_closed_tab_keeps_its_words_until_they_are_taken_in(writing, live_server):
    address = writing.url
    writing.close()
    page = writing.context.new_page()
    page.goto(address)
    page.get_by_text("上次写到一半的“登记活动”").wait_for()
    accessible(page)
    page.get_by_label("地点").fill("另写的")  # what is written meanwhile takes nothing's place
    page.wait_for_timeout(500)
    page.get_by_role("button", name="放回").click()
    assert page.get_by_label("地点").input_value() == "三楼会议室"
    assert page.get_by_label("整改期限").input_value() == "2011-03-31"
    page.get_by_role("button", name="登记活动").click()
    page.get_by_text("已登记。下面是").wait_for()
    until(page, f"{KEPT} === 0")
    assert Occasion.objects.get().agenda == "一、通报\n二、点评"


def test_nobody_else_at_the_machine_has_them_and_a_sign_out_asks_and_clears(writing, live_server):
    page = writing
    leave(page)
    page.get_by_role("heading", name="本机还有没有交的字").wait_for()
    page.get_by_role("button", name="先不退出").click()
    assert page.evaluate(KEPT) == 1
    page.context.clear_cookies()  # the browser was closed without a sign-out
    sign_in(page, live_server, "bian", PASSWORD)
    page.wait_for_url(lambda url: "sign-in" not in url)
    until(page, f"{KEPT} === 0")
    page.goto(f"{live_server.url}/notes/")
    page.evaluate("localStorage.setItem('dianping:kept:x', '1')")
    leave(page)
    page.get_by_role("button", name="登录", exact=True).wait_for()
    until(page, "!localStorage.getItem('dianping:kept:x')")


@pytest.mark.parametrize("how", ["cookies", "row"])
def test_a_form_whose_sign_in_ended_goes_on_by_itself_after_it(writing, how):
    page = writing
    if how == "cookies":
        page.context.clear_cookies()
    else:
        Session.objects.all().delete()
    page.get_by_role("button", name="登记活动").click()
    page.get_by_role("heading", name="登录已经结束，请再登录").wait_for()
    if how == "cookies":
        accessible(page)
        again(page, "bian")
        page.get_by_text("现在登录的是边支书").wait_for()
        assert not Occasion.objects.exists()
    again(page)
    page.get_by_text("已登记。下面是").wait_for()
    until(page, f"{KEPT} === 0")
    assert Occasion.objects.get().place == "三楼会议室"


def test_a_second_tab_that_signed_in_again_costs_nothing(writing, live_server):
    page = writing
    page.context.clear_cookies()
    other = page.context.new_page()
    sign_in(other, live_server, "ren", PASSWORD)
    other.wait_for_url(lambda url: "sign-in" not in url)
    page.bring_to_front()
    page.get_by_role("button", name="登记活动").click()
    page.get_by_text("已登记。下面是").wait_for()


@pytest.mark.parametrize("status", [403, 405, 409, 413, 429, 500, 503])
def test_words_an_answer_did_not_take_are_offered_again(writing, status):
    page = writing
    answer = {
        "status": status,
        "content_type": "text/html; charset=utf-8",
        "body": f"<title>{status}</title><p>没有收下",
    }
    page.route("**/occasions/plan/", lambda route: route.fulfill(**answer) if route.request.method == "POST" else route.continue_())  # fmt: skip
    page.get_by_role("button", name="登记活动").click()
    page.get_by_text("没有收下").wait_for()
    page.goto(page.url)
    page.get_by_text("没有交上").wait_for()
    page.get_by_role("button", name="放回").click()
    assert page.get_by_label("议程").input_value() == "一、通报\n二、点评"


def test_typing_on_before_the_server_was_asked_leaves_no_second_version(writing, live_server):
    """A refused form gives its words back; on a slow line they are changed before the page knows what was taken in."""
    page = writing

    def slowly(route):
        time.sleep(1)
        route.continue_()

    page.route("**/here/**", slowly)
    page.get_by_label("日期").first.fill("2011-13-31")
    page.get_by_role("button", name="登记活动").click()
    page.get_by_text("还没有办成").wait_for()
    page.get_by_label("日期").first.fill("2011-01-05")
    page.wait_for_timeout(2500)
    assert page.locator("[data-kept]").count() == 0
    page.unroute("**/here/**")
    page.get_by_role("button", name="登记活动").click()
    page.get_by_text("已登记。下面是").wait_for()
    page.goto(f"{live_server.url}/notices/")
    page.wait_for_timeout(500)
    assert page.locator("[data-kept]").count() == 0


def fulfilled(answer, route):
    route.fulfill(**answer)


CAUSES = {
    "none": "没有网络",
    "fault": "服务器出了差错",
    "full": "服务器的磁盘满了",
    "out": "登录已经结束",
}


def test_four_causes_are_four_sentences_and_each_goes_with_its_cause(page, branch, live_server):
    sign_in(page, live_server, "ren", PASSWORD)
    page.wait_for_url(lambda url: "sign-in" not in url)
    duty = Duty.objects.filter(target="member", organisation=branch)[0]
    page.goto(f"{live_server.url}/write/{duty.pk}/")
    box, line, told = page.get_by_label("评价"), page.locator("#saved"), []
    for number, (cause, words) in enumerate(CAUSES.items()):
        if cause == "none":
            page.context.set_offline(True)
        elif cause == "out":
            page.context.clear_cookies(name="sessionid")
        else:
            answer = {
                "status": 503,
                "headers": {"X-Refusal": "database.full"} if cause == "full" else {},
                "body": "",
            }
            page.route("**/draft/", partial(fulfilled, answer))
        box.fill(f"第 {number} 次写的")
        line.filter(has_text=words).wait_for()
        told.append(line.inner_text())
        if cause == "none":
            page.context.set_offline(False)
        elif cause == "out":
            again(page)
        else:
            page.unroute("**/draft/")
        line.filter(has_text="已保存").wait_for()
        assert Review.objects.get().evaluation == f"第 {number} 次写的"
    assert len(set(told)) == len(CAUSES)


def test_a_sitting_opens_without_a_network_and_forgets_it_afterwards(page, branch, live_server):
    sign_in(page, live_server, "ren", PASSWORD)
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(f"{live_server.url}/occasions/plan/")
    page.get_by_role("button", name="登记活动").click()
    page.get_by_role("link", name="开始点评").click()
    page.wait_for_url("**/sitting/**")
    KEEPS = "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((one) => one.keys())))).then((all) => all.flat().map((one) => new URL(one.url).pathname))"  # noqa: N806
    kept = []
    for _ in range(100):
        kept = page.evaluate(KEEPS)
        if any("sitting" in one for one in kept) and any(one.endswith("sitting.js") for one in kept):
            break
        page.wait_for_timeout(100)
    pages = {one for one in kept if not one.startswith("/static/")}
    occasion = Occasion.objects.get()
    assert pages <= {"/o/", f"/occasions/{occasion.pk}/", f"/occasions/{occasion.pk}/sitting/"}
    page.context.set_offline(True)
    page.reload()
    page.locator("#s-evaluation").fill("带病坚持授课十二周")
    page.locator("#saved", has_text="没有网络").wait_for()
    other = page.context.new_page()
    other.goto(f"{live_server.url}/o/")
    assert other.title() == "输入票码"
    other.close()
    page.reload()
    assert page.locator("#s-evaluation").input_value() == "带病坚持授课十二周"
    page.context.set_offline(False)
    page.locator("#saved", has_text="已保存").wait_for()
    leave(page)
    page.get_by_role("button", name="登录", exact=True).wait_for()
    until(page, KEPT + " === 0")
    for _ in range(50):
        names = page.evaluate("caches.keys()")
        if not any(name.startswith("dianping-page:") for name in names):
            break
        page.wait_for_timeout(100)
    assert not [name for name in names if name.startswith("dianping-page:")]
