"""The parts of one notice: letterhead, number, title, whom it is addressed to, body, signature.

Number and title come in either order, on one line or two, or not at all; a signature may stand behind a line of whom to ask,
or without a day.
"""

import re

from dianping.notices.rules.furniture import COLUMN
from dianping.notices.rules.head_lines import (
    ATTACHED,
    MOST_SIGNATURE,
    NUMBERED,
    PASSED,
    STOPPED,
    Parts,
    Span,
    date_in,
    ends_as_title,
    is_dated,
    is_number,
    is_title,
)
from dianping.notices.rules.head_names import BODY_NAME, LEAST_NAME, told_names, without_seal
from dianping.notices.rules.numbers import number_in
from dianping.notices.rules.subjects import is_named
from dianping.notices.rules.tables import CELL
from dianping.notices.rules.text import PlainText

# What stands before the first colon, whom the notice is addressed to: 各县（市、区）党委，市直各单位：.
_ADDRESSED = re.compile(
    r"(?:主送(?:单位|机关)?：)?([^。！？；：]{2,300}(?:；[^。！？；：，]{2,60}){0,3})(?:：|$)"
)
# The same told by a field: 主送：各党支部.
_FIELD = re.compile(r"主送(?:单位|机关)?：")
# A beginning only those addressed have: 各, 全体, 局属.
_ALL = re.compile(
    r"各|全体|所属|有关|直属|机关|驻|[省市区县局校院厂处][属直内]|全[省市区县局校院]|同志们|尊敬的|亲爱的|各位"
)
# An ending of those addressed that is no body: 村, 同志们.
_PLACE = re.compile(
    r"(?:村|社区|乡|镇|同志|同志们|老师|同学|党员|分公司|公司|医院|书记)(?:（[^）]{1,20}）)?$"
)
# A field or a heading, addressed to nobody: 时间, 议定事项, 考核对象; or words of a sentence: 通知如下.
_NOBODY = re.compile(
    r"(?:时间|地点|出席|列席|主持|记录|议程|议题|附件|附表|联系人|电话|事项|对象|内容|范围|标准|原则|要求|安排|步骤|承办|督办|主题|目的|单位名称|姓名|职务|抄送?|日期)$"
    r"|如下|通知|现将|为[了进]|根据|按照|[请将应]|[12]\d{3}|^(?:时间|地点|出席|主题)"
)
# A greeting before anything else, as in a message: 各位书记：.
_GREETED = re.compile(r"@?((?:各位|尊敬的|亲爱的|全体|所有)[^。！？；：，]{1,24})：")
# A day without its year, under who signs: 12月21日.
_DAY_OF_YEAR = re.compile(r"[\d一二三四五六七八九十元]{1,3}月[\d一二三四五六七八九十]{1,3}日")
# How a letter goes on behind those addressed: 请于, 现将, 根据.
_GOES_ON = re.compile(r"请|现|为|根据|经|按照|定于|接|兹|近期")
_MOST_TITLE_LINES = 5
_MOST_HEAD_LINES = 8


def parts_of(plain: PlainText, lines: list[Span], known: frozenset[str] = frozenset()) -> Parts:
    """The parts of the notice on these lines; `known` are titles its cover names."""
    if not lines:
        return Parts(0, 0)
    parts = Parts(lines[0][0], lines[-1][1])
    lines = _taken_apart(plain, lines)
    at = known_title(plain, lines, 0, known)
    if at:
        parts.title = lines[:at]
    else:
        at = _read_head(plain, lines, parts)
        if not parts.title:
            at = _read_title(plain, lines, at, parts)
    at = _read_below_title(plain, lines, at, parts)
    at = _read_addressees(plain, lines, at, parts)
    last = _read_signature(plain, lines, at, parts)
    if at < last:
        first = parts.addressed[1] if parts.addressed and parts.addressed[1] > lines[at][0] else lines[at][0]
        parts.body = (first, lines[last - 1][1])
    return parts


