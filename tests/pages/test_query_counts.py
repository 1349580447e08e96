"""How many queries a list page makes: pinned in tests/query_counts.json, and the same with ten times the data."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dianping.accounts.models import User
from dianping.base.windows import Window
from dianping.bulletins.services import confirm_case, draft_bulletin, issue_bulletin, raise_case
from dianping.duties.models import Duty
from dianping.notices.services import enter_notice
from dianping.rectification.services import Talk, ask_extension, hold_admonition
from tests import factories
from tests.pages.conftest import Stage, with_polls
from tests.pages.poll_stage import polls_of
from tests.reviews.telling import NEW_YEAR, OTHER, at, duty_about, item_of, take_step, tell

PINNED = Path(__file__).resolve().parents[1] / "query_counts.json"
COUNTS: dict[str, dict[str, int]] = json.loads(PINNED.read_text("utf-8")) if PINNED.exists() else {}
PAGES = {
    "workbench": "/",
    "accounts": "/accounts/",
    "accounts to be opened": "/accounts/slips/",
    "account to be opened": "/accounts/open/",
    "account": "/accounts/{account}/",
    "search": "/search/?q=党",
    "coverage": "/coverage/",
    "coverage of a unit": "/coverage/?organisation=YL01",
    "coverage of a branch": "/coverage/?organisation=YL0101",
    "duties": "/duties/?whose=below&view=items",
    "duties by reviewer": "/duties/?whose=below",
    "duties, all": "/duties/?whose=below&state=all",
    "duties of one's own": "/duties/?whose=mine",
    "reviews": "/reviews/",
    "rectification": "/rectification/?state=all",
    "rectification board": "/rectification/?view=board",
    "item": "/rectification/{item}/",
    "asking the masses": "/rectification/ask/",
    "admonitions": "/rectification/admonitions/",
    "report": "/rectification/report/{report}/",
    "ledgers": "/ledgers/",
    "register": "/ledgers/2010-12-15..2011-02-02/reviews/",
    "log": "/ledgers/2010-12-15..2011-02-02/rectification/",
    "opinion form": "/ledgers/2010-12-15..2011-02-02/opinions/",
    "appraisal form": "/ledgers/2010-12-15..2011-02-02/appraisal/",
    "statistics": "/ledgers/2010-12-15..2011-02-02/statistics/",
    "programmes": "/programmes/",
    "opinions": "/opinions/",
    "bulletins": "/bulletins/",
    "bulletin": "/bulletins/{bulletin}/",
    "bulletin to be approved": "/bulletins/{draft}/",
    "bulletin to be written": "/bulletins/{draft}/edit/",
    "cases": "/cases/",
    "case": "/cases/{case}/",
    "notices": "/notices/",
    "notice": "/notices/{letter}/",
    "readings": "/notices/{letter}/readings/",
    "organisation": "/organisations/",
    "branch": "/organisations/?organisation=YL0101",
    "write": "/write/{duty}/",
    "occasions": "/occasions/",
    "occasion": "/occasions/{occasion}/",
    "sitting": "/occasions/{occasion}/sitting/?seat={seat}",
    "notes": "/notes/",
    "handovers": "/duties/handed-over/",
    "result": "/opinions/{counted}/result/",
    "report of a poll": "/opinions/{counted}/result/?view=sheet",
    "points": "/opinions/{counted}/points/",
    "point": "/opinions/{counted}/points/{point}/",
    "paper": "/opinions/{papers}/paper/",
}
ROLES = ("clerk", "ning")
QUARTER = Window(date(2011, 1, 1), date(2011, 3, 31))
LATER = date(2011, 6, 1)


@pytest.fixture(autouse=True)
def polls_there(stage: Stage) -> None:
    """Both sides' polls, before anything is taken back."""
    assert all(side.polls for side in stage.sides)


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """With polls."""
    return with_polls(stage)


