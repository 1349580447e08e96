"""What a date is to the reader: a deadline, a window, a beginning, or a mere mention of the past or of a count."""

import re
from datetime import date

from dianping.notices.rules.seasons import LUNAR
from dianping.notices.rules.tails import BEGUN, SINCE, UNTIL, TimePhrase

# What joins points in a list: 、, 和, 及.
_LISTED = re.compile(r"[、和及]")
# A word for a limit, right before the point: 截止时间为, 最迟不晚于, 不得迟于.
_LIMIT = re.compile(
    r"(?:截止(?:时间|日期|期限)?|最迟|至迟|最晚|不得?晚于|不得?迟于|时限|期限|时间限)(?:不得?[晚迟]于|为|是|：|到|至|于|在|截至)*$"
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
# What began or happened on the day, right behind it: 以来, 成立, 印发的.
_HISTORY = re.compile(
    r"以来|成立|入党|转正|出生|参加工作|任职|实施的|印发的|下发的|召开的|以后(?:入|参加|发展|成立)"
)
# What one goes by, up to 6 letters before the point: 根据, 按照市委, 贯彻落实.
_BASIS = re.compile(r"(?:根据|按照|依据|依照|贯彻|落实|传达|学习)[^，。]{0,6}$")
# A meeting, speech or paper, soon behind the point: 全市组织工作会议, 讲话.
_MEETING = re.compile(r"[^，。]{0,14}(?:会议|精神|讲话|文件|通知|部署)")


def stands_alone(phrase: TimePhrase, before: str) -> bool:
    """Whether a point means a date without another beside it."""
    kind = phrase.point.kind
    if kind in ("tenth", "now") and phrase.suffix not in BEGUN:
        return False
    if kind == "dot":
        return phrase.suffix in ("前", "之前", "以前")
    if kind == "only":
        return phrase.suffix in ("前", "之前", "以前") and (
            not before or before[-1] in "，。；：、于在请务必定须（到至"
        )
    if kind == "season":
        return bool(phrase.suffix)
    return kind != "tenth"


def is_past(first: TimePhrase, last: TimePhrase, before: str, after: str) -> bool:
    """Whether the words tell of what was, not of what is to be done."""
    if last.suffix == "以来" or first.point.year_word in ("去年", "上年"):
        return True
    if _BASIS.search(before[-20:]) and _MEETING.match(after[:30]):
        return True
    if last.suffix in ("后", "以后", "之后", "起", "") and _HISTORY.match(after[:8]):
        return True
    if before.endswith(("成立于", "始于", "生于", "创建于", "组建于", "印发于")):
        return True
    # 以来 soon behind the point: 创先争优活动开展以来.
    if last.suffix not in UNTIL and re.match(r"[^，。]{0,12}以来", after[:16]):
        return True
    # Already done, right before the point: 已于, 曾在.
    return last.suffix not in UNTIL and bool(re.search(r"已于|曾于|曾在|已在$", before[-4:]))


def role_of(
    told: list[TimePhrase], at: int, until: int, text: str, before: str, after: str, reach: tuple[date, date]
) -> tuple[str, date | None, date | None]:
    """The role of a date, and its two ends as far as they bind."""
    first, last = told[at], told[until]
    opens, due = reach
    if at != until:
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
    return bool(_COUNTED.search(text)) or not _HANDED.search(text)


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
