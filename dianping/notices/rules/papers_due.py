"""By when a paper is due: the day before its verb, its limit behind it, or a last day in the next clause."""

import re
from datetime import date

from dianping.notices.rules.model import Moment
from dianping.notices.rules.slim import Slim
from dianping.notices.rules.text import PlainText, Sentence

# The last day told behind the verb: 报送截止到, 上报时间为.
_UNTIL_BEHIND = re.compile(r"[^，。；：]{0,4}?(?:截[止至]|最迟|最晚|(?:时间|日期|期限|时限)(?:为|：|是|截))")
# The last day told in a clause of its own behind the verb: ，时限为9月30日.
_LIMIT_BEHIND = re.compile(
    r"[^。；：]{0,30}?，(?:报送|上报|提交)?(?:时限|期限|时间|截止(?:时间|日期)?|最迟|最晚)(?:为|是|不超过|不晚于|于|在)?"
)
# The next time of a thing as the deadline: 在下次支部大会召开前.
_NEXT = re.compile(r"在?(?P<until>下[一]?次[^，。；]{2,10}前)")


def due_of(
    plain: PlainText, sentence: Sentence, moments: list[Moment], slim: Slim, since: int, hand: re.Match[str]
) -> tuple[date | None, str]:
    """The last day: the nearest date before the verb that binds, or one told as its limit behind it; and its words."""
    at = slim.place(hand.start())
    if behind := _UNTIL_BEHIND.match(slim.text, hand.end()):
        place = plain.quote(sentence.start + at, sentence.start + at + 1).start
        limit = next((one for one in moments if one.binds and one.due and one.quote.start >= place), None)
        if limit and "，" not in slim.text[behind.end() : behind.end() + 2]:
            return limit.due, limit.text
    due, until = due_before(plain, sentence, moments, at, slim.text[since : hand.start()])
    told = _LIMIT_BEHIND.match(slim.text, hand.end())
    if due or until or not told:
        return (due, until) if due or until else _due_behind(plain, sentence, moments, slim, hand.end())
    place = plain.quote(
        sentence.start + slim.place(told.end() - 1), sentence.start + slim.end(told.end())
    ).start
    named = next((one for one in moments if one.binds and one.due and one.quote.end > place), None)
    return (named.due, named.text) if named else (None, "")


def _due_behind(
    plain: PlainText, sentence: Sentence, moments: list[Moment], slim: Slim, at: int
) -> tuple[date | None, str]:
    """A last day in the next clause, which tells nothing else: ，9月8日收毕."""
    # The next pause: ， or ；.
    pause = re.search("[，；]", slim.text[at:])
    if not pause or at + pause.end() >= len(slim.text):
        return None, ""
    place = sentence.start + slim.place(at + pause.end())
    first = plain.quote(place, place + 1).start
    told = next(
        (one for one in moments if one.role == "deadline" and one.due and one.quote.start == first), None
    )
    last = slim.text[at + pause.end() :].rstrip("。；\n")
    # Another verb of handing in would have the day for itself: 交, 报.
    other = re.search("[报交送寄发]", last)
    fits = told and not other and "，" not in last and len(last) - len(told.text) <= 4
    return (told.due, told.text) if told and fits else (None, "")


def due_before(
    plain: PlainText, sentence: Sentence, moments: list[Moment], at: int, left: str
) -> tuple[date | None, str]:
    place = plain.quote(sentence.start + at, sentence.start + at + 1).start
    before = [moment for moment in moments if moment.binds and moment.due and moment.quote.start <= place]
    nearest = before[-1] if before else None
    if nearest:
        return nearest.due, nearest.text
    event = [moment for moment in moments if moment.role == "after" and moment.quote.start <= place]
    if event:
        return None, event[-1].text
    following = _NEXT.search(left)
    return (None, following["until"]) if following else (None, "")
