"""What a date is to the reader: a deadline, a window, a beginning, or a mere mention of the past or of a count."""

import re
from datetime import date

from dianping.notices.rules.seasons import LUNAR
from dianping.notices.rules.subjects import ENDING
from dianping.notices.rules.tails import BEGUN, SINCE, UNTIL, TimePhrase

# What is measured or counted, behind a number that is no date: 3.5万元.
_MEASURE = re.compile(r"[万千亿元%％分版倍个名级章节条米]|公里|平方|小时|学时")
# What joins points in a list: 、, 和, 及.
_LISTED = re.compile(r"[、和及]")
# A word for a limit, right before the point: 截止时间为, 最迟不晚于, 不得迟于.
_LIMIT = re.compile(
    r"(?:(?:交回|报送|上报|提交|上交|报名|收[表取件]|回收|反馈|完成)的?(?:时间|日期)|截止(?:时间|日期|期限)?|不要?拖过|不得?拖过|最迟|至迟|最晚|不得?超过|不得?晚于|不得?迟于|时限|期限|时间限)(?:不得?[晚迟]于|仍然?|还|为|是|：|到|至|于|在|截至|推迟|延长|顺延|提前|延后)*$"
)
# 从 or 自 right before the point.
_SINCE_BEFORE = re.compile(r"(?:从|自|自从)$")
# 到, 至 or 延续到 right before the point.
_TOWARDS = re.compile(r"(?:到|至|延续到)$")
# Up to the point, right before it: 截至, 截止到, 统计到.
_AS_OF = re.compile(r"(?:截[至止](?:到|至|于)?|计算[到至]|统计[到至])$")
# Something is counted up to a day: 已有, 现有, 在册, 党龄, 全市.
_COUNTED = re.compile(
    r"已[有经]?|共|现有|累计|为准|在册|年报|统计数|年龄|党龄|工龄|组织关系|任现职|[全各][省市县区校]"
)
# Something is to be done or handed in by a day: 报送, 完成, 截止时间.
_HANDED = re.compile(
    r"报送|上报|报名|提交|交|完成|结束|填报|推荐|征集|反馈|截止(?:时间|日期|期限)|申报|办理|日前"
)
# A work that ends then, right before 截至: 点评截至.
_REVIEWED_BY = re.compile(r"(?:点评|讲评|评议|述职|自查|整改|公示|征集)(?:工作|活动|时间)?截至(?:到|至|于)?$")
# What began or happened on the day, right behind it: 以来, 成立, 印发的.
_HISTORY = re.compile(
    r"以来|新?(?:成立|组建|设立)|(?:新|以后)?(?:入党|转正|转入|调入|发展)|出生|参加工作|任职|(?:所|已)?(?:实施|印发|下发|召开|举行|制定|制订|确定|签订|作出|提出|挂出|公布|通过|发|印|上报|报送|提交|开展|进行|布置|部署)(?:过)?的|已(?!定)|[^，。；]{0,4}过的"
    r"|所[发印作提定]|以后(?:入|参加|发展|成立)|党委会?[^，。]{0,4}研究|会议[^，。]{0,4}(?:研究|通过|审议)|时?[^，。]{0,10}(?:指出|查出|点出)的"
)
# What was set and is so no longer, or what is taken as an occasion, right before the point: 原定, 抓住.
_WITHDRAWN = re.compile(
    r"原(?:定|计划|拟|先)[于在]?$|(?:抓住|抓好|抓紧用好|用好|利用|结合|借|把握)(?:好|着)?[于在]?$"
)
# A blank to be filled in with the day: “填表日期”统一写2020年12月31日.
_FILLED_IN = re.compile(r"(?:日期|时间|落款)[”\"]?[^，。；]{0,4}(?:写|填写?|署|注明|落款?)(?:为|成|作)?$")
# The beginning of the year, told of what was planned then: 年初制定的, 按照年初计划.
_YEAR_BEGUN = re.compile(
    r"(?:按照?|根据|对照|结合|围绕|依据|比)$|(?:制定|制订|确定|签订|挂出|提出|部署|承诺|计划|下达|明确|布置|定下?|的)"
)
# What of a part of the year is told, right behind it: 上半年支部工作, 第一季度工作汇报, 四季度点评.
_OF_IT = re.compile(
    r"的?(?!完成|开展|组织|召开|进行|集中|对|由|各|安排|要|全面|普遍|启动|抓|做好?|结束|前|内|举办|举行|再)[^，。；于在前]{0,6}"
    r"(?:工作|情况|汇报|(?<=的)(?:点评|述职|评议|讲评)|点评(?:须|应当?|要|务必|必须|请)?(?:[在于]|\d{1,2}月)|的(?:提前|推迟|顺延|延后|延至|仍)|点评(?:工作|会|安排|推迟|延期|顺延|提前|调整|[定拟将改已与和按由表]|名单|方案|结[束果])|总结|小结|台账|台帐|报表|统计表|材料|数据|(?:点评|讲评|评议)[中里时的在于]|问题|任务|党费|记录)"
    r"|(?:(?!召开|组织|开展|进行|举[办行]|参加|安排|听取|一次)[^，。；于在前]){0,10}(?:讲评|点评|座谈|述职|评议|总结|推进|例)会"
)
# What is only called by the end of the year: 年底考核.
_AT_YEARS_END = re.compile(r"的?(?:点评|考核|述职|评议|讲评|总结|考评)(?![完结前])")
# How often, right behind it: 一季度一次.
_TIMES = re.compile(r"(?:至少|不少于|不得少于)?[一二两三四\d][次轮遍回]")
# What is usually so and binds nobody, right before the point: 一般从.
_USUALLY = re.compile(r"(?:一般|通常)(?:都|是)?[从自于在]?$")
# Postponed to, right before the point: 推迟至.
_MOVED_TO = re.compile(r"(?:推迟|改期|提前|调整|改|顺延|延期)[到至为于在]$")
# What is closed, gathered in or handed over on the day, right behind it: 截稿, 收毕, 收齐交, 送政治处.
_CLOSED = re.compile(
    r"(?:统一|准时|按时|之?内)?(?:截稿|截[止至]|收[毕齐讫](?!后)|收完|封卷|关门|(?:一并|一起|统一|集中)?(?:送|交|报)(?!到|名|告|[流通警学叉友易往换接]))|与[^，。；]{2,10}一[起并](?:送|交|报)"
)
# What is held then, soon behind the point: 召开.
_HELD = re.compile(r"[^，。；]{0,8}(?:召开|举行|举办|进行|开展)")
# What one goes by, up to 6 letters before the point: 根据, 按照市委, 贯彻落实.
_BASIS = re.compile(r"(?:根据|按照|依据|依照|贯彻|落实|传达|学习)[^，。]{0,6}$")
# A meeting, speech or paper, soon behind the point: 全市组织工作会议, 讲话.
_MEETING = re.compile(r"[^，。]{0,14}(?:会议|精神|讲话|文件|通知|部署)")


