"""Dates are typed as people say them, and sent as one thing."""

from datetime import date

import pytest

from dianping.reviews.models import Occasion
from tests import factories
from tests.browser.test_story import sign_in

pytestmark = pytest.mark.browser
DAY = date(2011, 1, 5)


@pytest.fixture
def branch(committed, settings):
    """宁守真's branch, where an occasion may be planned."""
    settings.STANDING_DAY = DAY
    university = factories.university()
    factories.adopt(university.top)
    factories.account(university.people["宁守真"], username="ning")
    return university.letters_staff


@pytest.mark.parametrize(
    ("typed", "meant", "said"),
    [
        ("3.31", "2011-03-31", "星期四，还有 85 天"),
        ("３月31日", "2011-03-31", "还有 85 天"),
        ("20110331", "2011-03-31", "还有 85 天"),
        ("1-4", "2012-01-04", "还有 364 天"),  # a deadline lies ahead
        ("+30", "2011-02-04", "还有 30 天"),
        ("月底", "2011-01-31", "星期一，还有 26 天"),
        ("2月30日", "2月30日", "不是日期"),
    ],
)
def test_a_day_is_typed_as_it_is_said(page, branch, live_server, typed, meant, said):
    sign_in(page, live_server, "ning", factories.PASSWORD)
    page.goto(f"{live_server.url}/occasions/plan/")
    box = page.get_by_label("整改期限")
    box.fill(typed)
    page.get_by_text(said).wait_for()
    box.press("Tab")
    assert box.input_value() == meant


def test_what_is_sent_is_the_day_that_was_meant(page, branch, live_server):
    sign_in(page, live_server, "ning", factories.PASSWORD)
    page.goto(f"{live_server.url}/occasions/plan/")
    page.get_by_label("整改期限").fill("3.31")
    page.get_by_label("整改期限").press("Enter")  # sent from within the box, before it is left
    page.get_by_role("heading", name="支部党员大会").wait_for()
    assert Occasion.objects.get().put_right_by == date(2011, 3, 31)
    page.goto(f"{live_server.url}/occasions/plan/")
    page.get_by_label("日期").first.press("ArrowUp")
    assert page.get_by_label("日期").first.input_value() == "2011-01-06"
    page.locator(".day-picker").first.fill("2011-01-09")  # as the calendar answers a mouse
    assert page.get_by_label("日期").first.input_value() == "2011-01-09"


def test_a_finger_keeps_the_picker_of_its_own_device(chromium, branch, live_server):
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True, is_mobile=True
    )
    page = context.new_page()
    sign_in(page, live_server, "ning", factories.PASSWORD)
    page.goto(f"{live_server.url}/occasions/plan/")
    assert page.get_by_label("整改期限").get_attribute("type") == "date"
    context.close()
