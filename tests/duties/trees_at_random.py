"""Small trees at random, with vacancies, deputies and people in several posts; what may change in them."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from dianping.common import trees
from dianping.duties.models import Duty
from dianping.duties.services import discharge_duty
from dianping.orgs.models import Charge, Membership, Organisation, Person, Post, Tenure
from dianping.orgs.services import (
    appoint,
    end_charge,
    leave,
    place_under,
    put_in_charge,
    transfer_member,
    vacate,
)
from dianping.programmes.rules import EntryRule
from tests.factories import ACTOR, LONG_AGO, adopt

UNIT_KINDS = ("二级党委", "党总支", "基层党委")
BRANCH_KINDS = ("党支部", "党支部", "直属党支部", "联合党支部", "临时党支部")


@dataclass
class Spec:
    """A tree as numbers: organisation 0 is the top, then the units, then the branches."""

    units: list[tuple[str, int]]  # kind, superior
    branches: list[tuple[str, int]]
    people: list[int]  # the branch each stands in
    heads: list[int | None]  # for each organisation
    deputies: list[int | None]
    leaders: list[tuple[int, int | None]]  # the committee he belongs to, who holds the seat
    charges: list[int | None]  # for each organisation, which leader
    contacts: list[tuple[int, int]]  # which leader, and the organisation that is his contact point

    @property
    def size(self) -> int:
        return 1 + len(self.units) + len(self.branches)


@st.composite
def specs(draw) -> Spec:
    """Small trees in which one person often holds several posts."""
    units = [
        (draw(st.sampled_from(UNIT_KINDS)), draw(st.integers(0, n))) for n in range(draw(st.integers(1, 3)))
    ]
    above = st.integers(0, len(units))
    branches = [(draw(st.sampled_from(BRANCH_KINDS)), draw(above)) for _ in range(draw(st.integers(1, 4)))]
    people = draw(st.lists(st.integers(0, len(branches) - 1), min_size=2, max_size=7))
    somebody = st.one_of(st.none(), st.integers(0, len(people) - 1), st.integers(0, 1))
    size = 1 + len(units) + len(branches)
    leaders = draw(st.lists(st.tuples(above, somebody), max_size=2))
    leader = st.one_of(st.none(), st.integers(0, len(leaders) - 1)) if leaders else st.none()

    def each(values):
        return draw(st.lists(values, min_size=size, max_size=size))

    seldom = st.one_of(st.none(), st.none(), somebody)
    contact = st.tuples(st.integers(0, max(0, len(leaders) - 1)), st.integers(0, size - 1))
    contacts = draw(st.lists(contact, max_size=3, unique=True)) if leaders else []
    return Spec(units, branches, people, each(somebody), each(seldom), leaders, each(leader), contacts)


@dataclass
class Place:
    """The tree in the database."""

    spec: Spec
    organisations: list[Organisation]
    people: list[Person]
    secretaries: list[Post]
    leaders: list[Post]

    @property
    def top(self) -> Organisation:
        return self.organisations[0]

    @property
    def branches(self) -> list[Organisation]:
        return self.organisations[1 + len(self.spec.units) :]


def build(spec: Spec) -> Place:
    """Write a spec down, without services and without their audit entries: that is not what is tested here."""
    rows = [("基层党委", None), *spec.units, *spec.branches]
    organisations: list[Organisation] = []
    below: dict[str, int] = {}
    for n, (kind, above) in enumerate(rows):
        parent = organisations[above] if above is not None else None
        start = parent.path if parent else ""
        below[start] = below.get(start, -1) + 1
        place = Organisation(
            code=f"O{n}",
            name=f"组织{n}",
            kind=kind,
            parent=parent,
            path=start + trees.step(below[start]),
            founded=LONG_AGO,
        )
        place.save()
        organisations.append(place)
    people = Person.objects.bulk_create([Person(name=f"人{n}") for n in range(len(spec.people))])
    branches = organisations[1 + len(spec.units) :]
    Membership.objects.bulk_create(
        Membership(person=person, organisation=branches[at], since=LONG_AGO)
        for person, at in zip(people, spec.people, strict=True)
    )
    secretaries = Post.objects.bulk_create(
        [Post(organisation=o, role="secretary", title="书记") for o in organisations]
    )
    deputies = Post.objects.bulk_create(
        [Post(organisation=o, role="acting", title="副书记") for o in organisations]
    )
    leaders = Post.objects.bulk_create(
        [Post(organisation=organisations[at], role="leader", title="班子成员") for at, _ in spec.leaders]
    )
    held = zip(
        [*secretaries, *deputies, *leaders],
        [*spec.heads, *spec.deputies, *(holder for _, holder in spec.leaders)],
        strict=True,
    )
    Tenure.objects.bulk_create(
        Tenure(post=post, person=people[who], since=LONG_AGO) for post, who in held if who is not None
    )
    Charge.objects.bulk_create(
        Charge(post=leaders[which], organisation=o, kind="in_charge", since=LONG_AGO)
        for o, which in zip(organisations, spec.charges, strict=True)
        if which is not None
    )
    Charge.objects.bulk_create(
        Charge(post=leaders[which], organisation=organisations[at], kind="contact", since=LONG_AGO)
        for which, at in spec.contacts
    )
    adopt(organisations[0])
    return Place(spec, organisations, people, secretaries, leaders)


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("head"), st.integers(0, 7), st.integers(0, 6)),
        st.tuples(st.just("vacate"), st.integers(0, 7), st.just(0)),
        st.tuples(st.just("transfer"), st.integers(0, 6), st.integers(0, 3)),
        st.tuples(st.just("leave"), st.integers(0, 6), st.just(0)),
        st.tuples(st.just("charge"), st.integers(0, 7), st.integers(0, 1)),
        st.tuples(st.just("contact"), st.integers(0, 7), st.integers(0, 1)),
        st.tuples(st.just("no contact"), st.integers(0, 2), st.just(0)),
        st.tuples(st.just("leaves"), st.just(0), st.integers(0, 1)),
        st.tuples(st.just("place"), st.integers(1, 7), st.integers(0, 3)),
    ),
    max_size=4,
)


def change(place: Place, what: str, one: int, other: int, on: date) -> None:
    """One change of the roster on a day; what cannot be is refused and left."""
    organisation = Organisation.objects.get(pk=place.organisations[one % place.spec.size].pk)
    person = place.people[one % len(place.people)]
    if what == "head":
        seat = place.secretaries[one % place.spec.size]
        appoint(person=place.people[other % len(place.people)], post=seat, since=on, actor=ACTOR)
    elif what == "vacate":
        vacate(post=place.secretaries[one % place.spec.size], on=on, actor=ACTOR)
    elif what == "transfer":
        transfer_member(person=person, to=place.branches[other % len(place.branches)], on=on, actor=ACTOR)
    elif what == "leave":
        leave(person=person, on=on, reason="转出", actor=ACTOR)
    elif what == "charge" and place.leaders:
        leader = place.leaders[other % len(place.leaders)]
        put_in_charge(post=leader, organisation=organisation, kind="in_charge", since=on, actor=ACTOR)
    elif what == "contact" and place.leaders:
        leader = place.leaders[other % len(place.leaders)]
        put_in_charge(post=leader, organisation=organisation, kind="contact", since=on, actor=ACTOR)
    elif what == "no contact":
        for charge in Charge.objects.filter(kind="contact", until=None).order_by("pk")[one : one + 1]:
            end_charge(charge=charge, on=on, actor=ACTOR)
    elif what == "leaves" and place.leaders:
        vacate(post=place.leaders[other % len(place.leaders)], on=on, actor=ACTOR)
    elif what == "place":
        under = Organisation.objects.get(pk=place.organisations[other % (1 + len(place.spec.units))].pk)
        place_under(organisation=organisation, parent=under, on=on, actor=ACTOR)


ACTS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 14), st.integers(0, 35)), max_size=12)


def enter(which: int, days: int, lag: int, since: date) -> None:
    """Discharge some open duty: it happened `days` before the entry's day at most `lag` ago."""
    open_ones = list(Duty.objects.filter(done_on=None, lapsed_on=None, owed_by__isnull=False).order_by("pk"))
    if not open_ones:
        return
    duty, entered = open_ones[which % len(open_ones)], since + timedelta(days=days)
    discharge_duty(
        duty=duty, on=entered - timedelta(days=lag), entered_on=entered, rule=EntryRule(), actor=ACTOR
    )
