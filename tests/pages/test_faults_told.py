"""What a database or a disk cannot do is told in a sentence, wherever it happens; what was typed comes back; nothing is
called done that was not.

Every address of the site is asked and sent to while the database fails: at the first statement, at the first that writes, at
the commit.
"""

import errno
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg.errors
import pytest
from django.db import InterfaceError, OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from dianping.accounts.models import Grant, User
from dianping.accounts.services import grant_role
from dianping.common.faults import FULL, LOCKED, LOST, READ_ONLY, SLOW, Fault, fault_in
from dianping.pages.frame.typed import FORMS_AT
from tests import factories
from tests.pages.conftest import Stage, with_polls
from tests.pages.test_pages import pages
from tests.pages.test_permissions import TABLE


def caused(outer: Exception, inner: BaseException) -> Exception:
    outer.__cause__ = inner
    return outer


def said(words: str) -> Exception:
    return caused(OperationalError(words), sqlite3.OperationalError(words))


def coded(error: type[psycopg.Error]) -> Exception:
    return caused(OperationalError("postgres says so"), error("postgres says so"))


ERRORS: dict[str, tuple[Callable[[], Exception], Fault]] = {
    "locked": (lambda: said("database is locked"), LOCKED),
    "table locked": (lambda: said("database table is locked"), LOCKED),
    "full": (lambda: said("database or disk is full"), FULL),
    "read-only": (lambda: said("attempt to write a readonly database"), READ_ONLY),
    "i/o": (lambda: said("disk I/O error"), READ_ONLY),
    "no file": (lambda: said("unable to open database file"), LOST),
    "lock not available": (lambda: coded(psycopg.errors.LockNotAvailable), LOCKED),
    "deadlock": (lambda: coded(psycopg.errors.DeadlockDetected), LOCKED),
    "statement timeout": (lambda: coded(psycopg.errors.QueryCanceled), SLOW),
    "disk full": (lambda: coded(psycopg.errors.DiskFull), FULL),
    "standby": (lambda: coded(psycopg.errors.ReadOnlySqlTransaction), READ_ONLY),
    "terminated": (lambda: coded(psycopg.errors.AdminShutdown), LOST),
    "too many": (lambda: coded(psycopg.errors.TooManyConnections), LOST),
    "refused": (lambda: OperationalError("connection failed: connection to server refused"), LOST),
    "closed": (lambda: InterfaceError("connection already closed"), LOST),
    "no space": (lambda: OSError(errno.ENOSPC, "No space left on device"), FULL),
    "quota": (lambda: OSError(errno.EDQUOT, "Disk quota exceeded"), FULL),
}
MOMENTS: dict[str, Callable[[str], bool]] = {
    "the first statement": lambda sql: True,
    "the first that writes": lambda sql: sql.startswith(("INSERT", "UPDATE", "DELETE")),
    "the commit": lambda sql: sql.startswith("RELEASE"),
}


@pytest.mark.parametrize("name", ERRORS)
def test_each_error_is_known_by_its_kind_also_behind_others(name: str) -> None:
    make, kind = ERRORS[name]
    assert fault_in(make()) is kind
    assert fault_in(caused(ValueError("a session that could not be saved"), make())) is kind


def test_a_fault_of_ours_is_none_of_them() -> None:
    for error in (said("no such table: x"), ValueError("connection"), FileNotFoundError(), None):
        assert fault_in(error) is None


class Failing:
    """Raises at a moment, and counts how often."""

    def __init__(self, make: Callable[[], Exception], at: Callable[[str], bool]) -> None:
        self.make, self.at, self.raised, self.last = make, at, 0, ""

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        last, self.last = self.last, sql
        if self.at(sql) and not last.startswith("ROLLBACK"):  # what was refused is not committed afterwards
            self.raised += 1
            raise self.make()
        return execute(sql, *rest)


@contextmanager
def failing(name: str, moment: str) -> Iterator[Failing]:
    found = Failing(ERRORS[name][0], MOMENTS[moment])
    with connection.execute_wrapper(found):
        yield found


def own_words(page: str) -> str:
    return re.sub(r"<[^>]+>|\s", "", page)


