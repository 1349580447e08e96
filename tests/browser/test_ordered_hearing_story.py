"""A hearing a programme orders, from the clerk's desk to the last review: day, lot, who came, one sitting for all secretaries."""

from datetime import date

import pytest

from dianping.accounts.models import Grant
from dianping.duties.models import Duty
from dianping.reviews.models import Occasion, Review
from tests import factories
from tests.browser.looking import accessible
from tests.browser.test_story import sign_in
from tests.opinions.polling import office

pytestmark = pytest.mark.browser
DAY = date(2011, 1, 14)


def test_the_committee_hears_its_units_and_reviews_their_secretaries_in_one_sitting(
    page, committed, live_server, settings
):
    settings.STANDING_DAY = DAY
    university = factories.university()
    factories.adopt(university.top)
    factories.open_on(date(2010, 12, 31))
    factories.open_on(DAY)
    office("zong", Grant.Role.CLERK, university.top)
    sign_in(page, live_server, "zong", factories.PASSWORD)
    page.goto(f"{live_server.url}/occasions/")
    accessible(page)
    page.get_by_role("link", name="定日期和地点").click()
    page.get_by_text("听取4 个单位的汇报").wait_for()
    page.get_by_label("日期").first.fill("2011-01-25")
    page.get_by_role("button", name="定日期和地点").click()
    page.get_by_text("2011-01-11 至 2011-01-20").first.wait_for()
    page.get_by_label("日期").first.fill("2011-01-14")
    page.get_by_label("地点").fill("一楼报告厅")
    accessible(page)
    page.get_by_role("button", name="定日期和地点").click()
    page.get_by_role("button", name="抽签定次序").click()
    page.get_by_text("已抽签").wait_for()
    page.get_by_label("柳青衣").uncheck()
    page.get_by_text("由别人代为汇报的").click()
    unit = university.library.short_name
    page.get_by_role("textbox", name=unit).fill("程实")
    page.get_by_role("button", name="登记到会和记录").click()
    page.get_by_text("由程实代为汇报").wait_for()
    accessible(page)
    assert not Duty.objects.filter(kind__in=("hearing", "prepare"), done_on=None).exists()
    page.get_by_label("问题").first.fill("承诺没有公示")
    page.get_by_role("button", name="列入整改").click()
    page.get_by_text("已列入整改").wait_for()
    page.get_by_role("link", name="开始点评").first.click()
    event = Occasion.objects.get()
    names = [row.name for row in event.attendance.order_by("place")]
    shown = page.locator(".roll a")
    assert [text.split("\n")[0].strip()[: len(name)] for text, name in zip(shown.all_inner_texts(), names, strict=True)] == names  # fmt: skip
    for number in range(1, 5):
        page.locator("textarea[name=evaluation]").fill("抓得实，党员示范岗 8 个。")
        page.locator("textarea[name=achievements]").fill("办实事 12 件。")
        page.locator("[data-problem] textarea").first.fill(f"承诺兑现 {number} 项没有公示")
        page.locator("textarea[name=direction]").fill("月底前公示。")
        page.keyboard.press("Control+Enter")
        if names[number - 1] == "柳青衣":  # who was absent is asked about
            page.get_by_role("button", name="没有到会，会后当面转达").click()
        page.locator(f"[data-done]:has-text('{number}')").first.wait_for()
    page.wait_for_timeout(1500)
    assert Review.objects.filter(filed=True, occasion=event).count() == 4
    assert not Duty.objects.filter(target="heard", done_on=None).exists()
    assert not Duty.objects.filter(target="unit_secretary", window__rule="round", done_on=None).exists()
    assert page.faults == [] or all("422" in fault for fault in page.faults)
