"""How many are drawn from each stratum: in proportion, by largest remainder, at least one of each where that can be."""

from collections.abc import Mapping

from dianping.reviews.rules.draw.faults import DrawFault


def allocate(places: int, sizes: Mapping[str, int]) -> dict[str, int]:
    """The places of each stratum, summing to `places`; never more than the stratum has, none for an empty one.

    With places for every stratum, one whose share is below one place gets one, and the others share the rest by the
    same measure. With fewer places than strata the smallest go without, as everybody can see before the draw. Equal
    remainders go to the larger stratum, then by the order of the names' bytes. Only whole numbers are reckoned with.

    Raises DrawFault unless 1 <= places <= the number of candidates.
    """
    people = sum(sizes.values())
    if min(sizes.values(), default=0) < 0:
        raise DrawFault("有一层的人数是负数，应为 0 或更多。请检查名单。", code="reviews.stratum-negative")
    if not people:
        raise DrawFault(
            "名单里没有候选对象，没有可抽的。请先列出可以抽的对象。", code="reviews.nobody-to-draw"
        )
    if not 1 <= places <= people:
        raise DrawFault(
            f"要抽 {places} 名，名单里有 {people} 名；名额应在 1 到 {people} 之间。请改名额或名单。",
            code="reviews.too-many-places",
        )
    found = dict.fromkeys(sizes, 0)
    rest = {name: size for name, size in sizes.items() if size}
    if places >= len(rest):
        while small := [name for name, size in rest.items() if places * size < people]:
            for name in small:
                found[name] = 1
                places -= 1
                people -= rest.pop(name)
    for name, size in rest.items():
        found[name] = places * size // people
    left = places - sum(found[name] for name in rest)
    nearest = sorted(rest, key=lambda name: (-(places * rest[name] % people), -rest[name], name))
    for name in nearest[:left]:
        found[name] += 1
    return found
