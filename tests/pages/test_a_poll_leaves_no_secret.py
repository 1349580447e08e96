"""A whole anonymous poll by its pages and its door, with every wrong turn on the way: nowhere is a secret kept in clear.

Passwords, both paper keys, codes, stubs, words, sessions and form keys are looked for in every table, log line, mail, file,
backup and page; the controls put the old faults back and have them found.
"""

import base64
import io
import json
import logging
import secrets
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

import pytest
from django.conf import settings as site
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_login_failed
from django.core import mail, signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client

from dianping.accounts import second_person
from dianping.accounts.models import User
from dianping.common.models import FormKey
from dianping.door import views as door
from dianping.opinions.models import PaperEntry, Slip, Slot
from dianping.opinions.rules import read_code, read_stub, unpack
from dianping.opinions.services.accounting import slip_digest, stub_digest
from dianping.opinions.services.machine_key import path_of
from dianping.opinions.services.sealing import read_key, unseal
from dianping.pages.polls.views import together as poll_together
from tests import factories, searching
from tests.opinions.adversary import Tables, orders, right_in_order
from tests.opinions.dump import hold_log, run
from tests.opinions.polling import AFTER, OPENS, answer, choosing
from tests.opinions.test_shredding import backup, put_back
from tests.pages.poll_desk import Desk
from tests.pages.poll_trace import PASSWORDS, Trace, is_sqlite
from tests.pages.polls import poll, signed_in
from tests.pages.test_faults_told import Failing, failing
from tests.pages.test_poll_together import keys_told

