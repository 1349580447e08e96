"""Who reviews whom on a day, for plain values: the oracle that `duties.services.reviewers` is held to on random houses.

That says the same in one statement over sets.
Basis: 豫创组办发〔2010〕26号 一 (原则上按照党组织隶属关系和领导分工进行); decisions 0004 (the leader in charge before the
superior's secretary), 0005 (nobody reviews himself) and 0007 (a vacant seat passes to the deputy in charge).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dianping.programmes.rules import IN_CHARGE, OWN_SECRETARY, SUPERIOR_SECRETARY


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat, and whoever answers for it that day; None where nobody does."""

    key: int
    head: int | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation as it stands that day: its superior, its secretary's seat, the leader in charge of it."""

    key: int
    parent: int | None
    secretary: Seat
    in_charge: Seat | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """About whom: "organisation", "secretary" or "member"; `person` only for a member."""

    about: str
    organisation: int
    person: int | None = None


def head_of(secretary: int | None, acting: int | None) -> int | None:
    """Who answers for a secretary's seat: who holds it, else the deputy in charge (decision 0007)."""
    return acting if secretary is None else secretary


def is_target(target: Target, organisations: Mapping[int, Organisation]) -> bool:
    """Whether a review of this target is owed at all.

    A secretary is reviewed only where there is one; he himself is no member to be reviewed (decision 0005).
    """
    head = organisations[target.organisation].secretary.head
    if target.about == "secretary":
        return head is not None
    return target.about != "member" or target.person != head


def reviewer_of(
    target: Target, organisations: Mapping[int, Organisation], relations: Iterable[str]
) -> Seat | None:
    """The seat that owes the review of a target, None where nobody inside does (a gap, or somebody outside).

    The relations are tried in order. A vacant seat of the superior still owes. Whoever heads the target
    himself is passed over. Raises KeyError for an organisation or a relation it does not know.
    """
    own = organisations[target.organisation]
    subject = target.person if target.about == "member" else own.secretary.head
    for relation in relations:
        for seat in _RELATIONS[relation](own, organisations):
            if subject is None or seat.head != subject:
                return seat
    return None


def _own_secretary(own: Organisation, organisations: Mapping[int, Organisation]) -> Iterator[Seat]:
    yield own.secretary


def _in_charge(own: Organisation, organisations: Mapping[int, Organisation]) -> Iterator[Seat]:
    """A leader is in charge as a person: his seat left vacant, nobody is."""
    if own.in_charge is not None and own.in_charge.head is not None:
        yield own.in_charge


def _superior_secretary(own: Organisation, organisations: Mapping[int, Organisation]) -> Iterator[Seat]:
    """The superior's secretary, then the leader in charge of the superior, then the secretary two levels up."""
    superior = organisations.get(own.parent) if own.parent is not None else None
    if superior is None:
        return
    yield superior.secretary
    yield from _in_charge(superior, organisations)
    if superior.parent is not None and superior.parent in organisations:
        yield organisations[superior.parent].secretary


_RELATIONS = {
    OWN_SECRETARY: _own_secretary,
    IN_CHARGE: _in_charge,
    SUPERIOR_SECRETARY: _superior_secretary,
}
