"""A whole poll by its pages and its door, with every secret that was typed or shown on the way and every page answered.

What it does is told in tests/pages/test_a_poll_leaves_no_secret.py; here are its people, their papers, and its course.
"""

import io
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings as site
from django.core.management import call_command
from django.db import connection
from django.test import Client
from pypdf import PdfReader

from dianping.accounts.models import Grant
from dianping.accounts.services import add_account, grant_role
from dianping.common.clock import true_moment
from dianping.common.formkeys import new_form_key
from dianping.opinions.models import Poll
from dianping.opinions.rules import presets, read_code, read_stub, shown_code, shown_stub
from dianping.opinions.services.machine_key import path_of
from dianping.opinions.services.sealing import new_key
from tests import factories, searching
from tests.door.sending import hidden
from tests.factories import University
from tests.long import long
from tests.opinions.polling import CLOSES, OPENS
from tests.pages.poll_desk import CODE

ON_SCREEN, ON_PAPER = long(12, 60), 4
GRADES = ("striving", "central_work", "pledges", "good_deeds", "building")
PASSWORDS = {
    "wen": "石榴花开 三月八/日",
    "shangguan": "小楼一夜+听春雨=",
    "fang": '一片冰心"在"玉壶',
    "liu": "plain words & more words",
}
PLACES = {"wen": "letters", "liu": "letters", "shangguan": "top", "fang": "top"}
# Where a secret is shown on purpose, once, to whom it belongs: the kind, and how the names of those pages begin.
SHOWN: dict[str, tuple[str, ...]] = {
    "unit key": ("key of wen",),
    "first key": ("key of wen",),
    "superior key": ("key of shangguan",),
    "codes": ("printed", "form"),
    "stubs": ("printed", "form", "sent", "receipt", "stubs"),
    "words": ("form", "typed", "opened"),
    "lost words": ("form", "typed"),
}
# Where something is kept once the box is open: the tables of what was released, and what is a copy of the whole database.
RELEASED = {"words": {"opinions_saying.text"}, "stubs": {"opinions_stub.number"}}


