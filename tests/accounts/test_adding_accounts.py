"""Accounts made from the command line: no identity number there, and all or nothing."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from dianping.accounts.models import Grant, User
from dianping.orgs.models import Person
from tests.factories import University, account, member
from tests.refused import refused

pytestmark = pytest.mark.django_db


def add(*given: str) -> str:
    out = StringIO()
    call_command("add_account", *given, stdout=out)
    return out.getvalue()


def test_a_person_is_named_by_his_name_and_where_he_is(university: University) -> None:
    add("ning", "--display", "宁守真", "--person", "宁守真")
    add("qi", "--display", "祁文", "--person", "祁文", "--organisation", "YL01")
    assert {user.person for user in User.objects.all()} == {
        university.people["宁守真"],
        university.people["祁文"],
    }


def test_namesakes_are_told_apart_by_place_or_employee_number(university: University) -> None:
    other = member("宁守真", university.sciences_staff)
    Person.objects.filter(pk=other.pk).update(employee_no="S0071")
    with refused("accounts.namesakes", match="有 2 位"):
        add("ning", "--display", "宁守真", "--person", "宁守真")
    add("ning", "--display", "宁守真", "--person", "宁守真", "--organisation", "YL0101")
    add("ning2", "--display", "宁守真", "--employee", "S0071")
    assert User.objects.get(username="ning").person == university.people["宁守真"]
    assert User.objects.get(username="ning2").person == other


def test_no_identity_number_is_taken(university: University) -> None:
    with refused("accounts.number-in-a-command"):
        add("ning", "--display", "宁守真", "--number", "990000199001010017")
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("--role", "clerk", "--organisation", "NOWHERE"), "orgs.no-such-organisation"),
        (("--person", "没有人"), "accounts.no-such-person"),
        (("--employee", "none"), "accounts.no-such-person"),
        ((), "accounts.no-role-given"),
        (("--person", "祁文"), "accounts.person-has-account"),
    ],
)
def test_a_command_that_fails_has_made_nothing(university: University, given: Any, code: str) -> None:
    account(university.people["祁文"], username="qi")
    with refused(code):
        add("xin", "--display", "新", *given)
    assert list(User.objects.values_list("username", flat=True)) == ["qi"]


def test_several_changes_are_one_act(university: University) -> None:
    user = account(username="office")
    with refused("accounts.no-such-role"):
        call_command("change_account", "office", "--end-role", "clerk", "--close", "--new-password")
    with refused("orgs.no-such-organisation"):
        call_command("change_account", "office", "--role", "clerk", "--organisation", "NOWHERE", "--close")
    before, user = user.password, User.objects.get(username="office")
    assert (user.is_active, user.password) == (True, before)
    assert not Grant.objects.exists()
