"""What stands on the 点评登记表 of one person, or of one organisation, in a year, as a viewer may read it. A fixed number of queries."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from dianping.accounts.viewer import Viewer
from dianping.base.day_words import written
from dianping.duties.kinds import Kind
from dianping.duties.models import Duty
from dianping.duties.selectors import duties_about_person, duties_below
from dianping.ledgers import rules as sheets
from dianping.orgs.models import Organisation, Person
from dianping.orgs.selectors import branch_on, standings_of, tenures_of
from dianping.orgs.selectors.posts import heads_on, holders_on
from dianping.rectification.models import Item, State
from dianping.rectification.selectors import items_of_reviews
from dianping.reviews.models import Review
from dianping.reviews.rules.parts import SAID, problems_label
from dianping.reviews.selectors import reviews_about_body, reviews_about_person


def sheet_of_person(person: Person, *, year: int, viewer: Viewer) -> sheets.TargetFacts:
    """The sheet of a person: the reviews of him in a year, whatever his standing (decision 0015), then what is still owed. Whoever
    reads his reviews only, not his branch, learns where he stood when reviewed, not where he has gone."""
    branch = branch_on(person, day=viewer.day)
    seen: dict[str, Any] = {"paths": viewer.read_paths, "posts": viewer.post_ids, "viewer": viewer.person}
    owed = duties_about_person(person, paths=viewer.read_paths)
    own = viewer.person is not None and viewer.person.pk == person.pk
    whole = own or bool(branch and viewer.may_read(branch.path))
    reviews = reviews_about_person(person, **seen)
    place, about = branch.name if branch else "现在不在任何支部", _about_person(person, viewer.day)
    if not whole:
        newest = reviews.order_by("-happened_on", "-pk").first()
        place, about = newest.organisation.name if newest else "", about[:1]
    return _facts(
        place,
        about,
        reviews,
        owed,
        year=year,
        viewer=viewer,
        whole=whole,
    )


def sheet_of_body(organisation: Organisation, *, year: int, viewer: Viewer) -> sheets.TargetFacts:
    """The sheet of an organisation: the reviews of it, not of its people."""
    owed = duties_below(organisation.path).filter(organisation=organisation, person=None)
    may = viewer.may_read(organisation.path)
    head = heads_on([organisation.pk], day=viewer.day).get(organisation.pk, "空缺")
    return _facts(
        organisation.name,
        (("组织名称", organisation.name), ("组织类别", organisation.kind), ("书记", head)),
        reviews_about_body(organisation, paths=viewer.read_paths, posts=viewer.post_ids),
        owed if may else owed.none(),
        year=year,
        viewer=viewer,
        whole=may,
    )


def _facts(
    place: str,
    about: tuple[tuple[str, str], ...],
    reviews: QuerySet[Review],
    owed: QuerySet[Duty],
    *,
    year: int,
    viewer: Viewer,
    whole: bool,
) -> sheets.TargetFacts:
    days = (date(year, 1, 1), date(year, 12, 31))
    rows = list(
        reviews.filter(happened_on__range=days)
        .prefetch_related("problems", "answers", "met__duty__window")
        .order_by("happened_on", "pk")
    )
    items: dict[int, list[Item]] = {}
    for item in items_of_reviews(row.pk for row in rows):
        assert item.source is not None
        items.setdefault(item.source.review_id or 0, []).append(item)
    return sheets.TargetFacts(
        sheets.Heading(place, f"{year}年", viewer.day, viewer.name),
        about,
        tuple(_review(row, items.get(row.pk, [])) for row in rows),
        _owed(
            owed.filter(kind=Kind.REVIEW, done_on=None, due__range=days, opens__lte=viewer.day), viewer.day
        ),
        whole,
    )


def _about_person(person: Person, day: date) -> tuple[tuple[str, str], ...]:
    standing = next((m for m in standings_of(person) if m.until is None or m.until > day), None)
    held = [
        t.post.called for t in tenures_of(person) if t.since <= day and (t.until is None or t.until > day)
    ]
    return (
        ("姓名", person.name),
        ("人员类别", str(standing.standing) if standing else "不在任何支部"),
        ("所在党支部", standing.organisation.name if standing else "不在任何支部"),
        ("职务", "\n".join(held) or "没有职务"),
    )


def _review(review: Review, items: Sequence[Item]) -> sheets.ReviewOnSheet:
    assert review.happened_on is not None  # filed
    assert review.entered_at is not None
    entered = timezone.localtime(review.entered_at).date()
    met = "、".join(m.duty.window.name for m in review.met.all() if m.duty.window)
    return sheets.ReviewOnSheet(
        on=review.happened_on,
        way=f"{review.get_mode_display()}（{'定期' if review.regular else '日常'}）　{review.get_about_display()}",
        reviewer=f"{review.reviewer.name}（{review.post.called}）",
        occasion=str(review.occasion or ""),
        entered=f"{written(entered)}，{review.recorder}",
        met="，".join(filter(None, (met, review.counts or "另加的点评", review.late_reason))),
        said=tuple(
            (part.label, getattr(review, part.key), part.told_missing if review.about in part.kept_of else "")
            for part in SAID
            if not part.many and (review.about in part.kept_of or getattr(review, part.key))
        ),
        problems_label=problems_label(review.about),
        problems=tuple(_problem(item) for item in items),
        basis=review.evidence,
        answer="\n".join(f"{a.text or '已阅，没有意见。'}（{a.by}）" for a in review.answers.all()),
        record=f"review:{review.pk}",
    )


def _problem(item: Item) -> sheets.ProblemMet:
    outcome = str(item.get_state_display())
    if item.state == State.CLOSED and item.closed_on:
        outcome = f"{written(item.closed_on)}销号，{item.closed_by}验收"
    return sheets.ProblemMet(item.text, item.owner_name, written(item.due) if item.due else "", outcome)


def _owed(duties: QuerySet[Duty], day: date) -> tuple[sheets.OwedOnSheet, ...]:
    rows = list(duties.order_by("due", "pk"))
    holders = holders_on({d.owed_by_id for d in rows if d.owed_by_id}, day=day)
    return tuple(
        sheets.OwedOnSheet(
            d.window.name if d.window else "", _seat(d, holders), due=d.due, record=f"duty:{d.pk}"
        )
        for d in rows
    )


def _seat(duty: Duty, holders: dict[int, str]) -> str:
    """Whose it is: the seat and who answers for it; "" where nobody is named."""
    if duty.owed_by is None:
        return ""
    place, holder = duty.owed_by.organisation.short_name, holders.get(duty.owed_by_id or 0, "（空缺）")
    return f"{place}{duty.owed_by.title}{holder}"