def stands_alone(phrase: TimePhrase, before: str, after: str, dots: int) -> bool:
    """Whether a point means a date without another beside it; `dots` points of the sentence are like 11.21."""
    kind = phrase.point.kind
    if kind in ("tenth", "now") and phrase.suffix not in BEGUN:
        return False
    if kind == "dot":
        in_row = (
            dots > 1
            and not _MEASURE.match(after)
            and not before.endswith(("第", "表", "图", "附件", "V", "v"))
        )
        return phrase.suffix in ("前", "之前", "以前") or in_row or phrase.end > phrase.point.end
    if kind == "only":
        return phrase.suffix in ("前", "之前", "以前") and (
            not before or before[-1] in "，。；：、于在请务必定须（到至"
        )
    if kind == "season":
        return bool(phrase.suffix)
    return kind != "tenth"


# Who or what it was that joined, moved or was founded then, right behind it: 转正的党员, 新建的支部.
_STATUS = re.compile(
    rf"(?:新|已|刚|正式|以?后)?(?:入党|转正|转[入出来]|调[入出离任来]|到[任岗]|上任|任职|履新|离任|退休|离休|新?建|成立|组建|撤销|发展|接收|批准|吸收|毕业|入职|注册|出生|参加工作|换届|当选|受[^，。；]{{0,4}}处分|流[入出]|外出|落户|报到)[^，。；]{{0,8}}?的[^，。；]{{0,6}}?{ENDING}"
)
# How far a time has gone, right behind it: 即将结束, 过半, 将至.
_GONE_BY = re.compile(
    r"(?:即将|已经?)(?:结束|过去|来临|到来|收官)|(?:已经?|即将)?(?:过半|过去|来临|到来|临近)(?=[，。；])|将[尽近至]|即将"
)
# What was written on the day and is answered, right behind it: 《…的请示》收悉.
_ANSWERED = re.compile(r"[^，。；]{0,60}?(?:收悉|已收到|知悉)")
# Who signs before a day with its year, alone: 镇党政办; somebody's name: 老钱.
_SIGNER = re.compile(rf"[^，。；：《》的于在]{{2,20}}{ENDING}|[小老][\u4e00-\u9fff]|[\u4e00-\u9fff]某某?")
# What is not done then, right behind it: 不安排点评.
_NOT_HELD = re.compile(r"[^，。；]{0,4}不(?:再|得)?(?:安排|组织|开展|进行|召开)")
# A meeting that resolved something then, right behind it: 局党组会议研究.
_RESOLVED = re.compile(r"[^，。；]{0,10}会议?[^，。；]{0,4}(?:研究(?:决定|通过|同意|，|$)|审议|决定|同意)")
# What tells how it went: 实际点评, 其中, 完成率达.
_NARRATED = re.compile(r"实际|累计|其中|均已|已[有经于]|率[达为]|达到?\d|[评成展行查访开阅听谈]了")
# What orders: 要 (not 重要), 须, 请, 确保.
_ORDERED = re.compile(r"(?<![重主需])要|须|请|务必|确保|应[于在当将]|将[于在]")


