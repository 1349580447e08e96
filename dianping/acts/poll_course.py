"""The course of a poll as seven steps: where it stands, the one thing to do now, and who does it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dianping.accounts.viewer import Viewer
from dianping.opinions.selectors import UnableCustodian, concerns, is_unsaid, unable_of
from dianping.opinions.selectors.custodians import lies_printed_here
from dianping.opinions.selectors.listing import undone_of, without_reply
from dianping.reviews.selectors import points_named

if TYPE_CHECKING:
    from dianping.opinions.models import Key, Poll
    from dianping.opinions.selectors import PollStanding

STEPS = ("拟定", "封定名册", "领钥匙", "制票发票", "收表", "开箱", "公布")
MARKS = {
    "planned": "open",
    "frozen": "doing",
    "ready": "doing",
    "opened": "done",
    "destroyed": "void",
    "cancelled": "void",
}
OFFICE = "办公室"


@dataclass(frozen=True, slots=True)
class Now:
    """The step reached (from 1), what to do as a sentence, whose turn it is ("" for nobody's), by which right; `account`:
    where it is the turn of one account only."""

    step: int
    sentence: str
    whose: str = ""
    right: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """Of an opened poll: sayings under no point, and points neither answered nor named as a problem."""

    sayings: int = 0
    points: int = 0


def left_of(polls: Iterable["Poll"]) -> dict[int, Left]:
    """What is left to do with the words of those polls that are opened, in three queries at most."""
    opened = [poll.pk for poll in polls if poll.state == "opened"]
    if not opened:
        return {}
    sayings, silent = undone_of(opened), without_reply(opened)
    named = points_named(point for _, point in silent) if silent else set()
    points = Counter(poll for poll, point in silent if point not in named)
    return {pk: Left(sayings.get(pk, 0), points[pk]) for pk in opened}


def now_of(
    poll: "Poll",
    *,
    day: date,
    due: int,
    issued: int,
    used: int,
    uncounted: int = 0,
    left: Left | None = None,
    unable: Sequence[UnableCustodian] = (),
) -> Now:
    """What comes next for a poll with so many people, slips (so many of them not counted out) and forms, of an opened one
    with so much left, and with custodians who can no longer act."""
    now = _step_of(poll, day=day, due=due, issued=issued, used=used, uncounted=uncounted, left=left)
    if not unable or poll.state == "opened" or now.right == "destroy":
        return now
    told, other = told_of_unable(poll, unable)
    if other is None:
        return replace(now, sentence=told, whose=OFFICE, right="")
    return replace(now, sentence=told, whose=other.name, right="replace", account=other.account)


def told_of_unable(poll: "Poll", unable: Sequence[UnableCustodian]) -> tuple[str, "Key | None"]:
    """What is to be done about custodians who can no longer act, and the key of the one who does it (None: nobody can)."""
    gone = [custodian.key.side for custodian in unable]
    other = next((key for key in poll.keys.all() if key.side not in gone), None)
    if other is not None:
        return f"{unable[0].told}，请另一位保管人{other.name}办理换保管人。", other
    told = "，".join(custodian.told for custodian in unable)
    return (
        f"{told}：请管理员先恢复一位（change_account --reopen 或者 --role），再由这一位换另一位；不然这一箱打不开，也销毁不了。",
        None,
    )


def _step_of(
    poll: "Poll", *, day: date, due: int, issued: int, used: int, uncounted: int, left: Left | None
) -> Now:
    if poll.state == "planned":
        if day > poll.closes:
            return Now(2, "止日已经过了，名册还没有封定。请取消这一次，另拟一次。", OFFICE, "destroy")
        return Now(2, "选定两位保管人，封定名册。", OFFICE, "freeze")
    if poll.state == "frozen" and day > poll.closes:
        return Now(3, "止日已经过了，两把钥匙还没有领齐。请取消这一次，另拟一次。", OFFICE, "destroy")
    if poll.state == "frozen" and (silent := [key for key in poll.keys.all() if is_unsaid(poll, key.side)]):
        told = "保管人先核对应参加的人，写明照哪份名单；再两位各领一把钥匙。"
        return Now(3, told, "、".join(key.name for key in silent), "lists")
    if poll.state == "frozen":
        names = [key.name for key in poll.keys.all() if not key.public]
        return Now(3, "保管人各领一把钥匙，打印后封入信封。", "、".join(names), "take_key")
    if poll.state == "ready":
        return _taking(poll, day=day, due=due, issued=issued, used=used, uncounted=uncounted)
    if poll.state == "opened":
        return _opened(left or Left())
    if not poll.frozen_on:
        return Now(2, "已经取消，名册没有封定。")
    if poll.state == "cancelled":
        return Now(3, "已经取消，一张票也没有发。")
    return Now(6, "没有开箱，票和封套已经销毁，只留下份数。")


def _opened(left: Left) -> Now:
    told = "已经开箱，结果可以看了。"
    if left.points:
        more = f"，另有 {left.sayings} 条原话没有归并" if left.sayings else ""
        return Now(7, f"{told}还有 {left.points} 条意见没有答复{more}。", OFFICE, "points")
    if left.sayings:
        return Now(7, f"{told}还有 {left.sayings} 条原话没有归并。", OFFICE, "points")
    return Now(7, told)


def _taking(poll: "Poll", *, day: date, due: int, issued: int, used: int, uncounted: int) -> Now:
    last = f"{poll.closes.month}月{poll.closes.day}日"
    if day > poll.closes:
        if used < poll.least:
            told = f"只收到 {used} 份，不足 {poll.least} 份，不能开箱。请按表上说明的销毁这一箱。"
            return Now(6, told, OFFICE, "destroy")
        names = "、".join(key.name for key in poll.keys.all())
        return Now(6, "两位保管人带着各自的钥匙，当面一起开箱。", names, "open")
    if uncounted:
        (other,) = [key.name for key in poll.keys.all() if key.side == _counts(poll)]
        told = f"有 {uncounted} 张票已经印好，还没有点交，打不开表：请另一个办公室的一位同志当场点清。"
        return Now(4, told, other, "count")
    if issued < due:
        made = f"已经制了 {issued} 张，" if issued else ""
        return Now(4, f"{made}还有 {due - issued} 人的票没有制。制好以后当场发给大家抽取。", OFFICE, "slips")
    if day < poll.opens:
        return Now(4, f"票已制好，请发给大家；从{poll.opens.month}月{poll.opens.day}日起收表。", OFFICE)
    return Now(5, f"正在收表，到{last}为止；在那以前谁也看不到内容。")


def _counts(poll: "Poll") -> str:
    """Which custodian counts out what lies printed: the one of another office than the printer's."""
    return "superior" if lies_printed_here(poll) else "unit"


def is_turn(poll: "Poll", now: Now, viewer: Viewer) -> bool:
    """Whether what is to be done now is this viewer's to do; never where the poll is about him."""
    if not now.whose or concerns(viewer, poll):
        return False
    if now.account:
        return now.account == viewer.actor.name
    own = [key for key in poll.keys.all() if key.account == viewer.actor.name]
    if now.right == "lists":
        return any(is_unsaid(poll, key.side) for key in own)
    if now.right == "count":
        return any(key.side == _counts(poll) for key in own)
    if now.right in ("take_key", "open"):
        return any(now.right == "open" or not key.public for key in own)
    if now.right == "slips" and own:
        return False  # whoever keeps a key prints no slips
    return viewer.keeps(poll.path)


def standing_now(poll: "Poll", standing: "PollStanding", *, day: date) -> Now:
    """The same from a poll's standing."""
    left = left_of([poll]).get(poll.pk)
    return now_of(
        poll,
        day=day,
        due=standing.due,
        issued=standing.issued,
        used=standing.used,
        uncounted=sum(batch.issued - batch.voided for batch in standing.batches if batch.counted_on is None),
        left=left,
        unable=unable_of([poll], day=day).get(poll.pk, []),
    )


def row_of(
    poll: Any, *, day: date, left: Left | None = None, unable: Sequence[UnableCustodian] = ()
) -> tuple[int, int | None, Now]:
    """(forms, people, what comes next) of a poll in the list; the people of a planned one are not counted yet."""
    used = poll.used if poll.used is not None else poll.turnout.get("used", 0)
    due = poll.turnout.get("due", poll.due or 0)
    now = now_of(
        poll,
        day=day,
        due=due,
        issued=poll.issued or 0,
        used=used,
        uncounted=poll.uncounted or 0,
        left=left,
        unable=unable,
    )
    return used, due if poll.state != "planned" else None, now
