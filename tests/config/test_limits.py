"""How much each address takes: every url of the site is asked for, so that a new one cannot be forgotten."""

import io
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.core.handlers.wsgi import WSGIRequest
from django.http.multipartparser import MultiPartParserError
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from dianping.accounts.sessions import new_session_key
from dianping.common.sizes import MOST_SENT, NOTICE_BYTES, WORKBOOK_BYTES, megabytes
from dianping.config.body_sizes import PAGE_MOST, SIGN_IN_MOST, UPLOADS, body_limit
from dianping.config.refusing import refusal
from dianping.config.server.lanes import LANES, lane_of
from dianping.config.server.receiving import Parser
from dianping.config.server.worker import adjustments
from dianping.door.middleware import MOST as DOOR_MOST
from dianping.pages.notices.forms import EnterNoticeForm
from dianping.pages.rectification.forms.items import shown_files
from dianping.rectification.rules.showing import MOST_BYTES, MOST_FILES

ROOT = Path(__file__).resolve().parents[2]
KEY = new_session_key()
SIGNED_IN = {"COOKIE": f'a=b; q="x\\101"; sessionid={KEY}; c=d'}
SAMPLES = {"int": "7", "str": "x", "slug": "x", "path": "x"}


def pages(
    resolver: URLResolver | None = None, before: str = "/", room: str = ""
) -> Iterator[tuple[str, str]]:
    """(name, an address) of every url."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + re.sub(r"<(?:(\w+):)?\w+>", lambda m: SAMPLES[m[1] or "str"], str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from pages(entry, route, f"{entry.namespace or entry.app_name or ''}:".lstrip(":"))
        else:
            assert isinstance(entry, URLPattern)
            yield f"{room}{entry.name}", route


def test_every_address_takes_what_it_needs_and_no_more() -> None:
    seen = set()
    for name, path in pages():
        seen.add(name)
        at_the_door = path.startswith("/o/")
        for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "post"):
            assert at_the_door and method == "POST" or body_limit(method, path, SIGNED_IN) == 0
        without, signed_in = body_limit("POST", path, {}), body_limit("POST", path, SIGNED_IN)
        if at_the_door:
            assert (without, signed_in) == (DOOR_MOST, DOOR_MOST)
        elif name in ("accounts:sign_in", "accounts:activate"):
            assert (without, signed_in) == (SIGN_IN_MOST, SIGN_IN_MOST)
        else:
            assert without == 0, path
            assert signed_in == UPLOADS.get(name, PAGE_MOST), path
    assert set(UPLOADS) <= seen, "every upload page is a page"
    assert len(seen) > 90


def asked_for_a_page(path: str, sent: int, **more: str) -> tuple[str, str]:
    headers = SIGNED_IN | {"ACCEPT": "text/html,*/*;q=0.8", "HOST": "dp.example.cn"} | more
    body, kind = refusal(413, method="POST", path=path, headers=headers, sent=sent)
    return body.decode(), kind


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/notices/enter/", "这一页一次最多收 31 MB，这一次送来 60 MB"),
        ("/set-up/roster/", "这一页一次最多收 51 MB，这一次送来 60 MB"),
        ("/reviews/7/answer/", "这一页一次最多收 1 MB，这一次送来 60 MB"),
    ],
)
def test_a_browser_that_sent_too_much_is_answered_with_a_page_that_names_the_limit(
    path: str, says: str
) -> None:
    page, kind = asked_for_a_page(path, 60 << 20, REFERER="http://dp.example.cn/notices/enter/")
    assert kind.startswith("text/html")
    assert says in page
    assert "什么也没有写入" in page
    assert 'href="http://dp.example.cn/notices/enter/"' in page
    assert "common/app.css" in page, "a page of this site, not a line"
    elsewhere, _ = asked_for_a_page(path, 60 << 20, REFERER="http://other.example/")
    assert "other.example" not in elsewhere


def test_whoever_asks_for_no_page_gets_the_sentence() -> None:
    body, kind = asked_for_a_page("/notices/enter/", 60 << 20, ACCEPT="*/*")
    assert kind.startswith("text/plain")
    assert body.startswith("送来的内容太多，没有收下。这一页一次最多收 31 MB")
    stranger, _ = asked_for_a_page("/notices/enter/", 60 << 20, COOKIE="")
    assert "请先登录再交" in stranger
    _, at_the_door = asked_for_a_page("/o/send/", 60 << 20)
    assert at_the_door.startswith("text/plain")


def test_handbook_and_forms_name_the_figures_the_server_keeps() -> None:
    """The figures of three places: what a form tells, what the handbook tells, what the server refuses unread."""
    handbook = (ROOT / "docs" / "handbook" / "clerk.md").read_text(encoding="utf-8")
    together = megabytes(NOTICE_BYTES)
    assert f"一次最多附 {MOST_SENT} 个文件，合起来不超过 {together}。" in handbook
    assert f"最多 {MOST_SENT} 个，合起来不超过 {together}" in str(
        EnterNoticeForm().fields["files_sent"].help_text
    )
    each = megabytes(MOST_BYTES)
    assert f"每件不超过 {each}，一次 {MOST_FILES} 件" in handbook
    assert f"每件不超过 {each}，一次共 {MOST_FILES} 件" in str(shown_files("材料").help_text)
    assert UPLOADS["notices:notice_new"] > NOTICE_BYTES, "what the form allows the server takes in"
    assert UPLOADS["rectification:step"] > MOST_FILES * MOST_BYTES
    assert UPLOADS["set_up:roster"] > WORKBOOK_BYTES < UPLOADS["reviews:offline"]
    assert f"（{megabytes(SIGN_IN_MOST)}）" in (ROOT / "docs/handbook/administrator.md").read_text(
        encoding="utf-8"
    )
    assert f"其余每次 {megabytes(PAGE_MOST)}" in (ROOT / "docs/handbook/administrator.md").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    "path", ["/no/such/page", "/", "//", "/o", "/o/../sign-in/", "/sign-in", "/static/x", "*", ""]
)
def test_an_address_nobody_has_takes_nothing_from_strangers(path: str) -> None:
    assert body_limit("POST", path, {}) <= DOOR_MOST
    assert body_limit("POST", path, SIGNED_IN) <= PAGE_MOST


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "sessionid=",
        "sessionid=short",
        "xsessionid=abcdefghijklmnopqrstuvwxyz",
        "a=sessionid",
        "sessionid",
        "sessionid=abcdefghijklmnopqrstuvwxyz012345",
        f'sessionid="{KEY}"',
    ],
    ids=[
        "none",
        "empty",
        "short",
        "another name",
        "a value",
        "no value",
        "made up",
        "quoted",
    ],
)
def test_no_session_no_body(cookie: str) -> None:
    assert body_limit("POST", "/duties/", {"COOKIE": cookie}) == 0


def test_a_key_with_any_one_sign_changed_is_nobodys() -> None:
    """Changed to a sign it was not, wherever it stands: in the chance of it or in its proof."""
    for place, sign in enumerate(KEY):
        changed = KEY[:place] + ("1" if sign == "0" else "0") + KEY[place + 1 :]
        assert body_limit("POST", "/duties/", {"COOKIE": f"sessionid={changed}"}) == 0, place
    assert body_limit("POST", "/duties/", {"COOKIE": f"sessionid={KEY}"}) == PAGE_MOST


def test_nobody_is_given_a_session_who_does_not_sign_in(client: Client, db: None) -> None:
    """So that a key this site gave is somebody's who signed in."""
    for name, path in pages():
        client.get(path)
        client.post(path, {"username": "nobody", "password": "nothing"})
        assert "sessionid" not in client.cookies, name


