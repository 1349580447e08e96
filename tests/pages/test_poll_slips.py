"""封定名册、领钥匙、制票: what is shown once, printed, and kept nowhere."""

import re
from typing import Any

import pytest
from django.test import Client

from dianping.accounts.models import Grant
from dianping.acts.poll_slips import parts_of
from dianping.common.models import AuditEntry
from dianping.opinions.models import Batch, Slip
from dianping.opinions.rules import presets, read_code
from dianping.opinions.services import GroupPlan, SubjectPlan, admit
from tests.factories import University
from tests.opinions.polling import OPENS, office, poll_about
from tests.pages.poll_desk import CODE, Desk, keyed, pdf_text, text_of
from tests.pages.polls import signed_in
from tests.refused import codes_on

pytestmark = pytest.mark.django_db


# ---- freezing and keys


def test_the_office_chooses_two_custodians_and_freezes(desk: Desk) -> None:
    client = desk.client("wen")
    assert "上官" in text_of(client.get(desk.address("freeze/"))) or "shangguan" in text_of(
        client.get(desk.address("freeze/"))
    )
    sent = client.post(
        desk.address("freeze/"), keyed(version=desk.poll.version, unit="wen", superior="shangguan")
    )
    assert sent.status_code == 302
    assert desk.poll.state == "frozen"
    assert desk.poll.electorate_digest in text_of(client.get(desk.address()))


def test_where_nobody_above_can_keep_a_key_it_is_said_what_to_do(
    university: University, settings: Any
) -> None:
    settings.STANDING_DAY = OPENS
    found = poll_about(university)
    Grant.objects.filter(role=Grant.Role.SUPERIOR).delete()
    Grant.objects.filter(user__username="wen").update(organisation=university.letters)
    client = Client()
    client.force_login(found.unit)
    text = text_of(client.get(f"/opinions/{found.poll.pk}/freeze/"))
    assert "上级没有可以保管钥匙的账号" in text
    assert "--role clerk --organisation YL" in text


def test_a_key_is_shown_once_and_is_kept_nowhere(desk: Desk) -> None:
    desk.found.freeze()
    client = desk.client("wen")
    assert "丢了它，这一箱谁也打不开" in text_of(client.get(desk.address("key/")))
    shown = client.post(desk.address("key/"), keyed())
    assert "no-store" in shown["Cache-Control"]
    groups = re.findall(r"<span>([A-Z2-7]{4})</span>", text_of(shown))
    assert len(groups) == 14
    assert "data:image/svg+xml" in text_of(shown)
    assert groups[0] not in text_of(client.get(desk.address("key/")))
    told = repr(list(AuditEntry.objects.values_list()))
    assert "-".join(groups) not in told
    assert "".join(groups) not in told


def test_a_key_that_was_not_printed_is_taken_again_until_slips_are_made(desk: Desk) -> None:
    desk.found.freeze()
    client = desk.client("wen")
    first = text_of(client.post(desk.address("key/"), keyed()))
    old = desk.poll.keys.get(account="wen").public
    for stale in (
        {},
        {"replaces": ""},
        {"replaces": "0" * 64},
    ):  # the page of the key sent again, or an old one
        answer = client.post(desk.address("key/"), keyed(**stale))
        assert answer.status_code == 409
        assert "opinions.key-page-stale" in codes_on(answer)
        assert "<form" not in text_of(answer)[text_of(answer).index("<main") :].partition("</main>")[0]
    assert desk.poll.keys.get(account="wen").public == old
    assert f'name="replaces" value="{old}"' in text_of(client.get(desk.address("key/")))
    second = text_of(client.post(desk.address("key/"), keyed(replaces=old)))
    assert re.findall(r"<span>(\w{4})</span>", first) != re.findall(r"<span>(\w{4})</span>", second)
    assert "先前打印的那一把作废" in text_of(client.get(desk.address("key/")))
    desk.found.take_keys()
    desk.found.issue()
    assert client.get(desk.address("key/")).status_code == 404


def test_only_a_custodian_takes_a_key(desk: Desk) -> None:
    desk.found.freeze()
    for username in ("gan", "qi", "shen", "bian"):
        assert desk.client(username).post(desk.address("key/"), keyed()).status_code == 404


# ---- slips


def make(desk: Desk, **more: Any) -> Any:
    given = {"group": "0", "kind": "slips", "after": Batch.objects.count()}
    return desk.client("fang").post(desk.address("slips/"), keyed(**(given | more)))


def hand_out(desk: Desk, number: int = 1, count: int = 12) -> Any:
    """The unit's custodian, who did not print them, counts them out."""
    where = desk.address(f"batches/{number}/count/")
    return desk.client("wen").post(where, keyed(count=count), follow=True)


