"""The table of steps × states × who, at the service and at the page, held against rectification.rules.steps.STEPS."""

import itertools
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from dianping.accounts.models import Grant
from dianping.accounts.services import grant_role
from dianping.common.audit import Actor, Operator
from dianping.rectification.models import Item, Progress, State
from dianping.rectification.rules.steps import STEPS, may_step
from dianping.reviews.services import ProblemInput
from tests import factories, kept
from tests.factories import University
from tests.refused import codes_on, refused
from tests.reviews.telling import CLERK, NEW_YEAR, OTHER, duty_about, item_of, take_step, tell

# How an item comes into each state.
WAYS: dict[str, tuple[str, ...]] = {
    "open": (),
    "in_progress": ("plan",),
    "close_requested": ("plan", "request"),
    "closed": ("plan", "request", "close"),
    "unresolved": ("plan", "unresolved"),
}
# Which class of people takes which step: owner_side 被点评一方, other 责任人与申请人以外的验收人, judge 点评人.
WHO = ("owner", "requester", "reviewer", "clerk", "superior", "outsider")
MAY_AT_PAGE = {
    "owner": {"owner_side"},
    "requester": {"owner_side"},
    "reviewer": {"other", "judge"},
    "clerk": {"owner_side", "other", "judge"},
    "superior": {"other", "judge"},
    "outsider": set(),
}


@pytest.fixture
def item(opened: University) -> Item:
    """A problem of 宁支书's branch as an organisation: owned by himself, said by 祁书记."""
    return kept.standing(
        "item", lambda: item_of(tell(duty_about(opened.letters_staff, "branch"))), given=opened
    )


ASKED_BY = Operator("requester")


def bring(item: Item, state: str, *, requester: Actor = ASKED_BY) -> Item:
    """The item in a state; whoever asked for the closing is `requester`, whoever closed or judged another."""
    for step in WAYS[state]:
        take_step(item, step, actor=OTHER if step in ("close", "unresolved") else requester)
    return Item.objects.get(pk=item.pk)


@pytest.mark.parametrize(("step", "state"), list(itertools.product(STEPS, State.values)))
def test_a_step_is_taken_from_the_states_of_the_table_and_no_other(item: Item, step: str, state: str) -> None:
    found = bring(item, state)
    moved = Progress.objects.filter(item=item).count()
    if not may_step(step, state) or STEPS[step].by == "masses":  # those only hear_masses takes
        with refused("rectification.only-masses-reopen", "rectification.step-not-now"):
            take_step(found, step, actor=CLERK)
        found.refresh_from_db()
        assert (found.state, Progress.objects.filter(item=item).count()) == (state, moved)
        return
    if step == "request" and not found.measure:
        take_step(found, "plan")
    assert take_step(found, step, actor=CLERK).state == STEPS[step].end
    assert Progress.objects.filter(item=item).count() > moved


def test_every_state_is_reached_and_left_by_some_step() -> None:
    assert {s.end for s in STEPS.values()} | {"open"} == set(State.values)
    assert set().union(*(s.start for s in STEPS.values())) == set(State.values)


@pytest.mark.parametrize("step", ["progress", "request", "close", "return", "unresolved", "reopen"])
@pytest.mark.parametrize("text", ["", " 　\n"])
def test_a_step_without_words_is_refused(item: Item, step: str, text: str) -> None:
    start = sorted(STEPS[step].start)[0]
    bring(item, start)
    with refused("rectification.step-without-words"):
        take_step(item, step, text=text, actor=CLERK)


@pytest.mark.parametrize("lacking", [{"measure": " "}, {"due": None}])
def test_a_plan_needs_a_measure_and_a_date(item: Item, lacking: dict[str, Any]) -> None:
    with refused("rectification.plan-incomplete"):
        take_step(item, "plan", **lacking)


def test_closing_cannot_be_asked_before_a_measure_is_written(item: Item) -> None:
    take_step(item, "progress")
    with refused("rectification.measures-missing"):
        take_step(item, "request")


@pytest.mark.parametrize("step", [name for name, step in STEPS.items() if step.by == "other"])
def test_neither_the_owner_nor_whoever_asked_closes_it(item: Item, opened: University, step: str) -> None:
    bring(item, "close_requested", requester=Operator("ning"))
    for by, actor in ((opened.people["宁守真"], Operator("somebody")), (None, Operator("ning"))):
        with refused("rectification.owner-cannot-accept"):
            take_step(item, step, by=by, actor=actor)
    assert Item.objects.get(pk=item.pk).state == "close_requested"
    assert take_step(item, step, by=opened.people["祁文"], actor=Operator("qi")).state == STEPS[step].end


def test_the_head_named_as_owner_of_a_unit_without_members_is_the_owner(opened: University) -> None:
    """A unit holds no members itself; its secretary named as owner is still he, so he cannot close it."""
    review = tell(duty_about(opened.letters, "unit"), problems=(ProblemInput("联系点去得少", "祁文"),))
    assert item_of(review).owner == opened.people["祁文"]


