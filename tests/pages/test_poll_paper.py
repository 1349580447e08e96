"""Typing paper forms: two people, one tally, nothing of a form on the page but what one typed oneself."""

from typing import Any

import pytest
from django.test import Client

from dianping.accounts.models import Grant
from dianping.acts.poll_slips import parts_of
from dianping.common.models import AuditEntry, FormKey
from dianping.opinions.models import Box, PaperEntry, Slip
from dianping.opinions.rules import presets
from dianping.opinions.services import SubjectPlan
from dianping.pages.polls.forms.typing import blocks_of
from tests import factories
from tests.factories import PASSWORD, University
from tests.glued import glued
from tests.opinions.polling import AFTER, OPENS, Polling, office
from tests.pages.polls import opened, poll, signed_in
from tests.refused import codes_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(university: University, settings: Any) -> Polling:
    settings.STANDING_DAY = OPENS
    return poll(university, on_paper=True)


@pytest.fixture
def typists(university: University, paper: Polling) -> tuple[Client, Client]:
    return signed_in(paper.unit), signed_in(office("liu", Grant.Role.CLERK, university.letters))


def typed(
    paper: Polling, code: str, digits: str = "1", words: str = "排队太久", **more: str
) -> dict[str, str]:
    """A form as it is typed: one digit everywhere."""
    keys = ("striving", "central_work", "pledges", "good_deeds", "building")
    return {"code": code, "q-0-problems": words} | {f"q-1-{key}": digits for key in keys} | more


def address(paper: Polling) -> str:
    return f"/opinions/{paper.poll.pk}/paper/"


def test_a_form_typed_alike_by_two_is_put_into_the_box(
    paper: Polling, typists: tuple[Client, Client]
) -> None:
    first, second = typists
    code = paper.codes[0][0]

    assert "第一次录入已收下" in glued(first.post(address(paper), typed(paper, code)))
    assert Box.objects.get().used == 0
    answer = second.post(address(paper), typed(paper, code))

    assert "已经投入票箱" in glued(answer)
    assert Box.objects.get().used == 1
    assert not PaperEntry.objects.exists()


def test_the_page_is_clear_for_the_next_form(paper: Polling, typists: tuple[Client, Client]) -> None:
    code = paper.codes[0][0]
    text = glued(typists[0].post(address(paper), typed(paper, code)))
    assert code not in text
    assert "排队太久" not in text
    assert 'value="1"' not in text


def test_a_mismatch_marks_the_questions_and_shows_nothing_of_the_first(
    paper: Polling, typists: tuple[Client, Client]
) -> None:
    first, second = typists
    code = paper.codes[0][0]
    first.post(address(paper), typed(paper, code, "1", "第一次写的话"))

    answer = second.post(address(paper), typed(paper, code, "1", "第二次写的话") | {"q-1-pledges": "3"})

    text = glued(answer)
    assert answer.status_code == 422
    assert "有 2 处与第一次录入的不同" in text
    assert text.count("与第一次录入不同，请看纸质表。") == 2
    assert 'id="q-1-pledges" name="q-1-pledges" value="3"' in text
    assert "第一次写的话" not in text
    assert Box.objects.get().used == 0


def test_whoever_typed_first_may_type_again(paper: Polling, typists: tuple[Client, Client]) -> None:
    first, second = typists
    code = paper.codes[0][0]
    first.post(address(paper), typed(paper, code, "2"))
    assert second.post(address(paper), typed(paper, code, "1")).status_code == 422
    first.post(address(paper), typed(paper, code, "1"))
    assert second.post(address(paper), typed(paper, code, "1")).status_code == 200
    assert Box.objects.get().used == 1


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"q-1-pledges": "5"}, "录的是“5”，应为 1 到 4；弃权请留空。"),
        ({"q-1-pledges": "好"}, "录的是“好”，应为 1 到 4；弃权请留空。"),
        ({"code": "AAAA-BBBB-CCCC"}, "这一次没有这个编号的表。"),
        ({"code": ""}, "这一次没有这个编号的表。"),
        ({"q-0-problems": "长" * 301}, "最多 300 字"),
    ],
)
def test_what_cannot_be_taken_is_told_in_sentences_and_stays_on_the_page(
    paper: Polling, typists: tuple[Client, Client], more: dict[str, str], says: str
) -> None:
    answer = typists[0].post(address(paper), typed(paper, paper.codes[0][0]) | more)
    assert answer.status_code == 422
    assert says in glued(answer)
    assert 'id="q-1-striving" name="q-1-striving" value="1"' in glued(answer)
    assert not PaperEntry.objects.exists()


def test_digits_of_any_width_and_blanks_as_abstentions(
    paper: Polling, typists: tuple[Client, Client]
) -> None:
    sent = typed(paper, paper.codes[0][0], "２") | {"q-1-pledges": " "}
    assert typists[0].post(address(paper), sent).status_code == 200
    assert typists[1].post(address(paper), sent | {"q-1-striving": "2"}).status_code == 200


