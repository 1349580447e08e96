"""在案的依据: what a review rests on, kept with it; a regular one without is refused where the programme demands it (四.1)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from dianping.common.refusal import Refusal
from dianping.programmes.rules import Programme
from dianping.programmes.selectors import programme_for
from dianping.reviews.inputs import GroundInput, ReviewInput, ReviewTarget
from dianping.reviews.models import About, Ground, Occasion, Review
from dianping.reviews.rules.grounds import MONTHS, OCCASION, POLL
from dianping.reviews.selectors.grounds import LOOKING, OnFile, grounds_of, key_of, on_file_about


def with_own_event(programme: Programme, target: ReviewTarget, said: ReviewInput) -> ReviewInput:
    """A review given on a visit, an assessment or a hearing rests on it, without anybody saying so."""
    event = said.occasion
    if event is None or event.kind not in LOOKING or not programme.demands_grounds(target.about):
        return said
    own = GroundInput(OCCASION, event.pk)
    return said if own in said.grounds else replace(said, grounds=(*said.grounds, own))


def refuse_without_ground(programme: Programme, target: ReviewTarget, said: ReviewInput) -> None:
    """Refuse what is ticked and not on file on the day, and a regular review with neither a ground nor the reason why not."""
    assert said.happened_on is not None
    months = programme.grounds.months if programme.grounds else MONTHS
    _refuse_not_on_file(target, said.grounds, said.happened_on, months, said.occasion)
    kind = said.event.kind if said.event else (said.occasion.kind if said.occasion else "")
    if not said.grounds and kind not in LOOKING:
        refuse_groundless(programme, target.about, said.regular, said.ground_absence)


def refuse_groundless(programme: Programme, about: str, regular: bool, absence: str) -> None:
    """Refuse a review that rests on nothing and does not say why, where the programme demands one or the other."""
    if not (regular and programme.demands_grounds(about)) or absence.strip():
        return
    assert programme.grounds is not None
    cited = programme.grounds.cited
    raise Refusal(
        f"定期点评{About(about).label}要有在案的依据（征求意见、调研走访、考核、听取汇报），这里一项也没有选，也没有写明为什么没有。",
        code="reviews.ground-missing",
        remedy=f"请在“在案的依据”里选一项或几项；确实没有的，在“没有在案依据的原因”里写明。依据〔{cited.paper} {cited.clause}〕。",
    )


def _refuse_not_on_file(
    target: ReviewTarget, grounds: Iterable[GroundInput], on: date, months: int, event: Occasion | None
) -> None:
    named = set(grounds) - ({GroundInput(OCCASION, event.pk)} if event else set())
    if not named:
        return
    known = {row.said for row in _on_file(target, on, named, months)}
    if named - known:
        raise Refusal(
            f"选作依据的有 {len(named - known)} 项，在 {on} 这一天不在案，或已早于 {months} 个月。",
            code="reviews.ground-not-on-file",
            remedy="请核对点评日期，去掉这一项，另选点评那天以前的依据。",
        )


def _on_file(
    target: ReviewTarget, on: date | None, named: Collection[GroundInput], months: int = MONTHS
) -> list[OnFile]:
    whom = (target.about, target.organisation, target.person)
    return on_file_about([whom], on=on, months=months, named=named)[key_of(whom)]


def write_grounds(review: Review, target: ReviewTarget, said: ReviewInput) -> None:
    """Replace the grounds of a draft; only what is on file about the same target, or the event itself, is taken."""
    review.grounds.all().delete()
    if not said.grounds:
        return
    known = {row.said for row in _on_file(target, None, said.grounds)}
    if said.occasion is not None:
        known.add(GroundInput(OCCASION, said.occasion.pk))
    put_grounds(review, [ground for ground in dict.fromkeys(said.grounds) if ground in known])


def put_grounds(review: Review, grounds: Iterable[GroundInput]) -> None:
    """Add rows for these."""
    Ground.objects.bulk_create(
        Ground(
            review=review,
            poll_id=ground.key if ground.kind == POLL else None,
            occasion_id=ground.key if ground.kind == OCCASION else None,
        )
        for ground in grounds
    )


def change_grounds(review: Review, grounds: Sequence[GroundInput] | None) -> tuple[str, str] | None:
    """Put others in the place of a filed review's grounds (None: they stay); (the old, the new) in words where they changed. What
    the words of the review now say of having none counts with them."""
    assert review.happened_on is not None
    target = ReviewTarget(review.post, review.about, review.organisation, review.person)
    standing = grounds_of(review)
    were = {row.said for row in standing}
    wanted = were if grounds is None else set(grounds)
    in_force = programme_for(review.organisation, review.happened_on)
    demanded = in_force.programme.grounds if in_force else None
    added = [ground for ground in dict.fromkeys(grounds or ()) if ground not in were]
    _refuse_not_on_file(
        target, added, review.happened_on, demanded.months if demanded else MONTHS, review.occasion
    )
    was_without = not were and not Review.objects.get(pk=review.pk).ground_absence.strip()
    if in_force and not wanted and not was_without:
        refuse_groundless(in_force.programme, review.about, review.regular, review.ground_absence)
    if wanted == were:
        return None
    for row in review.grounds.all():
        if GroundInput(POLL, row.poll_id or 0) not in wanted and (
            GroundInput(OCCASION, row.occasion_id or 0) not in wanted
        ):
            row.delete()
    put_grounds(review, added)
    now = grounds_of(Review.objects.get(pk=review.pk))
    return "\n".join(row.told for row in standing), "\n".join(row.told for row in now)
