"""Which figures may be shown so that no group of fewer than k people can be worked out from them, however combined.

Basis: decisions 0010 and 0030 (with the proof). A *cell* is the smallest group of the electorate; its size is the
number of forms opened from it. A figure is shown for a set of cells and is the sum over it. Sets shown together cut
the cells into *atoms*: cells that lie in the same ones of the sets. Everything that can be computed from the figures
can be computed from the atoms' figures, so each atom must hold no form at all or at least k. Sizes alone decide, never
answers. Only counts of sets that may be shown are given to anybody; shares and means are taken of these counts.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Cell = Hashable
Person = Hashable
Cells = frozenset[Cell]

RATINGS_K, WORDS_K = (
    5,
    10,
)  # the least number of forms behind a figure, and behind a text or a figure about one's superior
NONE_RETURNED = "没有收到"
_OUTSIDE = 0  # the atom of all cells that lie in no set shown; it is not shown, so it may be small


def shown(
    wanted: Sequence[Cells],
    sizes: Mapping[Cell, int],
    k: int,
    earlier: Sequence[Cells] = (),
    *,
    known: Mapping[Cell, int] | None = None,
) -> tuple[bool, ...]:
    """For each wanted set whether its figure may be shown, taken in this order: what comes first goes first.

    Put the whole first and larger sets before smaller ones. `earlier` are sets whose figures of the
    same question are known already. `known`: the forms by cell again, nought where nobody knows who the people are (a
    number was given, no list): those hide nobody, so the others must be none or enough by themselves. Raises ValueError for k below 5, a negative size or an unknown cell.
    """
    layers = [_Atoms(sizes, k, earlier)] + ([] if known is None else [_Atoms(known, k, earlier)])
    return tuple(
        _may(cells, sizes) and _join([(atoms, cells) for atoms in layers]) for cells in _known(wanted, sizes)
    )


def why_withheld(forms: int, k: int, *, may: bool) -> str:
    """The words in place of a figure of so many forms; too few reads otherwise than none. "" where it may be shown."""
    if may:
        return ""
    if not forms:
        return NONE_RETURNED
    if forms < k:
        return f"不足 {k} 份"
    return f"与其他数字相减可以算出少于 {k} 份的一组，一并不显示"


@dataclass(frozen=True, slots=True)
class Split:
    """The electorates of several polls cut into cells of people who were in the same cell each time, or absent.

    sizes: people by cell. parts: for each poll its own cells with the fine ones they consist of.
    """

    sizes: Mapping[Cell, int]
    parts: tuple[Mapping[Cell, Cells], ...]

    def fine(self, poll: int, sets: Iterable[Cells]) -> list[Cells]:
        """Sets of the cells of one poll (0 the first) as sets of fine cells."""
        parts = self.parts[poll]
        return [frozenset().union(*(parts[cell] for cell in cells)) for cells in sets]


def split_electorates(*electorates: Mapping[Cell, Collection[Person]]) -> Split:
    """Cut the electorates of polls, oldest first, so that whoever joined, left or moved is a cell of its own.

    A cell may be named by anything but None. Raises ValueError for a person in two cells of one electorate.
    """
    where = [_cell_by_person(one) for one in electorates]
    sizes: dict[Cell, int] = defaultdict(int)
    for person in dict.fromkeys(person for one in where for person in one):
        sizes[tuple(one.get(person) for one in where)] += 1
    parts = tuple(
        {cell: frozenset(fine for fine in sizes if _nth(fine, poll) == cell) for cell in one}
        for poll, one in enumerate(electorates)
    )
    return Split(dict(sizes), parts)


def shown_next(
    wanted: Sequence[Cells],
    sizes: Mapping[Cell, int],
    k: int,
    *,
    split: Split,
    earlier: Sequence[Sequence[Cells]],
    known: Mapping[Cell, int] | None = None,
) -> tuple[bool, ...]:
    """As `shown`, for a poll that asks what earlier ones asked of nearly the same people.

    wanted, sizes: of the last poll of the split, forms by its own cells. earlier: for each poll before it, oldest first,
    the sets that were shown. What may be shown holds twice: by the forms of this poll, and by the people in all of them,
    for who among them returned a form is not known.
    """
    forms, last = [_Atoms(one, k, ()) for one in (sizes, known) if one is not None], len(split.parts) - 1
    before = [cells for poll, sets in enumerate(earlier) for cells in split.fine(poll, sets)]
    people = _Atoms(split.sizes, k, before)
    pairs = zip(_known(wanted, sizes), split.fine(last, wanted), strict=True)
    return tuple(
        _may(cells, sizes) and _join([*((one, cells) for one in forms), (people, fine)])
        for cells, fine in pairs
    )


class _Atoms:
    """The cells as cut by the sets taken so far."""

    def __init__(self, sizes: Mapping[Cell, int], k: int, earlier: Sequence[Cells]) -> None:
        if k < RATINGS_K:
            raise ValueError(f"最少份数写的是 {k}，至少是 {RATINGS_K}，只能提高，不能降低；请改正。")
        if any(size < 0 for size in sizes.values()):
            raise ValueError("有一组的份数小于 0，应为 0 或正数；请核对清点结果。")
        self.sizes, self.k = sizes, k
        self.atom_of: dict[Cell, int] = {}
        self.held = {_OUTSIDE: sum(sizes.values())}
        for cells in _known(earlier, sizes):
            self.take(cells)

    def takes(self, cells: Cells) -> bool:
        """Whether every atom that the set touches falls into parts of no form or at least k."""
        return all(
            self._enough(inside) and (atom == _OUTSIDE or self._enough(self.held[atom] - inside))
            for atom, inside in self._touched(cells).items()
        )

    def take(self, cells: Cells) -> None:
        """Cut along the set."""
        new: dict[int, int] = {}
        for atom, inside in self._touched(cells).items():
            new[atom] = len(self.held)
            self.held[new[atom]] = inside
            self.held[atom] -= inside
        for cell in cells:
            self.atom_of[cell] = new[self.atom_of.get(cell, _OUTSIDE)]

    def _touched(self, cells: Cells) -> dict[int, int]:
        inside: dict[int, int] = defaultdict(int)
        for cell in cells:
            inside[self.atom_of.get(cell, _OUTSIDE)] += self.sizes[cell]
        return inside

    def _enough(self, forms: int) -> bool:
        return forms == 0 or forms >= self.k


def _join(layers: Sequence[tuple[_Atoms, Cells]]) -> bool:
    """Take a set in every layer if every layer takes it."""
    if not all(atoms.takes(cells) for atoms, cells in layers):
        return False
    for atoms, cells in layers:
        atoms.take(cells)
    return True


def _may(cells: Cells, sizes: Mapping[Cell, int]) -> bool:
    """A set without a form has no figure; what stands in its place says so."""
    return _size(cells, sizes) > 0


def _known(sets: Sequence[Cells], sizes: Mapping[Cell, int]) -> Sequence[Cells]:
    for cells in sets:
        if unknown := [cell for cell in cells if cell not in sizes]:
            raise ValueError(f"要显示的数字里有一组“{unknown[0]}”不在应参加人员里；请核对分组。")
    return sets


def _size(cells: Cells, sizes: Mapping[Cell, int]) -> int:
    return sum(sizes[cell] for cell in cells)


def _cell_by_person(electorate: Mapping[Cell, Collection[Person]]) -> dict[Person, Cell]:
    found: dict[Person, Cell] = {}
    for cell, people in electorate.items():
        for person in people:
            if found.setdefault(person, cell) != cell:
                raise ValueError(f"应参加人员“{person}”同时在“{found[person]}”和“{cell}”两组；请只留一组。")
    return found


def _nth(fine: Cell, poll: int) -> Cell:
    assert isinstance(fine, tuple)
    return fine[poll]
