"""A sentence as those who look for papers need it: titles in it are one sign, numbers of papers another, remarks are out."""

import re
from dataclasses import dataclass, field

from dianping.notices.rules.numbers import numbers_in

_FIRST = 0xE000  # private signs, one a title
_NUMBER = "\uf8f0"
# A title in its marks: 《工作规则》.
_TITLE = re.compile(r"《[^》]{1,150}》")
# A remark in brackets, about size, copies, room or seal and not of a name: （1500字以内）, （加盖公章）, （行政楼305）.
_REMARK = re.compile(
    r"（(?!附件|附表|试行|样[式表]|表)[^（）]{0,40}?(?:字|[一两二三四\d][份张]|篇|页|章|签字|格式|略|电子|纸质|Word|word|Excel|excel|WORD|EXCEL|PDF|版|不超过|以内|左右|楼|室|设在|地址|联系|电话|传真|邮[箱编]|命名|下同|模板|含|见附|打印|装订|A4|A3)[^（）]{0,40}）"
)
# One title's sign in its marks.
_SIGN = re.compile("《([\ue000-\uf000])》")


@dataclass(slots=True)
class Slim:
    """The words left, where each stood in the sentence, and the titles taken out."""

    text: str
    at: list[int]
    titles: list[str] = field(default_factory=list)

    def place(self, slim: int) -> int:
        """Where a place in the words stands in the sentence; the end stands behind the last word."""
        return self.at[slim] if slim < len(self.at) else (self.at[-1] + 1 if self.at else 0)

    def end(self, slim: int) -> int:
        """Where a stretch that ends here ends in the sentence."""
        return self.at[slim - 1] + 1 if 0 < slim <= len(self.at) else 0

    def full(self, words: str) -> str:
        """Some of the words with their titles."""
        return _SIGN.sub(lambda sign: self.titles[ord(sign[1]) - _FIRST], words)


def slim_of(text: str) -> Slim:
    """The sentence made slim."""
    cuts: list[tuple[int, int, str]] = []
    titles: list[str] = []
    for title in _TITLE.finditer(text):
        titles.append(title[0])
        cuts.append((title.start(), title.end(), f"《{chr(_FIRST + len(titles) - 1)}》"))
    within = [(start, end) for start, end, _ in cuts]
    for start, end, _, _ in numbers_in(text):
        if not any(start < last and first < end for first, last in within):
            cuts.append((start, end, _NUMBER))
    for remark in _REMARK.finditer(text):
        if not any(remark.start() < last and first < remark.end() for first, last, _ in cuts):
            cuts.append((*remark.span(), ""))
    out: list[str] = []
    at: list[int] = []
    last = 0
    for start, end, sign in sorted(cuts):
        out += [text[last:start], sign]
        at.extend(range(last, start))
        at.extend([start, *[start + 1] * (len(sign) - 2), end - 1][: len(sign)])
        last = end
    out.append(text[last:])
    at.extend(range(last, len(text)))
    return Slim("".join(out), at, titles)
