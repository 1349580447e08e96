"""两个办公室: who may keep the keys, and looked at again at every step at which one office would be too few (decision 0041)."""

from datetime import date

from dianping.accounts.models import User
from dianping.common.refusal import Refusal
from dianping.opinions.models import Key, Poll
from dianping.opinions.selectors.custodians import (
    NOW,
    custody_fault,
    may_hold,
    one_office,
    planner_of,
    printers_of,
)

_WHERE = {Key.Side.UNIT: "本单位党务干事", Key.Side.SUPERIOR: "本单位以上的党委办公室"}


def refuse_custodians(poll: Poll, unit: User, superior: User, today: date) -> None:
    """Refuse two custodians who are one office, or one who may not keep that key."""
    shared = one_office(unit, superior, day=today)
    if shared:
        raise Refusal(
            f"两把钥匙不能由{shared}保管：{unit.name}、{superior.name}。",
            code="opinions.keys-in-one-office",
            remedy="两把钥匙请交两个办公室的人保管：本单位一位，上级一位。",
        )
    shared = one_office(planner_of(poll), superior, day=today)
    if shared:
        raise Refusal(
            f"{superior.name}不能作上级的保管人：他和拟定人{poll.planned_name}是{shared}。拟定的人写名单，上级的保管人"
            "照自己的名单核对，要是两个办公室。",
            code="opinions.custodian-shares-planner-office",
            remedy="请选另一个办公室的人；没有的，取消这一次，由本单位的党务干事另拟。",
        )
    for side, user in ((Key.Side.UNIT, unit), (Key.Side.SUPERIOR, superior)):
        if not may_hold(user, side=side, poll=poll, day=today):
            raise Refusal(
                f"{user.name}不能作{Key.Side(side).label}的保管人：应是{_WHERE[side]}的账号，且不是评议对象。",
                code="opinions.custodian-not-eligible",
                remedy="请另选一人；没有账号的，请管理员用 add_account 开设。",
            )
        if user.username in printers_of(poll):
            raise Refusal(
                f"{user.name}制过这一次的票，不能再保管钥匙。",
                code="opinions.printer-cannot-keep-key",
                remedy="请另选一人。",
            )


def refuse_one_office(poll: Poll, *, day: date) -> None:
    """Refuse where grants given since the freezing have made one office of what were two."""
    told = custody_fault(poll, day=day)
    if told:
        raise Refusal(
            f"{told}核对、点交要两个办公室的人，这一步没有办。",
            code="opinions.offices-became-one",
            remedy="请取消这一次，换保管人另拟一次。",
        )


def refuse_opening_by_one_office(poll: Poll, *, day: date) -> None:
    """Refuse to open as long as it is so. A grant ended is enough here: the lists were confirmed by two offices."""
    told = custody_fault(poll, day=day, left=NOW)
    if told:
        raise Refusal(
            f"{told}开箱要两个办公室的人。",
            code="opinions.offices-became-one",
            remedy="请管理员先结束那一项授权（change_account --end-role）再开；结束不了的，由两位一起销毁这一箱。",
        )
