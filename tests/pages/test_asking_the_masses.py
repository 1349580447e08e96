"""真的办好了吗: planned from the rectification pages, opened, and told to each problem once."""

import re
from datetime import date
from typing import Any

import pytest

from dianping.accounts.models import User
from dianping.acts.asking import ask_masses, hear_verdicts, open_and_follow, verdict_form
from dianping.common.formkeys import new_form_key
from dianping.opinions.models import Poll
from dianping.opinions.rules import Answers
from dianping.opinions.selectors import last_asked_of
from dianping.opinions.services import GroupPlan
from dianping.rectification.models import Item, Verdict
from dianping.rectification.selectors import items_to_ask
from dianping.reviews.services import ProblemInput
from tests import factories
from tests.factories import University
from tests.glued import glued
from tests.opinions.polling import Polling, acting, answer, keepers
from tests.pages.conftest import Stage
from tests.refused import refused
from tests.reviews.telling import OTHER, at, duty_about, item_of, take_step, tell

pytestmark = pytest.mark.django_db

DUE, ASKED, LAST = date(2011, 1, 31), date(2011, 2, 1), date(2011, 2, 8)
MASSES = (GroupPlan("群众", inside=False, size=8),)


def closed(place: University, text: str, target: str = "branch", **about: Any) -> Item:
    """A problem of 文学院教工党支部, closed before its day came."""
    duty = duty_about(place.letters_staff, target, **about)
    item = item_of(tell(duty, problems=(ProblemInput(text, "", DUE),)))
    for step in ("plan", "request", "close"):
        take_step(item, step, actor=OTHER if step == "close" else factories.ACTOR)
    return Item.objects.get(pk=item.pk)


def asked(place: University, items: list[Item], who: tuple[GroupPlan, ...] = MASSES, **more: Any) -> Poll:
    given = {"title": "二月回访", "opens": ASKED, "closes": LAST, "today": ASKED} | more
    return ask_masses(items=items, organisation=place.letters, asked=who, actor=factories.ACTOR, **given)


def boxed(place: University, poll: Poll, grades: list[dict[str, int]]) -> Polling:
    """The box filled: one form for each dict of question and grade."""
    found = Polling(poll, *keepers(place, poll.organisation))
    found.freeze(ASKED)
    found.take_keys(ASKED)
    found.issue()
    for code, given in zip(found.codes[0], grades, strict=False):
        answer(found, code, Answers({(0, key): grade for key, grade in given.items()}, {}), today=ASKED)
    return found


def open_it(found: Polling, on: date = date(2011, 2, 9)) -> Poll:
    return open_and_follow(
        poll=found.poll,
        read=found.read(),
        moment=at(on),
        actor=acting(found.unit),
        witness=found.superior.username,
    )


def test_one_no_reopens_and_the_others_stay_closed(opened: University) -> None:
    place = opened
    one = closed(place, "学习不经常")
    two = closed(place, "走访太少", "branch_secretary")
    poll = asked(place, [one, two])
    first, second = f"item_{one.pk}", f"item_{two.pk}"
    box = boxed(place, poll, [{first: 0, second: 0}] * 4 + [{first: 1, second: 2}] + [{first: 2}])
    open_it(box)

    assert list(Verdict.objects.order_by("pk").values_list("item", "yes", "no")) == [
        (one.pk, 4, 1),
        (two.pk, 4, 0),
    ]
    assert [Item.objects.get(pk=item.pk).state for item in (one, two)] == ["in_progress", "closed"]
    verdict = Verdict.objects.get(item=one)
    assert (verdict.asked_on, verdict.closed_on) == (ASKED, LAST)
    assert not items_to_ask(date(2011, 2, 10)).exists()
    assert hear_verdicts(poll=Poll.objects.get(), moment=at(date(2011, 2, 10)), actor=factories.ACTOR) == []
    assert last_asked_of([(place.letters.pk, 0)]) == {}, "a problem put right is no asking about anybody"


