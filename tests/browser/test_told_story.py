"""From a review to a model case, from figures to a bulletin: raised, checked by another, told, withdrawn, in a browser."""

import pytest

from dianping.bulletins.models import Bulletin, ModelCase
from tests import factories
from tests.browser.looking import accessible, at_width, tab_to
from tests.browser.test_story import sign_in
from tests.pages.conftest import Stage, clients, stage  # noqa: F401 (fixtures)

pytestmark = pytest.mark.browser


@pytest.fixture
def told(committed, stage, settings) -> Stage:  # noqa: F811
    """Both branches' story, on 2011-01-05."""
    return stage


@pytest.fixture
def as_user(chromium, live_server):
    """A page signed in as somebody, in a browser of his own."""
    opened = []

    def come(who, width=1280):
        context = chromium.new_context(viewport={"width": width, "height": 860}, locale="zh-CN")
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))
        sign_in(page, live_server, who, factories.PASSWORD)
        opened.append((context, page))
        return page

    yield come
    for context, page in opened:
        assert page.faults == []
        context.close()


def test_a_bulletin_is_drafted_refused_for_a_name_issued_by_another_and_withdrawn(told, live_server, as_user):
    clerk = as_user("clerk")
    clerk.goto(f"{live_server.url}/bulletins/new/?organisation=YL01")
    clerk.get_by_label("党支部", exact=True).check()
    clerk.get_by_role("button", name="填好数字，开始拟稿").click()
    clerk.wait_for_url("**/edit/")
    accessible(clerk)
    figures = clerk.get_by_label("正文").input_value()
    assert "不足 5 人" in figures
    clerk.get_by_label("正文").fill(f"{figures}\n冉小禾要努力。")
    clerk.get_by_role("button", name="存拟稿").click()
    clerk.get_by_role("link", name="核对人名和原文").click()
    clerk.get_by_text("冉小禾（正文第").wait_for()
    accessible(clerk)
    bulletin = Bulletin.objects.latest("pk")

    superior = as_user("superior")
    superior.goto(f"{live_server.url}/bulletins/{bulletin.pk}/")
    superior.get_by_role("button", name="签发并印发").click()
    superior.get_by_text("冉小禾（正文第").wait_for()
    bulletin.refresh_from_db()
    assert bulletin.issued_on is None, "what names a member is not issued"
    superior.locator("summary", has_text="退回修改").click()
    superior.get_by_label("退回意见").fill("删去写到个人的一句。")
    superior.get_by_role("button", name="退回修改").click()
    superior.get_by_text("退回意见").first.wait_for()

    clerk.goto(f"{live_server.url}/bulletins/{bulletin.pk}/edit/")
    clerk.get_by_text("删去写到个人的一句").wait_for()
    clerk.get_by_label("正文").fill(figures)
    clerk.get_by_role("button", name="存拟稿").click()

    superior.goto(f"{live_server.url}/bulletins/{bulletin.pk}/")
    superior.get_by_role("button", name="签发并印发").click()
    superior.get_by_text("点评通报〔2011〕").first.wait_for()
    accessible(superior)

    reader = as_user("ning", width=390)
    reader.goto(f"{live_server.url}/bulletins/")
    at_width(reader, 390)
    accessible(reader)
    bulletin.refresh_from_db()
    reader.locator(f"a[href='/bulletins/{bulletin.pk}/']").first.click()
    reader.get_by_role("article", name="正文").wait_for()
    assert reader.get_by_role("button", name="签发并印发").count() == 0
    accessible(reader)

    superior.locator("summary", has_text="撤回").click()
    superior.get_by_label("撤回的原因").fill("一个数字有误。")
    superior.get_by_role("button", name="撤回这份通报").click()
    superior.get_by_text("已撤回").first.wait_for()
    reader.reload()
    reader.get_by_text("一个数字有误").wait_for()
    accessible(reader)


def test_a_case_is_raised_and_checked_by_keyboard_alone_and_told_once_agreed(told, live_server, as_user):
    review = told.own.body_review
    qi = as_user("qi")
    qi.goto(f"{live_server.url}/reviews/{review.pk}/")
    tab_to(qi, "提出典型")
    qi.keyboard.press("Enter")
    qi.wait_for_url("**/case/")
    accessible(qi)
    tab_to(qi, "标题")
    qi.keyboard.insert_text("周五半小时听意见")
    tab_to(qi, "事迹")
    qi.keyboard.insert_text("每周五下午半小时，支部委员轮流在资料室听意见，三天内答复。")
    tab_to(qi, "提出典型")
    qi.keyboard.press("Enter")
    qi.wait_for_url("**/cases/*/")
    accessible(qi)
    case = ModelCase.objects.latest("pk")
    assert qi.get_by_role("button", name="核实无误").count() == 0, "nobody checks what he raised himself"

    clerk = as_user("clerk", width=390)
    clerk.goto(f"{live_server.url}/cases/{case.pk}/")
    accessible(clerk)
    tab_to(clerk, "意见")
    clerk.keyboard.insert_text("问过两名党员，看过登记本。")
    tab_to(clerk, "核实无误")
    clerk.keyboard.press("Enter")
    clerk.get_by_role("button", name="发布典型").wait_for()
    accessible(clerk)
    clerk.get_by_label("党支部", exact=True).check()
    clerk.get_by_role("button", name="发布典型").click()
    clerk.get_by_text("已发布").first.wait_for()

    other = as_user("bian")
    other.goto(f"{live_server.url}/cases/{case.pk}/")
    other.get_by_text("三天内答复").wait_for()
    assert other.get_by_text("问过两名党员").count() == 0
    accessible(other)
