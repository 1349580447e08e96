"""Which forms carry a key, address by address: the site decides it (decision 0050), and the pages keep to it."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import resolve, reverse
from lxml import html

from dianping.common.formkeys import new_form_key
from dianping.common.models import AuditEntry, FormKey
from dianping.pages.polls.views import keys as poll_keys
from dianping.pages.polls.views import together as poll_together
from dianping.reviews.models import Review
from tests.factories import PASSWORD
from tests.glued import glued
from tests.pages.conftest import Stage, with_polls
from tests.pages.poll_desk import Desk, text_of
from tests.pages.test_pages import pages
from tests.pages.test_permissions import ADDRESSES, SAID, TABLE

# What takes a form and no key: it holds a secret or a ballot, writes nothing, or counts its own versions.
UNKEYED = {
    "accounts:sign_in", "accounts:password", "accounts:sign_out", "accounts:activate",
    "door:enter", "door:send", "door:stub",
    "polls:poll_open", "polls:poll_papers", "polls:poll_destroy", "polls:poll_paper", "polls:poll_custodian",
    "reviews:draft", "reviews:draft_extra", "reviews:sitting_draft", "notices:reading", "workbench:switch", "audit:chain",
}  # fmt: skip
KEYED = {
    "accounts:account_slips", "accounts:account_new", "accounts:account_of_person", "accounts:account_renew", "accounts:account_close", "accounts:account_role",
    "duties:hand_in", "reviews:write", "reviews:write_extra", "reviews:answer", "reviews:correct", "reviews:confirm", "reviews:reopen",
    "occasions:occasion_new", "occasions:attend", "occasions:turns", "occasions:occasion_go", "reviews:sitting_file",
    "draws:draw_new", "draws:draw_step", "reviews:notes", "reviews:note_new", "duties:hand_over", "duties:handover_end", "reviews:offline",
    "rectification:ask_masses", "rectification:step", "rectification:extend", "rectification:answer_extension", "rectification:admonish", "rectification:settle", "rectification:report", "rectification:enclose", "rectification:report_read",
    "polls:poll_new", "polls:poll_freeze", "polls:poll_key", "polls:poll_slips", "polls:poll_lists", "polls:poll_count_out", "polls:poll_void",
    "polls:points_merge", "polls:saying_back", "polls:point_step", "polls:saying_move",
    "bulletins:case_new", "bulletins:case_step", "bulletins:bulletin_new", "bulletins:bulletin_edit", "bulletins:bulletin_step",
    "notices:notice_new", "notices:notice_send", "notices:notice_sign", "notices:readings_accept", "notices:readings_adopt", "notices:reading_new", "notices:notice_head", "programmes:criteria_new", "programmes:criteria_end",
    "set_up:roster", "set_up:roster_undo", "set_up:programme", "set_up:open_all",
    "organisations:organisation_keep", "organisations:person_keep", "occasions:hearing", "occasions:occasion_found",
}  # fmt: skip
BY_SCRIPT = {"reviews:sitting_file"}  # sent by sitting.js, with the key its page gave each target
IN_ANOTHER_STATE = {
    "occasions:occasion_go",
    "draws:draw_step",
    "notices:notice_send",
    "notices:readings_adopt",
    "duties:handover_end",
    "occasions:occasion_found",
    "set_up:roster_undo",
    "rectification:report_read",
}
TEMPLATES = Path(site.BASE_DIR) / "dianping" / "pages"
POSTED = {name for name, rows in TABLE.items() if any(row.post for row in rows)} | {
    "reviews:notes",
    "accounts:sign_in",
}


def test_every_address_that_takes_a_form_is_in_one_of_the_lists() -> None:
    assert UNKEYED | KEYED == POSTED
    assert not UNKEYED & KEYED


def test_the_views_are_marked_as_the_lists_say() -> None:
    marked = {name for name, pattern in ADDRESSES.items() if getattr(pattern.callback, "unkeyed", "")}
    assert marked == UNKEYED
    assert all(len(ADDRESSES[name].callback.unkeyed) > 20 for name in marked), "each with its reason"


def forms_of(client: Client, address: str) -> list[tuple[str, list[str]]]:
    """(name of the view it is sent to, the keys it carries) of each form of a page that is sent."""
    answer = client.get(address)
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return []
    found = []
    for form in html.fromstring(answer.content.decode()).xpath(
        "//form[translate(@method, 'POST', 'post')='post']"
    ):
        to = resolve((form.get("action") or address).partition("?")[0]).view_name
        assert to.startswith("door:") or form.xpath(".//input[@name='csrfmiddlewaretoken']/@value"), address
        keys = form.xpath(".//input[@name='form_key']/@value")
        found.append((to, keys))
        for other in form.xpath("//button[@formaction and @form=$own]/@formaction", own=form.get("id") or ""):
            found.append((resolve(other.partition("?")[0]).view_name, keys))  # its buttons go elsewhere
    return found


def test_each_form_of_a_keyed_view_carries_a_key_and_no_other_does(stage: Stage) -> None:
    """Every page of the site, for the office and for one other who may see it."""
    stage = with_polls(stage)
    looked = {("clerk", address): None for address in pages(stage)}
    for name, row in ((name, row) for name, rows in TABLE.items() for row in rows if row.post is None):
        asked = ("clerk", "superior") if "po" in name else ("ning", "qi", "superior", "gan", "clerk")
        roles = [role for role in asked if role in row.may("文")]
        looked |= {
            (role, reverse(name, args=row.args(stage.own)) + row.query(stage.own)): None for role in roles[:1]
        }
    wrong, met = [], set()
    for role, address in looked:
        for to, keys in forms_of(stage.clients[role], address):
            met.add(to)
            if [bool(key.strip("-")) for key in keys] != [True] * (to in KEYED):
                wrong.append((role, address, to, keys))
    assert not wrong
    assert KEYED - met == BY_SCRIPT | IN_ANOTHER_STATE | {
        "rectification:ask_masses"
    }  # tests/pages/test_asking_the_masses.py


def test_forms_that_no_page_of_the_stage_shows_carry_a_key_in_their_templates() -> None:
    for name in IN_ANOTHER_STATE:
        texts = [glued(path.read_text("utf-8")) for path in TEMPLATES.rglob("*.html")]
        if name == "occasions:occasion_go":  # buttons of the form of who was there
            assert any(f'form="attend" formaction="{{% url \'{name}\'' in text for text in texts)
            name = "occasions:attend"
        begun = [text.partition(f'<form method="post" action="{{% url \'{name}\'') for text in texts]
        begun += [text.partition(f'method="post" action="{{% url \'{name}\'') for text in texts]
        forms = [rest.partition("</form>")[0] for _, found, rest in begun if found]
        assert forms, name
        assert all('name="form_key" value="{{ form_key }}' in form for form in forms), name


def test_a_form_without_its_key_is_refused_in_a_sentence_and_comes_back(stage: Stage) -> None:
    client, before = stage.clients["ning"], Review.objects.filter(filed=True).count()
    client.keyless = True  # type: ignore[attr-defined]
    address = f"/write/{stage.own.open_duty.pk}/"
    for sent in (SAID, SAID | {"form_key": ""}):
        answer = client.post(address, sent, headers={"Origin": "http://testserver"})
        text = answer.content.decode()
        assert answer.status_code == 400
        assert "这张表没有带编号，没有交上" in text
        assert "什么也没有写入。请重新打开这张表" in text
        assert SAID["evaluation"] in text
        assert html.fromstring(text).xpath("//form//input[@name='form_key']/@value")[0]
    assert Review.objects.filter(filed=True).count() == before
    assert not FormKey.objects.exists()
    assert client.post(address, SAID | {"form_key": new_form_key()}).status_code == 302


def test_every_keyed_view_refuses_a_form_without_a_key(stage: Stage) -> None:
    stage = with_polls(stage)
    assert all(side.polls for side in stage.sides)
    before = AuditEntry.objects.count()
    for name in sorted(KEYED):
        open_to = [row for row in TABLE[name] if row.may("文")] or TABLE[name]
        row = next((row for row in open_to if row.post), open_to[0])
        # What nobody of the stage may do yet is refused for its key before anybody asks for his right.
        client = stage.clients[min(row.may("文"), default="clerk")]
        client.keyless = True  # type: ignore[attr-defined]
        sent = row.post(stage.own) if row.post else {}
        answer = client.post(reverse(name, args=row.args(stage.own)) + row.query(stage.own), sent)
        assert answer.status_code == 400, name
        assert "没有带编号" in answer.content.decode(), name
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("what", ["open/", "destroy/"])
def test_a_key_sent_to_an_unkeyed_view_is_not_looked_at(desk: Desk, what: str) -> None:
    """Whoever adds the field has nothing of the form digested."""
    desk.filled()
    sent = desk.opening(password="猜的", reason="不想开", form_key=new_form_key())
    assert desk.client("wen").post(desk.address(what), sent).status_code == 422
    done = desk.client("wen").post(desk.address(what), sent | {"password": PASSWORD})
    assert done.status_code == 302
    assert not FormKey.objects.exists()


# ---- two clicks where no key is: the second is led where the first was


@pytest.mark.parametrize(
    ("what", "to", "told"),
    [("open/", "result/", "开箱"), ("papers/", "result/", "销毁钥匙纸"), ("destroy/", "", "销毁票箱")],
)
def test_two_clicks_are_one_act_and_lead_to_it(desk: Desk, what: str, to: str, told: str) -> None:
    desk.filled()
    if what == "papers/":
        desk.found.open()
    sent: dict[str, Any] = desk.opening(reason="保管人丢失了钥匙", gone="on")
    client = desk.client("wen")
    assert client.post(desk.address(what), sent).status_code == 302
    second = client.post(desk.address(what), sent)
    assert (second.status_code, second["Location"]) == (302, desk.address(to))
    assert AuditEntry.objects.filter(act=told).count() == 1


def test_a_plan_called_off_twice_is_called_off_once(desk: Desk) -> None:
    client = desk.client("wen")
    for _ in range(2):
        assert client.post(desk.address("destroy/"), {"reason": "题目写错了"})["Location"] == desk.address()
    assert "已经取消" in text_of(client.get(desk.address()))
    assert desk.client("shen").post(desk.address("destroy/"), {"reason": "题目"}).status_code == 404


@pytest.mark.parametrize(
    ("what", "act", "to"), [("destroy/", "destroy_box", ""), ("papers/", "confirm_papers_gone", "result/")]
)
def test_a_second_click_while_the_first_is_worked_on_is_led_there_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, what: str, act: str, to: str
) -> None:
    """Both have looked and found nothing done; the second is refused by the act itself."""
    desk.filled()
    if what == "papers/":
        desk.found.open()
    once = getattr(poll_together, act)

    def twice(**given: Any) -> Any:
        once(**given)
        return once(**given)

    monkeypatch.setattr(poll_together, act, twice)
    answer = desk.client("wen").post(desk.address(what), desk.opening(reason="不想开", gone="on"))
    assert (answer.status_code, answer["Location"]) == (302, desk.address(to))


def test_a_key_is_taken_twice_by_two_pages_and_not_by_two_clicks(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its view stays keyed, for nothing secret is sent there: were both clicks to take one, the paper whose page is shown might
    be the one that does not count. While the first is worked on, the second takes none."""
    desk.found.freeze()
    client, sent = desk.client("wen"), {"form_key": new_form_key()}
    taken, take = [], poll_keys.take_key

    def taking(**given: Any) -> str:
        taken.append(1)
        made = take(**given)
        if len(taken) == 1:  # the second click comes now
            answer = client.post(desk.address("key/"), sent)
            assert (answer.status_code, answer["Location"]) == (302, desk.address("key/"))
        return made

    monkeypatch.setattr(poll_keys, "take_key", taking)
    assert "这一页只显示这一次" in text_of(client.post(desk.address("key/"), sent))
    assert len(taken) == 1