def counts(stage: Stage) -> dict[str, dict[str, int]]:
    """Queries by page and role; a page that is not the role's own is left out."""
    clients, found, own = stage.clients, dict[str, dict[str, int]](), stage.own
    keys = {
        "duty": own.open_duty.pk,
        "letter": own.letter.pk,
        "occasion": own.occasion.pk,
        "seat": own.open_duty.owed_by_id,
        "bulletin": own.bulletin.pk,
        "draft": own.bulletin_draft.pk,
        "case": own.case.pk,
        "item": own.dated.pk,
        "report": own.report.pk,
        "counted": own.counted.pk,
        "point": own.point.pk,
        "papers": own.papers.pk,
        "account": User.objects.get(username="ning").pk,
    }
    for name, address in PAGES.items():
        for role in ROLES:
            where = address.format(**keys)
            clients[role].get(where)  # the first visit fills caches, and writes what it was a first visit to
            with CaptureQueriesContext(connection) as queries:
                answer = clients[role].get(where)
            if answer.status_code == 200:
                found.setdefault(name, {})[role] = len(queries)
    return found


def ten_times(stage: Stage) -> None:
    """Ninety more members, eighteen more branches with secretaries, and what was said of them."""
    place = stage.place
    heads = []
    for n in range(18):
        unit = (place.letters, place.sciences)[n % 2]
        branch = factories.organisation(f"第{n:02d}党支部", "党支部", unit)
        for m in range(5):
            person = factories.member(f"党员{n:02d}{m}", branch)
            if m == 0:
                factories.head(person, branch)
                heads.append(branch)
    for n in range(30):
        factories.member(f"新党员{n:02d}", place.letters_staff)
    factories.open_on(NEW_YEAR)
    for n in range(10):
        enter_notice(
            text=f"关于第{n}件事的通知\n各党支部：\n一、按照云岭党发〔2010〕{n + 1}号要求，于3月{n + 1}日前报送总结。",
            organisation=place.letters_staff,
            today=NEW_YEAR,
            actor=OTHER,
        )
    for n in range(10):
        case = {"kind": "practice", "facts": "每月听一次意见，当场答复。"}
        raised = raise_case(
            review=stage.own.review, title=f"做法{n}", today=NEW_YEAR, actor=factories.ACTOR, **case
        )
        confirm_case(case=raised, words="", version=1, today=NEW_YEAR, actor=OTHER)
        new = draft_bulletin(
            organisation=place.letters,
            period=QUARTER,
            circle=["党支部"],
            today=NEW_YEAR,
            actor=factories.ACTOR,
        )
        issue_bulletin(bulletin=new, version=new.version, today=NEW_YEAR, actor=OTHER)
    for _ in range(3):
        polls_of(place.letters, "征求意见")
    for branch in heads:
        item = item_of(tell(duty_about(branch, "branch")))
        take_step(item, "plan", actor=OTHER)
        item = take_step(item, "unresolved", actor=OTHER)
        ask_extension(
            item=item, until=LATER, reason="人手不足", version=item.version, moment=at(NEW_YEAR), actor=OTHER
        )
        talk = Talk(held_on=NEW_YEAR, due=LATER, reasons="未解决", told="改", promised="改")
        hold_admonition(organisation=branch, talk=talk, items=[item], moment=at(NEW_YEAR), actor=OTHER)
    for duty in Duty.objects.filter(target="member", organisation=place.letters_staff, done_on=None)[:20]:
        if duty.pk != stage.own.open_duty.pk:
            tell(duty)


def test_every_list_page_makes_the_pinned_number_of_queries(stage: Stage) -> None:
    """When a page changes on purpose, write the new figure into tests/query_counts.json."""
    assert counts(stage) == COUNTS


def test_the_workbench_makes_no_more_than_twelve_queries(stage: Stage) -> None:
    for role, client in stage.clients.items():
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        assert len(queries) <= 12, role


def test_ten_times_the_data_makes_no_more_queries(stage: Stage) -> None:
    few = COUNTS  # what the test above holds against the pages
    ten_times(stage)
    many = counts(stage)
    more = {
        (name, role): (n, many[name].get(role, 0))
        for name, roles in few.items()
        for role, n in roles.items()
        if many[name].get(role, 0) > n
    }
    assert not more


def test_coverage_costs_what_is_on_the_page_and_not_what_is_below(stage: Stage) -> None:
    from dianping.duties.selectors import coverage_of

    with CaptureQueriesContext(connection) as few:
        coverage_of([stage.place.top], day=date(2011, 1, 5))
    ten_times(stage)
    with CaptureQueriesContext(connection) as many:
        coverage_of([stage.place.top], day=date(2011, 1, 5))
    assert len(few) == len(many) <= 2
