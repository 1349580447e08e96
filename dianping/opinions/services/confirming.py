"""核对应参加的人: the superior's custodian says of whom he knows that they are people, and by which list; the unit's says it of
the roster, which the superior's office may have written (decision 0040)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.opinions.models import Group, Key, Poll
from dianping.opinions.rights import may_keep_key
from dianping.opinions.selectors.cover import ConfirmingLine, is_unsaid, lists_of
from dianping.opinions.services.custody import refuse_one_office
from dianping.opinions.services.planning import lock_poll


@dataclass(frozen=True, slots=True)
class ListCheck:
    """How many of a line's people stand on a list, and which list that was; nought: not held against any."""

    number: int = 0
    against: str = ""


@act
def confirm_lists(*, poll: Poll, held: Mapping[int, ListCheck], today: date, actor: Actor) -> Poll:
    """Keep what a custodian found: one entry a line of `lists_of` for his side, none counts as nought.

    He may say so again until he takes his key; of a box frozen before this was asked, once, until it is opened. Raises
    Refusal for anybody else, at any other time, where the two offices have become one, and for a number without a list or
    beyond what a list can vouch for.
    """
    permit(actor, may_keep_key, poll)
    locked = lock_poll(poll)
    key = locked.keys.filter(account=actor.name).first()
    lines = lists_of(locked, key.side) if key is not None else []
    open_still = locked.state in (Poll.State.FROZEN, Poll.State.READY)
    if key is None or not lines or not open_still or (key.public and not is_unsaid(locked, key.side)):
        raise Refusal(
            "只有上级的保管人能核对应参加的人（名册里的党员，本单位的保管人也要核对），并且要在领钥匙以前。",
            code="opinions.lists-not-yours",
            remedy="请核对是哪一次征求意见，轮到谁办。",
        )
    refuse_one_office(locked, day=today)
    here = key.side == Key.Side.UNIT
    groups: list[Group] = []
    told = []
    for line in lines:
        own = held.get(line.number, ListCheck())
        _refuse_unsound(line, own)
        missing = max(0, line.size - own.number)
        for group in line.groups:
            number = max(0, group.size - missing)
            if here:
                group.confirmed_here, group.against_here = number, own.against.strip()
            else:
                group.confirmed, group.against = number, own.against.strip()
        groups += line.groups
        told.append([line.label, line.size, own.number, own.against.strip()])
    Group.objects.bulk_update(
        groups, ["confirmed_here", "against_here"] if here else ["confirmed", "against"]
    )
    locked.confirmed_on, locked.version = locked.confirmed_on if here else today, locked.version + 1
    locked.save(update_fields=["confirmed_on", "version"])
    audit.record(
        actor=actor,
        act="核对应参加的人",
        about=f"poll:{locked.pk}",
        path=locked.path,
        side=key.side,
        lists=told,
        confirmed=confirmed_now(locked),
    )
    return locked


def confirmed_now(poll: Poll) -> list[list[object]]:
    """What stands with each group, as the audit entry keeps it; entries from before the unit's custodian was asked have
    nothing of him."""
    rows = poll.groups.values_list("number", "confirmed", "against", "confirmed_here", "against_here")
    return [list(row if row[3] is not None else row[:3]) for row in rows]


def _refuse_unsound(line: ConfirmingLine, own: ListCheck) -> None:
    against = own.against.strip()
    if own.number < 0 or (own.number and not against):
        raise Refusal(
            f"“{line.label}”写了查到 {own.number} 人，没有写照的是哪份名单。",
            code="opinions.list-not-named",
            remedy="请写明名单，例如“学生处2010级名册”；没有核对的，人数写 0。",
        )
    if own.number > line.size and (line.names or line.number < 0):
        raise Refusal(
            f"“{line.label}”应参加的是 {line.size} 人，名单上查到的写了 {own.number} 人。",
            code="opinions.found-number-impossible",
            remedy=f"请写这 {line.size} 人里有几人在名单上。",
        )
    if any(not sign.isprintable() for sign in against) or len(against) > 120:
        raise Refusal(
            "名单的名称里有看不见的符号，或者超过 120 个字。",
            code="opinions.list-name-unusable",
            remedy="请改短，写一行。",
        )
