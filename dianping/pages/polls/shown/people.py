"""Whom a poll may ask, and about whom: the branches below an organisation, those right below it, who heads and leads them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q

from dianping.common import trees
from dianping.opinions.services import SubjectPlan
from dianping.orgs.models import BRANCH_KINDS, Membership, Organisation, Role, Standing, Tenure
from dianping.orgs.selectors import children_with_heads, members_of
from dianping.orgs.selectors.people import on_day
from dianping.orgs.selectors.posts import head_person

ABOUT = (
    ("organisation", "本组织"),
    ("leaders", "本组织的书记和班子成员"),
    ("below", "下一级各党组织"),
    ("secretaries", "下一级各党组织的书记"),
    ("members", "某一党支部的党员（预备党员不评议）"),
)


def branches_below(organisation: Organisation, *, day: date) -> list[tuple[Organisation, int]]:
    """The branches of a subtree that have members on a day, with how many, in the order of the tree."""
    members = Membership.objects.filter(
        on_day(day),
        organisation__path__gte=organisation.path,
        organisation__path__lt=trees.after(organisation.path),
        organisation__kind__in=BRANCH_KINDS,
    )
    counts = dict(members.order_by().values_list("organisation").annotate(n=Count("pk")))
    places = Organisation.objects.filter(pk__in=counts).filter(Q(dissolved=None) | Q(dissolved__gt=day))
    return [(place, counts[place.pk]) for place in places.order_by("path")]


def abouts(
    kind: str, organisation: Organisation, branch: Organisation | None, *, day: date
) -> list[SubjectPlan]:
    """Everybody and everything one choice of ABOUT stands for on a day."""
    if kind == "organisation":
        return [SubjectPlan(organisation)]
    if kind == "leaders":
        return _leading(organisation, day)
    if kind == "below":
        return [SubjectPlan(place) for place, _ in children_with_heads(organisation, day=day)]
    if kind == "secretaries":
        below = [place for place, head in children_with_heads(organisation, day=day) if head]
        heads = ((place, head_person(place, day=day)) for place in below)
        return [SubjectPlan(place, person) for place, person in heads if person is not None]
    if branch is None:
        return []
    full = members_of(branch, day=day).exclude(standing=Standing.PROBATIONARY)
    return [SubjectPlan(branch, row.person) for row in full]


def _leading(organisation: Organisation, day: date) -> list[SubjectPlan]:
    """The secretary first, then the leading group, nobody twice."""
    rows: Iterable[Tenure] = Tenure.objects.filter(
        on_day(day), post__organisation=organisation
    ).select_related("post", "person")
    order = [Role.SECRETARY, Role.ACTING, Role.LEADER]
    people = {
        row.person_id: row.person
        for row in sorted(rows, key=lambda r: (order.index(Role(r.post.role)), r.pk))
    }
    return [SubjectPlan(organisation, person) for person in people.values()]
