"""Renewing passwords, closing accounts and ending roles, from the command an administrator types."""

from datetime import date
from io import StringIO

from django.core.management import call_command
from django.test import Client

from dianping.accounts.models import Grant
from dianping.accounts.services import grant_role
from dianping.accounts.viewer import Viewer
from dianping.common.models import AuditEntry
from tests.factories import ACTOR, PASSWORD, Cast, University, account
from tests.refused import refused


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("change_account", *arguments, stdout=out)
    return out.getvalue()


def test_a_new_password_ends_the_sessions_of_the_old_one(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ning.user)
    assert client.get("/").status_code == 200
    password = told("ning", "--new-password").split("：")[1].split("（")[0]
    assert client.get("/").status_code == 302
    cast.ning.user.refresh_from_db()
    assert cast.ning.user.check_password(password)
    assert not cast.ning.user.check_password(PASSWORD)
    assert password not in str(list(AuditEntry.objects.values()))
    assert AuditEntry.objects.filter(act="重设密码").count() == 1


def test_a_new_password_lifts_a_lockout(cast: Cast) -> None:
    def sign_in(password: str) -> int:
        return Client().post("/sign-in/", {"username": "ning", "password": password}).status_code

    for _ in range(6):
        sign_in("wrong")
    assert sign_in(PASSWORD) != 302
    password = told("ning", "--new-password").split("：")[1].split("（")[0]
    assert sign_in(password) == 302


def test_a_closed_account_is_out_at_once_and_may_be_opened_again(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ning.user)
    assert "停用" in told("ning", "--close")
    assert client.get("/").status_code == 302
    assert Client().post("/sign-in/", {"username": "ning", "password": PASSWORD}).status_code == 200
    assert "启用" in told("ning", "--reopen")
    assert Client().post("/sign-in/", {"username": "ning", "password": PASSWORD}).status_code == 302
    assert list(AuditEntry.objects.filter(act__endswith="账号", about=f"user:{cast.ning.user.pk}").order_by("pk")
                .values_list("act", flat=True))[-2:] == ["停用账号", "启用账号"]  # fmt: skip


def test_an_ended_role_gives_nothing_and_is_kept_with_its_dates(university: University, settings) -> None:
    settings.STANDING_DAY = date(2011, 1, 5)
    office = account(username="office")
    grant_role(user=office, role="clerk", organisation=university.top, since=date(2010, 1, 1), actor=ACTOR)
    assert "党务干事" in told("office")
    assert "党务干事" not in told("office", "--end-role", "clerk")
    assert Viewer(office, date(2011, 1, 4)).keeps(university.top.path)
    assert not Viewer(office, date(2011, 1, 5)).keeps(university.top.path)
    assert Grant.objects.get(user=office).until == date(2011, 1, 5)
    with refused("accounts.no-such-role", match="没有“党务干事”这个角色"):
        told("office", "--end-role", "clerk")


def test_an_unknown_name_is_told(university: University) -> None:
    with refused("accounts.no-such-account", match="没有登录名为“nobody”的账号"):
        told("nobody", "--close")
