"""Reading programmes: what binds whom on which day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet

from dianping.common import trees
from dianping.common.refusal import Refusal
from dianping.orgs.models import Organisation
from dianping.programmes.models import Adoption, CriteriaList
from dianping.programmes.rules import ClauseCitation, Criteria, Programme, lay_over, read_programme


@dataclass(frozen=True, slots=True)
class InForce:
    """What one organisation's adoptions order together on a day, for itself and all below it."""

    organisation: Organisation
    programme: Programme
    adoptions: tuple[Adoption, ...]  # from the highest paper to the nearest
    nested: tuple[str, ...]  # paths below whose own adoptions take over

    @property
    def from_above(self) -> bool:
        """Whether an organisation above adopted something too, which orders this one's own review."""
        return any(row.organisation_id != self.organisation.pk for row in self.adoptions)


@lru_cache(maxsize=64)
def parsed(text: str) -> Programme:
    """A programme from its text as it was adopted or ships; parsed once."""
    return read_programme(text, known_only=False)


@lru_cache(maxsize=64)
def composed(texts: tuple[str, ...]) -> Programme:
    """Several papers laid over one another, highest first; composed once."""
    programme = parsed(texts[0])
    for text in texts[1:]:
        programme = lay_over(programme, parsed(text))
    return programme


def adoptions_on(day: date) -> QuerySet[Adoption]:
    """Every adoption in force on a day, highest organisation first."""
    return (
        Adoption.objects.filter(Q(until=None) | Q(until__gt=day), in_force__lte=day)
        .select_related("organisation")
        .order_by("organisation__path", "in_force", "pk")
    )


def highest_first(rows: Iterable[Adoption]) -> tuple[Adoption, ...]:
    """Adoptions in the order in which they are laid over one another: each behind the one it extends, also where that was amended
    later and so came into force after it; else as they come."""
    waiting, ordered = list(rows), []
    while waiting:
        codes = {row.code for row in waiting}
        free = [row for row in waiting if row.extends == row.code or row.extends not in codes]
        ordered.append((free or waiting)[0])
        waiting.remove(ordered[-1])
    return tuple(ordered)


def programmes_in_force(day: date) -> list[InForce]:
    """One entry for every organisation that adopted something itself, composed with what binds it from above.

    Raises Refusal when no programme is in force on that day: a date before any rule is an error.
    """
    rows = list(adoptions_on(day))
    if not rows:
        raise Refusal(
            f"{day} 这一天没有施行中的方案。",
            code="programmes.none-in-force",
            remedy="请先采用方案（adopt_programme），或换一个方案施行之后的日期。",
        )
    roots = {row.organisation.path: row.organisation for row in rows}
    programmes = []
    for path, organisation in roots.items():
        binding = highest_first(row for row in rows if path.startswith(row.organisation.path))
        nested = tuple(p for p in roots if p != path and p.startswith(path))
        programmes.append(
            InForce(organisation, composed(tuple(row.text for row in binding)), binding, nested)
        )
    return programmes


def programme_for(organisation: Organisation, day: date) -> InForce | None:
    """What binds one organisation on a day; None before any rule."""
    above = trees.ancestors(organisation.path)
    rows = tuple(adoptions_on(day).filter(organisation__path__in=above))
    if not rows:
        return None
    binding = highest_first(rows)
    return InForce(rows[-1].organisation, composed(tuple(row.text for row in binding)), binding, ())


def adoptions_of(organisation: Organisation) -> QuerySet[Adoption]:
    """The adoptions that bind an organisation, its own and those from above, newest last."""
    return Adoption.objects.filter(organisation__path__in=trees.ancestors(organisation.path)).select_related(
        "organisation"
    )


def adopted_by_code(code: str, *, organisation: Organisation) -> Adoption | None:
    """The standing adoption of a programme by its code, here or above."""
    above = trees.ancestors(organisation.path)
    return Adoption.objects.filter(organisation__path__in=above, code=code, until=None).first()


def adopted_by_number(number: str, *, organisation: Organisation) -> Adoption | None:
    """The adoption of a paper, here or above, by its number in its one spelling: the standing one, or for a paper that
    amended another the one it brought."""
    if not number:
        return None
    called = Q(number=number, until=None) | Q(amended_by=number)
    return Adoption.objects.filter(called, organisation__path__in=trees.ancestors(organisation.path)).first()


def criteria_entered(organisation: Organisation, day: date) -> QuerySet[CriteriaList]:
    """The lists entered here and above that stand on a day, the highest organisation's first."""
    return CriteriaList.objects.filter(
        Q(until=None) | Q(until__gt=day),
        since__lte=day,
        organisation__path__in=trees.ancestors(organisation.path),
    ).select_related("organisation")


def criteria_on(programme: Programme | None, entered: Iterable[CriteriaList]) -> tuple[Criteria, ...]:
    """The named lists of a programme with those entered by hand; one of the same name and target, nearer by, stands for both."""
    named = {(one.about, one.name): one for one in (programme.criteria if programme else ())}
    for row in entered:
        named[row.about, row.name] = Criteria(
            row.name,
            row.about,
            tuple(row.items),
            ClauseCitation(row.source, "", f"{row.organisation.name}录入"),
        )
    return tuple(named.values())
