"""A hearing is gone through by keyboard: order by lot, item after item of the agenda, then the leader's review."""

from datetime import date

import pytest

from dianping.reviews.models import Occasion
from tests import factories
from tests.browser.looking import accessible, tab_to
from tests.browser.test_story import sign_in

pytestmark = pytest.mark.browser
DAY = date(2011, 1, 5)


def test_a_hearing_runs_from_the_lot_to_the_leaders_review(page, committed, live_server, settings):
    settings.STANDING_DAY = DAY
    university = factories.university()
    factories.adopt(university.top)
    factories.open_on(DAY)
    factories.account(university.people["祁文"], username="qi")
    sign_in(page, live_server, "qi", factories.PASSWORD)
    page.goto(f"{live_server.url}/occasions/plan/")
    page.get_by_label("活动").select_option("听取汇报")
    page.get_by_label("地点").fill("二楼会议室")
    page.get_by_role("button", name="登记活动").click()
    page.get_by_text("按抽签次序汇报").wait_for()
    tab_to(page, "抽签定次序")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    event = Occasion.objects.get()
    assert event.lot
    for words in ("按抽签次序汇报", "评议发言", "民主测评", "领导集中点评"):
        page.keyboard.press("Alt+ArrowRight")
        page.locator(".running [aria-current=step]", has_text=words).wait_for()
    accessible(page)
    page.locator(".running").get_by_role("link", name="开始点评").wait_for()
    page.get_by_role("link", name="议程和签到表").click()
    sheet = page.get_by_role("article")
    sheet.get_by_text("民主测评").wait_for()
    names = [row.name for row in event.attendance.order_by("place")]
    assert names
    assert all(name in sheet.inner_text() for name in names)
    assert "二楼会议室" in sheet.inner_text()
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="打印").is_visible()
    page.emulate_media(media="screen")
    accessible(page)
    page.goto(f"{live_server.url}/occasions/{event.pk}/")
    page.keyboard.press("Alt+ArrowRight")
    page.get_by_text("议程已走完").wait_for()
    tab_to(page, "退回上一项")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator(".running [aria-current=step]", has_text="领导集中点评").wait_for()
    assert page.faults == []