HOSTILE = {
    "escapes": lambda n: "\\" * n,
    "quoted escapes": lambda n: f'device="{chr(92) * n}"',
    "quotes": lambda n: '"' * n,
    "quoted pairs": lambda n: 'device="\\101' * (n // 12),
    "many": lambda n: "a=b;" * (n // 4),
    "one name": lambda n: "device=" * (n // 7),
    "semicolons": lambda n: ";" * n,
    "spaces": lambda n: " " * n,
    "equals": lambda n: "=" * n,
    "a quote left open": lambda n: 'multipart/form-data; a="' + ";" * n,
    "pairs of quotes": lambda n: "multipart/form-data; " + 'a="";' * (n // 5),
    "commas": lambda n: "a," * (n // 2),
    "slashes": lambda n: "/" * n,
    "percents": lambda n: "%41" * (n // 3),
}


@pytest.mark.parametrize("header", ["User-Agent", "X-Client-Cert", "Content-Type", "Cookie"])
def test_a_line_too_long_is_told_as_what_it_is(header: str) -> None:
    parser = Parser(adjustments([]))
    parser.received(
        f"POST /sign-in/ HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n{header}: {'a' * 17_000}\r\n\r\nabc".encode()
    )
    assert parser.completed
    assert parser.error is not None
    assert parser.error.code == 431


def as_django_reads_it(parser: Parser) -> None:
    """What Django makes of a head before any view, and what views ask of it."""
    environ = {f"HTTP_{name}": value for name, value in parser.headers.items()}
    environ |= {"REQUEST_METHOD": "POST", "PATH_INFO": parser.path, "QUERY_STRING": parser.query}
    environ |= {
        "CONTENT_TYPE": parser.headers.get("CONTENT_TYPE", ""),
        "SERVER_NAME": "a",
        "SERVER_PORT": "80",
    }
    request = WSGIRequest(environ | {"wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http"})
    with suppress(RequestDataTooBig, TooManyFieldsSent, BadRequest, MultiPartParserError):
        request.content_params, request.COOKIES, request.GET, request.accepted_types, request.POST  # noqa: B018


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize(
    "header", ["Cookie", "Referer", "Accept", "Content-Type", "X-Forwarded-For", "Accept-Language", "path"]
)
def test_a_long_head_costs_no_more_than_its_length(header: str, kind: str) -> None:
    """What the one loop of a process does with a head, and Django with its cookies: eight times the length, at most twenty
    times the cost (a cost that grows with the square is sixty-four times)."""

    def cost(length: int) -> float:
        value = HOSTILE[kind](length).encode()
        path = b"/sign-in/?" + value.replace(b" ", b"+") if header == "path" else b"/sign-in/"
        line = b"" if header == "path" else header.encode() + b": " + value + b"\r\n"
        head = b"POST " + path + b" HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n" + line + b"\r\n"
        took = []
        for _ in range(3):
            parser, began = Parser(adjustments([])), time.process_time()
            parser.received(head)
            if parser.error is None:
                lane_of("POST", "/sign-in/", parser.headers)
                as_django_reads_it(parser)
            took.append(time.process_time() - began)
        return min(took)

    assert cost(24_000) < max(20 * cost(3_000), 0.05)


def test_the_control_a_quoted_cookie_costs_the_square_of_its_length() -> None:
    """What the test above would find; some versions of Python have mended it."""
    took = []
    for length in (3_000, 24_000):
        began = time.process_time()
        SimpleCookie(HOSTILE["quoted escapes"](length))
        took.append(time.process_time() - began)
    if took[1] < 0.05:
        pytest.skip("this Python reads quoted cookies in linear time")
    assert took[1] > 20 * took[0]


def test_every_form_that_takes_files_leads_to_an_upload_page_and_no_other_does() -> None:
    """Found in the templates: a field of the kind file, in a form that names its page or stays on its own."""
    led = set()
    for path in ROOT.glob("dianping/**/templates/**/*.html"):
        for form in re.findall(r"<form\b.*?</form>", path.read_text(), re.DOTALL):
            if "multipart" in form:
                led |= set(re.findall(r"""action="\{%\s*url\s+'([\w:]+)'""", form)) or {path.stem}
    sent_to = {
        "_form": "reviews:offline",
        "item": "rectification:step",
        "notice_new": "notices:notice_new",
        "poll_new": "polls:poll_new",
    }
    assert {sent_to.get(name, name) for name in led} == set(UPLOADS)


def test_every_request_has_a_lane_and_looking_never_shares_one_with_writing() -> None:
    for name, path in pages():
        look, write = lane_of("GET", path, {}), lane_of("POST", path, {})
        assert {look, write} <= set(LANES)
        assert look != write or path.startswith(("/o/", "/alive/")), name
    assert lane_of("GET", "/alive/", {}) == lane_of("GET", "/static/x.css", {}) == "light"
    assert lane_of("POST", "/sign-in/", {}) == "signing in"
    assert lane_of("POST", "/offline/", {}) == "uploads"
    assert {lane_of(method, "/o/send/", {}) for method in ("GET", "POST")} == {"door"}
