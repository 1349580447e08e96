"""征求意见和评议, page by page: the list and the course, the opening, the destroying; and who sees what of it."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from dianping.accounts.models import Grant, User
from dianping.accounts.services import grant_role
from dianping.common.models import AuditEntry
from dianping.opinions.models import Poll, Saying, Slip
from dianping.opinions.rules import presets
from dianping.opinions.services import GroupPlan, SubjectPlan, destroy_box, poll_faults, reply_to_point
from dianping.opinions.services.ticking import merge_into
from dianping.orgs.services import place_under
from tests import factories
from tests.factories import PASSWORD, University
from tests.opinions.polling import AFTER, CLOSES, OPENS, answer, poll_about
from tests.pages.poll_desk import Desk, keyed, text_of
from tests.pages.test_poll_planning import NEW, plan_of
from tests.refused import codes_on

pytestmark = pytest.mark.django_db


# ---- the list and the page of one poll


def test_the_list_tells_how_far_each_is_and_whose_turn_it_is(desk: Desk) -> None:
    text = text_of(desk.client("wen").get("/opinions/"))
    assert "春季征求意见" in text
    assert "轮到您" in text
    desk.ready()
    assert "轮到您" in text_of(desk.client("fang").get("/opinions/"))
    assert "轮到您" not in text_of(desk.client("wen").get("/opinions/")), "who keeps a key prints no slips"
    assert "轮到您" not in text_of(desk.client("shen").get("/opinions/"))
    desk.found.issue()
    for code in desk.found.codes[0][:3]:
        answer(desk.found, code)
    assert "3／12" in text_of(desk.client("shen").get("/opinions/"))


def test_an_opened_box_says_what_is_left_to_answer(desk: Desk) -> None:
    desk.filled()
    opened = desk.found.open()
    clerk, reader = desk.client("fang"), desk.client("shen")
    assert f"还有 {Saying.objects.count()} 条原话没有归并" in text_of(clerk.get("/opinions/"))
    assert "梳理和答复" in text_of(clerk.get(desk.address()))
    assert "梳理和答复" not in text_of(reader.get(desk.address()))
    keys = list(Saying.objects.values_list("pk", flat=True))
    actor = factories.ACTOR
    point = merge_into(poll=opened, sayings=keys, text="食堂排队的时间长。", into=None, actor=actor)
    assert "还有 1 条意见没有答复" in text_of(clerk.get(desk.address()))
    reply_to_point(point=point, reply="加开两个窗口。", version=point.version, today=AFTER, actor=actor)
    text = text_of(clerk.get(desk.address()))
    assert "到这里为止" in text
    assert "没有答复" not in text


def test_keys_in_each_other_s_place_are_told_apart_from_wrong_ones(desk: Desk) -> None:
    desk.filled()
    keys = desk.found.keys
    swapped = desk.opening(unit_key=keys["shangguan"], superior_key=keys["wen"])
    answered = desk.client("wen").post(desk.address("open/"), swapped)
    assert "opinions.keys-swapped" in codes_on(answered)
    assert desk.poll.state == "ready"


def test_a_box_to_be_opened_is_not_overdue_on_the_workbench(desk: Desk) -> None:
    desk.filled()
    page = text_of(desk.client("shangguan").get("/"))
    assert "已截止" in page
    assert "逾期" not in page


def test_the_workbench_counts_whose_turn_it_is(desk: Desk) -> None:
    desk.found.freeze()
    page = text_of(desk.client("shangguan").get("/"))
    assert "现在没有等您办的事" not in page
    assert "现在 1 件" in page
    assert "核对应参加的人" in page
    desk.found.confirm()
    assert "领取钥匙" in text_of(desk.client("shangguan").get("/"))


def test_the_letterhead_names_the_organisation_chosen(desk: Desk) -> None:
    clerk = desk.client("fang")
    clerk.post("/switch/", {"organisation": desk.place.letters.code})
    page = text_of(clerk.get(desk.address()))
    assert f"<summary><span>{desk.place.letters.name}</span>" in page


@pytest.mark.parametrize(
    ("username", "sees"),
    [("wen", 200), ("shangguan", 200), ("gan", 200), ("qi", 200), ("shen", 200), ("bian", 404), ("ran", 404)],
)
def test_who_reads_the_standing(desk: Desk, username: str, sees: int) -> None:
    assert desk.client(username).get(desk.address()).status_code == sees


def test_every_step_says_the_one_thing_to_do_and_who_does_it(desk: Desk) -> None:
    clerk, above = desk.client("wen"), desk.client("shangguan")
    assert "现在轮到您" in text_of(clerk.get(desk.address()))
    assert "现在轮到办公室" in text_of(above.get(desk.address()))
    desk.found.freeze()
    assert "现在轮到您" in text_of(above.get(desk.address()))
    assert above.get(desk.address("key/"))["Location"] == desk.address("lists/"), "the lists come first"
    desk.found.confirm()
    clerk.post(desk.address("key/"), keyed())
    assert "现在轮到您" not in text_of(clerk.get(desk.address())), "his key is taken; the other's is not"
    desk.found.take_keys()
    assert "还有 12 人的票没有制" in text_of(clerk.get(desk.address()))
    desk.found.issue()
    assert "现在不用办什么" in text_of(clerk.get(desk.address()))
    for code in desk.found.codes[0]:
        answer(desk.found, code)
    text = text_of(clerk.get(desk.address()))
    assert "截止以前谁也看不到内容" in text
    assert "已收 12／应收 12" in text
    desk.on(AFTER)
    assert "两位保管人带着各自的钥匙" in text_of(desk.client("shen").get(desk.address()))
    desk.found.open()
    assert "已经开箱" in text_of(clerk.get(desk.address()))


def test_whom_it_is_about_sees_nothing_of_it_before_it_is_opened(
    university: University, settings: Any
) -> None:
    settings.STANDING_DAY = OPENS
    qi = factories.account(university.people["祁文"], username="qi")
    found = poll_about(university, about=(SubjectPlan(university.letters, university.people["祁文"]),))
    client = Client()
    client.force_login(qi)
    where = f"/opinions/{found.poll.pk}/"
    found.freeze()
    found.take_keys()
    found.issue()
    for code in found.codes[0]:
        answer(found, code)
    settings.STANDING_DAY = AFTER
    assert client.get(where).status_code == 404
    assert "春季征求意见" not in text_of(client.get("/opinions/"))
    found.open()
    text = text_of(client.get(where))
    assert "收回 12 份" in text
    assert "第 1 批" not in text
    assert client.get(f"{where}form/").status_code == 404
    assert "春季征求意见" in text_of(client.get("/opinions/"))


# ---- opening and destroying


def test_nobody_comes_to_the_opening_before_the_last_day_is_over(desk: Desk) -> None:
    desk.filled()
    desk.on(CLOSES)
    assert desk.client("wen").get(desk.address("open/")).status_code == 404
    desk.on(AFTER)
    assert desk.client("wen").get(desk.address("open/")).status_code == 200
    for username in ("gan", "qi", "shen", "bian"):
        assert desk.client(username).get(desk.address("open/")).status_code == 404


def test_two_custodians_open_the_box(desk: Desk) -> None:
    desk.filled()
    page = desk.client("wen").get(desk.address("open/"))
    assert "接下来会怎样" in text_of(page)
    assert "no-store" in page["Cache-Control"]
    client = desk.client("wen")
    sent = client.post(desk.address("open/"), desk.opening())
    assert sent["Location"] == desk.address("papers/"), "both papers are destroyed next"
    assert desk.poll.state == "opened"
    assert client.post(desk.address("open/"), desk.opening()).status_code == 302, "sent twice"
    assert AuditEntry.objects.filter(act="开箱").count() == 1


@pytest.mark.parametrize(
    "more",
    [
        {"password": "wrong"},
        {"username": "wen"},
        {"username": "shen"},
        {"unit_key": "AAAA"},
        {"superior_key": ""},
    ],
)
def test_the_box_stays_sealed_without_the_other_custodian_and_both_keys(
    desk: Desk, more: dict[str, str]
) -> None:
    desk.filled()
    sent = desk.client("wen").post(desk.address("open/"), desk.opening(**more))
    assert sent.status_code == 422
    assert PASSWORD not in text_of(sent)
    assert desk.poll.state == "ready"


def test_a_box_that_was_touched_is_opened_only_when_both_say_so(desk: Desk) -> None:
    desk.filled()
    Poll.objects.filter(pk=desk.poll.pk).update(least=5)
    Slip.objects.filter(state=Slip.State.USED).first().delete()  # type: ignore[union-attr]
    client = desk.client("wen")
    sent = client.post(desk.address("open/"), desk.opening())
    assert sent.status_code == 422
    assert "仍然开箱，并写明不符之处" in text_of(sent)
    assert "票箱没有打开" in text_of(sent)
    assert desk.found.keys["wen"] not in text_of(sent), "a key is never sent back"
    assert client.post(desk.address("open/"), desk.opening(despite="on")).status_code == 302
    assert desk.poll.faults
    assert desk.poll.faults[0] in text_of(client.get(desk.address()))


def test_a_box_with_too_few_forms_is_destroyed_without_a_reason(desk: Desk) -> None:
    desk.filled(forms=4)
    client = desk.client("wen")
    assert "不足 5 份，不能开箱" in text_of(client.get(desk.address("open/")))
    assert client.post(desk.address("destroy/"), keyed()).status_code == 302
    assert desk.poll.state == "destroyed"
    assert "没有开箱" in text_of(client.get(desk.address()))


def test_a_box_that_could_be_opened_is_destroyed_by_both_custodians_with_a_reason(desk: Desk) -> None:
    desk.filled()
    client, address = desk.client("wen"), desk.address("destroy/")
    other = {"username": "shangguan", "password": PASSWORD}
    for sent, says in (
        ({"reason": "不想开"}, "请另一位保管人写登录名"),
        ({"reason": "不想开", **other, "password": "猜的"}, "没有办成"),
        ({"reason": "不想开", "username": "wen", "password": PASSWORD}, "没有办成"),
        (other, "没有写为什么不开箱"),
    ):
        answer = client.post(address, sent)
        assert answer.status_code == 422
        assert says in text_of(answer)
    assert desk.poll.state == "ready"
    assert client.post(address, other | {"reason": "保管人丢失了钥匙"}).status_code == 302
    assert desk.poll.state == "destroyed"
    assert "保管人丢失了钥匙" in text_of(client.get(desk.address()))


def test_a_plan_is_called_off_with_a_reason(desk: Desk) -> None:
    assert desk.client("wen").post(desk.address("destroy/"), keyed(reason="题目写错了")).status_code == 302
    assert desk.poll.state == "cancelled"
    assert "已经取消，名册没有封定" in text_of(desk.client("wen").get(desk.address()))


def test_whoever_has_no_place_of_his_own_has_an_empty_list(desk: Desk) -> None:
    answer = desk.client("ran").get("/opinions/")
    assert answer.status_code == 200
    assert "春季征求意见" not in text_of(answer)


# ---- the hourly count


def test_the_command_counts_each_box_once_an_hour(desk: Desk, capsys: Any) -> None:
    desk.ready()
    call_command("count_boxes")
    call_command("count_boxes")
    assert AuditEntry.objects.filter(act="票箱计数").count() == 1
    assert "记下了 1 个票箱的份数。" in capsys.readouterr().out


def test_keys_not_taken_in_time_end_the_poll(desk: Desk) -> None:
    desk.found.freeze()
    desk.on(AFTER)
    text = text_of(desk.client("wen").get(desk.address()))
    assert "两把钥匙还没有领齐" in text
    assert "取消这一次" in text


def test_a_poll_goes_with_its_organisation(desk: Desk) -> None:
    """Put under another while forms come in: its office still sees it, ends it, and the figures are still told by place."""
    unit = desk.found.unit
    desk.filled()
    other = factories.organisation("艺术学部党委", "党委", desk.place.top)
    place_under(organisation=desk.place.letters, parent=other, on=AFTER, actor=factories.ACTOR)
    clerk = factories.account(username="arts")
    grant_role(user=clerk, role=Grant.Role.CLERK, organisation=other, since=OPENS, actor=factories.ACTOR)
    for username in (unit.username, "arts"):
        assert "春季征求意见" in text_of(desk.client(username).get("/opinions/"))
        assert desk.client(username).get(desk.address()).status_code == 200
    assert poll_faults(desk.poll) == []
    assert desk.found.open().faults == []


def test_an_older_turn_is_not_hidden_by_newer_polls(desk: Desk) -> None:
    """Twelve polls that run by themselves say nothing; the one planned before them waits for its office."""
    for number in range(12):
        running = poll_about(desk.place)
        Poll.objects.filter(pk=running.poll.pk).update(title=f"正在收表{number}", opens=OPENS)
        running.freeze()
        running.take_keys()
        running.issue()
    text = text_of(desk.client("wen").get("/"))
    assert "封定名册" in text
    assert "正在收表" not in text


def test_a_clerk_who_heads_the_organisation_neither_plans_nor_waits(desk: Desk) -> None:
    """His turn would be an address that is not there for him."""
    qi = User.objects.get(username="qi")  # heads 文学院
    grant_role(
        user=qi, role=Grant.Role.CLERK, organisation=desk.place.letters, since=OPENS, actor=factories.ACTOR
    )
    assert "轮到您" not in text_of(desk.client("qi").get("/opinions/"))
    assert "封定名册" not in text_of(desk.client("qi").get("/"))
    sent = desk.client("qi").post(f"{NEW}opinion", plan_of(desk))
    assert sent.status_code == 422
    assert "opinions.planner-asked-about" in codes_on(sent)


def test_a_poll_called_off_before_slips_were_made_destroyed_nothing(desk: Desk) -> None:
    desk.ready()
    destroy_box(poll=desk.poll, why="换个时间", today=OPENS, actor=factories.ACTOR)
    text = text_of(desk.client("wen").get(desk.address()))
    assert "已经取消，一张票也没有发" in text
    assert "已经销毁" not in text


def test_whoever_it_is_about_does_not_watch_the_forms_come(desk: Desk) -> None:
    """The head of the organisation reads that it runs, and how many came only when it has ended."""
    desk.filled(7)
    desk.on(OPENS)
    for address in ("/opinions/", desk.address()):
        assert "7／" in text_of(desk.client("shen").get(address))
        head = text_of(desk.client("qi").get(address))
        assert "春季征求意见" in head
        assert "7／" not in head
    assert "开箱以后才看得到" in text_of(desk.client("qi").get(desk.address()))
    desk.on(AFTER)
    desk.found.open()
    assert "7／12" in text_of(desk.client("qi").get("/opinions/"))


def test_a_list_that_would_show_nothing_is_told_before_slips_are_made(desk: Desk) -> None:
    """One more than last time: whoever subtracts would know what he said. The same people again are no trouble."""
    form, names = presets()["appraisal_organisation"], tuple(f"群众{n}" for n in range(12))
    told = []
    for who in (names, names, (*names, "李新来")):
        again = poll_about(desk.place, form=form, groups=(GroupPlan("群众", inside=False, names=who),))
        again.freeze()
        told.append("没有数字可看" in text_of(desk.client("wen").get(f"/opinions/{again.poll.pk}/")))
        again.take_keys()
        if len(told) == 1:
            again.issue()
            for code in again.codes[0]:
                answer(again, code)
            again.open()
    assert told == [False, False, True]
