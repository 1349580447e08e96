"""Two custodians take their keys, and after the last day open the box together; every page of it read by axe."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from dianping.accounts.models import Grant, User
from dianping.accounts.services import add_account, grant_role
from dianping.common.audit import Operator
from dianping.opinions.models import Poll, Slip
from tests import factories
from tests.browser.test_story import sign_in
from tests.opinions.polling import Polling, answer

pytestmark = pytest.mark.browser
DAY, LAST, AFTER = date(2011, 1, 5), date(2011, 1, 6), date(2011, 1, 7)
WORDS = {"wen": "石榴花开三月八", "shangguan": "小楼一夜听春雨", "fang": "一片冰心在玉壶"}
TEST = Operator("测试")


@pytest.fixture
def above(page, chromium, committed, settings):
    """The page of the custodian above; both custodians have accounts."""
    settings.STANDING_DAY = DAY
    university = factories.university()
    for username, name, role, place in (
        ("wen", "温干事", Grant.Role.CLERK, university.letters),
        ("shangguan", "上官处长", Grant.Role.SUPERIOR, university.top),
        ("fang", "方干事", Grant.Role.CLERK, university.top),
    ):
        user = add_account(
            username=username, password=WORDS[username], name=name, person=None, actor=TEST, lasting=True
        )
        grant_role(user=user, role=role, organisation=place, since=date(2010, 1, 1), actor=TEST)
    context = chromium.new_context(viewport={"width": 1280, "height": 860}, locale="zh-CN")
    yield context.new_page()
    context.close()


def read_by_axe(page, *addresses):
    """No violation at either width, and nothing runs out of the page."""
    for address in addresses or (page.url,):
        if addresses:
            page.goto(address)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 860})
            found = Axe().run(page)
            assert found.violations_count == 0, (page.url, width, found.generate_report())
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page.url, width)
        page.set_viewport_size({"width": 1280, "height": 860})


def taken_key(page, live_server, poll):
    """The key as it stands on the page to be printed."""
    page.goto(f"{live_server.url}/opinions/{poll.pk}/")
    page.get_by_role("link", name="领取钥匙").click()
    page.get_by_role("button", name="领取钥匙").click()
    page.get_by_text("这一页只显示这一次").wait_for()
    read_by_axe(page)
    return " ".join(page.locator(".key-row span").all_inner_texts())


def test_two_custodians_open_a_box_and_see_it_opened(page, above, live_server, settings):
    sign_in(page, live_server, "wen", WORDS["wen"])
    sign_in(above, live_server, "shangguan", WORDS["shangguan"])
    site = f"{live_server.url}/opinions/"
    read_by_axe(page, site, f"{site}plan/", f"{site}plan/?form=report", f"{site}plan/?form=own")

    page.goto(f"{site}plan/?form=opinion")
    page.get_by_label("文学院教工党支部").check()
    page.get_by_label("党外群众").fill("教师代表，10")
    page.get_by_label("到哪天止").fill(LAST.isoformat())
    page.get_by_role("button", name="拟定", exact=True).click()
    page.get_by_text("下一步：选两位保管人").wait_for()
    poll = Poll.objects.get()
    read_by_axe(page)
    page.get_by_role("link", name="选保管人，封定名册").click()
    page.get_by_label("本单位的保管人").select_option("wen")
    page.get_by_label("上级的保管人").select_option("shangguan")
    read_by_axe(page)
    page.get_by_role("button", name="封定名册").click()
    page.get_by_text("名册已封定，摘要已记入").wait_for()

    above.goto(f"{site}{poll.pk}/")
    above.get_by_role("link", name="核对应参加的人").click()
    for box in above.get_by_label("查到几人").all():
        box.fill("10")
    above.get_by_label("查到几人").first.fill("3")
    for box in above.get_by_label("照哪份名单").all():
        box.fill("2010年名册")
    read_by_axe(above)
    above.get_by_role("button", name="记下核对的结果").click()
    above.get_by_text("核对的结果已记下").wait_for()
    page.goto(f"{site}{poll.pk}/")
    page.get_by_role("link", name="核对应参加的人").click()
    page.get_by_label("查到几人").fill("3")
    page.get_by_label("照哪份名单").fill("党费收缴名册")
    read_by_axe(page)
    page.get_by_role("button", name="记下核对的结果").click()
    page.get_by_text("核对的结果已记下").wait_for()
    keys = [taken_key(one, live_server, poll) for one in (page, above)]
    found = Polling(Poll.objects.get(), User.objects.get(username="wen"), None)  # type: ignore[arg-type]
    assert page.goto(f"{site}{poll.pk}/slips/").status == 404, "who keeps a key prints no slips"
    found.issue()
    for number in (0, 1):
        for code in found.codes[number]:
            answer(found, code)
    read_by_axe(page, f"{site}{poll.pk}/", site)

    settings.STANDING_DAY = AFTER
    page.goto(f"{site}{poll.pk}/")
    page.get_by_role("link", name="开箱").click()
    page.get_by_label("本单位的钥匙").fill(keys[0].lower())
    page.get_by_label("上级的钥匙").fill(keys[1])
    page.get_by_role("textbox", name="登录名").fill("shangguan")
    page.get_by_label("密码").fill("不是这个")
    page.get_by_role("button", name="开箱", exact=True).click()
    page.get_by_text("没有办成").first.wait_for()
    read_by_axe(page)
    assert Poll.objects.get().state == "ready"
    assert page.get_by_label("本单位的钥匙").input_value() == "", "a key is never sent back"
    page.get_by_label("本单位的钥匙").fill(keys[0].lower())
    page.get_by_label("上级的钥匙").fill(keys[1])
    page.get_by_role("textbox", name="登录名").fill("shangguan")
    page.get_by_label("密码").fill(WORDS["shangguan"])
    page.get_by_role("button", name="开箱", exact=True).click()
    page.get_by_text("已开箱，封套和票都已销毁").wait_for()
    read_by_axe(page)
    assert Poll.objects.get().turnout["opened"] == 13
    assert not Slip.objects.exists()
    above.goto(f"{site}{poll.pk}/")
    above.get_by_text("已经开箱").first.wait_for()
    above.get_by_role("link", name="登记钥匙纸已销毁").click()
    above.get_by_label("都已经当面销毁").check()
    above.get_by_label("登录名").fill("wen")
    above.get_by_label("密码").fill(WORDS["wen"])
    above.get_by_role("button", name="两人一起登记销毁").click()
    above.get_by_text("两张钥匙纸都销毁了").first.wait_for()
    read_by_axe(above)
    assert [fault for fault in page.faults if "422" not in fault and "404" not in fault] == []
