"""Deadlines and windows in a sentence: points of time given their year, joined into ranges, told from mere mentions.

Basis: decision 0002 (a deadline includes its day; a festival's 前 ends on the day before it). A date without a year
is the first such day on or after the day the notice was issued (平学院创组文〔2010〕1号 3: 1月10前).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from dianping.base.day_words import WEEKDAYS
from dianping.notices.rules.from_events import events_in
from dianping.notices.rules.model import Moment, Quote
from dianping.notices.rules.roles import asks, is_moved_to, is_past, is_told_of, role_of, stands_alone
from dianping.notices.rules.tails import BEGUN, UNTIL, TimePhrase, told_in
from dianping.notices.rules.text import PlainText, Sentence, without_titles
from dianping.notices.rules.time_points import TO
from dianping.notices.rules.years import Calendar, in_year, range_of

# What makes two points one window, or nothing at all: 至, “，截止到”, “—”.
_GAP = re.compile(rf"[，、]?(?:{TO}|截?至|截止到?|直到|直至|延至|一直到|一)?(?:至|到)?")
# What may lead from a beginning to its end, or nothing at all: 到, “，并于”.
_LOOSE_GAP = re.compile(r"[，、]?(?:于|到|至|并于|并在)?")
# What stands between a part of the year and the day it is set for, or nothing: 上半年 (安排在) 6月中旬.
_SET_FOR = re.compile(r"(?:的?(?:集中)?点评)?(?:一般|拟|原则上)?(?:(?:安排|定|放|集中)?[在于])?")
# What joins points in a list: 、, 和, 及.
_LISTED = re.compile(r"[、和及]")
# What is handed on by a later day of the same month: 于元月八号送政治处，十号 (报局党组).
_HANDED_ON = re.compile(r"(?:再|统一|一并)?(?:报|送|交)(?![名告到通流])")
# A stretch counted from what stands before: 一周内.
_COUNTED = re.compile(
    r"(?:\d{1,3}|[一二三四五六七八九十两半]{1,3})个?(?:工作日|日|天|周|星期|月|年)(?:之|以)?内|的?(?:首|头一|第[一二三四五])个?(?:工作日|周|星期)"
)
_WITH_MONTH = frozenset({"day", "part", "month"})
_NO_DAY = "缺“日”字"


def moments_in(plain: PlainText, sentence: Sentence, calendar: Calendar) -> Iterator[Moment]:
    """Every date of a sentence, mentions included, in order."""
    text = without_titles(sentence.text)
    yield from events_in(plain, sentence, text, calendar.issued)
    told = _completed(text, list(told_in(text, calendar.issued)))
    at = 0
    while at < len(told):
        until = _partner(text, told, at)
        moment = _moment(plain, sentence, text, told, at, until, calendar)
        if moment:
            yield moment
        at = until + 1


def _completed(text: str, told: list[TimePhrase]) -> list[TimePhrase]:
    """1月18日、20日: a day listed after another shares its month; 上半年6月底: a half year before a day only names it."""
    out: list[TimePhrase] = []
    for phrase in told:
        before = out[-1] if out else None
        if (
            before
            and before.point.kind in ("half", "quarter")
            and _SET_FOR.fullmatch(text, before.end, phrase.point.start)
        ):
            out.pop()
        elif before and _shares_month(text, before, phrase):
            day = replace(phrase.point, kind="day", year=before.point.year, month=before.point.month)
            phrase = replace(phrase, point=day)
        elif (
            before and phrase.point.name == "月底" and before.point.month and before.point.kind in _WITH_MONTH
        ):
            # 12月中旬前完成，月底前上报: the end of that month
            phrase = replace(
                phrase, point=replace(phrase.point, year=before.point.year, month=before.point.month)
            )
        out.append(phrase)
    return out


def _shares_month(text: str, before: TimePhrase, phrase: TimePhrase) -> bool:
    handed_on = phrase.point.first > before.point.first and _HANDED_ON.match(text, phrase.end)
    return (
        phrase.point.kind == "only"
        and before.point.kind == "day"
        and bool(before.point.month)
        and bool(handed_on or _LISTED.fullmatch(text, before.end, phrase.point.start))
    )


def _partner(text: str, told: list[TimePhrase], at: int) -> int:
    """The place of the point that ends the range begun at `at`; `at` itself when there is none."""
    if at + 1 == len(told):
        return at
    here, there = told[at], told[at + 1]
    gap = text[here.end : there.point.start]
    if here.suffix and here.suffix not in BEGUN and here.suffix != "以后":
        return at
    if len(gap) > 6 or here.point.kind == "tenth":
        return at
    if gap and _GAP.fullmatch(gap) and gap.strip("，、"):
        return at + 1
    if gap == "，" and there.suffix in UNTIL:
        return at  # 从3月中旬起，5月底前结束: a beginning, and a last day
    if here.suffix in BEGUN and _LOOSE_GAP.fullmatch(gap) and there.suffix not in BEGUN:
        return at + 1
    return at


def _moment(
    plain: PlainText,
    sentence: Sentence,
    text: str,
    told: list[TimePhrase],
    at: int,
    until: int,
    calendar: Calendar,
) -> Moment | None:
    first, last, single = told[at], told[until], at == until
    before, after = text[: first.point.start], text[last.end :]
    dots = sum(one.point.kind == "dot" and "/" not in text[one.point.start : one.point.end] for one in told)
    if single and not stands_alone(first, before, after, dots):
        return None
    if single and last.suffix in ("后", "之后", "以后") and _COUNTED.match(after):
        return None  # 国庆节后一周内: counted from it, and told so
    past = is_past(first, last, before, after) or (
        (single and _is_over(first, calendar)) or (is_told_of(text) and _rolls_over(first, calendar))
    )
    start = first.point.start - (1 if before.endswith(("从", "自")) else 0)
    quote = plain.quote(sentence.start + start, sentence.start + last.end, sentence.clause)
    if single:
        reach = in_year(first.point, first.suffix, calendar, past)
    else:
        reach = range_of(first.point, last.point, last.suffix, calendar)
    if reach is None:
        return _unreadable(quote, last, calendar) if calendar.anchor or first.point.year else None
    if not past or first.point.kind not in ("end", "half", "quarter"):
        calendar.last = reach[1]  # what only names a thing is no day to count from
    role, opens, due = role_of(told, at, until, text, before, after, reach)
    gone = (
        calendar.issued is not None and reach[1] < calendar.issued and (role != "deadline" or not last.suffix)
    )
    if past or (gone and single and not is_moved_to(before) and (before or len(text) > last.end + 1)):
        role = "past"
    return Moment(
        quote,
        opens,
        due,
        role,
        _slip(first, last, single, reach[1].weekday()),
        asks(first, last, last.suffix),
    )


def _is_over(phrase: TimePhrase, calendar: Calendar) -> bool:
    """上半年 told in July: the one that has just ended is nearer than the next, unless a plan is for the year to come."""
    point, issued = phrase.point, calendar.issued
    if point.kind not in ("half", "quarter") or point.year or point.year_word or phrase.suffix or not issued:
        return False
    if calendar.plan and calendar.plan > issued.year:
        return False
    gone, coming = point.span(issued.year), point.span(issued.year + 1)
    if gone and gone[1] >= issued:
        gone, coming = point.span(issued.year - 1), gone
    return (
        bool(gone and coming)
        and gone is not None
        and coming is not None
        and (coming[0] > issued and issued - gone[1] < coming[0] - issued)
    )


def _rolls_over(phrase: TimePhrase, calendar: Calendar) -> bool:
    """Whether a date without a year would be one of the year after, for having passed in the year of issue."""
    point, issued = phrase.point, calendar.issued
    reach = point.span(issued.year) if issued and not point.year and not point.year_word else None
    return reach is not None and issued is not None and reach[1] < issued


def _slip(first: TimePhrase, last: TimePhrase, single: bool, weekday: int) -> str:
    """What is wrong with the words. A day without 日 is a slip before 前 only: in a range it is the rule."""
    slips = [told.point.slip for told in (first, last)]
    if not (single and last.suffix in UNTIL):
        slips = [slip for slip in slips if slip != _NO_DAY]
    slip = next((slip for slip in slips if slip), "")
    if last.weekday and weekday != WEEKDAYS.index(last.weekday.replace("天", "日")):
        return slip or f"weekday {last.weekday}"
    return slip


def _unreadable(quote: Quote, two: TimePhrase, calendar: Calendar) -> Moment | None:
    """A day that is in no calendar (2月30日): kept with the last day of its month as the likely reading."""
    point = two.point
    if point.kind != "day":
        return None
    rest = in_year(replace(point, kind="part", first=31), "", calendar) if 28 < point.last < 32 else None
    if rest is None:
        return Moment(quote, None, None, "past", "不是日期")
    opens = None if two.suffix in UNTIL else rest[1]
    return Moment(quote, opens, rest[1], "window" if opens else "deadline", "没有这一天")