def test_a_refused_opening_tells_nobody(opened: University) -> None:
    item = closed(opened, "学习不经常")
    box = boxed(opened, asked(opened, [item]), [{f"item_{item.pk}": 1}] * 4)
    with refused("opinions.too-few-forms"):
        open_it(box)
    assert not Verdict.objects.exists()
    assert Item.objects.get(pk=item.pk).state == "closed"


def test_the_form_names_the_problem_and_nobody(opened: University) -> None:
    place = opened
    item = closed(place, "宁守真同志走访太少，宁守真要多去", "branch_secretary")
    form = verdict_form([item])
    assert form.questions[0].key == f"item_{item.pk}"
    assert "宁守真" not in str(form.dump())
    assert form.questions[0].text == "文学院教工党支部：“有关同志同志走访太少，有关同志要多去”真的办好了吗"


def test_what_is_being_asked_is_not_asked_again(opened: University) -> None:
    item = closed(opened, "学习不经常")
    asked(opened, [item])
    with refused("rectification.item-not-askable"):
        asked(opened, [item])


def test_nothing_to_ask_a_past_day_and_another_unit_are_refused(opened: University) -> None:
    item = closed(opened, "学习不经常")
    for code, items, more in (
        ("rectification.no-items-chosen", [], {}),
        ("rectification.item-not-askable", [item], {"today": date(2011, 1, 30), "opens": date(2011, 1, 30)}),
        ("rectification.first-day-past", [item], {"opens": date(2011, 1, 31)}),
    ):
        with refused(code):
            asked(opened, items, **more)
    with refused("rectification.item-not-askable"):
        ask_masses(
            items=[item],
            organisation=opened.sciences,
            title="二月",
            opens=ASKED,
            closes=LAST,
            asked=MASSES,
            today=ASKED,
            actor=factories.ACTOR,
        )
    assert not Poll.objects.exists()


def test_a_member_s_problem_does_not_leave_his_branch(opened: University) -> None:
    place = opened
    item = closed(place, "联系群众不够", "member", person=place.people["冉小禾"])
    with refused("rectification.personal-item-stays-inside", match="对党员个人的点评，不出文学院教工党支部"):
        asked(place, [item], (*MASSES, GroupPlan("党员", organisation=place.letters_staff)))
    assert asked(place, [item], (GroupPlan("党员", organisation=place.letters_staff),)).kind == "verdict"


def test_the_office_plans_it_on_a_page(stage: Stage, settings: Any) -> None:
    item = closed_on_stage(stage)
    settings.STANDING_DAY = ASKED
    client, address = stage.clients["clerk"], f"/rectification/ask/?organisation={stage.own.unit.code}"
    assert "真的办好了吗" in client.get("/rectification/").content.decode()
    page = glued(client.get(address))
    assert "支部问题" in page
    assert re.search(r'name="form_key" value="[\w-]{24}"', page)
    sent = {
        "items": [item.pk],
        "title": "二月回访",
        "opens": "2011-02-01",
        "closes": "2011-02-08",
        "branches": [stage.own.branch.pk],
        "others": "学生代表，20\n后勤职工 15人",
    }
    assert client.post(address, sent | {"others": "二十来人", "form_key": new_form_key()}).status_code == 422
    assert client.post(address, sent | {"form_key": new_form_key()}).status_code == 302
    poll = Poll.objects.get(title="二月回访")
    assert [(g.ballot_class, g.inside, g.size) for g in poll.groups.all()] == [
        ("党员", True, 0),
        ("学生代表", False, 20),
        ("后勤职工", False, 15),
    ]
    assert User.objects.get(username="clerk").name in poll.planned_name
    assert "现在没有要问的" in client.get(address).content.decode()


def closed_on_stage(stage: Stage) -> Item:
    item = stage.own.item
    for step in ("plan", "request", "close"):
        more = {"due": DUE} if step == "plan" else {}
        take_step(item, step, actor=OTHER if step == "close" else factories.ACTOR, **more)
    return Item.objects.get(pk=item.pk)