Breaking = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def trace(committed: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trace:
    """Everybody is there, and nothing else."""
    found = Trace(factories.university(), settings, tmp_path)
    monkeypatch.setattr(second_person, "true_moment", found.moment)
    found.on(OPENS)
    found.people()
    return found


# ---- the wrong turns


def wrong_at_the_sign_in(t: Trace, break_it: Breaking) -> None:
    """Before anybody is in: a wrong password, the password in the name's box, no token, a form key, a view that fails."""
    for sent in (
        {"username": "wen", "password": t.wrong_password()},
        {"username": "nobody", "password": PASSWORDS["wen"]},
        t.keyed(username="wen", password=t.wrong_password()),
        {"username": "wen", "password": f"{t.wrong_password()}\0"},
    ):
        assert t.post("sign-in", t.stranger(), "/sign-in/?next=/opinions/", sent).status_code in (200, 400)
    right = {"username": "wen", "password": PASSWORDS["wen"]}
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    assert t.post("sign-in", strict, "/sign-in/", right).status_code == 403
    with break_it():
        assert t.post("sign-in", t.stranger(), "/sign-in/", right).status_code == 500
    with failing("locked", "the first that writes"):
        assert t.post("sign-in", t.stranger(), "/sign-in/", right).status_code == 503
    t.get("sign-in", t.stranger(), f"/sign-in/?{urlencode(right)}")  # a form that was sent as an address


def wrong_at_the_password(t: Trace) -> None:
    """Somebody changes his password and types wrongly what he has."""
    new = t.wrong_password()
    for old in (t.wrong_password(), PASSWORDS["liu"][:-1] + "?"):
        t.keep("wrong passwords", old)
        sent = t.keyed(old_password=old, new_password1=new, new_password2=new)
        assert t.post("password", "liu", "/password/", sent).status_code == 200


def wrong_at_the_door(t: Trace, patch: pytest.MonkeyPatch) -> None:
    """Whoever has a slip, or none."""
    unknown, used, other = "2345-6789-ABCD", t.codes[0], t.codes[-1]
    t.keep_code(unknown)
    for code in (unknown, f"{unknown[:-1]}?", used, t.papers[-1]):
        assert t.post("enter", t.stranger(), "/o/", {"code": code}).status_code in (409, 422)
    for address in (f"/o/{other}", f"/o/?code={other}", f"/{other}", f"/{other}/", f"/opinions/{other}/"):
        t.get("address", t.stranger(), address)
        t.get("address", "fang", address)
        t.post("address", "fang", address.replace("/o/", "/o/o/"), {"code": other})
    fields, words = t.open_form(other), t.sentence("lost words")
    said = fields | t.grades("1") | {"q-0-problems": words}
    for sent, status in (
        (said | {"code": unknown}, 422),
        (said | {"code": used}, 409),
        (said | {"q-1-striving": "77"}, 422),
        (said | {"q-0-problems": words * 40}, 422),
        (said | {"look": "1"}, 200),
        (fields, 422),
        (said | {"q-0-problems": words * 9000}, 413),
        (said | {"q-0-problems": f"{words}\0"}, 400),
    ):
        assert t.post("form", t.stranger(), "/o/send/", sent).status_code == status
    assert t.post("door", t.stranger(), "/o/who/", said).status_code == 405
    assert (
        t.post(
            "form",
            t.stranger(),
            "/o/send/",
            t.keyed(**said),
            HTTP_COOKIE="sessionid=abc",
            REQUEST_METHOD="PUT",
        ).status_code
        == 405
    )
    with patch.context() as broken:
        broken.setattr(door, "take_form", failing_with_all)
        assert t.post("door", t.stranger(), "/o/send/", said).status_code == 500
    for error in ("locked", "statement timeout"):
        with failing(error, "the first that writes"):
            assert t.post("form", t.stranger(), "/o/send/", said).status_code == 503
        with failing(error, "the first statement"):
            assert t.post("form", t.stranger(), "/o/send/", said).status_code == 503
    t.post("receipt", t.stranger(), "/o/stub/", {"stub": fields["stub"]})


def failing_with_all(*given: Any, **more: Any) -> Any:
    """A view that fails with all it had in its words."""
    raise LookupError(repr((given, more)))


def typed_on_paper(t: Trace) -> None:
    """Twice by two; with a difference and again; spoilt by both; and one that was typed once only."""
    alike, apart, spoilt, once = t.papers
    words = t.sentence()
    t.on_paper.append(words)
    for who in ("wen", "liu"):
        assert t.typed(who, alike, words).status_code == 200
    first, second, agreed = t.sentence("lost words"), t.sentence("lost words"), t.sentence()
    t.on_paper.append(agreed)
    assert t.typed("wen", apart, first).status_code == 200
    assert t.typed("liu", apart, second, "3").status_code == 422
    assert t.typed("wen", apart, agreed).status_code == 200
    assert t.typed("liu", apart, agreed).status_code == 200
    for who in ("wen", "liu"):
        assert t.post("typed", who, t.at("paper/"), {"code": spoilt, "act": "spoil"}).status_code == 200
    for code in (spoilt, alike, t.codes[1], "2345-6789-ABCD"):
        assert t.typed("wen", code, t.sentence("lost words")).status_code == 422
    lost = t.sentence("lost words")
    with failing("locked", "the first that writes"):
        assert t.typed("wen", once, lost).status_code == 503
    t.post("typed", "wen", t.at("paper/"), t.keyed(code=once, **{"q-0-problems": lost}))
    assert t.typed("wen", once, t.sentence("lost words")).status_code == 200
    assert PaperEntry.objects.count() == 1


def wrong_at_the_opening(t: Trace, break_it: Breaking, patch: pytest.MonkeyPatch) -> None:
    """Everything that may be mistyped, missing, too much, or fail."""
    keys, where = t.keys, t.at("open/")
    wrong = (
        {"password": t.wrong_password()},
        {"username": PASSWORDS["shangguan"], "password": "shangguan"},
        {"unit_key": t.wrong_key()},
        {"superior_key": t.wrong_key()},
        {"unit_key": keys["shangguan"], "superior_key": keys["wen"]},
        {"unit_key": keys["wen"] * 9},
        {"unit_key": keys["wen"].replace("-", "").lower(), "superior_key": t.wrong_key()},
        {"paper": "4"},
        {"paper": "一摞"},
        {"unit_key": t.wrong_key(), "password": t.wrong_password()},
    )
    for more in wrong:
        for sent in (t.opening(**more), t.keyed(**t.opening(**more))):
            assert t.post("opening", "wen", where, sent).status_code == 422, more
    refused: list[tuple[Any, int]] = [
        (t.opening(again="长" * 4000), 413),
        (t.opening(password="\0"), 400),
        (t.opening(file=SimpleUploadedFile("钥匙.txt", keys["wen"].encode())) | {"paper": "4"}, 422),
    ]
    t.settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 4000
    for sent, status in refused:
        assert t.post("opening", "wen", where, sent).status_code == status
    t.settings.DATA_UPLOAD_MAX_MEMORY_SIZE = site.FILE_UPLOAD_MAX_MEMORY_SIZE
    t.post("opening", "wen", where, f"--x\r\n{keys['wen']}", content_type="multipart/form-data; boundary=x")
    t.answered("opening", t.client("wen").put(where, f"unit_key={keys['wen']}", content_type="text/plain"))
    uploaded = t.opening(file=SimpleUploadedFile("名册.exe", b"MZ")) | {
        "files_sent": SimpleUploadedFile("a.exe", b"MZ")
    }
    for address in ("/set-up/roster/", "/notices/enter/", "/offline/"):
        assert t.post("upload", "wen", address, t.keyed(**uploaded)).status_code in (404, 422)
        for file in (uploaded["file"], uploaded["files_sent"]):
            file.seek(0)
    for who, address, status in (
        ("fang", where, 404),
        ("wen", "/opinions/999999/open/", 404),
        ("wen", t.at("opne/"), 404),
        ("wen", t.at("result/"), 405),
        (t.stranger(), where, 302),
    ):
        assert t.post("opening", who, address, t.keyed(**t.opening())).status_code == status, address
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = t.client("wen").cookies
    for address in (where, t.at("destroy/"), "/password/"):
        assert t.post("opening", strict, address, t.opening(reason="不开")).status_code == 403
    for error, moment in (
        ("locked", "the first that writes"),
        ("locked", "the first statement"),
        ("statement timeout", "the first that writes"),
    ):
        with failing(error, moment):
            assert t.post("opening", "wen", where, t.opening()).status_code == 503
    with inside_the_opening():
        assert t.post("opening", "wen", where, t.opening()).status_code == 503
    for name in ("look_before_opening", "open_and_follow"):
        with patch.context() as broken:
            broken.setattr(poll_together, name, failing_with_all)
            assert t.post("opening", "wen", where, t.keyed(**t.opening())).status_code == 500
    with break_it():
        assert t.post("opening", "wen", where, t.opening()).status_code == 500
    for sent in (
        t.witness(password=t.wrong_password(), reason="不开了"),
        t.keyed(**t.witness(password=t.wrong_password(), reason="不开了")),
        t.witness(reason=""),
    ):
        assert t.post("destroying", "wen", t.at("destroy/"), sent).status_code == 422
    t.get("opening", "wen", f"{where}?unit_key={keys['wen']}&password={PASSWORDS['wen']}")
    locked_out(t)
    assert t.poll.state == "ready"


@contextmanager
def inside_the_opening() -> Iterator[None]:
    """The database is busy once the envelopes are open."""
    fails = Failing(
        lambda: OperationalError("database is locked"),
        lambda sql: sql.startswith('INSERT INTO "opinions_saying"'),
    )
    with connection.execute_wrapper(fails):
        yield
    assert fails.raised


def locked_out(t: Trace) -> None:
    """Five times the witness mistypes his password; then the right one does not help either, for a quarter of an hour."""
    t.waits = False
    for _ in range(5):
        assert (
            t.post("opening", "wen", t.at("open/"), t.opening(password=t.wrong_password())).status_code == 422
        )
    assert t.post("opening", "wen", t.at("open/"), t.opening()).status_code == 422
    t.waits = True


# ---- the whole of it


def filled(t: Trace, patch: pytest.MonkeyPatch, break_it: Breaking) -> None:
    """From the plan to the last form."""
    wrong_at_the_sign_in(t, break_it)
    t.sign_in()
    wrong_at_the_password(t)
    t.plan()
    t.take_key("wen", "first key")  # not printed well: taken again
    t.take_key("wen", "unit key")
    t.take_key("shangguan", "superior key")
    t.print_slips()
    for code in t.codes[:-1]:
        t.fill_in(code)
    typed_on_paper(t)
    wrong_at_the_door(t, patch)
    t.fill_in(t.codes[-1])
    again = {"code": t.codes[-1], "stub": t.stubs[-1], "q-0-problems": t.sentence("lost words")} | t.grades(
        "0"
    )
    for _ in range(2):  # sent twice: the second time is answered as the first
        assert t.post("sent", t.stranger(), "/o/send/", again).status_code == 200


def opened(t: Trace) -> None:
    """Opened, the papers' end told, read."""
    assert t.post("opening", "wen", t.at("open/"), t.keyed(**t.opening())).status_code == 302
    assert t.post("opening", "wen", t.at("open/"), t.opening()).status_code == 302, "sent twice"
    papers = t.at("papers/")
    assert (
        t.post(
            "papers", "wen", papers, t.keyed(**t.witness(password=t.wrong_password(), gone="on"))
        ).status_code
        == 422
    )
    assert t.post("papers", "wen", papers, t.keyed(**t.witness(gone="on"))).status_code == 302
    for what in ("", "result/", "result/?view=sheet", "points/"):
        t.get("opened", "wen", t.at(what))
    t.get("stubs", "wen", t.at("stubs/"))
    assert t.post("receipt", t.stranger(), "/o/stub/", {"stub": t.stubs[0]}).status_code == 200


def opened_again(t: Trace, rows: Any, secret: str) -> None:
    """From a restored backup: without the machine's key not at all, with a copy of it only when both say why."""
    put_back(t.poll, rows)
    for more in ({}, {"again": "硬盘坏了"}):
        assert t.post("opening", "wen", t.at("open/"), t.opening(**more)).status_code == 422
    path_of(t.poll).write_text(secret)
    for more, status in (
        ({}, 422),
        ({"again": "硬盘坏了", "unit_key": t.wrong_key()}, 422),
        ({"again": "硬盘坏了"}, 302),
    ):
        sent = t.keyed(**t.opening(**more))
        assert t.post("opening", "wen", t.at("open/"), sent).status_code == status


def test_a_whole_poll_with_every_wrong_turn_leaves_no_secret(
    trace: Trace, lines: io.StringIO, break_it: Breaking, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    t = trace
    hold_log()
    keys_before = keys_of_the_site()
    filled(t, monkeypatch, break_it)
    t.on(AFTER)
    t.back_up("filled")
    wrong_at_the_opening(t, break_it, monkeypatch)
    t.back_up("closed")
    machine = {"machine key": t.machine_key()}
    closed = t.kept()
    logs = [len(content) for place, content in closed.items() if place.endswith("-wal")]
    assert not is_sqlite() or max(logs) > 1_000_000, "the log is among it, and whole"
    assert t.lying_about(closed, t.kinds, opened=False) == []
    assert {place for _, place in searching.found(closed, machine)} == {
        f"unbacked/boxes/{path_of(t.poll).name}"
    }

    rows, secret = backup(t.poll), path_of(t.poll).read_text()
    opened(t)
    t.back_up("opened")
    after = t.kept()
    assert t.lying_about(after, t.kinds | machine, opened=True) == []
    assert {text for (text,) in run("SELECT text FROM opinions_saying")} == {*t.words, *t.on_paper}
    told = {
        "log": lines.getvalue().encode(),
        "output": "".join(capfd.readouterr()).encode(),
        "mail": repr(mail.outbox).encode(),
    }
    assert_at_chance(t, rows, [closed, after, told])

    opened_again(t, rows, secret)
    t.back_up("again")
    assert t.lying_about(t.kept(), t.kinds | machine, opened=True) == []
    assert keys_of_the_site() == keys_before
    told["log"] = lines.getvalue().encode()
    assert searching.found(told, t.kinds | machine) == []
    assert t.told_on_pages() == []
    assert {200, 302, 400, 403, 404, 405, 409, 413, 422, 500, 503} <= set(t.statuses.values())


def keys_of_the_site() -> searching.Places:
    return searching.files(Path(site.HOME) / "keys")


def assert_at_chance(t: Trace, rows: dict[Any, list[Any]], recorded: list[searching.Places]) -> None:
    """With copies of the database from before and after, backups, logs and the printed slips: no form is joined to its slip,
    and no order of the sayings names more voters than guessing does. The machine's key is gone, and the papers are not his."""
    closed = [
        {place: content for place, content in places.items() if "unbacked" not in place}
        for places in recorded
    ]
    papers = keys_told(
        ["".join(content.decode("utf-8", "replace") for content in places.values()) for places in closed]
    )
    assert papers == []
    assert joined(t.poll, rows, papers, t.codes) == {}
    sayings = Tables("opinions_saying", "text", "key", where=f"poll_id = {t.pk}")
    in_turn = [words for words in t.words if words not in t.on_paper]
    for name, order in orders(sayings, run, connection.vendor).items():
        guess = [words for words in order if words not in t.on_paper]
        assert right_in_order(guess, in_turn) <= 7, (
            name
        )  # by chance one; more than seven once in some 100,000


def joined(poll: Any, rows: dict[Any, list[Any]], keys: list[Any], codes: list[str]) -> dict[str, str]:
    """code: words, of every form of a copied box that opens with some of the keys and is known to be that slip's."""
    code_of = {slip_digest(read_code(code) or ""): code for code in codes}
    slip_of = {slip.stub: slip.digest for slip in rows[Slip]}
    found = {}
    for slot in rows[Slot]:
        for unit, superior, machine in product(keys, repeat=3):
            packed = unseal(bytes(slot.envelope), poll=poll.pk, unit=unit, superior=superior, machine=machine)
            with suppress(ValueError):
                form = unpack(poll.sheet, packed or b"")
                slip = slip_of.get(stub_digest(poll.pk, read_stub(form.stub) or ""), "")
                if slip in code_of:
                    found[code_of[slip]] = next(iter(form.answers.words.values()))
    return found


# ---- words nobody is to read


@pytest.mark.parametrize("how", ["withheld", "too few", "by both"])
def test_words_that_are_destroyed_are_nowhere(
    committed: None,
    settings: Any,
    tmp_path: Path,
    lines: io.StringIO,
    how: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Fewer than ten forms, fewer than five, and a box that both destroy."""
    t = Trace(factories.university(), settings, tmp_path)
    monkeypatch.setattr(second_person, "true_moment", t.moment)
    settings.STANDING_DAY = OPENS
    hold_log()
    found = poll(t.place)
    t.pk, t.keys = found.poll.pk, found.keys
    for code in found.codes[0][: {"withheld": 6, "too few": 3, "by both": 6}[how]]:
        t.keep_code(code)
        t.fill_in(code)
    t.on(AFTER)
    t.back_up("closed")
    machine = {"machine key": t.machine_key()}
    wen, witness = signed_in(found.unit), {"username": "shangguan", "password": factories.PASSWORD}
    wen.raise_request_exception = False
    if how == "withheld":
        sent = witness | {"unit_key": found.keys["wen"], "superior_key": found.keys["shangguan"]}
        assert t.post("opening", wen, t.at("open/"), sent).status_code == 302
        assert t.poll.words_withheld
    else:
        wrong = t.keyed(**witness | {"password": t.wrong_password()}, reason="不开了")
        with failing("locked", "the first that writes"):
            assert t.post("destroying", wen, t.at("destroy/"), wrong).status_code == 503
        if how == "by both":
            assert t.post("destroying", wen, t.at("destroy/"), wrong).status_code == 422
        assert (
            t.post("destroying", wen, t.at("destroy/"), t.keyed(**witness, reason="不开了")).status_code
            == 302
        )
        assert t.poll.state == "destroyed"
    for name, key in found.keys.items():
        t.keep(name, *searching.as_kept(key))
    t.back_up("ended")
    kinds = t.kinds | machine | {"lost words": t.kinds.pop("words")}
    assert t.lying_about(t.kept(), kinds, opened=how == "withheld") == []
    assert searching.found({"log": lines.getvalue().encode()}, kinds) == []


# ---- the controls


@pytest.fixture
def old_lockout(monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[None]:
    """The fault as it was: a second person went through `authenticate(request, …)`, and a library for lockouts kept the whole
    form of each failure in a table of its own."""

    def asked(request: Any, poll: Any, data: dict[str, Any]) -> Any:
        user = authenticate(request, username=data["username"], password=data["password"])
        there = lambda username: user is not None and user.get_username() == username  # noqa: E731
        return nullcontext(SimpleNamespace(is_account=there, done=lambda: None))

    def note(sender: Any, credentials: Any, request: Any = None, **more: Any) -> None:
        sent = "\n".join(f"{name}={value}" for name, value in request.POST.items() if name != "password")
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO axes_accessattempt VALUES (%s, %s)", [request.path, sent])

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE axes_accessattempt (path_info text, post_data text)")
    monkeypatch.setattr(poll_together, "asked", asked)
    user_login_failed.connect(note)
    yield
    user_login_failed.disconnect(note)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE axes_accessattempt")


@pytest.fixture
def boxed(desk: Desk) -> tuple[Desk, dict[str, str]]:
    """A box with twelve forms in it, each with words of its own, and which slip each was written on."""
    desk.ready()
    desk.found.issue()
    truth = {}
    for code in desk.found.codes[0]:
        truth[code] = f"{secrets.token_hex(5)} 号窗口排队太久"
        answer(desk.found, code, choosing(desk.found.poll.sheet, 1, words=truth[code]))
    desk.on(AFTER)
    return desk, truth


def mistyped(desk: Desk) -> searching.Places:
    """The witness mistypes his password at the opening; what lies in the tables afterwards."""
    sent = desk.opening(password="不是这个密码")
    assert desk.client("wen").post(desk.address("open/"), sent).status_code == 422
    return searching.tables()


def test_the_old_lockout_kept_both_keys_and_they_join_every_form_to_its_slip(
    old_lockout: None, boxed: tuple[Desk, dict[str, str]]
) -> None:
    desk, truth = boxed
    rows, codes = backup(desk.poll), desk.found.codes[0]
    kinds = {name: searching.as_kept(key) for name, key in desk.found.keys.items()}
    kept = mistyped(desk)
    place = "axes_accessattempt.post_data"
    assert searching.found(kept, kinds) == [("shangguan", place), ("wen", place)]
    papers = keys_told([kept[place].decode()])
    assert len(papers) == 2
    machine = read_key(path_of(desk.poll).read_text())
    assert joined(desk.poll, rows, [*papers, machine], codes) == truth
    assert joined(desk.poll, rows, papers, codes) == {}, "without the machine's key, not one"


def test_as_it_is_the_same_wrong_turn_keeps_nothing_to_join_with(boxed: tuple[Desk, dict[str, str]]) -> None:
    desk, _ = boxed
    rows, machine = backup(desk.poll), read_key(path_of(desk.poll).read_text())
    papers = keys_told([content.decode("utf-8", "replace") for content in mistyped(desk).values()])
    assert papers == []
    assert joined(desk.poll, rows, [*papers, machine], desk.found.codes[0]) == {}, (
        "even with the machine's key"
    )


PLANTED = "秘密-7Q9Z “secret” & words/1+1="


@pytest.mark.parametrize(
    "written",
    [
        PLANTED,
        PLANTED.encode().hex(),
        quote(PLANTED),
        quote_plus(PLANTED),
        json.dumps({"unit_key": PLANTED}),
        repr(PLANTED.encode()),
        *(base64.b64encode(f"{before}{PLANTED}。".encode()).decode() for before in ("", "a", "ab")),
        *(base64.urlsafe_b64encode(f"{before}{PLANTED}".encode()).decode() for before in ("", "a", "ab")),
        signing.dumps({"form": {"unit_key": PLANTED * 9}}, compress=True),
        base64.b64encode(zlib.compress(PLANTED.encode() * 3)).decode(),
    ],
)
def test_the_search_reads_every_writing(written: str) -> None:
    place = {"a": searching.laid_open(f"before {written} after".encode()), "b": b"nothing of it"}
    assert searching.found(place, {"kind": [PLANTED]}) == [("kind", "a")]


def test_the_search_finds_what_is_planted_in_every_kind_of_place(trace: Trace, lines: io.StringIO) -> None:
    t, home = trace, Path(site.HOME)
    hold_log()
    t.keep("planted", PLANTED)
    FormKey.objects.create(key="k", actor="a", digest="d", location=quote(PLANTED))
    User.objects.update(name=PLANTED)
    session = t.client("wen").session
    session["form"] = {"unit_key": PLANTED}
    session.save()
    for name in ("uploads/wen/a.xlsx", "unbacked/boxes/1-a", "drafts/a.txt", "keys/more"):
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PLANTED)
    (home / f"{PLANTED.replace('/', '')[:10]}.txt").touch()
    t.keep("named", PLANTED.replace("/", "")[:10])
    t.back_up("planted")
    try:
        places = {place for _, place in t.lying_about(t.kept(), t.kinds, opened=True)}
    finally:
        for name in ("keys/more", f"{PLANTED.replace('/', '')[:10]}.txt"):
            (home / name).unlink()
    wanted = {
        "common_formkey.location",
        "accounts_user.name",
        "django_session.session_data",
        "uploads/wen/a.xlsx",
    }
    wanted |= {"unbacked/boxes/1-a", "drafts/a.txt", "keys/more", f"{PLANTED.replace('/', '')[:10]}.txt"}
    assert wanted <= places
    ends = ("-wal", "dianping.sqlite3") if is_sqlite() else ("dianping.dump",)
    for end in ends:
        assert any(place.endswith(end) for place in places), end
    logging.getLogger("django.request").warning("%s", PLANTED)
    mail.outbox.append(mail.EmailMessage(body=PLANTED))  # type: ignore[attr-defined]
    told = {"log": lines.getvalue().encode(), "mail": repr([vars(one) for one in mail.outbox]).encode()}
    assert {place for _, place in searching.found(told, t.kinds)} == {"log", "mail"}
    t.answered("key of nobody", HttpResponse(f"<p>{PLANTED}</p>"))
    t.answered("another", HttpResponseRedirect(f"/?of={quote(PLANTED)}"))
    assert len({page for _, page in t.told_on_pages()}) == 2


def test_a_page_that_shows_what_is_another_s_is_found(trace: Trace) -> None:
    trace.keep("unit key", PLANTED)
    for label in ("key of wen", "key of shangguan"):
        trace.answered(label, HttpResponse(PLANTED))
    assert trace.told_on_pages() == [("unit key", "key of shangguan (1)")]
