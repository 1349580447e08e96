"""账号: the list of what a clerk keeps, and what he can do with one."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from dianping.accounts.models import ActivationSlip, Grant, User
from dianping.accounts.services import Printing, grant_role, open_seats, set_open
from dianping.common.audit import SYSTEM
from dianping.common.models import AuditEntry
from tests.factories import ACTOR, PASSWORD, University, account
from tests.refused import codes_on

pytestmark = pytest.mark.django_db
DAY = date(2011, 1, 5)


@pytest.fixture
def wen(university: University, settings: Any) -> Client:
    """The clerk of 文学院, signed in."""
    settings.STANDING_DAY = DAY
    user = account(username="wen", name="温干事")
    grant_role(
        user=user, role=Grant.Role.CLERK, organisation=university.letters, since=date(2010, 1, 1), actor=ACTOR
    )
    client = Client()
    client.force_login(user)
    return client


def listed(client: Client, **asked: str) -> set[str]:
    """Who stands in the list, by name."""
    answer = client.get("/accounts/", asked)
    assert answer.status_code == 200
    return {line.user.name for line in answer.context["lines"]}


def test_a_clerk_sees_what_has_to_do_with_his_subtree_and_finds_it(
    university: University, wen: Client
) -> None:
    for name, username in (("宁守真", "ning"), ("祁文", "qi"), ("边望川", "bian"), ("甘远山", "gan")):
        account(university.people[name], username=username)
    assert listed(wen) == {"温干事", "宁守真", "祁文"}
    assert listed(wen, q="守真") == listed(wen, q="nsz") == listed(wen, q="NING") == {"宁守真"}
    assert listed(wen, role="clerk") == {"温干事"}
    assert listed(wen, role="seat", organisation="YL0101") == {"宁守真"}
    assert "符合筛选的账号会列在这里" in wen.get("/accounts/?q=边").content.decode()
    assert wen.get("/accounts/?organisation=YL02").status_code == 404
    assert wen.get("/accounts/?state=nothing").status_code == 404
    bian = User.objects.get(username="bian")
    assert wen.get(f"/accounts/{bian.pk}/").status_code == 404


def test_the_state_is_told_and_found_by(university: University, wen: Client, settings: Any) -> None:
    paper = Printing("https://x/activate/", DAY)
    open_seats(organisation=university.letters, again=False, printing=paper, actor=SYSTEM)
    of = {user.name: user for user in User.objects.exclude(person=None)}
    ActivationSlip.objects.filter(user=of["齐放"]).update(until=DAY - timedelta(days=1))
    set_open(user=of["祁文"], is_open=False, actor=SYSTEM)
    assert listed(wen, state="new") == {"宁守真"}
    assert listed(wen, state="expired") == {"齐放"}
    assert listed(wen, state="closed") == {"祁文"}
    assert listed(wen, state="used") == {"温干事"}
    for _ in range(5):
        Client().post("/sign-in/", {"username": "wen", "password": "wrong"})
    assert listed(wen, state="shut") == {"温干事"}
    assert listed(wen, state="used") == set()
    text = wen.get("/accounts/").content.decode()
    for word in ("还没有启用", "启用票过期", "停用", "暂停登录"):
        assert word in text


def test_slips_that_ran_out_are_told_above_the_list_and_beside_the_name(
    university: University, wen: Client
) -> None:
    open_seats(
        organisation=university.letters,
        again=False,
        printing=Printing("https://x/activate/", DAY),
        actor=SYSTEM,
    )
    told = "个账号的启用票过期了"
    assert told not in wen.get("/accounts/").content.decode()
    slip = ActivationSlip.objects.filter(user__name="齐放")
    slip.update(until=DAY - timedelta(days=1))
    page = wen.get("/accounts/").content.decode()
    assert f"有 1 {told}" in page
    assert 'href="?state=expired"' in page
    assert "为止</span>" in page
    assert told not in wen.get("/accounts/?state=expired").content.decode()
    set_open(user=slip.get().user, is_open=False, actor=SYSTEM)
    assert told not in wen.get("/accounts/").content.decode(), "a closed account waits for nothing"


def test_the_list_goes_on_over_the_page(university: University, wen: Client) -> None:
    for at in range(45):
        user = account(username=f"office{at:02d}", name=f"干事{at}")
        grant_role(user=user, role="clerk", organisation=university.letters, since=DAY, actor=ACTOR)
    first = wen.get("/accounts/")
    assert len(first.context["lines"]) == 40
    rest = wen.get("/accounts/" + first.context["page"].next_url)
    assert len(rest.context["lines"]) == 6


def test_closing_opening_roles_and_another_slip(university: University, wen: Client) -> None:
    ning = account(university.people["宁守真"], username="ning")
    own = Client()
    own.force_login(ning)
    where = f"/accounts/{ning.pk}/"
    role = {"role": "clerk", "organisation": "YL0101"}
    assert wen.post(f"{where}role/", role).status_code == 302
    assert "文学院教工党支部　党务干事" in wen.get(where).content.decode()
    assert wen.post(f"{where}role/", role | {"end": "1"}).status_code == 302
    assert ning.grants.get().until == DAY
    again = wen.post(f"{where}role/", role | {"end": "1"})
    assert again.status_code == 422
    assert "accounts.no-such-role" in codes_on(again)
    outside = wen.post(f"{where}role/", {"role": "clerk", "organisation": "YL02"})
    assert outside.status_code == 422
    assert "不在您管的范围里" in outside.content.decode()
    own.force_login(User.objects.get(pk=ning.pk))
    paper = wen.post(f"{where}renew/", {"seen": "0"})
    assert paper["Content-Type"] == "application/pdf"
    assert "no-store" in paper["Cache-Control"]
    assert own.get("/").status_code == 302, "out"
    assert wen.post(f"{where}renew/", {"seen": "0"}).status_code == 302, "the same page pressed twice"
    assert ActivationSlip.objects.filter(user=ning).count() == 1
    assert wen.post(f"{where}close/", {}).status_code == 302
    assert "停用" in wen.get(where).content.decode()
    assert wen.post(f"{where}close/", {"open": "1"}).status_code == 302
    assert User.objects.get(pk=ning.pk).is_active
    acts = set(AuditEntry.objects.filter(about=f"user:{ning.pk}").values_list("act", flat=True))
    assert {"授权", "收回授权", "重发启用票", "停用账号", "启用账号"} <= acts


def test_what_is_not_his_to_keep_is_shown_without_buttons(university: University, wen: Client) -> None:
    shen = account(username="shen", name="沈查阅")
    grant_role(user=shen, role="auditor", organisation=university.letters, since=DAY, actor=ACTOR)
    own = User.objects.get(username="wen")
    for user, says in ((shen, "您自己没有的角色"), (own, "自己的账号由别人管")):
        page = wen.get(f"/accounts/{user.pk}/").content.decode()
        assert says in page
        assert f"/accounts/{user.pk}/renew/" not in page
        for what in ("renew", "close", "role"):
            assert wen.post(f"/accounts/{user.pk}/{what}/", {}).status_code == 404
    assert User.objects.get(pk=shen.pk).check_password(PASSWORD)


def test_one_account_for_a_person_and_one_for_an_office(university: University, wen: Client) -> None:
    found = wen.get("/accounts/open/?q=qf")
    assert [one.person.name for one in found.context["people"]] == ["齐放"]
    qi = university.people["齐放"]
    assert wen.post(f"/accounts/open/{qi.pk}/", {})["Content-Type"] == "application/pdf"
    assert User.objects.get(person=qi).username == "qf01"
    assert wen.post(f"/accounts/open/{qi.pk}/", {}).status_code == 302, "he has one"
    assert wen.post(f"/accounts/open/{university.people['边望川'].pk}/", {}).status_code == 404
    assert wen.post(f"/accounts/open/{university.people['冉小禾'].pk}/", {}).status_code == 302
    assert not User.objects.filter(person=university.people["冉小禾"]).exists(), "a member needs none"
    seen = str(ActivationSlip.objects.latest("pk").pk)
    office = {"name": "米组织员", "role": "clerk", "organisation": "YL0101", "seen": seen}
    assert wen.post("/accounts/open/", office)["Content-Type"] == "application/pdf"
    twice = wen.post("/accounts/open/", office)
    assert twice.status_code == 422
    assert "accounts.slips-made-meanwhile" in codes_on(twice)
    assert Grant.objects.get(user__name="米组织员").organisation == university.letters_staff
    assert wen.post("/accounts/open/", office | {"role": "auditor"}).status_code == 422


def test_nobody_left_is_said_and_who_has_no_books_sees_no_menu(
    university: University, wen: Client, settings: Any
) -> None:
    assert wen.post("/accounts/slips/", {"seen": "0"})["Content-Type"] == "application/pdf"
    seen = str(ActivationSlip.objects.latest("pk").pk)
    none = wen.post("/accounts/slips/", {"seen": seen})
    assert none.status_code == 422
    assert "accounts.nobody-to-open" in codes_on(none)
    again = wen.post("/accounts/slips/", {"seen": seen, "again": "1"})
    assert again["Content-Type"] == "application/pdf"
    gan = Client()
    gan.force_login(account(university.people["甘远山"], username="gan"))
    assert '/accounts/"' in wen.get("/").content.decode()
    assert '/accounts/"' not in gan.get("/").content.decode()
    assert gan.get("/accounts/").status_code == 404
