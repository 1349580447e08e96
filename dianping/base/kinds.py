"""组织类别: one table. Another kind of Party organisation is one row here; everything that asks about kinds asks this file.

Basis: 豫创组办发〔2010〕26号 三.1 and 四.4 name the kinds reviewed and their pace; what a paper leaves open is settled by
decisions 0004 and 0025. Plain data and small questions about it, the standard library only.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

# Whose secretary a written title means: 党支部书记, 党总支书记, 党委书记 (a committee of whatever name).
Level = Literal["committee", "general_branch", "branch"]
# The class a programme reviews it as; "" where programmes of those below do not reach it.
Reviewed = Literal["", "unit", "direct_branch", "branch"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of organisation.

    label: what is written down, chosen and shown. level: see `Level`. secretary: what its secretary is called.
    reviewed_as: see `Reviewed`. tier: how far down a notice that reaches it is handed, from 0; None above all of them.
    counted_as: its line in the statistical return. members: whether members belong to it directly, and nothing stands below it.
    at_top: whether it may be the one a programme calls the committee. addressed: whether papers and bulletins are sent to it by kind.
    bodies: how people call one, the ending of its everyday name. official: endings of its name as founded.
    heads: what may stand before 书记. papers: how notices call one. spellings: what rosters write instead of the label.
    tells: endings of a name that tell the kind, where the list has no column for it.
    """

    label: str
    level: Level
    secretary: str
    counted_as: str
    reviewed_as: Reviewed = ""
    tier: int | None = None
    members: bool = False
    at_top: bool = False
    addressed: bool = False
    bodies: tuple[str, ...] = ()
    official: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()


KINDS = (
    Kind(
        label="地方党委",
        level="committee",
        secretary="党委书记",
        counted_as="党委",
        heads=("委员会", "市委", "县委", "区委", "省委", "镇委", "乡委"),
        spellings=(
            "地方委员会", "省委", "市委", "县委", "区委", "省级党委", "市级党委", "县级党委", "县(市、区)委",
        ),
    ),
    Kind(
        label="工委",
        level="committee",
        secretary="工委书记",
        counted_as="党委",
        bodies=("工委",),
        official=("工作委员会",),
        heads=("工委",),
        papers=("工委",),
        spellings=("党工委", "党的工作委员会", "工作委员会", "街道工委", "街道党工委"),
        tells=("工委", "工作委员会"),
    ),
    Kind(
        label="党组",
        level="committee",
        secretary="党组书记",
        counted_as="党委",
        bodies=("党组",),
        heads=("党组",),
        papers=("党组",),
        spellings=("党组(党委)",),
        tells=("党组",),
    ),
    Kind(
        label="基层党委",
        level="committee",
        secretary="党委书记",
        counted_as="党委",
        reviewed_as="unit",
        tier=0,
        at_top=True,
        addressed=True,
        bodies=("党委",),
        official=("委员会",),
        heads=("党委", "委员会"),
        papers=("基层党委",),
        spellings=(
            "党委", "党的基层委员会", "基层委员会", "基层党的委员会", "党的委员会", "机关党委", "校党委", "乡镇党委",
        ),
    ),
    Kind(
        label="二级党委",
        level="committee",
        secretary="党委书记",
        counted_as="党委",
        reviewed_as="unit",
        tier=0,
        addressed=True,
        bodies=("党委",),
        official=("委员会",),
        heads=("党委", "委员会"),
        papers=("二级党委", "分党委"),
        spellings=(
            "分党委", "二级党组织党委", "院系党委", "学院党委", "二级单位党委", "二级学院党委",
        ),
    ),
    Kind(
        label="党总支",
        level="general_branch",
        secretary="党总支书记",
        counted_as="党总支",
        reviewed_as="unit",
        tier=1,
        addressed=True,
        bodies=("党总支",),
        official=("总支部委员会", "总支委员会"),
        heads=("总支", "总支部", "总支部委员会", "总支委员会"),
        papers=("党总支",),
        spellings=("总支", "总支部", "党总支部", "党的总支部委员会", "总支部委员会", "直属党总支"),
        tells=("总支", "总支部"),
    ),
    Kind(
        label="直属党支部",
        level="branch",
        secretary="党支部书记",
        counted_as="党支部",
        reviewed_as="direct_branch",
        tier=1,
        members=True,
        addressed=True,
        bodies=("直属党支部",),
        official=("直属支部委员会",),
        heads=("支部", "支部委员会"),
        papers=("直属党支部",),
        spellings=("直属支部", "直属党支部委员会", "直属支部委员会"),
        tells=("直属党支部", "直属支部"),
    ),
    Kind(
        label="党支部",
        level="branch",
        secretary="党支部书记",
        counted_as="党支部",
        reviewed_as="branch",
        tier=2,
        members=True,
        addressed=True,
        bodies=("党支部",),
        official=("支部委员会",),
        heads=("支部", "支部委员会", "支委会", "支委"),
        papers=("党支部",),
        spellings=(
            "支部", "党的支部委员会", "支部委员会", "党支部委员会", "教工党支部", "学生党支部", "离退休党支部",
            "退休党支部", "独立党支部",
        ),
        tells=("支部",),
    ),
    Kind(
        label="联合党支部",
        level="branch",
        secretary="党支部书记",
        counted_as="党支部",
        reviewed_as="branch",
        tier=2,
        members=True,
        heads=("支部", "支部委员会"),
        spellings=("联合支部", "联合党支部委员会"),
        tells=("联合党支部", "联合支部"),
    ),
    Kind(
        label="临时党支部",
        level="branch",
        secretary="党支部书记",
        counted_as="党支部",
        reviewed_as="branch",
        tier=2,
        members=True,
        heads=("支部", "支部委员会"),
        spellings=("临时支部", "临时党支部委员会"),
        tells=("临时党支部", "临时支部"),
    ),
)  # fmt: skip

