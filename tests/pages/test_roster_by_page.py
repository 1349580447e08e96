"""One member, seat or charge at a time, by page; and an import undone by page (issue 13, item 1)."""
# ruff: noqa: F811 - fixtures of another folder, used by name

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dianping.accounts.models import Grant
from dianping.accounts.services import add_account, grant_role
from dianping.common.formkeys import new_form_key
from dianping.orgs.models import Charge, Membership, Organisation, Person, Post, RosterTaken
from dianping.orgs.selectors.posts import head_person
from tests.factories import ACTOR, write_roster
from tests.orgs.conftest import changed, take  # noqa: F401 - fixtures
from tests.orgs.roster_book import FIRST, LETTERS, LIBRARY, SECOND, STAFF, STUDENTS, TOP

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(settings: Any) -> Client:
    settings.STANDING_DAY = SECOND
    user = add_account(
        username="wen", password="three-plain-words", name="温干事", person=None, actor=ACTOR, lasting=True
    )
    grant_role(user=user, role=Grant.Role.CLERK, organisation=None, since=FIRST, actor=ACTOR)
    client = Client()
    client.force_login(user)
    return client


def code(name: str) -> str:
    return Organisation.objects.get(name=name).code


def keep(client: Client, place: str, /, **given: object) -> Any:
    url = f"/organisations/keep/?organisation={code(place)}"
    return client.post(url, {"form_key": new_form_key(), "on": "2011-01-05", **given}, follow=True)


def keep_person(client: Client, who: str, /, **given: object) -> Any:
    url = f"/people/{Person.objects.get(name=who).pk}/keep/"
    return client.post(url, {"form_key": new_form_key(), "on": "2011-01-05", **given}, follow=True)


def test_a_member_is_moved(take: Any, clerk: Client) -> None:
    take()
    pk = Person.objects.get(name="冉小禾").pk
    found = clerk.get(f"/people/{pk}/keep/", {"q": "学生"}).content.decode()
    assert STUDENTS in found
    answer = keep_person(clerk, "冉小禾", act="move", chosen=Organisation.objects.get(name=STUDENTS).pk)
    assert answer.status_code == 200
    assert Membership.objects.get(person=pk, until=None).organisation.name == STUDENTS


def test_organisations_are_looked_for_only_where_something_is_typed(take: Any, clerk: Client) -> None:
    take()
    pk = Person.objects.get(name="冉小禾").pk
    places = 'FROM "orgs_organisation"'
    with CaptureQueriesContext(connection) as opened:
        clerk.get(f"/people/{pk}/keep/")
    with CaptureQueriesContext(connection) as searched:
        assert STUDENTS in clerk.get(f"/people/{pk}/keep/", {"q": "xs"}).content.decode()
    asked = [sum(places in query["sql"] for query in each.captured_queries) for each in (opened, searched)]
    assert asked[1] - asked[0] == 2


def test_a_member_is_corrected_and_what_is_wrong_comes_back(take: Any, clerk: Client) -> None:
    take()
    given = {"act": "correct", "name": "冉小和", "standing": "预备党员", "employee_no": "0007"}
    assert keep_person(clerk, "冉小禾", **given | {"identity": "123"}).status_code == 422
    assert keep_person(clerk, "冉小禾", **given).status_code == 200
    found = Membership.objects.get(person__name="冉小和")
    assert (found.standing, found.person.employee_no) == ("预备党员", "0007")
    assert found.person.fingerprint


def test_a_member_is_taken_out(take: Any, clerk: Client) -> None:
    take()
    assert keep_person(clerk, "宁守真", act="out", reason="组织关系转出").status_code == 200
    assert not Membership.objects.filter(person__name="宁守真", until=None).exists()
    assert head_person(Organisation.objects.get(name=STAFF), day=SECOND) is None


def test_a_member_joins(take: Any, clerk: Client) -> None:
    take()
    given = {"act": "join", "name": "新来的", "standing": "预备党员", "employee_no": "9"}
    assert keep(clerk, STAFF, **given).status_code == 200
    assert Membership.objects.get(person__name="新来的").organisation.name == STAFF
    assert keep(clerk, STAFF, act="join", name="", standing="预备党员").status_code == 422
    again = keep(clerk, STAFF, act="join", name="新来的", standing="预备党员")
    assert again.status_code == 422
    assert "分不清是不是同一人" in again.content.decode()


