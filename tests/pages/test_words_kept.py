"""What somebody writes survives whatever happens on the way (decision 0058): the server's half. The browser's half is in
tests/browser/test_kept_story.py."""

import errno
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import resolve, reverse
from lxml import html

from dianping.accounts.sessions import mark_of
from dianping.common.formkeys import new_form_key
from dianping.pages.frame.opening import HEAD
from tests.factories import PASSWORD
from tests.pages.conftest import Stage, with_polls
from tests.pages.test_faults_told import NOT_GIVEN_BACK
from tests.pages.test_pages import pages
from tests.pages.test_permissions import TABLE

TYPED = ("text", "search", "email", "tel", "url")
# Never kept: what holds keys, codes, ballots, passwords. Every other form with words is kept by kept.js.
SECRET = {"sign_in", "password", "poll_open", "poll_paper", "poll_papers", "poll_custodian", "poll_void", "enter", "send", "stub", "activate"}  # fmt: skip

# Kept or not as the form itself stands: with two keepers' keys it keeps nothing, without them its reason is kept.
EITHER = {"poll_destroy"}
NUMBERS = {"poll_count_out", "poll_lists"}  # a count, typed again in two seconds; its box says off


def looked_at(stage: Stage) -> Iterator[tuple[str, str]]:
    """Every page of the site, for one who may see it: (role, address)."""
    yield from ((role, address) for role in ("clerk",) for address in pages(stage))
    for name, row in ((name, row) for name, rows in TABLE.items() for row in rows if row.post is None):
        asked = ("clerk", "superior") if "po" in name else ("ning", "qi", "superior", "gan", "clerk")
        roles = [role for role in asked if role in row.may("文")]
        for role in roles[:1]:
            yield role, reverse(name, args=row.args(stage.own)) + row.query(stage.own)


def drawn(client: Client, address: str) -> html.HtmlElement | None:
    answer = client.get(address)
    is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    return html.fromstring(answer.content.decode()) if is_page else None


def words_of(form: html.HtmlElement) -> list[html.HtmlElement]:
    """The boxes one writes words into."""
    boxes = [*form.xpath(".//textarea[@name]"), *form.xpath(".//input[@name]")]
    return [box for box in boxes if box.tag == "textarea" or (box.get("type") or "text") in TYPED]


def is_kept(form: html.HtmlElement, box: html.HtmlElement) -> bool:
    """As kept.js decides it."""
    return "off" not in (form.get("autocomplete"), box.get("autocomplete"))


def test_every_form_with_words_is_kept_and_none_with_a_secret(stage: Stage) -> None:
    stage = with_polls(stage)
    wrong, met, kept = [], set(), 0
    for role, address in dict.fromkeys(looked_at(stage)):
        page = drawn(stage.clients[role], address)
        for form in () if page is None else page.xpath("//form[@method='post']"):
            to = str(resolve((form.get("action") or address).partition("?")[0]).url_name)
            boxes = words_of(form)
            met |= {to} if boxes else set()
            kept += sum(is_kept(form, box) for box in boxes)
            secret = to in SECRET or (to in EITHER and bool(form.xpath(".//input[@type='password']")))
            for box in boxes:
                search = (box.get("name") or "").endswith("_q")  # what is searched for is no word of the form
                if is_kept(form, box) == secret and to not in NUMBERS and not search:
                    wrong.append((role, address, to, box.get("name")))
    assert not wrong
    assert kept > 60
    assert {"note_new", "occasion_new", "attend", "notice_new", "answer", "correct", "step"} <= met
    assert SECRET <= NOT_GIVEN_BACK, "what is not kept is not given back either"


def test_the_page_of_the_door_has_none_of_these_scripts(stage: Stage) -> None:
    text = Client().get("/o/").content.decode()
    assert all(script not in text for script in ("kept", "reach", "worker"))
    assert HEAD not in Client().get("/o/").headers


def test_here_says_whose_page_it_is_and_what_was_taken(stage: Stage) -> None:
    nobody = Client().get("/here/").json()
    assert nobody["keeper"] == ""
    assert nobody["token"]
    ning, key, other = stage.clients["ning"], new_form_key(), new_form_key()
    address = f"/reviews/{stage.own.body_review.pk}/answer/"
    assert ning.post(address, {"text": "看过了", "form_key": key}).status_code == 302
    told = ning.get(f"/here/?keys={key},{other}").json()
    assert told["keeper"] == mark_of("ning")
    assert told["taken"] == [key]
    assert stage.clients["qi"].get(f"/here/?keys={key}").json()["taken"] == [], "only one's own"
    assert "no-store" in ning.get("/here/")["Cache-Control"]


def over(client: Client, password: str) -> tuple[int, str]:
    answer = client.post(
        "/sign-in/", {"username": "ning", "password": password}, headers={"X-Over-Page": "1"}
    )
    return answer.status_code, answer.content.decode()


