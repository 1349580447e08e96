"""Whatever is sent to whichever address, and however it goes wrong: no password, key, code or session is written anywhere.

Every address that takes forms is sent a form with a secret in every field the site knows; then every table, every log line,
every mail, every session and every file is searched. The controls show that the search finds what is there.
"""

import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from dianping.common.models import FormKey
from tests import searching
from tests.pages.conftest import Stage, with_polls
from tests.pages.test_permissions import TABLE, last

MARK = "7Q9ZSECRET"
PACKAGE = Path(site.BASE_DIR) / "dianping"


def fields_known() -> set[str]:
    """Every name the site reads out of a form, by its forms, its views and its templates."""
    found = {
        "username",
        "password",
        "old_password",
        "new_password1",
        "new_password2",
        "csrfmiddlewaretoken",
        "form_key",
    }
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r"(?:POST|FILES)(?:\.get(?:list)?\(|\[)[\"'](\w+)", text))
        if "forms" in str(path):
            found |= set(re.findall(r"^    ([a-z]\w+) = \w[\w.]*\(", text, re.MULTILINE))
    for path in PACKAGE.rglob("*.html"):
        found |= set(
            re.findall(r"<(?:input|textarea|select|button)[^>]* name=\"(\w+)\"", path.read_text("utf-8"))
        )
    return found


FIELDS = sorted(fields_known())


def secrets() -> dict[str, Any]:
    sent: dict[str, Any] = {name: f"{MARK}-{name}" for name in FIELDS}
    return sent | {"file": SimpleUploadedFile(f"{MARK}.docx", MARK.encode())}


def found_in_tables() -> list[str]:
    """Every table and column that holds the mark, in clear or packed as sessions are."""
    return [place for _, place in searching.found(searching.tables(), {"mark": [MARK]})]


def found_in_files() -> list[str]:
    kept = searching.files(Path(site.HOME))
    return [
        str(Path(site.HOME) / place)
        for _, place in searching.found(kept, {"mark": [MARK]})
        if ".sqlite3" not in place
    ]


def ways(client: Client, address: str, break_it: Any, *, all_of_them: bool) -> Iterator[Any]:
    """The ways in which a form can go wrong before or in its view."""
    yield client.post(address, secrets())
    if not all_of_them:
        return
    yield client.put(address, f"unit_key={MARK}", content_type="application/x-www-form-urlencoded")
    yield client.post(address, f"--x\r\n{MARK}", content_type="multipart/form-data; boundary=x")
    yield client.post(address, {"password": f"{MARK}\0"})
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = client.cookies
    yield strict.post(address, secrets())
    yield client.post(
        address, secrets(), HTTP_HOST=f"{MARK}.example", HTTP_USER_AGENT=MARK, HTTP_REFERER=f"http://{MARK}/"
    )
    with break_it():
        broken = client.post(address, secrets())
    assert broken.status_code in (400, 403, 413, 500), "it does break"
    yield broken


@pytest.mark.parametrize("part", range(4))
def test_nothing_that_was_refused_is_written_anywhere(
    stage: Stage, lines: io.StringIO, break_it: Any, part: int
) -> None:
    """What an address accepts is of course kept; so it is taken back here, and the rest stays to be searched."""
    stage = with_polls(stage)
    refused = 0
    for name in sorted(TABLE, key=last)[part::4]:
        address = reverse(name, args=TABLE[name][0].args(stage.own))
        for role in ("clerk", "ning", "anonymous"):
            client = stage.clients[role]
            client.raise_request_exception = False
            for answer in ways_taken_back(client, address, break_it, role == "clerk"):
                refused += answer.status_code >= 400
    assert refused > 100
    assert found_in_tables() == []
    assert found_in_files() == []
    assert MARK not in lines.getvalue()
    assert mail.outbox == []
    assert not [one for one in Session.objects.all() if MARK in str(one.get_decoded())]


def ways_taken_back(client: Client, address: str, break_it: Any, all_of_them: bool) -> Iterator[Any]:
    pending = ways(client, address, break_it, all_of_them=all_of_them)
    while True:
        block = transaction.atomic()
        block._from_testcase = True  # type: ignore[attr-defined] # as the one a test runs in
        with block:
            answer = next(pending, None)
            if answer is None:
                return
            if answer.status_code < 400:
                transaction.set_rollback(True)
        yield answer


def test_a_wrong_password_leaves_a_number_and_nothing_else(stage: Stage, lines: io.StringIO) -> None:
    for at in range(12):
        sent = {"username": f"{MARK}" if at % 2 else "ning", "password": f"{MARK}{at}", "unit_key": MARK}
        Client().post(f"/sign-in/?next=/{MARK}/", sent, HTTP_USER_AGENT=MARK, HTTP_REFERER=MARK)
        stage.clients["ning"].post(
            "/password/", {"old_password": MARK, "new_password1": MARK, "new_password2": MARK}
        )
    assert found_in_tables() == []
    assert MARK not in lines.getvalue()


def test_no_sessions_secret_is_in_any_table(stage: Stage) -> None:
    client = Client()
    client.post("/sign-in/", {"username": "ning", "password": "three-plain-words"})
    client.get("/")
    kept = client.cookies["sessionid"].value
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert kept not in str(cursor.fetchall()), table


def test_the_search_finds_what_is_there(stage: Stage, lines: io.StringIO) -> None:
    """The controls: a library that keeps whole forms, a session that holds one, a log line, a file."""
    FormKey.objects.create(key="k", actor="a", digest="d", location=f"unit_key={MARK}"[:400])
    assert found_in_tables() == ["common_formkey.location"]
    session = stage.clients["ning"].session
    session["form"] = {"unit_key": MARK}
    session.save()
    assert "django_session.session_data" in found_in_tables()
    logging.getLogger("django.request").warning("%s", MARK)
    assert MARK in lines.getvalue()
    path = Path(site.HOME) / "control.txt"
    path.write_text(MARK)
    try:
        assert found_in_files() == [str(path)]
    finally:
        path.unlink()


def test_the_fields_are_those_the_site_reads() -> None:
    assert {
        "unit_key",
        "superior_key",
        "password",
        "code",
        "stub",
        "old_password",
        "files_sent",
        "organisation",
    } <= set(FIELDS)
    assert len(FIELDS) > 60
