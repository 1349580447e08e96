"""Made-up facts for every form: an invented university, invented names."""

from datetime import date

from dianping.ledgers.rules import (
    Ballots,
    Heading,
    HeadingTally,
    ItemState,
    LevelFigures,
    Measure,
    MeasureFigure,
    OpinionFacts,
    OpinionTopic,
    OwedReport,
    OwedReview,
    PartColumn,
    ProgressEntry,
    RectificationFacts,
    RectificationItem,
    ReviewEntry,
    ReviewFacts,
    StatisticsFacts,
)
from dianping.ledgers.rules.appraisal import GRADES, ORGANISATION_HEADINGS, AppraisalFacts
from dianping.reviews.rules.parts import SAID

HEADING = Heading("示范大学党委", "2011年第一季度", date(2011, 4, 6))
OPTIONAL_FOR_MEMBERS = frozenset({"evaluation", "problems", "direction"})

PARTS = tuple(PartColumn(part.key, part.column, part.width, part.told_missing) for part in SAID)

BRANCH_REVIEW = ReviewEntry(
    target="文学院党总支古代文学教研室党支部",
    kind="党组织",
    reviewer="甘文渊",
    reviewer_post="文学院党总支书记",
    reviewed_on=date(2011, 1, 7),
    mode="现场",
    regularity="定期",
    activity="年度考核、下基层走访",
    said={
        "evaluation": "支部活动按月开展，党员到会率由去年的八成升到九成五，承诺事项逐条公开上墙。",
        "achievements": "为留校学生开放自习室 42 晚；与两个村小结对，送课 6 次。",
        "direction": "一季度内合办两次专题活动，补齐承诺的时限。",
    },
    problems=(
        "教研活动与组织生活结合不紧，全年只合办过一次。",
        "承诺书第三条没有写明完成时间，群众无从核对。",
    ),
    ground="座谈会 2 次，发放征求意见表 110 份，查阅支部记录",
    response="同意，已在支部大会上通报。",
    entered_on=date(2011, 1, 9),
    record="review:101",
)
MEMBER_REVIEW = ReviewEntry(
    target="宁晓岚",
    kind="党员",
    reviewer="宁致远",
    reviewer_post="党支部书记",
    reviewed_on=date(2011, 1, 8),
    mode="集中",
    regularity="定期",
    activity="支部党员大会",
    said={
        "evaluation": "能按时完成教学任务，带头参加义务辅导。",
        "direction": "每月到联系宿舍一次，并记下学生所提的事。",
    },
    problems=("联系学生宿舍次数偏少，全学期只去过一次。",),
    ground="谈心谈话",
    entered_on=date(2011, 1, 20),
    late=True,
    late_reason="出差在外",
    required=OPTIONAL_FOR_MEMBERS,
    record="review:102",
)
BARE_REVIEW = ReviewEntry(
    target="冉一清",
    kind="书记",
    reviewer="",
    reviewer_post="",
    reviewed_on=date(2011, 3, 2),
    mode="",
    regularity="",
    entered_on=date(2011, 3, 20),
    late=True,
    record="review:103",
)
REVIEWS = ReviewFacts(
    HEADING,
    reviews=(BRANCH_REVIEW, MEMBER_REVIEW, BARE_REVIEW),
    owed=(
        OwedReview("外国语学院党总支", "党组织", "边子昂", "党委副书记", date(2011, 3, 31), "duty:7"),
        OwedReview("高远", "党员", "", "", date(2011, 6, 30), "duty:8"),
    ),
    parts=PARTS,
)

ITEMS = RectificationFacts(
    HEADING,
    items=(
        RectificationItem(
            source="2011年1月7日 甘文渊点评文学院党总支古代文学教研室党支部",
            problem="教研活动与组织生活结合不紧，全年只合办过一次。",
            state=ItemState.CLOSED,
            cause="计划由两个人分头排，没有对表。",
            measures=("学期初两份计划一并排定", "每季度至少合办两次"),
            responsible_person="宁致远",
            responsible_unit="古代文学教研室党支部",
            due=date(2011, 3, 31),
            progress=(
                ProgressEntry(date(2011, 1, 20), "两份计划合排完毕，贴在支部公告栏。"),
                ProgressEntry(date(2011, 3, 15), "合办第二次专题活动，31 人到会。"),
            ),
            verified_by="甘文渊",
            closed_on=date(2011, 3, 28),
            record="item:1",
            source_record="review:101",
        ),
        RectificationItem(
            source="2011年1月7日 甘文渊点评文学院党总支古代文学教研室党支部",
            problem="承诺书第三条没有写明完成时间，群众无从核对。",
            state=ItemState.IN_PROGRESS,
            measures=("补写时限并重新公示",),
            responsible_person="宁致远",
            due=date(2011, 3, 20),
            record="item:2",
            source_record="review:101",
        ),
        RectificationItem(
            source="2011年1月8日 宁致远点评宁晓岚",
            problem="联系学生宿舍次数偏少，全学期只去过一次。",
            state=ItemState.OPEN,
            record="item:3",
        ),
        RectificationItem(
            source="2011年1月12日 边子昂点评外国语学院党总支",
            problem="流动党员联系台账半年未更新。",
            state=ItemState.UNRESOLVED,
            measures=("逐人电话核对",),
            responsible_person="冉一清",
            responsible_unit="外国语学院党总支",
            due=date(2011, 2, 28),
            progress=(ProgressEntry(date(2011, 2, 20), "核对 12 人中的 3 人。"),),
            verified_by="边子昂",
            report=OwedReport(date(2011, 3, 31), record="duty:9"),
            record="item:4",
        ),
    ),
)

