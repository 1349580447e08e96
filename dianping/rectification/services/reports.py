"""Demanding, withdrawing and filing the written report. Basis: 豫创组办发〔2010〕26号 四.1."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dianping.base.windows import Cadence, Window
from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.duties.models import Duty, Kind, Target
from dianping.duties.selectors import open_duties_about
from dianping.duties.services import demand_report, discharge_duty, withdraw_report
from dianping.orgs.models import Post, Role
from dianping.programmes.rules import EntryRule
from dianping.programmes.rules.lateness import EntryTiming
from dianping.programmes.selectors import programme_for
from dianping.rectification.models import Item, State, WrittenReport
from dianping.rectification.rights import may_file_report, may_note_reading
from dianping.rectification.rules.steps import report_window, report_window_without_cadence
from dianping.rectification.selectors.reports import is_of_member
from dianping.reviews.services.file import TARGETS


@dataclass(frozen=True, slots=True)
class OwnWords:
    """How a member's words came to whoever records them (WrittenReport.Manner), and when and how he went through the record."""

    manner: str
    confirmed_on: date | None = None
    confirmed_how: str = ""


@act
def file_report(
    *, duty: Duty, text: str, moment: datetime, actor: Actor, own: OwnWords | None = None
) -> WrittenReport:
    """Hand in the report; its duty is discharged by it. A member's is his own words: handed in by himself, or recorded for him and
    gone through by him (`own`).

    Raises Refusal without words, when already filed, or for a member's that is not said to be his and confirmed by him.
    """
    permit(actor, may_file_report, duty)
    if duty.kind != Kind.REPORT:
        raise Refusal(
            "这一项不是专门书面报告。",
            code="rectification.not-a-report",
            remedy="请从应办表里打开要写的报告。",
        )
    if len(text.strip()) < 10:
        raise Refusal(
            "报告还没有写。",
            code="rectification.report-empty",
            remedy="请写明每个问题为什么没有解决、打算怎样解决、何时解决。",
        )
    today = moment.date()
    whose = _words_of_member(duty, own, today, actor)
    entry = discharge_duty(duty=duty, on=today, entered_on=today, rule=EntryRule(), actor=actor)
    if entry is EntryTiming.NEVER:
        raise Refusal(
            f"报告自 {duty.opens} 起才要写，今天是 {today}。",
            code="rectification.report-too-early",
            remedy="请核对这台机器的日期。",
        )
    told = {"manner": whose["manner"]} if whose else {}
    audit.record(actor=actor, act="交书面报告", about=f"duty:{duty.pk}", path=duty.path, **told)
    return WrittenReport.objects.create(
        duty=duty, text=text.strip(), filed_on=today, filed_at=moment, by=actor.signature, **whose
    )


def _words_of_member(duty: Duty, own: OwnWords | None, today: date, actor: Actor) -> dict[str, Any]:
    """Whose words a member's report is, and how they came; nothing for a report of a body or a secretary, who has a way in."""
    person = duty.person
    if person is None or not is_of_member(duty):
        return {}
    if actor.is_person(person.pk):
        return {"words_of": person, "manner": WrittenReport.Manner.HIMSELF}
    if own is None or own.manner not in (WrittenReport.Manner.SPOKEN, WrittenReport.Manner.PAPER):
        raise Refusal(
            f"这份报告要是{person.name}本人的话，还没有写明是怎样来的。",
            code="rectification.report-not-own-words",
            remedy="请选本人口述或本人提交书面稿；别人替他写的不能算他的报告。写下的字没有丢。",
        )
    if own.confirmed_on is None or not own.confirmed_how.strip():
        raise Refusal(
            f"代{person.name}录下的报告，还没有写明本人哪一天、怎样核对过。",
            code="rectification.report-not-confirmed",
            remedy="请念给本人听，或请本人看过，再把日期和怎样核对的写上。写下的字没有丢。",
        )
    if own.confirmed_on < duty.opens:
        raise Refusal(
            f"本人核对的日期 {own.confirmed_on} 早于报告开始要写的那一天（{duty.opens}）。",
            code="rectification.report-confirmed-before",
            remedy="请填本人实际核对的那一天。",
        )
    if own.confirmed_on > today:
        raise Refusal(
            f"本人核对的日期 {own.confirmed_on} 在今天（{today}）之后。",
            code="rectification.report-confirmed-ahead",
            remedy="请填本人实际核对的那一天。",
        )
    return {
        "words_of": person,
        "manner": own.manner,
        "confirmed_on": own.confirmed_on,
        "confirmed_how": own.confirmed_how.strip()[:120],
    }


@act
def note_reading(*, report: WrittenReport, today: date, actor: Actor) -> WrittenReport:
    """A reviewer it is sent to has read it. Twice keeps the first."""
    permit(actor, may_note_reading, report)
    locked = WrittenReport.objects.select_for_update(of=("self",)).select_related("duty").get(pk=report.pk)
    if locked.read_on is None:
        locked.read_on, locked.read_by = today, actor.signature
        locked.save(update_fields=["read_on", "read_by"])
        audit.record(actor=actor, act="阅书面报告", about=f"duty:{locked.duty_id}", path=locked.duty.path)
    return locked


def report_demanded(item: Item, today: date, actor: Actor) -> Duty:
    """The written report, upon the desk of the secretary reviewed (for a member: of his branch).

    One still owed stays owed by its own day: being found unresolved once more moves nothing out of sight.
    """
    if item.report is not None and item.report.done_on is None and item.report.lapsed_on is None:
        return item.report
    window = _report_window(item, today)
    seat = Post.objects.get(organisation=item.organisation, role=Role.SECRETARY)
    return demand_report(
        owed_by=seat,
        about=item.organisation,
        person=item.person,
        opens=window.opens,
        due=window.due,
        actor=actor,
    )


def _report_window(item: Item, today: date) -> Window:
    about = item.about
    standing = (
        open_duties_about(organisation=item.organisation, person=item.person, target_kinds=TARGETS[about])
        .exclude(
            target=Target.CONTACT  # a leader's visit to his contact point is not the review it is owed before
        )
        .filter(opens__lte=today, due__gte=today)
        .first()
    )
    cadence = _cadence(item, today)
    if standing is not None:
        return report_window(
            unresolved_on=today, cadence=cadence, standing=Window(standing.opens, standing.due)
        )
    if about == "member":
        return report_window_without_cadence(unresolved_on=today, cadence=cadence)
    return report_window(unresolved_on=today, cadence=cadence, standing=None)


def _cadence(item: Item, today: date) -> Cadence:
    in_force = programme_for(item.organisation, today)
    for rule in in_force.programme.rules if in_force else ():
        if rule.cadence and item.organisation.kind in rule.kinds:
            return rule.cadence
    return Cadence(3)


def release_report(item: Item, today: date, actor: Actor) -> None:
    """The report is no longer owed when the last problem behind it is closed."""
    if item.report is None:
        return
    others = Item.objects.filter(report=item.report).exclude(pk=item.pk).exclude(state=State.CLOSED)
    if not others.exists():
        withdraw_report(duty=item.report, on=today, actor=actor)
