"""From accepted lines to a programme file: other campaigns than the reviews of the winter, as their notices put them."""

from datetime import date

import tomli_w

from dianping.notices.rules import as_json, read_notice
from dianping.programmes.rules import read_programme
from dianping.programmes.rules.drafting import AcceptedLine, Head, draft_programme

KINDS = {
    "responsibilities": "responsibility", "cadences": "cadence", "dates": "date", "deliverables": "deliverable",
    "hearings": "hearing",
    "forms": "form", "modes": "mode", "consequences": "consequence", "demands": "demand",
}  # fmt: skip

LIFE_MEETING = """中共云岭大学委员会组织部文件
云岭组〔2025〕40号

关于召开2025年度组织生活会和开展民主评议党员的通知
各党总支、直属党支部：
根据上级部署，现就有关工作通知如下。
一、年度组织生活会和民主评议党员工作于2026年1月20日前完成。
二、党支部委员之间、党支部委员和党员之间普遍开展一次谈心谈话。
三、各党支部于2026年1月10日前召开专题组织生活会。党支部书记要在2026年1月16日前对每名党员进行点评。
四、各党总支、直属党支部于1月15日前将《民主评议党员情况汇总表》、组织生活会情况报告报党委组织部，电子版发送至邮箱。
中共云岭大学委员会组织部
2025年12月8日
"""
PLEDGES = """关于在全县基层党组织和党员中开展公开承诺的通知
各乡镇党委，县直各单位党组织：
一、3月9日前，每名党员填写《党员公开承诺书》，交党支部审核。
二、党支部于3月15日前召开支委会审议。
三、3月20日前在公开栏公示。
四、各单位于3月23日前将承诺工作情况报县委组织部（联系人：某某，电话：0000）。
中共平川县委组织部
2012年3月1日
"""


def drafted(text):
    reading = read_notice(text)
    lines = [
        AcceptedLine(kind, one, one.get("clause", ""), one["text"], tuple(one["at"]))
        for key, kind in KINDS.items()
        for one in as_json(reading)[key]
        if isinstance(one, dict)
    ]
    head = Head(
        reading.title, reading.number, reading.issuer, reading.dated, addressees="、".join(reading.addressees)
    )
    return read_programme(tomli_w.dumps(draft_programme(head, lines)))


def papers(programme):
    return {one.name: (one.window.due, sorted(one.kinds)) for one in programme.deliverables}


def test_a_review_with_its_own_day_is_a_round_about_those_it_names():
    (rule,) = drafted(LIFE_MEETING).rules
    assert (rule.about, rule.round.opens, rule.round.due) == (
        ("member",),
        date(2025, 12, 8),
        date(2026, 1, 16),
    )


def test_meetings_and_work_to_be_done_by_a_day_are_owed_like_papers():
    assert papers(drafted(LIFE_MEETING)) == {
        "《民主评议党员情况汇总表》": (date(2026, 1, 15), ["党总支", "直属党支部"]),
        "组织生活会情况报告": (date(2026, 1, 15), ["党总支", "直属党支部"]),
        "召开专题组织生活会": (date(2026, 1, 10), ["临时党支部", "党支部", "直属党支部", "联合党支部"]),
        "年度组织生活会和民主评议党员工作": (date(2026, 1, 20), ["二级党委", "党总支", "直属党支部"]),
    }


def test_talks_ordered_once_are_no_round_of_reviews():
    assert len(drafted(LIFE_MEETING).rules) == 1


def test_a_campaign_without_reviews_brings_what_it_asks_for_and_no_more():
    programme = drafted(PLEDGES)
    assert programme.rules == ()
    assert {name: due for name, (due, _) in papers(programme).items()} == {
        "《党员公开承诺书》": date(2012, 3, 9),
        "召开支委会": date(2012, 3, 15),
        "在公开栏公示": date(2012, 3, 20),
        "承诺工作情况": date(2012, 3, 23),
    }
