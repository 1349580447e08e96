"""开箱、销毁: no key and no password is ever sent back, kept or told of by an answer; and what the papers' end needs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from dianping.accounts.models import TryCount
from dianping.accounts.second_person import NOT_DONE, SecondPerson
from dianping.common.models import AuditEntry, FormKey
from dianping.opinions.models import Box, Slip, Slot
from dianping.opinions.rules import presets, read_stub, shown_code, unpack
from dianping.opinions.services import open_box, opening, read_box
from dianping.opinions.services.accounting import stub_digest
from dianping.opinions.services.machine_key import path_of
from dianping.opinions.services.sealing import new_key, read_key, unseal
from dianping.pages.polls.views import together as poll_together
from tests.factories import PASSWORD
from tests.opinions.polling import AFTER, CLOSES, OPENS, acting, answer, choosing
from tests.pages.poll_desk import Desk, keyed, text_of
from tests.pages.test_poll_slips import hand_out, make
from tests.refused import codes_on, refused

pytestmark = pytest.mark.django_db

OPEN, PAPERS, DESTROY = "open/", "papers/", "destroy/"


def plain(page: Any) -> str:
    """A page without what differs each time it is shown."""
    text = text_of(page)
    text = text[text.index("<main") : text.index("</main>")]
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    return re.sub(r'name="form_key" value="[^"]*"', "", text)


# ---- one answer, whatever was wrong


def wrong_key(desk: Desk) -> dict[str, str]:
    return {"superior_key": new_key().paper}


def mistyped(desk: Desk) -> dict[str, str]:
    return {"unit_key": "AAAA-BBBB"}


def swapped(desk: Desk) -> dict[str, str]:
    keys = desk.found.keys
    return {"unit_key": keys["shangguan"], "superior_key": keys["wen"]}


def touched(desk: Desk) -> dict[str, str]:
    Slip.objects.filter(state=Slip.State.USED).first().delete()  # type: ignore[union-attr]
    return {}


def damaged(desk: Desk) -> dict[str, str]:
    Slot.objects.filter(full=True).update(envelope=b"\0" * 400)
    return {}


def few_left(desk: Desk) -> dict[str, str]:
    return damaged(desk) | {"despite": "on"}


def without_machine_key(desk: Desk) -> dict[str, str]:
    path_of(desk.poll).unlink()
    return {}


def too_few(desk: Desk) -> dict[str, str]:
    Box.objects.update(used=3)
    return {}


@pytest.mark.parametrize(
    "fault",
    [wrong_key, mistyped, swapped, touched, damaged, few_left, without_machine_key, too_few],
)
def test_the_answer_does_not_tell_whether_the_password_was_right(
    desk: Desk, fault: Callable[[Desk], dict[str, str]]
) -> None:
    desk.filled()
    more, client = fault(desk), desk.client("wen")
    answers = [
        client.post(desk.address(OPEN), desk.opening(**more, **who))
        for who in ({}, {"password": "猜的"}, {"username": "nobody"}, {"username": "wen"})
    ]
    assert {one.status_code for one in answers} == {422}
    assert len({plain(one) for one in answers}) == 1
    told = "不足 5 份，不能开箱" if fault is too_few else "没有办成。登录名、密码和两把钥匙要样样都对"
    assert told in text_of(answers[0])
    assert desk.poll.state == "ready"


def test_a_wrong_password_alone_is_answered_with_the_same_sentence(desk: Desk) -> None:
    desk.filled()
    client = desk.client("wen")
    right = client.post(desk.address(OPEN), desk.opening(**wrong_key(desk)))
    wrong = client.post(desk.address(OPEN), desk.opening(password="猜的"))
    sentence = (
        "没有办成。登录名、密码和两把钥匙要样样都对，下面列出的不符也要先解决；请shangguan同志本人再输一次。"
    )
    assert right.status_code == wrong.status_code == 422
    assert sentence in text_of(right)
    assert sentence in text_of(wrong)


def test_the_second_person_is_asked_for_outside_any_transaction_and_each_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is counted of a failure must not be taken back with the act: nothing of ours is open, and nothing is left out."""
    asked = []
    outside = len(connection.savepoint_ids)

    def counted(**given: Any) -> SecondPerson:
        asked.append((given["username"], given["address"], len(connection.savepoint_ids) - outside))
        return SecondPerson(given["actor"], given["on"])

    monkeypatch.setattr(poll_together, "second_person", counted)
    desk.filled()
    client = desk.client("wen")
    who = {"username": "shangguan", "password": "猜的"}
    for _ in range(3):
        client.post(desk.address(OPEN), desk.opening(**wrong_key(desk)) | who)
        client.post(desk.address(DESTROY), who | {"reason": "不想开"})
    desk.found.open()
    client.post(desk.address(PAPERS), who | {"gone": "on"})
    assert asked == [("shangguan", "127.0.0.1", 0)] * 7


