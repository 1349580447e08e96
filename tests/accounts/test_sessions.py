"""Sessions end: by themselves, and whenever the account is closed, given another password or loses a role."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from dianping.accounts import middleware
from dianping.accounts.models import User
from dianping.accounts.services import change_password, end_role, grant_role, renew_password, set_open
from dianping.accounts.sessions import row_key
from dianping.common.clock import true_moment
from dianping.pages.accounts.views import signing as views
from tests.factories import ACTOR, PASSWORD, Cast, University, account

DAY = date(2011, 1, 5)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    now = [true_moment()]
    for module in (middleware, views):
        monkeypatch.setattr(module, "true_moment", lambda: now[0])
    return now


def signed_in(username: str) -> Client:
    client = Client()
    assert client.post("/sign-in/", {"username": username, "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/duties/").status_code == 200


def test_a_session_ends_after_half_an_hour_of_nothing(cast: Cast, clock: list[datetime]) -> None:
    client = signed_in("ning")
    for _ in range(4):
        clock[0] += timedelta(minutes=29)
        assert is_in(client)
    clock[0] += timedelta(minutes=31, seconds=1)
    assert not is_in(client)
    assert client.get("/duties/")["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("role", ["clerk", "superior", "auditor"])
def test_whoever_holds_an_offices_role_after_a_quarter(
    university: University, clock: list[datetime], role: str
) -> None:
    grant_role(
        user=account(username="office"),
        role=role,
        organisation=university.top,
        since=date(2000, 1, 1),
        actor=ACTOR,
    )
    client = signed_in("office")
    clock[0] += timedelta(minutes=14)
    assert is_in(client)
    clock[0] += timedelta(minutes=16, seconds=1)
    assert not is_in(client)


def test_twelve_hours_after_the_sign_in_it_is_over_whatever_was_done(
    cast: Cast, clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in("gan")
    ends = Session.objects.get().expire_date
    assert timedelta(hours=11, minutes=59) < ends - clock[0] <= timedelta(hours=12)
    for _ in range(20):
        clock[0] += timedelta(minutes=20)
        assert is_in(client)
        client.post("/switch/", {"organisation": "YL01"})
    assert Session.objects.get().expire_date == ends
    Session.objects.update(expire_date=true_moment())
    assert not is_in(client)


def test_the_database_does_not_hold_what_the_browser_holds(cast: Cast) -> None:
    client = signed_in("ning")
    cookie = client.cookies["sessionid"].value
    kept = Session.objects.get()
    assert kept.session_key == row_key(cookie) != cookie
    assert cookie not in str(kept.get_decoded())
    thief = Client()
    thief.cookies["sessionid"] = kept.session_key
    assert not is_in(thief)
    assert is_in(client)


def _close(user: User) -> None:
    set_open(user=user, is_open=False, actor=ACTOR)
    set_open(user=user, is_open=True, actor=ACTOR)


def _lose_role(user: User) -> None:
    for _ in range(2):
        grant_role(user=user, role="auditor", organisation=None, since=DAY, actor=ACTOR)
        end_role(user=user, role="auditor", organisation=None, on=DAY, actor=ACTOR)
    grant_role(user=user, role="auditor", organisation=None, since=DAY, actor=ACTOR)


ENDED_BY: dict[str, Callable[[User], None]] = {
    "closed and opened again": _close,
    "given a new password": lambda user: renew_password(user=user, password=PASSWORD, actor=ACTOR),
    "changed the password elsewhere": lambda user: change_password(
        user=user, password=PASSWORD, day=DAY, actor=ACTOR
    ),
    "lost a role and was given it again": _lose_role,
}


@pytest.mark.parametrize("act", ENDED_BY)
def test_every_session_begun_before_is_over_for_good(cast: Cast, act: str) -> None:
    here, there = signed_in("ning"), signed_in("ning")
    ENDED_BY[act](User.objects.get(username="ning"))
    assert not is_in(here)
    assert not is_in(there)
    User.objects.update(must_change=False)
    assert is_in(signed_in("ning"))


def test_who_changes_his_own_password_stays_and_is_out_elsewhere(cast: Cast) -> None:
    here, there = signed_in("ning"), signed_in("ning")
    new = "three-other-words"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post("/password/", sent).status_code == 302
    assert is_in(here)
    assert not is_in(there)


def test_a_given_password_opens_nothing_but_the_page_where_it_is_changed(cast: Cast) -> None:
    renew_password(user=cast.ning.user, password="given-by-the-office", actor=ACTOR)
    client = Client()
    client.post("/sign-in/", {"username": "ning", "password": "given-by-the-office"})
    for address in ("/", "/duties/", "/search/?q=a", "/nowhere/"):
        answer = client.get(address)
        assert (answer.status_code, answer.get("Location")) in {(302, "/password/"), (404, None)}, address
    assert client.post("/switch/", {"organisation": "YL0101"})["Location"] == "/password/"
    page = client.get("/password/").content.decode()
    assert "现在的密码是别人给的" in page
    new = "石榴-树下-听雨-廿年"
    sent = {"old_password": "given-by-the-office", "new_password1": new + "花", "new_password2": new + "花"}
    assert client.post("/password/", sent)["Location"] == "/"
    assert is_in(client)


def test_the_first_accounts_password_is_a_given_one(db, settings, tmp_path) -> None:
    from dianping.config.management.commands.serve import Command

    settings.WITH_SAMPLE = False
    Command()._begin(tmp_path / "accounts.json")
    assert User.objects.get(username="clerk").must_change
