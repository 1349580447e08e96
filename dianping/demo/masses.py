"""What the masses say in the sample, all invented: opinions of 文学院, an appraisal of 化学学院, one on paper, one still to be held.

A saying goes with the topic of the form it was written under; a point is what the office made of several.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Opinion:
    """Sayings under one topic, by members and by others; the office's words for them, and its reply (both may be missing)."""

    topic: str
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    point: str = ""
    reply: str = ""


LISTS = "校组织部、人事处、学生处2010年名册"  # what the superior's custodian held them against
OWN_LIST = "本单位的党员名册"  # what the unit's custodian held the members against
OPINIONS_TITLE = "2010年第四季度文学院党委征求意见"
OPINIONS = (
    Opinion(
        "good_deeds",
        ("资料室晚上不开，研究生找书只能白天请假去。", "资料室周末关门，建议安排值班。"),
        (
            "资料室五点就锁门，下了课去不了。",
            "希望资料室周六能开半天。",
            "资料室开放时间太短，晚上没有地方自习。",
        ),
        "资料室晚上和周末不开门，借书、自习不方便。",
        "从1月10日起，资料室周一至周四开到晚上9点，周六上午开放。值班由行政党支部轮流，安排贴在资料室门口。",
    ),
    Opinion(
        "central_work",
        (
            "周三一天六节公共课，备课和答疑都挤到晚上。",
            "公共课排得太集中，嗓子受不了，学生也听不进去。",
            "排课没有问过任课教师，周四连上六节。",
        ),
        ("周三周四课排满，别的三天没有课，能不能匀一匀。",),
        "公共课集中排在周三、周四，一天连上六节，备课和答疑的时间不够。",
        "下学期排课每人每天不超过四节，2月20日前把课表的征求意见稿贴出。个别实验课做不到的，在课表下面写明原因。",
    ),
    Opinion(
        "pledges",
        ("公开承诺年初贴出来，年底没有人说办成了几条。", "承诺栏只见承诺，不见结果。"),
        ("党员的承诺兑现没有，我们看不到。", "承诺栏还是三月份贴的，建议写上完成了没有。"),
        "党员公开承诺贴出以后，办成了哪些、没有办成哪些，没有向群众说过。",
    ),
    Opinion(
        "building",
        (
            "组织生活会多是念文件，轮不到青年教师说话。",
            "支部会开得太长，讨论的时间太少。",
            "建议每次支部会留半小时谈教学上的事。",
        ),
        ("听说党支部会上很少谈我们反映的事。",),
        "支部会念文件多、讨论少，青年教师很少有机会发言。",
    ),
    Opinion(  # not gone through yet
        "other",
        ("楼道的灯坏了两处，报修三周没有人来。", "没有了。"),
        ("三楼楼道灯不亮，晚上下课看不清台阶。", "打印室的收费没有贴出来。", "无", "没有意见"),
    ),
)
# (heading, how many chose each grade, how many chose none) for 22 forms
APPRAISAL_TITLE = "2010年度化学学院党委群众民主评议"
APPRAISAL = {
    "striving": (11, 7, 3, 0),
    "central_work": (13, 6, 2, 1),
    "pledges": (8, 7, 4, 2),
    "good_deeds": (12, 6, 3, 1),
    "building": (9, 8, 4, 0),
}
APPRAISAL_WORDS = (
    "实验楼夜间值班表和实际不符，找不到人。",
    "答应修的通风柜，拖了一学期。",
    "困难学生补助名单公示时间太短。",
)
PLANNED_TITLE = "2011年1月文学院党委群众民主评议"
PAPER_TITLE = "2011年1月化学学院党委群众民主评议（纸质）"