def known_title(plain: PlainText, lines: list[Span], at: int, known: frozenset[str]) -> int:
    """How many lines from `at` on are one of the titles known; 0 when none is."""
    if not known:
        return 0
    text = ""
    for count, (start, end) in enumerate(lines[at : at + 3], 1):
        if end - start > 100:
            return 0
        text += plain.text[start:end]
        if text.strip("《》") in known:
            return count
    return 0


def _taken_apart(plain: PlainText, lines: list[Span]) -> list[Span]:
    """The lines, number and title on one line made two."""
    head = []
    for start, end in lines[:_MOST_HEAD_LINES]:
        number = number_in(plain, start, end) if end - start < 160 else None
        if number:
            # A bracket the number stands in: （某委〔2013〕9号）.
            if number[0] - start <= 1 and is_dated(plain, (number[1], end)):
                head += [(start, number[1]), (number[1], end)]  # a number, and the day beside it
                continue
            opened = plain.text[number[0] - 1] == "（" and plain.text.startswith("）", number[1])
            first, last = number[0] - opened, number[1] + opened
            if number[0] - start <= 1 and is_title(plain.text[last:end]):
                head += [(start, number[1]), (last, end)]
                continue
            if last == end and is_title(plain.text[start:first]):
                head += [(start, first), (number[0], number[1])]
                continue
        head.append((start, end))
    return [*head, *lines[_MOST_HEAD_LINES:]]


def _read_head(plain: PlainText, lines: list[Span], parts: Parts) -> int:
    for at, span in enumerate(lines[:_MOST_HEAD_LINES]):
        if is_number(plain, span):
            parts.head, parts.number = lines[:at], span
            if at and is_title(plain.text[slice(*lines[at - 1])]):
                first = at - 1
                while first and _goes_before(plain, lines[first - 1]):
                    first -= 1
                parts.head, parts.title = lines[:first], lines[first:at]
            return at + 1
        text = plain.text[span[0] : span[1]]
        # A sign no line of a letterhead has.
        if len(text) > 80 or re.search(r"[。；：␟]", text):
            break
    for at, (start, end) in enumerate(lines[:3]):
        text = plain.text[start : min(end, start + 120)]
        # A letterhead's end: 中共洛阳市委组织部文件.
        if re.search(r"(?:文件|便笺|信笺|用笺)$", text) and len(text) <= 40:
            parts.head = lines[: at + 1]
            return at + 1
        number = number_in(plain, start, min(end, start + 80)) if "文件" in text[:60] else None
        if number and len(lines) > 1 and end - number[1] <= 1:
            parts.head, parts.number = [*lines[:at], (start, number[0])], (number[0], end)
            return at + 1
    return 0


def _goes_before(plain: PlainText, span: Span) -> bool:
    """Whether a line above a title's last one is of the title, and no letterhead: 聚力争先 评出干劲."""
    text = plain.text[slice(*span)]
    return not text.endswith("文件") and not is_named(text) and len(text) <= 40


def _read_title(plain: PlainText, lines: list[Span], at: int, parts: Parts) -> int:
    for last in range(at, min(at + _MOST_TITLE_LINES, len(lines))):
        start, end = lines[last]
        text = plain.text[start : min(end, start + 200)]
        if STOPPED.search(text) or text.endswith("：") or NUMBERED.match(text) or end - start > 150:
            break
        # 特此通知 ends a notice and heads none.
        if CELL in text or text.startswith("特此"):
            break
        if ends_as_title(text) and (parts.number or len(lines) > 1):
            first = _first_of_title(plain, lines, at, last)
            parts.title = lines[first : last + 1]
            if first > at and not parts.head and _is_body(plain, lines[first - 1]):
                parts.head = [lines[first - 1]]  # the body that issues it, over the title
            return last + 1
    return at


def _is_body(plain: PlainText, span: Span) -> bool:
    name = plain.text[slice(*span)]
    return len(name) >= LEAST_NAME and bool(BODY_NAME.search(name)) and not _ALL.match(name)


