"""延期: asked for by one side, answered by the other; the date that stands counts until then (decision 0029)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dianping.common.audit import Operator
from dianping.common.models import AuditEntry
from dianping.common.refusal import Conflict
from dianping.orgs.models import Person
from dianping.rectification.models import Extension, Item
from dianping.rectification.services import answer_extension, ask_extension
from tests import kept
from tests.factories import University
from tests.refused import refused
from tests.reviews.telling import NEW_YEAR, OTHER, at, duty_about, item_of, take_step, tell

NING = Operator("ning", "书记", "宁守真")
DUE = date(2011, 1, 31)  # as the reviewer set it


@pytest.fixture
def item(opened: University) -> Item:
    """A problem of 宁支书's branch, to be put right by 1月31日; its owner is himself."""
    return kept.standing(
        "item", lambda: item_of(tell(duty_about(opened.letters_staff, "branch"))), given=opened
    )


def ask(item: Item, until: date = date(2011, 2, 20), *, on: date = NEW_YEAR, **more: Any) -> Extension:
    found = Item.objects.get(pk=item.pk)
    given = {"reason": "人手不足，只做了一半。", "version": found.version, "actor": NING} | more
    return ask_extension(item=found, until=until, moment=at(on), **given)


def answer(
    extension: Extension,
    granted: bool,
    *,
    until: date | None = None,
    words: str = "情况属实。",
    by: Person | None = None,
    actor: Operator = OTHER,
    on: date = NEW_YEAR,
    version: int | None = None,
) -> Extension:
    found = Item.objects.get(pk=extension.item_id)
    return answer_extension(
        extension=extension,
        granted=granted,
        until=until,
        words=words,
        version=found.version if version is None else version,
        moment=at(on),
        actor=replace(actor, himself=by) if by else actor,
    )


def due_of(item: Item) -> date | None:
    return Item.objects.get(pk=item.pk).due


def test_asking_moves_nothing_and_granting_moves_the_date(item: Item) -> None:
    asked = ask(item)
    assert (due_of(item), asked.was_due, asked.granted) == (DUE, DUE, None)
    granted = answer(asked, True)
    assert due_of(item) == date(2011, 2, 20)
    assert (granted.was_due, granted.granted_until, granted.decided_by) == (
        DUE,
        date(2011, 2, 20),
        OTHER.name,
    )
    acts = AuditEntry.objects.filter(about=f"item:{item.pk}").values_list("act", flat=True)
    assert {"申请延期", "批准延期"} <= set(acts)


def test_another_day_may_be_granted_than_the_one_asked_for(item: Item) -> None:
    answer(ask(item), True, until=date(2011, 2, 10))
    assert due_of(item) == date(2011, 2, 10)


def test_a_refusal_leaves_the_date_and_keeps_its_words(item: Item) -> None:
    denied = answer(ask(item), False, words="年前必须做完。")
    assert (due_of(item), denied.granted, denied.words) == (DUE, False, "年前必须做完。")
    assert ask(item).pk != denied.pk, "after an answer one may ask again"


@pytest.mark.parametrize("until", [DUE, date(2011, 1, 10)])
def test_a_day_that_is_no_later_is_refused(item: Item, until: date) -> None:
    with refused("rectification.extension-not-later", match="不晚于现在的期限 2011-01-31"):
        ask(item, until)
    with refused("rectification.extension-not-later"):
        answer(ask(item), True, until=until)
    assert due_of(item) == DUE


def test_a_day_already_gone_is_refused(item: Item) -> None:
    with refused("rectification.extension-day-past"):
        ask(item, date(2011, 2, 10), on=date(2011, 3, 1))


def test_asking_needs_a_reason_and_refusing_needs_one_too(item: Item) -> None:
    with refused("rectification.extension-without-reason"):
        ask(item, reason=" 　\n")
    with refused("rectification.denial-without-reason"):
        answer(ask(item), False, words=" ")


def test_one_asking_waits_at_a_time(item: Item) -> None:
    ask(item)
    with refused("rectification.extension-already-asked"):
        ask(item, date(2011, 3, 1))
    assert Extension.objects.count() == 1


def test_where_no_date_stands_there_is_none_to_move(item: Item) -> None:
    Item.objects.filter(pk=item.pk).update(due=None)
    with refused("rectification.no-due-day"):
        ask(item)


@pytest.mark.parametrize("ways", [("plan", "request"), ("plan", "request", "close")])
def test_what_is_said_to_be_done_asks_for_no_more_time(item: Item, ways: tuple[str, ...]) -> None:
    for step in ways:
        take_step(item, step, actor=OTHER if step == "close" else NING)
    with refused("rectification.extension-not-needed"):
        ask(item)


def test_neither_the_owner_nor_whoever_asked_grants_it(item: Item, opened: University) -> None:
    asked = ask(item)
    for by, actor in ((opened.people["宁守真"], Operator("somebody")), (None, NING)):
        with refused("rectification.owner-cannot-answer"):
            answer(asked, True, by=by, actor=actor)
    assert due_of(item) == DUE


def test_an_asking_is_answered_once(item: Item) -> None:
    asked = ask(item)
    answer(asked, True)
    with refused("rectification.extension-already-answered", match="已于 2011-01-05 由"):
        answer(asked, False)
    assert due_of(item) == date(2011, 2, 20)


def test_two_people_at_once_the_second_is_told(item: Item) -> None:
    with refused("rectification.item-changed-meanwhile", kind=Conflict):
        ask(item, version=item.version - 1)
    seen = Item.objects.get(pk=item.pk).version
    asked = ask(item)
    with refused("rectification.item-changed-meanwhile", kind=Conflict):
        answer(asked, True, version=seen)
    with refused("rectification.item-changed-meanwhile", kind=Conflict):
        take_step(item, "plan", version=seen)


def test_the_side_reviewed_brings_a_date_nearer_and_never_puts_it_off(item: Item) -> None:
    take_step(item, "plan", due=date(2011, 1, 20))
    assert due_of(item) == date(2011, 1, 20)
    with refused("rectification.due-already-set"):
        take_step(item, "plan", due=date(2011, 1, 21))
    assert due_of(item) == date(2011, 1, 20)


def test_where_no_date_stands_the_side_reviewed_sets_one(item: Item) -> None:
    Item.objects.filter(pk=item.pk).update(due=None)
    take_step(item, "plan", due=date(2011, 5, 1))
    assert due_of(item) == date(2011, 5, 1)


def test_closing_answers_what_still_waits(item: Item) -> None:
    take_step(item, "plan", actor=NING)
    asked = ask(item)
    take_step(item, "request", actor=NING)
    take_step(item, "close", actor=OTHER)
    asked.refresh_from_db()
    assert (asked.granted, asked.words) == (False, "已经销号，不再需要延期。")