LEVELS: tuple[Level, ...] = (
    "general_branch",
    "branch",
    "committee",
)  # 总支部委员会 ends as 支部委员会 does: asked first

LABELS = tuple(kind.label for kind in KINDS)
BRANCH_KINDS = tuple(kind.label for kind in KINDS if kind.members)
ADDRESSED = tuple(kind.label for kind in KINDS if kind.addressed)
COUNTED_AS = tuple(dict.fromkeys(kind.counted_as for kind in KINDS))
_BY_LABEL = {kind.label: kind for kind in KINDS}
# (ending of a name, the kind it tells), the longest first.
_TOLD = sorted(((word, kind.label) for kind in KINDS for word in kind.tells), key=lambda told: -len(told[0]))
# A committee of a place: 中共某市委员会, 某县委.
_PLACE = re.compile(r"^(中共|中国共产党)?[^局院校厂公司]{1,12}(省|市|县|区|州|旗|镇|乡)委(员会)?$")
# Words in brackets at the end: （筹）.
_BRACKETS_AT_END = re.compile(r"[(（][^)）]*[)）]$")


def of_level(level: Level) -> frozenset[str]:
    """The kinds whose secretary a title of this level means."""
    return frozenset(kind.label for kind in KINDS if kind.level == level)


def reviewed_as(*classes: Reviewed) -> tuple[str, ...]:
    """The kinds a programme reviews as one of these classes of target."""
    return tuple(kind.label for kind in KINDS if kind.reviewed_as in classes)


def tiers() -> tuple[tuple[str, ...], ...]:
    """The kinds a notice may be handed down to, from the highest tier to the lowest."""
    depth = 1 + max(kind.tier for kind in KINDS if kind.tier is not None)
    return tuple(tuple(kind.label for kind in KINDS if kind.tier == tier) for tier in range(depth))


def at_top() -> tuple[str, ...]:
    """The kinds that may be the committee at the top of a programme."""
    return tuple(kind.label for kind in KINDS if kind.at_top)


def secretary_title(label: str) -> str:
    """What the secretary of a kind is called; 党委书记 for a kind no longer in the table."""
    return _BY_LABEL[label].secretary if label in _BY_LABEL else "党委书记"


def counted_as(label: str) -> str:
    """Its line in the statistical return; 党委 for a kind no longer in the table."""
    return _BY_LABEL[label].counted_as if label in _BY_LABEL else "党委"


def heads_of(level: Level) -> tuple[str, ...]:
    """What may stand before 书记 in a title of this level."""
    return tuple(dict.fromkeys(word for kind in KINDS if kind.level == level for word in kind.heads))


def bodies() -> tuple[str, ...]:
    """The endings of everyday names, the longest first."""
    return _longest_first(word for kind in KINDS for word in kind.bodies)


def official_endings() -> tuple[tuple[str, str], ...]:
    """(ending of a name as founded, what people say), the longest first: 总支部委员会 is 党总支, 支部委员会 is 党支部."""
    said = {ending: kind.bodies[0] for kind in reversed(KINDS) for ending in kind.official}
    return tuple((ending, said[ending]) for ending in _longest_first(said))


def called_in_papers(*classes: Reviewed) -> tuple[str, ...]:
    """How notices call the kinds reviewed as these classes (without any: all of them), the longest first."""
    return _longest_first(
        word for kind in KINDS if not classes or kind.reviewed_as in classes for word in kind.papers
    )


def spellings() -> dict[str, list[str]]:
    """What rosters write, by the label that is kept."""
    return {kind.label: list(kind.spellings) for kind in KINDS}


def told_by(name: str, *, top: bool) -> str:
    """The kind an organisation's name tells, blanks taken out; "" when it tells none. A committee at the top is a 基层党委, one
    below it a 二级党委.

    >>> told_by("文学院教工党支部委员会", top=False)
    '党支部'
    """
    text = _BRACKETS_AT_END.sub("", name)
    bare = text.removesuffix("委员会") if text.endswith("支部委员会") else text
    for ending, label in _TOLD:
        if bare.endswith(ending):
            return label
    if _PLACE.match(text):
        return "地方党委"
    if text.endswith(("党委", "委员会")):
        return "基层党委" if top else "二级党委"
    return ""


def in_order(labels: Iterable[str]) -> list[str]:
    """Some kinds in the order of the table; words that are none of them at the end, in their own order."""
    return sorted(labels, key=lambda label: (LABELS.index(label) if label in LABELS else len(LABELS), label))


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(words), key=len, reverse=True))
