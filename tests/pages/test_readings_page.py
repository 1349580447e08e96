"""文件 → 方案: lines added by hand, heads put right, what every line became; 方案: criteria entered and corrected."""

import re

from dianping.notices.models import Line
from dianping.notices.services import accept_rest, enter_notice
from dianping.programmes.models import CriteriaList
from tests.factories import ACTOR
from tests.pages.conftest import Stage


def test_a_line_is_added_from_the_papers_words_and_what_cannot_be_comes_back(stage: Stage) -> None:
    clerk, letter = stage.clients["clerk"], stage.own.letter
    address, words = f"/notices/{letter.pk}/readings/add/", letter.text[letter.begins :].strip()[:8]
    sent = {"kind": "deliverable", "words": words, "deliverable-what": "专题材料", "deliverable-due": "哪天"}
    refused = clerk.post(address, sent)
    assert refused.status_code == 422
    assert 'data-refusal="notices.day-unreadable"' in refused.content.decode()
    assert 'value="专题材料"' in refused.content.decode(), "what was typed is still there"
    assert clerk.post(address, sent | {"deliverable-due": "2011-02-01"}).status_code == 302
    assert Line.objects.get(notice=letter, value__added=True).value["due"] == "2011-02-01"
    assert "人工添的" in clerk.get(f"/notices/{letter.pk}/readings/").content.decode()


def test_a_head_is_put_right_or_comes_back(stage: Stage) -> None:
    clerk, letter = stage.clients["clerk"], stage.own.letter
    address, sent = (
        f"/notices/{letter.pk}/head/",
        {"title": "更正的标题", "issuer": "某机关", "addressees": "各党总支"},
    )
    assert clerk.post(address, sent | {"dated": "某日"}).status_code == 422
    assert clerk.post(address, sent | {"dated": "2011-01-04"}).status_code == 302
    letter.refresh_from_db()
    assert (letter.title, letter.issuer, letter.addressees) == ("更正的标题", "某机关", "各党总支")


def test_every_line_decided_the_page_says_what_each_became(stage: Stage) -> None:
    clerk, letter = stage.clients["clerk"], stage.own.letter
    clerk.post(f"/notices/{letter.pk}/readings/accept/")
    page = clerk.get(f"/notices/{letter.pk}/readings/").content.decode()
    assert "采纳的每一行成了什么" in page


AGAIN = """关于再次开展点评的通知
各党总支：
一、各党支部书记要对本支部每名党员进行点评。
二、从{0}年{0:%m}月{0:%d}日至{1}年{1:%m}月{1:%d}日，普遍开展一次领导点评。
某大学党委
{0}年{0:%m}月{0:%d}日
"""


def test_a_second_round_is_warned_of_with_its_number(stage: Stage) -> None:
    clerk, letter = stage.clients["clerk"], stage.own.letter
    open_duty = stage.own.open_duty
    text = (
        AGAIN.replace("{0}年", "{0:%Y}年").replace("{1}年", "{1:%Y}年").format(open_duty.opens, open_duty.due)
    )
    notice = enter_notice(text=text, organisation=letter.organisation, today=open_duty.opens, actor=ACTOR)
    accept_rest(notices=[notice], today=open_duty.opens, actor=ACTOR)
    sent = {"look": "1", "forecast_day": open_duty.opens.isoformat(), "over": ""}
    page = clerk.post(f"/notices/{notice.pk}/readings/adopt/", sent).content.decode()
    assert 'id="second-round"' in page
    # The number of the sentence.
    told = re.search(r"新开列的点评里有\s*<b\s*>([\d,]+)</b>", page)
    assert told is not None
    assert int(told[1].replace(",", "")) > 0


def test_criteria_are_entered_corrected_and_stand_beside_the_box(stage: Stage) -> None:
    clerk, ning = stage.clients["clerk"], stage.clients["ning"]
    sent = {"name": "五带头", "about": "member", "items": "带头学习提高\n带头服务群众", "source": "某文件 二"}
    assert clerk.post("/programmes/criteria/", sent | {"source": ""}).status_code == 422
    assert clerk.post("/programmes/criteria/", sent).status_code == 302
    assert "带头服务群众" in ning.get("/programmes/").content.decode()
    box = ning.get(f"/write/{stage.own.open_duty.pk}/").content.decode()
    assert "五带头" in box
    assert "不打分" in box
    row = CriteriaList.objects.get(name="五带头")
    assert ning.post(f"/programmes/criteria/{row.pk}/end/").status_code == 404
    assert clerk.post(f"/programmes/criteria/{row.pk}/end/").status_code == 302
    row.refresh_from_db()
    assert row.until is not None
