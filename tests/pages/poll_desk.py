"""A poll about 文学院 with everybody around it, for the tests of its pages."""

import io
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client
from pypdf import PdfReader

from dianping.accounts.models import Grant, User
from dianping.accounts.services import grant_role
from dianping.common.formkeys import new_form_key
from dianping.opinions.models import Poll
from tests import factories, kept
from tests.factories import PASSWORD, University
from tests.glued import glued
from tests.opinions.polling import AFTER, OPENS, Polling, answer, office, poll_about

CODE = re.compile(r"(?<![\w-])(?:[2-9A-HJ-KM-NP-Z]{4}-){2}[2-9A-HJ-KM-NP-Z]{4}(?![\w-])")


@dataclass
class Desk:
    """A poll about 文学院, everybody around it, and a day that can be moved."""

    place: University
    found: Polling
    settings: Any

    def client(self, username: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=username))
        return client

    def on(self, day: date) -> None:
        self.settings.STANDING_DAY = day

    @property
    def poll(self) -> Poll:
        return self.found.fresh()

    def address(self, what: str = "") -> str:
        return f"/opinions/{self.found.poll.pk}/{what}"

    def ready(self) -> None:
        self.found = kept.standing("desk ready", self._ready, given=self.place)

    def _ready(self) -> Polling:
        self.found.freeze()
        self.found.take_keys()
        return self.found

    def filled(self, forms: int = 12) -> None:
        self.found = kept.standing(f"desk filled {forms}", lambda: self._filled(forms), given=self.place)
        self.on(AFTER)

    def _filled(self, forms: int) -> Polling:
        self._ready()
        self.found.issue()
        for code in self.found.codes[0][:forms]:
            answer(self.found, code)
        return self.found

    def opening(self, **more: str) -> dict[str, str]:
        keys = self.found.keys
        given = {"unit_key": keys["wen"], "superior_key": keys["shangguan"]}
        return given | {"username": "shangguan", "password": PASSWORD} | more


def desk_of(university: University, settings: Any) -> Desk:
    """Twelve of the masses are to be asked about 文学院; nothing but the plan is there yet."""
    settings.STANDING_DAY = OPENS
    return Desk(university, kept.standing("desk", lambda: _planned(university), given=university), settings)


def _planned(university: University) -> Polling:
    people = university.people
    for username, name in (("gan", "甘远山"), ("qi", "祁文"), ("bian", "边望川"), ("ran", "冉小禾")):
        factories.account(people[name], username=username)
    found = poll_about(university)
    office("fang", Grant.Role.CLERK, university.top)  # prints: whoever keeps a key does not
    reader = factories.account(username="shen")
    grant_role(
        user=reader, role=Grant.Role.AUDITOR, organisation=university.top, since=OPENS, actor=factories.ACTOR
    )
    return found


def text_of(answer: Any) -> str:
    return glued(answer)


def pdf_text(answer: Any) -> str:
    assert answer["Content-Type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def keyed(**sent: Any) -> dict[str, Any]:
    return sent | {"form_key": new_form_key()}
