"""Two months of an office by pages alone: a clerk, secretaries, leaders, the superior's office and an auditor, from an empty site to
the closed second quarter, each joint of the work walked over; at the end the figures shown are counted anew from the records."""

import pytest

from tests.browser.months import beginning
from tests.browser.months.office import Workbook
from tests.browser.months.walking import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def walk(chromium, committed, live_server, settings):
    """Nobody is there yet; afterwards everybody leaves."""
    walk = Walk(chromium, live_server.url, settings)
    yield walk
    walk.end()


def test_two_months_are_worked_through_by_pages_alone(walk, tmp_path):
    book = Workbook()
    clerk = beginning.first_morning(walk, tmp_path, book)
    beginning.notice_and_duties(clerk)
    codes = beginning.accounts(clerk)
    assert codes
    assert walk.bad == []
