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
from dianping.common.audit import Operator, verify
from dianping.common.models import AuditEntry
from tests.factories import ACTOR, PASSWORD, Cast, account
from tests.refused import refused

DAY = date(2011, 1, 5)
PROBER = Operator("mi", "党务干事", "宓同志")
HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"


def asked(username: str = "ning", password: str = PASSWORD, address: str = HERE) -> User | None:
    """Whoever is there, for an act that is done."""
    found = probed(username, password, address)
    user = found.user
    found.done()
    return user


def probed(
    username: str = "ning", password: str = PASSWORD, address: str = HERE
) -> second_person.SecondPerson:
    return second_person.second_person(
        username=username, password=password, address=address, today=DAY, actor=PROBER, on="poll:7"
    )


def turned_away(username: str = "ning", password: str = PASSWORD) -> User | None:
    """Whoever is there, for an act that is refused."""
    with probed(username, password) as found:
        return found.user


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
    monkeypatch.setattr(hashing, "check_password", lambda *a: True)
    found: list[User | None] = []
    together = Barrier(12)

    def one() -> None:
        together.wait()
        found.append(probed().user)
        connection.close()

    threads = [Thread(target=one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(one is not None for one in found) == 5


def test_an_unknown_name_costs_one_hash_like_any_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    work: list[str] = []
    monkeypatch.setattr(hashing, "make_password", lambda *a: work.append("made"))
    monkeypatch.setattr(hashing, "check_password", lambda *a: bool(work.append("checked")))
    for username in ("ning", "nobody"):
        asked(username, "wrong")
    assert work == ["checked", "made"]


def test_where_too_many_wait_it_says_so_and_counts_nothing(cast: Cast, settings) -> None:
    settings.HASHING_LINE = 0
    with refused("accounts.too-many-at-once", kind=Busy):
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


# ---- an act that is refused


def told(cast: Cast, candidate: str) -> tuple[object, ...]:
    """Everything whoever tries a candidate after four wrong ones can see of it: what is locked after one more, what was hashed,
    what is counted, and which lockouts are told."""
    for _ in range(4):
        turned_away(password="wrong")
    turned_away(password=candidate)
    after = [turned_away(password="wrong") is None, turned_away() is None]
    counts = sorted(TryCount.objects.values_list("count", flat=True))
    return (*after, counts, AuditEntry.objects.filter(act="锁定").count())


@pytest.mark.parametrize("candidate", [PASSWORD, "another wrong one"])
def test_a_count_does_not_tell_whether_a_password_was_right(cast: Cast, candidate: str) -> None:
    assert told(cast, candidate) == (True, True, [5, 5], 1)


def test_four_wrong_ones_and_four_probes_are_locked_as_eight_wrong_ones_are(cast: Cast) -> None:
    for _ in range(4):
        turned_away()
    assert asked(password="wrong") is None
    assert asked() is None, "locked"


def test_a_right_one_for_an_act_that_is_done_takes_the_count_away(cast: Cast) -> None:
    for _ in range(4):
        turned_away()
    assert asked() == cast.ning.user
    assert [turned_away() for _ in range(4)] == [cast.ning.user] * 4


def test_a_right_password_with_which_nothing_was_done_is_an_entry(cast: Cast, clock: list[datetime]) -> None:
    turned_away()
    turned_away(password="wrong")
    with pytest.raises(ZeroDivisionError), probed():
        1 / 0  # noqa: B018
    entries = AuditEntry.objects.filter(act=second_person.NOT_DONE)
    assert [(one.actor, one.about, one.path, one.detail["on"]) for one in entries] == [
        ("mi", f"user:{cast.ning.user.pk}", "", "poll:7")
    ] * 2
    assert list(FailureTally.objects.values_list("count", flat=True)) == [1], "told as wrong is one"
    assert asked() == cast.ning.user
    assert entries.count() == 2
    assert verify() == []


def test_a_locked_name_costs_one_hash_like_any_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ning", "nobody"):
        for _ in range(5):
            asked(name, "wrong")
    work: list[str] = []
    monkeypatch.setattr(hashing, "make_password", lambda *a: work.append("made"))
    monkeypatch.setattr(hashing, "check_password", lambda *a: bool(work.append("checked")))
    for username in ("ning", "nobody"):
        asked(username, "wrong")
    assert work == ["checked", "made"]