def test_a_form_that_is_in_is_not_typed_again(paper: Polling, typists: tuple[Client, Client]) -> None:
    code = paper.codes[0][0]
    for client in typists:
        client.post(address(paper), typed(paper, code))
    answer = typists[0].post(address(paper), typed(paper, code))
    assert answer.status_code == 422
    assert "opinions.slip-used" in codes_on(answer)


def test_forms_are_typed_in_the_order_of_the_paper() -> None:
    form = presets()["appraisal_organisation"]
    blocks = blocks_of(form, ["文学院"])
    assert [bool(block.grades) for block in blocks] == [True, False]
    printed = [part.rows or (part.text,) for part in parts_of(form, ["文学院"])]
    assert [tuple(one.title for one in block.entries) for block in blocks] == printed


def test_a_spoilt_form_takes_two_people_and_its_reason_stays_on_the_paper(
    paper: Polling, typists: tuple[Client, Client]
) -> None:
    spoilt = {"act": "spoil", "code": paper.codes[0][0]}
    page = glued(typists[0].get(address(paper)))
    assert "原因写在表的背面" in page
    for _ in range(2):
        assert "第一次登记已收下" in glued(typists[0].post(address(paper), spoilt))
    assert not Slip.objects.filter(state=Slip.State.SPOILT).exists()
    assert "两次都登记为废票" in glued(typists[1].post(address(paper), spoilt))
    assert Slip.objects.filter(state=Slip.State.SPOILT).count() == 1
    assert not PaperEntry.objects.exists()
    assert typists[0].post(address(paper), spoilt).status_code == 422


@pytest.mark.parametrize("spoilt_first", [True, False])
def test_whether_a_form_is_spoilt_must_be_agreed(
    paper: Polling, typists: tuple[Client, Client], spoilt_first: bool
) -> None:
    code = paper.codes[0][0]
    sent = [typed(paper, code), {"act": "spoil", "code": code}]
    first, second = reversed(sent) if spoilt_first else sent
    typists[0].post(address(paper), first)
    answer = typists[1].post(address(paper), second)
    assert answer.status_code == 422
    assert "opinions.typings-differ-in-kind" in codes_on(answer)
    assert "第一次录入不同" not in glued(answer)
    assert not Slip.objects.exclude(state=Slip.State.UNUSED).exists()
    typists[0].post(address(paper), second)  # whoever was first thinks again
    assert typists[1].post(address(paper), second).status_code == 200


def test_where_two_typings_differ_is_told_once(paper: Polling, typists: tuple[Client, Client]) -> None:
    """Asked again and again the page would read the form out to whoever knows its number."""
    first, second = typists
    code = paper.codes[0][0]
    first.post(address(paper), typed(paper, code, "2"))
    told = [second.post(address(paper), typed(paper, code, digit)) for digit in ("1", "3", "2")]
    assert [answer.status_code for answer in told] == [422, 422, 422]
    marks = [glued(answer).count("与第一次录入不同，请看纸质表。") for answer in told]
    assert marks[0] > 0
    assert marks[1:] == [0, 0]
    assert "opinions.typings-differ-again" in codes_on(told[2])
    first.post(address(paper), typed(paper, code, "2"))
    assert second.post(address(paper), typed(paper, code, "2")).status_code == 200


def test_two_typings_agree_in_what_they_say(paper: Polling, typists: tuple[Client, Client]) -> None:
    code = paper.codes[0][0]
    typists[0].post(address(paper), typed(paper, code, words="多听教师意见，少开会。\n“两课”要改"))
    answer = typists[1].post(address(paper), typed(paper, code, words='多听教师意见,少开会. "两课" 要改。'))
    assert "已经投入票箱" in glued(answer)
    page = glued(typists[0].get(address(paper)))
    assert "全角半角、空格、换行" in page


def two_misses(paper: Polling, typists: tuple[Client, Client]) -> str:
    code = paper.codes[0][0]
    typists[0].post(address(paper), typed(paper, code, "2"))
    for digit in ("1", "3"):
        typists[1].post(address(paper), typed(paper, code, digit))
    return code


def test_a_third_typist_begins_anew_where_the_first_is_gone(
    university: University, paper: Polling, typists: tuple[Client, Client]
) -> None:
    """The first typist's account is closed: another account begins, and whoever differed types second."""
    code = two_misses(paper, typists)
    factories.User.objects.filter(pk=paper.unit.pk).update(is_active=False)
    refused = typists[1].post(address(paper), typed(paper, code, "1"))
    assert refused.status_code == 422
    assert "从头录起" in glued(refused)
    third = signed_in(office("lu", Grant.Role.CLERK, university.letters))
    assert "算第一次录入" in glued(third.post(address(paper), typed(paper, code, "1")))
    assert Box.objects.get().used == 0
    assert "已经投入票箱" in glued(typists[1].post(address(paper), typed(paper, code, "1")))
    assert Box.objects.get().used == 1
    told = AuditEntry.objects.get(act="另起录入纸质表")
    assert (told.actor, told.detail["first"], told.detail["second"]) == ("lu", "wen", "liu")


