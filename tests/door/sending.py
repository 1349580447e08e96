"""How a browser opens and sends a form at the door."""

import re
from collections.abc import Mapping
from typing import Any

from django.test import Client

from dianping.opinions.rules import read_stub
from tests.glued import glued

SAID = {"q-0-striving": "食堂窗口排队太久"}


def hidden(page: str, name: str) -> str:
    """What a hidden field of a page holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', glued(page))
    assert found, f"no field {name}"
    return found[1]


def open_form(client: Client, code: str) -> dict[str, str]:
    """Open a form; the fields one sends it back with."""
    answer = client.post("/o/", {"code": code})
    assert answer.status_code == 200
    page = answer.content.decode()
    return {name: hidden(page, name) for name in ("code", "stub")}


def send_form(client: Client, fields: Mapping[str, str], **said: str) -> Any:
    """Send a form that was opened, with what is said in it."""
    return client.post("/o/send/", {**fields, **(said or SAID)})


def stub_shown(answer: Any) -> str:
    """The stub on the page that says a form was received."""
    assert answer.status_code == 200
    text = re.sub(r"<[^>]+>", "", answer.content.decode())
    found = re.search(r"\d{4}(-\d{4}){3}", text)
    assert found, text
    number = read_stub(found[0])
    assert number
    return number
