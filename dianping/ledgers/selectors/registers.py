"""Facts for the two registers: reviews with what is still owed, and problems followed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from dianping.duties.models import Duty, Kind, Target
from dianping.ledgers import rules as sheets
from dianping.ledgers.selectors.scope import LedgerScope
from dianping.orgs.selectors.posts import holders_on
from dianping.programmes.rules import EntryRule
from dianping.programmes.selectors import programme_for
from dianping.rectification.models import Item, WrittenReport
from dianping.rectification.rules.steps import CLOSE_REQUESTED, CLOSED, IN_PROGRESS, OPEN, UNRESOLVED
from dianping.rectification.selectors import items_of_period
from dianping.reviews.models import Review
from dianping.reviews.rules.parts import SAID
from dianping.reviews.selectors import absences_explained, filed_below, grounds_of, with_grounds

KINDS = {"organisation": "党组织", "secretary": "书记", "member": "党员"}
STATES = {
    OPEN: sheets.ItemState.OPEN,
    IN_PROGRESS: sheets.ItemState.IN_PROGRESS,
    CLOSE_REQUESTED: sheets.ItemState.CLOSE_REQUESTED,
    CLOSED: sheets.ItemState.CLOSED,
    UNRESOLVED: sheets.ItemState.UNRESOLVED,
}


def reviews_of(scope: LedgerScope) -> QuerySet[Review]:
    """The reviews of the period that were entered by the day of drawing, in the order of the tree."""
    reviews = filed_below(scope.organisation.path, opens=scope.period.opens, due=scope.period.due)
    return (
        reviews.filter(entered_at__date__lte=scope.day, **scope.below)
        .prefetch_related("problems", "answers", with_grounds())
        .order_by("path", "happened_on", "pk")
    )


def owed_of(scope: LedgerScope) -> QuerySet[Duty]:
    """Review duties that fall due in the period and are not done on the day of drawing; none in a register of what is done."""
    if scope.done:
        return Duty.objects.none()
    return (
        Duty.objects.filter(
            **scope.below,
            kind=Kind.REVIEW,
            lapsed_on=None,
            opens__lte=scope.day,
            due__range=(scope.period.opens, scope.period.due),
        )
        .filter(Q(done_on=None) | Q(entered_on__gt=scope.day))
        .exclude(owed_by=None)
        .select_related("organisation", "person", "owed_by__organisation")
        .order_by("path", "pk")
    )


def review_facts(scope: LedgerScope, *, at: slice = slice(None)) -> sheets.ReviewFacts:
    """《领导干部点评登记表》; `at` cuts a page out of the rows (reviews first, then what is owed)."""
    reviews, owed = _paged(reviews_of(scope), owed_of(scope), at)
    asked = _asked(scope)
    holders = holders_on({d.owed_by_id for d in owed if d.owed_by_id}, day=scope.until)
    return sheets.ReviewFacts(
        scope.heading,
        tuple(_entry(review, asked) for review in reviews),
        tuple(_owed(duty, holders) for duty in owed),
        tuple(sheets.PartColumn(part.key, part.column, part.width, part.told_missing) for part in SAID),
    )


def _paged(reviews: QuerySet[Review], owed: QuerySet[Duty], at: slice) -> tuple[list[Review], list[Duty]]:
    if at.stop is None:
        return list(reviews), list(owed)
    first, last = at.start or 0, at.stop
    mine = list(reviews[first:last])
    if len(mine) == last - first:
        return mine, []
    before = reviews.count()
    return mine, list(owed[max(0, first - before) : last - before])


@dataclass(frozen=True, slots=True)
class _EntryTerms:
    """What the programme in force asks of an entry: the parts of each class of target, and by when it is on time."""

    parts: dict[str, frozenset[str]]
    on_time_days: int


def _asked(scope: LedgerScope) -> _EntryTerms:
    in_force = programme_for(scope.organisation, scope.until)
    if in_force is None:
        return _EntryTerms({}, EntryRule().on_time_days)
    programme = in_force.programme
    parts = {t.about: frozenset(p.key for p in t.parts if p.required) for t in programme.forms_of_review}
    return _EntryTerms(parts, programme.entry.on_time_days)


def _entry(review: Review, asked: _EntryTerms) -> sheets.ReviewEntry:
    assert review.happened_on is not None
    assert review.entered_at is not None
    entered_on = timezone.localtime(review.entered_at).date()
    lag = (entered_on - review.happened_on).days  # a review that met no duty is late by this alone
    answers = [a.text or "已阅，没有意见" for a in review.answers.all()]
    return sheets.ReviewEntry(
        target=_target(review),
        kind=KINDS[review.about],
        reviewer=review.reviewer.name,
        reviewer_post=review.post.title,
        reviewed_on=review.happened_on,
        mode=review.get_mode_display().removesuffix("点评"),
        regularity="定期" if review.regular else "日常",
        entered_on=entered_on,
        late=review.counts in ("补录", "不计入") or (not review.counts and lag > asked.on_time_days),
        late_reason=review.late_reason,
        activity=str(review.occasion or ""),
        said={part.key: getattr(review, part.key) for part in SAID if not part.many},
        problems=tuple(p.text for p in review.problems.all()),
        ground=_ground(review),
        response="；".join(answers),
        required=asked.parts.get(review.about),
        record=f"review:{review.pk}",
    )


def _ground(review: Review) -> str:
    """What a review rests on: what is on file, its writer's words, or why there is nothing."""
    absence = review.ground_absence.strip()
    lines = [*(ground.told for ground in grounds_of(review)), review.evidence.strip()]
    return "\n".join(filter(None, [*lines, f"没有在案依据：{absence}" if absence else ""]))


