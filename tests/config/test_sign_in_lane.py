"""Sign-ins have lanes of their own: however many come, the threads of everybody else stay free."""

from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from dianping.accounts.signing_in import DEVICE
from dianping.config.server.lanes import LANES, WAITING, Lanes, TooMany, lane_of
from tests.factories import PASSWORD, Cast


class Sent(SimpleNamespace):
    """A channel, which is only itself."""

    __eq__ = object.__eq__


class Waiting:
    """Lanes whose threads never take anything: what is sent into them stays in line."""

    def __init__(self) -> None:
        with patch.dict(LANES, dict.fromkeys(LANES, 0)):
            self.lanes = Lanes()

    def send(
        self, path: str = "/sign-in/", method: str = "POST", address: str = "10.0.0.1", **headers: str
    ) -> Any:
        """The request; it bears an error once it was turned away."""
        request = SimpleNamespace(error=None, command=method, path=path, headers=headers, query="")
        self.lanes.add_task(
            Sent(
                sender=address,
                requests=[request],
                addr=(address, 1),
                adj=SimpleNamespace(trusted_proxy="10.9.9.9"),
            )
        )
        return request

    def many(self, lane: str) -> int:
        return len(self.lanes._lanes[lane].queue)


@pytest.mark.django_db
def test_some_wait_and_the_rest_are_told_at_once() -> None:
    site = Waiting()
    told = [site.send().error for _ in range(20)]
    assert told[: WAITING["signing in"]] == [None] * WAITING["signing in"]
    assert all(isinstance(error, TooMany) for error in told[WAITING["signing in"] :])
    assert site.many("light") == 20 - WAITING["signing in"]


@pytest.mark.django_db
def test_nobody_else_stands_in_it() -> None:
    for path, method in (
        ("/o/send/", "POST"),
        ("/sign-in/", "GET"),
        ("/", "GET"),
        ("/password/", "POST"),
        ("/offline/", "POST"),
    ):
        assert lane_of(method, path, {}) not in WAITING


@pytest.mark.django_db
def test_a_browser_that_signed_in_before_has_a_lane_of_its_own(cast: Cast) -> None:
    browser = Client()
    browser.post("/sign-in/", {"username": "ning", "password": PASSWORD})
    mark = browser.cookies[DEVICE].value
    assert lane_of("POST", "/sign-in/", {"COOKIE": f"other=1; {DEVICE}={mark}"}) == "known"
    assert lane_of("POST", "/sign-in/", {"COOKIE": f"{DEVICE}={mark[:-2]}"}) == "signing in"  # forged
    site = Waiting()
    for _ in range(30):
        site.send()
    assert site.send(COOKIE=f"{DEVICE}={mark}").error is None


@pytest.mark.django_db
@pytest.mark.parametrize("through_a_proxy", [False, True])
def test_one_sender_does_not_keep_the_others_out(through_a_proxy: bool) -> None:
    """However many he sends, whoever comes from elsewhere gets a place, until each has as many as anybody."""

    def comes(site: Waiting, address: str) -> Any:
        if through_a_proxy:
            return site.send(address="10.9.9.9", X_FORWARDED_FOR=f"1.1.1.1, {address}")
        return site.send(address=address, X_FORWARDED_FOR="1.1.1.1")

    site, places = Waiting(), WAITING["signing in"]
    flood = [comes(site, "10.0.0.1") for _ in range(50)]
    others = [comes(site, f"10.0.1.{n}") for n in range(places - 1)]
    assert [one.error for one in others] == [None] * (places - 1)
    assert [one.error is None for one in flood].index(False) == 1, "his oldest keeps its place"
    assert site.many("signing in") == places
    assert site.many("light") == 50 - 1
    assert comes(site, "10.0.2.1").error is not None, "eight are there, one each"
