"""点评方式: the ways a review is held in, by name. The four of 豫创组办发〔2010〕26号 三 have keys of their own, any other is "other"."""

import re
from collections.abc import Iterator

from dianping.notices.rules.model import Demand, Quote
from dianping.notices.rules.text import PlainText, Sentence
from dianping.notices.rules.words import WAY_KEYS, WAYS

_REGULAR = ("定期", "不定期", "日常", "平时", "经常性")  # a way only beside others, or where it is called one
_WAY = rf"(?:{'|'.join(sorted({*WAYS, *_REGULAR}, key=len, reverse=True))})"
# One of them and the review, words between that only say of whom: 集中点评, 现场逐一点评.
_MODE = re.compile(rf"(?P<mark>[□☐○]?)(?P<way>{_WAY})(?:逐[一个]|一一)?(?:点评|讲评)(?![员人表栏])")
# Several and the review behind them all: 采取集中、个别、现场等方式进行点评.
_ROW = re.compile(
    rf"(?P<ways>(?:{_WAY}[、和或与及]){{1,8}}{_WAY})(?:相结合|结合)?等?的?(?:方式|形式|办法|方法)[^，。；]{{0,8}}(?:点评|讲评)"
)
# Two joined: 集中与个别相结合.
_PAIR = re.compile(rf"(?P<ways>{_WAY}[与和]{_WAY})(?:的?点评)?相?结合")
# One of such a row.
_OF_ROW = re.compile(_WAY)
# What is not wanted, right before it: 不搞, 防止.
_NOT = re.compile(r"(?:不搞|不得|不能|防止|避免|杜绝|不是|代替|取消|不再)[^，。；]{0,6}$")
# What calls it a way: 方式, 形式, 相结合的办法.
_CALLED = re.compile(r"方式|形式|办法")


# What parts the ways in one cell: 、, 和, a blank lost.
_CELL_JOINT = re.compile(r"[、，；/+和与]")


def ways_of_cell(quote: Quote, cell: str) -> list[Demand]:
    """The ways a cell under 方式 names: 述职会点评, or 现场 alone."""
    ways = [one.removesuffix("点评").strip() for one in _CELL_JOINT.split(cell)]
    return [Demand(quote, WAY_KEYS.get(way, "other"), f"{way}点评") for way in ways if 1 < len(way) <= 8]


def modes_in(plain: PlainText, sentence: Sentence) -> Iterator[Demand]:
    """Every way of reviewing a sentence names, each once; an empty box before it is none."""
    text = sentence.text
    if "评" not in text:
        return
    found: list[tuple[int, int, str]] = [
        (match.start("way"), match.end(), match["way"])
        for match in _MODE.finditer(text)
        if not match["mark"] and not _NOT.search(text[max(0, match.start() - 10) : match.start()])
    ]
    for row in (*_ROW.finditer(text), *_PAIR.finditer(text)):
        for one in _OF_ROW.finditer(text, row.start("ways"), row.end("ways")):
            found.append((one.start(), one.end(), one[0]))
    regular = any(way not in _REGULAR for _, _, way in found) or bool(_CALLED.search(text))
    seen = set()
    for start, end, way in sorted(found):
        if way in seen or (way in _REGULAR and not regular):
            continue
        seen.add(way)
        quote = plain.quote(sentence.start + start, sentence.start + end, sentence.clause)
        yield Demand(
            quote, WAY_KEYS.get(way, "other"), f"{way}{'讲评' if text[start:end].endswith('讲评') else '点评'}"
        )
