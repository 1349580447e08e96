"""A form at the door: opened by a code, sent once, kept when refused; the words in which the door says no."""

import re
from html import escape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dianping.door import views
from dianping.opinions.models import Box, Poll, Saying, Slip
from dianping.opinions.rules import presets
from dianping.opinions.services import reply_to_point
from dianping.opinions.services.merging import merge_sayings
from tests import factories
from tests.door.sending import SAID, open_form, send_form, stub_shown
from tests.factories import University
from tests.glued import glued
from tests.opinions.polling import AFTER, OPENS, Polling, answer, new_stub, ready
from tests.refused import codes_on

pytestmark = pytest.mark.django_db
NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><svg onload=alert(1)>",
    "' onfocus='alert(1)",
    "{{ request }}{% debug %}",
    "javascript:alert(1)",
)


def used() -> int:
    return Box.objects.get().used


def test_a_code_opens_the_form_however_it_is_typed(villager: Client, codes: list[str]) -> None:
    for typed in (
        codes[0],
        codes[0].lower(),
        " ".join(codes[0]),
        f"{codes[0][:4]}-{codes[0][4:8]}－{codes[0][8:]}",
    ):
        page = glued(villager.post("/o/", {"code": typed}))
        assert "党内外群众征求意见表" in page
        assert "没有人能知道这份表是谁填的" in page


def test_a_form_is_received_and_its_stub_shown(villager: Client, codes: list[str]) -> None:
    fields = open_form(villager, codes[0])
    received = send_form(villager, fields)
    page = glued(received)
    assert stub_shown(received) == fields["stub"]
    assert SAID["q-0-striving"] not in page
    assert codes[0] not in page
    assert "<input" not in page
    assert used() == 1


def test_sent_twice_with_one_stub_it_is_answered_the_same_and_counted_once(
    villager: Client, codes: list[str], settings: Any
) -> None:
    fields = open_form(villager, codes[0])
    first = send_form(villager, fields)
    again = send_form(villager, fields, **{"q-0-striving": "改了主意"})
    settings.STANDING_DAY = AFTER
    late = send_form(villager, fields)
    assert first.content == again.content == late.content
    assert used() == 1


def test_a_wrong_slip_and_a_used_one_get_different_sentences(villager: Client, codes: list[str]) -> None:
    fields = open_form(villager, codes[0])
    send_form(villager, fields)
    wrong, spent = villager.post("/o/", {"code": "AAAA-BBBB-CCCC"}), villager.post("/o/", {"code": codes[0]})
    assert (wrong.status_code, spent.status_code) == (422, 409)
    assert "opinions.no-such-slip" in codes_on(wrong)
    assert "opinions.slip-used" in codes_on(spent)
    other = send_form(villager, fields | {"stub": new_stub()})
    assert other.status_code == 409
    assert "opinions.slip-used" in codes_on(other)


def test_a_blank_form_needs_the_tick(villager: Client, codes: list[str]) -> None:
    fields = open_form(villager, codes[0])
    refused = send_form(villager, fields, **{"q-0-striving": "  \n "})
    assert refused.status_code == 422
    assert "opinions.form-empty" in codes_on(refused)
    assert used() == 0
    assert send_form(villager, fields, blank="1").status_code == 200
    assert used() == 1


def test_a_form_refused_keeps_what_was_typed(villager: Client, codes: list[str]) -> None:
    fields = open_form(villager, codes[0])
    said = {"q-0-striving": "长" * 301, "q-0-other": "班车太少"}
    refused = send_form(villager, fields, **said)
    page = glued(refused)
    assert refused.status_code == 422
    assert "最多 300 字" in page
    assert all(text in page for text in said.values())
    assert fields["stub"] in page
    assert Slip.objects.filter(state=Slip.State.UNUSED).count() == 12


def test_grades_chosen_stay_chosen_on_a_refused_form(
    university: University, villager: Client, settings: Any
) -> None:
    settings.STANDING_DAY = OPENS
    code = ready(university, form=presets()["appraisal_organisation"]).codes[0][0]
    fields = open_form(villager, code)
    page = glued(send_form(villager, fields, **{"q-1-striving": "2", "q-0-problems": "长" * 301}))
    assert page.count(" checked>") == 1
    assert 'name="q-1-striving" value="2" checked' in page
    for grade in ("9", "x", "-1"):
        assert send_form(villager, fields, **{"q-1-striving": grade}).status_code == 422
    assert used() == 0
    assert send_form(villager, fields, **{"q-1-striving": "2"}).status_code == 200


