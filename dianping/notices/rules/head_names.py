"""The names in a notice's head: its title, the issuer as printed, two issuers side by side, those it is sent to."""

import re

from dianping.notices.rules.head_lines import DECOR, Parts, Span
from dianping.notices.rules.text import PlainText

# Secrecy, haste and the copy's number at the beginning: 机密★特急, 000123.
_SECRET = re.compile(r"^(?:机密|秘密|绝密|特急|加急|急件|★|[A-Z]?\d{6,})+")
# The body that heads a title: 中共禾泽区委 in 中共禾泽区委关于…, 卫生局党组 in 卫生局党组会议纪要.
_IN_TITLE = re.compile(
    r"(?P<who>[^《》，。]{2,40}?(?:委员会|党委|党组|总支部?|支部|工委|[省市县区]委|领导小组|办公室|组织部|教育局))(?=会议|关于|批转|转发|印发|\d{4}年)"
)
# Who issues, over a title that says only the kind: …办公室 over 会议通知, 《…》编辑部 over 致…的一封信.
_UNDER_ISSUER = re.compile(
    r"(?P<who>[^，。；：]{4,40}?(?:委员会|党委|党组|总支|支部|工委|[省市县区]委|小组|办公室|编辑部|组织部|宣传部|[局处部]))"
    r"(?P<title>(?:紧急|会议|补充|开会|工作)?(?:通知|通告|告示|公告|启事|提醒|通报|倡议书|邀请函|公示)|致[^，。；：]{2,24}(?:一封信|公开信|倡议书))"
)
# Blanks or a line end between two names, as two issuers sign: 中共甲县委组织部　　甲县民政局.
_BETWEEN_NAMES = re.compile(r"\s{2,}|\n")
# Who signs alone is a body, not somebody in office: 委员会, 组织部.
BODY_NAME = re.compile(
    r"(?:委员会|党委|党组|总支|支部|工委|领导小组|工作小组|办公室|[部局厅处科办院校股]|[省市县区]委|中心|公司|集团|协会|学会|商会)$"
)
# Where the seal goes, behind a name: （代章）, （盖章）, （印）.
_SEAL = re.compile(r"（[^）]{0,4}[章印]）")
LEAST_NAME = 4  # letters


def without_seal(name: str) -> str:
    """A name without the place of its seal: 粮食局办公室 of 粮食局办公室（章）."""
    return _SEAL.sub("", name)


def letterhead(plain: PlainText, parts: Parts) -> tuple[str, bool]:
    """The issuer as printed over the number, and whether it stands as a letterhead (…文件)."""
    name = _SECRET.sub("", "".join(plain.text[start:end] for start, end in parts.head))
    # What kind it is, in brackets behind the name: （通知）.
    name = re.sub(r"（[^）]{2,4}）$", "", name)
    # The paper of an office's notes: 便笺.
    name = re.sub(r"(?:便笺|信笺|用笺)$", "文件", name)
    if not name.endswith("文件"):
        return name if "会议" not in name else "", False
    # The word behind the name.
    printed = re.sub(r"(?:文件|便笺|信笺|用笺)$", "", together(plain, parts.head))
    return _SECRET.sub("", printed).rstrip("、"), True


def together(plain: PlainText, spans: list[Span]) -> str:
    """The names on some lines: two bodies side by side are two issuers, anything else is one name broken."""
    bare = _SEAL.sub("", "".join(plain.text[start:end] for start, end in spans))
    if not spans:
        return bare
    printed = plain.quote(spans[0][0], spans[-1][1]).text
    names = [
        _SEAL.sub("", PlainText(piece).text.strip("\n"))
        for piece in _BETWEEN_NAMES.split(printed.strip())
        if piece.strip()
    ]
    names = [name for name in names if name != "文件"]
    if len(names) > 1 and all(len(name) >= LEAST_NAME and BODY_NAME.search(name) for name in names):
        return "、".join(names)
    return bare


def title_of(plain: PlainText, parts: Parts) -> str:
    """The title, without a star or a label before it."""
    title = "".join(plain.text[start:end] for start, end in parts.title)
    under = _UNDER_ISSUER.fullmatch(title)
    if under and parts.title and _is_broken(plain, parts.title[0][0] + under.start("title")):
        title = under["title"]
    # 【通知】, [转] and the like before the title's own words.
    return re.sub(
        r"^(?:特急|加急|急件|[【\[［][^】\]］]{1,8}[】\]］](?=.{6}))", "", title.strip(DECOR)
    ).strip(DECOR)


def _is_broken(plain: PlainText, at: int) -> bool:
    """Whether a line begins at a place of the plain text."""
    return "\n" in plain.quote(at - 1, at + 1).text


def issuer_in_title(plain: PlainText, parts: Parts) -> str:
    """The body, or the bodies, that head a title, or stand over it in a line of their own; "" when none does."""
    title = "".join(plain.text[start:end] for start, end in parts.title)
    under = _UNDER_ISSUER.fullmatch(title)
    if under and _is_broken(plain, parts.title[0][0] + under.start("title")):
        return under["who"]
    title = title_of(plain, parts)
    match = _IN_TITLE.match(title)
    if match:
        return match["who"]
    about = title.find("关于")
    if about < LEAST_NAME or not BODY_NAME.search(title[:about]):
        return ""
    start = parts.title[0][0]
    return together(plain, [(start, start + about)])


def told_names(text: str) -> list[str]:
    """Names one by one; what stands in brackets is not taken apart."""
    names: list[str] = []
    depth, last, parted = 0, "", ""
    for sign in text.rstrip("："):
        depth += (sign == "（") - (sign == "）")
        if sign in "、，；" and depth <= 0:
            _add(names, last, parted)
            last, parted = "", sign
        else:
            last += sign
    _add(names, last, parted)
    return [name for name in names if name]


def _add(names: list[str], name: str, parted: str) -> None:
    """市属各高校、国有企业党委组织部: a place beside the Party body of another, parted by 、, is of its name."""
    before = names[-1] if names else ""
    if parted == "、" and _PLACE_ONLY.fullmatch(before) and _OF_PARTY.search(name) and not _OWN.match(name):
        names[-1] = f"{before}、{name}"
    else:
        names.append(name)


# A kind of unit with no word for a body of the Party or an office in it: 机关, 市属各高校.
_PLACE_ONLY = re.compile(
    r"(?:机关|后勤|[^，。；：、党委支部书记办公室组织全]{0,6}(?:高校|企业|学校|医院|学院|院系|科室|车间|公司|社区|国企))"
)
# Such a word: 党委, 支部.
_OF_PARTY = re.compile(r"党|支部|书记")
# What begins a name of its own: 各, 全体, 直属.
_OWN = re.compile(r"各|全|直属|有关|所属|机关|市直|县直|区直|省直|党|离退")
# Those who get a copy, up to the end of the line: 抄送：市直工委，局领导。
_COPY_TO = re.compile(r"(?:^|(?<=[\n。]))抄[送报]?：(?P<to>[^。\n]{2,200})")


def copy_to(plain: PlainText, parts: Parts) -> tuple[str, ...]:
    """Those under 抄送 and 抄报, one by one."""
    return tuple(
        name
        for match in _COPY_TO.finditer(plain.text, parts.start, parts.end)
        for name in told_names(match["to"])
    )


def addressees(plain: PlainText, parts: Parts) -> tuple[str, ...]:
    """Those the notice is sent to, one by one."""
    return tuple(told_names(plain.text[slice(*parts.addressed)])) if parts.addressed else ()
