"""真的办好了吗: a no reopens, once, what is still closed; who is asked about, and when."""

from datetime import date
from typing import Any

import pytest

from dianping.common.audit import Operator
from dianping.common.models import AuditEntry
from dianping.rectification.models import Item, Progress, Verdict
from dianping.rectification.selectors import as_of, items_to_ask
from dianping.rectification.services import hear_masses
from tests.factories import University
from tests.refused import refused
from tests.reviews.telling import OTHER, at, duty_about, item_of, take_step, tell

BOX = Operator("征求意见", "匿名箱")
DUE, ASKED, CLOSED = date(2011, 1, 31), date(2011, 2, 1), date(2011, 2, 8)


@pytest.fixture
def item(opened: University) -> Item:
    """A problem to be put right by 1月31日, closed on 1月5日."""
    found = item_of(tell(duty_about(opened.letters_staff, "branch")))
    for step in ("plan", "request", "close"):
        take_step(found, step, actor=OTHER if step == "close" else Operator("ning"))
    return Item.objects.get(pk=found.pk)


def hear(item: Item, yes: int, no: int, **more: Any) -> Verdict:
    given = {"asked_on": ASKED, "closed_on": CLOSED, "moment": at(CLOSED), "actor": BOX} | more
    return hear_masses(item=item, yes=yes, no=no, **given)


def test_one_no_reopens_a_closed_problem(item: Item) -> None:
    verdict = hear(item, 6, 1)
    found = Item.objects.get(pk=item.pk)
    assert (found.state, found.closed_on, found.closed_by) == ("in_progress", None, "")
    assert found.version == item.version + 1
    step = Progress.objects.get(item=item, step="masses")
    assert (step.on, verdict.no) == (CLOSED, 1)
    assert not any(figure in step.text for figure in "0123456789"), "no count leaves by the way of words"
    acts = AuditEntry.objects.filter(about=f"item:{item.pk}").values_list("act", flat=True)
    assert list(acts)[-2:] == ["登记群众回音", "群众说没有办好"]


def test_the_books_of_the_day_know_that_it_was_reopened(item: Item) -> None:
    hear(item, 0, 3)
    (then,) = as_of(Item.objects.filter(pk=item.pk), day=date(2011, 2, 7))
    (now,) = as_of(Item.objects.filter(pk=item.pk), day=CLOSED)
    assert (then.state_then, now.state_then) == ("closed", "in_progress")  # type: ignore[attr-defined]


@pytest.mark.parametrize("yes", [0, 9])
def test_without_a_no_it_stays_closed(item: Item, yes: int) -> None:
    hear(item, yes, 0)
    assert Item.objects.get(pk=item.pk).state == "closed"


def test_an_asking_told_twice_is_one_and_told_otherwise_is_refused(item: Item) -> None:
    first = hear(item, 6, 1)
    entries = AuditEntry.objects.count()
    assert hear(item, 6, 1) == first
    assert AuditEntry.objects.count() == entries
    with refused("rectification.answers-differ"):
        hear(item, 7, 0)
    assert Verdict.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"yes": -1},
        {"no": -1},
        {"closed_on": date(2011, 1, 30)},
        {"moment": at(date(2011, 2, 7))},
    ],
)
def test_counts_and_days_that_cannot_be_are_refused(item: Item, wrong: dict[str, Any]) -> None:
    with refused("rectification.counts-impossible", "rectification.days-out-of-order"):
        hear(item, **{"yes": 5, "no": 1} | wrong)
    assert Item.objects.get(pk=item.pk).state == "closed"


def test_an_answer_to_an_earlier_closing_does_not_undo_a_later_one(item: Item) -> None:
    take_step(item, "reopen", on=date(2011, 2, 2), actor=OTHER)
    take_step(item, "request", on=date(2011, 2, 3))
    take_step(item, "close", on=date(2011, 2, 4), actor=OTHER)
    hear(item, 1, 4)  # asked on 2月1日, about what was closed in January
    assert Item.objects.get(pk=item.pk).state == "closed"


def test_a_no_about_a_problem_no_longer_closed_is_written_down_alone(item: Item) -> None:
    take_step(item, "reopen", on=date(2011, 2, 2), actor=OTHER)
    version = Item.objects.get(pk=item.pk).version
    hear(item, 0, 2)
    found = Item.objects.get(pk=item.pk)
    assert (found.state, found.version, Verdict.objects.count()) == ("in_progress", version, 1)


def test_a_closed_problem_is_asked_about_when_its_promised_day_comes_and_once(item: Item) -> None:
    assert not items_to_ask(date(2011, 1, 30)).exists()
    assert list(items_to_ask(DUE)) == [item]
    hear(item, 6, 0)
    assert not items_to_ask(date(2011, 3, 1)).exists()


def test_closed_again_it_is_asked_about_again(item: Item) -> None:
    hear(item, 5, 1)
    assert not items_to_ask(date(2011, 2, 9)).exists(), "a problem that is open is nobody's to ask about"
    take_step(item, "request", on=date(2011, 2, 10))
    take_step(item, "close", on=date(2011, 2, 11), actor=OTHER)
    assert list(items_to_ask(date(2011, 2, 11))) == [item]


def test_without_a_promised_day_nobody_is_asked(item: Item) -> None:
    Item.objects.filter(pk=item.pk).update(due=None)
    assert not items_to_ask(date(2011, 12, 31)).exists()


def test_no_step_of_anybody_is_the_masses_own(item: Item) -> None:
    with refused("rectification.only-masses-reopen"):
        take_step(item, "masses", actor=OTHER)
