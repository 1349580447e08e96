"""A problem from the board to its end, by keyboard alone, on a desk and in a hand."""

import pytest

from dianping.rectification.models import Item
from tests import factories
from tests.browser.looking import accessible, at_width, tab_to
from tests.browser.test_story import sign_in
from tests.pages.conftest import clients, stage  # noqa: F401 (fixtures)

pytestmark = pytest.mark.browser


@pytest.fixture
def item(committed, stage):  # noqa: F811
    """The problem named in 文学院教工党支部's own review: nothing done about it yet, due 3月31日."""
    return stage.own.item


def take(page, name, **said):
    """One step of the item that stands on the page, by Tab and Enter."""
    tab_to(page, name)
    page.keyboard.press("Enter")
    page.locator("#step form").wait_for()
    accessible(page)
    for label, text in said.items():
        tab_to(page, label)
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(text)
    tab_to(page, name, most=200)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator(".messages .success").wait_for()


@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_board_to_closed_by_somebody_else(chromium, item, live_server, width):
    words = item.problem.text
    contexts = []

    def come(who):
        context = chromium.new_context(viewport={"width": width, "height": 844}, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        at_width(page, width)
        sign_in(page, live_server, who, factories.PASSWORD)
        page.goto(f"{live_server.url}/rectification/?view=board")
        accessible(page)
        column = page.locator("section", has=page.get_by_role("link", name=words))
        return page, column

    ning, column = come("ning")
    assert "未整改" in column.locator("h2").inner_text()
    tab_to(ning, words)
    ning.keyboard.press("Enter")
    ning.wait_for_url(f"**/rectification/{item.pk}/")
    take(ning, "填写整改措施", 整改措施="每月走访一次", 完成时限="3.15")
    assert str(Item.objects.get(pk=item.pk).due) == "2011-03-15"
    take(ning, "登记进展", 说明="一月份走访两次，听到三条意见。")
    take(ning, "申请销号", 说明="三次走访的记录已交。")
    assert ning.get_by_role("link", name="验收销号").count() == 0, "nobody closes his own"

    qi, column = come("qi")
    assert "申请销号" in column.locator("h2").inner_text()
    tab_to(qi, words)
    qi.keyboard.press("Enter")
    qi.wait_for_url(f"**/rectification/{item.pk}/")
    take(qi, "验收销号", 说明="看过三次走访的记录，属实。")
    qi.goto(f"{live_server.url}/rectification/?view=board")
    column = qi.locator("section", has=qi.get_by_role("link", name=words))
    assert "已销号" in column.locator("h2").inner_text()
    accessible(qi)
    assert Item.objects.get(pk=item.pk).state == "closed"
    for context in contexts:
        context.close()