def _target(row: Review | Duty) -> str:
    if row.person is None:
        return row.organisation.name
    return f"{row.person.name}\n{row.organisation.name}"


def _owed(duty: Duty, holders: dict[int, str]) -> sheets.OwedReview:
    assert duty.owed_by is not None
    kind = {Target.MEMBER.value: "党员", Target.CONTACT.value: "联系点"}.get(
        duty.target, "书记" if duty.person_id else "党组织"
    )
    return sheets.OwedReview(
        target=_target(duty),
        kind=kind,
        reviewer=holders.get(duty.owed_by_id or 0, ""),
        reviewer_post=duty.owed_by.title,
        due=duty.due,
        record=f"duty:{duty.pk}",
    )


def items_in(scope: LedgerScope) -> QuerySet[Item]:
    """Problems raised in the period, or carried into it unclosed, in the order of the tree; where only what is done is drawn,
    those closed by the day."""
    items = items_of_period(scope.organisation.path, opens=scope.period.opens, due=scope.until, day=scope.day)
    items = items.filter(**scope.below)
    if scope.done:
        items = items.filter(state_then=CLOSED)  # type: ignore[misc]  # annotated by as_of
    return items.order_by("path", "opened_on", "pk")


def rectification_facts(scope: LedgerScope, *, at: slice = slice(None)) -> sheets.RectificationFacts:
    """《领导点评重点问题跟踪整改落实记录表》."""
    items = list(items_in(scope)[at.start or 0 : at.stop])
    reports = _reports([item.report for item in items if item.report], scope.day)
    rows = (_item(item, reports.get(item.report_id or 0), scope.day) for item in items)
    return sheets.RectificationFacts(scope.heading, tuple(rows))


def _reports(duties: list[Duty], day: date) -> dict[int, sheets.OwedReport]:
    """The written reports demanded by a day: filed or not, and the reason written down where a review went ahead."""
    demanded = [duty for duty in duties if duty.opens <= day]
    filed = dict(
        WrittenReport.objects.filter(duty__in=demanded, filed_on__lte=day).values_list("duty", "filed_on")
    )
    reasons = absences_explained(demanded, day=day)
    return {
        duty.pk: sheets.OwedReport(
            duty.due, filed.get(duty.pk), reasons.get(duty.pk, ""), record=f"report:{duty.pk}"
        )
        for duty in demanded
    }


def _item(item: Item, report: sheets.OwedReport | None, day: date) -> sheets.RectificationItem:
    source = item.source
    assert source is not None
    whom = f"{item.person.name}，{item.organisation.name}" if item.person else item.organisation.name
    closed = item.closed_on is not None and item.closed_on <= day
    return sheets.RectificationItem(
        source=f"{source}{whom}",
        problem=item.text,
        state=STATES[item.state_then],  # type: ignore[attr-defined]  # annotated by as_of
        cause=item.cause,
        measures=(item.measure,) if item.measure else (),
        responsible_person=item.owner_name,
        responsible_unit=item.unit_name or item.organisation.name,
        due=item.due,
        progress=tuple(
            sheets.ProgressEntry(p.on, p.text) for p in item.progress.all() if p.text and p.on <= day
        ),
        verified_by=item.closed_by if closed else "",
        closed_on=item.closed_on if closed else None,
        report=report,
        record=f"item:{item.pk}",
        source_record=f"review:{source.review_id}" if source.review_id else "",
    )
