"""What is owed, as it waits at a desk: one line a window and seat (accounts.waiting, decision 0060)."""

from collections.abc import Iterable

from dianping.accounts.waiting import Desk, KindOfWaiting, Waiting
from dianping.duties.selectors.duties import duties_of, duties_owed_from
from dianping.duties.selectors.lines import owed_lines


def stands_in(desk: Desk) -> bool:
    """Whether the desk is an office's that looks after what the seats of its place owe, owing nothing itself."""
    return not desk.posts and bool(desk.kept)


def _owed(desk: Desk) -> Iterable[Waiting]:
    together = stands_in(desk)
    owed = duties_owed_from(desk.place) if together else duties_of(desk.viewer)
    for line in owed_lines(owed, day=desk.day, together=together):
        yield Waiting(
            "duties.owed",
            line.verb,
            line.about,
            line.rest,
            line.act,
            line.page,
            line.args,
            line.asked,
            day=line.due,
            count=line.count,
            clause=line.clause,
        )


KINDS = (KindOfWaiting("duties.owed", "应办", "duties:duties", lines=_owed),)
