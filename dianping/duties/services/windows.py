"""The rows of the windows duties stand in."""

from datetime import date
from typing import Any

from dianping.duties.models import Window
from dianping.duties.services import following
from dianping.orgs.models import Organisation
from dianping.rules.programme import Deliverable, Line


def window_of_line(root: Organisation, line: Line, outside: str) -> Window:
    """The window of one line of a programme."""
    return _window(
        root,
        rule=line.rule,
        name=line.name,
        responsibility=line.responsibility.code,
        target=line.responsibility.target,
        opens=line.window.opens,
        due=line.window.due,
        cited=[c.as_dict() for c in line.cited],
        outside=outside if line.responsibility.place == "top" else "",
    )


def window_of_paper(root: Organisation, paper: Deliverable) -> Window:
    """The window of one deliverable."""
    return _window(
        root,
        rule=paper.code,
        name=paper.name,
        responsibility="paper",
        target="paper",
        outside="",
        opens=paper.window.opens,
        due=paper.window.due,
        cited=[paper.cited.as_dict() | {"to": paper.to}],
    )


def _window(root: Organisation, *, rule: str, responsibility: str, opens: date, **values: Any) -> Window:
    """The window's row. A paper that arrived later with a nearer date moves it, and its open duties' due date;
    asking for a day before that paper again loosens nothing."""
    window, new = Window.objects.get_or_create(
        root=root, rule=rule, responsibility=responsibility, opens=opens, defaults=values
    )
    if not new and values["due"] < window.due:
        window.due, window.cited = values["due"], values["cited"]
        window.save(update_fields=["due", "cited"])
        following.move_due(window=window)
    return window


def other_windows(window: Window) -> list[int]:
    """Windows of the same rule, responsibility and day under other programmes' roots."""
    same = Window.objects.filter(rule=window.rule, responsibility=window.responsibility, opens=window.opens)
    return list(same.exclude(pk=window.pk).values_list("pk", flat=True))
