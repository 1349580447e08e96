"""A clerk gives everybody with a seat an account in three clicks; one of them brings his to life with the code of his slip."""

import io
import re
from datetime import date

import pytest
from pypdf import PdfReader

from dianping.accounts.models import Grant, User
from dianping.accounts.services import add_account, grant_role
from dianping.common.audit import Operator
from tests import factories

pytestmark = pytest.mark.browser
DAY = date(2011, 1, 5)
TEST = Operator("测试")
OWN = "石榴花开三月八日晴天正好"


def test_accounts_are_opened_in_one_act_and_brought_to_life_by_their_owners(
    page, chromium, committed, live_server, settings
):
    settings.STANDING_DAY = DAY
    place = factories._university()
    clerk = add_account(
        username="clerk", password="石榴花开三月八", name="温干事", person=None, actor=TEST, lasting=True
    )
    grant_role(user=clerk, role=Grant.Role.CLERK, organisation=place.top, since=date(2010, 1, 1), actor=TEST)
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_label("登录名").fill("clerk")
    page.get_by_label("密码").fill("石榴花开三月八")
    page.get_by_role("button", name="登录").click()

    page.locator("nav").get_by_role("link", name="账号").first.click()
    page.get_by_role("link", name="成批开设").first.click()
    page.get_by_text("新开 10 个账号").wait_for()
    papers = []

    def looked_at(route):
        """A browser without a viewer for PDFs would show nothing: the paper is taken out of the answer."""
        if route.request.method != "POST":
            route.fallback()
            return
        answer = route.fetch()
        papers.append((answer.headers["content-type"], answer.body()))
        route.fulfill(status=200, content_type="text/html; charset=utf-8", body="<p>票在这里</p>")

    page.context.route("**/accounts/slips/", looked_at)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="开设账号并打开启用票").click()
    opened.value.get_by_text("票在这里").wait_for()
    [(kind, paper)] = papers
    assert kind == "application/pdf"
    assert User.objects.exclude(person=None).count() == 10

    text = "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(paper)).pages)
    names = re.findall(r"(?<![a-z0-9])[a-z]{1,6}\d{2}(?!\d)", text)
    codes = re.findall(r"(?<![A-Z0-9-])(?:[2-9A-Z]{4}-){2}[2-9A-Z]{4}(?![A-Z0-9-])", text)
    of = dict(zip(names, codes, strict=True))
    ning = User.objects.get(person=place.people["宁守真"])

    own = chromium.new_context(viewport={"width": 390, "height": 800}, locale="zh-CN").new_page()
    own.goto(f"{live_server.url}/activate/#{of[ning.username].replace('-', '')}")
    own.get_by_label("自己定一个密码").wait_for()
    assert "#" not in own.url
    assert "宁守真" in own.content()
    own.get_by_label("自己定一个密码").fill(OWN)
    own.get_by_label("密码，再输一次").fill(OWN)
    own.get_by_role("button", name="启用并登录").click()
    own.get_by_text("账号已启用").wait_for()
    assert own.locator("h1").first.inner_text()
    own.goto(f"{live_server.url}/activate/#{of[ning.username].replace('-', '')}")
    own.get_by_text("已经用过").wait_for()
    own.context.close()

    page.goto(f"{live_server.url}/accounts/?q=nsz")
    page.get_by_role("link", name="宁守真").click()
    page.get_by_text("在用").first.wait_for()
    assert not page.faults
