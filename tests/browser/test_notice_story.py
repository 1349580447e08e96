"""A notice pasted, gone through by keyboard, and adopted: another campaign comes in without a programmer."""

from datetime import date

import pytest

from dianping.accounts.models import Grant
from dianping.accounts.services import add_account, grant_role
from dianping.common.audit import Operator
from dianping.duties.models import Duty
from dianping.notices.models import Line, Notice
from dianping.programmes.models import Adoption
from tests import factories
from tests.browser.test_story import sign_in
from tests.given import SEED

pytestmark = pytest.mark.browser
DAY = date(2011, 11, 8)
TEST = Operator("测试")
NOTICE = """中共云岭大学委员会文件
云岭党发〔2011〕30号

关于做好年度民主评议党员工作的通知
各党总支、直属党支部：
为加强党员队伍建设，现就做好年度民主评议党员工作通知如下：
一、党支部书记要对本支部每名党员进行点评，每年至少进行一次。
二、从11月10日至12月31日，各党支部普遍开展一次点评。
三、各党总支、直属党支部于2012年1月8日前将评议工作总结报党委组织部。
中共云岭大学委员会
2011年11月8日
"""


def test_the_given_notice_is_pasted_and_adopted_as_two_programmes(page, committed, live_server, settings):
    settings.STANDING_DAY = date(2010, 12, 31)
    university = factories.university()
    clerk = add_account(
        username="clerk", password="石榴花开三月八", name="温干事", person=None, actor=TEST, lasting=True
    )
    grant_role(
        user=clerk, role=Grant.Role.CLERK, organisation=university.top, since=date(2010, 1, 1), actor=TEST
    )
    sign_in(page, live_server, "clerk", "石榴花开三月八")
    page.goto(f"{live_server.url}/notices/enter/")
    page.get_by_label("全文").fill(SEED.read_text("utf-8"))
    page.get_by_role("button", name="登记并读出").click()
    page.get_by_role("link", name="核对读出的内容").click()
    page.get_by_text("2010年12年15日").first.wait_for()
    page.get_by_role("button", name="其余一并采纳").click()
    page.get_by_role("button", name="采用为方案").click()
    page.get_by_text("已采用 平学院创组文〔2010〕1号").wait_for()
    base, overlay = Adoption.objects.order_by("in_force")
    assert (base.number, overlay.extends) == ("豫创组办发〔2010〕26号", base.code)
    assert page.faults == []


def test_a_made_up_notice_is_adopted_and_its_duties_are_opened(page, committed, live_server, settings):
    settings.STANDING_DAY = DAY
    university = factories.university()
    clerk = add_account(
        username="clerk", password="石榴花开三月八", name="温干事", person=None, actor=TEST, lasting=True
    )
    grant_role(
        user=clerk, role=Grant.Role.CLERK, organisation=university.top, since=date(2010, 1, 1), actor=TEST
    )
    sign_in(page, live_server, "clerk", "石榴花开三月八")
    page.goto(f"{live_server.url}/notices/")
    page.get_by_role("link", name="登记文件").click()
    page.get_by_label("全文").fill(NOTICE)
    page.get_by_role("button", name="登记并读出").click()
    page.get_by_text("读出的内容").first.wait_for()
    assert Notice.objects.get().number == "云岭党发〔2011〕30号"
    page.get_by_role("link", name="核对读出的内容").click()
    page.locator("[data-line].chosen").wait_for()
    before = Line.objects.filter(state="accepted").count()
    page.keyboard.press("Enter")
    page.locator("[data-line][data-state=accepted]").first.wait_for()
    assert Line.objects.filter(state="accepted").count() == before + 1
    page.get_by_role("button", name="其余一并采纳").click()
    page.get_by_role("button", name="若采用会怎样").click()
    page.get_by_text("照样开列一遍").wait_for()
    assert not Adoption.objects.exists(), "a forecast is taken back"
    page.get_by_role("button", name="采用为方案").click()
    page.get_by_text("已采用 云岭党发〔2011〕30号").wait_for()
    page.goto(f"{live_server.url}/set-up/")
    page.get_by_label("日期").fill("2011-11-15")
    page.get_by_role("button", name="开列应办").click()
    page.get_by_text("新开列").first.wait_for()
    assert Duty.objects.filter(target="member", opens=date(2011, 11, 10), due=date(2011, 12, 31)).exists()
    assert Duty.objects.filter(kind="paper", due=date(2012, 1, 8)).exists()
    assert page.faults == []
