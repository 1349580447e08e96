"""The rows of the windows duties stand in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dianping.duties.kinds import Kind
from dianping.duties.models import Window
from dianping.duties.services import following
from dianping.orgs.models import Organisation
from dianping.programmes.rules import Deliverable, Hearing, RuleLine


@dataclass(frozen=True, slots=True)
class DatedWindow:
    """A window's row, how many of its open duties were given another last day just now, and whether the row itself was made
    or changed."""

    window: Window
    redated: int = 0
    written: bool = False


def window_of_line(root: Organisation, line: RuleLine, outside: str, *, ordered: date) -> DatedWindow:
    """The window of one line of a programme."""
    return _window(
        root,
        ordered,
        rule=line.rule,
        name=line.name,
        responsibility=line.responsibility.code,
        target=line.responsibility.target,
        opens=line.window.opens,
        due=line.window.due,
        cited=[c.as_dict() for c in line.cited],
        outside=outside if line.responsibility.place == "top" else "",
    )


def window_of_paper(root: Organisation, paper: Deliverable, *, ordered: date) -> DatedWindow:
    """The window of one deliverable."""
    return _window(
        root,
        ordered,
        rule=paper.code,
        name=paper.name,
        responsibility=Kind.PAPER.value,
        target=Kind.PAPER.value,
        outside="",
        opens=paper.window.opens,
        due=paper.window.due,
        cited=[paper.cited.as_dict() | {"to": paper.to}, *(c.as_dict() for c in paper.before)],
    )


def window_of_hearing(root: Organisation, hearing: Hearing, kind: Kind, *, ordered: date) -> DatedWindow:
    """The window in which a hearing is to be held, or prepared for: from the day of the paper that orders it, for there is
    something to do at once. A paper that moves the hearing moves its end."""
    standing = _standing(root, hearing.code, kind.value)
    return _window(
        root,
        ordered,
        rule=hearing.code,
        name=hearing.name,
        responsibility=kind.value,
        target=kind.value,
        outside="",
        opens=standing.opens if standing else min(ordered, hearing.window.opens),
        due=hearing.window.due,
        cited=[
            hearing.cited.as_dict() | {"to": hearing.heard_by, "opens": hearing.window.opens.isoformat()},
            *(c.as_dict() for c in hearing.before),
        ],
    )


def window_of_heard(root: Organisation, hearing: Hearing, *, ordered: date) -> DatedWindow:
    """The window of the reviews at a hearing: its own days. One that stands is moved with the hearing, both ends."""
    line = hearing.reviews()
    standing = _standing(root, line.rule, line.responsibility.code)
    moved = 0
    if standing and standing.opens != line.window.opens and ordered >= (standing.ordered_on or date.min):
        standing.opens, standing.due = line.window.opens, line.window.due
        standing.save(update_fields=["opens", "due"])
        moved = following.move_opens(window=standing)
    dated = window_of_line(root, line, "", ordered=ordered)
    return DatedWindow(dated.window, dated.redated + moved, dated.written or bool(moved))


def stands(root: Organisation, hearing: Hearing) -> bool:
    """Whether the reviews at a hearing were opened already: then a later paper moves them, also to days still to come."""
    line = hearing.reviews()
    return _standing(root, line.rule, line.responsibility.code) is not None


def _standing(root: Organisation, rule: str, responsibility: str) -> Window | None:
    return Window.objects.filter(root=root, rule=rule, responsibility=responsibility).first()


def _window(
    root: Organisation, ordered: date, *, rule: str, responsibility: str, opens: date, **values: Any
) -> DatedWindow:
    """The window's row. A paper that came into force later moves it, and its open duties' due date: nearer, or, where it
    amends the older one, farther. Asking again for a day before that paper changes nothing."""
    window, new = Window.objects.get_or_create(
        root=root,
        rule=rule,
        responsibility=responsibility,
        opens=opens,
        defaults=values | {"ordered_on": ordered},
    )
    said = (values["due"], values["cited"])
    if new or said == (window.due, window.cited) or ordered < (window.ordered_on or date.min):
        return DatedWindow(window, written=new)
    moves = values["due"] != window.due
    window.due, window.cited, window.ordered_on = *said, ordered
    window.save(update_fields=["due", "cited", "ordered_on"])
    return DatedWindow(window, following.move_due(window=window) if moves else 0, written=True)


def other_windows(window: Window) -> list[int]:
    """Windows of the same rule, responsibility and day under other programmes' roots."""
    same = Window.objects.filter(rule=window.rule, responsibility=window.responsibility, opens=window.opens)
    return list(same.exclude(pk=window.pk).values_list("pk", flat=True))
