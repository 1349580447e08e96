"""Reading items."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from dianping.common import trees
from dianping.common.templatetags.common import NEAR_DAYS
from dianping.orgs.models import Organisation, Person
from dianping.rectification.models import Evidence, Extension, Item, Progress, State
from dianping.rectification.rules.steps import STEPS
from dianping.reviews.models import Review

COLOURS = ("overdue", "near", "undated")
RELATED = (
    "source__named_by",
    "source__seat__organisation",
    "organisation",
    "person",
    "owner",
    "report",
)


def items_below(path: str) -> QuerySet[Item]:
    """Every item of an organisation and all below it, the nearest due first."""
    return (
        Item.objects.filter(path__gte=path, path__lt=trees.after(path))
        .select_related(*RELATED)
        .prefetch_related("progress")
        .order_by("due", "pk")
    )


def items_listed(path: str) -> QuerySet[Item]:
    """The same items with no more than a line of a list shows."""
    items = Item.objects.filter(path__gte=path, path__lt=trees.after(path))
    return items.select_related("source", "organisation", "person", "like")


def open_items_about(*, about: str, organisation: Organisation, person: Person | None) -> QuerySet[Item]:
    """Items about one target, in this standing of his, that are not closed; they follow a person wherever he goes."""
    same = Q(person=person) if person else Q(person=None, organisation=organisation)
    return (
        Item.objects.filter(same, about=about)
        .exclude(state=State.CLOSED)
        .select_related(*RELATED)
        .order_by("due", "pk")
    )


def open_items_of(*, people: Iterable[int], bodies: Iterable[int]) -> dict[tuple[str, int, int], list[Item]]:
    """Items not closed about some targets: a person's by (about, 0, person), a body's by (about, body, 0)."""
    same = Q(person__in=list(people)) | Q(person=None, organisation__in=list(bodies))
    by_target: dict[tuple[str, int, int], list[Item]] = {}
    for item in (
        Item.objects.filter(same).exclude(state=State.CLOSED).select_related(*RELATED).order_by("due", "pk")
    ):
        person = item.person_id or 0
        key = (item.about, 0 if person else item.organisation_id, person)
        by_target.setdefault(key, []).append(item)
    return by_target


def items_visible(*, paths: list[str], posts: list[int], person: Person | None) -> QuerySet[Item]:
    """Items a viewer may see: in his subtrees, named in the name of his seat, about himself or owned by himself."""
    seen = Q(source__seat__in=posts)
    for path in paths:
        seen |= Q(path__gte=path, path__lt=trees.after(path))
    if person is not None:
        seen |= Q(person=person) | Q(owner=person)
    return Item.objects.filter(seen).select_related(*RELATED, "like").order_by("due", "pk")


def later_like(items: QuerySet[Item], item: Item) -> QuerySet[Item]:
    """Of some items, those that later named the same problem again."""
    return items.filter(like=item).order_by("opened_on", "pk")


def evidence_of(item: Item) -> QuerySet[Evidence]:
    """The files that show how it was and how it is."""
    return Evidence.objects.filter(progress__item=item)


def items_of_period(path: str, *, opens: date, due: date, day: date) -> QuerySet[Item]:
    """Items of a subtree opened in a period, or carried into it unclosed, as the books stood on a day."""
    carried = Q(closed_on=None) | Q(closed_on__gte=opens)
    return as_of(items_below(path), day=day).filter(carried, opened_on__lte=due)


def as_of(items: QuerySet[Item], *, day: date) -> QuerySet[Item]:
    """The items that were on file at the end of a day, each with `state_then`: where its last step by then led."""
    last = Progress.objects.filter(item=OuterRef("pk"), on__lte=day).order_by("-pk").values("step")[:1]
    ends = [When(step_then=key, then=Value(step.end)) for key, step in STEPS.items()]
    return items.filter(source__entered_at__date__lte=day).annotate(
        step_then=Subquery(last), state_then=Case(*ends, default=Value(State.OPEN.value))
    )


def owns(person: Person | None, item: Item) -> bool:
    """Whether an item is this person's to put right; a name no record answers to still binds its bearer."""
    if person is None:
        return False
    return person.pk == item.owner_id or (item.owner_id is None and person.name == item.owner_name)


def items_of_review(review: Review) -> QuerySet[Item]:
    """The items a review's problems became, in their order."""
    return Item.objects.filter(source__review=review).select_related("point").order_by("number")


def items_of_reviews(reviews: Iterable[int]) -> QuerySet[Item]:
    """The items the problems of some reviews became, review by review in their order."""
    found = Item.objects.filter(source__review__in=list(reviews)).select_related("source")
    return found.order_by("source__review", "number")


def in_item_state(items: QuerySet[Item], state: str, *, today: date) -> QuerySet[Item]:
    """Items by state, by colour (overdue, near, undated) or with more time asked for; anything unknown means all."""
    if state == "standing":
        return items.exclude(state=State.CLOSED)
    if state in COLOURS:
        return items.filter(in_colour(state, today=today))
    if state == "asking":
        waiting = Extension.objects.filter(item=OuterRef("pk"), granted=None)
        return items.filter(Exists(waiting))
    return items.filter(state=state) if state in State.values else items


def in_colour(colour: str, *, today: date) -> Q:
    """Items that are overdue, near or undated by the dates people set; a closed one is none of them."""
    return (
        ~Q(state=State.CLOSED)
        & {
            "overdue": Q(due__lt=today),
            "near": Q(due__range=(today, today + timedelta(days=NEAR_DAYS))),
            "undated": Q(due=None),
        }[colour]
    )


def items_about_person(
    person: Person, *, paths: list[str], posts: list[int], viewer: Person | None
) -> QuerySet[Item]:
    """The items about one person that a viewer may see, the open ones first."""
    return (
        items_visible(paths=paths, posts=posts, person=viewer)
        .filter(person=person)
        .order_by("closed_on", "-opened_on")
    )
