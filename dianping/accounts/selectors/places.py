"""Where an account belongs: the places of its roles and seats, by which it is told who keeps it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from dianping.accounts.models import Grant, User
from dianping.orgs.models import Membership, Organisation, Tenure


def lasting(day: date | None) -> Q:
    """Dated rows that hold on a day or will: a right that begins tomorrow is one already. Without a day all there ever were."""
    return Q() if day is None else Q(until=None) | Q(until__gt=day)


@dataclass(slots=True)
class Belongs:
    """Where one account belongs. `grants`: (role, place), with None as place of the whole site. `seats`: the seats of its person.
    `stands`: where he is a member, which counts where he has neither."""

    grants: list[tuple[str, Organisation | None]] = field(default_factory=list)
    seats: list[tuple[str, Organisation]] = field(default_factory=list)
    stands: list[Organisation] = field(default_factory=list)

    @property
    def places(self) -> list[Organisation | None]:
        """Every place it has to do with; None for the whole site."""
        named = [place for _, place in self.grants]
        named += [place for _, place in self.seats]
        return named or list(self.stands)


def belongings_of(users: Iterable[User], *, day: date | None) -> dict[int, Belongs]:
    """Where some accounts belong on a day: three queries, however many there are."""
    wanted = list(users)
    found = {user.pk: Belongs() for user in wanted}
    of_person = {user.person_id: user.pk for user in wanted if user.person_id is not None}
    grants = Grant.objects.filter(lasting(day), user__in=found).select_related("organisation")
    for grant in grants.order_by("organisation__path", "pk"):
        found[grant.user_id].grants.append((grant.role, grant.organisation))
    seats = Tenure.objects.filter(lasting(day), person__in=of_person).select_related("post__organisation")
    for tenure in seats.order_by("post__organisation__path", "pk"):
        place = tenure.post.organisation
        found[of_person[tenure.person_id]].seats.append((tenure.post.title, place))
    stands = Membership.objects.filter(lasting(day), person__in=of_person).select_related("organisation")
    for membership in stands.order_by("pk"):
        found[of_person[membership.person_id]].stands.append(membership.organisation)
    return found
