"""What one line of a notice's head or foot is: a number, a title, a day; and the parts such lines make up."""

import re
from dataclasses import dataclass, field

from dianping.notices.rules.numbers import numbers_in
from dianping.notices.rules.text import HEAD, PlainText
from dianping.notices.rules.time_points import points_in
from dianping.notices.rules.words import KINDS

Span = tuple[int, int]
# The end of a notice's title: 通知, 意见（试行）.
TITLE_END = re.compile(rf"(?:{'|'.join(KINDS)})(?:（[^）]{{1,16}}）)?$")
# A title that only names what it hands on: 转发《关于开展点评工作的通知》.
_HANDS_ON = re.compile(r"(?:关于)?(?:转发|印发|批转)[^《》]{0,20}《[^《》]{2,80}》")
# A part's number: 一、, （二）, 3..
NUMBERED = re.compile(HEAD)
# A sign that ends a sentence.
STOPPED = re.compile(r"[。；！？]")
# What stands below the text: 附件, 抄送, 主题词, （此件公开发布）, 联系电话, and a secretary's note 记录：.
ATTACHED = re.compile(
    r"附件|附表|附：|抄送|抄报|抄：|主题词|（?此件|（?联系人|（?联系电话|（?联系方式|电话：|邮箱：|电子邮箱|记录：|承办："
)
# Who signs, to the end: 签发人：王明.
_SIGNER = re.compile(r"(?:签发人|会签人)：.*$")
MOST_SIGNATURE = 40
# A sign no line with just a date has.
_OTHER = re.compile(r"[。；，：《␟]")


@dataclass(slots=True)
class Parts:
    """The places of one notice's parts in the plain text; (0, 0) where a part is missing."""

    start: int
    end: int
    head: list[Span] = field(default_factory=list)
    number: Span | None = None
    title: list[Span] = field(default_factory=list)
    addressed: Span | None = None
    body: Span = (0, 0)
    signature: list[Span] = field(default_factory=list)
    dated: Span | None = None


def is_number(plain: PlainText, span: Span) -> bool:
    """Whether a line is a paper's number and nothing else."""
    text = _SIGNER.sub("", plain.text[span[0] : min(span[1], span[0] + 80)])
    number = next(iter(numbers_in(text)), None)
    return bool(number) and number is not None and number[0] <= 1 and len(text) - number[1] <= 1


# By whom and when it was passed, below a title: （2015年12月5日乡党委会通过）.
PASSED = re.compile(r"（[^（）]{4,40}(?:通过|讨论|审议|批准|修订|修正|公布|发布|印发)[^（）]{0,4}）")
# Stars and the like around a title.
DECOR = "★☆◆●■▲※*＊"


def ends_as_title(text: str) -> bool:
    """Whether a line ends as titles do."""
    text = text.strip(DECOR)
    return bool(TITLE_END.search(text) or _HANDS_ON.fullmatch(text))


def is_title(text: str) -> bool:
    """Whether some words may be a title."""
    # A sign no title has, and the end of a notice.
    return 5 < len(text) <= 150 and ends_as_title(text) and not re.search(r"[。；：␟]|^特此", text)


def is_dated(plain: PlainText, span: Span) -> bool:
    """Whether a line is a date or a signature with its date."""
    return date_in(plain, span) is not None


def date_in(plain: PlainText, span: Span) -> Span | None:
    """The day a line ends with, when the line is a date or a signature with its date and nothing else."""
    text = plain.text[span[0] : span[1]]
    if len(text) > 60 or NUMBERED.match(text) or _OTHER.search(text):
        return None
    # How many were printed, behind the day.
    bare = re.sub(r"(?:印发?)?(?:共印.{1,8}份)?$", "", text.rstrip("） ")).rstrip("） ")
    for point in points_in(text, None):
        if point.kind == "day" and point.year and point.end >= len(bare) and point.start <= MOST_SIGNATURE:
            return span[0] + point.start, span[0] + point.end
    return None
