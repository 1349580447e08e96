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

from dianping.notices.rules.model import Quote

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
# A part's number: 一、, 第三条, 二., （三）, 4、, （5）, ⑥.
HEAD = (
    r"(?:第?[一二三四五六七八九十]{1,3}[、，条章]|第?[一二三四五六七八九十]{1,3}\.(?!\d)|（[一二三四五六七八九十]{1,3}）"
    r"|\d{1,2}[、.](?!\d)|（\d{1,2}）|[①-⑳])"
)
# A line that cannot go on the one before: it has a number, or is 附件, 抄送, （此件…, …文件.
_FRESH = re.compile(rf"{HEAD}|附件|附表|附：|抄送|主题词|（此件|.*文件$")
# A line that is ended: by a sign, or as a title is (通知, 办法（试行）).
_ENDED = re.compile(
    r"[。！？；：:;!?.]$|(?:通知|意见|方案|办法|决定|通报|细则|规定|文件|号)(?:（[^）]{1,8}）)?$"
)
# A numbered heading, short and without a sign: 一、工作要求.
_HEADING = re.compile(rf"{HEAD}[^。；，、（.]{{0,18}}$")
# A line with a date (二〇一〇年六月三日, 2010-6-3), or one that ends as a paper's number (豫组〔2010〕26号).
_DATED = re.compile(
    r"[^。；，]{0,40}[\d一二〇零○OoОΟ]{4}年[^。；，]{1,4}[年月][^。；，]{1,4}日?）?$|\d{4}[.-]\d{1,2}[.-]\d{1,2}$"
    r"|[^。；，《》]{2,24}[号號]$"
)
_YEAR_FIRST = re.compile(r"[〔﹝［\[【（„][12]\d{3}")  # a number broken before its year
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
    """The text for matching (`text`), and where each of its characters stands in the original."""

    __slots__ = ("_at", "original", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        flat = _joined(original.replace("\r\n", "\x00\n").translate(_TABLE))
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

    def place(self, quote: Quote) -> tuple[int, int]:
        """Where quoted words stand in the plain text."""
        return bisect_left(self._at, quote.start), bisect_left(self._at, quote.end)

    def lines(self) -> Iterator[tuple[int, int]]:
        """Start and end of every line that holds something; a line that swallowed others is cut where they began."""
        for line in _LINE.finditer(self.text):
            start, end = line.span()
            if end - start > LONGEST:
                for cut in _LOST_ENDS.finditer(self.text, start + 1, end):
                    if cut.start() > start:
                        yield start, cut.start()
                        start = cut.start()
            yield start, end

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
    out = [lines[0]]
    before = _shown(lines[0])
    for line in lines[1:]:
        bare = _shown(line)
        out.append((_DROP if _goes_on(before, bare, line) else "\n") + line)
        before = bare
    return "".join(out)


def _shown(line: str) -> str:
    """The ends of a line without what is dropped; the middle of a long one decides nothing."""
    bare = line.replace(_DROP, "")
    return bare if len(bare) < 2 * LONGEST else bare[:LONGEST] + bare[-LONGEST:]


def _goes_on(before: str, after: str, line: str) -> bool:
    """Whether a line end only wraps a sentence or a title."""
    if _YEAR_FIRST.match(after):
        return bool(before)
    return (
        len(before) >= _SHORTEST_WRAPPED
        and bool(after)
        and not line.startswith(_DROP * 2)
        and not _ENDED.search(before)
        and not _HEADING.match(before)
        and not _FRESH.match(after)
        and not _DATED.match(after)
        and not _DATED.match(before)
    )