def test_what_a_third_begins_is_compared_with_nothing_before_it(
    university: University, paper: Polling, typists: tuple[Client, Client]
) -> None:
    """A page that said how the third differs from the first would read the form out by one account more."""
    code = two_misses(paper, typists)
    third = signed_in(office("lu", Grant.Role.CLERK, university.letters))
    for digit in ("1", "2"):
        answer = third.post(address(paper), typed(paper, code, digit))
        assert answer.status_code == 200
        assert "不同" not in glued(answer).partition("<form")[0]
    again = typists[0].post(address(paper), typed(paper, code, "1"))
    assert "有 5 处与第一次录入的不同" in glued(again), "the former first is now the second"


def test_a_form_that_two_could_not_agree_on_may_still_be_spoilt(
    university: University, paper: Polling, typists: tuple[Client, Client]
) -> None:
    code = two_misses(paper, typists)
    third = signed_in(office("lu", Grant.Role.CLERK, university.letters))
    spoilt = {"act": "spoil", "code": code}
    assert "算第一次登记" in glued(third.post(address(paper), spoilt))
    assert "两次都登记为废票" in glued(typists[1].post(address(paper), spoilt))


def test_the_page_counts_what_came_of_the_forms(paper: Polling, typists: tuple[Client, Client]) -> None:
    codes = paper.codes[0]
    for client, some in ((typists[0], codes[:4]), (typists[1], codes[:2])):
        for code in some:
            client.post(address(paper), typed(paper, code))
    for client in typists:
        client.post(address(paper), {"act": "spoil", "code": codes[5]})
    text = glued(typists[0].get(address(paper)))
    for told in (
        "发出的纸质表</dt><dd>12",
        "录了一次</dt><dd>2",
        "两次相符</dt><dd>2",
        "废票</dt><dd>1",
        "还没有录</dt><dd>7",
    ):
        assert told in text


def test_typing_leaves_no_form_key_behind(paper: Polling, typists: tuple[Client, Client]) -> None:
    """A key would keep a hash of what was typed."""
    assert "form_key" not in glued(typists[0].get(address(paper))).partition("data-typing")[2]
    typists[0].post(address(paper), typed(paper, paper.codes[0][0]))
    assert not FormKey.objects.exists()


def test_nobody_types_forms_about_himself(university: University, settings: Any) -> None:
    settings.STANDING_DAY = OPENS
    qi = university.people["祁文"]
    found = poll(university, about=(SubjectPlan(university.letters, qi),), on_paper=True)
    user = factories.account(qi, username="qi")
    from dianping.accounts.services import grant_role

    grant_role(
        user=user,
        role=Grant.Role.CLERK,
        organisation=university.letters,
        since=factories.LONG_AGO,
        actor=factories.ACTOR,
    )
    assert signed_in(user).get(address(found)).status_code == 404
    assert signed_in(found.unit).get(address(found)).status_code == 200


def test_an_opened_box_takes_no_paper(university: University, settings: Any) -> None:
    settings.STANDING_DAY = OPENS
    found = opened(university)
    client = signed_in(factories.User.objects.get(username="wen"))
    page = client.get(f"/opinions/{found.pk}/paper/")
    assert "现在不能录纸质表" in glued(page)
    answer = client.post(f"/opinions/{found.pk}/paper/", {"code": "2345"})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("sheets", "says"),
    [
        ("", "没有写收回了几份纸质表"),
        ("一摞", "份数不是数字"),
        ("11", "收回纸质表 11 份，录入 12 份"),
        ("12", ""),
    ],
)
def test_the_custodians_count_the_sheets_before_they_open(
    paper: Polling, typists: tuple[Client, Client], settings: Any, sheets: str, says: str
) -> None:
    for code in paper.codes[0]:
        for client in typists:
            client.post(address(paper), typed(paper, code))
    settings.STANDING_DAY = AFTER
    keys = {"unit_key": paper.keys["wen"], "superior_key": paper.keys["shangguan"]}
    sent = keys | {"username": "shangguan", "password": PASSWORD, "paper": sheets}
    at = f"/opinions/{paper.poll.pk}/open/"
    assert "收回的纸质表" in glued(typists[0].get(at))
    answer = typists[0].post(at, sent)
    if says:
        assert answer.status_code == 422
        assert says in glued(answer)
        assert paper.fresh().state == "ready"
    else:
        assert answer.status_code == 302
        result = glued(typists[0].get(f"/opinions/{paper.poll.pk}/result/"))
        assert "其中纸质表</dt><dd>12 份" in result
