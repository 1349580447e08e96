"""Doubts about days: slips in writing, rest days, lunar days, vague ones, days before the notice itself."""

import re
from collections.abc import Iterator

from dianping.notices.rules.model import Doubt, Moment, Reading

_VAGUE_END = re.compile(r"[底末内]")  # the end of a month is no day that was chosen


def date_doubts(reading: Reading) -> Iterator[Doubt]:
    """Every doubt about a day of the notice."""
    printed = reading.printed_date
    if printed and printed.slip and printed.due:
        yield Doubt(printed.quote, "impossible date", f"{printed.due}", f"成文日期{_slip(printed.slip)}。")
    for moment in (*reading.dates, *reading.mentions):
        if moment.slip:
            yield Doubt(
                moment.quote,
                _slip_kind(moment.slip),
                _reading(moment),
                f"{_slip(moment.slip)}{_no_year(moment)}。",
            )
    for moment in reading.dates:
        yield from _of_day(moment, reading)


def _of_day(moment: Moment, reading: Reading) -> Iterator[Doubt]:
    due, issued = moment.due, reading.dated
    if moment.asks == "lunar":
        yield Doubt(
            moment.quote, "lunar date", _reading(moment), "按农历或节气写的日子，公历由历书换算，请核对。"
        )
    if moment.asks == "day":
        yield Doubt(moment.quote, "vague", _reading(moment), "只写到旬，发通知前要问清是哪一天。")
    if moment.asks == "counted":
        yield Doubt(
            moment.quote,
            "counted",
            _reading(moment),
            "从成文日期算起；以收到之日起算的，请按签收的日子更正。",
        )
    if moment.asks == "month":
        yield Doubt(moment.quote, "vague", _reading(moment), "“几月前”含不含当月说法不一，这里按含当月读。")
    if "现在" in moment.text and moment.opens:
        yield Doubt(moment.quote, "from now", f"自 {moment.opens} 起", "“现在”按成文日期计算。")
    if moment.role == "deadline" and due and due.weekday() >= 5 and not _VAGUE_END.search(moment.text):
        day = "星期六" if due.weekday() == 5 else "星期日"
        yield Doubt(moment.quote, "rest day", f"{due}，照印的日子不顺延", f"最后一天是{day}。")
    if due and issued and due < issued and moment.role == "deadline":
        yield Doubt(
            moment.quote, "past deadline", _reading(moment), f"期限早于成文日期 {issued}，年份可能写错。"
        )


def _no_year(moment: Moment) -> str:
    if "年" in moment.text or not moment.slip.startswith("缺"):
        return ""
    return "，年份也没有写，取成文日期当日或之后的第一个"


def _slip_kind(slip: str) -> str:
    if slip.startswith("weekday"):
        return "weekday"
    return "left out" if slip.startswith("缺") else "impossible date"


def _slip(slip: str) -> str:
    if slip.startswith("weekday"):
        return f"日期与所写的星期{slip[-1]}对不上"
    return slip if slip.startswith(("缺", "没", "不")) else f"写错一字：{slip}"


def _reading(moment: Moment) -> str:
    if moment.opens and moment.due and moment.opens != moment.due:
        return f"{moment.opens} 至 {moment.due}"
    day = moment.due or moment.opens
    return f"{day}" if day else "读不出日期"
