"""A reading as plain lists and dictionaries, ready for a JSON file."""

from collections.abc import Iterable
from datetime import date

from dianping.notices.rules.model import Demand, Moment, Reading, Value


def as_json(reading: Reading) -> dict[str, object]:
    """The reading in plain values. `at` is the place of the words, `start` and `end` of a date are days."""
    return {
        "number": reading.number,
        "aliases": list(reading.aliases),
        "title": reading.title,
        "reach": reading.reach,
        "issuer": reading.issuer,
        "signature": reading.signature,
        "date": _iso(reading.dated),
        "kind": reading.kind,
        "addressees": list(reading.addressees),
        "copy_to": list(reading.copy_to),
        "cites": [{"number": cite.number, "title": cite.title, **_place(cite)} for cite in reading.cites],
        "clauses": [
            {
                "id": clause.id,
                "level": clause.level,
                "heading": clause.heading,
                "text": clause.text,
                "start": clause.quote.start,
                "end": clause.quote.end,
            }
            for clause in reading.clauses
        ],
        "dates": [_moment(moment) for moment in reading.dates],
        "mentions": [_moment(moment) for moment in reading.mentions],
        "cadences": [
            {
                **_words(pace),
                "about": pace.about,
                "months": pace.months,
                "times": pace.times,
                "days": pace.days,
            }
            for pace in reading.cadences
        ],
        "responsibilities": [
            {**_words(responsibility), "reviewer": responsibility.reviewer, "about": responsibility.about}
            for responsibility in reading.responsibilities
        ],
        "deliverables": [
            {
                **_words(deliverable),
                "what": deliverable.what,
                "by": deliverable.by,
                "to": deliverable.to,
                "due": _iso(deliverable.due),
                "until": deliverable.until,
                "copies": deliverable.copies,
            }
            for deliverable in reading.deliverables
        ],
        "hearings": [
            {
                **_words(hearing),
                "hearer": hearing.hearer,
                "units": hearing.units,
                "start": _iso(hearing.opens),
                "end": _iso(hearing.due),
                "collective": hearing.collective,
            }
            for hearing in reading.hearings
        ],
        "attachments": [attachment.name for attachment in reading.attachments],
        "forms": [form.about for form in reading.forms],
        "modes": _demands(reading.modes),
        "consequences": _demands(reading.consequences),
        "demands": _demands(reading.demands),
        "doubts": [
            {**_words(doubt), "kind": doubt.kind, "reading": doubt.reading, "why": doubt.why}
            for doubt in reading.doubts
        ],
        "furniture": [{"text": value.text, **_place(value)} for value in reading.furniture],
        "enclosed": [as_json(notice) for notice in reading.enclosed],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _place(value: Value) -> dict[str, object]:
    return {"at": [value.quote.start, value.quote.end]}


def _words(value: Value) -> dict[str, object]:
    return {"text": value.text, "clause": value.clause, **_place(value)}


def _moment(moment: Moment) -> dict[str, object]:
    return {**_words(moment), "start": _iso(moment.opens), "end": _iso(moment.due), "role": moment.role}


def _demands(demands: Iterable[Demand]) -> list[dict[str, object]]:
    return [{**_words(demand), "kind": demand.kind, "about": demand.about} for demand in demands]