def test_a_stub_that_is_none_is_replaced_and_the_form_taken_at_the_next_try(
    villager: Client, codes: list[str]
) -> None:
    fields = open_form(villager, codes[0])
    refused = send_form(villager, fields | {"stub": "1234"})
    assert refused.status_code == 422
    page = glued(refused)
    assert SAID["q-0-striving"] in page
    stub = page.split('name="stub" value="')[1].split('"')[0]
    assert stub_shown(send_form(villager, fields | {"stub": stub})) == stub


@pytest.mark.parametrize("nasty", NASTY)
def test_whatever_is_typed_comes_back_as_text(villager: Client, codes: list[str], nasty: str) -> None:
    fields = open_form(villager, codes[0])
    names = [f"q-0-{question.key}" for question in presets()["opinion"].questions]
    shown = [
        villager.post("/o/", {"code": nasty}),
        villager.post("/o/stub/", {"stub": nasty}),
        send_form(villager, fields | {"stub": nasty}, **dict.fromkeys(names, nasty)),
        send_form(villager, fields, **dict.fromkeys(names, nasty), look="1"),
        send_form(villager, fields, **dict.fromkeys(names, nasty)),
    ]
    assert [one.status_code for one in shown] == [422, 422, 422, 200, 200]
    for page in (glued(one) for one in shown):
        assert nasty not in page.replace(escape(nasty), "")
    assert glued(shown[2]).count(f">{escape(nasty)}</textarea>") == len(names)
    assert escape(nasty) not in glued(shown[4])


def test_a_look_before_sending_shows_hints_and_sends_nothing(
    villager: Client, codes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "revealing", lambda text: ("里面像有电话号码。",) if "138" in text else ())
    fields = open_form(villager, codes[0])
    page = glued(send_form(villager, fields, **{"q-0-other": "打 13800000000"}, look="1"))
    assert page.count("这一句可能让人看出是谁写的：里面像有电话号码。") == 1
    assert "还没有交" in page
    assert used() == 0
    assert send_form(villager, fields, **{"q-0-other": "打 13800000000"}).status_code == 200


def test_a_trial_says_so(university: University, villager: Client, settings: Any) -> None:
    settings.STANDING_DAY = OPENS
    found = ready(university)
    Poll.objects.update(trial=True)
    assert "这是模拟" in glued(villager.post("/o/", {"code": found.codes[0][0]}))


def test_a_stub_finds_its_form_and_what_was_done(villager: Client, polling: Polling) -> None:
    stub = new_stub()
    answer(polling, polling.codes[0][0], stub=stub)
    for code in polling.codes[0][1:]:
        answer(polling, code)
    before = villager.post("/o/stub/", {"stub": stub})
    assert before.status_code == 422
    assert "现在查不到" in glued(before)
    poll = polling.open()
    said = list(Saying.objects.values_list("key", flat=True))
    for keys, text in ((said[:3], "增加食堂窗口"), (said[3:5], "班车加一班")):
        point = merge_sayings(
            poll=poll, sayings=keys, text=text, subject=0, question="other", actor=factories.ACTOR
        )
    reply_to_point(point=point, reply="三月起加一班。", version=1, today=AFTER, actor=factories.ACTOR)

    found = villager.post("/o/stub/", {"stub": f"{stub[:4]} {stub[4:]}"})
    page = glued(found)
    assert found.status_code == 200
    assert "已计入“春季征求意见”" in page
    assert page.index("增加食堂窗口") < page.index("还没有答复") < page.index("班车加一班")
    assert page.index("班车加一班") < page.index("2011年1月10日答复") < page.index("三月起加一班")
    assert "食堂窗口排队太久" not in page


def test_a_stub_does_not_promise_words_that_were_not_kept(villager: Client, polling: Polling) -> None:
    stub = new_stub()
    for at, code in enumerate(polling.codes[0][:6]):
        answer(polling, code, stub=stub if at == 0 else "")
    polling.open()
    page = glued(villager.post("/o/stub/", {"stub": stub}))
    assert "写的话没有留下" in page
    assert "还在梳理" not in page


def test_a_stub_mistyped_is_told_from_one_not_found(villager: Client, polling: Polling) -> None:
    assert "不是一个完整的回执号" in glued(villager.post("/o/stub/", {"stub": "1234-5678"}))
    assert "现在查不到" in glued(villager.post("/o/stub/", {"stub": new_stub()}))


def test_what_the_form_says_of_small_numbers_is_what_holds() -> None:
    """The page about who sees what writes the two numbers out; they are those of decision 0010."""
    from dianping.base.few import FEW, FEW_WORDS

    said = (Path(__file__).resolve().parents[2] / "dianping/door/templates/door/_who.html").read_text("utf-8")
    assert set(map(int, re.findall(r"(\d+) 份", said))) == {FEW, FEW_WORDS}
