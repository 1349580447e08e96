"""What stands around the figures of a result in sentences: turnout, validity, caps and floors."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dianping.opinions.rules import GradeSet
from dianping.opinions.rules.bounds import bound_faults, most_and_least, void_reasons
from dianping.opinions.selectors import Turnout, turnout_of
from dianping.orgs.selectors import member_count
from dianping.pages.polls.shown.result import PollResult

if TYPE_CHECKING:
    from dianping.opinions.models import Group, Poll, Subject


def turnout_rows(turnout: Turnout) -> tuple[tuple[str, str], ...]:
    """(label, figure) pairs, as they are printed."""
    return (
        ("应参加", f"{turnout.due} 人"),
        ("发出", f"{turnout.issued} 份"),
        ("作废", f"{turnout.voided} 份"),
        ("收回", f"{turnout.returned} 份"),
        *([] if turnout.paper is None else [("其中纸质表", f"{turnout.paper} 份")]),
        ("有效", f"{turnout.valid} 份"),
        ("废票", f"{turnout.spoilt} 份"),
        ("参加率", turnout.share),
    )


def validity_of(poll: "Poll") -> tuple[bool, list[str]]:
    """Whether the vote counts by the rules of its form, and why, in sentences."""
    rules, turnout = poll.sheet.validity, turnout_of(poll)
    void = void_reasons(
        rules,
        due=turnout.due,
        issued=turnout.issued,
        returned=turnout.returned,
        valid=turnout.valid or 0,
    )
    if void:
        return False, void
    told = []
    if rules.quorum:
        how = "超过" if rules.more_than else "达到"
        told.append(
            f"应参加 {turnout.due} 人，收回 {turnout.returned} 份（{turnout.share}），{how}规定的比例。"
        )
    if rules.more_returned_voids:
        told.append(f"发出 {turnout.issued} 份，收回的不多于发出的。")
    return True, [
        *told,
        "按本表的规则，这次结果有效。" if told else "本表不要求最少收回的份数，收回的都有效。",
    ]


def custody_of(poll: "Poll") -> list[str]:
    """What is told beside a result of who vouched for whom, of a second opening, and of what became of the paper keys."""
    groups = list(poll.groups.all())
    due, confirmed = sum(g.size for g in groups), sum(g.confirmed or 0 for g in groups)
    lists = "、".join(dict.fromkeys(g.against for g in groups if g.against))
    told = [f"应参加 {due} 人，上级的保管人核对到 {confirmed} 人{f'（照{lists}）' if lists else ''}。"]
    told += _roster_told([group for group in groups if group.in_roster and group.confirmed_here is not None])
    told += [
        f"{key.get_side_display()}的保管人换过：原是{key.names_before}，{key.instead_of[-1]['until']} 起由{key.name}接替。"
        for key in poll.keys.all()
        if key.instead_of
    ]
    if poll.opened_again:
        told.append(f"这一箱开过不止一次，原因：{poll.opened_again}。")
    if poll.papers_gone_on:
        told.append(f"两张钥匙纸由{poll.papers_gone_by}于 {poll.papers_gone_on} 一起销毁。")
    else:
        told.append("两张钥匙纸还没有登记销毁。")
    return told


def _roster_told(groups: Sequence["Group"]) -> list[str]:
    """What the unit's custodian said of the roster."""
    if not groups:
        return []
    due, confirmed = sum(g.size for g in groups), sum(g.confirmed_here or 0 for g in groups)
    against = groups[0].against_here
    return [
        f"其中名册里的 {due} 人，本单位的保管人核对到 {confirmed} 人{f'（照{against}）' if against else ''}；两位都核对到的才算。"
    ]


def bounds_of(poll: "Poll", result: PollResult, subjects: Sequence["Subject"]) -> list[str]:
    """Caps, floors and vetoes held against the grade most voted for each subject, as sentences (decision 0036)."""
    told: list[str] = []
    for grades in result.form.grade_sets:
        if grades.top_cap is None and grades.floor is None and not grades.vetoes:
            continue
        for question in dict.fromkeys(heading.question for heading in result.headings):
            if result.form.set_of(question).key == grades.key:
                told += _bounds(poll, result, grades, question, subjects)
    return told


def _bounds(
    poll: "Poll", result: PollResult, grades: GradeSet, question: str, subjects: Sequence["Subject"]
) -> list[str]:
    told = []
    lines = [
        result.line(heading)
        for heading in result.headings
        if heading.question == question and heading.subject
    ]
    given = [most_voted([share.votes for share in line.shares]) for line in lines if line.cast]
    on = poll.frozen_on or poll.opened_on
    if on is not None and (grades.top_cap is not None or grades.floor is not None):
        bases = {
            "参评对象数": len(subjects),
            "参评党员数": sum(subject.person_id is not None for subject in subjects),
            "党员总数": member_count(poll.path, day=on),
        }
        name, base = result.name(question), bases[grades.cap_base]
        most, least = most_and_least(grades, base)
        limits = [f"“{grades.grades[0]}”最多 {most} 名"] if most is not None else []
        limits += [f"“{grades.grades[1]}”及以下最少 {least} 名"] if least is not None else []
        faults = bound_faults(grades, given, bases)
        told.append(
            f"{name}：{grades.cap_base} {base}，{'，'.join(limits)}。各对象按得票最多的等次算，"
            + ("".join(faults) if faults else "没有超出规定的比例。")
        )
    told += [
        f"{result.name(question)}：{veto.measure}低于 {float(veto.below * 100):g}% 的不能评为"
        f"“{'、'.join(veto.bars)}”。这个数字不在这次表里，请另行核对。"
        for veto in grades.vetoes
    ]
    return told


def most_voted(votes: Sequence[int]) -> int:
    """The place of the grade with most votes, the lower one of equals."""
    return max(range(len(votes)), key=lambda place: (votes[place], place))