@pytest.fixture
def polled(stage: Stage) -> Stage:
    for client in stage.clients.values():
        client.raise_request_exception = False
    return with_polls(stage)


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_address_tells_what_failed_and_calls_nothing_done(polled: Stage, moment: str) -> None:
    wrong, met = [], 0
    names = sorted(ERRORS)
    for number, (name, row) in enumerate((n, r) for n in sorted(TABLE, reverse=True) for r in TABLE[n]):
        roles = sorted(row.may("文") - {"anonymous"}) or sorted(row.may("文"))
        client = polled.clients[roles[0] if roles else "clerk"]
        address = reverse(name, args=row.args(polled.own)) + row.query(polled.own)
        error, sent = names[number % len(names)], row.post(polled.own) if row.post else None
        with transaction.atomic():
            with failing(error, moment) as fails:
                answer = client.get(address) if sent is None else client.post(address, sent)
            if fails.raised:
                met += 1
                wrong += [
                    (name, row.post is not None, error, *fault) for fault in untold(answer, error, name)
                ]
                transaction.set_rollback(True)
                wrong += [(name, "green")] if row.post and green(client) else []
            transaction.set_rollback(True)
    assert not wrong, "\n".join(map(str, wrong))
    assert met > {"the first statement": 150, "the first that writes": 30, "the commit": 30}[moment]


def untold(answer: Any, error: str, name: str) -> list[tuple[Any, ...]]:
    """What is missing of an honest answer."""
    page = answer.content.decode() if not answer.streaming else ""
    if answer.status_code != 503:
        return [(answer.status_code, answer.headers.get("Location", ""), own_words(page)[-200:])]
    words = ERRORS[error][1].heading
    if not name.startswith("door:") and words not in page:
        return [("no sentence", own_words(page)[:200])]
    return (
        [("no sentence at the door", page[:200])]
        if not re.search(r"[\u4e00-\u9fff]{6,}[^<]*。", page)
        else []
    )


def green(client: Client) -> bool:
    """Whether the next page calls something done."""
    return 'class="success"' in client.get("/password/").content.decode()


def test_a_commit_that_fails_after_the_view_has_spoken_shows_nothing_green(polled: Stage) -> None:
    """The form's key may put the whole request into one transaction: then its commit comes after the view's own words."""
    wrong, met = [], 0
    for name, row in ((n, r) for n in sorted(TABLE, reverse=True) for r in TABLE[n] if r.post):
        role = next(iter(sorted(row.may("文") - {"anonymous"})), "")
        if not role or name.startswith("accounts:"):
            continue
        client, sent = polled.clients[role], row.post(polled.own) | {"form_key": f"key of {name}"}
        address = reverse(name, args=row.args(polled.own)) + row.query(polled.own)
        with transaction.atomic():
            depth = len(connection.savepoint_ids)
            outermost = lambda sql: sql.startswith("RELEASE") and len(connection.savepoint_ids) == depth  # noqa: E731, B023
            fails = Failing(ERRORS["full"][0], outermost)
            with connection.execute_wrapper(fails):
                answer = client.post(address, sent)
            met += bool(fails.raised)
            if fails.raised and (
                answer.status_code != 503 or "已办" in answer.content.decode() or green(client)
            ):
                wrong.append((name, answer.status_code))
            transaction.set_rollback(True)
    assert not wrong
    assert met > 30


def test_what_earlier_requests_did_is_still_told(polled: Stage) -> None:
    """A page that fails shows no message and takes none away."""
    ning = polled.clients["ning"]
    assert ning.post(f"/reviews/{polled.own.review.pk}/confirm/", {}).status_code == 302
    with failing("locked", "the first statement"):
        assert "已办" not in ning.get("/reviews/").content.decode()
    assert ning.get("/nowhere/").status_code == 404
    assert green(ning)


# Pages whose forms are not given back: they hold keys, codes, seeds, passwords, ballots, or nothing that was typed.
NOT_GIVEN_BACK = {
    "sign_in", "password", "sign_out", "enter", "send", "stub",
    "poll_key", "poll_open", "poll_destroy", "poll_paper", "poll_slips", "poll_void", "poll_freeze", "draw_step",
    "draft", "draft_extra", "sitting_draft", "reading_new", "notice_head", "criteria_end",  # kept by the page itself
    "turns", "occasion_go", "confirm", "hand_over", "handover_end", "notice_sign", "readings_accept", "readings_adopt", "reading",
    "saying_back", "saying_move", "offline", "roster", "roster_undo", "organisation_keep", "person_keep", "programme", "switch", "chain", "poll_lists", "poll_count_out", "poll_papers",
    "poll_custodian",
    "account_slips", "account_new", "account_of_person", "account_renew", "account_close", "account_role", "activate", "report_read",
    "enclose",  # files only
}  # fmt: skip
SECRETS = {
    "password": "秘密甲", "unit_key": "秘密乙", "superior_key": "秘密丙", "code": "秘密丁", "stub": "秘密戊", "seed": "秘密己",
    "old_password": "秘密庚", "new_password1": "秘密辛", "csrfmiddlewaretoken": "秘密壬", "anything": "秘密癸",
}  # fmt: skip