def test_envelopes_are_opened_outside_any_transaction(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A box of thousands takes seconds to read: nobody waits for it."""
    depths = []
    outside = len(connection.savepoint_ids)

    def counted(*args: Any, **more: Any) -> Any:
        depths.append(len(connection.savepoint_ids) - outside)
        return unseal(*args, **more)

    monkeypatch.setattr(opening, "unseal", counted)
    desk.filled()
    forms = Slot.objects.filter(full=True).count()
    assert desk.client("wen").post(desk.address(OPEN), desk.opening()).status_code == 302
    assert depths == [0] * forms
    assert desk.poll.state == "opened"


def test_a_box_that_moved_since_it_was_read_is_not_opened(desk: Desk) -> None:
    desk.filled()
    found = desk.found
    keys = {"unit_key": found.keys["wen"], "superior_key": found.keys["shangguan"]}
    read = read_box(poll=desk.poll, actor=acting(found.unit), **keys)
    Box.objects.update(used=Box.objects.get().used + 1)
    with refused("opinions.box-changed-while-checked"):
        open_box(poll=desk.poll, read=read, today=AFTER, actor=acting(found.unit), witness="shangguan")
    assert desk.poll.state == "ready"


# ---- nothing is sent back or kept


def every_table() -> str:
    """All that the database holds, as text."""
    return repr([list(model.objects.values_list()) for model in apps.get_models()])  # type: ignore[attr-defined]


def wrong_turns(desk: Desk, client: Client) -> list[Any]:
    """Everything that may go wrong at an opening, a destruction and the end of the papers."""
    other = {"username": "shangguan", "password": PASSWORD}
    sent = [
        desk.opening(password="猜的密码一号"),
        desk.opening(username="nobody", password="猜的密码一号"),
        desk.opening(password=""),
        desk.opening(**wrong_key(desk)),
        desk.opening(**swapped(desk)),
        desk.opening(unit_key=desk.found.keys["wen"] * 9),
    ]
    pages = [client.post(desk.address(OPEN), one) for one in sent]
    pages += [
        client.post(desk.address(DESTROY), other | {"reason": "", "password": PASSWORD}),
        client.post(desk.address(DESTROY), other | {"reason": "不想开", "password": "猜的密码一号"}),
    ]
    desk.on(OPENS)
    pages.append(client.post(desk.address(OPEN), desk.opening()))  # not over yet: there is no such page
    desk.on(CLOSES)
    return pages


def keys_told(texts: list[str]) -> list[Any]:
    """The private keys that stand anywhere in some texts."""
    found = re.findall(r"(?:[A-Z2-7]{4}-){13}[A-Z2-7]{4}", "".join(texts))
    return [key for key in map(read_key, dict.fromkeys(found)) if key is not None]


def joined(desk: Desk, slots: list[bytes], keys: list[Any], stubs: dict[str, str]) -> int:
    """How many forms of a backup are joined to their slips by the keys somebody found."""
    right = 0
    for envelope in slots:
        for unit in keys:
            for superior in keys:
                for third in keys:
                    packed = unseal(envelope, poll=desk.poll.pk, unit=unit, superior=superior, machine=third)
                    try:
                        form = unpack(desk.poll.sheet, packed or b"")
                    except ValueError:
                        continue
                    right += stub_digest(desk.poll.pk, read_stub(form.stub) or "") in stubs
    return right


def test_after_every_wrong_turn_a_backup_is_joined_to_its_slips_by_nothing_that_was_kept(desk: Desk) -> None:
    """With the old fault (a lockout row that keeps what was sent) and a copy of the machine's key all twelve are joined."""
    desk.filled()
    client = desk.client("wen")
    machine = path_of(desk.poll).read_text()
    slots = [bytes(one) for one in Slot.objects.filter(full=True).values_list("envelope", flat=True)]
    stubs = dict(Slip.objects.values_list("stub", "digest"))
    pages = [text_of(page) for page in wrong_turns(desk, client)]
    kept = [*pages, every_table()]
    assert keys_told(kept) == []
    assert joined(desk, slots, keys_told(kept), stubs) == 0

    row = "\n".join(f"{name}={key}" for name, key in desk.found.keys.items())
    # The old lockout library kept the whole form in a column of text; any table that did would be found like this.
    FormKey.objects.create(actor="shangguan", key="x", digest="x", location=row[:400])
    assert len(keys_told([every_table()])) == 2, "the search finds what the old setting kept"
    assert joined(desk, slots, keys_told([every_table()]), stubs) == 0, (
        "and without the machine's key it opens nothing"
    )
    assert joined(desk, slots, keys_told([every_table(), f" {machine} "]), stubs) == 12


def test_no_password_and_no_key_is_sent_back(desk: Desk) -> None:
    desk.filled()
    secrets = [PASSWORD, "猜的密码一号", *desk.found.keys.values()]
    for page in wrong_turns(desk, desk.client("wen")):
        assert not [one for one in secrets if one in text_of(page)]


def test_a_password_typed_as_the_name_is_not_sent_back(desk: Desk) -> None:
    """Two people look at one screen; what was typed into the wrong box must not stand there."""
    desk.filled()
    client, typed = desk.client("wen"), {"username": PASSWORD, "password": "shangguan"}
    pages = [
        client.post(desk.address(OPEN), desk.opening(**typed)),
        client.post(desk.address(DESTROY), typed | {"reason": "不想开"}),
    ]
    desk.found.open()
    pages.append(client.post(desk.address(PAPERS), typed | {"gone": "on"}))
    for page in pages:
        assert page.status_code == 422
        assert PASSWORD not in text_of(page)


def test_no_slip_code_is_sent_back_when_it_is_refused(desk: Desk, client: Client) -> None:
    desk.ready()
    desk.found.issue(on_paper=True)
    code = desk.found.codes[0][0]
    desk.on(OPENS)
    pages = [
        client.post("/o/", {"code": code}),
        client.post("/o/send/", {"code": code, "stub": ""}),
        desk.client("fang").post(desk.address("paper/"), {"code": code, "q-0-other": "字" * 9000}),
        desk.client("fang").post(
            desk.address("paper/"), {"code": code[:-1] + ("3" if code[-1] == "2" else "2"), "act": "spoil"}
        ),
        client.post("/o/stub/", {"stub": "1234-5678-9012-3456"}),
    ]
    for page in pages:
        assert page.status_code in (409, 422)
        for form in (code, shown_code(code), "1234-5678-9012-3456"):
            assert form not in text_of(page)


# ---- opened before, key left behind


def test_a_restored_backup_asks_both_why(desk: Desk) -> None:
    from dianping.opinions.services import machine_key

    desk.filled()
    poll = desk.poll
    machine_key._write_whole(machine_key._path(poll, "opened"), '{"day": "2011-01-10", "release": "abc"}')
    client = desk.client("wen")
    assert "这一箱以前开过" in text_of(client.get(desk.address()))
    assert "为什么再开一次" in text_of(client.get(desk.address(OPEN)))
    answer = client.post(desk.address(OPEN), desk.opening())
    assert answer.status_code == 422
    assert "opinions.opened-before" in codes_on(answer)
    assert client.post(desk.address(OPEN), desk.opening(again="结果没有备份")).status_code == 302
    assert "这一箱开过不止一次，原因：结果没有备份" in text_of(client.get(desk.address("result/")))


def test_a_key_left_behind_is_destroyed_by_whoever_looks_next(desk: Desk) -> None:
    desk.filled()
    path = path_of(desk.poll)
    secret = path.read_text()
    desk.found.open()
    path.write_text(secret)
    assert "已抹掉" in text_of(desk.client("wen").get(desk.address()))
    assert not path.exists()


def test_a_box_without_its_key_says_so_and_which_file(desk: Desk) -> None:
    desk.ready()
    path = path_of(desk.poll)
    path.unlink()
    text = text_of(desk.client("fang").get(desk.address()))
    assert "这一箱现在打不开，也不收表" in text
    assert f"unbacked/boxes/{path.name}" in text


# ---- the papers


def test_an_opening_stays_on_both_desks_until_the_papers_are_gone(desk: Desk) -> None:
    desk.filled()
    desk.found.open()
    for name in ("wen", "shangguan"):
        assert "还没有登记销毁" in text_of(desk.client(name).get("/"))
        assert "两张钥匙纸还没有登记销毁" in text_of(desk.client(name).get(desk.address()))
    for name in ("fang", "shen"):
        assert "还没有登记销毁" not in text_of(desk.client(name).get("/"))
    client, where = desk.client("shangguan"), desk.address(PAPERS)
    assert "两张钥匙纸还没有登记销毁" in text_of(client.get(desk.address("result/")))
    sent = {"gone": "on", "username": "wen", "password": PASSWORD}
    for wrong in ({"password": "猜的"}, {"username": "fang"}, {"gone": ""}):
        assert client.post(where, sent | wrong).status_code == 422
    assert not AuditEntry.objects.filter(act="销毁钥匙纸").exists()
    assert client.post(where, sent).status_code == 302
    assert AuditEntry.objects.filter(act="销毁钥匙纸").count() == 1
    for name in ("wen", "shangguan"):
        assert "登记销毁" not in text_of(desk.client(name).get("/"))
    assert client.get(where).status_code == 404
    sheet = text_of(client.get(desk.address("result/?view=sheet")))
    assert "两张钥匙纸由wen同志、shangguan同志于 2011-01-10 一起销毁" in sheet
    assert "上级的保管人核对到 12 人（照上级存的名册）" in sheet


# ---- lists, slips, offices: the pages


def test_the_superior_s_custodian_says_of_each_line_what_he_found(desk: Desk) -> None:
    desk.found.freeze()
    above, where = desk.client("shangguan"), desk.address("lists/")
    text = text_of(above.get(where))
    assert "不要照办公室给的那一份" in text
    assert "系统查不出两个办公室的人一起编的名字" in text
    bad = above.post(where, keyed(number0="12", against0=""))
    assert bad.status_code == 422
    assert "opinions.list-not-named" in codes_on(bad)
    assert above.post(where, keyed(number0="7", against0="户口册")).status_code == 302
    assert desk.found.groups[0].confirmed == 7
    told = text_of(desk.client("fang").get(desk.address()))
    assert "户口册" in told
    assert "写的话一句也留不下" in told
    assert 'value="7"' in text_of(above.get(where)), "what he said stands there when he looks again"
    assert desk.client("wen").get(where).status_code == 404


def test_slips_are_counted_out_on_the_page_by_somebody_else(desk: Desk) -> None:
    desk.ready()
    make(desk)
    assert "还没有，打不开表" in text_of(desk.client("shen").get(desk.address()))
    assert "现在轮到您" in text_of(desk.client("wen").get(desk.address()))
    mine = text_of(desk.client("fang").get(desk.address()))
    assert "已点交</button>" not in mine
    where = desk.address("batches/1/count/")
    answer = desk.client("fang").post(where, keyed(count="12"), follow=True)
    assert "opinions.printer-cannot-count" in codes_on(answer)
    assert "opinions.count-missing" in codes_on(
        desk.client("wen").post(where, keyed(count="十二"), follow=True)
    )
    assert "第 1 批 12 张已点交" in text_of(hand_out(desk))


@pytest.mark.parametrize("name", ["wen", "shangguan"])
def test_a_custodian_is_not_offered_the_printing(desk: Desk, name: str) -> None:
    desk.ready()
    assert desk.client(name).get(desk.address("slips/")).status_code == 404


# ---- words that are too few: told before anybody writes


def test_what_becomes_of_few_words_is_told_before_during_and_after(desk: Desk, client: Client) -> None:
    told = "上级核对到的人交来 10 份以上才留下；不够的，写的话全部销毁"
    assert "不足“文字最少几份”写的话一句也不留" in text_of(
        desk.client("fang").get("/opinions/plan/?form=opinion&organisation=YL01")
    )
    assert told in text_of(desk.client("fang").get(desk.address("form/"))), (
        "the form, as the office looks at it"
    )
    desk.ready()
    assert "不足 10 份，写的话一句也不留" in text_of(desk.client("fang").get(desk.address()))
    desk.found.issue()
    codes = desk.found.codes[0]
    page = client.post("/o/", {"code": codes[0]})
    assert told in text_of(page)
    assert "1月9日以后由两位保管人开箱" in text_of(page)
    stub = re.search(r'name="stub" value="(\d+)"', text_of(page))
    assert stub
    done = client.post("/o/send/", {"code": codes[0], "stub": stub[1], "q-0-other": "食堂排队"})
    assert told in text_of(done)
    for code in codes[1:9]:
        answer(desk.found, code)
    opened = desk.found.open()
    assert opened.words_withheld == "不足 10 份"
    answered = client.post("/o/stub/", {"stub": stub[1]})
    assert "写的话没有留下：不足 10 份" in text_of(answered)
    assert "写的话没有留下，已全部销毁：不足 10 份" in text_of(
        desk.client("wen").get(desk.address("result/"))
    )


def test_a_form_without_words_says_nothing_of_words(desk: Desk) -> None:
    from dianping.door.told import what_is_kept
    from dianping.opinions.rules import Form, GradeQuestion

    form = presets()["report"]
    grades = Form.load(form.dump() | {"questions": [q for q in form.dump()["questions"] if "set" in q]})
    assert all(isinstance(one, GradeQuestion) for one in grades.questions)
    assert "写的话" not in what_is_kept(desk.poll, grades)
    assert choosing(grades, 1).grades


# ---- a custodian who tries the other's password with an opening that cannot be done


@pytest.mark.parametrize("candidate", [PASSWORD, "猜的"])
def test_probing_with_a_wrong_key_tells_nothing_and_is_seen(desk: Desk, candidate: str) -> None:
    desk.filled()
    client = desk.client("wen")
    sent = [*["猜的一"] * 4, candidate, "猜的二", PASSWORD]
    answers = [client.post(desk.address(OPEN), desk.opening(password=one, **wrong_key(desk))) for one in sent]
    assert len({plain(one) for one in answers}) == 1
    assert AuditEntry.objects.filter(act="锁定").count() == 1
    assert client.post(desk.address(OPEN), desk.opening()).status_code == 422, "locked, whichever it was"
    assert desk.poll.state == "ready"
    seen = AuditEntry.objects.filter(act=NOT_DONE).values_list("actor", "detail__on")
    assert list(seen) == ([("wen", f"poll:{desk.poll.pk}")] if candidate == PASSWORD else [])


def test_one_house_of_ipv6_addresses_is_one_address_at_an_opening(desk: Desk) -> None:
    desk.filled()
    client = desk.client("wen")
    for at in range(5):
        client.post(desk.address(OPEN), desk.opening(password="猜的"), REMOTE_ADDR=f"2001:db8::{at}")
    last = client.post(desk.address(OPEN), desk.opening(), REMOTE_ADDR="2001:db8::99")
    assert last.status_code == 422
    assert desk.poll.state == "ready"


def test_an_opening_that_is_done_leaves_no_count_and_no_entry(desk: Desk) -> None:
    desk.filled()
    client = desk.client("wen")
    client.post(desk.address(OPEN), desk.opening(password="猜的"))
    assert client.post(desk.address(OPEN), desk.opening()).status_code == 302
    assert not TryCount.objects.filter(count__gte=2).exists()
    assert not AuditEntry.objects.filter(act=NOT_DONE).exists()
