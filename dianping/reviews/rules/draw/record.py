"""What is said of a draw before it is held (its terms) and once it is over (its record), as texts that are hashed.

Both are lines of `label|value`, UTF-8, each ending in LF; days as 2011-03-07; `-` where there is nothing.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from dianping.reviews.rules.draw.candidates import demand_code, demand_plain
from dianping.reviews.rules.draw.faults import DrawFault
from dianping.reviews.rules.draw.seals import NONE, PROTOCOL, demand_digest, demand_seed, digest, seal


@dataclass(frozen=True, slots=True)
class Terms:
    """What is fixed and published before anybody seals a seed. Raises DrawFault when a value has another form.

    organisation, superior: codes of whose list it is and of who calls the draw; number: from 1, counted for the
    organisation, never twice; places: how many are drawn; names: the digest of the list; previous: the digest of the
    organisation's draw before, `-` for the first; days: within how many days of the superior's revealing the
    organisation must reveal (the last one included, decision 0002).
    """

    organisation: str
    superior: str
    number: int
    called_on: date
    purpose: str
    places: int
    names: str
    previous: str = NONE
    days: int = 3

    def __post_init__(self) -> None:
        demand_code(self.organisation, "单位代码")
        demand_code(self.superior, "上级代码")
        demand_plain(self.purpose, "抽签用途")
        demand_digest(self.names, "名单摘要")
        if self.number < 1 or self.places < 1 or self.days < 1:
            raise DrawFault(
                f"第几次写的是 {self.number}，名额 {self.places}，公开期限 {self.days} 日；三项都应为 1 或更多。请改正。",
                code="reviews.draw-numbers-too-small",
            )
        if (self.number == 1) != (self.previous == NONE):
            raise DrawFault(
                f"这是第 {self.number} 次抽签，上次摘要写的是“{self.previous}”；第 1 次应写“-”，以后各次应写上一次的摘要。请改正。",
                code="reviews.draw-previous-not-fitting",
            )
        if self.previous != NONE:
            demand_digest(self.previous, "上次摘要")

    @property
    def text(self) -> str:
        """The terms as they are hashed and printed."""
        return _lines(
            ("规程", PROTOCOL),
            ("单位", self.organisation),
            ("上级", self.superior),
            ("第几次", str(self.number)),
            ("发起日", self.called_on.isoformat()),
            ("用途", self.purpose),
            ("名额", str(self.places)),
            ("公开期限", str(self.days)),
            ("名单摘要", self.names),
            ("上次摘要", self.previous),
        )

    @property
    def digest(self) -> str:
        """SHA-256 of the text; the superior's seal continues it."""
        return digest(self.text)


class Outcome(Enum):
    """How a draw ended."""

    HELD = "成立"  # both seeds were revealed
    WITHHELD = (
        "单位未公开种子"  # the organisation let its days pass: the superior's seed and its own seal decide
    )
    VOID = "作废"  # the superior revealed nothing, or the organisation sealed nothing: nobody is drawn


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw that is over, as recorded; "" where nothing was sealed or revealed.

    revealed_on: the day the superior revealed its seed; closed_on: the day the organisation revealed its own, or the
    draw was recorded as withheld or void. Nothing is judged here: `demand_sound` does.
    """

    terms: Terms
    outcome: Outcome
    closed_on: date
    superior_seal: str = ""
    own_seal: str = ""
    revealed_on: date | None = None
    superior_seed: str = ""
    own_seed: str = ""

    @property
    def text(self) -> str:
        """The record as it is hashed and printed."""
        return _lines(
            ("规程", PROTOCOL),
            ("事项摘要", self.terms.digest),
            ("上级封存值", self.superior_seal),
            ("单位封存值", self.own_seal),
            ("上级公开日", self.revealed_on.isoformat() if self.revealed_on else ""),
            ("上级种子", self.superior_seed),
            ("单位种子", self.own_seed),
            ("结果", self.outcome.value),
            ("了结日", self.closed_on.isoformat()),
        )

    @property
    def digest(self) -> str:
        """SHA-256 of the text; the next draw's terms hold it."""
        return digest(self.text)

    @property
    def last_day(self) -> date | None:
        """The last day on which the organisation may reveal, once the superior has."""
        return self.revealed_on + timedelta(days=self.terms.days) if self.revealed_on else None


def demand_sound(draw: Draw) -> None:
    """Raises DrawFault where seeds, seals, days and outcome of a record do not agree."""
    _demand_seals(draw)
    number, last = draw.terms.number, draw.last_day
    if draw.closed_on < (draw.revealed_on or draw.terms.called_on) or (
        draw.revealed_on is not None and draw.revealed_on < draw.terms.called_on
    ):
        raise DrawFault(
            f"第 {number} 次抽签的发起、公开、了结三个日子前后颠倒，应依次不早于前一个。请核对日期。",
            code="reviews.draw-days-disordered",
        )
    if draw.outcome is Outcome.VOID:
        if draw.own_seal and draw.superior_seed:
            raise DrawFault(
                f"第 {number} 次抽签的双方都已封存、上级种子也已公开，不能再作废。"
                "请按成立或单位未公开种子记录；确需重抽的，另起下一次。",
                code="reviews.draw-cannot-be-void",
            )
        return
    if last is None or not draw.own_seal or not draw.superior_seed:
        raise DrawFault(
            f"第 {number} 次抽签缺少单位封存值、上级种子或其公开日，三样应当齐全。没有的，请记为作废。",
            code="reviews.draw-record-incomplete",
        )
    if draw.outcome is Outcome.HELD and not (draw.own_seed and draw.closed_on <= last):
        raise DrawFault(
            f"第 {number} 次抽签记为成立，应有单位在 {last} 前（含当日）公开的种子，"
            f"{f'这里了结于 {draw.closed_on}' if draw.own_seed else '这里没有'}。逾期未公开的，请记为单位未公开种子。",
            code="reviews.draw-not-held",
        )
    if draw.outcome is Outcome.WITHHELD and (draw.own_seed or draw.closed_on <= last):
        raise DrawFault(
            f"第 {number} 次抽签记为单位未公开种子，应在 {last} 过后才记，且不带单位种子；"
            f"{'这里带有单位种子' if draw.own_seed else f'这里了结于 {draw.closed_on}'}。请照实改正。",
            code="reviews.draw-not-withheld",
        )


def _demand_seals(draw: Draw) -> None:
    if draw.own_seal and not draw.superior_seal:
        raise DrawFault(
            "有单位封存值而没有上级封存值；上级应先封存，单位再接着封存。请补齐或作废。",
            code="reviews.superior-seal-missing",
        )
    for whose, sealed, seed, after in (
        ("上级", draw.superior_seal, draw.superior_seed, draw.terms.digest),
        ("单位", draw.own_seal, draw.own_seed, draw.superior_seal),
    ):
        if sealed:
            demand_digest(sealed, f"{whose}封存值")
        if not seed:
            continue
        demand_seed(seed, whose)
        if not after:
            raise DrawFault(
                f"{whose}公开了种子，却没有可接的上级封存值。请补齐或作废。",
                code="reviews.superior-seal-missing",
            )
        if not sealed or seal(after, seed) != sealed:
            raise DrawFault(
                f"{whose}公开的种子“{seed}”与封存值对不上：封存值是“{sealed or NONE}”，由这个种子算得的是"
                f"“{seal(after, seed)}”。请公开当时封存的那个种子，并核对抽签事项没有改动。",
                code="reviews.seed-does-not-match",
            )


def _lines(*pairs: tuple[str, str]) -> str:
    return "".join(f"{label}|{value or NONE}\n" for label, value in pairs)
