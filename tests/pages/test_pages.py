"""Every page says what is true, on what day, in one piece; sent twice it is one act; and it survives bad addresses."""

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from dianping.duties.selectors import coverage_of
from dianping.reviews.models import Review
from tests.glued import glued
from tests.pages.conftest import Stage
from tests.reviews.telling import NEW_YEAR, OTHER, take_step

FORMS = ("opinions", "appraisal", "reviews", "rectification", "statistics")


@pytest.fixture(autouse=True)
def polls_there(stage: Stage) -> None:
    """Both sides' polls, before anything is taken back."""
    assert all(side.polls for side in stage.sides)


def pages(stage: Stage) -> dict[str, str]:
    """Every page a clerk can open, with words that must stand on it."""
    own = stage.own
    assert own.open_duty.person is not None
    return {
        "/": "现在",
        "/search/?q=冉": own.member.name,
        "/coverage/": "应点评",
        "/coverage/?direction=reviewers": "谁还没评",
        "/duties/?whose=below&view=items": own.open_duty.person.name,
        f"/duties/{own.open_duty.pk}/": "豫创组办发〔2010〕26号",
        f"/duties/{own.paper.pk}/": "登记交件",
        f"/write/{own.open_duty.pk}/": "存在不足",
        "/reviews/": own.member.name,
        f"/reviews/{own.review.pk}/": "〖文·党员评价〗",
        f"/reviews/{own.review.pk}/correct/": "更正的原因",
        "/offline/": "离线",
        "/rectification/": "〖文·支部问题〗",
        "/rectification/?view=board": "〖文·支部问题〗",
        f"/rectification/{own.item.pk}/": "填写整改措施",
        f"/rectification/{own.item.pk}/?step=progress": "整改前的材料",
        f"/rectification/{own.item.pk}/?step=extend": "申请延至",
        f"/rectification/{own.dated.pk}/": "〖文·延期理由〗",
        f"/rectification/{own.dated.pk}/?step=answer": "可以改成另一天",
        "/rectification/admonitions/": "〖文·约谈〗",
        f"/rectification/admonitions/enter/?organisation={own.branch.code}": "表态和措施",
        f"/rectification/admonitions/{own.talk.pk}/": "〖文·表态〗",
        f"/rectification/{own.item.pk}/?step=plan": "完成时限",
        f"/rectification/report/{own.report.pk}/": "〖文·未解决〗",
        "/ledgers/": "领导干部点评登记表",
        **dict(
            zip(
                [f"/ledgers/2011Q1/{form}/" for form in FORMS],
                ["意见", "评议", "〖文·支部评价〗", "〖文·未解决〗", "应点评对象"],
                strict=True,
            )
        ),
        "/opinions/": "〖文·征求意见〗",
        "/opinions/plan/": "党内外群众征求意见表",
        "/opinions/plan/?form=opinion": "题目",
        f"/opinions/{own.polls.planned.pk}/": "封定名册",
        f"/opinions/{own.polls.printed.pk}/": "第 1 批",
        f"/opinions/{own.polls.planned.pk}/freeze/": "本单位的保管人",
        f"/opinions/{own.polls.ready.pk}/slips/": "制票以前请看",
        f"/opinions/{own.polls.ready.pk}/destroy/": "不能撤回",
        "/programmes/": "平学院创组文〔2010〕1号",
        "/organisations/": "中共云岭大学文学院委员会"[4:],
        f"/organisations/?organisation={own.branch.code}": own.member.name,
        f"/people/{own.member.pk}/": own.branch.short_name,
        "/set-up/": "名册",
        "/password/": "密码",
    }


