"""Who and whom around a review, without the manners, days and places that stand between: 分别, 于12月5日前, 在支部大会上."""

import re

from dianping.notices.rules.paper_names import DAY_AT_END
from dianping.notices.rules.subjects import ENDING, is_named, without_lead
from dianping.notices.rules.words import WAYS

# The words for reviewing: 点评, 述职评议, 讲评.
ACT = r"(?:述职点评|点评|述职评议|讲评|评议|综合评价)"
# Manners and verbs without weight that are such wherever they stand: 分别, 集中, 一并.
_PLAIN = (
    "逐一地 一一 参加并 主持并 列席并 打分 做到 做 上门 随堂 代为 当众 亲自 带头 集体 听课 座谈 专题 会议 谈话 面对面 实地 线上 视频 各自 各"
    " 不漏一个 ， 分别 现场 当场 当面 个别 随机 先行 都 均 要 一次 全面 认真 统一 进行 开展 予以 给予 一并 实事求是地 实事求是 择机"
    " 视情 还 重点 接着 随后 继而 一个一个地 一个一个 挨个 补 再次 再 重新 依次 分工 分组 当好 按时 牵头 实施 具体 述职 调研和 检查和 评价和"
    " 调研并 座谈和 和 与 也 并 或者 或 书面 口头 随时 经常 适时 及时 定期 一轮 一遍 普遍 共同 联合 轮流 每人 了 至少"
)
# Those that are not behind or before certain signs: 作 (not 工作), 负责 (not 负责人), 组织 (not 党组织), 每半年.
_BOUND = (
    r"逐[一个人项]|(?<![工操])作出?|(?<![以本未])来|总(?!支)|负责(?![人同])|(?<!党)组织(?![部员委人科处者书])"
    r"|每(?:半年|季度?|年|月|学期|学年)"
)
# A manner or a verb without weight, which stands between people and the deed: 分别, 集中, 进行, 每半年. Each word once, the
# longer first, and what is taken is kept: a row of manners is read in one way only, however long it is.
MANNER = rf"(?>{'|'.join(sorted({*_PLAIN.split(), *WAYS}, key=lambda word: (-len(word), word)))}|{_BOUND})"
# The last of the manners, at the end: 书记要分别.
_LAST_MANNER = re.compile(rf"{MANNER}$")
# A place or a way, at the end: 在支部大会上, 采取座谈的方式.
_PLACE = re.compile(
    r"(?:在[^，。；]{2,20}[上中时]|(?:采取|采用|以|用|通过)[^，。；]{2,24}(?:方式|形式|办法))$"
)
# A verb without weight and the way it is done in, at the end: 作家访式, 开展一次驻点.
_LIGHT = re.compile(
    r"(?:进行|开展|予以|给予|实施|实行|(?<![工操合协写著])作出?|做出?|搞)(?:一次|一轮|一遍)?[^，。；、：对]{0,8}$"
)
# What is attended on the way, at the end: 参加主题党日、.
_ATTENDED = re.compile(r"(?:参加|列席|出席|旁听)[^，。；]{0,14}?(?:会议?|活动|党日|生活会|党课)[、并和]*$")
# Some of those told before, by number: 前三位, 未点评的14名.
_SOME = re.compile(
    r"(?:(?:.{1,12}的)?(?:前|后|第|其余|其他|另外|余下)|.{1,12}的)[一二三四五六七八九十两\d]{1,3}[名位个]"
)
# Before whom one speaks, at the end: 支部书记 (向所在总支).
_BEFORE_WHOM = re.compile(r"(?<=..)向[^，。；]{2,24}$")
# How many, before who is reviewed: 不少于 (3个支部), 一次.
_HOW_MANY = re.compile(r"^(?:一[次遍轮]|不少于(?=[\d一二两三四五六])|至少(?=[\d一二两三四五六]))")
# In whose place somebody reviews, at the end: 副书记 (代党委书记).
_IN_PLACE_OF = re.compile(r"(?<=..)(?:代表?|代替)[^和、与及，]{0,10}(?:书记|党委|党组|支部|总支)$")
MOST_MANNERS = 10
# Who is reviewed, where what is looked at follows: 党支部书记（…）履行职责.
_ABOUT_CUT = re.compile(
    rf"(.{{0,60}}{ENDING}(?:（[^）]{{1,20}}）)?)(?=的|开展|参加|创先争优|述职|贯彻|落实|履行|履职|承诺|抓|工作|党建|推进|一年|年度|本年|，|在|进行|讲|上党课|离校|离退|要|应|须|必须|不得|可以?|均|都|是党员|时|后|全年|日常|平时|表现|思想|作风|学习|情况|近期|各自|存在|今年)"
)
# How often, in brackets behind a name: （一季度一次）.
_OFTEN = re.compile(r"（[^）]*[次年月度轮][^）]*）$")


def cut_end(left: str) -> str:
    """The words without the manners at their end, and nothing else cut."""
    for _ in range(MOST_MANNERS):
        shorter = _LAST_MANNER.sub("", left)
        if shorter == left:
            break
        left = shorter
    return left


def cut_manner(text: str) -> str:
    """The words without manner and place at their end, as far as they are no name: 党组织 keeps its 组织."""
    for _ in range(MOST_MANNERS):
        if is_named(text) and not _ATTENDED.search(text):
            break
        shorter = _LAST_MANNER.sub("", text)
        for pattern in (_PLACE, DAY_AT_END, _ATTENDED, _LIGHT):
            shorter = shorter if shorter != text else pattern.sub("", text)
        if shorter == text:
            break
        text = shorter
    return text


def object_of(text: str) -> str:
    """The body or person reviewed, without the matter that is looked at and the manner it is done."""
    bare = cut_manner(text).strip("，、的")
    # 是党员的 behind who it is: 企业主是党员的.
    bare = _OFTEN.sub("", re.sub(r"是(?:中共)?党员的?$", "", bare)).removeprefix("到")
    bare = _BEFORE_WHOM.sub("", _HOW_MANY.sub("", bare))
    if is_named(bare) or _SOME.fullmatch(bare):
        return bare
    cut = _ABOUT_CUT.match(bare)
    return cut[1] if cut else ""


def checked(who: str, about: str) -> tuple[str, str] | None:
    """Reviewer and reviewed as a pair, where both may be such; None where not."""
    who = without_lead(who).strip("，")
    who = _IN_PLACE_OF.sub("", who)
    asked = who.rpartition("请")[2]  # 请你们请乡联系领导
    who = asked if "请" in who and is_named(asked) else who
    return (who, about) if about and 1 < len(who) <= 60 and is_named(who) and "点评" not in who else None
