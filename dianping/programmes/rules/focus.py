"""What a paper says is looked at: of whom, and which points, none of them cut in two (联系和服务群众 is one)."""

import re

# The words that open a list of points, and the list up to its end: 重点围绕A、B等情况进行点评.
_LIST = re.compile(
    r"(?:重点围绕|围绕|主要点评|重点点评|着重点评|主要看|重点看)(?:好)?(?P<its>其|本人)?(?P<points>[^。；]+?)"
    r"(?:等)?(?:方面)?(?:的)?(?:情况|内容)?(?:进行(?:点评|评议|讲评)|开展点评|来?点评|$|(?=[。；]))"
)
# Of whom, said before the list: 对党员，要重点围绕….
_WHOM = re.compile(
    r"对(?P<whom>[^，。；：]{2,20}?)(?:的点评|点评|进行点评)?(?:时)?[，,]?(?:主要|要|应|应当)?(?:重点|主要|着重)?(?:围绕|点评|看)"
)
# The first words of a point that says what is done: 加强…, 服务….
_DOING = re.compile(
    r"带头|组织|开展|推动|推进|加强|履行|兑现|服务|联系|落实|完成|抓好|做好|解决|为|发挥|参加|遵守|执行|改进|转变|促进|维护|学习|密切|"
    r"践行|贯彻|指导|办好|建设|整改|创建|争创|提高|提升|关心|帮助|团结|廉洁"
)
# The last word of a point that says what it is about, and may govern two before it: 党组织和党员队伍建设.
_GOVERNS = re.compile(r"(?:建设|工作|关系|作用|能力|水平|问题|意识|素质|业绩|实绩|效果|质量|作风)$")

# What parts points for certain: 、, 以及.
_BETWEEN = re.compile(r"、|，|,|以及")
# What may join two points, or two words of one: 和.
_JOINED = re.compile(r"[和及与]")
# What ends a point and says nothing: 服务群众的情况.
_ENDING = re.compile(r"(?:等)?(?:的)?情况$")


def whom_of(text: str) -> str:
    """ "member", "secretary" or "organisation" where the sentence says of whom, else ""."""
    told = _WHOM.search(text)
    words = told["whom"] if told else ""
    if "书记" in words or "负责人" in words or (not words and "书记" in text):
        return "secretary"
    if "党员" in words and "组织" not in words and "支部" not in words:
        return "member"
    # A body of any kind: 党组织, 党支部, 党委, 各单位.
    return "organisation" if re.search(r"组织|支部|党委|总支|单位", words) else ""


def points_of(text: str) -> tuple[str, ...]:
    """The points, in the paper's words."""
    told = _LIST.search(text)
    if told is None:
        return ()
    listed = _BETWEEN.split(told["points"])
    *first, last = [part.strip() for part in listed if part.strip()] or [""]
    points = [*first, *_halves(last)]
    return tuple(_ENDING.sub("", point) or point for point in points if point)


def _halves(point: str) -> list[str]:
    """The last point of a list, in two where 和 joins two points and not two words of one."""
    for match in _JOINED.finditer(point):
        left, right = point[: match.start()], point[match.end() :]
        if _parts_two(_ENDING.sub("", left), _ENDING.sub("", right)):
            return [left, right]
    return [point]


def _parts_two(left: str, right: str) -> bool:
    if len(left) < 4 or len(right) < 3:
        return False  # 联系和服务群众: one verb and another before what both are about
    if _DOING.match(left):
        return bool(_DOING.match(right)) and not (_GOVERNS.search(right) and len(left) < 4)
    return bool(_DOING.match(right)) or bool(_GOVERNS.search(left)) or not _GOVERNS.search(right)