def test_every_page_with_a_form_gives_back_what_was_typed_or_says_why_not() -> None:
    posted = {name.partition(":")[2] for name, rows in TABLE.items() if any(row.post for row in rows)}
    posted |= {"notes", "sign_in"}  # the table has no row for what is sent there
    assert set(FORMS_AT) | NOT_GIVEN_BACK == posted
    assert not set(FORMS_AT) & NOT_GIVEN_BACK


def test_nothing_secret_is_ever_given_back(polled: Stage) -> None:
    wrong, met = [], 0
    for name, rows in ((n, r) for n, r in TABLE.items() if not n.startswith("door:")):
        for row in (row for row in rows if row.post):
            for role in (*sorted(row.may("文"))[:1], "anonymous"):
                sent = row.post(polled.own) | SECRETS  # type: ignore[misc]
                address = reverse(name, args=row.args(polled.own)) + row.query(polled.own)
                with transaction.atomic(), failing("full", "the first statement") as fails:
                    page = polled.clients[role].post(address, sent).content.decode()
                    met += fails.raised
                    transaction.set_rollback(True)
                wrong += [(name, role)] if "秘密" in page else []
    assert not wrong
    assert met > 60


def fields_of(page: str) -> list[tuple[str, str]]:
    """What the form that gives back would send."""
    from lxml import html

    form = html.fromstring(page).xpath("//form[contains(@class, 'measure')]")
    return form[0].form_values() if form else []


def test_what_was_typed_is_sent_again_with_one_press(polled: Stage) -> None:
    """Each form that is taken is first met by a full disk, then sent as the page gave it back, and taken."""
    wrong, met = [], 0
    for name in sorted(name for name in TABLE if name.partition(":")[2] in FORMS_AT):
        for row in TABLE[name]:
            role = next(iter(sorted(row.may("文") - {"anonymous"})), "")
            if not row.post or not role or row.gets != 302:
                continue
            client, sent = polled.clients[role], row.post(polled.own) | {"form_key": f"{name} again"}
            address = reverse(name, args=row.args(polled.own)) + row.query(polled.own)
            with transaction.atomic():
                with failing("full", "the first that writes") as fails:
                    page = client.post(address, sent, headers=OURS).content.decode()
                answer = client.post(address, multiple(fields_of(page)))
                met += bool(fails.raised)
                if not fails.raised or answer.status_code != 302:
                    wrong.append((name, answer.status_code, fields_of(page)))
                transaction.set_rollback(True)
    assert not wrong, "\n".join(map(str, wrong))
    assert met > 20


OURS = {"Origin": "http://testserver"}


def multiple(fields: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in fields:
        found.setdefault(name, []).append(value)
    return found


def test_every_box_one_types_into_is_given_back(stage: Stage) -> None:
    from django.test import RequestFactory
    from lxml import html

    from dianping.pages.frame.typed import typed_in

    more = {
        "/notices/enter/": "",
        "/occasions/plan/": "",
        f"/notes/take/?about=member&person={stage.own.member.pk}": "",
    }
    lost, met = [], 0
    for address in pages(stage) | more:
        page = html.fromstring(stage.clients["clerk"].get(address).content.decode())
        for form in page.xpath("//form[@method='post']"):
            to = form.get("action") or address
            boxes = form.xpath(".//textarea[@name] | .//input[@name and (@type='text' or @type='date')]")
            request = RequestFactory().post(to, {box.get("name"): "写的字" for box in boxes})
            request.resolver_match = None
            request.csrf_processing_done = True
            given = {one.name for one in typed_in(request)}
            from django.urls import resolve

            if resolve(to.partition("?")[0]).url_name in FORMS_AT:
                met += len(boxes)
                lost += [(to, box.get("name")) for box in boxes if box.get("name") not in given]
    assert not lost
    assert met > 30


def answer_form(stage: Stage) -> tuple[str, dict[str, str]]:
    return f"/reviews/{stage.own.body_review.pk}/answer/", {"text": "写了很久的回应\n第二行"}


def strict(stage: Stage, name: str) -> Client:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(User.objects.get(username=name))
    return client


def test_a_form_older_than_the_sign_in_comes_back_with_its_words_and_can_be_sent(stage: Stage) -> None:
    address, sent = answer_form(stage)
    client = strict(stage, "ning")
    answer = client.post(address, sent, headers=OURS)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "这张表是登录以前打开的" in page
    assert f"现在登录的是{User.objects.get(username='ning').name}。" in page
    assert "DEBUG" not in page
    again = client.post(address, multiple(fields_of(page)), headers=OURS)
    assert again.status_code == 302


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {}])
def test_a_form_of_another_site_is_not_given_back_to_be_sent(stage: Stage, headers: dict[str, str]) -> None:
    address, sent = answer_form(stage)
    answer = strict(stage, "ning").post(address, sent, headers=headers)
    assert answer.status_code == 403
    assert "写了很久" not in answer.content.decode()
    assert "<textarea" not in answer.content.decode()


