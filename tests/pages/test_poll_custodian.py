"""换保管人 on the pages: told to whom it concerns, done by the one who is left and the newcomer himself."""

from io import StringIO

import pytest
from django.core.management import call_command

from dianping.accounts.models import Grant, TryCount
from dianping.accounts.second_person import NOT_DONE
from dianping.common.models import AuditEntry
from tests.factories import PASSWORD
from tests.opinions.polling import office
from tests.pages.poll_desk import Desk, keyed, text_of

pytestmark = pytest.mark.django_db
WHERE = "custodian/"
TOLD = "上级的保管人shangguan同志的账号已停用，请另一位保管人wen同志办理换保管人。"


def change_account(*arguments: str) -> str:
    out = StringIO()
    call_command("change_account", *arguments, stdout=out)
    return out.getvalue()


def new_one(desk: Desk, username: str = "xin") -> None:
    office(username, Grant.Role.SUPERIOR, desk.place.top)


def sent(**more: str) -> dict[str, str]:
    return {"newcomer": "xin", "reason": "原保管人调离", "username": "xin", "password": PASSWORD} | more


def test_a_custodian_who_is_gone_is_told_to_the_office_and_replaced_by_the_other(desk: Desk) -> None:
    desk.filled()
    new_one(desk)
    out = change_account("shangguan", "--close")
    assert "他保管着“春季征求意见”" in out
    assert "上级的钥匙" in out
    for name in ("fang", "wen"):
        page = text_of(desk.client(name).get(desk.address()))
        assert TOLD in page
        assert (f"{desk.address(WHERE)}" in page) == (name == "wen")
        assert TOLD in text_of(desk.client(name).get("/opinions/"))
    assert desk.client("fang").get(desk.address(WHERE)).status_code == 404
    assert TOLD in text_of(desk.client("wen").get("/"))
    client = desk.client("wen")
    for what in ("open/", "destroy/"):
        assert TOLD in text_of(client.get(desk.address(what)))
    page = client.get(desk.address(WHERE))
    assert "no-store" in page["Cache-Control"]
    assert "信封原样交给接替的人" in text_of(page)
    done = client.post(desk.address(WHERE), sent())
    assert (done.status_code, done["Location"]) == (302, desk.address())
    assert client.post(desk.address(WHERE), sent()).status_code == 302, "sent twice, it finds it done"
    assert client.get(desk.address(WHERE)).status_code == 404
    assert AuditEntry.objects.filter(act="换保管人").count() == 1
    assert "换过，原是shangguan同志" in text_of(client.get(desk.address()))
    assert "两位保管人带着各自的钥匙" in text_of(desk.client("xin").get("/"))
    assert client.post(desk.address("open/"), desk.opening(username="xin")).status_code == 302
    gone = {"gone": "on", "username": "xin", "password": PASSWORD}
    assert client.post(desk.address("papers/"), gone).status_code == 302
    sheet = text_of(client.get(desk.address("result/?view=sheet")))
    assert "上级的保管人换过：原是shangguan同志，2011-01-10 起由xin同志接替" in sheet


def test_after_the_opening_it_stands_on_his_desk_instead_of_the_papers(desk: Desk) -> None:
    desk.filled()
    new_one(desk)
    desk.found.open()
    assert "他保管着" in change_account("shangguan", "--close")
    client = desk.client("wen")
    for page in ("/", desk.address(), desk.address("papers/")):
        assert TOLD in text_of(client.get(page))
    assert TOLD in text_of(desk.client("fang").get(desk.address()))
    assert desk.address(WHERE) in text_of(client.get("/"))
    assert client.post(desk.address(WHERE), sent()).status_code == 302
    assert "登记销毁" in text_of(desk.client("xin").get("/"))