def test_a_seat_is_given_taken_and_acted_in(take: Any, clerk: Client) -> None:
    take()
    staff = Organisation.objects.get(name=STAFF)
    ran = Person.objects.get(name="冉小禾")
    seat = Post.objects.get(organisation=staff)
    found = clerk.get("/organisations/keep/", {"organisation": staff.code, "q": "冉小"}).content.decode()
    assert f'value="{ran.pk}"' in found
    assert keep(clerk, STAFF, act="end", which=seat.pk).status_code == 200
    assert head_person(staff, day=SECOND) is None
    assert keep(clerk, STAFF, act="seat", chosen=ran.pk, seat="acting").status_code == 200
    assert head_person(staff, day=SECOND) == ran
    ning = Person.objects.get(name="宁守真")
    assert keep(clerk, STAFF, act="seat", chosen=ning.pk, seat=seat.pk).status_code == 200
    assert head_person(staff, day=SECOND) == ning
    assert keep(clerk, STAFF, act="seat", seat=seat.pk).status_code == 422


def test_a_leaders_charge_is_given_and_ended(take: Any, clerk: Client) -> None:
    take()
    letters = Organisation.objects.get(name=LETTERS)
    seat = Post.objects.get(organisation__name=TOP, role="secretary")
    given = {"act": "charge", "seat": seat.pk, "chosen": letters.pk, "kind": "in_charge"}
    assert keep(clerk, TOP, **given).status_code == 200
    charge = Charge.objects.get(organisation=letters, kind="in_charge", until=None)
    assert charge.post == seat
    assert keep(clerk, TOP, act="end_charge", which=charge.pk).status_code == 200
    assert not Charge.objects.filter(organisation=letters, kind="in_charge", until=None).exists()


def test_only_the_sites_clerk_keeps_the_roster(take: Any, clerk: Client) -> None:
    take()
    Grant.objects.all().delete()
    pk = Person.objects.get(name="冉小禾").pk
    assert clerk.get(f"/people/{pk}/keep/").status_code == 404
    assert clerk.get("/organisations/keep/").status_code == 404


def upload(client: Client, path: Any) -> Any:
    with path.open("rb") as file:
        return client.post("/set-up/roster/", {"file": file})


def test_a_scope_is_chosen_a_number_typed_and_the_import_undone(
    take: Any,
    changed: Any,
    clerk: Client,
    tmp_path: Any,
) -> None:
    take()
    changed["organisations"] = [row for row in changed["organisations"] if row["组织名称"] in (TOP, LIBRARY)]
    changed["members"] = [row for row in changed["members"] if row["所在党支部"] == LIBRARY]
    changed["leaders"] = []
    page = upload(clerk, write_roster(tmp_path / "图书馆.xlsx", **changed))
    kept = page.context["kept"]
    words = page.content.decode()
    assert "这份名册是哪里的" in words
    given = {"kept": kept, "file_name": "图书馆.xlsx", "scope": "all"}
    again = clerk.post("/set-up/roster/", given | {"look": "1", "form_key": new_form_key()})
    plan = again.context["plan"]
    assert (len(plan.gone), plan.to_confirm) == (3, 9)
    refused = clerk.post("/set-up/roster/", given | {"shown": plan.mark, "form_key": new_form_key()})
    assert refused.status_code == 422
    assert "没有写入" in refused.content.decode()
    sent = given | {"shown": plan.mark, "confirmed": "9", "form_key": new_form_key()}
    done = clerk.post("/set-up/roster/", sent, follow=True)
    assert "名册已写入" in done.content.decode()
    assert Organisation.objects.filter(dissolved=None).count() == 2
    taken = RosterTaken.objects.order_by("-pk").first()
    assert taken is not None
    url = f"/set-up/roster/{taken.pk}/undo/"
    assert url in done.content.decode()
    assert "可以整份撤回" in clerk.get(url).content.decode()
    assert (
        "已撤回" in clerk.post(url, {"whole": "1", "form_key": new_form_key()}, follow=True).content.decode()
    )
    assert Organisation.objects.filter(dissolved=None).count() == 5


def test_what_changed_since_it_was_shown_is_shown_again(
    take: Any, changed: Any, clerk: Client, tmp_path: Any
) -> None:
    take()
    changed.of("冉小禾")["人员类别"] = "预备党员"
    page = upload(clerk, write_roster(tmp_path / "一份.xlsx", **changed))
    Person.objects.filter(name="许可", memberships__organisation__name=STAFF).update(employee_no="")
    Membership.objects.filter(person__name="祁文").update(standing="预备党员")
    given = {"kept": page.context["kept"], "file_name": "一份.xlsx", "shown": page.context["plan"].mark}
    answer = clerk.post("/set-up/roster/", given | {"form_key": new_form_key()})
    assert answer.status_code == 422
    assert "又有变动" in answer.content.decode()
