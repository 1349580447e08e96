"""A notice's text brought to one spelling for matching, every character still knowing its place in the original.

Spaces and what cannot be seen are dropped, half-width punctuation and old digits become one kind, lines that were
only wrapped are joined. Everything is linear in the length of the text.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from dianping.notices.rules.furniture import COLUMN, Piece, furniture_in, is_between_pages
from dianping.notices.rules.model import Quote
from dianping.notices.rules.tables import CELL, marked
from dianping.notices.rules.traditional import is_traditional, simplified

_DROP = "\x00"
_TABLE = {
    **dict.fromkeys((*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA1)), _DROP),
    **dict.fromkeys((*range(0x2000, 0x2010), *range(0x202A, 0x2030), *range(0x205F, 0x2070)), _DROP),
    **dict.fromkeys((0x09, 0x20, 0xAD, 0x1680, 0x180E, 0x3000, 0xFEFF, *range(0xFE00, 0xFE10)), _DROP),
    **{
        code: chr(code - 0xFEE0)
        for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
    },
    **dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), "\n"),
    **{ord(half): full for half, full in zip(",;:?!()｡､．", "，；：？！（）。、.", strict=True)},
    **{
        code: unicodedata.normalize("NFKC", chr(code))
        for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00))
        if len(unicodedata.normalize("NFKC", chr(code))) == 1
    },
}
# What is kept: runs without the sign for dropped ones.
_KEPT = re.compile("[^\x00]+")
# A full stop typed for 。: “完成.各单位”, not 3.5.
_STOP = re.compile(r"(?<=[\u4e00-\u9fff”》）])\.(?=[\u4e00-\u9fff“《\n]|\d{1,2}月|$)")
# The dot behind a part's number, not that of 1.5; a month or a year may follow it: 1.9月25日前.
DOT = r"\.(?!\d(?!\d?月|\d{3}年))"
# A part's number: 一、, 第三条, 二., （三）, 4、, （5）, ⑥.
HEAD = (
    r"(?:第?[一二三四五六七八九十]{1,3}[、，条章]|第?[一二三四五六七八九十]{1,3}\.(?!\d)|（[一二三四五六七八九十]{1,3}）"
    rf"|\d{{1,2}}(?:、|{DOT})|（\d{{1,2}}）|[①-⑳])"
)
# A line that cannot go on the one before: it has a number, or is 附件, 抄送, （此件…, …文件.
_FRESH = re.compile(
    rf"{HEAD}|附件|注：|备注：|附表|附：|抄送|主题词|（(?:此件|附件|以上|请|注：|另)|（[^（）]{{4,40}}(?:通过|审议|批准|修订|公布)[^（）]{{0,4}}）$|.*文件$"
)
# A line that is ended: by a sign, or as a title is (通知, 办法（试行）).
_ENDED = re.compile(
    r"[。！？；：:;!?.]$|(?:通知|意见|方案|办法|决定|通报|细则|规定|文件|号|一封信|公开信|启事|公示|通告|提醒)(?:（[^）]{1,16}）)?$"
    r"|关于[^。；，]{2,60}的?(?:复?函|批复|请示|报告|公告|纪要|要点|安排|规则|制度|通知书|一封信|公开信|启事|公示|通告|须知|提醒|倡议书|决议|公报|提示)$"
)
# A numbered heading, short and without a sign: 一、工作要求.
_HEADING = re.compile(rf"{HEAD}[^。；，、（.]{{0,18}}$")
# A line with a date (二〇一〇年六月三日, 2010-6-3), or one that ends as a paper's number (豫组〔2010〕26号).
_DATED = re.compile(
    r"[^。；，]{0,40}[\d一二〇零○OoОΟ]{4}年[^。；，]{1,4}[年月][^。；，]{1,4}日?）?$|\d{4}[.-]\d{1,2}[.-]\d{1,2}$"
    r"|[^。；，《》]{2,24}[号號]$"
)
_YEAR_FIRST = re.compile(r"[〔﹝［\[【（„][12]\d{3}(?:[〕﹞］\]】）”]|$)")  # a number broken before its year
# A line that is said of the paper or of whom to ask, and that no other goes on: 联系人：…, 电话：…, 特此通知, 敬礼.
_APART = re.compile(
    r"（?(?:联系人|联系电话|电话|传真|邮箱)[^。；]{0,6}：|特此(?:通知|函告|函达|报告|批复|通报)|此致|敬礼"
    r"|(?:主送|议定事项|承办|督办|时间|地点|出席|列席|主持|记录|议程|主题|附)(?:单位|机关|人)?："
)
# The end of a body's name, as one signs: 委员会, 组织部, 水利局.
_SIGNED = re.compile(
    r"[^。；，：、！？《》\d]{2,36}(?:委员会|党委|党组|组织部|宣传部|办公室|领导小组|总支|支部|工委|[局部处科委会组院办校]|中心|公司|集团)(?:（[^）]{0,3}章）)?$"
)
_BROKEN_OFF = "报交送至到给向由党的和及与在对将把于校市县区省"  # a line so ended has its name in the next
# Nothing but a day with its year, perhaps in brackets: 二〇一〇年六月三日.
_DAY_ONLY = re.compile(
    r"（?[\d一二〇零○OoОΟ]{4}年[^。；，]{1,3}月[^。；，]{1,3}日?）?|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}月\d{1,2}日"
)
# A day in figures with the hour behind it, as registers print it: 2024/12/9 8:00.
_HOUR_BEHIND = re.compile(
    r"(?:(?<=[-./]\d)|(?<=[-./]\d\d))[ \t\u3000\xa0](?=[ \t\u3000\xa0]*\d{1,2}[:：]\d\d)"
)
# Blanks before who signs and the day, run on behind a list or a sentence: …操作手册（试行） 某集团党委 2019年5月27日.
_SIGNED_BEHIND = re.compile(
    r"(?<=[^ \t\u3000\xa0\x00\n])[ \t\u3000\xa0]+(?=[^\s。；，：、《》（）\d]{2,30}(?:委员会|党委|党组|部|办公室|小组|总支|支部|工委|局|处|委|院|校|中心|公司|集团)[ \t\u3000\xa0]*20\d\d年\d{1,2}月\d{1,2}日[ \t\u3000\xa0]*(?:\n|\Z))"
)
# A line of those addressed, whole: 各监区党总支：.
_TO_ALL = re.compile(r"(?:各|全体|所属|有关)[^。！？；：]{1,60}：")
# A sign by which the line before would be of it.
_PAUSED = re.compile(r"[，、。；：（]")
# A month's number or a day's, broken off before 月 or 日: 12月28.
_DAY_BROKEN = re.compile(r"(?:月|年|[^\d.〔（-])\d{1,2}$")
# Two wide gaps in a line, or one very wide, as in a row of a table.
_IN_COLUMNS = re.compile(
    r"[^ \t\u3000\x00][ \t\u3000\x00]{2,}[^ \t\u3000\x00]+[ \t\u3000\x00]{2,}[^ \t\u3000\x00]|[^ \t\u3000\x00][ \t\u3000\x00]{3,}[^ \t\u3000\x00]"
)
_LONGEST_COLUMN = 10  # letters of a page's column
_SHORTEST_WRAPPED = 3  # letters of a line that may go on in the next
# What ends a sentence.
_END = re.compile(r"[。；！？\n]")
# A title: 《工作规则》.
_TITLE = re.compile(r"《[^》]{0,150}》")
# A line that is not empty.
_LINE = re.compile(r"[^\n]+")
# Where a lost line end can be known again: letterhead and number, number and title, title and addressees, signature.
_LOST_ENDS = re.compile(
    r"(?<=文件)(?=[\u4e00-\u9fff]{2,14}[〔﹝\[（]\d{4})|(?<=\d号)(?=关于)|(?<=通知|意见|方案|办法|决定|通报)(?=各[^。；：]{1,200}：)"
    r"|(?<=[。！])(?=[^。，；：《》、]{4,40}\d{4}年\d{1,2}[年月]\d{1,2}日(?![前至，。；、内起]))"
    r"|(?<=\d日)(?=[\u4e00-\u9fff]{4,40}文件[\u4e00-\u9fff]{2,14}[〔﹝\[（]\d{4})"
)
# A pause at which a sentence that is too long is cut.
_SOFT_END = re.compile(r"[，、：）]")
LONGEST = 400  # characters of one sentence; whatever is longer is cut, so that no pattern sees more


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of plain text without 。；！？ inside, at most LONGEST characters."""

    text: str
    start: int
    clause: str = ""


