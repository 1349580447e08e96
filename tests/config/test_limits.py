"""How much each address takes: every url of the site is asked for, so that a new one cannot be forgotten."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from dianping.config.limits import PAGE_MOST, SIGN_IN_MOST, UPLOADS, body_limit
from dianping.config.server.lanes import LANES, lane_of
from dianping.door.middleware import MOST as DOOR_MOST

ROOT = Path(__file__).resolve().parents[2]
SIGNED_IN = {"COOKIE": "a=b; sessionid=abcdefghijklmnopqrstuvwxyz012345; c=d"}
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
        elif name == "accounts:sign_in":
            assert (without, signed_in) == (SIGN_IN_MOST, SIGN_IN_MOST)
        else:
            assert without == 0, path
            assert signed_in == UPLOADS.get(name, PAGE_MOST), path
    assert set(UPLOADS) <= seen, "every upload page is a page"
    assert len(seen) > 90


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
    ],
)
def test_no_session_no_body(cookie: str) -> None:
    assert body_limit("POST", "/duties/", {"COOKIE": cookie}) == 0


def test_every_form_that_takes_files_leads_to_an_upload_page_and_no_other_does() -> None:
    """Found in the templates: a field of the kind file, in a form that names its page or stays on its own."""
    led = set()
    for path in ROOT.glob("dianping/*/templates/**/*.html"):
        for form in re.findall(r"<form\b.*?</form>", path.read_text(), re.DOTALL):
            if "multipart" in form:
                led |= set(re.findall(r"""action="\{%\s*url\s+'([\w:]+)'""", form)) or {path.stem}
    sent_to = {
        "_form": "desk:offline",
        "item": "desk:step",
        "notice_new": "desk:notice_new",
        "poll_new": "desk:poll_new",
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
