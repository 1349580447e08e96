"""Which polls there are, how far each has come, and what a villager's stub finds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from dianping.common import trees
from dianping.opinions.models import Batch, Box, Group, Key, Poll, Slip, Stub, Subject
from dianping.opinions.rules import RATINGS_K
from dianping.orgs.models import Person


def polls_seen(
    *, paths: Iterable[str], account: str, person: Person | None, headed: Iterable[str] = ()
) -> QuerySet[Poll]:
    """The polls of some subtrees, those whose key an account keeps, and opened ones about a person, or about an
    organisation he heads (by its place)."""
    seen = Q(keys__account=account)
    seen |= Q(state=Poll.State.OPENED, subjects__person=None, subjects__organisation__path__in=list(headed))
    for path in paths:
        seen |= Q(organisation__path__gte=path, organisation__path__lt=trees.after(path))
    if person is not None:
        seen |= Q(state=Poll.State.OPENED, subjects__person=person)
    pks = Poll.objects.filter(seen).order_by().values("pk")
    return Poll.objects.filter(pk__in=pks).select_related("organisation").defer("electorate")


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """One group's slips: how many people, how many slips that count, how many of them came back (None: too few)."""

    group: Group
    issued: int
    returned: int | None


@dataclass(frozen=True, slots=True)
class PollStanding:
    """How far a poll has come. `used` is all that anybody may know before the opening."""

    subjects: list[Subject]
    groups: list[GroupStanding]
    keys: list[Key]
    batches: list[Batch]
    due: int
    issued: int
    used: int
    spoilt: int

    @property
    def left(self) -> int:
        """How many slips may still be made."""
        return self.due - self.issued


def standing_of(poll: Poll) -> PollStanding:
    """The standing of one poll. Returned forms are told for groups of at least as many people as a figure needs, and where
    no smaller group follows from the rest."""
    groups = list(poll.groups.all())
    counts: dict[int, list[int]] = {group.number: [0, 0, 0] for group in groups}
    states = Slip.objects.filter(poll=poll).order_by().values_list("group", "state").annotate(Count("pk"))
    for number, state, slips in states:
        issued, used, spoilt = counts[number]
        counts[number] = [
            issued + slips * (state != Slip.State.VOID),
            used + slips * (state == Slip.State.USED),
            spoilt + slips * (state == Slip.State.SPOILT),
        ]
    box = Box.objects.filter(poll=poll).first()
    hidden = hidden_groups(poll)
    return PollStanding(
        subjects=list(poll.subjects.select_related("organisation", "person")),
        groups=[
            GroupStanding(
                group,
                counts[group.number][0],
                None if group.number in hidden else sum(counts[group.number][1:]),
            )
            for group in groups
        ],
        keys=list(poll.keys.all()),
        batches=list(poll.batches.select_related("group")),
        due=sum(group.size for group in groups),
        issued=sum(count[0] for count in counts.values()),
        used=box.used if box else poll.turnout.get("used", 0),
        spoilt=sum(count[2] for count in counts.values()) or poll.turnout.get("spoilt", 0),
    )


def hidden_groups(poll: Poll) -> set[int]:
    """The groups whose returned forms are not told: the small ones, and further ones until those together are not small,
    for what all returned is told and the rest could be taken from it."""
    sizes = dict(poll.groups.values_list("number", "size"))
    least = max(poll.least, RATINGS_K)
    smallest = sorted(sizes, key=lambda number: (sizes[number], number))
    hidden = {number for number in smallest if sizes[number] < least}
    for number in smallest:
        if not 0 < sum(sizes[other] for other in hidden) < least:
            break
        hidden.add(number)
    return hidden


def may_be_opened(poll: Poll, day: date) -> bool:
    """Whether a box is closed and waits for its custodians."""
    return poll.state == Poll.State.READY and day > poll.closes


def poll_of_stub(number: str) -> Poll | None:
    """The opened poll in which a stub's number stands."""
    rows = Stub.objects.select_related("poll__organisation").filter(number=number)
    stub = rows.order_by(
        "poll"
    ).first()  # a later sender who chose a number that was published finds the older poll
    return stub.poll if stub else None


def stubs_of(poll: Poll) -> list[str]:
    """Every stub of an opened poll, in order of the numbers."""
    return list(Stub.objects.filter(poll=poll).values_list("number", flat=True))


def batch_of(poll: Poll, number: int) -> Batch | None:
    """A printing by its number."""
    return poll.batches.select_related("group").filter(number=number).first()
