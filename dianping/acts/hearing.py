"""A hearing on the day: who came, and the duties that are done by its being held."""

from collections.abc import Iterable, Mapping
from datetime import date

from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.rights import permit
from dianping.duties.models import Duty, Kind
from dianping.reviews.models import Occasion
from dianping.reviews.rights import may_run
from dianping.reviews.services import meet_hearing, note_attendance


def duty_of_hearing(occasion: Occasion) -> Duty | None:
    """The duty to hold a hearing; None for an event no paper orders."""
    if occasion.window_id is None:
        return None
    return Duty.objects.filter(window=occasion.window_id, kind=Kind.HEARING).first()


@act
def note_who_came(
    *,
    occasion: Occasion,
    present: Mapping[int, bool],
    guests: Iterable[tuple[str, str]] = (),
    minutes: str | None = None,
    spoken: Mapping[int, str] | None = None,
    version: int,
    actor: Actor,
    today: date,
) -> Occasion:
    """Note who was at an event; at a hearing that was held the duties to hold it and to prepare are done by that."""
    permit(actor, may_run, occasion)
    noted = note_attendance(
        occasion=occasion,
        present=present,
        guests=guests,
        minutes=minutes,
        spoken=spoken,
        version=version,
        actor=actor,
    )
    meet_hearing(occasion=noted, today=today, actor=actor)
    return noted
