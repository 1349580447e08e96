"""Opening an item for each problem a source names, and taking a review's off again. Decision 0053."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Q, Subquery

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import SYSTEM, Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import caused, unasked
from dianping.orgs.models import Organisation, Person, Post
from dianping.orgs.selectors.people import person_named
from dianping.orgs.selectors.posts import head_person
from dianping.rectification.models import Item, Source, State
from dianping.rectification.selectors import earlier_like
from dianping.rectification.sources import REVIEW, source_kind
from dianping.reviews.models import Problem, Review

PIECE = 2000  # sources written at once


@dataclass(frozen=True, slots=True)
class SourceInput:
    """What named some problems: its kind (rectification.sources) and the key of its row, on which day, about whom, who named
    them (a person, or `label` where none is on file), and the seat in whose name: its holder may judge what became of them."""

    kind: str
    row: int
    happened_on: date
    about: str
    organisation: Organisation
    person: Person | None = None
    named_by: Person | None = None
    label: str = ""
    seat: Post | None = None


@dataclass(frozen=True, slots=True)
class FindingInput:
    """One problem as it was named: its words, who answers for it ("" or 本人 for whom it is about), by when, and the key of what
    the masses said where it was taken over from there."""

    text: str
    owner: str = ""
    due: date | None = None
    point: int | None = None


@act
def open_items_from(
    *, source: SourceInput, findings: Iterable[FindingInput], moment: datetime, actor: Actor
) -> list[Item]:
    """One item per problem a source of a later room names (a hearing, a spot check, an audit). Twice changes nothing.

    Raises Refusal for a kind no room has made known, a review (`open_items` follows those), a problem without words, a day that
    lies ahead, or a source that names nobody who named it.
    """
    caused(actor)
    if source.kind == REVIEW or source_kind(source.kind) is None:
        raise Refusal(
            f"“{source.kind}”不是登记过的问题来源。",
            code="rectification.source-unknown",
            remedy="请由提出问题的那一项工作列入整改。",
        )
    if source.named_by is None and not source.label.strip():
        raise Refusal(
            "没有写是谁提出的问题。",
            code="rectification.source-unnamed",
            remedy="请写提出人，或提出的单位、小组。",
        )
    if source.happened_on > moment.date():
        raise Refusal(
            f"提出日 {source.happened_on} 还没有到。",
            code="rectification.source-not-yet",
            remedy="请填问题提出的那一天。",
        )
    problems = list(findings)
    if not all(finding.text.strip() for finding in problems):
        raise Refusal(
            "有一项没有写是什么问题。", code="rectification.problem-without-words", remedy="请一项一条写明。"
        )
    if not problems:
        return []
    row, _ = Source.objects.get_or_create(
        kind=source.kind,
        row=source.row,
        defaults={
            "seat": source.seat,
            "named_by": source.named_by,
            "label": source.label.strip(),
            "happened_on": source.happened_on,
            "entered_at": moment,
        },
    )
    told = {"source": source.kind, "row": source.row}
    return [
        _open(row, number, source, finding, None, actor, told) for number, finding in enumerate(problems, 1)
    ]


@act
def open_items(*, review: Review, actor: Actor) -> list[Item]:
    """One item per problem of a filed review. Twice changes nothing."""
    caused(actor)
    problems = list(review.problems.all())
    if not problems:
        return []
    assert review.happened_on is not None
    assert review.entered_at is not None
    source, _ = Source.objects.get_or_create(
        review=review,
        defaults={
            "kind": REVIEW,
            "seat": review.post,
            "named_by": review.reviewer,
            "happened_on": review.happened_on,
            "entered_at": review.entered_at,
        },
    )
    named = SourceInput(
        REVIEW, review.pk, review.happened_on, review.about, review.organisation, review.person
    )
    return [_open(source, p.number, named, _finding(p), p, actor, {"review": review.pk}) for p in problems]


def _finding(problem: Problem) -> FindingInput:
    return FindingInput(problem.text, problem.owner, problem.due, problem.point_id)


def _open(
    row: Source,
    number: int,
    source: SourceInput,
    finding: FindingInput,
    problem: Problem | None,
    actor: Actor,
    told: dict[str, object],
) -> Item:
    himself = finding.owner in ("", "本人")
    name = source.person.name if source.person else source.organisation.name
    known = Item.objects.filter(source=row, number=number).first()
    if known is not None:
        return known
    item = Item.objects.create(
        source=row,
        number=number,
        problem=problem,
        text=finding.text,
        about=source.about,
        point_id=finding.point,
        organisation=source.organisation,
        path=source.organisation.path,
        person=source.person,
        owner=_owner(source, finding.owner),
        owner_name=name if himself else finding.owner,
        due=finding.due,
        opened_on=source.happened_on,
        like=earlier_like(
            text=finding.text,
            organisation=source.organisation,
            person=source.person,
            before=source.happened_on,
        ),
    )
    audit.record(actor=actor, act="列入整改", about=f"item:{item.pk}", path=item.path, **told)
    return item


def _owner(source: SourceInput, name: str) -> Person | None:
    """Who answers for putting it right: the person it is about, else the head of the organisation."""
    if source.person is not None and name in ("", "本人", source.person.name):
        return source.person
    if name:
        return person_named(name, source.organisation, day=source.happened_on)
    return head_person(source.organisation, day=source.happened_on)


@act
def withdraw_items(*, review: Review, actor: Actor) -> int:
    """Take a review's items off the list before it is written anew; how many.

    Raises Refusal once a step was taken with one of them: what was done about a problem is not lost.
    """
    caused(actor)
    items = Item.objects.select_for_update(of=("self",)).filter(source__review=review)
    begun = items.exclude(Q(state=State.OPEN) & Q(progress=None)).first()
    if begun is not None:
        raise Refusal(
            f"“{begun.text}”的整改已经开始，这份点评不能重新打开。",
            code="rectification.work-already-begun",
            remedy="要改文字，请用“更正”。",
        )
    number = items.count()
    Item.objects.filter(like__in=items).update(like=None)
    items.delete()
    Source.objects.filter(review=review).delete()
    if number:
        audit.record(
            actor=actor, act="撤下整改事项", about=f"review:{review.pk}", path=review.path, items=number
        )
    return number


def carry_sources() -> int:
    """Give every item of an older version its own words and its source, from the review that named it; how many.

    An act of its own after the migration, so that the chain vouches for the rows as they stood before and as they stand now (0048).
    """
    if not Item.objects.filter(source=None).exists():
        return 0
    return _carry_sources()


@act
def _carry_sources() -> int:
    old = Item.objects.filter(source=None)
    reviews = (
        Review.objects.filter(problems__in=old.values("problem"))
        .exclude(pk__in=Source.objects.exclude(review=None).values("review"))
        .order_by("pk")
        .distinct()
    )
    rows = reviews.values_list("pk", "post", "reviewer", "happened_on", "entered_at")
    Source.objects.bulk_create(
        (_source_of(*row) for row in rows.iterator(chunk_size=PIECE)), batch_size=PIECE
    )
    problem = Problem.objects.filter(pk=OuterRef("problem"))
    source = Source.objects.filter(review__problems=OuterRef("problem"))
    number = old.update(
        number=Subquery(problem.values("number")),
        text=Subquery(problem.values("text")),
        point=Subquery(problem.values("point")),
        about=Subquery(problem.values("review__about")),
        source=Subquery(source.values("pk")),
    )
    unasked(SYSTEM, because="the site carries its own records over when it starts")
    audit.record(actor=SYSTEM, act="补记问题来源", about="site", items=number)
    return number


def _source_of(
    review: int, post: int, reviewer: int, happened_on: date | None, entered_at: datetime | None
) -> Source:
    assert happened_on is not None  # a filed review is dated
    assert entered_at is not None
    return Source(
        kind=REVIEW,
        review_id=review,
        seat_id=post,
        named_by_id=reviewer,
        happened_on=happened_on,
        entered_at=entered_at,
    )
