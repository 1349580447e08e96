"""A draw redone by whoever doubts it, and said in a sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dianping.reviews.rules.draw.candidates import read_list
from dianping.reviews.rules.draw.drawing import Drawn, drawn
from dianping.reviews.rules.draw.faults import DrawFault
from dianping.reviews.rules.draw.record import Draw, Outcome, demand_sound
from dianping.reviews.rules.draw.seals import NONE


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a draw holds, and why, in a sentence; `code` names what is wrong where it does not."""

    holds: bool
    says: str
    code: str = ""


def check(draw: Draw, names: str, *, announced: Iterable[str], earlier: Sequence[Draw] = ()) -> Verdict:
    """Redo a draw from the text of its list; `announced` are the codes given out as drawn, in any order.

    `earlier` are the organisation's draws before it, from the first on. Raises nothing.
    """
    try:
        demand_chain((*earlier, draw))
        return _compared(drawn(read_list(names), draw), list(announced))
    except DrawFault as fault:
        return Verdict(False, str(fault), code=fault.code)


def demand_chain(draws: Sequence[Draw]) -> None:
    """Raises DrawFault unless these are one organisation's draws from the first on: each sound, numbered in turn,
    called once the one before was over, holding its digest, and with seeds of its own."""
    previous, used = NONE, dict[str, int]()
    for place, draw in enumerate(draws, start=1):
        terms = draw.terms
        if terms.organisation != draws[0].terms.organisation:
            raise DrawFault(
                f"第 {place} 次抽签是单位 {terms.organisation} 的，应为 {draws[0].terms.organisation} 的。请只放同一单位的各次抽签。",
                code="reviews.draw-of-another-organisation",
            )
        if terms.number != place:
            raise DrawFault(
                f"这次抽签写的是第 {terms.number} 次，此前在册的有 {place - 1} 次，应为第 {place} 次；"
                f"{'编号用过就不能再用' if terms.number < place else '中间缺少的各次应当补上'}。请按次序核对。",
                code="reviews.draw-out-of-turn",
            )
        if terms.previous != previous:
            raise DrawFault(
                f"第 {place} 次抽签写的上次摘要是“{terms.previous}”，在册的上一次算得的是“{previous}”；"
                "两者应当相同。上一次的记录被改动、替换或略去了，请核对原件。",
                code="reviews.draw-chain-broken",
            )
        if place > 1 and terms.called_on < draws[place - 2].closed_on:
            raise DrawFault(
                f"第 {place} 次抽签发起于 {terms.called_on}，而上一次 {draws[place - 2].closed_on} 才了结；"
                "应等上一次了结后再发起。请核对日期。",
                code="reviews.draw-called-too-early",
            )
        demand_sound(draw)
        for seed in filter(None, (draw.superior_seed, draw.own_seed)):
            if seed in used:
                raise DrawFault(
                    f"第 {place} 次抽签的种子“{seed}”在第 {used[seed]} 次已经公开过，应为没有用过的。请换新种子，另起一次。",
                    code="reviews.seed-used-before",
                )
            used[seed] = place
        previous = draw.digest


def _compared(result: Drawn, announced: list[str]) -> Verdict:
    right, number = set(result.codes), result.draw.terms.number
    wrongly, left_out = sorted(set(announced) - right), sorted(right - set(announced))
    if wrongly or left_out or len(announced) != len(right):
        told = "；".join(
            part
            for part in (
                f"多出 {'、'.join(wrongly)}" if wrongly else "",
                f"漏掉 {'、'.join(left_out)}" if left_out else "",
                "" if wrongly or left_out else "有重复的代码",
            )
            if part
        )
        return Verdict(
            False,
            f"第 {number} 次抽签公布的结果与重算的不同：{told}。请以重算的为准，并查明差错。",
            code="reviews.draw-outcome-differs",
        )
    if result.draw.outcome is Outcome.VOID:
        return Verdict(True, f"第 {number} 次抽签作废，没有抽出对象，也没有公布对象。")
    seeds = (
        "两个种子都与封存值相符"
        if result.draw.outcome is Outcome.HELD
        else f"单位到 {result.draw.last_day} 没有公开种子，按上级种子和单位封存值排序"
    )
    return Verdict(
        True,
        f"第 {number} 次抽签可以重做出来：名单 {len(result.names.candidates)} 名的摘要相符，{seeds}，"
        f"抽中的 {len(right)} 名与公布的一致。",
    )
