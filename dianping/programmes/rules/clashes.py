"""多头填报: the same thing asked of the same people twice, by two papers (豫创组办发〔2010〕26号 三.3: lighten the load)."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from dianping.programmes.rules.model import Deliverable, Programme

ALIKE = 0.6  # share of letters two names have in common, from which on they may mean one thing
NEAR_DAYS = 10


@dataclass(frozen=True, slots=True)
class Clash:
    """A deliverable asked for now, and one already asked for that it resembles; `why` says it in a sentence."""

    new: Deliverable
    standing: Deliverable
    why: str


def clashes(new: Iterable[Deliverable], standing: Iterable[Deliverable]) -> list[Clash]:
    """Every pair asked of some of the same kinds of organisation with names alike or days close together."""
    pairs = []
    already = list(standing)
    for paper in new:
        for other in already:
            kinds = paper.kinds & other.kinds
            if not kinds or paper.cited.paper == other.cited.paper:
                continue
            alike = SequenceMatcher(None, paper.name, other.name, autojunk=False).ratio() >= ALIKE
            apart = abs((paper.window.due - other.window.due).days)
            if alike or (apart <= NEAR_DAYS and paper.to == other.to):
                pairs.append(Clash(paper, other, _said(paper, other, alike, apart)))
    return pairs


def _said(paper: Deliverable, other: Deliverable, alike: bool, apart: int) -> str:
    kinds = "、".join(sorted(paper.kinds & other.kinds))
    how = "名称相近，可能是同一份材料" if alike else f"都报{paper.to}，期限只差 {apart} 天"
    return (
        f"{kinds}：“{paper.name}”（{paper.window.due} 前，{paper.cited.paper}）与已要求的“{other.name}”"
        f"（{other.window.due} 前，{other.cited.paper}）{how}；可以并为一份。"
    )


def of_programmes(new: Iterable[Programme], standing: Iterable[Programme]) -> list[Clash]:
    """The clashes of programmes to be with programmes in force."""
    return clashes(
        [d for programme in new for d in programme.deliverables],
        [d for programme in standing for d in programme.deliverables],
    )
