"""Two months of an office by pages alone: a clerk, secretaries, leaders, the superior's office and an auditor, from an empty site to
the closed second quarter, each joint of the work walked over; at the end the figures shown are counted anew from the records."""

from datetime import date

import pytest

from tests.browser.months import beginning, moving
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
    superior = beginning.from_the_machine(walk, "jiaogongwei", "高校工委办公室", "superior")
    auditor = beginning.from_the_machine(walk, "chayue", "纪委查阅人", "auditor")
    ning = beginning.bring_to_life(walk, "宁守真", codes["nsz01"], width=390)
    leader = beginning.bring_to_life(walk, "贺知明", codes["hzm01"])
    other = beginning.bring_to_life(walk, "苏岩", codes["sy01"])
    head = beginning.bring_to_life(walk, "甘远山", codes["gys01"])
    for one in (superior, auditor, ning, leader, other, head):
        one.looks()

    walk.stand_on(date(2011, 1, 5))
    moving.wrong_file(clerk, tmp_path, book)
    moving.secretary_by_roster(clerk, tmp_path, book)
    moving.secretary_by_page(clerk, "YT0102", "齐放", "许可")
    moving.acting_deputy(clerk, "YT0202", "方舟", "柳青衣")
    print(beginning.open_duties(clerk))
    print(moving.hands_over(clerk, "贺知明", "苏岩", date(2011, 1, 20)))
    moving.joins(clerk, "YT0101", "简兮", date(2011, 1, 5))
    moving.leaves(clerk, "陆行之", "组织关系转出")
    print(beginning.open_duties(clerk))
    assert walk.bad == []
