"""延期: more time is asked for by those who put it right, and granted or refused by those who judge it.

Basis: 豫创组办发〔2010〕26号 四.1 (problems are put right in time); decision 0029 for who moves a date that stands.
"""

from datetime import date, datetime

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.rectification.models import Extension, Item
from dianping.rectification.rights import may_answer_extension, may_ask_extension
from dianping.rectification.rules.steps import EXTENDABLE
from dianping.rectification.selectors import owns
from dianping.rectification.services.items import JUDGES, locked_item


@act
def ask_extension(
    *, item: Item, until: date, reason: str, version: int, moment: datetime, actor: Actor
) -> Extension:
    """Ask for more time. The date that stands goes on standing until somebody else has granted another.

    Raises Refusal without words, without a date to move, for a day that is no later or already gone, or while an
    earlier asking waits; Conflict when somebody changed the item meanwhile.
    """
    permit(actor, may_ask_extension, item)
    locked = locked_item(item, version, "申请延期")
    due = _due_to_move(locked)
    _refuse_wrong_day(until, due, moment.date(), "申请延至")
    if not reason.strip():
        raise Refusal(
            "申请延期没有写理由。",
            code="rectification.extension-without-reason",
            remedy="请写明为什么做不完、已经做到哪一步、还要做什么。",
        )
    extension = Extension.objects.create(
        item=locked,
        asked_on=moment.date(),
        asked_by=actor.signature,
        asked_as=actor.name,
        reason=reason.strip(),
        was_due=due,
        until=until,
    )
    _step_on(locked)
    audit.record(
        actor=actor, act="申请延期", about=f"item:{locked.pk}", path=locked.path, was_due=due, until=until
    )
    return extension


def _due_to_move(item: Item) -> date:
    if item.state not in EXTENDABLE:
        raise Refusal(
            f"这一项现在是“{item.get_state_display()}”，不用延期。",
            code="rectification.extension-not-needed",
            remedy="退回或重新打开以后才能申请延期。",
        )
    if item.due is None:
        raise Refusal(
            "这一项还没有定完成时限，没有可延的日子。",
            code="rectification.no-due-day",
            remedy="请先填写整改措施和完成时限。",
        )
    if item.extensions.filter(granted=None).exists():
        raise Refusal(
            "已经有一份延期申请在等答复。",
            code="rectification.extension-already-asked",
            remedy=f"请等{JUDGES}答复后再申请。",
        )
    return item.due


def _refuse_wrong_day(until: date, due: date, today: date, word: str) -> None:
    if until <= due:
        raise Refusal(
            f"{word} {until}，不晚于现在的期限 {due}。",
            code="rectification.extension-not-later",
            remedy=f"请填 {due} 之后的日期。",
        )
    if until < today:
        raise Refusal(
            f"{word} {until}，那一天已经过去。",
            code="rectification.extension-day-past",
            remedy="请填今天或今天以后的日期。",
        )


@act
def answer_extension(
    *,
    extension: Extension,
    granted: bool,
    until: date | None,
    words: str,
    version: int,
    moment: datetime,
    actor: Actor,
) -> Extension:
    """Grant (to the day asked for, or another) or refuse in words. Granted, the item's due date moves.

    Raises Refusal for the owner and for whoever asked, for an asking already answered, a day that is no later, or a
    no without words; Conflict when somebody changed the item meanwhile.
    """
    permit(actor, may_answer_extension, extension.item)
    locked = locked_item(extension.item, version, "答复延期")
    asked = Extension.objects.select_for_update(of=("self",)).get(pk=extension.pk, item=locked)
    _refuse_wrong_answer(locked, asked, actor)
    if not granted and not words.strip():
        raise Refusal(
            "不同意延期没有写理由。",
            code="rectification.denial-without-reason",
            remedy="请写明为什么不同意、应怎样按期做完。",
        )
    today = moment.date()
    asked.granted, asked.decided_on, asked.decided_by = granted, today, actor.signature
    asked.words = words.strip()
    if granted:
        assert locked.due is not None
        day = until or asked.until
        _refuse_wrong_day(day, locked.due, today, "批准延至")
        asked.was_due, asked.granted_until, locked.due = locked.due, day, day
    asked.save()
    _step_on(locked)
    audit.record(
        actor=actor,
        act="批准延期" if granted else "不同意延期",
        about=f"item:{locked.pk}",
        path=locked.path,
        due=locked.due,
    )
    return asked


def _refuse_wrong_answer(item: Item, asked: Extension, actor: Actor) -> None:
    if asked.granted is not None:
        raise Refusal(
            f"这份延期申请已于 {asked.decided_on} 由{asked.decided_by}答复。",
            code="rectification.extension-already-answered",
            remedy="要再延，请另行申请。",
        )
    if owns(actor.person, item) or actor.name == asked.asked_as:
        raise Refusal(
            "责任人和申请人不能自己批准延期。",
            code="rectification.owner-cannot-answer",
            remedy=f"请由{JUDGES}答复。",
        )


def _step_on(item: Item) -> None:
    item.version += 1
    item.save(update_fields=["due", "version"])