def _first_of_title(plain: PlainText, lines: list[Span], at: int, last: int) -> int:
    """The first line of a title that ends on `last`: what a page has above it (a column, a name, counters) is none of it."""
    first = last
    while first > at:
        above = plain.text[slice(*lines[first - 1])]
        whole = plain.text[slice(*lines[first])].startswith(("关于", "转发", "印发"))
        if _parted(plain, lines[first - 1], lines[first]) or (
            whole and (len(above) < 2 or COLUMN.search(above))
        ):
            return first
        first -= 1
    while first < last and _is_addressed(plain.text[slice(*lines[first])]):
        first += 1
    return first


def _parted(plain: PlainText, above: Span, below: Span) -> bool:
    """Whether something that is not of the notice stands between two lines."""
    since, until = plain.quote(*above).end, plain.quote(*below).start
    return any(since <= piece.start and piece.end <= until for piece in plain.furniture)


def _read_below_title(plain: PlainText, lines: list[Span], at: int, parts: Parts) -> int:
    """A number, a day, or who issues it and the day, right below the title."""
    if not parts.title or at >= len(lines):
        return at
    title = "".join(plain.text[slice(*line)] for line in parts.title)
    if plain.text[slice(*lines[at])] == title and at + 1 < len(lines):
        at += 1  # a page's field and the paper itself both print it
    if not parts.number and is_number(plain, lines[at]):
        parts.number = lines[at]
        at += 1
    if at < len(lines) and PASSED.fullmatch(plain.text, *lines[at]):
        at += 1
    if at < len(lines) and is_dated(plain, lines[at]) and lines[at][1] - lines[at][0] <= MOST_SIGNATURE:
        parts.dated = date_in(plain, lines[at])
        assert parts.dated
        before = (lines[at][0], parts.dated[0])
        # A bracket before the day, and blanks are gone.
        if len(plain.text[slice(*before)].strip("（")) > LEAST_NAME - 1:
            parts.signature = [before]
        at += 1
    elif (
        at + 1 < len(lines)
        and BODY_NAME.search(plain.text[slice(*lines[at])])
        and _is_signer(plain, lines[at])
        and is_dated(plain, lines[at + 1])
    ):
        parts.signature, parts.dated = [lines[at]], date_in(plain, lines[at + 1])
        at += 2
    return at


def _read_addressees(plain: PlainText, lines: list[Span], at: int, parts: Parts) -> int:
    headed = bool(parts.title or parts.number)
    greeted = _GREETED.match(plain.text, *lines[at]) if at < len(lines) and not headed else None
    if greeted and (is_named(greeted[1]) or _PLACE.search(greeted[1])):
        parts.addressed = (greeted.start(1), greeted.end())
        return at + 1 if greeted.end() >= lines[at][1] else at
    for line in range(at, min(at + (1 if headed else 2), len(lines) - (not headed))):
        after = _addressed_on(plain, lines, line, parts, headed)
        if parts.addressed:
            return after
        if lines[line][1] - lines[line][0] > MOST_SIGNATURE or "。" in plain.text[slice(*lines[line])]:
            break
    return at


def _addressed_on(plain: PlainText, lines: list[Span], at: int, parts: Parts, headed: bool) -> int:
    """Note those addressed on a line; the first line behind them."""
    start, end = lines[at]
    match = _ADDRESSED.match(plain.text, start, end)
    if not match or NUMBERED.match(plain.text, start) or CELL in match[1]:
        return at
    told = bool(_FIELD.match(match[0]))
    ends = match[0].endswith("：") or told
    if not told and _NOBODY.search(match[1]):
        return at
    if not told and not (
        _is_addressed(match[1])
        if ends and (headed or (match.end() >= end and is_named(match[1])))
        else _is_addressed(match[1], strict=True)
    ):
        return at
    if not ends and not (headed and end - start <= 80 and at + 1 < len(lines)):
        return at
    if not headed and not told and match.end() < end and not _GOES_ON.match(plain.text, match.end(), end):
        return at
    parts.addressed = (match.start(1), match.end() if match[0].endswith("：") else match.end(1))
    return at + 1 if match.end() >= end else at


