"""Between BEGIN and COMMIT nothing is parsed, hashed, packed, set or sent: on SQLite everybody else waits meanwhile.

Whatever takes long is replaced by something that first looks whether a transaction is open, and every address of the site is
opened and sent to, with files and without.
"""

import hashlib
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx.document
import pytest
import typst
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.urls import resolve, reverse

import dianping.notices.services.entering
import dianping.notices.services.lines
from tests.given import ROSTER
from tests.pages.conftest import Stage, with_polls
from tests.pages.test_offline_round_trip import fill, rows_of
from tests.pages.test_pages import pages
from tests.pages.test_permissions import TABLE
from tests.tried import tried

LARGE = 1 << 20  # bytes; hashing less takes no time
# The codes of slips exist only while they are set on paper: if the paper cannot be set, none were made.
SET_INSIDE = {
    "polls:poll_slips",
    "accounts:account_slips",
    "accounts:account_renew",
    "accounts:account_of_person",
}


class Watch:
    """Counts what is slow, and keeps what was done inside a transaction."""

    def __init__(self) -> None:
        self.outside, self.seen, self.inside = 0, set[str](), list[str]()

    def look(self, what: str) -> None:
        self.seen.add(what)
        if len(connection.savepoint_ids) > self.outside:
            self.inside.append(what)


class LargeHash:
    """sha256 that tells of a large content."""

    def __init__(self, watch: Watch, plain: Callable[..., Any], content: bytes = b"", **more: Any) -> None:
        self.watch, self.plain, self.size = watch, plain(**more), 0
        self.update(content)

    def update(self, content: bytes) -> None:
        self.size += len(content)
        if self.size > LARGE:
            self.watch.look("hash")
        self.plain.update(content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.plain, name)


def watched(monkeypatch: pytest.MonkeyPatch, watch: Watch, owner: Any, name: str, what: str) -> None:
    plain = getattr(owner, name)

    def looked(*args: Any, **more: Any) -> Any:
        watch.look(what)
        return plain(*args, **more)

    monkeypatch.setattr(owner, name, looked)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    found = Watch()
    for owner, name, what in (
        (subprocess.Popen, "__init__", "child"),
        (dianping.notices.services.entering, "read_within_bounds", "notice"),
        (dianping.notices.services.lines, "read_notice", "notice"),
        (typst, "compile", "pdf"),
        (docx.document.Document, "save", "docx"),
        (xlsxwriter.Workbook, "close", "xlsx"),
        (zipfile.ZipFile, "__init__", "zip"),
        (EmailMessage, "send", "mail"),
    ):
        watched(monkeypatch, found, owner, name, what)
    sha256 = hashlib.sha256
    monkeypatch.setattr(hashlib, "sha256", lambda *args, **more: LargeHash(found, sha256, *args, **more))
    return found


def test_the_watch_sees_what_is_inside_and_what_is_not(watch: Watch, db: None) -> None:
    watch.outside = len(connection.savepoint_ids)
    hashlib.sha256(bytes(LARGE + 1)).hexdigest()
    assert not watch.inside
    with transaction.atomic():
        hashlib.sha256(bytes(LARGE)).hexdigest()
        assert not watch.inside
        hashlib.sha256(bytes(LARGE + 1)).hexdigest()
        dianping.notices.services.lines.read_notice("一、点评。")
    assert watch.inside == ["hash", "notice"]


@pytest.fixture
def polled(stage: Stage) -> Stage:
    return with_polls(stage)


def test_no_address_does_anything_slow_inside_a_transaction(polled: Stage, watch: Watch) -> None:
    wrong = []
    for name in sorted(set(TABLE) - SET_INSIDE, reverse=True):
        for row in TABLE[name]:
            for role in sorted(row.may("文") - {"anonymous"})[:1]:
                with tried():
                    watch.outside = len(connection.savepoint_ids)
                    address = reverse(name, args=row.args(polled.own)) + row.query(polled.own)
                    client = polled.clients[role]
                    answer = client.post(address, row.post(polled.own)) if row.post else client.get(address)
                    b"".join(answer) if answer.streaming else answer.content
                wrong += [(name, what) for what in watch.inside]
                watch.inside.clear()
    assert not wrong
    assert watch.seen >= {"child", "notice", "pdf", "docx", "xlsx", "zip"}


