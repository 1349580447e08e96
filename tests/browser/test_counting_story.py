"""Counting by keyboard: two type the same paper form, one of them wrongly; sayings are merged without a mouse."""

from contextlib import suppress

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from dianping.accounts.models import Grant
from dianping.opinions.models import Box, PaperEntry, Point
from dianping.opinions.services import GroupPlan
from tests import factories
from tests.browser.test_story import sign_in
from tests.factories import PASSWORD
from tests.opinions.polling import AFTER, OPENS, office
from tests.pages.polls import opened, poll

pytestmark = pytest.mark.browser


def accessible(page):
    """At a desk and on a phone: no fault found, and nothing wider than the screen."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 860})
        found = Axe().run(page)
        assert not found.response["violations"], found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 860})


def type_form(page, code, digits, words):
    """One form without touching the mouse; the focus stands in the box of the code. In the order of the paper."""
    keyboard = page.keyboard
    keyboard.insert_text(code)
    keyboard.press("Enter")
    for digit in digits:
        if digit != " ":
            keyboard.press(digit)
        keyboard.press("Enter")
    keyboard.insert_text(words)
    keyboard.press("Control+Enter")


def test_two_type_a_form_and_the_second_finds_the_difference(chromium, committed, live_server, settings):
    settings.STANDING_DAY = OPENS
    university = factories.university()
    found = poll(university, on_paper=True)
    office("liu", Grant.Role.CLERK, university.letters)
    address, (one, other) = f"{live_server.url}/opinions/{found.poll.pk}/paper/", found.codes[0][:2]
    pages = {}
    for name in ("wen", "liu"):
        context = chromium.new_context(viewport={"width": 1280, "height": 860}, locale="zh-CN")
        pages[name] = context.new_page()
        sign_in(pages[name], live_server, name, PASSWORD)
        pages[name].goto(address)
        pages[name].locator("#code:focus").wait_for()
    first, second = pages["wen"], pages["liu"]
    accessible(first)

    type_form(first, one, "12 41", "食堂窗口排队太久")
    first.get_by_text("第一次录入已收下").wait_for()
    first.locator("#code:focus").wait_for()
    type_form(first, other, "11111", "")
    first.get_by_text("录了一次").wait_for()
    second.reload()
    second.locator("#code:focus").wait_for()
    type_form(second, one, "12 31", "食堂窗口排队太久")
    second.get_by_text("有 1 处与第一次录入的不同").wait_for()
    accessible(second)
    assert second.locator(".typing-row.marked").count() == 1
    assert second.locator(".typing-row.marked input").input_value() == "3", "his own, never the first one's"
    assert Box.objects.get().used == 0

    second.locator(".typing-row.marked input:focus").wait_for()
    second.keyboard.press("4")
    assert second.locator(".typing-row.marked output").inner_text() == "不满意"
    second.locator("#code").fill(one)  # a code that was refused is not sent back
    second.keyboard.press("Control+Enter")
    second.get_by_text("这份表已经投入票箱").wait_for()
    second.locator("#code:focus").wait_for()
    assert second.locator("#code").input_value() == ""
    assert Box.objects.get().used == 1
    assert PaperEntry.objects.count() == 1, "the other form waits for its second typing"
    with suppress(Error):  # a browser that keeps nothing has nothing to go back to
        second.go_back()
    second.wait_for_timeout(300)
    shown = second.evaluate(
        "document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')].map((box) => box.value)"
    )
    assert one not in shown
    assert "食堂窗口排队太久" not in shown
    for page in pages.values():
        page.context.close()


def test_sayings_are_merged_by_keyboard(page, committed, live_server, settings):
    settings.STANDING_DAY = AFTER
    found = opened(factories.university(), groups=(GroupPlan("群众", inside=False, size=12),))
    sign_in(page, live_server, "wen", PASSWORD)
    page.goto(f"{live_server.url}/opinions/{found.pk}/points/")
    page.locator("[data-saying].chosen").wait_for()
    accessible(page)
    keyboard = page.keyboard
    keyboard.press("x")
    keyboard.press("j")
    keyboard.press("x")
    page.get_by_text("勾选了 2 条").wait_for()
    keyboard.press("m")
    keyboard.insert_text("两件事合成一条")
    keyboard.press("Control+Enter")
    page.get_by_text("已归并为第 1 条").wait_for()
    assert Point.objects.get().sayings.count() == 2
    assert Point.objects.get().text == "两件事合成一条"

    page.locator("[data-saying].chosen").wait_for()
    keyboard.press("x")
    keyboard.press("m")
    keyboard.insert_text("办公室自己的话")
    keyboard.press("Control+Enter")
    page.get_by_text("已归并为第 2 条").wait_for()
    assert Point.objects.get(number=2).text == "办公室自己的话"

    page.get_by_role("link", name="两件事合成一条").click()
    accessible(page)
    page.get_by_label("答复").fill("三月办完。")
    page.get_by_role("button", name="答复").click()
    page.get_by_text("已答复").wait_for()
    for path in ("result/", "result/?view=sheet", "stubs/"):
        page.goto(f"{live_server.url}/opinions/{found.pk}/{path}")
        accessible(page)
    assert page.faults == []
