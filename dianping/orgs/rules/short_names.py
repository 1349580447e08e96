"""What people call an organisation when its superior is plain from the page: 文学院党委 for 中共明川大学文学院委员会."""

from dianping.base.kinds import bodies, official_endings

_ENDINGS = official_endings()
_BODIES = bodies()


def everyday_name(name: str) -> str:
    """The name without 中共, its ending as people say it: 明川大学文学院党委."""
    text = name.removeprefix("中共").removeprefix("中国共产党")
    for official, said in _ENDINGS:
        if text.endswith(official):
            return text.removesuffix(official) + said
    return text


def short_name(name: str, parent: str = "") -> str:
    """The everyday name without the superior's own, where it begins with it and something is left."""
    text = everyday_name(name)
    above = everyday_name(parent)
    for body in _BODIES:
        if above.endswith(body):
            above = above.removesuffix(body)
            break
    rest = text.removeprefix(above) if above else text
    return text if rest in ("", *_BODIES) else rest


def seat_name(place: str, title: str) -> str:
    """A seat as people say it: what the organisation's name ends with is not said again at the title's beginning.

    >>> seat_name("文学院行政党支部", "支部书记")
    '文学院行政党支部书记'
    """
    said = next((size for size in range(len(title), 0, -1) if place.endswith(title[:size])), 0)
    return place + title[said:]
