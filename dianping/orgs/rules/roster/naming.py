"""Names of organisations written short: 机关 for 水务局机关党支部, 某镇某村支部委员会 for 某村党支部. Only where one alone is meant."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile

from dianping.base.chinese_text import squeezed
from dianping.orgs.rules.short_names import everyday_name

_SHORTEST = 2  # characters without the body's word
_SHORTEST_END = 3  # characters that may be a name's end
# The body a name ends with, by the level it tells: 党支部 and 支部委员会 are one.
_LEVELS = (
    # 党总支, 直属总支部委员会
    (re.compile(r"(?:直属|联合|临时)?党?总支部?(?:委员会)?$"), "总支"),
    # 党支部, 联合支部, 支部委员会
    (re.compile(r"(?:联合|临时|直属)?(?:党支部|支部)(?:委员会)?$"), "支部"),
    # 党组
    (re.compile(r"党组$"), "组"),
    # 党工委, 工作委员会
    (re.compile(r"(?:党工委|工委|工作委员会)$"), "工作委员会"),
    # 党委, 委员会, 县委
    (re.compile(r"(?:党委|委员会|委)$"), "委"),
)
# A number of a branch with its 第, or in figures: 第一, 2.
_ORDINAL = re.compile(r"第?([一二三四五六七八九十]+|[0-9]{1,2})(?=$)")
_NUMERALS = "〇一二三四五六七八九"
_COUNTS = frozenset("零〇一二三四五六七八九十0123456789")


def parts_of(name: str) -> tuple[str, str]:
    """A name without 中共 and without its body, and the level of the body: 机关第一党支部 is (机关一, 支部); "" for no body."""
    text = everyday_name(squeezed(name))
    found = ((pattern.sub("", text), level) for pattern, level in _LEVELS)
    stem, level = next(((stem, level) for stem, level in found if stem != text), (text, ""))
    return _ORDINAL.sub(lambda found: _numeral(found[1]), stem), level


def _numeral(text: str) -> str:
    if not text.isdecimal():
        return text
    number = int(text)
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


class ShortNames:
    """Which names a short one may mean. They are looked up by their beginnings and ends, not gone through: every name of a roster
    may be short."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = [(name, *parts_of(name)) for name in names]
        self._by_stem: dict[str, list[int]] = {}
        for at, (_, whole, _) in enumerate(self._names):
            self._by_stem.setdefault(whole, []).append(at)
        self._stems = sorted(self._by_stem)
        self._turned = sorted(whole[::-1] for whole in self._by_stem)

    def meant(self, text: str, among: Callable[[str], bool] | None = None) -> list[str]:
        """Every full name the text may stand for, the surest kind of likeness only; [] when there is none.

        `among`: which names count. First the same name in another spelling, then the same without its body, then a name's end,
        then a name with its superiors' written before it.
        """
        stem, level = parts_of(text)
        if not stem or (len(stem) < _SHORTEST and not level):
            return []
        for alike, stems in ((_same, [stem]), (_ending, self._ending_with(stem)), (_longer, _ends_of(stem))):
            near = sorted(at for whole in stems for at in self._by_stem.get(whole, ()))
            names = (self._names[at] for at in near)
            if found := [
                name
                for name, whole, body in names
                if alike(stem, level, whole, body) and (among is None or among(name))
            ]:
                return found if alike is not _longer else self._with_superiors(stem, found)
        return []

    def _ending_with(self, stem: str) -> Iterator[str]:
        """The names without their bodies that end with a text."""
        end = stem[::-1]
        first = bisect_left(self._turned, end)
        near = (self._turned[at] for at in range(first, len(self._turned)))
        return (one[::-1] for one in takewhile(lambda one: one.startswith(end), near))

    def _begins_one(self, text: str) -> bool:
        at = bisect_left(self._stems, text)
        return at < len(self._stems) and self._stems[at].startswith(text)

    def within(self, text: str) -> list[str]:
        """The names that hold every character of a text in its order: 新闻学生支部 in 文法学院新闻系学生党支部. Only to be asked."""
        stem, level = parts_of(text)
        if len(stem) < _SHORTEST_END:
            return []
        return [name for name, whole, body in self._names if level in (body, "") and _holds(whole, stem)]

    def _with_superiors(self, stem: str, found: list[str]) -> list[str]:
        """Those before whose name nothing stands but the beginning of an organisation's: 青塘镇 before 柳河村."""
        longest = max(len(parts_of(name)[0]) for name in found)
        kept = [name for name in found if len(parts_of(name)[0]) == longest]
        before = {name: stem.removesuffix(parts_of(name)[0]) for name in kept}
        return [name for name in kept if self._begins_one(before[name])]


def _ends_of(stem: str) -> list[str]:
    return [stem[at:] for at in range(len(stem))]


def _holds(whole: str, stem: str) -> bool:
    rest = iter(whole)
    return all(sign in rest for sign in stem)


def _same(stem: str, level: str, whole: str, body: str) -> bool:
    return stem == whole and level in (body, "")


def _ending(stem: str, level: str, whole: str, body: str) -> bool:
    return (
        len(stem) >= (1 if level else _SHORTEST_END)
        and whole.endswith(stem)
        and level in (body, "")
        and not _cuts_a_number(whole, stem)
    )


def _longer(stem: str, level: str, whole: str, body: str) -> bool:
    return (
        len(whole) >= _SHORTEST and level == body and stem.endswith(whole) and not _cuts_a_number(stem, whole)
    )


def _cuts_a_number(whole: str, end: str) -> bool:
    """Whether the end begins inside a number: 一支部 of 第十一支部."""
    before = whole.removesuffix(end)
    return bool(before) and before[-1] in _COUNTS and end[0] in _COUNTS
