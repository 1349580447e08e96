"""A draw from sealing to its names, in two browsers: the seeds are copied by nobody, and stay on no device."""

import pytest

from dianping.reviews.models import Draw
from tests.browser.looking import accessible
from tests.browser.test_told_story import as_user  # noqa: F401 (a fixture)
from tests.pages.conftest import Stage, clients, stage  # noqa: F401 (fixtures)

pytestmark = pytest.mark.browser
SEEDS = "Object.keys(localStorage).filter((key) => key.startsWith('dianping:seed:')).length"


def test_seeds_travel_by_the_device_and_are_gone_when_told(committed, stage: Stage, live_server, as_user):  # noqa: F811
    above, unit = as_user("clerk"), as_user("ning")
    for page, side in ((above, "上级"), (unit, "单位")):
        page.goto(f"{live_server.url}/draws/{stage.own.draw.pk}/")
        page.get_by_role("button", name=f"{side}封存种子").click()
        page.get_by_text("印种子条").first.wait_for()
        accessible(page)
        assert page.evaluate(SEEDS) == 1
    for page, side in ((above, "上级"), (unit, "单位")):
        page.goto(f"{live_server.url}/draws/{stage.own.draw.pk}/")
        page.get_by_role("button", name=f"{side}公开种子").click()
        page.get_by_text("这一步已办").wait_for()
        assert page.evaluate(SEEDS) == 0, "everybody reads it on the page now"
    draw = Draw.objects.get(pk=stage.own.draw.pk)
    assert draw.superior_seed
    assert draw.own_seed
    assert len(draw.drawn) == draw.places
