"""Changing a password: the present one is counted, of the new one every fault is told, and none is kept that need not be."""

from datetime import date, timedelta

import pytest
from django.test import Client

from dianping.accounts import passwords
from dianping.accounts.models import Grant, PastPassword, User
from dianping.accounts.passwords import faults_of
from dianping.accounts.services import change_password, grant_role
from dianping.common.models import AuditEntry
from tests.factories import ACTOR, PASSWORD, Cast, University, account

DAY = date(2011, 1, 5)
NEW = "four-quite-other-words"


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = ""):
    return client.post(
        "/password/", {"old_password": old, "new_password1": new, "new_password2": again or new}
    )


@pytest.fixture
def ning(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.ning.user)
    return client


def test_it_is_changed_and_stands_in_the_chain(ning: Client, cast: Cast) -> None:
    assert change(ning).status_code == 302
    cast.ning.user.refresh_from_db()
    assert cast.ning.user.check_password(NEW)
    assert AuditEntry.objects.filter(act="更改密码", actor="ning").count() == 1
    assert NEW not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(
    "new",
    [
        PASSWORD,
        "aaaaaaaaaa1",
        "宁守真宁守真宁守真宁守真",
        "ningningning",
        "文学院教工党支部",
        "short",
        "password1234",
        "234567890123",
    ],
)
def test_a_bad_one_is_refused_in_sentences(ning: Client, cast: Cast, new: str) -> None:
    answer = change(ning, new=new)
    assert answer.status_code == 200
    assert "。" in str(answer.context["form"].errors["new_password1"])
    cast.ning.user.refresh_from_db()
    assert cast.ning.user.check_password(PASSWORD)


def test_two_that_differ_are_told(ning: Client) -> None:
    assert "两次输的新密码不一样" in change(ning, again="something else entirely").content.decode()


def test_the_present_one_cannot_be_guessed_from_an_open_session(ning: Client) -> None:
    """Not by trying it, and not by asking whether a new one is the same."""
    for _ in range(5):
        assert "现在的密码不对" in change(ning, old="wrong", new=PASSWORD).content.decode()
    assert "新密码和现在的密码相同" not in change(ning, old="wrong", new=PASSWORD).content.decode()
    assert change(ning).status_code == 200  # five wrong ones: the right one has to wait
    assert AuditEntry.objects.filter(act="锁定", detail__of="改密码").count() == 1


def test_names_of_the_places_one_has_to_do_with_are_no_password(university: University) -> None:
    office = account(username="office")
    grant_role(user=office, role=Grant.Role.CLERK, organisation=university.sciences, since=DAY, actor=ACTOR)
    for place in (university.sciences, university.top):
        assert faults_of(f"{place.name}-2011", office)


def test_nor_are_they_spelled_out(university: University) -> None:
    office = account(username="office", name="宁致远")
    grant_role(user=office, role=Grant.Role.CLERK, organisation=university.letters, since=DAY, actor=ACTOR)
    for spelled in ("wenxueyuan2011", "yunlingdaxue2011", "ningzhiyuan2011"):
        assert faults_of(spelled, office)
    assert faults_of("shiliuhuakaisanyueba", office) == []


def test_no_hash_is_kept_beside_the_present_one(ning: Client) -> None:
    change(ning)
    assert not PastPassword.objects.exists()


def test_with_the_standard_the_last_five_do_not_come_again(cast: Cast, settings) -> None:
    settings.PASSWORD_RULES = "gbt22239"
    user = cast.ning.user
    used = [f"Quite-other-w0rds-{word}" for word in ("moon", "lamp", "river", "stone", "tree", "hill")]
    for one in used:
        assert faults_of(one, user) == []
        change_password(user=user, password=one, day=DAY, actor=ACTOR)
    for one in used[1:]:
        assert faults_of(one, user), one
    assert faults_of(used[0], user) == []
    assert PastPassword.objects.count() == 4
    settings.PASSWORD_RULES = ""
    change_password(user=user, password=NEW, day=DAY, actor=ACTOR)
    assert not PastPassword.objects.exists()


def test_with_the_standard_an_old_one_must_be_changed_first(ning: Client, settings) -> None:
    settings.STANDING_DAY = DAY
    for age, sees in ((90, 200), (91, 302)):
        User.objects.update(password_since=DAY - timedelta(days=age))
        settings.PASSWORD_RULES = "gbt22239"
        assert ning.get("/duties/").status_code == sees
        settings.PASSWORD_RULES = ""
        assert ning.get("/duties/").status_code == 200


def test_no_password_is_hashed_between_begin_and_commit(
    ning: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else could write meanwhile."""
    from django.contrib.auth.hashers import MD5PasswordHasher
    from django.db import connection

    depth = len(connection.savepoint_ids)

    def alone(self, password: str, salt: str) -> str:
        assert len(connection.savepoint_ids) == depth
        return encode(self, password, salt)

    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", alone)
    assert change(ning).status_code == 302
    account()
    Client().post("/sign-in/", {"username": "ning", "password": NEW})
    assert passwords.HouseRules().get_help_text().endswith("。")
