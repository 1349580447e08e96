"""Posts, who holds them, and what they are in charge of."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from dianping.common import trees
from dianping.orgs.models import Charge, Organisation, Person, Post, Role, Tenure


def _on_day(day: date) -> Q:
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))


def posts_held(person: Person | None, *, day: date) -> list[Post]:
    """The seats a person answers for on a day: those he holds, and the vacant secretary's seat he acts in."""
    return seats_held(person, day=day)[0]


def seats_held(person: Person | None, *, day: date) -> tuple[list[Post], list[Charge]]:
    """The seats a person answers for on a day (`posts_held`), and what they are in charge of or in contact with that day.

    One query, one row a charge; a second one for somebody who acts for a vacant secretary's seat.
    """
    if person is None:
        return [], []
    held = Tenure.objects.filter(_on_day(day), person=person).values("post")
    posts, charges = _with_charges(Post.objects.filter(pk__in=held), day)
    acting = [post.organisation_id for post in posts if post.role == Role.ACTING]
    if acting:
        filled = Tenure.objects.filter(_on_day(day), post=OuterRef("pk"))
        vacant = Post.objects.filter(~Exists(filled), role=Role.SECRETARY, organisation__in=acting)
        more, theirs = _with_charges(vacant, day)
        posts, charges = posts + more, charges + theirs
    return posts, charges


def _with_charges(posts: QuerySet[Post], day: date) -> tuple[list[Post], list[Charge]]:
    """Some seats, each once, and their charges of a day."""
    on_day = Q(charges__since__lte=day) & (Q(charges__until=None) | Q(charges__until__gt=day))
    joined = posts.annotate(over=FilteredRelation("charges", condition=on_day))
    related: tuple[str, ...] = ("organisation", "over__organisation")  # the second is the annotation's
    rows = list(joined.select_related(*related).order_by("pk", "over__pk"))
    charged = (getattr(row, "over", None) for row in rows)  # a row without a charge has no such attribute
    return list({row.pk: row for row in rows}.values()), [charge for charge in charged if charge is not None]


def heads_on(organisations: Iterable[int], *, day: date) -> dict[int, str]:
    """Who heads each organisation: the secretary, else the deputy in charge, shown as such."""
    rows = Tenure.objects.filter(
        _on_day(day), post__organisation__in=list(organisations), post__role__in=[Role.SECRETARY, Role.ACTING]
    ).values_list("post__organisation_id", "post__role", "person__name")
    heads: dict[int, str] = {}
    for organisation, role, name in rows:
        if role == Role.SECRETARY:
            heads[organisation] = name
        else:
            heads.setdefault(organisation, f"{name}（主持工作）")
    return heads


def leaders_on(organisations: Iterable[int], *, day: date) -> dict[int, list[str]]:
    """Who else sits in the leadership of each organisation that day, with the title of the seat. One query."""
    rows = Tenure.objects.filter(
        _on_day(day), post__organisation__in=list(organisations), post__role__in=[Role.ACTING, Role.LEADER]
    ).values_list("post__organisation_id", "post__title", "person__name")
    leaders: dict[int, list[str]] = {}
    for organisation, title, name in rows.order_by("post__role", "post"):
        leaders.setdefault(organisation, []).append(f"{name}（{title}）")
    return leaders


def head_person(organisation: Organisation, *, day: date) -> Person | None:
    """The person who heads an organisation that day."""
    rows = Tenure.objects.filter(
        _on_day(day), post__organisation=organisation, post__role__in=[Role.SECRETARY, Role.ACTING]
    ).select_related("person", "post")
    tenures = sorted(rows, key=lambda t: t.post.role != Role.SECRETARY)
    return tenures[0].person if tenures else None


def head_people(organisations: Iterable[int], *, day: date) -> dict[int, Person]:
    """The person who heads each of some organisations that day: the secretary, else the deputy in charge. One query."""
    rows = Tenure.objects.filter(
        _on_day(day), post__organisation__in=list(organisations), post__role__in=[Role.SECRETARY, Role.ACTING]
    ).select_related("person", "post")
    heads: dict[int, Person] = {}
    for tenure in sorted(rows, key=lambda t: t.post.role != Role.SECRETARY):
        heads.setdefault(tenure.post.organisation_id, tenure.person)
    return heads


def holder_on(post: Post, *, day: date) -> Person | None:
    """Who answers for a seat that day: its holder, else the deputy in charge of a vacant secretary's seat."""
    held = Tenure.objects.filter(_on_day(day), post=post).select_related("person").first()
    if held is not None or post.role != Role.SECRETARY:
        return held.person if held else None
    return head_person(post.organisation, day=day)


def organisations_headed(person: Person, *, day: date) -> list[int]:
    """The organisations a person heads on a day, as secretary or as deputy in charge."""
    held = Tenure.objects.filter(
        _on_day(day), person=person, post__role__in=[Role.SECRETARY, Role.ACTING]
    ).values_list("post__organisation", flat=True)
    return list(held)


def tenures_of(person: Person) -> QuerySet[Tenure]:
    """Every seat a person has held, newest first."""
    return Tenure.objects.filter(person=person).select_related("post__organisation").order_by("-since")


def charges_over(organisation: Organisation, *, day: date) -> QuerySet[Charge]:
    """Which leaders are in charge of, or in contact with, an organisation that day."""
    return Charge.objects.filter(_on_day(day), organisation=organisation).select_related("post__organisation")


def seats_of(organisation: Organisation) -> list[int]:
    """Every seat of one organisation: what its office looks after."""
    return list(Post.objects.filter(organisation=organisation).values_list("pk", flat=True))


def held_seats(organisation: Organisation, *, day: date) -> list[Post]:
    """The seats of one organisation somebody holds that day, the secretary's first (also where a deputy is in charge of it)."""
    held = Tenure.objects.filter(_on_day(day), post__organisation=organisation).values_list(
        "post", "post__role"
    )
    posts = {pk for pk, _ in held}
    acting = any(role == Role.ACTING for _, role in held)
    seats = Post.objects.filter(organisation=organisation).select_related("organisation").order_by("pk")
    found = [p for p in seats if p.pk in posts or (acting and p.role == Role.SECRETARY)]
    return sorted(found, key=lambda post: post.role != Role.SECRETARY)


def holders_on(posts: Iterable[int], *, day: date) -> dict[int, str]:
    """Who answers for each seat that day, with the title; the deputy in charge of a vacant seat is shown as such."""
    wanted = list(Post.objects.filter(pk__in=list(posts)).select_related("organisation"))
    rows = Tenure.objects.filter(_on_day(day), post__in=wanted).values_list("post", "person__name")
    held = dict(rows)
    vacant = [post for post in wanted if post.pk not in held and post.role == Role.SECRETARY]
    acting = heads_on([post.organisation_id for post in vacant], day=day) if vacant else {}
    holders = {post.pk: held[post.pk] for post in wanted if post.pk in held}
    return holders | {
        post.pk: acting[post.organisation_id] for post in vacant if post.organisation_id in acting
    }


def seats_around(organisation: Organisation) -> list[Post]:
    """The seats of an organisation, of those right below it, and of those above it: who may stand in for whom."""
    near = Q(organisation=organisation) | Q(organisation__parent=organisation)
    above = Q(organisation__path__in=trees.ancestors(organisation.path))
    posts = Post.objects.filter(near | above, organisation__dissolved=None).select_related("organisation")
    return list(posts.order_by("organisation__path", "pk")[:200])
