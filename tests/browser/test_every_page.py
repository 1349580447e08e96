"""Axe is asked of every list page and every main page, in a hand and (every fourth; with DIANPING_LONG=1 all) on a desk, as one
clerk sees them. In a hand more is wrong more often: tables become cards, menus fold, and a page may be wider than its screen.
"""

from datetime import date

import pytest

from dianping.reviews.inputs import ReviewTarget
from dianping.reviews.services import draw_turns, go_to_step, take_note
from tests import factories
from tests.browser.looking import at_width, covered, faults
from tests.browser.test_story import sign_in
from tests.long import long
from tests.pages.conftest import clients, stage  # noqa: F401 (fixtures)
from tests.reviews.telling import NEW_YEAR, at

pytestmark = pytest.mark.browser
PAGES = (
    "/",
    "/search/?q=党",
    "/coverage/",
    "/coverage/?organisation=YL01",
    "/coverage/?organisation=YL0101",
    "/duties/",
    "/duties/?whose=below",
    "/duties/?whose=below&state=all",
    "/duties/{duty}/",
    "/duties/hand-over/",
    "/duties/handed-over/",
    "/write/{duty}/",
    "/reviews/",
    "/reviews/{review}/",
    "/reviews/{review}/correct/",
    "/reviews/{review}/case/",
    "/signs/",
    "/draws/",
    "/draws/call/",
    "/draws/{draw}/",
    "/occasions/",
    "/occasions/plan/",
    "/occasions/{occasion}/",
    "/occasions/{occasion}/sheet/",
    "/occasions/{occasion}/sitting/?seat={seat}",
    "/offline/",
    "/rectification/?state=all",
    "/rectification/?view=board",
    "/rectification/{item}/",
    "/rectification/{item}/?step=progress",
    "/rectification/{unresolved}/",
    "/rectification/report/{report}/",
    "/rectification/admonitions/",
    "/rectification/admonitions/enter/?organisation=YL0101",
    "/rectification/admonitions/{talk}/",
    "/ledgers/",
    "/ledgers/2010-12-15..2011-02-02/reviews/",
    "/ledgers/2010-12-15..2011-02-02/rectification/",
    "/ledgers/2010-12-15..2011-02-02/statistics/",
    "/cases/",
    "/cases/{case}/",
    "/bulletins/",
    "/bulletins/new/?organisation=YL01",
    "/bulletins/{bulletin}/",
    "/bulletins/{draft}/",
    "/bulletins/{draft}/edit/",
    "/notices/",
    "/notices/enter/",
    "/notices/{letter}/",
    "/notices/{letter}/readings/",
    "/programmes/",
    "/organisations/",
    "/organisations/?organisation=YL0101",
    "/people/{person}/",
)
OWN = ("/notes/", "/notes/take/?about=member&person={person}", "/reviews/?whose=mine", "/duties/?whose=mine")


@pytest.fixture
def keys(committed, stage):  # noqa: F811
    """The records the pages speak of: one of each, some way into its story."""
    own = stage.own
    draw_turns(occasion=own.occasion, seed="a1b2", actor=factories.ACTOR)
    own.occasion.agenda = "一、汇报\n二、评议\n三、领导点评"
    own.occasion.save()
    go_to_step(occasion=own.occasion, step=3, was=0, actor=factories.ACTOR)
    take_note(
        target=ReviewTarget(own.open_duty.owed_by, "member", own.branch, own.open_duty.person),
        writer=stage.place.people["宁守真"],
        happened_on=date(2011, 1, 4),
        text="夜里还在答疑",
        moment=at(NEW_YEAR),
        actor=factories.ACTOR,
    )
    return {
        "duty": own.open_duty.pk,
        "seat": own.open_duty.owed_by_id,
        "review": own.review.pk,
        "draw": own.draw.pk,
        "occasion": own.occasion.pk,
        "item": own.dated.pk,
        "unresolved": own.unresolved.pk,
        "report": own.report.pk,
        "talk": own.talk.pk,
        "case": own.case.pk,
        "bulletin": own.bulletin.pk,
        "draft": own.bulletin_draft.pk,
        "letter": own.letter.pk,
        "person": own.member.pk,
    }


@pytest.mark.parametrize(
    ("width", "who", "pages"),
    [(390, "clerk", PAGES), (390, "ning", OWN), (1280, "clerk", PAGES[:: long(4, 1)]), (1280, "ning", OWN)],
    ids=["clerk-390", "secretary-390", "clerk-1280", "secretary-1280"],
)
def test_no_page_has_a_violation(page, keys, live_server, width, who, pages):
    at_width(page, width)
    sign_in(page, live_server, who, factories.PASSWORD)
    found = {}
    for address in pages:
        where = address.format(**keys)
        answer = page.goto(live_server.url + where)
        assert answer.status == 200, where
        if told := faults(page):
            found[where] = told
    assert found == {}
    assert page.faults == []


@pytest.mark.parametrize(("who", "pages"), [("clerk", PAGES), ("ning", OWN)], ids=["clerk", "secretary"])
def test_no_control_lies_under_something_else(page, keys, live_server, who, pages):
    """At the widths of common screens: what a mouse aims at is what it hits, folded things unfolded too."""
    sign_in(page, live_server, who, factories.PASSWORD)
    found = {}
    for address in pages:
        where = address.format(**keys)
        page.goto(live_server.url + where)
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        for width in (1440, 1366, 1280, 390):
            at_width(page, width)
            if told := covered(page):
                found[where, width] = told
    assert found == {}