def _is_addressed(text: str, *, strict: bool = False) -> bool:
    """Whether a line names bodies or people a notice goes to; strictly, nothing else."""
    names = told_names(text)
    told = [bool(is_named(name) or _ALL.match(name) or _PLACE.search(name)) for name in names]
    if strict:
        return all(told) and bool(_ALL.match(text) or len(names) > 1 or BODY_NAME.search(names[-1]))
    return any(told)


def _read_signature(plain: PlainText, lines: list[Span], at: int, parts: Parts) -> int:
    """Note the closing date and who signs; the first line that is no longer body."""
    closing = next((n for n in range(len(lines) - 1, at, -1) if _closes(plain, lines[n])), None)
    attached = [n for n in range(at + 1, len(lines)) if _is_attached(plain, lines[n])]
    if closing is None:
        last = len(lines) - 1
        if (
            last - 1 > at
            and _DAY_OF_YEAR.fullmatch(plain.text, *lines[last])
            and (_signs_alone(plain, lines, at, last - 1) or _is_short_name(plain, lines[last - 1]))
        ):
            parts.signature = [lines[last - 1]]
            attached.append(last - 1)
            return min(attached)
        if not parts.signature and _signs_alone(plain, lines, at, last):
            parts.signature = [lines[last]]
            attached.append(last)
        return attached[0] if attached else len(lines)
    dated = date_in(plain, lines[closing])
    assert dated
    parts.dated = dated
    before = (lines[closing][0], dated[0])
    first = closing
    if before[1] - before[0] > 3:
        parts.signature = [before]
    else:
        while first - 1 >= max(at, closing - 3) and _is_signer(plain, lines[first - 1]):
            if first < closing and not BODY_NAME.search(plain.text[slice(*lines[first - 1])]):
                break
            first -= 1
        parts.signature = lines[first:closing] or parts.signature
    attached = [n for n in attached if n < first]
    return attached[0] if attached and attached[0] >= first - 12 else first


def _is_attached(plain: PlainText, span: Span) -> bool:
    return bool(ATTACHED.match(plain.text[span[0] : span[1]]))


def _signs_alone(plain: PlainText, lines: list[Span], at: int, last: int) -> bool:
    """Whether the last line is a body that signs, though no day stands by it."""
    name = without_seal(plain.text[slice(*lines[last])])
    return (
        0 < last >= at
        and len(name) >= LEAST_NAME
        and _is_signer(plain, lines[last])
        and bool(BODY_NAME.search(name))
        and not _is_open(plain, lines, last)
    )


def _is_short_name(plain: PlainText, span: Span) -> bool:
    """Whether a line over a day may be somebody's name: 王某某."""
    # Han characters only.
    return bool(re.fullmatch(r"[\u4e00-\u9fff]{2,8}", plain.text[slice(*span)]))


def _is_open(plain: PlainText, lines: list[Span], last: int) -> bool:
    """Whether the line above the last one goes on in it: no sign ends it, and nothing else does."""
    text = plain.text[slice(*lines[last - 1])]
    return not (STOPPED.search(text[-1:]) or ATTACHED.match(text) or text.startswith("特此") or CELL in text)


def _closes(plain: PlainText, span: Span) -> bool:
    """Whether a line is the day of signing; the day of printing (…印发) below it is not."""
    # 印发, 印, and how many were printed, behind the day.
    return is_dated(plain, span) and not re.search(r"印发?(?:共印.*)?$", plain.text[span[0] : span[1]])


def _is_signer(plain: PlainText, span: Span) -> bool:
    text = plain.text[span[0] : span[1]]
    return (
        len(text) <= MOST_SIGNATURE
        # A sign no signature has, and words of farewell.
        and not re.search(r"[。；：，！？《␟]|^(?:此致|敬礼|此致敬礼|特此.{2})$", text)
        and not NUMBERED.match(text)
        and not ATTACHED.match(text)
    )