OPINIONS = OpinionFacts(
    HEADING,
    started=True,
    sent=110,
    returned=63,
    raw=252,
    topics=(
        OpinionTopic(
            topic="为群众办实事",
            opinions=("自习室晚间开放时间偏短", "希望校车增加傍晚一班"),
            channels="座谈会、征求意见表",
            inside=21,
            outside=34,
            reply="自习室已延至 22 时 30 分；校车一事转后勤处。",
            replied_on=date(2011, 3, 1),
            record="topic:1",
        ),
        OpinionTopic("作风建设", ("不足 10 份，不显示原文",), withheld="不足 5 份", record="topic:2"),
    ),
)
APPRAISAL = AppraisalFacts(
    HEADING,
    subject="文学院党总支",
    tallies={
        ORGANISATION_HEADINGS[0]: HeadingTally((128, 9, 3, 1), record="tally:1"),
        ORGANISATION_HEADINGS[1]: HeadingTally((141, 0, 0, 0), record="tally:2"),
        ORGANISATION_HEADINGS[2]: HeadingTally(withheld="不足 5 票，不单列", record="tally:3"),
    },
    ballots=Ballots(sent=150, returned=143, valid=141),
)
assert len(GRADES) == 4

_M = Measure
_LEVEL_MEASURES = (
    _M.TARGETS_DUE,
    _M.TARGETS_REVIEWED,
    _M.EVENTS,
    _M.COLLECTIVE,
    _M.INDIVIDUAL,
    _M.ON_SITE,
    _M.RANDOM,
    _M.PERIODIC,
    _M.AD_HOC,
    _M.DUTIES_DUE,
    _M.ON_TIME,
    _M.LATE_ENTRY,
    _M.NOT_YET_DUE,
    _M.OVERDUE,
    _M.PROBLEMS_RAISED,
    _M.PROBLEMS_CLOSED,
    _M.PROBLEMS_OPEN,
    _M.PROBLEMS_UNRESOLVED,
)


def level(title: str, group: str, unit: str, *counts: int) -> LevelFigures:
    """A level with counts in the printed order; fewer counts leave the last measures missing."""
    pairs = zip(_LEVEL_MEASURES, counts, strict=False)
    figures = {measure: MeasureFigure(count, f"list:{group}:{title}:{measure}") for measure, count in pairs}
    return LevelFigures(title, group, unit, figures)


STATISTICS = StatisticsFacts(
    HEADING,
    levels=(
        level("党委", "党组织", "个", 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0),
        level("党总支", "党组织", "个", 19, 19, 24, 4, 6, 13, 1, 19, 5, 19, 18, 1, 0, 0, 31, 12, 17, 2),
        level(
            "党支部",
            "党组织",
            "个",
            194,
            186,
            203,
            120,
            31,
            48,
            4,
            190,
            13,
            194,
            181,
            5,
            0,
            8,
            240,
            96,
            139,
            5,
        ),
        level("党总支", "书记", "人", 19, 19, 20, 14, 3, 2, 1, 19, 1, 19, 19, 0, 0, 0, 22, 11, 11, 0),
        level("党支部", "书记", "人", 194, 180, 188, 130, 40, 12, 6, 180, 8, 194, 176, 4, 0, 14),
        level(
            "党员",
            "",
            "人",
            4083,
            3538,
            3560,
            3401,
            90,
            20,
            49,
            3500,
            60,
            4083,
            3508,
            31,
            502,
            42,
            3551,
            820,
            2719,
            12,
        ),
    ),
    overall={
        _M.REVIEWERS_DUE: MeasureFigure(229, "list:reviewers"),
        _M.REVIEWERS_COMPLETE: MeasureFigure(203),
        _M.REPORTS_OWED: MeasureFigure(7),
        _M.REPORTS_FILED: MeasureFigure(0),
    },
)
