"""Reading draws: of a place, with those before; and who may be drawn."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from dianping.accounts.models import Grant
from dianping.accounts.viewer import Viewer
from dianping.common import trees
from dianping.orgs.models import BRANCH_KINDS, Membership, Organisation
from dianping.orgs.selectors.people import on_day
from dianping.orgs.selectors.posts import heads_on
from dianping.reviews.models import Draw
from dianping.reviews.rules.draw import Candidate


def draws_visible(paths: Iterable[str]) -> QuerySet[Draw]:
    """The draws of organisations in a viewer's subtrees, newest first."""
    seen = Q(pk__in=[])
    for path in paths:
        seen |= Q(path__gte=path, path__lt=trees.after(path))
    return Draw.objects.filter(seen).select_related("organisation", "superior").order_by("-called_on", "-pk")


def draws_in(draws: QuerySet[Draw], state: str) -> QuerySet[Draw]:
    """Draws under way (open), held, or over without holding (void); anything else means all of them."""
    held = Q(outcome="成立")
    tests = {"open": Q(closed_on=None), "held": held, "void": ~held & Q(closed_on__isnull=False)}
    return draws.filter(tests.get(state, Q()))


def draws_before(draw: Draw) -> list[Draw]:
    """An organisation's draws before one, from the first on."""
    before = Draw.objects.filter(organisation=draw.organisation, number__lt=draw.number)
    return list(before.select_related("organisation", "superior").order_by("number"))


def may_seal(viewer: Viewer, draw: Draw, side: str) -> bool:
    """Whether somebody is of the office whose seed it is: the superior's that called the draw, or one strictly below it that
    answers for whom is drawn from. Nobody is of both."""
    of_superior = viewer.keeps(draw.superior.path)
    below = viewer.heads(draw.path) or any(
        trees.is_within(draw.path, path) and len(path) > len(draw.superior.path)
        for grant in viewer.grants
        if grant.role == Grant.Role.CLERK and grant.organisation is not None
        for path in [grant.organisation.path]
    )
    return of_superior and not below if side == "superior" else below and not of_superior


def candidates_for(organisation: Organisation, about: str, *, day: date) -> list[Candidate]:
    """Who or what may be drawn below an organisation: members by branch, or organisations by kind; heads stand for
    themselves only as what they head."""
    below = Q(path__gte=organisation.path, path__lt=trees.after(organisation.path))
    if about == "member":
        rows = Membership.objects.filter(
            on_day(day),
            organisation__path__gte=organisation.path,
            organisation__path__lt=trees.after(organisation.path),
        ).values_list("person", "person__name", "organisation__short_name")
        return [Candidate(f"P{pk}", name, branch) for pk, name, branch in rows]
    places = Organisation.objects.filter(below, dissolved=None).exclude(pk=organisation.pk)
    if about == "branch":
        places = places.filter(kind__in=BRANCH_KINDS)
    heads = heads_on([place.pk for place in places], day=day)
    return [
        Candidate(place.code, f"{place.short_name}（{heads.get(place.pk, '书记空缺')}）", place.kind)
        for place in places
    ]
