"""Who may do what with one problem: the sides a viewer stands on, and the acts open to him now (decision 0009)."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from dianping.accounts.viewer import Viewer
from dianping.rectification.models import Extension, Item
from dianping.rectification.rules.steps import EXTENDABLE, STEPS, may_step
from dianping.rectification.selectors import items_visible, owns

EXTEND, ANSWER = "extend", "answer"


def items_seen(viewer: Viewer) -> QuerySet[Item]:
    """Every problem this viewer may see."""
    return items_visible(paths=viewer.read_paths, posts=viewer.post_ids, person=viewer.person)


def with_history(items: QuerySet[Item]) -> QuerySet[Item]:
    """The same with everything that happened to each, for the page of one."""
    return items.select_related("point").prefetch_related("progress__files", "extensions", "verdicts")


@dataclass(frozen=True, slots=True)
class Part:
    """On which sides of one problem a viewer stands."""

    owner: bool
    owner_side: bool
    judge: bool

    @property
    def any(self) -> bool:
        """Whether he has anything to do with it but read it."""
        return self.owner or self.owner_side or self.judge


def part_of(viewer: Viewer, item: Item) -> Part:
    """The sides this viewer stands on; the owner never judges his own."""
    owner = owns(viewer.person, item)
    himself = viewer.person is not None and viewer.person.pk == item.person_id
    judge = viewer.judges(item.path) or named_from(item, viewer.post_ids)
    return Part(
        owner=owner,
        owner_side=viewer.keeps(item.path) or viewer.heads(item.path) or owner or himself,
        judge=judge and not owner,
    )


def named_from(item: Item, posts: Collection[int]) -> bool:
    """Whether it was named in the name of one of these seats."""
    return item.source is not None and item.source.seat_id in posts


def waiting_extension(item: Item) -> Extension | None:
    """The asking for more time that nobody has answered yet."""
    return next((e for e in item.extensions.all() if e.granted is None), None)


def acts_open_to(viewer: Viewer, item: Item) -> dict[str, str]:
    """What this viewer may do with it now: key and name, the steps of rules.rectify and the two of an extension."""
    part = part_of(viewer, item)
    may = {
        "owner_side": part.owner_side,
        "judge": part.judge,
        "other": part.judge and viewer.actor.name != item.requested_by,
    }
    found = {
        key: step.name for key, step in STEPS.items() if may_step(key, item.state) and may.get(step.by, False)
    }
    waiting = waiting_extension(item)
    if waiting is None:
        if part.owner_side and item.due is not None and item.state in EXTENDABLE:
            found[EXTEND] = "申请延期"
    elif part.judge and viewer.actor.name != waiting.asked_as:
        found[ANSWER] = "答复延期"
    return found
