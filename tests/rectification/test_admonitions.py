"""约谈: entered once, with whoever headed the unit, about the unit's own problems; settled once, by somebody else."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dianping.common.audit import Operator
from dianping.common.models import AuditEntry
from dianping.orgs.models import Organisation
from dianping.orgs.services import vacate
from dianping.rectification.models import Admonition, Item
from dianping.rectification.selectors import lagging_items, lagging_units
from dianping.rectification.services import Talk, hold_admonition, settle_admonition
from tests import kept
from tests.factories import ACTOR, University, secretarys_seat
from tests.refused import refused
from tests.reviews.telling import NEW_YEAR, OTHER, at, duty_about, item_of, take_step, tell

DAY = date(2011, 2, 10)
WORDS: dict[str, Any] = {
    "held_on": DAY,
    "due": date(2011, 3, 10),
    "place": "党委会议室",
    "reasons": "两项问题逾期没有改。",
    "told": "一个月内改完。",
    "promised": "每周报一次进展。",
}


@pytest.fixture
def item(opened: University) -> Item:
    return kept.standing(
        "item", lambda: item_of(tell(duty_about(opened.letters_staff, "branch"))), given=opened
    )


def hold(unit: Organisation, items: list[Item] | None = None, **more: Any) -> Admonition:
    by, actor = more.pop("by", None), more.pop("actor", OTHER)
    actor = replace(actor, himself=by)
    return hold_admonition(
        organisation=unit, talk=Talk(**WORDS | more), items=items or [], moment=at(DAY), actor=actor
    )


def settle(held: Admonition, outcome: str = "已全部改完。", **more: Any) -> Admonition:
    given = {"moment": at(date(2011, 3, 9)), "actor": OTHER} | more
    given["actor"] = replace(given["actor"], himself=given.pop("by", None))
    return settle_admonition(admonition=held, outcome=outcome, **given)


def test_a_talk_is_with_whoever_heads_the_unit_about_the_problems_ticked(
    opened: University, item: Item
) -> None:
    held = hold(opened.letters_staff, [item])
    assert held.person == opened.people["宁守真"]
    assert held.post == secretarys_seat(opened.letters_staff)
    assert list(held.items.all()) == [item]
    assert AuditEntry.objects.filter(act="登记约谈", about=f"admonition:{held.pk}").count() == 1


def test_a_unit_above_is_told_of_the_problems_below_it(opened: University, item: Item) -> None:
    assert list(hold(opened.letters, [item]).items.all()) == [item]


def test_problems_of_others_and_closed_ones_are_refused(opened: University, item: Item) -> None:
    with refused("rectification.items-of-another-unit"):
        hold(opened.sciences_staff, [item])
    for step in ("plan", "request", "close"):
        take_step(item, step, actor=OTHER if step == "close" else ACTOR)
    with refused("rectification.items-already-closed"):
        hold(opened.letters_staff, [Item.objects.get(pk=item.pk)])
    assert not Admonition.objects.exists()


@pytest.mark.parametrize("part", ["reasons", "told", "promised"])
def test_a_talk_without_one_of_its_parts_is_refused(opened: University, part: str) -> None:
    with refused("rectification.talk-parts-missing"):
        hold(opened.letters_staff, **{part: " 　"})


def test_days_that_cannot_be_are_refused(opened: University) -> None:
    with refused("rectification.talk-in-future"):
        hold(opened.letters_staff, held_on=date(2011, 2, 11))
    with refused("rectification.due-before-talk"):
        hold(opened.letters_staff, due=date(2011, 2, 9))


def test_nobody_talks_to_himself_and_nobody_to_an_empty_seat(opened: University) -> None:
    with refused("rectification.talk-with-oneself"):
        hold(opened.letters_staff, by=opened.people["宁守真"])
    vacate(post=secretarys_seat(opened.letters_staff), on=NEW_YEAR, actor=ACTOR)
    with refused("rectification.nobody-heads-unit"):
        hold(opened.letters_staff)


def test_one_unit_is_called_in_once_a_day(opened: University) -> None:
    hold(opened.letters_staff)
    with refused("rectification.talk-already-recorded"):
        hold(opened.letters_staff)
    assert Admonition.objects.count() == 1


def test_a_talk_is_settled_once_in_words_and_by_somebody_else(opened: University) -> None:
    held = hold(opened.letters_staff)
    with refused("rectification.outcome-missing"):
        settle(held, "　")
    with refused("rectification.settled-by-oneself"):
        settle(held, by=opened.people["宁守真"], actor=Operator("ning"))
    settled = settle(held)
    assert (settled.settled_on, settled.outcome) == (date(2011, 3, 9), "已全部改完。")
    with refused("rectification.talk-already-settled", match="已于 2011-03-09 办结"):
        settle(held)


def test_what_lags_is_past_the_date_people_set_or_found_unresolved(opened: University, item: Item) -> None:
    top = opened.top.path
    assert not lagging_items(top, today=date(2011, 1, 31)).exists()
    assert list(lagging_items(top, today=date(2011, 2, 1))) == [item]
    take_step(item, "unresolved", actor=OTHER)
    (unit,) = lagging_units(top, today=date(2011, 1, 31))
    assert (unit["code"], unit["overdue"], unit["unresolved"]) == (opened.letters_staff.code, 0, 1)
