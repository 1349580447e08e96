"""A committee secretary reviews at a meeting: what is on file is ticked by keyboard, kept offline, and asked for where it is missing."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from dianping.accounts.services import add_account
from dianping.duties.models import Duty
from dianping.reviews.models import Ground, Occasion, Review
from dianping.reviews.services import OccasionPlan, plan_occasion
from tests import factories
from tests.browser.test_story import sign_in
from tests.factories import ACTOR

pytestmark = pytest.mark.browser
DAY = date(2011, 1, 7)


@pytest.fixture
def place(committed, settings):
    """文学院党委, whose secretary went to one of its two branches."""
    settings.STANDING_DAY = DAY
    university = factories.university()
    factories.adopt(university.top)
    factories.open_on(DAY)
    head = university.people["祁文"]
    add_account(username="qi", password="石榴花开三月八", name="祁文", person=head, actor=ACTOR, lasting=True)
    for kind, where in (("调研", university.letters_staff), ("领导班子会", university.letters)):
        plan_occasion(plan=OccasionPlan(kind, DAY), organisation=where, reviewed=(), actor=ACTOR)
    return university


def accessible(page):
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()


def fill(page, name):
    page.locator(".roll a", has_text=name).first.click()
    for key, words in (("evaluation", "抓得实，示范岗 8 个。"), ("achievements", "办实事 12 件。"), ("direction", "月底前公示。")):  # fmt: skip
        page.locator(f"#s-{key}").fill(words)
    page.locator("[data-problem] textarea").first.fill(f"{name}的记录不全 3 次")


def test_a_ground_is_asked_for_ticked_and_filed_in_a_sitting(page, place, live_server):
    sign_in(page, live_server, "qi", "石榴花开三月八")
    meeting = Occasion.objects.get(kind="领导班子会")
    page.goto(f"{live_server.url}/occasions/{meeting.pk}/sitting/")
    fill(page, place.letters_staff.name)
    page.keyboard.press("Control+Enter")
    page.get_by_text("还没有写：在案的依据").wait_for()
    accessible(page)
    box = page.locator("[data-ground-list] input")
    assert box.evaluate("one => one === document.activeElement")
    page.keyboard.press("Space")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    page.get_by_text("已记在本机").wait_for()
    page.context.set_offline(False)
    page.locator("[data-done]", has_text="1").first.wait_for(timeout=60_000)
    ground = Ground.objects.get()
    assert (ground.occasion.kind, ground.review.organisation) == ("调研", place.letters_staff)
    # Of the other branch nothing is on file: the reason is written.
    fill(page, place.letters_students.name)
    page.locator("#s-ground_absence").fill("还没有去过，征求意见的票箱没有开。")
    page.keyboard.press("Control+Enter")
    page.locator("[data-done]", has_text="2").first.wait_for(timeout=60_000)
    review = Review.objects.get(organisation=place.letters_students, filed=True)
    assert review.ground_absence == "还没有去过，征求意见的票箱没有开。"
    assert Ground.objects.count() == 1


def test_the_page_of_one_shows_it_at_both_widths(page, place, live_server):
    sign_in(page, live_server, "qi", "石榴花开三月八")
    duty = Duty.objects.filter(organisation=place.letters_staff, target="branch", done_on=None).first()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{live_server.url}/write/{duty.pk}/")
        page.get_by_text("调研（2011-01-07）").first.wait_for()
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