def uploads(stage: Stage, folder: Path) -> Iterator[tuple[str, dict[str, Any], int]]:
    """Every address that takes a file, with one that is looked into, and what it answers."""
    side = stage.own
    large = b"%PDF-1.4\n" + bytes(2 * LARGE)
    filled = folder / "filled.xlsx"
    filled.write_bytes(stage.clients["ning"].get("/offline/template/").content)
    fill(filled, next(iter(rows_of(filled))), 结合的活动="")
    yield "reviews:offline", {"file": SimpleUploadedFile("a.xlsx", filled.read_bytes())}, 302
    yield "set_up:roster", {"file": SimpleUploadedFile("名册.xlsx", ROSTER.read_bytes())}, 200
    programme = "dianping/programmes/shipped/school-2010-1.toml"
    yield "set_up:programme", {"file": SimpleUploadedFile("a.toml", Path(programme).read_bytes())}, 302
    text = "关于总结的通知\n一、请于3月1日前报送总结。\n" * 400
    sent = [SimpleUploadedFile("a.txt", text.encode()), SimpleUploadedFile("b.pdf", large)]
    yield "notices:notice_new", {"direction": "received", "files_sent": sent}, 302
    yield "rectification:step", {
        "step": "plan", "version": side.item.version, "measure": "走访", "due": "2011-02-28",
        "before": SimpleUploadedFile("c.pdf", large),
    }, 422  # fmt: skip
    yield "rectification:enclose", {"sent": SimpleUploadedFile("d.pdf", large)}, 302
    yield "polls:poll_new", {"title": "征求意见", "form_file": SimpleUploadedFile("a.toml", b"key = 1")}, 422


def at(name: str, side: Any) -> str:
    """Where a file is sent."""
    args = {"rectification:step": [side.item.pk], "rectification:enclose": ["review", side.review.pk]}.get(
        name, []
    )
    return reverse(name, args=args) + ("?form=own" if name == "polls:poll_new" else "")


def by(name: str) -> str:
    """Who sends it."""
    return "ning" if name in {"reviews:offline", "rectification:enclose"} else "clerk"


def test_nothing_of_a_file_sent_is_looked_at_inside_a_transaction(
    stage: Stage, watch: Watch, tmp_path: Path
) -> None:
    wrong = []
    stage.own.draft.delete()  # else the workbook's row is refused
    for name, sent, expected in uploads(stage, tmp_path):
        watch.seen.clear()
        with transaction.atomic():
            watch.outside = len(connection.savepoint_ids)
            client = stage.clients[by(name)]
            answer = client.post(at(name, stage.own), sent)
            assert answer.status_code == expected, (name, answer.status_code)
            if name == "set_up:roster":  # looked at, then written
                kept = answer.context["kept"]
                client.post(reverse(name), {"kept": kept, "file_name": "名册.xlsx"})
            transaction.set_rollback(True)
        wrong += [(name, what) for what in watch.inside]
        watch.inside.clear()
        assert watch.seen or name in {"set_up:programme", "polls:poll_new"}, name
    assert not wrong


def test_a_file_sent_alone_is_read_or_refused_in_words(stage: Stage, tmp_path: Path) -> None:
    """As a script, or a browser whose page was half loaded, sends it: without a single field beside."""
    for name, sent, _ in uploads(stage, tmp_path):
        alone = {field: value for field, value in sent.items() if not isinstance(value, str | int)}
        client = stage.clients[by(name)]
        which = (
            {"step": sent["step"]} if name == "rectification:step" else {}
        )  # named by the button that is pressed
        for body in (alone, {}):
            with tried():
                answer = client.post(at(name, stage.own), body | which)
            assert answer.status_code in {200, 302, 422}, name
            told_elsewhere = name in {
                "set_up:programme",
                "rectification:enclose",
            }  # on the page it leads back to
            assert body or answer.status_code == 422 or told_elsewhere, name


def test_every_form_that_takes_a_file_is_among_those_sent(stage: Stage, tmp_path: Path) -> None:
    sent = {name for name, _, _ in uploads(stage, tmp_path)}
    extra = {"/notices/enter/": "", "/opinions/plan/?form=own": "", "/draws/call/": ""}
    found = set()
    for address in pages(stage) | extra:
        text = stage.clients["clerk"].get(address).content.decode()
        for form in re.findall(r"<form\b.*?</form>", text, re.DOTALL):
            if 'type="file"' in form:
                action = re.search(r'action="([^"]*)"', form.partition(">")[0])
                to = (action[1] if action and action[1] else address).partition("?")[0]
                found.add(resolve(to).view_name)
    assert found == sent
