"""Polls in which it is this viewer's turn: for his workbench."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from dianping.accounts.viewer import Viewer
from dianping.desk.selectors.poll_course import is_turn, row_of
from dianping.desk.selectors.poll_rights import ENDED, polls_for
from dianping.opinions.selectors.listing import with_counts

MOST, LOOKED_AT = 12, 300  # turns shown, and running polls gone through for them, those that end first
ACTS = {"freeze": "封定名册", "take_key": "领取钥匙", "slips": "制票", "open": "开箱", "destroy": "看这一次"}


@dataclass(frozen=True, slots=True)
class Turn:
    """One poll, what to do in it now (as a sentence and as a button), and until when it runs."""

    title: str
    sentence: str
    act: str
    url: str
    day: date


def turns_of(viewer: Viewer) -> list[Turn]:
    """The polls that wait for this viewer, the one that ends first at the top."""
    running = with_counts(polls_for(viewer).exclude(state__in=ENDED)).order_by("closes", "pk")[:LOOKED_AT]
    rows = [(poll, row_of(poll, day=viewer.day)[2]) for poll in running]
    return [
        Turn(
            poll.title,
            now.sentence,
            ACTS.get(now.right, "看这一次"),
            reverse("desk:poll", args=[poll.pk]),
            poll.closes,
        )
        for poll, now in rows
        if is_turn(poll, now, viewer)
    ][:MOST]
