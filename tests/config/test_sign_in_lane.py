"""Sign-ins have lanes of their own: however many come, the threads of everybody else stay free."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from dianping.accounts.signing_in import DEVICE
from dianping.config.server.lanes import LANES, WAITING, Lanes, TooMany, lane_of
from tests.factories import PASSWORD, Cast


class Waiting:
    """Lanes whose threads never take anything: what is sent into them stays in line."""

    def __init__(self) -> None:
        self.lanes = Lanes.__new__(Lanes)
        self.lanes._lanes = {lane: SimpleNamespace(queue=[]) for lane in LANES}  # type: ignore[assignment]
        for lane in self.lanes._lanes.values():
            lane.add_task = lane.queue.append

    def send(self, path: str = "/sign-in/", method: str = "POST", cookie: str = "") -> Any:
        request = SimpleNamespace(
            error=None, command=method, path=path, headers={"COOKIE": cookie} if cookie else {}
        )
        self.lanes.add_task(SimpleNamespace(requests=[request]))
        return request.error

    def many(self, lane: str) -> int:
        return len(self.lanes._lanes[lane].queue)


@pytest.mark.django_db
def test_some_wait_and_the_rest_are_told_at_once() -> None:
    site = Waiting()
    told = [site.send() for _ in range(20)]
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
    assert site.send(cookie=f"{DEVICE}={mark}") is None
