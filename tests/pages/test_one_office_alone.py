"""One office by its pages: plans nine inventions and one person, and finds nobody to vouch for them (decision 0041)."""

import pytest

from dianping.accounts.models import Grant
from dianping.opinions.models import Poll
from tests import factories
from tests.opinions.polling import OPENS, GroupPlan, office, poll_about
from tests.pages.poll_desk import Desk, keyed, text_of
from tests.pages.test_poll_planning import NEW, plan_of
from tests.refused import codes_on

pytestmark = pytest.mark.django_db
INVENTED = "群众，" + "、".join(["真来人", *(f"编名{sign}" for sign in "甲乙丙丁戊己庚辛壬")])


def planned(desk: Desk, planner: str) -> Poll:
    sent = desk.client(planner).post(NEW + "opinion", plan_of(desk, branches=[], outside=INVENTED))
    assert sent.status_code == 302
    return Poll.objects.get(title="冬季征求意见")


@pytest.mark.parametrize("superior", ["fang", "chen"])
def test_the_office_that_planned_is_not_offered_the_superior_s_key_and_not_given_it(
    desk: Desk, superior: str
) -> None:
    office("chen", Grant.Role.CLERK, desk.place.top)
    poll = planned(desk, "fang")
    client, where = desk.client("fang"), f"/opinions/{poll.pk}/freeze/"
    page = text_of(client.get(where))
    assert '<option value="shangguan"' in page
    assert '<option value="fang"' not in page
    assert '<option value="chen"' not in page
    assert "不能是拟定人的办公室的" in page
    refused = client.post(where, keyed(version=poll.version, unit="wen", superior=superior))
    assert refused.status_code == 422
    poll.refresh_from_db()
    assert (poll.state, poll.planned_account) == ("planned", "fang")


def test_where_only_the_planner_s_office_is_above_it_is_told_at_planning_and_at_freezing(desk: Desk) -> None:
    Grant.objects.filter(user__username="shangguan").delete()
    page = text_of(desk.client("fang").get(NEW + "opinion"))
    assert "由您拟定，现在封不了名册" in page
    assert "由您拟定，现在封不了名册" not in text_of(desk.client("wen").get(NEW + "opinion"))
    poll = planned(desk, "fang")
    page = text_of(desk.client("fang").get(f"/opinions/{poll.pk}/freeze/"))
    assert "上级没有可以保管钥匙的账号" in page
    assert "自己的党务干事另拟" in page


def test_what_the_unit_printed_the_superior_s_custodian_counts_out(desk: Desk) -> None:
    office("mi", Grant.Role.CLERK, desk.place.letters)
    desk.ready()
    slips = desk.client("mi").post(
        desk.address("slips/"), keyed(group="0", count="12", kind="slips", after="0")
    )
    assert slips["Content-Type"] == "application/pdf"
    for username, offered in (("mi", False), ("wen", False), ("shangguan", True), ("fang", True)):
        assert ("已点交</button>" in text_of(desk.client(username).get(desk.address()))) is offered
    assert "现在轮到您" in text_of(desk.client("shangguan").get(desk.address()))
    assert "点交" in text_of(desk.client("shangguan").get("/"))
    assert "现在轮到您" not in text_of(desk.client("wen").get(desk.address()))
    where = desk.address("batches/1/count/")
    assert "opinions.counter-shares-office" in codes_on(
        desk.client("wen").post(where, keyed(count="12"), follow=True)
    )
    assert "第 1 批 12 张已点交" in text_of(
        desk.client("shangguan").post(where, keyed(count="12"), follow=True)
    )


def test_the_unit_s_custodian_goes_through_the_roster_on_his_page(desk: Desk) -> None:
    branch = desk.place.letters_staff
    for at in range(12):
        factories.member(f"党员{at}", branch)
    desk.found = poll_about(
        desk.place, groups=(GroupPlan("党员", branch), GroupPlan("群众", inside=False, size=12))
    )
    desk.found.freeze(OPENS)
    size = desk.found.groups[0].size
    client, where = desk.client("wen"), desk.address("lists/")
    assert client.get(desk.address("key/"))["Location"] == where
    page = text_of(client.get(where))
    assert "名册多半是上级办公室导入的" in page
    assert 'name="number-1"' in page
    assert 'name="number1"' not in page
    sent = {"number-1": str(size), "against-1": "党费收缴名册"}
    assert client.post(where, keyed(**sent)).status_code == 302
    assert desk.found.groups[0].confirmed_here == size
    assert "党费收缴名册" in text_of(client.get(desk.address()))
    assert client.get(desk.address("key/")).status_code == 200
