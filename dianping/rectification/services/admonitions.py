"""约谈: the head of a lagging unit is called in, told, and heard; later somebody writes what came of it.

Basis: 豫创组办发〔2010〕26号 三.2 (`也可专门约谈，指出问题，督促整改提高`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dianping.common import audit, trees
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.orgs.models import Organisation, Post, Role
from dianping.orgs.selectors.posts import head_person
from dianping.rectification.models import Admonition, Item, State
from dianping.rectification.rights import may_admonish, may_settle_admonition


@dataclass(frozen=True, slots=True)
class Talk:
    """What is written down of one talk."""

    held_on: date
    due: date
    reasons: str
    told: str
    promised: str
    place: str = ""


@act
def hold_admonition(
    *,
    organisation: Organisation,
    talk: Talk,
    items: Iterable[Item],
    moment: datetime,
    actor: Actor,
) -> Admonition:
    """Enter a talk with whoever headed the unit on its day.

    Raises Refusal for days that cannot be, parts not written, a unit nobody heads, a talk with oneself, problems
    that are not the unit's or are closed, and a second talk with one unit on one day.
    """
    permit(actor, may_admonish, organisation.path)
    unit = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    _refuse_wrong_talk(talk, moment.date())
    head = head_person(unit, day=talk.held_on)
    if head is None:
        raise Refusal(
            f"{unit.name}在 {talk.held_on} 没有书记，也没有主持工作的副书记。",
            code="rectification.nobody-heads-unit",
            remedy="请先在名册里登记由谁负责。",
        )
    if actor.is_person(head.pk):
        raise Refusal(
            "不能约谈自己。", code="rectification.talk-with-oneself", remedy="请由上级办公室或点评人登记。"
        )
    if Admonition.objects.filter(organisation=unit, held_on=talk.held_on).exists():
        raise Refusal(
            f"{unit.name} {talk.held_on} 的约谈已经登记过。",
            code="rectification.talk-already-recorded",
            remedy="请在约谈表里看那一次的记录。",
        )
    chosen = list(items)
    _refuse_wrong_items(unit, chosen)
    admonition = Admonition.objects.create(
        organisation=unit,
        path=unit.path,
        person=head,
        post=Post.objects.get(organisation=unit, role=Role.SECRETARY),
        held_on=talk.held_on,
        place=talk.place.strip(),
        reasons=talk.reasons.strip(),
        told=talk.told.strip(),
        promised=talk.promised.strip(),
        due=talk.due,
        entered_at=moment,
        by=actor.signature,
    )
    admonition.items.set(chosen)
    audit.record(
        actor=actor,
        act="登记约谈",
        about=f"admonition:{admonition.pk}",
        path=unit.path,
        items=sorted(item.pk for item in chosen),
    )
    return admonition


def _refuse_wrong_talk(talk: Talk, today: date) -> None:
    if talk.held_on > today:
        raise Refusal(
            f"约谈日 {talk.held_on} 还没有到。",
            code="rectification.talk-in-future",
            remedy="请在谈过之后登记。",
        )
    if talk.due < talk.held_on:
        raise Refusal(
            f"整改期限 {talk.due} 早于约谈日 {talk.held_on}。",
            code="rectification.due-before-talk",
            remedy="请填约谈之后的日期。",
        )
    parts = (("事由", talk.reasons), ("约谈意见", talk.told), ("表态和措施", talk.promised))
    missing = [label for label, text in parts if not text.strip()]
    if missing:
        raise Refusal(
            f"约谈记录缺{'、'.join(missing)}。",
            code="rectification.talk-parts-missing",
            remedy="请写全后再登记。",
        )


def _refuse_wrong_items(unit: Organisation, items: list[Item]) -> None:
    foreign = [item for item in items if not trees.is_within(item.path, unit.path)]
    if foreign:
        raise Refusal(
            f"选了 {len(foreign)} 个不属于{unit.name}的问题。",
            code="rectification.items-of-another-unit",
            remedy="请只选这个单位及其下级的问题。",
        )
    closed = [item for item in items if item.state == State.CLOSED]
    if closed:
        raise Refusal(
            f"选的问题里有 {len(closed)} 个已经销号。",
            code="rectification.items-already-closed",
            remedy="请去掉已经销号的再登记。",
        )


@act
def settle_admonition(*, admonition: Admonition, outcome: str, moment: datetime, actor: Actor) -> Admonition:
    """Write what came of a talk, once. Raises Refusal without words, twice, or for the one who was called in."""
    permit(actor, may_settle_admonition, admonition.path)
    held = Admonition.objects.select_for_update(of=("self",)).get(pk=admonition.pk)
    if held.settled_on is not None:
        raise Refusal(
            f"这次约谈已于 {held.settled_on} 办结。",
            code="rectification.talk-already-settled",
            remedy="结果写定后不再改动。",
        )
    if actor.is_person(held.person_id):
        raise Refusal(
            "被约谈的人不能自己办结。",
            code="rectification.settled-by-oneself",
            remedy="请由上级办公室或点评人写明结果。",
        )
    if not outcome.strip():
        raise Refusal(
            "约谈的结果没有写。",
            code="rectification.outcome-missing",
            remedy="请写明问题整改到哪一步、是否见效。",
        )
    held.settled_on, held.outcome = moment.date(), outcome.strip()
    held.save(update_fields=["settled_on", "outcome"])
    audit.record(actor=actor, act="办结约谈", about=f"admonition:{held.pk}", path=held.path)
    return held
