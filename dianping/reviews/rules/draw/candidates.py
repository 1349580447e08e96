"""The list drawn from, frozen: one line a candidate, `stratum|code|name`, in the order of their bytes.

UTF-8 without a byte order mark, Unicode NFC, every line ends in LF, the last one too. The same people give the same
text in whatever order they were entered (`LC_ALL=C sort` agrees with it).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dianping.base.chinese_text import clean
from dianping.reviews.rules.draw.faults import DrawFault
from dianping.reviews.rules.draw.seals import digest

WHOLE = "全体"
# A code of up to 40 letters, figures, “.”, “_” and “-”, the first a letter or a figure: A01-3.
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody or something that may be drawn: told apart by its code alone, which is hashed; the name is for readers.

    Without strata everybody stands in one.
    """

    code: str
    name: str
    stratum: str = WHOLE

    @property
    def line(self) -> str:
        """Its line of the list, without the line end."""
        return f"{self.stratum}|{self.code}|{self.name}"


@dataclass(frozen=True, slots=True)
class FrozenList:
    """The candidates in the order of their lines. Raises DrawFault when the text could be read in two ways:
    a code twice (or twice but for capitals), a field empty, a bar, a line end or an unseen character in it."""

    candidates: tuple[Candidate, ...]

    def __post_init__(self) -> None:
        if not self.candidates:
            raise DrawFault(
                "名单里没有候选对象，应至少有一名。请先列出可以抽的对象。", code="reviews.nobody-to-draw"
            )
        for one in self.candidates:
            demand_code(one.code, f"“{one.name}”的代码")
            demand_plain(one.name, f"代码 {one.code} 的名称")
            demand_plain(one.stratum, f"代码 {one.code} 所在的层")
        self._demand_one_each()
        lines = [one.line for one in self.candidates]
        if lines != sorted(lines):
            raise DrawFault(
                "名单的各行没有按字节顺序排列。请用 LC_ALL=C sort 排好后再核对。",
                code="reviews.list-out-of-order",
            )

    def _demand_one_each(self) -> None:
        code, times = Counter(one.code.casefold() for one in self.candidates).most_common(1)[0]
        if times > 1:
            same = [f"{one.code} {one.name}" for one in self.candidates if one.code.casefold() == code]
            raise DrawFault(
                f"同一个代码在名单里出现了 {times} 次（{'、'.join(same)}），大小写不算区别。"
                "一个代码只能指一个候选对象，请改正后重新封定。",
                code="reviews.list-code-twice",
            )

    @property
    def text(self) -> str:
        """The list as it is hashed and printed."""
        return "".join(f"{one.line}\n" for one in self.candidates)

    @property
    def digest(self) -> str:
        """SHA-256 of the text, as `sha256sum list.txt` prints it."""
        return digest(self.text)

    @property
    def strata(self) -> dict[str, tuple[Candidate, ...]]:
        """The candidates of each stratum, in the order of the list; none is empty."""
        found: dict[str, list[Candidate]] = {}
        for one in self.candidates:
            found.setdefault(one.stratum, []).append(one)
        return {name: tuple(members) for name, members in found.items()}

    @property
    def sizes(self) -> dict[str, int]:
        """How many stand in each stratum."""
        return dict(Counter(one.stratum for one in self.candidates))


def frozen_list(candidates: Iterable[Candidate]) -> FrozenList:
    """The list to freeze, each field brought to one spelling first. Raises DrawFault as FrozenList does."""
    tidy = [Candidate(plain(one.code), plain(one.name), plain(one.stratum)) for one in candidates]
    return FrozenList(tuple(sorted(tidy, key=lambda one: one.line)))


def read_list(text: str) -> FrozenList:
    """A list as it was frozen, read back without mending anything: what was hashed is what counts.

    Raises DrawFault for lines that are not `stratum|code|name`, and as FrozenList does.
    """
    if not text.endswith("\n"):
        raise DrawFault(
            "名单的最后一行没有换行符，应与其他各行一样以换行符结尾。请补上后再核对。",
            code="reviews.list-not-ended",
        )
    if "\r" in text:
        raise DrawFault(
            "名单的换行是 CRLF 或 CR，应为单个 LF。请在编辑器里改成 LF（Unix）换行后再核对。",
            code="reviews.list-line-ends",
        )
    found = []
    for number, line in enumerate(text[:-1].split("\n"), start=1):
        fields = line.split("|")
        if len(fields) != 3:
            raise DrawFault(
                f"名单第 {number} 行是“{line}”，应为“层|代码|名称”三项、两道竖线。请照封定的名单改正。",
                code="reviews.list-line-malformed",
            )
        found.append(Candidate(fields[1], fields[2], fields[0]))
    return FrozenList(tuple(found))


def plain(text: str) -> str:
    """Text without what cannot be seen on paper, in NFC."""
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")  # clean() knows the usual ones only
    return unicodedata.normalize("NFC", clean(seen))


def demand_plain(text: str, what: str) -> None:
    """Raises DrawFault unless the text is one line that whoever copies it from paper writes in one way only."""
    if not text or text != text.strip():
        raise DrawFault(
            f"{what}写的是“{text}”，应当不空，首尾也没有空格。请改正。", code="reviews.draw-text-untrimmed"
        )
    unseen = next((c for c in text if c != " " and unicodedata.category(c) in _UNSEEN), "")
    if unseen:
        raise DrawFault(
            f"{what}“{text}”里有看不见的字符（U+{ord(unseen):04X}），从纸上照抄会抄丢。请删去。",
            code="reviews.draw-text-unseen-signs",
        )
    if "|" in text:
        raise DrawFault(
            f"{what}“{text}”里有竖线“|”，竖线只用来分隔各项。请改用别的符号。",
            code="reviews.draw-text-with-stroke",
        )
    if not unicodedata.is_normalized("NFC", text):
        raise DrawFault(
            f"{what}“{text}”不是 Unicode 的 NFC 写法，同样的字会算出不同的摘要。请改成 NFC。",
            code="reviews.draw-text-not-composed",
        )


def demand_code(code: str, what: str) -> None:
    """Raises DrawFault unless a code is 1 to 40 letters, digits, dots, dashes or underscores, a letter or digit first."""
    if not _CODE.fullmatch(code):
        raise DrawFault(
            f"{what}写的是“{code}”，应为 1 到 40 个英文字母、数字、“.”“_”“-”，以字母或数字开头。"
            "请改用组织代码或名单上的编号。",
            code="reviews.draw-code-malformed",
        )
