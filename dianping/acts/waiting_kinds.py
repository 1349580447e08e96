"""What waits across rooms: the turns of a poll, what a box said and nobody answered, closed problems to ask the masses about."""

from collections.abc import Iterable

from django.db.models import Exists, F

from dianping.accounts.waiting import Desk, Found, KindOfWaiting, Row, Waiting, quoted, shortened
from dianping.acts.poll_turns import turns_of
from dianping.opinions.rules import PollKind
from dianping.opinions.selectors.waiting import QUOTED, polls_with_words_left, verdicts_running
from dianping.rectification.selectors import items_to_ask
from dianping.reviews.models import Problem


def _turns(desk: Desk) -> Iterable[Waiting]:
    for turn in turns_of(desk.viewer):
        closed = f"（{turn.day.month}月{turn.day.day}日已截止）" if turn.day < desk.day else ""
        what = f"：{turn.sentence}{closed}"
        runs = turn.day >= desk.day  # until that day; else it is over since
        yield Waiting(
            "polls.turn",
            "",
            turn.title,
            what,
            turn.act,
            turn.page,
            (turn.poll,),
            day=turn.day if runs else None,
            since=None if runs else turn.day,
        )


def _words(desk: Desk) -> Found | None:
    if not desk.kept:
        return None
    named = Problem.objects.filter(point__isnull=False, review__filed=True).values("point")
    found = polls_with_words_left(desk, named=named)
    return Found(found, {"since": F("opened_on"), "name": quoted("title", QUOTED)})


def _words_left(row: Row, desk: Desk) -> Waiting:
    what = "：还有原话没有归并，或意见没有答复"
    return Waiting(
        row.kind,
        "",
        shortened(row.name, QUOTED),
        what,
        "归并和答复",
        "polls:poll_points",
        (row.key,),
        since=row.since,
    )


def _to_ask(desk: Desk) -> Found | None:
    """Closed problems of the place whose day has come, while no box asks of any."""
    if not desk.kept:
        return None
    running = verdicts_running(desk.place.path, PollKind.VERDICT)
    found = items_to_ask(desk.day).filter(~Exists(running), path__in=desk.kept)
    return Found(found, {"since": F("due"), "words": quoted("text", QUOTED)})


def _ask(row: Row, desk: Desk) -> Waiting:
    what = "到了承诺的日子，可以问群众是不是真的办好了"
    return Waiting(
        row.kind,
        "",
        f"“{shortened(row.words, QUOTED)}”",
        what,
        "问群众",
        "rectification:ask_masses",
        since=row.since,
    )


KINDS = (
    KindOfWaiting("polls.turn", "意见", "polls:polls", lines=_turns, word=True),
    KindOfWaiting("polls.words", "没有答复的意见", "polls:polls", _words, _words_left),
    KindOfWaiting("rectification.verify", "可以问群众的整改", "rectification:ask_masses", _to_ask, _ask),
)
