"""The page of a draw: where it stands, what is to be done now and by whom."""

import html
import re

from dianping.common.formkeys import new_form_key
from dianping.reviews.models import Draw, Occasion
from tests.glued import glued
from tests.pages.conftest import Stage

SUPERIOR_SEED, OWN_SEED = "00112233445566778899aabbccddeeff", "ffeeddccbbaa99887766554433221100"


def step(stage: Stage, who: str, what: str, text: str = "") -> int:
    sent = {"text": text, "form_key": new_form_key()}
    return stage.clients[who].post(f"/draws/{stage.own.draw.pk}/{what}/", sent).status_code


def shown(stage: Stage, who: str) -> str:
    return glued(stage.clients[who].get(f"/draws/{stage.own.draw.pk}/"))


def test_who_sealed_for_the_superior_is_not_offered_the_seal_of_the_organisation(stage: Stage) -> None:
    assert "上级封存种子</button>" in shown(stage, "clerk")
    assert step(stage, "clerk", "superior-seal") == 200, "the seed is shown on the page, once"
    page = shown(stage, "clerk")
    assert "单位封存种子</button>" not in page
    assert "上级办公室的人不能替单位封存" in page
    assert step(stage, "clerk", "own-seal") == 404
    assert "单位封存种子</button>" in shown(stage, "ning")
    assert step(stage, "ning", "own-seal") == 200
    assert Draw.objects.get(pk=stage.own.draw.pk).own_seal


def test_calling_one_off_asks_why_and_stands_apart(stage: Stage) -> None:
    page = shown(stage, "clerk")
    assert page.index("上级封存种子</button>") < page.index("作废这次抽签")
    assert step(stage, "clerk", "void") == 422
    assert step(stage, "clerk", "void", "名单漏了一人") == 302
    page = shown(stage, "clerk")
    assert "名单漏了一人" in page
    assert "抽签单" in page


def test_a_seed_made_here_travels_by_the_printed_code_and_the_page_it_opens(stage: Stage) -> None:
    step(stage, "clerk", "superior-seal", SUPERIOR_SEED)
    sent = {"text": "", "form_key": new_form_key()}
    page = glued(stage.clients["ning"].post(f"/draws/{stage.own.draw.pk}/own-seal/", sent))
    assert 'src="data:image/svg+xml' in page
    assert f'data-seed-kept="{stage.own.draw.pk}:own"' in page
    assert "印种子条" in page
    assert f'data-seed-for="{stage.own.draw.pk}:superior-reveal"' in shown(stage, "clerk")


def test_those_drawn_lead_to_a_review_and_to_a_meeting_for_the_office_as_well(stage: Stage) -> None:
    for who, what, text in (
        ("clerk", "superior-seal", SUPERIOR_SEED),
        ("ning", "own-seal", OWN_SEED),
        ("clerk", "superior-reveal", SUPERIOR_SEED),
        ("ning", "own-reveal", OWN_SEED),
    ):
        assert step(stage, who, what, text) == 302
    draw = Draw.objects.get(pk=stage.own.draw.pk)
    page = shown(stage, "clerk")
    assert "去点评" in page
    links = re.findall(r'href="(/write/extra/\?[^"]+)"', page)
    assert len(links) == draw.places
    for link in links:
        assert stage.clients["clerk"].get(html.unescape(link), follow=True).status_code == 200
    (meeting,) = set(re.findall(r'href="(/occasions/plan/\?[^"]+)"', page))
    sent = {"kind": "谈心谈话", "held_on": "2011-01-05", "form_key": new_form_key()}
    answer = stage.clients["clerk"].post(html.unescape(meeting), sent)
    assert answer.status_code == 302
    event = Occasion.objects.order_by("-pk")[0]
    assert event.attendance.exclude(standing="host").count() == draw.places


def test_the_office_has_a_button_for_an_unplanned_review_and_may_choose_whose_it_is(stage: Stage) -> None:
    person = stage.own.open_duty.person
    assert person is not None
    page = glued(stage.clients["clerk"].get(f"/people/{person.pk}/"))
    assert "点评此人" in page
    written = stage.clients["clerk"].get(f"/write/extra/?about=member&person={person.pk}", follow=True)
    assert written.status_code == 200
    other = stage.clients["clerk"].get(f"/write/extra/?about=member&person={person.pk}&seat=999999")
    assert other.status_code == 404


def test_the_list_says_what_a_draw_waits_for(stage: Stage) -> None:
    assert "等上级封存" in glued(stage.clients["clerk"].get("/draws/"))
    Draw.objects.filter(pk=stage.own.draw.pk).update(superior_seal="0" * 64, superior_by="上级")
    assert "等单位封存" in glued(stage.clients["ning"].get("/draws/"))
