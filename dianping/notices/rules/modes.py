"""点评方式: the ways a review is held in, by name. The four of 豫创组办发〔2010〕26号 三 have keys of their own, any other is "other"."""

import re
from collections.abc import Iterator

from dianping.notices.rules.model import Demand, Quote
from dianping.notices.rules.subjects import is_named
from dianping.notices.rules.text import PlainText, Sentence
from dianping.notices.rules.words import WAY_KEYS, WAYS

_REGULAR = ("定期", "不定期", "日常", "平时", "经常性")  # a way only beside others, or where it is called one
_WAY = rf"(?:{'|'.join(sorted({*WAYS, *_REGULAR}, key=len, reverse=True))})"
# One of them and the review, words between that only say of whom: 集中点评, 现场逐一点评.
_MODE = re.compile(rf"(?P<mark>[□☐○]?)(?P<way>{_WAY})(?:逐[一个]|一一)?(?:点评|讲评)(?![员人表栏])")
# Several and the review behind them all: 采取集中、个别、现场等方式进行点评.
_ROW = re.compile(
    rf"(?P<ways>(?:{_WAY}[、和或与及]){{1,8}}(?:{_WAY}|[^，。；、]{{2,5}}?))(?:相结合|结合)?等?(?:多种|各种|不同)?的?(?:方式|形式|办法|方法)[^，。；]{{0,8}}(?:点评|讲评)"
)
# One or the other before the review: 电话或书面点评.
_EITHER = re.compile(rf"(?P<ways>(?:{_WAY}(?:或者?|[、和与])){{1,4}}{_WAY})点评")
# One by its name as a way: 以会议形式进行, 视频方式 (点评).
_IN_FORM = re.compile(rf"(?P<ways>{_WAY})的?(?:方式|形式)(?![^，。；]{{0,14}}(?:报|交|送|提|反馈|告知|说明))")
# One ticked of several: 点评方式：□集中 ☑书面.
_TICKED = re.compile(rf"[☑☒✓√✔■](?P<ways>{_WAY})(?!点评)")
# Two joined: 集中与个别相结合.
_PAIR = re.compile(rf"(?P<ways>{_WAY}[与和]{_WAY})(?:的?点评)?相?结合")
# One of such a row.
_OF_ROW = re.compile(_WAY)
# What treats the words behind it as a way, whatever its name: a verb (作入企点评, 组织“擂台点评”), another way before 、, a
# bracket; or its being alone in its clause (5、日常点评。, …的，登门点评).
_CHOSEN = re.compile(
    r"(?:采取|采用|提倡|倡导|鼓励|推广|运用|可以?|开展|组织|进行|实行|推行|试行|(?<![工操])作出?|做|搞|改[为成用]|转为|[以用]|通过|辅以|结合|尝试|探索|先行|安排|点评[”\"）]?[、和与]|(?:要|应)?[把将])[“\"]?$|[（“\"]$"
)
# A number before it, the word before that ended; or 的， : what stands alone begins.
_ALONE = re.compile(
    r"(?:^|[：。；])(?:[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十\d]{1,2}）|\d{1,2}[、.]|[①-⑩])?$|[的者]，$|[一二三四五六]是$"
)
# A sign or nothing behind it: what stands alone ends.
_ALONE_ENDS = re.compile(r"[、，。；：\n]|$")
_SHORTEST, _LONGEST = 2, 5  # letters of such a way
_SEEN = 16  # letters looked at before it
# Han characters only.
_HAN = re.compile(r"[\u4e00-\u9fff]+")
# The review itself.
_REVIEW = re.compile(r"点评(?!人|员|表|栏|工作|会|活动|情况|内容|对象|结果|结束|材料|意见)")
# No way: when, how often, how well, by or of whom, or words of another thing.
_NO_WAY = re.compile(
    r"^(?:第?[一二三四五六七八九十两首每本次上下全\d]|年|季|月|半年|学期|期|领导|党|全|各|所|其|这|该|对|由|被|受|认真|及时|深入|普遍|统一|做好|工作|组织|参加|接受|完成|负责|开始|继续|抓好|抓实|落实|有关|相关|互|自|严格|创先|重点|精准|逐|一(?![线对人])|再|不|未|补|总|好|只|定期|谁|怎|如何|何|哪|多|几|要|应|必|须|能|每|部|处|科|委|员|生活)"
    r"|(?:[上中时后前并的地要由对可应将再先于了着过能须只仅]|进行|开展|予以|给予|作出|实施|组织|一次|一轮|年度|季度|半年|工作|活动|情况|领导|书记|委员|成员|班子|党员|群众|支部|党委|认真|全面|逐一|逐个|逐人|及时|客观|深入|严肃|重点|统一)$"
)
# What is not wanted, right before it: 不搞, 防止.
_NOT = re.compile(
    r"(?:不搞|不得|不能|防止|避免|杜绝|不是|代替|取消|不再)[^，。；]{0,6}$|(?:严禁|不准)[^，。；]{0,14}$"
)
# What is given up, right behind it: 取消, 不再进行.
_GIVEN_UP = re.compile(r"(?:会|活动|工作)?(?:予以|一律|均)?(?:取消|不再|停止|暂停|改为|改成)")
# What calls it a way: 方式, 形式, 相结合的办法.
_CALLED = re.compile(r"方式|形式|办法")


