"""The desk of a secretary: read at both widths and in large type, worked by the keyboard alone, and back at it after each act."""

import pytest

from tests import factories
from tests.browser.looking import WIDTHS, at_width, faults
from tests.browser.test_story import sign_in
from tests.pages.conftest import clients, stage  # noqa: F401 (fixtures)

pytestmark = pytest.mark.browser


def test_the_desk_is_clean_at_both_widths_and_in_large_type(page, committed, stage, live_server):  # noqa: F811
    for who in ("ning", "superior"):
        page.context.clear_cookies()
        sign_in(page, live_server, who, factories.PASSWORD)
        for size in ("", "type-150"):
            for width in WIDTHS:
                at_width(page, width)
                page.goto(f"{live_server.url}/")
                page.evaluate(f"'{size}' && document.documentElement.classList.add('{size}')")
                page.evaluate(
                    "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
                )
                assert faults(page) == [], (who, size, width)
    assert page.faults == []


def test_a_receipt_is_signed_by_the_keyboard_and_one_is_back_at_the_desk(
    page,
    committed,
    stage,  # noqa: F811
    live_server,
):
    sign_in(page, live_server, "ning", factories.PASSWORD)
    page.goto(f"{live_server.url}/")
    button = page.get_by_role("button", name="签收")
    assert button.count() == 1
    reached = []
    page.locator("main h1").first.evaluate("(one) => { one.tabIndex = -1; one.focus(); }")
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
        if reached[-1] == "签收" and page.evaluate("document.activeElement.tagName") == "BUTTON":
            break
    assert reached[-1] == "签收", reached
    assert any("未点评" in words for words in reached), "the cells say who it is to the keyboard as well"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/")
    page.get_by_text("已签收").first.wait_for()
    assert page.get_by_role("button", name="签收").count() == 0
    assert page.faults == []
