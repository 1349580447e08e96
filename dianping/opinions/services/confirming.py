"""核对应参加的人: the superior's custodian says of whom he knows that they are people, and by which list (decision 0040)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.opinions.models import Group, Key, Poll
from dianping.opinions.selectors.cover import Listed, lists_of
from dianping.opinions.services.planning import lock_poll


@dataclass(frozen=True, slots=True)
class Held:
    """How many of a line's people stand on a list, and which list that was; nought: not held against any."""

    number: int = 0
    against: str = ""


@act
def confirm_lists(*, poll: Poll, held: Mapping[int, Held], today: date, actor: Actor) -> Poll:
    """Keep what the superior's custodian found: one entry a line of `lists_of`, none counts as nought.

    He may say so again until he takes his key; of a box frozen before this was asked, once, until it is opened. Raises
    Refusal for anybody else, at any other time, and for a number without a list or beyond what a list can vouch for.
    """
    locked = lock_poll(poll)
    key = locked.keys.filter(side=Key.Side.SUPERIOR, account=actor.name).first()
    open_still = locked.state in (Poll.State.FROZEN, Poll.State.READY)
    if key is None or not open_still or (key.public and locked.confirmed_on is not None):
        raise Refusal(
            "只有上级的保管人能核对应参加的人，并且要在领钥匙以前。",
            remedy="请核对是哪一次征求意见，轮到谁办。",
        )
    groups: list[Group] = []
    told = []
    for line in lists_of(locked):
        found = held.get(line.number, Held())
        _refuse_unsound(line, found)
        missing = max(0, line.size - found.number)
        for group in line.groups:
            group.confirmed, group.against = max(0, group.size - missing), found.against.strip()
        groups += line.groups
        told.append([line.label, line.size, found.number, found.against.strip()])
    Group.objects.bulk_update(groups, ["confirmed", "against"])
    locked.confirmed_on, locked.version = today, locked.version + 1
    locked.save(update_fields=["confirmed_on", "version"])
    audit.record(
        actor=actor,
        act="核对应参加的人",
        about=f"poll:{locked.pk}",
        path=locked.path,
        lists=told,
        confirmed=confirmed_now(locked),
    )
    return locked


def confirmed_now(poll: Poll) -> list[list[object]]:
    """What stands with each group, as the audit entry keeps it."""
    return [list(row) for row in poll.groups.values_list("number", "confirmed", "against")]


def _refuse_unsound(line: Listed, found: Held) -> None:
    against = found.against.strip()
    if found.number < 0 or (found.number and not against):
        raise Refusal(
            f"“{line.label}”写了查到 {found.number} 人，没有写照的是哪份名单。",
            remedy="请写明名单，例如“学生处2010级名册”；没有核对的，人数写 0。",
        )
    if found.number > line.size and (line.names or line.number < 0):
        raise Refusal(
            f"“{line.label}”应参加的是 {line.size} 人，名单上查到的写了 {found.number} 人。",
            remedy=f"请写这 {line.size} 人里有几人在名单上。",
        )
    if any(not sign.isprintable() for sign in against) or len(against) > 120:
        raise Refusal("名单的名称里有看不见的符号，或者超过 120 个字。", remedy="请改短，写一行。")