class PlainText:
    """The text for matching (`text`), and where each of its characters stands in the original.

    `furniture` is what stands around the notice, by places in the original; nothing of it is in `text`.
    """

    __slots__ = ("_at", "furniture", "is_traditional", "original", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        self.is_traditional = is_traditional(original)
        flat = (simplified(original) if self.is_traditional else original).replace("\r\n", "\x00\n")
        self.furniture = furniture_in(flat)
        flat = _HOUR_BEHIND.sub("日", marked(_cleared(flat, self.furniture)))
        if "\n" in flat.strip():
            flat = _SIGNED_BEHIND.sub(lambda blank: "\n" + _DROP * (len(blank[0]) - 1), flat)
        flat = _joined(flat.translate(_TABLE))
        self._at = array("l")
        parts = []
        for match in _KEPT.finditer(flat):
            parts.append(match[0])
            self._at.extend(range(match.start(), match.end()))
        self.text = _STOP.sub("。", "".join(parts))

    def quote(self, start: int, end: int, clause: str = "") -> Quote:
        """The original words behind a stretch of plain text."""
        if start >= end:
            return Quote("", 0, 0, clause)
        first, last = self._at[start], self._at[end - 1] + 1
        return Quote(self.original[first:last], first, last, clause)

    def words(self, start: int, end: int) -> Quote:
        """The original words between two places of the original."""
        return Quote(self.original[start:end], start, end)

    def place(self, quote: Quote) -> tuple[int, int]:
        """Where quoted words stand in the plain text."""
        return bisect_left(self._at, quote.start), bisect_left(self._at, quote.end)

    def lines(self) -> Iterator[tuple[int, int]]:
        """Start and end of every line that holds something; a line that swallowed others is cut where they began."""
        alone = "\n" not in self.text.strip("\n")
        for line in _LINE.finditer(self.text):
            start, end = line.span()
            if alone or end - start > LONGEST:
                for cut in _LOST_ENDS.finditer(self.text, start + 1, end):
                    if cut.start() > start:
                        yield start, cut.start()
                        start = cut.start()
            yield start, end

    def blocks(self, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """The stretch cut into tables (True) and what stands between them."""
        since = start
        row = self.text.find(CELL, start, end)
        while row >= 0:
            first = max(self.text.rfind("\n", start, row) + 1, start)
            if first > since:
                yield since, first, False
            since = first
            while CELL in self.text[first : (last := self._line_end(first, end))]:
                first = last
            yield since, first, True
            since = first
            row = self.text.find(CELL, since, end)
        if since < end:
            yield since, end, False

    def _line_end(self, start: int, end: int) -> int:
        stop = self.text.find("\n", start, end)
        return end if stop < 0 else stop + 1

    def sentences(self, start: int, end: int, clause: str = "") -> Iterator[Sentence]:
        """The stretch cut at 。；！？ and line ends, and where it runs on too long at the last pause before that."""
        while start < end:
            stop = _END.search(self.text, start, min(end, start + LONGEST))
            if stop:
                cut = stop.end()
            elif end - start <= LONGEST:
                cut = end
            else:
                pauses = [
                    pause.end()
                    for pause in _SOFT_END.finditer(self.text, start + LONGEST // 2, start + LONGEST)
                ]
                cut = pauses[-1] if pauses else start + LONGEST
            if self.text[start:cut].strip("\n。；！？"):
                yield Sentence(self.text[start:cut], start, clause)
            start = cut


def without_titles(text: str) -> str:
    """The sentence with the titles in it blotted out, the places unchanged."""
    return _TITLE.sub(lambda title: f"《{'□' * (len(title[0]) - 2)}》", text) if "《" in text else text


def _joined(flat: str) -> str:
    """The same text, same length, without the line ends that only wrap a line."""
    lines = flat.split("\n")
    shown = [_shown(line) for line in lines]
    out = [lines[0]]
    for at in range(1, len(lines)):
        # the next line that shows something: a day there makes this one a signature
        following = next((line for line in shown[at + 1 : at + 4] if line), "")
        goes_on = (
            _goes_on(shown[at - 1], shown[at], lines[at])
            and not _IN_COLUMNS.search(lines[at - 1][: 2 * LONGEST])
        ) and not (_DAY_ONLY.fullmatch(following) and _signs(shown[at - 1], shown[at]))
        out.append((_DROP if goes_on else "\n") + lines[at])
    return "".join(out)


def _signs(before: str, line: str) -> bool:
    """Whether a line over a day is who signs, and not the end of the sentence before."""
    return (
        len(line) > _SHORTEST_WRAPPED
        and not before.endswith(tuple(_BROKEN_OFF))
        and bool(_SIGNED.fullmatch(line))
    )


def _cleared(flat: str, furniture: list[Piece]) -> str:
    """The text without what is not of the notice; what stands between two pages is gone with its line end, so that a sentence
    goes on, and any other line is left empty, so that nothing goes on over it."""
    out, last = [], 0
    for piece in furniture:
        start, end = piece.start, piece.end
        before, after = flat.rfind("\n", 0, start) + 1, flat.find("\n", end)
        after = len(flat) if after < 0 else after
        if not flat[max(before, last) : start].strip(" \t\u3000\xa0\x00") and not flat[end:after].strip(
            " \t\u3000\xa0\x00"
        ):
            if is_between_pages(flat[start:end]):
                start, end = (before - 1, after) if before > last else (before, min(after + 1, len(flat)))
            else:
                start, end = max(before, last), after
        start = max(start, last)
        out += [flat[last:start], _DROP * (end - start)]
        last = end
    return "".join([*out, flat[last:]])


def _shown(line: str) -> str:
    """The ends of a line without what is dropped; the middle of a long one decides nothing."""
    bare = line.replace(_DROP, "")
    return bare if len(bare) < 2 * LONGEST else bare[:LONGEST] + bare[-LONGEST:]


def _goes_on(before: str, after: str, line: str) -> bool:
    """Whether a line end only wraps a sentence or a title."""
    if _YEAR_FIRST.match(after) and not _DAY_ONLY.fullmatch(after):
        return bool(before)
    if _DAY_BROKEN.search(before) and after.startswith(("日", "月")):
        return True
    return (
        len(before) >= _SHORTEST_WRAPPED
        and bool(after)
        and not line.startswith(_DROP * 2)
        and not _ENDED.search(before)
        and not _HEADING.match(before)
        and not _FRESH.match(after)
        and not _APART.match(after)
        and not _APART.match(before)
        and not (_TO_ALL.fullmatch(after) and not _PAUSED.search(before))
        and not (_DAY_ONLY.fullmatch(after) and _SIGNED.fullmatch(before))
        and CELL not in before
        and CELL not in after
        and not (after.startswith("关于") and len(before) <= _LONGEST_COLUMN and COLUMN.search(before))
        and not _DATED.match(after)
        and not _DATED.match(before)
    )
