"""A poll whose slips are drawn, and somebody at the door."""

import pytest
from django.test import Client

from tests.factories import University
from tests.opinions.polling import OPENS, Polling, ready


@pytest.fixture
def polling(university: University, settings: pytest.FixtureRequest) -> Polling:
    """The slips of 12 people, on the first day."""
    settings.STANDING_DAY = OPENS  # type: ignore[attr-defined]
    return ready(university)


@pytest.fixture
def codes(polling: Polling) -> list[str]:
    """The codes on those slips."""
    return polling.codes[0]


@pytest.fixture
def villager() -> Client:
    """A browser that brings along everything it can be known by."""
    return Client(
        headers={
            "cookie": "sessionid=abc; csrftoken=def; seen=1",
            "user-agent": "Phone/1.0 (PHONE-MODEL)",
            "accept-language": "zh-CN,ii",
            "referer": "https://chat.example/group",
            "x-forwarded-for": "203.0.113.9",
            "x-real-ip": "203.0.113.9",
            "forwarded": "for=203.0.113.9",
            "if-none-match": '"mark"',
            "traceparent": "00-1",
            "sec-ch-ua-model": "PHONE-MODEL",
            "authorization": "Basic eA==",
        },
        REMOTE_ADDR="203.0.113.9",
    )
