"""What the statistics return counts: the measures, their order, and the act whose absence leaves one empty.

Distinct targets and events (人次) are separate measures and are never added together. Basis: 豫创组办发〔2010〕26号
三.1-4 (modes), 四.1 (problems, reports), 四.3 (the return), 四.4 (coverage, 日常/定期).
"""

from dataclasses import dataclass
from enum import StrEnum

NOT_REVIEWED = "尚未点评"
NOT_OPENED = "尚未列出应办"
NO_CONTACTS = "没有列出联系点"
NO_PROBLEMS_KEPT = "尚未登记问题"


class Measure(StrEnum):
    """One figure of the return."""

    TARGETS_DUE = "targets_due"
    TARGETS_REVIEWED = "targets_reviewed"
    EVENTS = "events"
    COLLECTIVE = "collective"
    INDIVIDUAL = "individual"
    ON_SITE = "on_site"
    RANDOM = "random"
    PERIODIC = "periodic"
    AD_HOC = "ad_hoc"
    DUTIES_DUE = "duties_due"
    ON_TIME = "on_time"
    LATE_ENTRY = "late_entry"
    NOT_YET_DUE = "not_yet_due"
    OVERDUE = "overdue"
    CONTACTS_DUE = "contacts_due"
    CONTACTS_DONE = "contacts_done"
    PROBLEMS_RAISED = "problems_raised"
    PROBLEMS_CLOSED = "problems_closed"
    PROBLEMS_OPEN = "problems_open"
    PROBLEMS_UNRESOLVED = "problems_unresolved"
    REVIEWERS_DUE = "reviewers_due"
    REVIEWERS_COMPLETE = "reviewers_complete"
    REPORTS_OWED = "reports_owed"
    REPORTS_FILED = "reports_filed"
    OPINIONS = "opinions"
    BALLOTS = "ballots"


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One printed line. unit "" takes the level's own unit; base: what its share is a share of;
    whole: the figure belongs to the organisation as a whole, levels it does not name are not applicable;
    by_level: the share gets a line of its own, level by level.
    """

    measure: Measure
    title: str
    missing: str
    unit: str = ""
    base: Measure | None = None
    base_title: str = ""
    whole: bool = False
    by_level: bool = False


@dataclass(frozen=True, slots=True)
class MeasureSection:
    """A heading and its lines."""

    title: str
    lines: tuple[MeasureLine, ...]


_M = Measure


def _part(
    measure: Measure, title: str, missing: str, unit: str, base: Measure, base_title: str
) -> MeasureLine:
    return MeasureLine(measure, f"　{title}", missing, unit, base, base_title)


SECTIONS = (
    MeasureSection(
        "一、点评对象（同一对象点评几次都只计一个）",
        (
            MeasureLine(_M.TARGETS_DUE, "应点评对象", NOT_OPENED),
            MeasureLine(
                _M.TARGETS_REVIEWED,
                "已点评对象",
                NOT_REVIEWED,
                base=_M.TARGETS_DUE,
                base_title="应点评",
                by_level=True,
            ),
        ),
    ),
    MeasureSection(
        "二、点评人次（每点评一次计一人次）",
        (
            MeasureLine(_M.EVENTS, "点评人次", NOT_REVIEWED, "人次"),
            _part(_M.COLLECTIVE, "其中：集中点评", NOT_REVIEWED, "人次", _M.EVENTS, "人次"),
            _part(_M.INDIVIDUAL, "　　　个别点评", NOT_REVIEWED, "人次", _M.EVENTS, "人次"),
            _part(_M.ON_SITE, "　　　现场点评", NOT_REVIEWED, "人次", _M.EVENTS, "人次"),
            _part(_M.RANDOM, "　　　随机点评", NOT_REVIEWED, "人次", _M.EVENTS, "人次"),
            _part(_M.PERIODIC, "其中：定期点评", NOT_REVIEWED, "人次", _M.EVENTS, "人次"),
            _part(_M.AD_HOC, "　　　日常点评", NOT_REVIEWED, "人次", _M.EVENTS, "人次"),
        ),
    ),
    MeasureSection(
        "三、应办点评（一人在一期内须点评一个对象计一项）",
        (
            MeasureLine(_M.DUTIES_DUE, "应办", NOT_OPENED, "项"),
            _part(_M.ON_TIME, "按时", NOT_OPENED, "项", _M.DUTIES_DUE, "应办"),
            _part(_M.LATE_ENTRY, "补录", NOT_OPENED, "项", _M.DUTIES_DUE, "应办"),
            _part(_M.NOT_YET_DUE, "未到期", NOT_OPENED, "项", _M.DUTIES_DUE, "应办"),
            _part(_M.OVERDUE, "逾期", NOT_OPENED, "项", _M.DUTIES_DUE, "应办"),
            MeasureLine(_M.CONTACTS_DUE, "另计：领导的联系点", NO_CONTACTS, "项", whole=True),
            MeasureLine(
                _M.CONTACTS_DONE, "　已点评", NO_CONTACTS, "项", _M.CONTACTS_DUE, "联系点", whole=True
            ),
        ),
    ),
    MeasureSection(
        "四、点评出的问题",
        (
            MeasureLine(_M.PROBLEMS_RAISED, "提出", NO_PROBLEMS_KEPT, "个"),
            _part(_M.PROBLEMS_CLOSED, "已销号", NO_PROBLEMS_KEPT, "个", _M.PROBLEMS_RAISED, "提出"),
            _part(_M.PROBLEMS_OPEN, "整改中（含未开始）", NO_PROBLEMS_KEPT, "个", _M.PROBLEMS_RAISED, "提出"),
            _part(_M.PROBLEMS_UNRESOLVED, "未解决", NO_PROBLEMS_KEPT, "个", _M.PROBLEMS_RAISED, "提出"),
        ),
    ),
    MeasureSection(
        "五、点评人与专门书面报告",
        (
            MeasureLine(_M.REVIEWERS_DUE, "应作点评的人", NOT_OPENED, "人", whole=True),
            MeasureLine(
                _M.REVIEWERS_COMPLETE,
                "　已全部办结的人",
                NOT_OPENED,
                "人",
                _M.REVIEWERS_DUE,
                "应作",
                whole=True,
            ),
            MeasureLine(_M.REPORTS_OWED, "应交专门书面报告", "尚未认定未解决的问题", "份", whole=True),
            MeasureLine(
                _M.REPORTS_FILED,
                "　已交",
                "尚未认定未解决的问题",
                "份",
                _M.REPORTS_OWED,
                "应交",
                whole=True,
            ),
        ),
    ),
    MeasureSection(
        "六、征求意见与群众评议",
        (
            MeasureLine(_M.OPINIONS, "征求到的意见", "意见征集尚未开展", "条", whole=True),
            MeasureLine(_M.BALLOTS, "群众评议的有效票", "尚未组织评议", "票", whole=True),
        ),
    ),
)

LINES = {line.measure: line for section in SECTIONS for line in section.lines}