def test_before_the_keys_the_newcomer_is_whose_turn_it_is(desk: Desk) -> None:
    desk.found.freeze()
    new_one(desk)
    change_account("shangguan", "--end-role", "superior")
    told = "上级的保管人shangguan同志没有保管这把钥匙的授权了"
    assert told in text_of(desk.client("fang").get(desk.address()))
    assert desk.client("wen").post(desk.address(WHERE), sent()).status_code == 302
    answer = desk.client("xin").post(desk.address("lists/"), keyed(number0="12", against0="户口册"))
    assert answer.status_code == 302
    assert "这一页只显示这一次" in text_of(desk.client("xin").post(desk.address("key/"), keyed()))


def test_it_is_nobody_s_while_the_custodian_can_act(desk: Desk) -> None:
    desk.filled()
    new_one(desk)
    for name in ("wen", "shangguan", "fang", "xin", "shen", "gan"):
        client = desk.client(name)
        assert client.get(desk.address(WHERE)).status_code == 404
        assert client.post(desk.address(WHERE), sent()).status_code == 404
    change_account("shangguan", "--end-role", "superior")
    for name in ("shangguan", "fang", "xin", "shen", "gan"):
        assert desk.client(name).post(desk.address(WHERE), sent()).status_code == 404
    assert desk.client("wen").get(desk.address(WHERE)).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "猜的"},
        {"username": "fang"},
        {"username": "nobody"},
        {"newcomer": "shen"},
        {"newcomer": ""},
        {"reason": ""},
    ],
)
def test_whatever_is_wrong_replaces_nobody_and_sends_no_password_back(
    desk: Desk, wrong: dict[str, str]
) -> None:
    desk.filled()
    new_one(desk)
    change_account("shangguan", "--close")
    answer = desk.client("wen").post(desk.address(WHERE), sent(**wrong))
    assert answer.status_code == 422
    assert PASSWORD not in text_of(answer)
    assert desk.poll.keys.get(side="superior").account == "shangguan"
    assert TryCount.objects.exists() == bool(set(wrong) & {"password", "username"})


def test_a_replacement_that_cannot_be_done_does_not_tell_whether_the_password_was_right(desk: Desk) -> None:
    """The one who is left has printed slips: he could not be a custodian any more, and replaces nobody."""
    desk.filled()
    new_one(desk)
    desk.poll.batches.update(issued_account="wen")
    change_account("shangguan", "--close")
    client = desk.client("wen")
    answers = [
        client.post(desk.address(WHERE), sent(**who)) for who in ({}, {"password": "猜的"}, {"username": "x"})
    ]
    assert {one.status_code for one in answers} == {422}
    texts = [
        text_of(one)[text_of(one).index('class="form-errors"') :].partition("</div>")[0] for one in answers
    ]
    assert len(set(texts)) == 1
    assert "制过这一次的票" in texts[0]
    assert AuditEntry.objects.filter(act=NOT_DONE).count() == 1


def test_both_gone_says_what_the_administrator_does(desk: Desk) -> None:
    desk.filled()
    for name in ("shangguan", "wen"):
        change_account(name, "--close")
    page = text_of(desk.client("fang").get(desk.address()))
    assert "请管理员先恢复一位（change_account --reopen 或者 --role）" in page
    assert "现在轮到您" in page
    new_one(desk)
    change_account("wen", "--reopen")
    assert desk.client("wen").post(desk.address(WHERE), sent()).status_code == 302


def test_where_nobody_may_take_over_the_page_says_how_an_account_is_made(desk: Desk) -> None:
    desk.filled()
    desk.poll.batches.update(issued_account="fang")  # the only other account above
    change_account("shangguan", "--close")
    page = text_of(desk.client("wen").get(desk.address(WHERE)))
    assert "没有可以接替的账号" in page
    assert "--role clerk --organisation YL" in page


def test_too_few_forms_are_destroyed_by_the_office_as_ever(desk: Desk) -> None:
    desk.filled(3)
    change_account("shangguan", "--close")
    assert desk.client("fang").post(desk.address("destroy/")).status_code == 302
    assert desk.poll.state == "destroyed"