def is_moved_to(before: str) -> bool:
    """Whether a day is one something is moved to, be it gone or not: 提前至."""
    return bool(_MOVED_TO.search(before[-6:]))


def is_told_of(text: str) -> bool:
    """Whether a sentence tells how it went and orders nothing."""
    return bool(_NARRATED.search(text)) and not _ORDERED.search(text)


def is_past(first: TimePhrase, last: TimePhrase, before: str, after: str) -> bool:
    """Whether the words tell of what was, not of what is to be done."""
    if _NOT_HELD.match(after) or _GONE_BY.match(after):
        return True
    if not last.suffix and (_ANSWERED.match(after) or _signs(first, before, after)):
        return True
    if (
        (not last.suffix and _RESOLVED.match(after[:24]))
        or _STATUS.match(after[:30])
        or (before.endswith(("“", '"')) and after.startswith(("”", '"')) and not last.suffix)
    ):
        return True
    if last.suffix == "以来" or first.point.year_word in ("去年", "上年"):
        return True
    if last.suffix in BEGUN and _USUALLY.search(before[-6:]):
        return True
    if _WITHDRAWN.search(before[-8:]) or _FILLED_IN.search(before[-20:]):
        return True
    if first is last and _told_of(first, before, after):
        return True
    if _BASIS.search(before[-20:]) and _MEETING.match(after[:30]):
        return True
    if last.suffix in ("后", "以后", "之后", "起", "") and _HISTORY.match(after.removeprefix("前后")[:8]):
        return True
    if before.endswith(("成立于", "始于", "生于", "创建于", "组建于", "印发于")):
        return True
    # 以来 soon behind the point: 创先争优活动开展以来.
    if last.suffix not in UNTIL and re.match(r"[^，。]{0,12}以来", after[:16]):
        return True
    # Already done, right before the point: 已于, 曾在.
    return last.suffix not in UNTIL and bool(re.search(r"(?:已于|曾于|曾在|已在)$", before[-4:]))


