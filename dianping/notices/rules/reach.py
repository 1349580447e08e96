"""发至层级: how far down a notice may be handed on (此件发至县团级), as printed below its date. GB/T 9704-2012 7.3.6.

The words are kept; the tiers of a register they stand for are proposed, and where they name no tier known here,
nothing is proposed.
"""

import re
from collections.abc import Iterable

from dianping.base.kinds import tiers
from dianping.notices.rules.model import Quote
from dianping.notices.rules.text import PlainText

# How far down the paper goes, to the next pause: 此件发至县团级, （可传达到全体党员）.
_REACH = re.compile(
    r"(?:此件|本件|（)(?:可)?(?:请)?(?:印|下|传|阅)?(?:发|达)[至到](?P<to>[^，。；）]{2,24}?)(?=[，。；）\n]|$)"
)
# From the highest tier to the lowest; a notice that reaches one tier reaches those above it.
TIERS = tiers()
_WORDS = (
    # Of the lowest tier: 党支部 (not 直属党支部), 全体党员, 车间, 科级.
    (2, r"(?<!直属)(?<!直属党)支部|基层党组织|全体党员|党小组|行政村|社区|车间|班组|科级|股级"),
    # Of the one above: 总支, 直属支部, 县团级, 院系.
    (1, r"总支|直属党?支部|处级|县团级|县级|各单位|院系|二级单位|部门"),
    # Of the highest: 党委, 街道, 局级.
    (0, r"党委|乡镇|街道|科局|局级"),
)


def reach_in(plain: PlainText, start: int, end: int) -> Quote | None:
    """The words after 发至 (县团级) in a stretch of the text, where they stand there; the last such line counts."""
    spans = [match.span("to") for match in _REACH.finditer(plain.text, start, end)]
    return plain.quote(*spans[-1]) if spans else None


def deepest_of(words: str) -> int | None:
    """The lowest tier some words reach, as an index of TIERS; None where they name none of them."""
    # The words of that tier, from _WORDS.
    return next((tier for tier, pattern in _WORDS if re.search(pattern, words)), None)


def beyond(words: str, kinds: Iterable[str]) -> list[str]:
    """Those of some kinds of organisation that a notice bearing these words does not reach."""
    deepest = deepest_of(words)
    if deepest is None:
        return []
    below = {kind for tier in TIERS[deepest + 1 :] for kind in tier}
    return [kind for kind in kinds if kind in below]


def narrowest(*reaches: str) -> str:
    """Of several notices handed on together, the words that reach least far; "" where none limits anything."""
    told = [(deepest, words) for words in reaches if (deepest := deepest_of(words)) is not None]
    return min(told)[1] if told else next((words for words in reaches if words), "")