def test_closing_notes_who_and_when_and_reopening_takes_it_back(item: Item) -> None:
    closed = bring(item, "closed")
    assert (closed.closed_on, closed.closed_by) == (NEW_YEAR, OTHER.name)
    again = take_step(closed, "reopen", actor=OTHER)
    assert (again.state, again.closed_on, again.closed_by) == ("in_progress", None, "")


def test_a_problem_of_a_member_is_his_own_unless_another_is_named(opened: University) -> None:
    duty = duty_about(opened.letters_staff, "member", person=opened.people["冉小禾"])
    review = tell(
        duty,
        problems=(
            ProblemInput("甲", "本人"),
            ProblemInput("乙"),
            ProblemInput("丙", "宁守真"),
            ProblemInput("丁", "查无此人"),
        ),
    )
    owners = [i.owner.name if i.owner else None for i in Item.objects.order_by("problem__number")]
    assert owners == ["冉小禾", "冉小禾", "宁守真", None]
    assert Item.objects.get(problem__number=4).owner_name == "查无此人"
    assert review.problems.count() == 4


# ---- at the page


@pytest.fixture
def users(opened: University, item: Item, settings: Any) -> dict[str, Client]:
    """Each class of people signed in. The item is 冉小禾's to put right; the requester is his branch's secretary."""
    settings.STANDING_DAY = NEW_YEAR
    people = opened.people
    Item.objects.filter(pk=item.pk).update(owner=people["冉小禾"], owner_name="冉小禾")
    accounts = {
        "owner": factories.account(people["冉小禾"], username="ran"),
        "requester": factories.account(people["宁守真"], username="requester"),
        "reviewer": factories.account(people["祁文"], username="qi"),
        "clerk": factories.account(username="wen"),
        "superior": factories.account(username="shangguan"),
        "outsider": factories.account(people["边望川"], username="bian"),
    }
    for office in ("clerk", "superior"):
        grant_role(
            user=accounts[office],
            role=Grant.Role(office),
            organisation=opened.top,
            since=date(2010, 1, 1),
            actor=factories.ACTOR,
        )
    found = {}
    for who, account in accounts.items():
        found[who] = Client()
        found[who].force_login(account)
    return found


@pytest.mark.parametrize(("state", "who"), list(itertools.product(State.values, WHO)))
def test_the_page_lets_each_take_his_own_steps_and_no_other(
    item: Item, users: dict[str, Client], state: str, who: str
) -> None:
    found = bring(item, state)
    wrong = []
    for key, step in STEPS.items():
        allowed = may_step(key, state) and step.by in MAY_AT_PAGE[who]
        if key == "request" and not found.measure:
            continue  # told by its own test
        with transaction.atomic():
            answer = users[who].post(
                f"/rectification/{item.pk}/step/",
                {
                    "step": key,
                    "version": found.version,
                    "text": "情况属实",
                    "measure": "走访",
                    "due": "2011-01-31",
                },
            )
            changed = Item.objects.get(pk=item.pk).version != found.version
            transaction.set_rollback(True)
        expected = 404 if who == "outsider" else 302 if allowed else 422
        if (answer.status_code, changed) != (expected, allowed):
            wrong.append((key, answer.status_code, changed, "expected", expected, allowed))
    assert not wrong


@pytest.mark.parametrize(("state", "who"), list(itertools.product(State.values, WHO)))
def test_the_page_offers_exactly_the_steps_it_would_take(
    item: Item, users: dict[str, Client], state: str, who: str
) -> None:
    bring(item, state)
    page = users[who].get(f"/rectification/{item.pk}/")
    if who == "outsider":
        assert page.status_code == 404
        return
    text = page.content.decode()
    offered = {key for key in STEPS if f'href="?step={key}#step"' in text}
    assert offered == {k for k, s in STEPS.items() if may_step(k, state) and s.by in MAY_AT_PAGE[who]}


def test_the_office_that_asked_for_closing_does_not_close(item: Item, users: dict[str, Client]) -> None:
    found = bring(item, "close_requested", requester=Operator("wen"))
    answer = users["clerk"].post(
        f"/rectification/{item.pk}/step/", {"step": "close", "version": found.version, "text": "属实"}
    )
    assert answer.status_code == 422
    assert "rectification.step-not-yours" in codes_on(answer)
    assert Item.objects.get(pk=item.pk).state == "close_requested"


def test_an_unknown_step_is_not_found(item: Item, users: dict[str, Client]) -> None:
    answer = users["clerk"].post(f"/rectification/{item.pk}/step/", {"step": "delete", "version": 1})
    assert answer.status_code == 404


def test_a_plan_in_words_keeps_its_measure_when_the_next_plan_takes_its_place(item: Item) -> None:
    take_step(item, "plan", measure="每月走访一次", text="支委会议定。")
    take_step(item, "plan", measure="每周走访一次", text="")
    first, second = Progress.objects.order_by("pk")
    assert first.text == "支委会议定。\n每月走访一次"
    assert second.text == "每周走访一次"
