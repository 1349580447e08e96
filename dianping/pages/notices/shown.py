"""A notice's own words, cut where something was read from them, so that a page can tint them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from dianping.programmes.rules.accepted import DUTY, FORM, NOT_CARRIED_OUT, NOTE, RULE, End

if TYPE_CHECKING:
    from dianping.notices.models import Line, Notice

# What a line of each kind is called, in the order a clerk goes through them; the rest orders nothing by a date.
KINDS = {
    "doubt": "存疑",
    "responsibility": "谁点评谁",
    "cadence": "频次",
    "date": "时间",
    "deliverable": "要报的材料",
    "hearing": "听取汇报",
    "form": "台账",
    "mode": "点评方式",
    "consequence": "后果",
    "demand": "其余要求",
}
# What a person may correct of each kind of line: (key, label).
FIELDS = {
    "doubt": (("reading", "读作"),),
    "responsibility": (("reviewer", "谁"), ("about", "对谁")),
    "cadence": (("about", "对谁"), ("months", "每几个月"), ("times", "几次")),
    "date": (("start", "起"), ("end", "止")),
    "deliverable": (("by", "谁报"), ("what", "什么"), ("to", "报给谁"), ("due", "期限"), ("copies", "份数")),
    "hearing": (("hearer", "谁听"), ("units", "听谁"), ("start", "起"), ("end", "止")),
    "form": (("about", "表"),),
    "mode": (("about", "方式"),),
    "consequence": (("about", "后果"),),
    "demand": (("about", "要求"),),
}
# What may be added by hand, in the order of a clerk's list; the boxes of all kinds are sent, those of the chosen kind are taken.
ADDED = tuple((kind, word, FIELDS[kind]) for kind, word in KINDS.items() if kind != "doubt")
Fields = list[tuple[str, str, object]]  # (key, label, value)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text with its place; `kinds` names what was read from it, in words. `around` says that it is
    not of the notice: "first" for the first such piece, "more" for any other.
    """

    text: str
    start: int
    end: int
    kinds: tuple[str, ...] = ()
    doubted: bool = False
    around: str = ""


_AROUND = "around"  # beside the kinds of lines: what is not of the notice


def pieces_of(
    notice: "Notice", lines: Iterable["Line"], furniture: Iterable[tuple[int, int]] = ()
) -> list[Piece]:
    """The notice's stretch of text in pieces, in order; overlapping lines share a piece. Whole sentences do not tint.

    `furniture` is where something stands that is not of the notice.
    """
    text, first, last = notice.text, notice.begins, notice.ends
    told = [(line.start, line.end, line.kind) for line in lines if line.kind != "demand"]
    spans = sorted(
        (max(start, first), min(end, last), kind)
        for start, end, kind in (*told, *((start, end, _AROUND) for start, end in furniture))
        if start < last and end > first and end > start
    )
    cuts = sorted({first, last, *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    pieces, open_, at, marked = [], [], 0, False
    for start, end in pairwise(cuts):
        while at < len(spans) and spans[at][0] <= start:
            open_.append(spans[at])
            at += 1
        open_ = [span for span in open_ if span[1] > start]
        kinds = {kind for _, _, kind in open_}
        around = "" if _AROUND not in kinds else "more" if marked else "first"
        marked = marked or bool(around)
        words = tuple(word for kind, word in KINDS.items() if kind in kinds)
        pieces.append(Piece(text[start:end], start, end, words, "doubt" in kinds, around))
    return pieces


def fields_of(line: "Line") -> Fields:
    """What a line says now: (key, label, value)."""
    return [(key, label, line.value.get(key)) for key, label in FIELDS.get(line.kind, ())]


def groups_of(lines: list["Line"]) -> list[tuple[str, list[tuple["Line", Fields]], bool]]:
    """The lines by kind in a clerk's order: (what they are called, [(line, fields)], whether folded away)."""
    groups = []
    for kind, word in KINDS.items():
        rows = [(line, fields_of(line)) for line in lines if line.kind == kind]
        if rows:
            groups.append((word, rows, kind == "demand"))
    return groups


# In which order the ends of lines are shown: what nothing was made of comes first.
ENDS = (NOT_CARRIED_OUT, RULE, DUTY, FORM, NOTE)


def ends_shown(told: Iterable[tuple["Notice", list[End]]]) -> list[tuple[str, list[tuple["Notice", End]]]]:
    """What the accepted lines ended as: (the end, [(paper, what became of which line)]), without ends nothing came to."""
    rows = [(paper, end) for paper, ends in told for end in ends]
    grouped = ((what, [row for row in rows if row[1].what == what]) for what in ENDS)
    return [(what, found) for what, found in grouped if found]
