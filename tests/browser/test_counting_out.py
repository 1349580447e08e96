"""点交: whoever did not print the slips counts them out with a mouse, at the widths of common screens."""

import pytest

from dianping.accounts.models import Grant
from dianping.opinions.models import Batch
from dianping.opinions.services import GroupPlan
from tests import factories
from tests.browser.looking import accessible, at_width, covered
from tests.browser.test_story import sign_in
from tests.opinions.polling import OPENS, office
from tests.pages.polls import poll

pytestmark = pytest.mark.browser
GROUPS = tuple(
    GroupPlan(label, inside=False, size=12)
    for label in ("学生代表和校友代表", "教师", "机关工作人员", "工友")
)


def test_the_count_of_every_batch_is_within_reach_of_a_mouse(page, committed, live_server, settings):
    settings.STANDING_DAY = OPENS
    university = factories.university()
    found = poll(university, groups=GROUPS)
    Batch.objects.update(counted_on=None, counted_by="")
    office("liu", Grant.Role.CLERK, university.letters)
    sign_in(page, live_server, "liu", factories.PASSWORD)
    page.goto(f"{live_server.url}/opinions/{found.poll.pk}/")
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    for width in (1440, 1366, 1280, 390):
        at_width(page, width)
        assert covered(page) == [], width
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, width
    accessible(page)
    page.get_by_label("点到几张").first.fill("12")
    page.get_by_role("button", name="已点交").first.click()
    page.get_by_text("还没有，打不开表").nth(2).wait_for()
    assert Batch.objects.exclude(counted_on=None).count() == 1