def test_a_sign_in_page_kept_too_long_says_so(stage: Stage) -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "ning", "password": "秘密"})
    assert answer.status_code == 403
    assert "登录页放得太久了" in answer.content.decode()
    assert "秘密" not in answer.content.decode()


def test_who_sends_a_form_after_his_sign_in_ended_gets_his_words_back(stage: Stage) -> None:
    address, sent = answer_form(stage)
    answer = Client().post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "登录已经结束" in page
    assert "写了很久的回应\n第二行" in page
    assert 'href="/sign-in/"' in page


def test_files_cannot_be_given_back_and_the_page_says_so(polled: Stage) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {
        "text": "一、请于3月1日前报送总结。",
        "direction": "received",
        "files_sent": SimpleUploadedFile("a.txt", b"a"),
    }
    with failing("full", "the first that writes"):
        page = polled.clients["clerk"].post("/notices/enter/", sent).content.decode()
    assert "一、请于3月1日前报送总结。" in page
    assert "选的文件没有收下" in page
    assert "再交一次" not in page


def test_an_address_that_takes_only_forms_says_so_in_words(stage: Stage) -> None:
    answer = stage.clients["ning"].get(f"/reviews/{stage.own.review.pk}/answer/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "这个地址不能直接打开" in answer.content.decode()
    assert "工作台" in answer.content.decode()
    assert 'class="menu user"' in answer.content.decode()  # in the site's frame


def test_too_much_is_told_as_such(stage: Stage, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    address, _ = answer_form(stage)
    answer = stage.clients["ning"].post(address, {"text": "长" * 2000})
    assert answer.status_code == 413
    assert "送来的内容太多，没有收下" in answer.content.decode()


def test_even_a_page_that_cannot_be_drawn_has_words(polled: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: Any, **more: Any) -> str:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr("dianping.pages.frame.errors.render_to_string", broken)
    with failing("terminated", "the first statement"):
        answer = polled.clients["ning"].get("/")
    assert answer.status_code == 503
    assert "连不上数据库" in answer.content.decode()


def test_after_a_fault_of_ours_the_page_asks_the_database_for_nothing(
    polled: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dianping.pages.workbench.views.render", lambda *given, **more: {}["nothing"])
    answer = polled.clients["ning"].get("/")
    assert answer.status_code == 500
    assert "系统出了差错" in answer.content.decode()


def test_what_failed_after_the_act_is_not_called_undone(
    polled: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The review is confirmed, then the session cannot be kept: the page says to look first."""
    from django.contrib.messages.middleware import MessageMiddleware

    def full(*given: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(MessageMiddleware, "process_response", full)
    answer = polled.clients["ning"].post(f"/reviews/{polled.own.review.pk}/confirm/", {})
    assert answer.status_code == 503
    assert "可能已经办妥" in answer.content.decode()


@pytest.mark.django_db
def test_a_site_without_a_roster_says_what_to_do_first(client: Client) -> None:
    """The handbook begins with 组织: the page leads to the roster, and is no page that is not there."""
    clerk = factories.account(username="first", name="温干事")
    grant_role(
        user=clerk, role=Grant.Role.CLERK, organisation=None, since=factories.LONG_AGO, actor=factories.ACTOR
    )
    client.force_login(clerk)
    for address in (
        "/organisations/",
        "/duties/",
        "/coverage/",
        "/ledgers/",
        "/accounts/",
        "/accounts/slips/",
    ):
        text = client.get(address).content.decode()
        assert "请先导入名册。" in text, address
        assert 'href="/set-up/"' in text
        assert "没有找到这一页" not in text


def test_a_name_the_site_does_not_know_is_told_as_that(client: Client, db: None, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["dp.example.cn"]
    client.raise_request_exception = False
    answer = client.get("/sign-in/", headers={"host": "other.example"})
    assert answer.status_code == 400
    told = answer.content.decode()
    assert "这个网址不是本站的" in told
    assert "other.example" in told
    assert "控制字符" not in told


@pytest.mark.django_db
def test_whoever_holds_nothing_any_more_is_told_so_and_sees_nothing(opened: factories.University) -> None:
    """A branch was merged, a term is over: the first page after the sign-in is no wrong address."""
    client = Client()
    client.force_login(factories.account(opened.people["冉小禾"], username="ran"))
    for address in ("/", "/duties/", "/coverage/", "/ledgers/", "/organisations/"):
        answer = client.get(address)
        text = answer.content.decode()
        assert answer.status_code == 200, address
        assert "您现在没有职务和角色" in text
        assert opened.letters_staff.name not in text
    assert client.get(f"/organisations/?organisation={opened.letters_staff.code}").status_code == 404
