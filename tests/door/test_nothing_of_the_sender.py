"""Nothing of whoever comes to the door is seen, kept or sent back."""

import io
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dianping import door
from dianping.door import middleware, views
from dianping.opinions.models import Slip
from tests.door.sending import SAID, open_form, send_form
from tests.factories import Cast
from tests.opinions.polling import AFTER
from tests.refused import codes_on

pytestmark = pytest.mark.django_db
PAGES = ("door:enter", "door:who", "door:stub")
TELLING = ("sessionid", "PHONE-MODEL", "203.0.113.9", "zh-CN", "chat.example", "mark", "00-1", "Basic")


def every_answer(client: Client, codes: list[str]) -> list[Any]:
    """One answer of each kind the door gives."""
    fields = open_form(client, codes[0])
    found = [getattr(client, method)(reverse(name)) for name in PAGES for method in ("get", "head")]
    found += [
        client.get("/o"),
        client.get("/o/nowhere/"),
        client.post("/o/", {"code": codes[1]}),
        client.post("/o/", {"code": "nonsense"}),
        send_form(client, fields | {"stub": "1"}),
        send_form(client, fields, look="1", **SAID),
        send_form(client, fields),
        send_form(client, fields),
        client.post("/o/", {"code": codes[0]}),
        client.post("/o/stub/", {"stub": "1"}),
        client.get("/o/send/"),
        client.put("/o/"),
        client.post("/o/", {"code": "\0"}),
    ]
    return found


def test_no_cookie_is_ever_set_whatever_is_sent(villager: Client, codes: list[str]) -> None:
    for answer in every_answer(villager, codes):
        assert not answer.cookies, answer
        assert "Set-Cookie" not in answer.headers


def test_a_signed_in_office_is_a_stranger_at_the_door(cast: Cast, codes: list[str]) -> None:
    client = Client()
    client.force_login(cast.gan.user)
    assert cast.gan.user.name in client.get("/").content.decode(), "where he is known he is named"
    for answer in every_answer(client, codes):
        assert cast.gan.user.name not in answer.content.decode()
        assert not answer.cookies


def test_every_answer_says_to_keep_nothing_and_load_nothing(villager: Client, codes: list[str]) -> None:
    for answer in every_answer(villager, codes):
        headers = answer.headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"] == "noindex"
        policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert {policy[f"{kind}-src"] for kind in ("script", "style", "img", "connect")} == {"'self'"}
        assert "ETag" not in headers


def test_a_page_has_no_script_and_no_style_of_its_own(villager: Client, codes: list[str]) -> None:
    for answer in every_answer(villager, codes):
        page = answer.content.decode()
        if 'data-page="' not in page:
            continue
        assert page.count("<script") == page.count('<script type="module" src=') == 2
        assert "<style" not in page
        assert " style=" not in page
        assert "http://" not in page
        assert "https://" not in page


def test_views_see_neither_cookie_nor_address_nor_agent(
    villager: Client, codes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    render = views.render

    def probe(request: Any, *args: Any, **more: Any) -> Any:
        seen.extend(f"{name}={value}" for name, value in request.META.items())
        seen.append(f"cookies={request.COOKIES} headers={dict(request.headers)}")
        return render(request, *args, **more)

    monkeypatch.setattr(views, "render", probe)
    every_answer(villager, codes)
    names = {entry.split("=")[0] for entry in seen}
    assert {name for name in names if not name.startswith("wsgi.")} <= middleware._KEPT | {"cookies"}
    assert [entry for entry in seen for word in TELLING if word in entry] == []


def test_the_database_is_asked_for_no_session_and_no_account(villager: Client, codes: list[str]) -> None:
    with CaptureQueriesContext(connection) as asked:
        every_answer(villager, codes)
    assert [one["sql"] for one in asked if "session" in one["sql"] or "accounts_user" in one["sql"]] == []


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the site's own log keeps."""
    (keeper,) = (one for one in logging.getLogger().handlers if one.name == "console")
    assert isinstance(keeper, logging.StreamHandler)
    kept = io.StringIO()
    usual = keeper.setStream(kept)
    yield kept
    keeper.setStream(usual or sys.stderr)


def test_a_refusal_leaves_no_line_in_a_log(
    villager: Client, codes: list[str], log: io.StringIO, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    fields = open_form(villager, codes[0])
    for code, status in (("nonsense", 422), (codes[0], 200)):
        assert villager.post("/o/", {"code": code}).status_code == status
    assert send_form(villager, fields | {"stub": "1"}).status_code == 422
    assert send_form(villager, fields).status_code == 200
    assert villager.post("/o/", {"code": codes[0]}).status_code == 409
    assert villager.post("/o/stub/", {"stub": "1"}).status_code == 422
    opened = villager.get("/o/send/")
    assert (opened.status_code, "不能直接打开" in opened.content.decode()) == (405, True)
    assert villager.get("/o/none/").status_code == 404
    assert villager.get("/o/", headers={"host": "elsewhere.example"}).status_code == 400
    many = "&".join(f"{at}=" for at in range(2000))
    urlencoded = "application/x-www-form-urlencoded"
    assert villager.post("/o/", many, content_type=urlencoded).status_code == 413
    assert log.getvalue() == ""
    villager.get("/none/", headers={"host": "elsewhere.example"})  # the log does keep what others send
    assert log.getvalue() != ""


def test_our_own_fault_leaves_a_line(log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("dianping.door.views.admit", broken)
    client = Client(raise_request_exception=False)
    assert client.post("/o/", {"code": "ABCD-EFGH-JKLM"}).status_code == 500
    assert (
        "RuntimeError" in log.getvalue()
    )  # where in the code, not what was sent, nor the words of the exception
    assert "ABCD" not in log.getvalue()


@pytest.mark.parametrize("name", PAGES)
def test_looking_uses_no_slip(villager: Client, codes: list[str], name: str) -> None:
    for method in ("get", "head", "options", "post"):
        getattr(villager, method)(reverse(name), {"code": codes[0]})
    villager.get("/o/send/", {"code": codes[0], **SAID})
    villager.head("/o/send/", {"code": codes[0], **SAID})
    assert not Slip.objects.exclude(state=Slip.State.UNUSED).exists()


def test_after_the_last_day_a_form_is_not_opened(villager: Client, codes: list[str], settings: Any) -> None:
    settings.STANDING_DAY = AFTER
    answer = villager.post("/o/", {"code": codes[0]})
    assert answer.status_code == 422
    assert "opinions.closed" in codes_on(answer)


def test_the_page_is_light() -> None:
    found = [one for one in (Path(door.__file__).parent / "static").rglob("*") if one.is_file()]
    assert len(found) == 3
    assert sum(one.stat().st_size for one in found) < 25_000


def test_too_much_is_refused_before_it_is_read(villager: Client, codes: list[str]) -> None:
    fields = open_form(villager, codes[0])
    answer = villager.post("/o/send/", fields | {"q-0-problems": "字" * 50_000})
    assert answer.status_code == 413
    assert "票还没有用掉" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert Slip.objects.filter(state=Slip.State.USED).count() == 0


def test_behind_tls_the_door_knows_it(villager: Client, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 31_536_000
    answer = Client().get("/o/", headers={"x-forwarded-proto": "https"})
    assert answer["Strict-Transport-Security"].startswith("max-age=31536000")
