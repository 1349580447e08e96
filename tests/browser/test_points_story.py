"""What the masses said goes into the box with one key: on the writing page, and in a sitting."""

from datetime import date

import pytest

from dianping.accounts.services import add_account
from dianping.common.audit import Operator
from dianping.opinions.services import SubjectPlan, merge_sayings
from dianping.reviews.models import Problem, Review
from dianping.reviews.services import OccasionPlan, plan_occasion
from tests import factories
from tests.browser.looking import until
from tests.browser.test_story import sign_in
from tests.opinions.polling import AFTER, answer, ready
from tests.reviews.telling import duty_about

pytestmark = pytest.mark.browser
SAID = ("食堂窗口排队久", "很少来寝室")


@pytest.fixture
def stage(committed, settings):
    """冉小禾, of whom two points are on file and not yet answered, and an event to review him at."""
    place = factories.university()
    factories.adopt(place.top)
    factories.open_on(date(2011, 1, 5))
    ran = place.people["冉小禾"]
    box = ready(place, about=(SubjectPlan(place.letters_staff, ran),))
    for code in box.codes[0]:
        answer(box, code)
    poll = box.open()
    for question, text in zip(("good_deeds", "other"), SAID, strict=True):
        keys = poll.sayings.filter(question=question).values_list("key", flat=True)
        merge_sayings(poll=poll, sayings=keys, text=text, subject=0, question=question, actor=factories.ACTOR)
    add_account(
        username="ning",
        password="石榴花开三月八",
        name="宁守真",
        person=place.people["宁守真"],
        actor=Operator("测试"),
        lasting=True,
    )
    settings.STANDING_DAY = AFTER
    occasion = plan_occasion(
        plan=OccasionPlan(kind="支部党员大会", held_on=AFTER, place="会议室"),
        organisation=place.letters_staff,
        reviewed=[ran],
        actor=factories.ACTOR,
    )
    return place, duty_about(place.letters_staff, "member", person=ran), occasion


def test_points_are_taken_over_by_key_on_both_pages(live_server, page, stage):
    _, duty, occasion = stage
    sign_in(page, live_server, "ning", "石榴花开三月八")
    page.goto(f"{live_server.url}/write/{duty.pk}/")
    page.keyboard.press("Alt+p")
    assert page.locator("[name=problem-1]").input_value() == SAID[0]
    assert page.locator("[data-origin]:visible").all_inner_texts() == ["来自群众意见第 1 条"]
    assert page.locator("[data-take]:visible").count() == 1
    page.locator("[data-take]:visible").click()
    assert page.locator("[name=problem-2]").input_value() == SAID[1]
    with page.expect_response(lambda r: "/draft/" in r.url):
        page.locator("[name=problem-2]").fill("到寝室走访少")
    until(page, "document.getElementById('saved').dataset.state === 'saved'")
    assert [p.point.number for p in Problem.objects.order_by("number")] == [1, 2]

    page.goto(f"{live_server.url}/occasions/{occasion.pk}/sitting/?seat={duty.owed_by_id}")
    page.locator(f'[data-target="{duty.pk}"]').click()
    origins = page.locator("[data-problems] [data-origin]:visible")
    assert origins.all_inner_texts() == ["来自群众意见第 1 条", "来自群众意见第 2 条"]
    page.locator("[name=problem-1]").fill("")
    page.locator("[data-next]").click()
    page.locator(f'[data-target="{duty.pk}"]').click()
    page.keyboard.press("Alt+p")
    assert page.locator("[name=problem-2]").input_value() == SAID[0]
    for name in ("evaluation", "direction"):
        page.locator(f"[name={name}]").fill("看过三次，多去寝室")
    with page.expect_response(lambda r: "/state/" in r.url):
        page.keyboard.press("Control+Enter")
    review = Review.objects.get(filed=True)
    assert [(p.text, p.point.number) for p in review.problems.all()] == [("到寝室走访少", 2), (SAID[0], 1)]
    assert page.faults == []