class Page(HTMLParser):
    """What a page is made of, for the questions below."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.inline: list[str] = []
        self.outside: list[str] = []
        self.forms: list[dict[str, str]] = []
        self.fields: list[dict[str, str]] = []
        self.labelled: set[str] = set()
        self.ids: list[str] = []
        self.headings: list[str] = []
        self._in_script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        if tag == "style" or "style" in given:
            self.inline.append(f"{tag} style")
        self.inline += [f"{tag} {name}" for name in given if name.startswith("on")]
        if tag == "script":
            self._in_script = "src" not in given and given.get("type") != "application/json"
        for name in ("src", "href", "action", "hx-get", "hx-post"):
            if re.match(r"(?:[a-z]+:)?//|javascript:|data:text", given.get(name, "")):
                self.outside.append(given[name])
        if tag == "form":
            self.forms.append(given)
        if tag in ("input", "textarea", "select") and self.forms:
            self.fields.append(given | {"tag": tag})
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "h1":
            self.headings.append(tag)

    def handle_data(self, data: str) -> None:
        if self._in_script and data.strip():
            self.inline.append(f"script: {data[:40]}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_script = False


def test_every_page_answers_the_clerk_with_what_it_is_about(stage: Stage) -> None:
    for address, words in pages(stage).items():
        answer = stage.clients["clerk"].get(address)
        assert answer.status_code == 200, address
        assert words in glued(answer), (address, words)


def test_no_page_carries_script_or_style_of_its_own_or_anything_from_outside(stage: Stage) -> None:
    for address in pages(stage):
        answer = stage.clients["clerk"].get(address)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        page = Page(answer.content.decode())
        assert not page.inline, (address, page.inline[:3])
        assert not page.outside, (address, page.outside[:3])
        assert len(page.headings) == 1, address
        assert len(page.ids) == len(set(page.ids)), (address, [i for i in page.ids if page.ids.count(i) > 1])


def test_every_answer_carries_the_headers_of_a_careful_site(stage: Stage) -> None:
    for address in ("/", "/nowhere/", "/alive/", "/ledgers/2011Q1/reviews/file/xlsx/", "/offline/template/"):
        answer = stage.clients["clerk"].get(address)
        assert answer["X-Content-Type-Options"] == "nosniff", address
        assert answer["X-Frame-Options"] == "DENY", address
        assert answer["Referrer-Policy"] == "same-origin", address
        assert "Content-Security-Policy" in answer, address
    assert stage.clients["clerk"].get("/offline/template/")["Content-Disposition"].startswith("attachment")


def test_on_a_site_that_stands_on_a_day_every_page_says_so(stage: Stage) -> None:
    for address in [*pages(stage), "/nowhere/"]:
        text = glued(stage.clients["clerk"].get(address))
        assert '<time datetime="2011-01-05">' in text, address
    assert "演示日期" in Client().get("/sign-in/").content.decode()


def test_on_an_ordinary_site_no_page_speaks_of_a_standing_day(stage: Stage, settings: Any) -> None:
    settings.STANDING_DAY = None
    for address in pages(stage):
        assert "演示日期" not in stage.clients["clerk"].get(address).content.decode(), address
    assert "演示日期" not in Client().get("/sign-in/").content.decode()


def truth(client: Client, address: str) -> dict[str, int]:
    """The line of truth of a page: word → number."""
    text = glued(client.get(address))
    line = re.search(r'<p class="truth">(.*?)</p>', text, re.DOTALL)
    assert line is not None, address
    found = re.findall(r"<span>([^<]+)</span> <b>([\d,]+)</b>", line[1])
    return {word: int(number.replace(",", "")) for word, number in found}


@pytest.mark.parametrize("rule", ["round", "quarter", "half_year"])
@pytest.mark.parametrize("day", ["2010-12-31", "2011-01-05", "2011-01-11", "2011-04-01"])
@pytest.mark.parametrize("where", ["top", "letters", "letters_staff", "offices"])
def test_the_line_of_truth_is_the_coverage_of_the_day(stage: Stage, rule: str, day: str, where: str) -> None:
    place, on = getattr(stage.place, where), date.fromisoformat(day)
    if rule != "round" and day == "2010-12-31":
        pytest.skip("no quarter has opened by then")
    found = truth(stage.clients["clerk"], f"/coverage/?organisation={place.code}&rule={rule}&day={day}")
    (own,) = coverage_of([place], day=on, rule=rule)
    total = own.total
    assert found == {
        "应点评": total.due,
        "已按时": total.on_time,
        "补录": total.late,
        "未到期": total.pending,
        "逾期": total.overdue,
    }
    assert found["应点评"] == sum(found.values()) - found["应点评"]


@pytest.mark.parametrize("where", ["top", "letters", "letters_staff"])
def test_each_number_of_the_line_leads_to_so_many_duties(stage: Stage, where: str) -> None:
    """The list behind a number holds as many rows as the number says."""
    client, place = stage.clients["clerk"], getattr(stage.place, where)
    text = glued(client.get(f"/coverage/?organisation={place.code}"))
    line = re.search(r'<p class="truth">(.*?)</p>', text, re.DOTALL)
    assert line is not None
    wrong = []
    for href, number in re.findall(r'href="([^"]+)">.*?<b>([\d,]+)</b>', line[1]):
        listed = glued(client.get(href.replace("&amp;", "&")))
        rows = len(re.findall(r'<a href="/duties/\d+/"', listed))
        if rows != int(number):
            wrong.append((href, number, rows))
    assert not wrong


def test_words_are_shown_as_words(stage: Stage) -> None:
    """T10: what somebody typed never becomes part of a page's own markup."""
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7|add:7 }}'
    own = stage.own
    Review.objects.filter(pk=own.review.pk).update(evaluation=hostile, direction=hostile, evidence=hostile)
    own.review.problems.update(text=hostile, owner=hostile[:60])
    take_step(own.item, "progress", text=hostile, evidence=hostile, actor=OTHER)
    for address in [*pages(stage), f"/search/?q={quote(hostile)}"]:
        page = Page(stage.clients["clerk"].get(address).content.decode())
        assert not page.inline, (address, page.inline)


def test_the_present_day_is_passed_in(stage: Stage, settings: Any) -> None:
    settings.STANDING_DAY = date(2011, 2, 3)
    assert "逾期" in stage.clients["ning"].get("/duties/").content.decode()
    settings.STANDING_DAY = NEW_YEAR
    assert "逾期 " not in glued(stage.clients["ning"].get("/duties/"))
