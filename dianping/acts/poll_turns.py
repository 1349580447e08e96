"""Polls in which it is this viewer's turn: for his workbench."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.urls import reverse

from dianping.accounts.viewer import Viewer
from dianping.acts.poll_course import is_turn, row_of, told_of_unable
from dianping.opinions.rights import ENDED, polls_for
from dianping.opinions.selectors import UnableCustodian, unable_of
from dianping.opinions.selectors.listing import papers_not_destroyed, with_counts

if TYPE_CHECKING:
    from dianping.opinions.models import Poll

MOST, LOOKED_AT = 12, 300  # turns shown, and running polls gone through for them, those that end first
ACTS = {
    "freeze": "封定名册",
    "lists": "核对应参加的人",
    "take_key": "领取钥匙",
    "slips": "制票",
    "count": "点交",
    "open": "开箱",
    "replace": "换保管人",
    "destroy": "看这一次",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One poll, what to do in it now (as a sentence and as a button), and until when it runs."""

    title: str
    sentence: str
    act: str
    page: str
    poll: int
    day: date

    @property
    def url(self) -> str:
        """The address of its page."""
        return reverse(self.page, args=[self.poll])


def turns_of(viewer: Viewer) -> list[Turn]:
    """The polls that wait for this viewer: those whose paper keys he has not destroyed yet, then the one that ends first."""
    left = papers_not_destroyed(viewer.actor.name)
    candidates = with_counts(polls_for(viewer).filter(~Q(state__in=ENDED) | left))
    polls = list(candidates.order_by(F("opened_on").asc(nulls_last=True), "closes", "pk")[: MOST + LOOKED_AT])
    unable = unable_of(polls, day=viewer.day)
    running = [poll for poll in polls if poll.state not in ENDED]
    rows = [(poll, row_of(poll, day=viewer.day, unable=unable.get(poll.pk, ()))[2]) for poll in running]
    turns = [
        Turn(
            poll.title,
            now.sentence,
            ACTS.get(now.right, "看这一次"),
            "polls:poll",
            poll.pk,
            poll.closes,
        )
        for poll, now in rows
        if is_turn(poll, now, viewer)
    ]
    opened = sorted(
        (poll for poll in polls if poll.state in ENDED), key=lambda poll: (poll.opened_on, poll.pk)
    )
    return [*_papers_left(opened, unable, viewer), *turns][:MOST]


def _papers_left(polls: list["Poll"], unable: dict[int, list[UnableCustodian]], viewer: Viewer) -> list[Turn]:
    """Boxes opened with a key of this viewer's, until both custodians say that the papers are destroyed."""
    turns = []
    for poll in polls:
        sentence = "已经开箱，两张写着钥匙的纸还没有登记销毁；请两位保管人一起销毁，一起登记。"
        act, page = "登记销毁", "polls:poll_papers"
        if poll.pk in unable:
            sentence, other = told_of_unable(poll, unable[poll.pk])
            if other is not None and other.account == viewer.actor.name:
                act, page = "换保管人", "polls:poll_custodian"
            else:
                act, page = "看这一次", "polls:poll"
        turns.append(Turn(poll.title, sentence, act, page, poll.pk, poll.closes))
    return turns
