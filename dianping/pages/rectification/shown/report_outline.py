"""专门书面报告, begun: what is on file about each problem, and to whom the report goes (decision 0009)."""

from dataclasses import dataclass

from dianping.pages.rectification.shown.story import story_of
from dianping.rectification.models import Item

OWN_WORDS = "   没有解决的原因：\n   下一步和期限："


def outline_of(items: list[Item]) -> str:
    """The beginning of the report, problem by problem; the reasons are the writer's own."""
    return "\n\n".join(_block(number, item) for number, item in enumerate(items, 1))


def _block(number: int, item: Item) -> str:
    assert item.source is not None
    lines = [f"{number}. 问题：{item.text}（{item.source}提出，现为“{item.get_state_display()}”）"]
    if item.like is not None:
        lines.append(f"   此前：{item.like.opened_on} 已提出过同类问题，{item.like.get_state_display()}")
    if item.cause:
        lines.append(f"   原因：{item.cause}")
    if item.measure:
        unit = item.unit_name or item.organisation.short_name
        lines.append(
            f"   措施：{item.measure.rstrip('。')}；时限：{item.due or '未定'}；责任人：{item.owner_name}；责任单位：{unit}"
        )
    lines.extend(f"   {e.on} {e.name}：{e.text}" for e in story_of(item) if e.name != "填写整改措施")
    lines.append(OWN_WORDS)
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Addressees:
    """To whom a report goes, and whose office has the copy."""

    to: tuple[str, ...]
    copy: tuple[str, ...]


def addressees_of(items: list[Item]) -> Addressees:
    """Who named the problems; the offices over the organisations in whose name they spoke."""
    to, copy = [], []
    for item in items:
        source = item.source
        assert source is not None
        if source.seat is None:  # an inspection group or a poll has no seat here to write to
            to.append(source.who)
            continue
        place = source.seat.organisation
        to.append(f"{source.who}（{_joined(place.short_name, source.seat.title)}）")
        over = (
            place.parent if place.is_branch and place.parent else place
        )  # a branch has no office of its own
        copy.append(f"{over.short_name}领导小组办公室")
    return Addressees(tuple(dict.fromkeys(to)), tuple(dict.fromkeys(copy)))


def _joined(place: str, title: str) -> str:
    """文学院党委 and 党委书记 as 文学院党委书记."""
    shared = next((n for n in range(len(title), 0, -1) if place.endswith(title[:n])), 0)
    return place + title[shared:]
