"""A hearing on the day: who came, the duties that are done by its being held, and the problems that were found there."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.duties.models import Duty, Kind
from dianping.orgs.selectors.posts import held_seats
from dianping.rectification.models import Item
from dianping.rectification.services import FindingInput, SourceInput, open_items_from
from dianping.rectification.sources import HEARING
from dianping.reviews.models import Attendance, Occasion
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


@act
def name_problems(
    *, row: Attendance, texts: Iterable[str], due: date | None, moment: datetime, actor: Actor
) -> list[Item]:
    """Problems of a unit found while it was heard, as items with the hearing as their source. What was named before stands, and
    the same words once more add nothing.

    Raises Refusal for a row of no unit, and before the hearing.
    """
    permit(actor, may_run, row.occasion)
    occasion, unit = row.occasion, row.organisation
    if unit is None:
        raise Refusal(
            "这一行不是汇报的单位。", code="reviews.not-a-unit-heard", remedy="请选名单上的一个单位。"
        )
    standing = Item.objects.filter(source__kind=HEARING, source__row=row.pk).order_by("number")
    named = [(item.text, item.due) for item in standing]
    words = [text.strip() for text in texts if text.strip()]
    named += [(text, due) for text in dict.fromkeys(words) if text not in {old for old, _ in named}]
    seats = held_seats(occasion.organisation, day=occasion.held_on)
    source = SourceInput(
        HEARING,
        row.pk,
        occasion.held_on,
        "organisation",
        unit,
        label=occasion.organisation.short_name,
        seat=seats[0] if seats else None,
    )
    findings = [FindingInput(text, "", day) for text, day in named]
    return open_items_from(source=source, findings=findings, moment=moment, actor=actor)