# What parts the ways in one cell: 、, 和, a blank lost.
_CELL_JOINT = re.compile(r"[、，；/+和与]")


def ways_of_cell(quote: Quote, cell: str) -> list[Demand]:
    """The ways a cell under 方式 names: 述职会点评, or 现场 alone."""
    ways = [one.removesuffix("点评").strip() for one in _CELL_JOINT.split(cell)]
    return [Demand(quote, WAY_KEYS.get(way, "other"), f"{way}点评") for way in ways if 1 < len(way) <= 8]


def _free_ways(text: str, told: set[int]) -> list[tuple[int, int, str]]:
    """Ways that are on no list, known by where they stand; `told` are the ends of those that are."""
    found = []
    for review in _REVIEW.finditer(text):
        if review.end() in told:
            continue
        for long in range(_SHORTEST, min(_LONGEST, review.start()) + 1):
            first = review.start() - long
            left, way = text[:first][-_SEEN:], text[first : review.start()]
            alone = bool(_ALONE.search(left)) and bool(_ALONE_ENDS.match(text, review.end()))
            if not _HAN.fullmatch(way) or not (alone or _CHOSEN.search(left)):
                continue
            named = is_named(way) and not way.endswith(("会", "村"))
            if named or _NO_WAY.search(way) or _NOT.search(left) or (way in _REGULAR and not alone):
                break
            found.append((first, review.end(), way))
            break
    return found


def modes_in(plain: PlainText, sentence: Sentence) -> Iterator[Demand]:
    """Every way of reviewing a sentence names, each once; an empty box before it is none."""
    text = sentence.text
    if "评" not in text:
        return
    found: list[tuple[int, int, str]] = [
        (match.start("way"), match.end(), match["way"])
        for match in _MODE.finditer(text)
        if not match["mark"]
        and not _NOT.search(text[max(0, match.start() - 10) : match.start()])
        and not _GIVEN_UP.match(text, match.end())
    ]
    found += _free_ways(text, {end for _, end, _ in found})
    for row in (each for shape in (_ROW, _PAIR, _EITHER, _IN_FORM, _TICKED) for each in shape.finditer(text)):
        if _NOT.search(text[max(0, row.start() - 16) : row.start()]):
            continue
        for one in _OF_ROW.finditer(text, row.start("ways"), row.end("ways")):
            found.append((one.start(), one.end(), one[0]))
    regular = any(way not in _REGULAR or _ALONE.search(text[:at]) for at, _, way in found) or bool(
        _CALLED.search(text)
    )
    seen = set()
    for start, end, way in sorted(found):
        if way in seen or (way in _REGULAR and not regular):
            continue
        seen.add(way)
        quote = plain.quote(sentence.start + start, sentence.start + end, sentence.clause)
        yield Demand(
            quote,
            WAY_KEYS.get(way, "other"),
            f"{way}{'讲评' if text[start:end].endswith('讲评') else '点评'}",
        )
