"""Which figures may be shown so that no group of fewer than k people can be worked out from them, however combined.

Basis: decisions 0010, 0030 (with the proof) and 0040. A *cell* is the smallest group of the electorate; its size is the
number of forms opened from it. A figure is shown for a set of cells and is the sum over it. Sets shown together cut
the cells into *atoms*: cells that lie in the same ones of the sets. Everything that can be computed from the figures
can be computed from the atoms' figures, so each atom must hold no form at all or at least k. Where it is not known of every
form that a real person stands behind it, each atom must hold none at all or at least k of which it is (*cover*): whoever sent
the others himself takes them away again. Sizes alone decide, never answers. Only counts of sets that may be shown are given to anybody; shares and means are taken of these counts.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dianping.base.few import FEW, FEW_WORDS

Cell = Hashable
Person = Hashable
Cells = frozenset[Cell]
_Pair = tuple[int, int]  # forms, and how many of them cover

# The least number of forms behind a figure, and behind a text or a figure about one's superior.
RATINGS_K, WORDS_K = FEW, FEW_WORDS
NONE_RETURNED = "没有收到"
_OUTSIDE = 0  # the atom of all cells that lie in no set shown; it is not shown, so it may be small


def shown(
    wanted: Sequence[Cells],
    sizes: Mapping[Cell, int],
    k: int,
    earlier: Sequence[Cells] = (),
    *,
    cover: Mapping[Cell, int] | None = None,
) -> tuple[bool, ...]:
    """For each wanted set whether its figure may be shown, taken in this order: what comes first goes first.

    Put the whole first and larger sets before smaller ones. `earlier` are sets whose figures of the
    same question are known already. `cover`: how many of the forms by cell come from people somebody else vouches for; all
    where it is not given. Raises ValueError for k below 5, a negative size or an unknown cell.
    """
    atoms = _Atoms(sizes, k, earlier, cover)
    return tuple(_may(cells, sizes) and _join([(atoms, cells)]) for cells in _known(wanted, sizes))


def why_withheld(forms: int, k: int, *, may: bool, cover: int | None = None) -> str:
    """The words in place of a figure of so many forms; too few reads otherwise than none. "" where it may be shown."""
    if may:
        return ""
    if not forms:
        return NONE_RETURNED
    if forms < k:
        return f"不足 {k} 份"
    if cover is not None and cover < k:
        return f"上级核对到的人不足 {k} 份"
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
    where = [_cell_by_person(electorate) for electorate in electorates]
    sizes: dict[Cell, int] = defaultdict(int)
    for person in dict.fromkeys(person for cells in where for person in cells):
        sizes[tuple(cells.get(person) for cells in where)] += 1
    parts = tuple(
        {cell: frozenset(fine for fine in sizes if _nth(fine, poll) == cell) for cell in cells}
        for poll, cells in enumerate(electorates)
    )
    return Split(dict(sizes), parts)


def shown_next(
    wanted: Sequence[Cells],
    sizes: Mapping[Cell, int],
    k: int,
    *,
    split: Split,
    earlier: Sequence[Sequence[Cells]],
    cover: Mapping[Cell, int] | None = None,
    covered: Collection[Cell] | None = None,
) -> tuple[bool, ...]:
    """As `shown`, for a poll that asks what earlier ones asked of nearly the same people.

    wanted, sizes: of the last poll of the split, forms by its own cells. earlier: for each poll before it, oldest first,
    the sets that were shown. What may be shown holds twice: by the forms of this poll, and by the people in all of them,
    for who among them returned a form is not known. covered: the fine cells whose people somebody vouches for; all where it
    is not given.
    """
    forms, last = _Atoms(sizes, k, (), cover), len(split.parts) - 1
    before = [cells for poll, sets in enumerate(earlier) for cells in split.fine(poll, sets)]
    real = (
        None
        if covered is None
        else {cell: size if cell in covered else 0 for cell, size in split.sizes.items()}
    )
    people = _Atoms(split.sizes, k, before, real)
    pairs = zip(_known(wanted, sizes), split.fine(last, wanted), strict=True)
    return tuple(_may(cells, sizes) and _join([(forms, cells), (people, fine)]) for cells, fine in pairs)


class _Atoms:
    """The cells as cut by the sets taken so far: how many forms each atom holds, and how many of them cover."""

    def __init__(
        self,
        sizes: Mapping[Cell, int],
        k: int,
        earlier: Sequence[Cells],
        cover: Mapping[Cell, int] | None = None,
    ) -> None:
        if k < RATINGS_K:
            raise ValueError(f"最少份数写的是 {k}，至少是 {RATINGS_K}，只能提高，不能降低；请改正。")
        cover = sizes if cover is None else cover
        if any(size < 0 for size in sizes.values()) or any(
            not 0 <= cover[cell] <= sizes[cell] for cell in sizes
        ):
            raise ValueError("有一组的份数小于 0，或者核对到的人多于份数，应为 0 或正数；请核对清点结果。")
        self.k = k
        self.pairs = {cell: (size, cover[cell]) for cell, size in sizes.items()}
        self.atom_of: dict[Cell, int] = {}
        self.held = {_OUTSIDE: _sum(self.pairs.values())}
        for cells in _known(earlier, sizes):
            self.take(cells)

    def takes(self, cells: Cells) -> bool:
        """Whether every atom that the set touches falls into parts of no form or of enough that cover."""
        return all(
            self._enough(inside) and (atom == _OUTSIDE or self._enough(_less(self.held[atom], inside)))
            for atom, inside in self._touched(cells).items()
        )

    def take(self, cells: Cells) -> None:
        """Cut along the set."""
        new: dict[int, int] = {}
        for atom, inside in self._touched(cells).items():
            new[atom] = len(self.held)
            self.held[new[atom]] = inside
            self.held[atom] = _less(self.held[atom], inside)
        for cell in cells:
            self.atom_of[cell] = new[self.atom_of.get(cell, _OUTSIDE)]

    def _touched(self, cells: Cells) -> dict[int, _Pair]:
        inside: dict[int, list[_Pair]] = defaultdict(list)
        for cell in cells:
            inside[self.atom_of.get(cell, _OUTSIDE)].append(self.pairs[cell])
        return {atom: _sum(pairs) for atom, pairs in inside.items()}

    def _enough(self, pair: _Pair) -> bool:
        forms, cover = pair
        return forms == 0 or cover >= self.k


def _sum(pairs: Iterable[_Pair]) -> _Pair:
    forms = cover = 0
    for more, covering in pairs:
        forms, cover = forms + more, cover + covering
    return forms, cover


def _less(whole: _Pair, part: _Pair) -> _Pair:
    return whole[0] - part[0], whole[1] - part[1]


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
    cell_of: dict[Person, Cell] = {}
    for cell, people in electorate.items():
        for person in people:
            if cell_of.setdefault(person, cell) != cell:
                raise ValueError(f"应参加人员“{person}”同时在“{cell_of[person]}”和“{cell}”两组；请只留一组。")
    return cell_of


def _nth(fine: Cell, poll: int) -> Cell:
    assert isinstance(fine, tuple)
    cell: Cell = fine[poll]
    return cell