@dataclass
class Trace:
    """What was sent, what was answered, and what is secret of it."""

    place: University
    settings: Any
    backups: Path
    kinds: dict[str, list[str | bytes]] = field(default_factory=dict)
    pages: searching.Places = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    stubs: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    on_paper: list[str] = field(default_factory=list)
    looked_at: set[str] = field(default_factory=set)  # backups
    quarters: int = 0  # of an hour that went by
    waits: bool = True  # as people do who were told to wait after five times
    pk: int = 0

    @property
    def poll(self) -> Poll:
        return Poll.objects.get(pk=self.pk)

    def on(self, day: date) -> None:
        self.settings.STANDING_DAY = day

    def at(self, what: str = "") -> str:
        return f"/opinions/{self.pk}/{what}"

    def keep(self, kind: str, *terms: str | bytes) -> None:
        """From now on looked for."""
        self.kinds.setdefault(kind, []).extend(terms)

    def keep_code(self, *codes: str) -> None:
        """A code in each writing somebody may type it in."""
        for code in codes:
            plain = read_code(code) or code
            self.keep(
                "codes", plain, plain.lower(), shown_code(plain), shown_code(plain).lower(), f"#{plain}"
            )

    def keep_stub(self, *stubs: str) -> None:
        for stub in stubs:
            number = read_stub(stub) or stub
            self.keep("stubs", number, shown_stub(number))

    def sentence(self, kind: str = "words") -> str:
        """Words nobody else writes."""
        text = f"食堂 {secrets.token_hex(5)} 号“窗口”排队太久"
        self.keep(kind, text)
        return text

    def answered(self, label: str, answer: Any) -> Any:
        """Keep a page that was answered, as it is, without its marks and spaces, and with the words of its PDF."""
        label = f"{label} ({len(self.pages)})"
        content = answer.getvalue()
        told = re.sub(rb"<[^>]+>|\s", b"", content)
        if content.startswith(b"%PDF"):
            told = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).encode()
        heads = "\n".join(f"{name}: {value}" for name, value in answer.items())
        cookies = [one.value for name, one in answer.cookies.items() if name == "messages"]
        self.pages[label] = b"\n".join([content, told, heads.encode(), "\n".join(cookies).encode()])
        self.statuses[label] = answer.status_code
        return answer

    def get(self, label: str, who: str | Client, address: str, **more: Any) -> Any:
        return self.answered(label, self.client(who).get(address, **more))

    def moment(self) -> datetime:
        """What a count of tries takes for now."""
        return true_moment() + timedelta(minutes=16 * self.quarters)

    def post(self, label: str, who: str | Client, address: str, sent: Any, **more: Any) -> Any:
        self.quarters += self.waits
        return self.answered(label, self.client(who).post(address, sent, **more))

    def client(self, who: str | Client) -> Client:
        return self.clients[who] if isinstance(who, str) else who

    def stranger(self) -> Client:
        return Client(raise_request_exception=False)

    def keyed(self, **sent: Any) -> dict[str, Any]:
        """A form with a key, which is looked for like every other secret."""
        key = new_form_key()
        self.keep("form keys", key)
        return sent | {"form_key": key}

    def opening(self, **more: Any) -> dict[str, Any]:
        """What the two type at an opening."""
        given = {"unit_key": self.keys["wen"], "superior_key": self.keys["shangguan"], "paper": "3"}
        return given | {"username": "shangguan", "password": PASSWORDS["shangguan"]} | more

    def witness(self, **more: Any) -> dict[str, Any]:
        return {"username": "shangguan", "password": PASSWORDS["shangguan"]} | more

    def wrong_password(self) -> str:
        made = f"猜的 {secrets.token_hex(5)} 密码"
        self.keep("wrong passwords", made)
        return made

    def wrong_key(self) -> str:
        made = new_key().paper
        self.keep("other keys", *searching.as_kept(made))
        return made

    # ---- what is searched

    def kept(self) -> searching.Places:
        """Tables, the whole data folder with an SQLite database and its log as they lie there, every backup made since."""
        new = searching.files(self.backups, apart=self.looked_at)
        self.looked_at |= {place.partition("/")[0] for place in new}
        return searching.tables() | searching.files(Path(site.HOME)) | new

    def back_up(self, name: str) -> None:
        call_command("back_up", to=self.backups / name, stdout=io.StringIO())

    def told_on_pages(self) -> list[tuple[str, str]]:
        """Secrets on pages where they have no business."""
        return [
            (kind, page)
            for kind, page in searching.found(self.pages, self.kinds)
            if not page.startswith(SHOWN.get(kind, ()))
        ]

    @staticmethod
    def lying_about(
        kept: searching.Places, kinds: Mapping[str, Any], *, opened: bool
    ) -> list[tuple[str, str]]:
        """Secrets that are kept where they have no business."""
        return [
            (kind, place)
            for kind, place in searching.found(kept, kinds)
            if not (opened and kind in RELEASED and (place in RELEASED[kind] or _is_database(place)))
        ]

    # ---- the course

    def people(self) -> None:
        for name, password in PASSWORDS.items():
            role = Grant.Role.SUPERIOR if name == "shangguan" else Grant.Role.CLERK
            user = add_account(
                username=name, password=password, name=f"{name}同志", person=None, actor=factories.ACTOR, lasting=True
            )  # fmt: skip
            where = getattr(self.place, PLACES[name])
            grant_role(user=user, role=role, organisation=where, since=OPENS, actor=factories.ACTOR)
            self.keep("passwords", password)
            self.clients[name] = self.stranger()

    def sign_in(self) -> None:
        for name, password in PASSWORDS.items():
            answer = self.post("sign-in", name, "/sign-in/", {"username": name, "password": password})
            assert answer.status_code == 302, name
            self.keep("sessions", *(self.clients[name].cookies[one].value for one in ("sessionid", "device")))

    def plan(self) -> None:
        form = presets()["appraisal_organisation"]
        people = ON_SCREEN + ON_PAPER
        sent = self.keyed(
            title="春季评议", about="organisation", topics="\n".join(q.text for q in form.questions[:5]), outside=f"群众，{people}",
            opens=OPENS, closes=CLOSES, least="5", least_words="10",
        )  # fmt: skip
        answer = self.post(
            "plan", "wen", f"/opinions/plan/?organisation={self.place.letters.code}&form={form.key}", sent
        )
        assert answer.status_code == 302, answer.content.decode()
        self.pk = Poll.objects.get().pk
        self.done("freeze/", version=self.poll.version, unit="wen", superior="shangguan")
        self.done("lists/", who="shangguan", number0=str(people), against0="户口册")

    def done(self, what: str, who: str = "wen", **sent: Any) -> None:
        answer = self.post(what, who, self.at(what), self.keyed(**sent))
        assert answer.status_code == 302, answer.content.decode()

    def public_of(self, who: str) -> str:
        """What the page says that a key taken now replaces."""
        return str(self.poll.keys.get(account=who).public)

    def take_key(self, who: str, kind: str) -> None:
        shown = self.post(f"key of {who}", who, self.at("key/"), self.keyed(replaces=self.public_of(who)))
        groups = re.findall(r"<span>([A-Z2-7]{4})</span>", shown.content.decode())
        assert len(groups) == 14
        self.keys[who] = "-".join(groups)
        self.keep(kind, *searching.as_kept(self.keys[who]))

    def print_slips(self) -> None:
        for number, (kind, count) in enumerate((("slips", ON_SCREEN), ("paper", ON_PAPER))):
            sent = self.keyed(group="0", kind=kind, count=str(count), after=str(number))
            answer = self.post(f"printed {kind}", "fang", self.at("slips/"), sent)
            assert answer.status_code == 200, answer.content.decode()
            codes = list(
                dict.fromkeys(CODE.findall(self.pages[list(self.pages)[-1]].decode("utf-8", "replace")))
            )
            assert len(codes) == count
            self.keep_code(*codes)
            (self.codes if kind == "slips" else self.papers).extend(codes)
            where = self.at(f"batches/{number + 1}/count/")
            self.post("count", "wen", where, self.keyed(count=str(count - 1)))
            self.post("count", "wen", where, self.keyed(count="几张"))
            self.post("count", "wen", where, self.keyed(count=str(count)))

    def open_form(self, code: str) -> dict[str, str]:
        """Type a code at the door; what the form is sent back with."""
        page = self.post("form", self.stranger(), "/o/", {"code": code})
        assert page.status_code == 200, page.content.decode()
        fields = {name: hidden(page.content.decode(), name) for name in ("code", "stub")}
        self.keep_stub(fields["stub"])
        return fields

    def grades(self, digit: str) -> dict[str, str]:
        return {f"q-1-{key}": digit for key in GRADES}

    def fill_in(self, code: str) -> None:
        fields, words = self.open_form(code), self.sentence()
        sent = fields | self.grades("1") | {"q-0-problems": words}
        assert self.post("sent", self.stranger(), "/o/send/", sent).status_code == 200
        self.stubs.append(fields["stub"])
        self.words.append(words)

    def typed(self, who: str, code: str, words: str, digit: str = "2") -> Any:
        return self.post(
            "typed", who, self.at("paper/"), {"code": code, "q-0-problems": words} | self.grades(digit)
        )

    def machine_key(self) -> list[bytes]:
        return searching.as_kept(path_of(self.poll).read_text())


def _is_database(place: str) -> bool:
    return ".sqlite3" in place or place.endswith(".dump")


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"
