"""Small counts: a figure of fewer than five people is not told, nor one from which it could be worked out (decision 0010)."""

from collections.abc import Sequence

from dianping.base.few import FEW


def withheld(rows: Sequence[Sequence[int]], *, few: int = FEW) -> list[list[bool]]:
    """Which cells of a table stay untold. Each row begins with its whole, each table with the row of wholes.

    A cell from 1 to few - 1 is hidden. Where the hidden parts of a whole that is told would be one alone, or would come to
    fewer than `few`, the smallest told part goes with them, and the whole itself where no part is left. Nobody is nobody: 0
    is told.
    """
    hidden = [[0 < value < few for value in row] for row in rows]
    lines = _lines(rows)
    changed = True
    while changed:
        changed = False
        for line in lines:
            more = _one_more(line, rows, hidden, few)
            if more is not None:
                hidden[more[0]][more[1]] = changed = True
    return hidden


Place = tuple[int, int]


def _lines(rows: Sequence[Sequence[int]]) -> list[list[Place]]:
    """Every whole with its parts: along the rows, and down the columns where there is more than the row of wholes."""
    along = [[(r, c) for c in range(len(row))] for r, row in enumerate(rows) if len(row) > 1]
    down = [[(r, c) for r in range(len(rows))] for c in range(len(rows[0]))] if len(rows) > 1 else []
    return along + down


def _one_more(
    line: list[Place], rows: Sequence[Sequence[int]], hidden: list[list[bool]], few: int
) -> Place | None:
    """The cell that has to be hidden as well so that this line gives nothing away; None where it gives nothing."""
    whole, parts = line[0], line[1:]
    out = [place for place in parts if hidden[place[0]][place[1]]]
    told = [place for place in parts if not hidden[place[0]][place[1]] and rows[place[0]][place[1]]]
    smallest = min(told, key=lambda place: rows[place[0]][place[1]], default=None)
    if hidden[whole[0]][whole[1]]:
        return smallest if not out else None
    if not out or (len(out) > 1 and sum(rows[r][c] for r, c in out) >= few):
        return None
    return smallest or whole