def test_every_code_on_the_sheet_opens_the_form(desk: Desk) -> None:
    desk.ready()
    sent = make(desk)
    text = pdf_text(sent)
    codes = CODE.findall(text)
    assert len(set(codes)) == 12
    assert "no-store" in sent["Cache-Control"]
    hand_out(desk)
    for code in codes:
        assert admit(code=code, today=OPENS).poll == desk.poll
    plain = text.replace("\n", "")
    assert "testserver/o/" in plain
    assert "春季征求意见" in plain
    assert "2011年1月5日至1月9日填" in plain
    assert "写的话满 10 份才留下，不够全部销毁" in plain
    assert "没有人能知道这份表是谁填的" in plain


def test_the_address_printed_is_the_one_that_was_set(desk: Desk, settings: Any) -> None:
    settings.ADDRESS = "https://dp.example.cn"
    desk.ready()
    assert "dp.example.cn/o/" in text_of(desk.client("fang").get(desk.address("slips/")))
    assert "dp.example.cn/o/" in pdf_text(make(desk)).replace("\n", "")


def test_codes_are_in_no_table(desk: Desk, rows: Any) -> None:
    desk.ready()
    codes = [read_code(code) for code in CODE.findall(pdf_text(make(desk)))]
    kept = repr(rows())
    assert not [code for code in codes if code and code in kept]


def test_numbered_paper_forms_carry_a_stub_to_tear_off(university: University, settings: Any) -> None:
    settings.STANDING_DAY = OPENS
    form = presets()["appraisal_organisation"]
    found = poll_about(university, form=form, groups=(GroupPlan("群众", inside=False, size=6),), trial=True)
    found.freeze()
    found.take_keys()
    client = signed_in(office("fang", Grant.Role.CLERK, university.top))
    sent = client.post(f"/opinions/{found.poll.pk}/slips/", keyed(group="0", kind="paper", after="0"))
    text = pdf_text(sent)
    assert len(set(CODE.findall(text))) == 6
    assert len(set(re.findall(r"\d{4}-\d{4}-\d{4}-\d{4}", text))) == 6
    for words in ("满意", "推动中心工作和重点任务完成情况", "模拟", "回执号"):
        assert words in text


def test_a_second_press_makes_no_second_lot(desk: Desk) -> None:
    desk.ready()
    make(desk, count="5")
    again = make(desk, count="5", after="0")
    assert again.status_code == 422
    assert "opinions.slips-printed-meanwhile" in codes_on(again)
    assert Slip.objects.count() == 5


def test_no_more_slips_than_people(desk: Desk) -> None:
    desk.ready()
    assert "还可以制 12 张" in text_of(make(desk, count="13"))
    make(desk)
    assert "每个人都已经有票" in text_of(desk.client("fang").get(desk.address("slips/")))


def test_the_two_classes_of_ballot_are_marked(university: University, settings: Any) -> None:
    settings.STANDING_DAY = OPENS
    head = SubjectPlan(university.letters, university.people["祁文"])
    groups = (GroupPlan("A", size=9), GroupPlan("B", university.letters_students))
    found = poll_about(university, form=presets()["report"], groups=groups, about=(head,))
    found.freeze()
    found.take_keys()
    client = signed_in(office("fang", Grant.Role.CLERK, university.top))
    text = pdf_text(
        client.post(f"/opinions/{found.poll.pk}/slips/", keyed(group="all", kind="slips", after="0"))
    )
    assert "A 票（班子成员）" in text
    assert "B 票（其他参会人员）" in text


def test_a_printing_is_voided_and_made_anew(desk: Desk) -> None:
    desk.ready()
    make(desk)
    sent = desk.client("fang").post(desk.address("batches/1/void/"), keyed(), follow=True)
    assert "第 1 批作废了 12 张" in text_of(sent)
    assert len(CODE.findall(pdf_text(make(desk)))) == 12
    assert desk.client("fang").post(desk.address("batches/9/void/"), keyed()).status_code == 404
    assert desk.client("shangguan").post(desk.address("batches/1/void/"), keyed()).status_code == 404


def test_a_paper_form_asks_subject_by_subject_and_once_of_all() -> None:
    parts = parts_of(presets()["appraisal_member"], ["冉一清", "高远"])
    assert [(part.title, len(part.rows), part.text) for part in parts] == [
        ("冉一清", 4, ""),
        ("", 1, ""),
        ("高远", 4, ""),
        ("", 1, ""),
        ("不分对象", 0, "存在的主要问题和建议"),
    ]
    assert parts[1].grades == ("优秀", "合格", "基本合格", "不合格")
    assert {part.lines for part in parts_of(presets()["opinion"], ["文学院"])} == {3}


def test_behind_tls_slips_carry_a_safe_address(desk: Desk) -> None:
    desk.settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    desk.ready()
    page = desk.client("fang").get(
        desk.address("slips/"), headers={"host": "dp.example.cn", "x-forwarded-proto": "https"}
    )
    assert "https://dp.example.cn/o/" in text_of(page)
