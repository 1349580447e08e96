"""Choosing a seat while its list is still being looked up: what was chosen stays chosen."""

from datetime import date

import pytest

from dianping.accounts.models import Grant
from tests import factories
from tests.browser.test_story import sign_in
from tests.opinions.polling import office

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "answered", [False, True], ids=["before the list is asked for", "before it has come"]
)
def test_a_list_that_comes_late_takes_no_choice_away(page, committed, live_server, settings, answered):
    settings.STANDING_DAY = date(2011, 1, 5)
    university = factories.university()
    factories.adopt(university.top)
    factories.open_on(date(2011, 1, 5))
    office("zong", Grant.Role.CLERK, university.top)
    sign_in(page, live_server, "zong", factories.PASSWORD)
    page.goto(f"{live_server.url}/duties/hand-over/")
    held = []
    page.route("**/seats/**", lambda route: held.append(route) if answered else route.continue_())
    box = page.locator("[data-picker=to_post]")
    box.get_by_role("searchbox").press_sequentially("苏")
    if answered:
        for _ in range(100):
            if held:
                break
            page.wait_for_timeout(20)
    box.get_by_label("贺知明").first.check()
    for route in held:
        route.continue_()
    page.wait_for_timeout(600)
    assert box.get_by_label("贺知明").first.is_checked()
    assert page.faults == []
