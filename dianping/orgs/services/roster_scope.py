"""What a roster is about: the whole tree, some units and all below them, or some organisations alone (decision 0061).

Outside its scope an import looks at nothing and changes nothing. The file proposes its scope, whoever imports it chooses.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from dianping.common import trees
from dianping.common.refusal import Refusal
from dianping.orgs.models import Organisation

ALL = "all"  # how the whole tree is called where a code is asked for
SHOWN = 8  # names in a sentence


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an import may look and write. `new_tops`: organisations without a superior may be founded."""

    whole: bool = False
    units: tuple[Organisation, ...] = ()  # with everything below
    alone: tuple[Organisation, ...] = ()  # the organisation only
    new_tops: bool = False

    def covers(self, path: str) -> bool:
        """Whether a place lies in it."""
        if self.whole or any(trees.is_within(path, unit.path) for unit in self.units):
            return True
        return any(path == one.path for one in self.alone)

    def rows(self, to_path: str) -> Q:
        """Rows that lie in it; `to_path` leads from a row to the place: "organisation__path"."""
        if self.whole:
            return Q()
        found = Q(**{f"{to_path}__in": [one.path for one in self.alone]})
        for unit in self.units:
            found |= Q(**{f"{to_path}__gte": unit.path, f"{to_path}__lt": trees.after(unit.path)})
        return found

    @property
    def code(self) -> str:
        """How the command and the page name it: all, or the code of its one unit; "" for what the file proposed."""
        if self.whole:
            return ALL
        return self.units[0].code if len(self.units) == 1 and not self.alone else ""

    def in_words(self) -> str:
        """The scope as a clerk reads it."""
        if self.whole:
            return "全部组织"
        parts = []
        if self.units:
            parts.append(f"{_some(self.units)}，连同下面的全部组织")
        if self.alone:
            parts.append(
                f"{_some(self.alone)}本身，不含下面的组织" if self.units else f"只有{_some(self.alone)}"
            )
        return "；".join(parts) or "还没有的组织"


def _some(organisations: tuple[Organisation, ...]) -> str:
    names = "、".join(one.name for one in organisations[:SHOWN])
    return f"{names}等 {len(organisations)} 个" if len(organisations) > SHOWN else names


def scope_named(code: str) -> Scope:
    """The scope somebody chose: `all`, or a unit and everything below it. Refuses in words when there is no such unit."""
    if code == ALL:
        return Scope(whole=True, new_tops=True)
    unit = Organisation.objects.filter(code=code, dissolved=None).first()
    if unit is None:
        raise Refusal(
            f"没有代码为“{code}”的组织，不能作名册的范围。",
            code="orgs.no-such-scope",
            remedy="请写现有组织的代码，或写 all 表示全部组织。",
        )
    return Scope(units=(unit,))


def proposed_scope(
    *, listed: Iterable[Organisation], touched: Iterable[Organisation], standing: Mapping[str, Organisation]
) -> Scope:
    """What a file is about by the organisations it lists and those it only touches. Never wider than the file names.

    `standing`: every organisation that stands, by path. A unit whose level below is mostly listed too is meant with all below
    it; one that is listed above a single college only says where the college belongs.
    """
    own = {one.path: one for one in listed}
    children: dict[str, list[str]] = {}
    for path in standing:
        children.setdefault(path[: -trees.STEP], []).append(path)
    within: set[str] = set()
    for path in own:
        within.update(trees.ancestors(path))
    units: list[str] = []
    alone: list[str] = []
    for top in [
        path for path in own if not any(path != above and path in own for above in _above(path, own))
    ]:
        whole, below, single = _descend(top, own, children, within)
        units += [top] if whole else below
        alone += [] if whole else single
    tops = set(children.get("", []))
    if tops and tops <= set(units):
        return Scope(whole=True, new_tops=True)
    known = {**own, **standing}
    found = Scope(
        units=tuple(known[path] for path in sorted(units)),
        alone=tuple(known[path] for path in sorted(set(alone))),
    )
    more = {one.path: one for one in touched if not found.covers(one.path)}
    both = {one.path: one for one in found.alone} | more
    return Scope(units=found.units, alone=tuple(both[path] for path in sorted(both)), new_tops=True)


def _above(path: str, own: Mapping[str, Organisation]) -> list[str]:
    return [above for above in trees.ancestors(path)[:-1] if above in own]


def _descend(
    path: str, own: Mapping[str, Organisation], children: Mapping[str, list[str]], within: set[str]
) -> tuple[bool, list[str], list[str]]:
    """Whether the file means everything below a place; else the units and single organisations below that it means."""
    below = children.get(path, [])
    if not below:
        return True, [path], []
    units: list[str] = []
    alone = [path] if path in own else []
    whole = 0
    for child in below:
        if child not in within:
            continue
        all_of_it, more, single = _descend(child, own, children, within)
        whole += all_of_it
        units += [child] if all_of_it else more
        alone += [] if all_of_it else single
    if path in own and whole * 2 >= len(below):
        return True, [path], []
    return False, units, alone
