"""Filing a review: the words are locked, the duties it meets are discharged, in one transaction."""

from dataclasses import replace
from datetime import date, datetime

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.duties.models import Duty
from dianping.duties.models.duty import BODY_TARGETS, SECRETARY_TARGETS
from dianping.duties.selectors import duties_met_by, open_reports_about
from dianping.duties.services import discharge_duty, locks
from dianping.orgs.models import Person
from dianping.programmes.rules import EntryRule, Programme
from dianping.programmes.rules.lateness import EntryTiming
from dianping.programmes.selectors import programme_for
from dianping.reviews.inputs import ReviewInput, ReviewTarget
from dianping.reviews.models import Review, ReviewDuty
from dianping.reviews.rights import may_write
from dianping.reviews.selectors.hearings import met_at, row_of
from dianping.reviews.services.draft import save_draft
from dianping.reviews.services.grounds import refuse_without_ground, with_own_event
from dianping.reviews.services.occasion import hold_occasion

TARGETS = {"organisation": BODY_TARGETS, "secretary": SECRETARY_TARGETS, "member": ("member",)}


@act
def file_review(
    *,
    target: ReviewTarget,
    reviewer: Person,
    said: ReviewInput,
    version: int,
    moment: datetime,
    actor: Actor,
) -> Review:
    """File a review and discharge every open duty of this reviewer about this target whose window holds its day.

    `moment` is when it is written down; its date is the day of entry. Raises Refusal when a part the
    programme demands is missing, the day lies ahead, a late entry gives no reason, a written report is
    owed and neither handed in nor its absence explained, or a regular review the programme wants grounds for rests on nothing on
    file and does not say why; nothing is written then.
    """
    permit(actor, may_write, target.post, target.organisation)
    locks.meeting(target.post.pk)
    today = moment.date()
    happened = _checked_day(said, today)
    in_force = programme_for(target.organisation, happened)
    if in_force is None:
        raise Refusal(
            f"{happened} 这一天没有施行中的方案。",
            code="reviews.no-programme-then",
            remedy="请核对点评日期，或先采用方案。",
        )
    _refuse_missing_parts(in_force.programme, target.about, said)
    _refuse_without_report(target, said)
    _refuse_absent(target, said)
    refuse_without_ground(in_force.programme, target, said)
    rule = in_force.programme.entry
    if (today - happened).days > rule.on_time_days and not said.late_reason.strip():
        raise Refusal(
            f"点评在 {happened}，今天 {today} 才登记，已超过 {rule.on_time_days} 天，按补录计。",
            code="reviews.late-without-reason",
            remedy="请写明补录的原因。",
        )
    if said.event is not None:
        held = hold_occasion(
            event=said.event, organisation=target.organisation, held_on=happened, actor=actor
        )
        said = replace(said, occasion=held, event=None)
    said = with_own_event(in_force.programme, target, said)
    review = save_draft(target=target, reviewer=reviewer, said=said, version=version, actor=actor)
    review.filed, review.entered_at = True, moment
    review.counts = _meet_duties(review, today, rule, actor)
    review.save(update_fields=["filed", "entered_at", "counts"])
    audit.record(
        actor=actor,
        act="登记点评",
        about=f"review:{review.pk}",
        path=review.path,
        happened=happened,
        target=target.about,
        problems=len(said.problems),
        grounds=len(set(said.grounds)),
        counts=review.counts,
    )
    return review


def _checked_day(said: ReviewInput, today: date) -> date:
    if said.happened_on is None:
        raise Refusal("没有写点评日期。", code="reviews.day-missing", remedy="请填点评实际进行的那一天。")
    if said.happened_on > today:
        raise Refusal(
            f"点评日期 {said.happened_on} 在今天（{today}）之后。",
            code="reviews.day-in-future",
            remedy="请填点评实际进行的那一天。",
        )
    return said.happened_on


def _refuse_missing_parts(programme: Programme, about: str, said: ReviewInput) -> None:
    template = programme.template(about)
    missing = []
    for part in template.parts:
        if not part.required:
            continue
        text = (
            "".join(p.text.strip() for p in said.problems)
            if part.key == "problems"
            else getattr(said, part.key)
        )
        if not text.strip():
            missing.append(part.name)
    if missing:
        raise Refusal(
            f"还没有写：{'、'.join(missing)}。",
            code="reviews.parts-missing",
            remedy=f"依据〔{template.cited.paper} {template.cited.clause}〕，这几部分都要写。",
        )


def _refuse_without_report(target: ReviewTarget, said: ReviewInput) -> None:
    owed = open_reports_about(organisation=target.organisation, person=target.person).first()
    if owed is not None and not said.report_absence.strip():
        raise Refusal(
            f"上次点评的问题没有较好解决，专门书面报告（{owed.due} 前）还没有交。",
            code="reviews.report-still-owed",
            remedy="请等报告交来，或写明没有报告的原因后再登记。依据〔豫创组办发〔2010〕26号 四.1〕。",
        )


def _refuse_absent(target: ReviewTarget, said: ReviewInput) -> None:
    """Whoever did not report at a hearing is not reviewed there without a word."""
    if said.occasion is None or said.occasion.window_id is None or target.person is None:
        return
    row = row_of(said.occasion, organisation=target.organisation, person=target.person.pk)
    if row is not None and row.present is False and not row.spoken_by:
        raise Refusal(
            f"{target.person.name}登记为没有到会，也没有写由谁代为汇报。",
            code="reviews.absent-from-hearing",
            remedy="来了的，请把到会改过来；别人代为汇报的，请在到会里写上是谁；都不是的，请另外个别点评。",
        )


def _meet_duties(review: Review, today: date, rule: EntryRule, actor: Actor) -> str:
    """Discharge the duties this review meets; how it counted for them ("" when it met none)."""
    assert review.happened_on is not None
    counted: list[EntryTiming] = []
    for duty in duties_to_meet(review, review.happened_on):
        entry = discharge_duty(duty=duty, on=review.happened_on, entered_on=today, rule=rule, actor=actor)
        counted.append(entry)
        if entry is not EntryTiming.NEVER:
            ReviewDuty.objects.create(review=review, duty=duty)
    if not counted:
        return ""
    return str(
        next(
            entry.value
            for entry in (EntryTiming.ON_TIME, EntryTiming.LATE, EntryTiming.NEVER)
            if entry in counted
        )
    )


def duties_to_meet(review: Review, on: date) -> list[Duty]:
    """One open duty a rule: the one whose window holds the day, else the newest overdue one. At a hearing the committee reviews
    together: what is said there also meets what its other members owe of the same secretary (decision 0065). Who
    is in charge of his contact point meets both with one review (decision 0014)."""
    open_duties = duties_met_by(
        owed_by=review.post,
        organisation=review.organisation,
        person=review.person,
        target_kinds=TARGETS[review.about],
        on=on,
    )
    by_rule: dict[tuple[str, str, int | None], list[Duty]] = {}
    for duty in open_duties.order_by("-opens"):
        assert duty.window is not None
        by_rule.setdefault((duty.window.rule, duty.target, duty.leader_id), []).append(duty)
    met = []
    for duties in by_rule.values():
        holding = [duty for duty in duties if duty.opens <= on <= duty.due]
        met.extend(holding[:1] or duties[:1])
    already = {duty.pk for duty in met}
    at_hearing = met_at(review.occasion, organisation=review.organisation, person=review.person_id, on=on)
    return [*met, *(duty for duty in at_hearing if duty.pk not in already)]
