"""A draft, saved as one types: nothing is demanded of it but that it is not somebody else's newer text."""

from collections.abc import Iterable

from django.db import IntegrityError

from dianping.common.acts import act, acting
from dianping.common.audit import Actor
from dianping.common.refusal import Conflict, Refusal
from dianping.common.rights import permit
from dianping.opinions.selectors import points_about
from dianping.orgs.models import Person
from dianping.reviews.inputs import EventInput, FollowUpInput, ProblemInput, ReviewInput, ReviewTarget
from dianping.reviews.models import Mode, Problem, Review, Revisit
from dianping.reviews.rights import may_write
from dianping.reviews.rules.parts import GROUNDS, LABELS
from dianping.reviews.selectors.grounds import grounds_of, listed, ticked
from dianping.reviews.services.grounds import write_grounds

PLACE = 80  # characters


@act
def save_draft(
    *,
    target: ReviewTarget,
    reviewer: Person,
    said: ReviewInput,
    version: int,
    actor: Actor,
) -> Review:
    """Save what has been written so far. `version` is the one the form was opened with, 0 for a new draft.

    Raises Conflict, with both texts, when somebody saved a newer one meanwhile; Refusal for a problem taken over from
    what the masses said of somebody else.
    """
    permit(actor, may_write, target.post, target.organisation)
    _refuse_oneself(reviewer, target)
    review = (
        Review.objects.select_for_update()
        .filter(
            post=target.post,
            organisation=target.organisation,
            about=target.about,
            person=target.person,
            filed=False,
        )
        .first()
    )
    if review is None and version:
        raise Conflict(
            "这份草稿已经登记，或者已不在了；您的文字没有存入。请回到应办里看一看。",
            code="reviews.draft-gone",
        )
    if review is None:
        review = Review(
            post=target.post,
            organisation=target.organisation,
            path=target.organisation.path,
            about=target.about,
            person=target.person,
            version=0,
        )
    elif review.version != version:
        raise Conflict(
            f"这份草稿已由{review.recorder}改过，您的文字没有存入。请对照两份文字后再存。",
            code="reviews.draft-changed-meanwhile",
            differences=_differences(review, said),
        )
    write_said(review, said)
    review.reviewer, review.recorder, review.version = reviewer, actor.signature, review.version + 1
    _save(review)
    write_problems(review, said.problems)
    write_revisits(review, said.revisits)
    write_grounds(review, target, said)
    return review


def _save(review: Review) -> None:
    """Two people may begin the same draft at once; the database lets one in, the other is told."""
    if review.pk is not None:
        review.save()
        return
    try:
        with acting():
            review.save()
    except IntegrityError as no:
        raise Conflict(
            "刚刚有人开始写同一份草稿，您的文字没有存入。请打开那一份，对照后再存。",
            code="reviews.draft-begun-meanwhile",
        ) from no


def _refuse_oneself(reviewer: Person, target: ReviewTarget) -> None:
    if target.person is not None and target.person.pk == reviewer.pk:
        raise Refusal(
            f"{reviewer.name}不能点评自己。",
            code="reviews.reviewing-oneself",
            remedy="对书记本人的点评由上级进行。",
        )


def write_said(review: Review, said: ReviewInput) -> None:
    """Put what was said into the row (problems apart)."""
    for name in ("mode", "regular", "happened_on", "occasion", *LABELS):
        setattr(review, name, getattr(said, name))
    event = said.event or EventInput("")
    review.occasion_kind, review.place = event.kind, event.place.strip()[:PLACE]


def write_problems(review: Review, named: tuple[ProblemInput, ...]) -> None:
    """Replace the problems of a draft, numbered from 1."""
    _refuse_foreign_points(review, {n.point for n in named if n.point is not None})
    review.problems.all().delete()
    Problem.objects.bulk_create(
        Problem(review=review, number=i, text=n.text, owner=n.owner, due=n.due, point_id=n.point)
        for i, n in enumerate(named, 1)
    )


def _refuse_foreign_points(review: Review, linked: set[int]) -> None:
    about = points_about(organisation=review.organisation, person=review.person)
    if linked and about.filter(pk__in=linked).count() < len(linked):
        raise Refusal(
            f"有一条群众意见不是对{review.target_name}提的，不能列为这里的问题。",
            code="reviews.point-of-another-target",
            remedy="请在对应的点评里列这一条；这里的文字没有存入。",
        )


def write_revisits(review: Review, met: tuple[FollowUpInput, ...]) -> None:
    """Replace what a draft says of earlier problems; only problems of the same target are taken."""
    review.revisits.all().delete()
    same = Problem.objects.filter(
        pk__in=[revisit.problem for revisit in met],
        review__about=review.about,
        review__person=review.person,
        review__filed=True,
    )
    if review.person is None:
        same = same.filter(review__organisation=review.organisation)
    known = set(same.values_list("pk", flat=True))
    Revisit.objects.bulk_create(
        Revisit(review=review, problem_id=revisit.problem, found=revisit.found, words=revisit.words)
        for revisit in met
        if revisit.problem in known and revisit.found in Revisit.Found.values
    )


def _differences(review: Review, said: ReviewInput) -> tuple[tuple[str, str, str], ...]:
    rows = [(label, getattr(review, name), getattr(said, name)) for name, label in LABELS.items()]
    rows += [
        ("点评日期", str(review.happened_on or ""), str(said.happened_on or "")),
        ("点评方式", str(Mode(review.mode).label), str(Mode(said.mode).label)),
        ("日常或定期", "定期" if review.regular else "日常", "定期" if said.regular else "日常"),
        (GROUNDS, listed(grounds_of(review)), listed(ticked(review, said.grounds, said.occasion))),
        ("问题", _told(review.problems.all()), _told(said.problems)),
    ]
    return tuple(row for row in rows if row[1] != row[2])


def _told(problems: Iterable[Problem | ProblemInput]) -> str:
    return "\n".join(" ".join(filter(None, (p.text, p.owner, str(p.due or "")))) for p in problems)