def _signs(phrase: TimePhrase, before: str, after: str) -> bool:
    """Whether a sentence is only who signs and the day: 镇党政办 2010.11.17, 老钱 5月30日."""
    if after.strip("。\n") or not _SIGNER.fullmatch(before):
        return False
    return bool(phrase.point.year) or len(before) <= 3


def _told_of(phrase: TimePhrase, before: str, after: str) -> bool:
    """Whether a part of the year, or its beginning, only names what was or is told of it."""
    if phrase.suffix or before.endswith(("于", "在", "定于", "自", "从")):
        return False
    point = phrase.point
    if point.kind in ("half", "quarter"):
        named = before.endswith("的") and after.startswith("点评")
        return (
            named
            or bool(_OF_IT.match(after[:20]) or _TIMES.match(after))
            or before.endswith(("年内", "每", "上、", "上半年、"))
        )
    if point.kind == "end" and not point.name:
        return bool(_AT_YEARS_END.match(after))
    if point.kind == "month" and point.name == "年初":
        return bool(_YEAR_BEGUN.search(before[-6:]) or _YEAR_BEGUN.match(after[:8]))
    return False


def role_of(
    told: list[TimePhrase], at: int, until: int, text: str, before: str, after: str, reach: tuple[date, date]
) -> tuple[str, date | None, date | None]:
    """The role of a date, and its two ends as far as they bind."""
    first, last = told[at], told[until]
    opens, due = reach
    if at != until:
        return "window", opens, due
    if _MOVED_TO.search(before[-6:]) and last.suffix not in UNTIL and _HELD.match(after):
        return "window", opens, due
    if _counts(text, before):
        return "as of", opens, due
    if before.endswith("以") and "为准" in after:
        return "as of", opens, due
    limit = _LIMIT.search(before[-12:]) or _AS_OF.search(before[-6:]) or _TOWARDS.search(before[-3:])
    if (
        last.suffix in UNTIL
        or last.suffix == "夕"
        or limit
        or (first.point.ends and last.suffix not in SINCE)
    ):
        return "deadline", None, due
    if not last.suffix and _CLOSED.match(after[:14]):
        return "deadline", None, due
    if last.suffix in SINCE or _SINCE_BEFORE.search(before[-2:]):
        return "start", opens, None
    if _listed_deadline(told, at, text):
        return "deadline", None, due
    return "window", opens, due


def _counts(text: str, before: str) -> bool:
    """截至 counts up to a day unless something is handed in; 截止 ends it unless something is counted."""
    to = _AS_OF.search(before[-6:])
    if not to or _LIMIT.search(before[-12:]) and "截止" not in to[0]:
        return False
    if "截止" in to[0]:
        return bool(_COUNTED.search(text))
    return bool(_COUNTED.search(text)) or not (_HANDED.search(text) or _REVIEWED_BY.search(before))


def _listed_deadline(told: list[TimePhrase], at: int, text: str) -> bool:
    """3月10日、6月10日前: the 前 of the last holds for all."""
    while at + 1 < len(told) and _LISTED.fullmatch(text, told[at].end, told[at + 1].point.start):
        at += 1
        if told[at].suffix:
            return told[at].suffix in UNTIL
    return False


def asks(first: TimePhrase, last: TimePhrase, suffix: str) -> str:
    """What a person should still settle: the day of a lunar feast, the exact day, whether the month counts."""
    if last.point.name in LUNAR:
        return "lunar"
    if first.point.kind == "part" and first is last and suffix not in UNTIL and not first.point.ends:
        return "day"
    if first.point.kind == "month" and first is last and suffix in ("前", "之前", "以前"):
        return "month"
    return ""
