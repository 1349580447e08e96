"""A second person's password at an act: counted whatever becomes of the act, and one answer for everything that is not right."""

from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import authenticate
from django.db import connection, transaction

from dianping.accounts import hashing, second_person, trying
from dianping.accounts.hashing import Busy
from dianping.accounts.models import FailureTally, TryCount, User
from dianping.accounts.services import renew_password, set_open
from dianping.common.audit import verify
from dianping.common.models import AuditEntry
from tests.factories import ACTOR, PASSWORD, Cast, account

DAY = date(2011, 1, 5)
HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"


def asked(username: str = "ning", password: str = PASSWORD, address: str = HERE) -> User | None:
    return second_person.second_person(username=username, password=password, address=address, today=DAY)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What the module takes for now; a test moves it."""
    now = [datetime(2011, 1, 5, 9, 2, tzinfo=ZoneInfo("Asia/Shanghai"))]
    monkeypatch.setattr(second_person, "true_moment", lambda: now[0])
    return now


def test_the_right_name_and_password_are_the_account(cast: Cast) -> None:
    assert asked() == cast.ning.user
    assert asked(" ning ") == cast.ning.user  # what a telephone's keyboard adds


def test_whatever_is_not_right_gets_one_and_the_same_answer(cast: Cast) -> None:
    closed, given = account(username="closed"), account(username="given")
    set_open(user=closed, is_open=False, actor=ACTOR)
    renew_password(user=given, password=PASSWORD, actor=ACTOR)
    for username, password in [
        ("ning", "wrong"),
        ("nobody", PASSWORD),
        ("closed", PASSWORD),
        ("given", PASSWORD),
    ]:
        assert asked(username, password) is None
    for _ in range(5):
        asked("gan", "wrong")
    assert asked("gan") is None  # locked


def test_a_password_somebody_else_has_given_is_no_second_person(cast: Cast) -> None:
    """Whoever gave it knows it, and would sit there as two people."""
    renew_password(user=cast.ning.user, password="given-by-the-office", actor=ACTOR)
    assert asked("ning", "given-by-the-office") is None


def test_five_wrong_ones_lock_for_a_quarter_of_an_hour(cast: Cast, clock: list[datetime]) -> None:
    for _ in range(4):
        assert asked(password="wrong") is None
    assert asked() == cast.ning.user  # and the count is gone
    for _ in range(5):
        assert asked(password="wrong") is None
    assert asked() is None
    clock[0] += timedelta(minutes=14, seconds=59)
    assert asked() is None
    clock[0] += timedelta(seconds=2)
    assert asked() == cast.ning.user


def test_twenty_wrong_ones_lock_wherever_they_come_from(cast: Cast) -> None:
    for at in range(20):
        asked(password="wrong", address=f"192.0.2.{100 + at}")
    assert asked(address=ELSEWHERE) is None


def test_nobody_who_only_reaches_the_sign_in_page_can_lock_it(client, cast: Cast) -> None:
    for at in range(40):
        client.post("/sign-in/", {"username": "ning", "password": "wrong"}, REMOTE_ADDR=f"192.0.2.{at % 3}")
    assert asked(address="192.0.2.1") == cast.ning.user


@pytest.mark.usefixtures("committed")
def test_inside_a_transaction_it_refuses_before_it_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    account(username="ning")
    monkeypatch.setattr(hashing, "check_password", lambda *a: pytest.fail("looked at the password"))
    with pytest.raises(RuntimeError), transaction.atomic():
        asked()
    with pytest.raises(RuntimeError), transaction.atomic():
        authenticate(None, username="ning", password=PASSWORD)
    assert not TryCount.objects.exists()


@pytest.mark.usefixtures("committed")
def test_what_was_counted_stays_when_the_act_is_taken_back() -> None:
    account(username="ning")
    for _ in range(5):
        assert asked(password="wrong") is None
        with transaction.atomic():
            account()
            transaction.set_rollback(True)
    assert asked() is None


@pytest.mark.usefixtures("committed")
def test_of_many_at_once_five_are_looked_at(monkeypatch: pytest.MonkeyPatch, settings) -> None:
    settings.HASHING_LINE = 100
    account(username="ning")
    looked: list[str] = []
    monkeypatch.setattr(hashing, "check_password", lambda password, _: bool(looked.append(password)))
    together = Barrier(12)

    def one() -> None:
        together.wait()
        asked(password="wrong")
        connection.close()

    threads = [Thread(target=one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looked) == 5


def test_an_unknown_name_costs_one_hash_like_any_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    work: list[str] = []
    monkeypatch.setattr(hashing, "make_password", lambda *a: work.append("made"))
    monkeypatch.setattr(hashing, "check_password", lambda *a: bool(work.append("checked")))
    for username in ("ning", "nobody"):
        asked(username, "wrong")
    assert work == ["checked", "made"]


def test_where_too_many_wait_it_says_so_and_counts_nothing(cast: Cast, settings) -> None:
    settings.HASHING_LINE = 0
    with pytest.raises(Busy, match="请过几秒再试"):
        asked()
    assert not TryCount.objects.exists()


def test_failures_stand_in_the_chain_by_the_quarter_of_an_hour(cast: Cast, clock: list[datetime]) -> None:
    for _ in range(3):
        asked(password="secret-one")
    asked("typed-my-password-here", "secret-two")
    clock[0] += timedelta(minutes=15)
    asked(password="wrong")
    told = AuditEntry.objects.filter(act=second_person.ACT).order_by("seq")
    assert [(one.actor, one.detail["times"]) for one in told] == [("ning", 3), ("未知登录名", 1)]
    everything = str(list(AuditEntry.objects.values()) + list(FailureTally.objects.values()))
    assert not any(word in everything for word in ("secret-one", "secret-two", "typed-my", HERE))
    assert verify() == []


def test_a_lockout_is_told_once(cast: Cast) -> None:
    for _ in range(9):
        asked(password="wrong")
    assert list(AuditEntry.objects.filter(act="锁定").values_list("actor", "about")) == [
        ("ning", f"user:{cast.ning.user.pk}")
    ]


def test_a_flood_from_everywhere_is_told_in_a_bounded_number_of_entries(
    cast: Cast, clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "MOST_TOLD", 5)
    for at in range(30):
        asked("nobody", "wrong", f"192.0.2.{at}")
    clock[0] += timedelta(minutes=15)
    trying.tell_failures(moment=clock[0])
    told = AuditEntry.objects.filter(act=second_person.ACT)
    assert told.count() <= 6
    assert sum(one.detail["times"] for one in told) == 20  # the rest were locked: nothing was looked at
