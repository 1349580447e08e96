"""领取钥匙: each custodian makes his own; when both are there, so is the box."""

import os
from datetime import date

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.opinions.models import Box, Key, Poll, Slot
from dianping.opinions.rights import may_keep_key
from dianping.opinions.rules import envelope_bytes
from dianping.opinions.selectors.cover import is_unsaid, lists_of
from dianping.opinions.services.accounting import change, slot_term
from dianping.opinions.services.custody import refuse_one_office
from dianping.opinions.services.machine_key import erase, keep_key, path_of
from dianping.opinions.services.planning import lock_poll
from dianping.opinions.services.sealing import OVERHEAD, new_key

_PLACES = 1 << 20  # slots a poll may number
_AT_ONCE = 200  # slots written by one statement


class StaleKey(Refusal):
    """A key would be made in the place of another than the one that was looked at: a page sent again, or an old one."""


@sensitive_variables("made")
@act
def take_key(*, poll: Poll, replaces: str, today: date, actor: Actor) -> str:
    """领取钥匙: make this custodian's key and return what he prints. Shown once; the box is made when both are there.

    Until slips are printed a custodian may take a new one (the paper did not print). `replaces`: the public half of the key
    that it makes worthless, "" for the first; StaleKey for any other. Raises Refusal once slips are printed, and for
    one who has not said yet whom he found on a list (decision 0040).
    """
    permit(actor, may_keep_key, poll)
    locked = lock_poll(poll)
    key = locked.keys.filter(account=actor.name).first()
    if key is None or locked.state not in (Poll.State.FROZEN, Poll.State.READY):
        raise Refusal(
            "您不是这一箱的保管人，或者现在不能领钥匙。",
            code="opinions.key-not-yours",
            remedy="请核对是哪一次征求意见。",
        )
    box = Box.objects.select_for_update().filter(poll=locked).first()
    if key.public and locked.batches.exists():
        raise Refusal(
            "钥匙已经领过，票也已经制好，不能换钥匙。",
            code="opinions.slips-already-printed",
            remedy="请用领取时打印的那一张；丢了的，这一箱只能销毁。",
        )
    if replaces != key.public:
        raise StaleKey(
            "这一页已经旧了：钥匙已经领过，这一次没有领，先前打印的那一张仍然有效。",
            code="opinions.key-page-stale",
            remedy="没有打印好的，请回到这一次，从“没有打印好，再领一次”进去再领；那时先前的一张作废。",
        )
    refuse_one_office(locked, day=today)
    if lists_of(locked, key.side) and is_unsaid(locked, key.side):
        raise Refusal(
            "还没有核对应参加的人。",
            code="opinions.lists-not-checked",
            remedy="请先逐组写明照哪份名单核对、查到几人，再领钥匙。",
        )
    old = path_of(locked) if locked.machine_key else None
    made = new_key()
    Key.objects.filter(pk=key.pk).update(public=made.public, taken_on=today)
    audit.record(
        actor=actor,
        act="领取钥匙",
        about=f"poll:{locked.pk}",
        path=locked.path,
        side=key.side,
        public=made.public,
    )
    if not locked.keys.filter(public="").exists():
        if box is not None:  # a key taken anew: nothing was sealed to the old one yet
            Slot.objects.filter(poll=locked).delete()
            box.delete()
        _make_box(locked)
        if old is not None:
            transaction.on_commit(lambda: erase(old))
    return made.paper


@sensitive_variables("third")
def _make_box(poll: Poll) -> None:
    """Make the machine's key, allocate two slots a person, filled with chance, and close the sum over them."""
    subjects = poll.subjects.count()
    width = _width(poll, subjects)
    third = new_key()
    poll.machine_key = third.public
    keep_key(poll, third)  # before the commit: no box is ever there without its key
    count = 2 * sum(poll.groups.values_list("size", flat=True))
    keys = dict(poll.keys.values_list("side", "public"))
    box = Box.objects.create(
        poll=poll,
        slots=count,
        width=width,
        subjects=subjects,
        unit_key=keys[Key.Side.UNIT],
        superior_key=keys[Key.Side.SUPERIOR],
        machine_key=third.public,
        sum="0" * 64,
        mark="",
    )
    places, total = slot_places(box), 0
    for at in range(0, count, _AT_ONCE):
        slots = [
            Slot(place=place, poll=poll, envelope=os.urandom(width)) for place in places[at : at + _AT_ONCE]
        ]
        Slot.objects.bulk_create(slots)
        total += sum(slot_term(slot.place, False, bytes(slot.envelope)) for slot in slots)
    change(box, into=(total,))
    Poll.objects.filter(pk=poll.pk).update(
        state=Poll.State.READY, machine_key=third.public, version=poll.version + 1
    )


def _width(poll: Poll, subjects: int) -> int:
    try:
        return envelope_bytes(poll.sheet, subjects, OVERHEAD)
    except ValueError as no:  # planned when an envelope had one layer less
        raise Refusal(
            str(no), code="opinions.form-too-large", remedy="请取消这一次，把题目或对象分成几次另拟。"
        ) from no


def slot_places(box: Box) -> range:
    """The places of a box's slots."""
    return range(box.poll_id * _PLACES, box.poll_id * _PLACES + box.slots)
