"""Before there is a roster every page of the menu says what will stand there and the one thing to do (J19)."""

import pytest
from django.test import Client
from django.urls import reverse

from dianping.accounts.models import Grant
from dianping.accounts.services import add_account, grant_role
from dianping.common.clock import site_day
from dianping.pages.frame.context import PLACES, WILL
from tests.factories import ACTOR

pytestmark = pytest.mark.django_db


def signed_in(role: str) -> Client:
    user = add_account(
        username="wen", password="three-plain-words", name="温干事", person=None, actor=ACTOR, lasting=True
    )
    grant_role(user=user, role=role, organisation=None, since=site_day(), actor=ACTOR)
    client = Client()
    client.force_login(user)
    return client


def test_every_place_of_the_menu_has_its_sentence() -> None:
    kept = {"accounts"}  # in the menu of whoever keeps accounts
    assert set(WILL) == {key for key, _, _ in PLACES} | kept


@pytest.mark.parametrize(("key", "name"), [(key, name) for key, _, name in PLACES])
def test_a_place_of_the_menu_says_what_will_stand_there(key: str, name: str) -> None:
    client = signed_in(Grant.Role.CLERK)
    answer = client.get(reverse(name), follow=True)
    assert answer.status_code == 200
    words = answer.content.decode()
    if key == "workbench":  # leads to the three steps at once
        assert answer.redirect_chain[-1][0] == "/set-up/"
        return
    assert WILL[key] in words or "导入名册" in words
    assert "/set-up/" in words


@pytest.mark.parametrize(("key", "name"), [(key, name) for key, _, name in PLACES])
def test_who_may_not_import_is_told_whom_to_wait_for(key: str, name: str) -> None:
    client = signed_in(Grant.Role.AUDITOR)
    answer = client.get(reverse(name), follow=True)
    assert answer.status_code == 200
    if answer.redirect_chain == []:
        assert WILL[key] in answer.content.decode()
        assert "请等管全站的党务干事导入名册" in answer.content.decode()