def test_signing_in_over_a_page_follows_the_rules_of_the_sign_in_page(stage: Stage) -> None:
    cache.clear()
    client = Client()
    status, words = over(client, "不对的")
    assert status == 422
    assert words.startswith("登录名或密码不对。")
    assert "<" not in words
    assert over(client, PASSWORD) == (204, "")
    assert client.get("/here/").json()["keeper"] == mark_of("ning")
    stranger = Client(REMOTE_ADDR="192.0.2.77")
    told = [over(stranger, f"不对的{n}") for n in range(6)]
    assert told[-1][0] == 429
    assert "写的字都还在这一页" in told[-1][1]


@pytest.mark.parametrize("what", ["notices:readings_adopt", "reviews:confirm"])
def test_what_was_pressed_after_the_sign_in_ended_leads_back_and_is_told(stage: Stage, what: str) -> None:
    page = f"/reviews/{stage.own.review.pk}/"
    client = Client()
    pressed = client.post(
        reverse(what, args=[stage.own.review.pk]), {}, headers={"Referer": f"http://testserver{page}"}
    )
    assert pressed.status_code == 302
    answer = client.post(pressed["Location"], {"username": "ning", "password": PASSWORD}, follow=True)
    assert answer.request["PATH_INFO"] == page
    assert answer.status_code == 200
    assert "按下的那一下没有办" in answer.content.decode()


def test_another_site_s_page_is_not_led_back_to(stage: Stage) -> None:
    sent = Client().post(
        f"/reviews/{stage.own.review.pk}/confirm/", {}, headers={"Referer": "https://elsewhere.example/x/"}
    )
    assert sent["Location"] == "/sign-in/?pressed=1"


def test_only_the_page_after_a_sign_out_has_the_browser_forget(stage: Stage) -> None:
    answer = stage.clients["ning"].post("/sign-out/", follow=True)
    assert "data-left" in answer.content.decode()
    for address in ("/sign-in/", "/sign-in/?left=left", "/sign-in/?left=left:1xY2fQ:forged"):
        assert "data-left" not in Client().get(address).content.decode(), address


def test_a_page_names_its_person_by_a_mark_and_no_other_way(stage: Stage) -> None:
    for name in ("ning", "qi"):
        body = html.fromstring(stage.clients[name].get("/").content.decode()).find("body")
        assert body.get("data-keeper") == mark_of(name)
    assert len({mark_of("ning"), mark_of("qi")}) == 2
    assert html.fromstring(Client().get("/sign-in/").content.decode()).find("body").get("data-keeper") == ""


def test_pages_that_open_without_a_network_say_so_in_head_and_body_and_no_other_does(stage: Stage) -> None:
    opens = set()
    for role, address in dict.fromkeys(looked_at(with_polls(stage))):
        answer = stage.clients[role].get(address)
        text = answer.content.decode() if answer["Content-Type"].startswith("text/html") else ""
        assert (HEAD in answer.headers) == ("data-offline" in text), address
        if HEAD in answer.headers:
            opens.add(resolve(address.partition("?")[0]).view_name)
            mark, until = answer[HEAD].split()
            assert mark == mark_of(role)
            assert int(until) > 0
    assert opens == {"reviews:sitting", "occasions:occasion", "reviews:note_new", "reviews:notes"} & opens
    assert {"reviews:sitting", "occasions:occasion", "reviews:note_new"} <= opens


def test_a_refusal_on_such_a_page_is_never_kept(stage: Stage) -> None:
    notes = f"/notes/take/?about=member&person={stage.own.member.pk}"
    refused = stage.clients["ning"].post(notes, {"text": "", "form_key": new_form_key()})
    assert refused.status_code == 422
    assert HEAD not in refused.headers
    assert HEAD not in stage.clients["ning"].get("/occasions/999999/sitting/").headers
    assert HEAD not in Client().get(notes).headers


def test_a_full_disk_has_a_code_of_its_own(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object, **more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    client = stage.clients["ning"]
    client.raise_request_exception = False
    monkeypatch.setattr("dianping.pages.reviews.views.writing.save_draft", full)
    answer = client.post(f"/write/{stage.own.open_duty.pk}/draft/", {"evaluation": "写的", "version": 0, "mode": "collective", "regular": "1"})  # fmt: skip
    assert answer.status_code == 503
    assert answer["X-Refusal"] == "database.full"
    monkeypatch.setattr("dianping.pages.reviews.views.writing.save_draft", lambda **given: {}["nothing"])
    broken = client.post(f"/write/{stage.own.open_duty.pk}/draft/", {"evaluation": "写的", "version": 0, "mode": "collective", "regular": "1"})  # fmt: skip
    assert broken.status_code == 500
    assert "X-Refusal" not in broken.headers
