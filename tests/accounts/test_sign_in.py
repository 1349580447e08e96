"""Signing in: who is counted with whom, what is told, and that an outsider cannot keep the owner out."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from dianping.accounts import hashing
from dianping.accounts.models import KnownPlace, TryCount
from dianping.accounts.signing_in import DEVICE
from dianping.common.audit import verify
from dianping.common.clock import true_moment
from dianping.common.models import AuditEntry
from dianping.pages.accounts.views import signing as views
from tests.factories import PASSWORD, Cast
from tests.glued import glued

HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"


def sign_in(
    client: Client, username: str = "ning", password: str = PASSWORD, address: str = HERE, **more: str
):
    return client.post("/sign-in/", {"username": username, "password": password}, REMOTE_ADDR=address, **more)


def strangers_try(username: str = "ning", times: int = 8) -> None:
    """From so many addresses that none of them is used up."""
    for at in range(times):
        sign_in(Client(), username, "wrong", f"203.0.113.{at}")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    now = [true_moment()]
    monkeypatch.setattr(views, "true_moment", lambda: now[0])
    return now


def test_five_wrong_ones_stop_the_name_for_a_quarter_of_an_hour(cast: Cast, clock: list[datetime]) -> None:
    for _ in range(5):
        assert sign_in(Client(), password="wrong").status_code == 200
    refused = sign_in(Client())
    assert refused.status_code == 429
    assert "最多等 15 分钟" in glued(refused)
    clock[0] += timedelta(minutes=15, seconds=1)
    assert sign_in(Client()).status_code == 302


def test_a_right_password_takes_the_count_away(cast: Cast) -> None:
    for _ in range(3):
        for _ in range(4):
            assert sign_in(Client(), password="wrong").status_code == 200
        assert sign_in(Client()).status_code == 302


def test_strangers_cannot_keep_out_the_browser_that_signed_in_before(cast: Cast) -> None:
    own = Client()
    assert sign_in(own).status_code == 302
    own.post("/sign-out/")
    strangers_try()
    assert sign_in(Client(), address=ELSEWHERE).status_code == 429  # a stranger's place is stopped
    assert sign_in(own, address=ELSEWHERE).status_code == 302  # on the road, with his own telephone


def test_strangers_cannot_keep_out_the_address_that_signed_in_before(cast: Cast) -> None:
    assert sign_in(Client()).status_code == 302
    strangers_try()
    assert sign_in(Client()).status_code == 302
    KnownPlace.objects.update(last=true_moment() - timedelta(days=91))
    assert sign_in(Client()).status_code == 429


def test_a_colleague_at_the_same_address_cannot_keep_out_the_browser(cast: Cast) -> None:
    own = Client()
    sign_in(own)
    own.post("/sign-out/")
    for at in range(40):
        sign_in(Client(), ("ning", "gan", f"nobody{at}")[at % 3], "wrong")
    assert sign_in(Client()).status_code == 429
    assert sign_in(own).status_code == 302


def test_a_known_browser_has_five_tries_like_anybody(cast: Cast) -> None:
    own = Client()
    sign_in(own)
    own.post("/sign-out/")
    for _ in range(5):
        assert sign_in(own, password="wrong").status_code == 200
    assert sign_in(own).status_code == 429


@pytest.mark.parametrize("mark", ["", "forged", "another's", "half"])
def test_the_mark_of_a_browser_helps_nobody_else(cast: Cast, mark: str) -> None:
    other, stranger = Client(), Client()
    sign_in(other, "gan", address=ELSEWHERE)
    given = other.cookies[DEVICE].value
    stranger.cookies[DEVICE] = {"another's": given, "half": given[:-3], "forged": "x:y:z"}.get(mark, "")
    strangers_try()
    assert sign_in(stranger, address=ELSEWHERE).status_code == 429


def test_the_mark_goes_to_no_other_page_and_to_no_script(cast: Cast) -> None:
    client = Client()
    mark = sign_in(client).cookies[DEVICE]
    assert mark["path"] == "/sign-in/"
    assert mark["httponly"]
    assert mark["samesite"] == "Strict"


def test_an_address_has_thirty_wrong_ones_whatever_the_names(cast: Cast) -> None:
    for at in range(30):
        assert sign_in(Client(), f"nobody{at}", "wrong").status_code == 200
    assert sign_in(Client(), "gan").status_code == 429
    assert sign_in(Client(), "gan", address=ELSEWHERE).status_code == 302


def test_who_owns_a_name_cannot_try_others_without_end(cast: Cast) -> None:
    """A right password of one's own takes back its own try only."""
    for at in range(30):
        sign_in(Client(), f"nobody{at}", "wrong", ELSEWHERE)
        if at % 7 == 6:
            sign_in(Client(), "gan", address=ELSEWHERE)
    assert sign_in(Client(), "nobody", "wrong", ELSEWHERE).status_code == 429


def test_what_a_client_writes_of_its_address_is_not_believed(cast: Cast, settings) -> None:
    for at in range(30):
        sign_in(Client(), f"nobody{at}", "wrong", HTTP_X_FORWARDED_FOR=f"203.0.113.{at}")
    assert sign_in(Client(), "gan", HTTP_X_FORWARDED_FOR="203.0.113.200").status_code == 429


def test_behind_a_proxy_nobody_told_of_no_address_is_counted(cast: Cast, settings) -> None:
    """All requests come from the proxy then: everybody would be stopped together."""
    settings.PROXY = "127.0.0.1"
    for at in range(40):
        assert sign_in(Client(), f"nobody{at}", "wrong", "127.0.0.1").status_code == 200
    assert sign_in(Client(), "gan", address="127.0.0.1").status_code == 302


def test_neighbours_of_one_ipv6_network_are_one_address(cast: Cast) -> None:
    for at in range(30):
        sign_in(Client(), f"nobody{at}", "wrong", f"2001:db8:1:2::{at:x}")
    assert sign_in(Client(), "gan", address="2001:db8:1:2:ffff::1").status_code == 429
    assert sign_in(Client(), "gan", address="2001:db8:1:3::1").status_code == 302


def test_where_too_many_wait_it_is_told_at_once_and_nothing_is_counted(cast: Cast, settings) -> None:
    settings.HASHING_LINE = 0
    answer = sign_in(Client())
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert "没有计次" in answer.content.decode()
    assert not TryCount.objects.exists()


def test_a_used_up_limit_costs_no_hash_and_writes_nothing(cast: Cast, monkeypatch, rows_of) -> None:
    for _ in range(5):
        sign_in(Client(), password="wrong")
    monkeypatch.setattr(hashing, "check_password", lambda *a: pytest.fail("hashed"))
    before = rows_of(TryCount)
    sign_in(Client(), password="wrong")
    assert rows_of(TryCount) == before


def test_signing_in_and_out_stand_in_the_chain(cast: Cast, clock: list[datetime]) -> None:
    client = Client()
    sign_in(Client(), "typed-a-password-here", "wrong-one")
    sign_in(client, password="wrong-two")
    sign_in(client, password="wrong-two")
    clock[0] += timedelta(minutes=15)
    sign_in(client)
    client.post("/sign-out/")
    told = [(e.actor, e.act, e.detail.get("times")) for e in AuditEntry.objects.order_by("seq")][-4:]
    assert told == [
        ("未知登录名", "登录失败", 1),
        ("ning", "登录失败", 2),
        ("ning", "登录", None),
        ("ning", "退出", None),
    ]
    everything = str(list(AuditEntry.objects.values()))
    assert not any(word in everything for word in ("typed-a-password", "wrong-", PASSWORD, HERE))
    assert verify() == []
