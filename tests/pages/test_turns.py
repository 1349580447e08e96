"""Within a lane those who send take turns: one sender's hundred requests keep nobody waiting."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from dianping.accounts.sessions import new_session_key
from dianping.config.body_sizes import FILES
from dianping.config.server.lanes import Turns, lane_of, sender
from dianping.pages.frame.given_out import _is_file
from tests.pages.conftest import Stage, with_polls
from tests.pages.test_permissions import TABLE
from tests.tried import tried


def sent(address: str, number: int = 0, **headers: str) -> Any:
    return SimpleNamespace(
        sender=address,
        addr=(address, 1),
        number=number,
        adj=SimpleNamespace(trusted_proxy="10.9.9.9"),
        requests=[SimpleNamespace(headers=headers)],
    )


def test_whoever_sends_a_hundred_waits_a_hundred_times_and_the_others_once() -> None:
    turns = Turns()
    for n in range(100):
        turns.append(sent("10.0.0.1", n))
    for n in range(5):
        turns.append(sent(f"10.0.1.{n}"))
    assert [turns.popleft().sender for _ in range(6)] == ["10.0.0.1", *(f"10.0.1.{n}" for n in range(5))]
    assert [turns.popleft().number for _ in range(99)] == list(range(1, 100)), "his own in their order"
    assert not turns


@given(st.lists(st.one_of(st.integers(0, 4), st.none()), max_size=60))
def test_nobody_is_lost_and_nobody_comes_twice(steps: list[int | None]) -> None:
    """Numbers are senders who send, None takes one."""
    turns, waiting, taken = Turns(), 0, []
    for n, who in enumerate(steps):
        if who is not None:
            turns.append(sent(str(who), n))
            waiting += 1
        elif waiting:
            taken.append(turns.popleft())
            waiting -= 1
        assert len(turns) == waiting
    taken += [turns.popleft() for _ in range(waiting)]
    assert sorted(one.number for one in taken) == [n for n, who in enumerate(steps) if who is not None]
    for who in range(5):
        own = [one.number for one in taken if one.sender == str(who)]
        assert own == sorted(own)


def test_the_sender_is_the_session_and_a_made_up_one_is_none() -> None:
    key = new_session_key()
    assert sender(sent("10.0.0.1", COOKIE=f"sessionid={key}")) == key
    assert sender(sent("10.0.0.1", COOKIE="sessionid=abcdefghijklmnopqrstuvwxyz012345")) == "10.0.0.1"
    assert sender(sent("10.9.9.9", X_FORWARDED_FOR="6.6.6.6, 10.0.0.7")) == "10.0.0.7"
    assert sender(sent("10.0.0.1", X_FORWARDED_FOR="6.6.6.6")) == "10.0.0.1"


@pytest.mark.django_db
def test_what_answers_with_a_file_has_a_lane_of_its_own(stage: Stage) -> None:
    found, polled = set(), with_polls(stage)
    for name in TABLE:
        for row in TABLE[name]:
            for role in sorted(row.may("文") - {"anonymous"})[:1] if not row.post else ():
                address = reverse(name, args=row.args(polled.own))
                with tried():
                    answer = polled.clients[role].get(address + row.query(polled.own))
                query = row.query(polled.own).removeprefix("?")
                if answer.status_code == 200 and _is_file(answer):
                    found |= set() if "as=" in query else {name}  # a page, asked for as a file
                    assert lane_of("GET", address, {}, query) == "files", name
    assert found == FILES
