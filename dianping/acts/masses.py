"""What the masses said of some targets last, and the points nobody has answered yet: beside the box, in sets."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dianping.opinions.selectors import LastAsked, Target, last_asked_of, unanswered_of
from dianping.orgs.models import Organisation, Person
from dianping.reviews.selectors import points_named

if TYPE_CHECKING:
    from dianping.opinions.models import Point


@dataclass(slots=True)
class Masses:
    """The newest asking, None where nobody was asked, and the points with neither a reply nor a problem."""

    asked: LastAsked | None = None
    points: list["Point"] = field(default_factory=list)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """(heading, votes in words) of the newest asking."""
        if self.asked is None:
            return []
        sheet, lines = self.asked.poll.sheet, []
        for heading in self.asked.headings:
            votes = zip(heading.grades, heading.whole.votes, strict=True)
            told = [f"{grade} {count}" for grade, count in votes]
            if heading.whole.abstained:
                told.append(f"弃权 {heading.whole.abstained}")
            lines.append((sheet.question(heading.question).text, "，".join(told)))
        return lines


def target(organisation: Organisation, person: Person | None) -> Target:
    """The key of one target."""
    return organisation.pk, person.pk if person else 0


def masses_of(targets: Iterable[Target]) -> dict[Target, Masses]:
    """What the masses said of each of some targets."""
    wanted = list(dict.fromkeys(targets))
    asked, points = last_asked_of(wanted), unanswered_of(wanted)
    named = points_named(point.pk for some in points.values() for point in some) if points else set()
    return {
        key: Masses(asked.get(key), [point for point in points.get(key, []) if point.pk not in named])
        for key in wanted
    }
