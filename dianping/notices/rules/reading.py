"""The whole walk: text, notices, clauses, values, doubts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from dianping.notices.rules.attachments import attachments_in
from dianping.notices.rules.cadences import cadences_in
from dianping.notices.rules.cites import cites_in, forms_in
from dianping.notices.rules.clauses import clauses_in
from dianping.notices.rules.completing import by_the_same, completed
from dianping.notices.rules.dates import moments_in
from dianping.notices.rules.deliverables import NOTHING_MADE, Made, deliverables_in, going_to, made_by
from dianping.notices.rules.demands import consequences_in, demands_in
from dianping.notices.rules.doubts import doubts_of
from dianping.notices.rules.head_lines import Parts
from dianping.notices.rules.head_names import (
    addressees,
    copy_to,
    issuer_in_title,
    letterhead,
    title_of,
    together,
)
from dianping.notices.rules.hearings import hearings_in
from dianping.notices.rules.listed_papers import (
    Lead,
    heads_limit,
    heads_papers,
    lead_in,
    listed_behind,
    listed_in,
    told_of_all,
)
from dianping.notices.rules.model import (
    CadenceRead,
    Cite,
    Clause,
    DeliverableRead,
    Demand,
    Doubt,
    Hearing,
    Moment,
    Number,
    Reading,
    ResponsibilityRead,
    Value,
)
from dianping.notices.rules.modes import modes_in
from dianping.notices.rules.numbers import number_in
from dianping.notices.rules.oddities import oddities_in
from dianping.notices.rules.paper_names import is_medium
from dianping.notices.rules.parts import parts_in
from dianping.notices.rules.reach import reach_in
from dianping.notices.rules.responsibilities import responsibilities_by_fields, responsibilities_in
from dianping.notices.rules.reviewing import spoken_in
from dianping.notices.rules.table_rows import values_of_table
from dianping.notices.rules.text import PlainText, Sentence
from dianping.notices.rules.time_points import points_in
from dianping.notices.rules.traditional import left_over
from dianping.notices.rules.words import KINDS
from dianping.notices.rules.years import Calendar

# A line.
_LINE = re.compile(r"[^\r\n]+")
_MOST_ORDERED = 6  # of those addressed, named as who acts where a clause names nobody
_DEEPEST = 6  # notices, each forwarding the next


@dataclass(slots=True)
class _Values:
    """What the clauses of one notice hold, as it is gathered."""

    moments: list[Moment] = field(default_factory=list)
    cadences: list[CadenceRead] = field(default_factory=list)
    responsibilities: list[ResponsibilityRead] = field(default_factory=list)
    deliverables: list[DeliverableRead] = field(default_factory=list)
    cites: list[Cite] = field(default_factory=list)
    hearings: list[Hearing] = field(default_factory=list)
    forms: list[Demand] = field(default_factory=list)
    modes: list[Demand] = field(default_factory=list)
    consequences: list[Demand] = field(default_factory=list)
    demands: list[Demand] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    spoken: str = ""  # who spoke for himself in the sentence before
    limit: bool = False  # the clause's heading says that its day is that of the papers before
    lead: Lead | None = None  # the verb over a list of papers
    made: Made = NOTHING_MADE  # the papers of the sentence before
    ordered: str = ""  # those the notice is addressed to


def read_notice(text: str, *, issued: date | None = None) -> Reading:
    """Everything read from a text: a whole notice with what it encloses, or a phrase.

    `issued` is the day dates without a year are counted from where the text itself carries no date.
    """
    plain = PlainText(text)
    told = _told_around(plain)
    readings = []
    for at, parts in enumerate(parts_in(plain)):
        readings.append(_read_parts(plain, parts, issued, {} if at else told))
    readings[0] = replace(
        readings[0], furniture=_furniture(plain), doubts=(*_traditional(plain), *readings[0].doubts)
    )
    return doubts_of(_with_aliases(_nested(readings)))


def _furniture(plain: PlainText) -> tuple[Value, ...]:
    return tuple(Value(plain.words(piece.start, piece.end)) for piece in plain.furniture)


def _traditional(plain: PlainText) -> Iterator[Doubt]:
    """A text in traditional characters is told of, at its first line."""
    if plain.is_traditional:
        first = next((line for line in _LINE.finditer(plain.original) if line[0].strip()), None)
        rest = left_over(plain.original)
        unknown = f"没有换过来的字：{rest[:20]}。" if rest else ""
        yield Doubt(
            plain.words(*first.span()) if first else plain.words(0, 0),
            "traditional",
            "按简体读出",
            f"正文是繁体字，标题、机关、材料等已按简体写出，人名地名请核对。{unknown}",
        )


def _told_around(plain: PlainText) -> dict[str, str]:
    """What fields around the notice say of it: its issuer, its day."""
    return {
        name: words for piece in reversed(plain.furniture) for name, words in reversed(piece.told) if words
    }


def _nested(readings: list[Reading]) -> Reading:
    """The first notice with what it encloses: one that forwards another holds it, and so on down."""
    if len(readings) > _DEEPEST or not all(reading.kind in ("转发", "印发") for reading in readings[1:-1]):
        return replace(readings[0], enclosed=tuple(readings[1:]))
    whole = readings[-1]
    for reading in reversed(readings[:-1]):
        whole = replace(reading, enclosed=(whole,))
    return whole


def _read_parts(plain: PlainText, parts: Parts, issued: date | None, told: dict[str, str]) -> Reading:
    number = _number(plain, parts)
    title, name = title_of(plain, parts), letterhead(plain, parts)
    day = _day(plain, parts)
    dated = day.due if day else _day_told(told.get("date", ""))
    calendar = Calendar(dated or issued, _year_planned(title))
    kind = _kind(title, plain.text[parts.body[0] : min(parts.body[1], parts.body[0] + 400)])
    structured = bool(parts.number or parts.title or parts.dated)
    opening = "转" if kind in ("转发", "印发") else "引"
    clauses = tuple(clauses_in(plain, *parts.body, opening if structured else ""))
    values = _read_clauses(plain, parts, clauses, calendar)
    values.responsibilities += responsibilities_by_fields(plain, clauses)
    signature, attached = together(plain, parts.signature), attachments_in(plain, parts)
    if number is None and not structured and "\n" not in plain.text.strip("\n"):
        number = _loose_number(plain)
    # A letterhead with more before it than who signs: 某学院机电系党总支文件, signed 机电系党总支.
    # Or several who sign, though the letterhead has one of them.
    longer = (
        bool(signature)
        and name[0] != signature
        and (name[0].endswith(signature) or name[0] in signature.split("、"))
    )
    issuer = (
        signature
        if longer
        else (name[0] if name[1] or not signature else signature)
        or told.get("issuer", "")
        or issuer_in_title(plain, parts)
        or told.get("publisher", "")
    )
    return Reading(
        number=number.normal if number else "",
        reach=reach.text if (reach := reach_in(plain, parts.start, parts.end)) else "",
        title=title,
        kind=kind,
        issuer=issuer,
        letterhead=name[0],
        signature=signature,
        dated=dated,
        printed_number=number,
        printed_date=day,
        signed=plain.quote(parts.signature[0][0], parts.signature[-1][1]) if parts.signature else None,
        sent_to=plain.quote(*parts.addressed) if parts.addressed else None,
        addressees=addressees(plain, parts),
        copy_to=copy_to(plain, parts),
        cites=_once(values.cites),
        clauses=clauses,
        dates=tuple(moment for moment in values.moments if moment.binds and (moment.opens or moment.due)),
        mentions=tuple(moment for moment in values.moments if not moment.binds),
        cadences=tuple(values.cadences),
        responsibilities=tuple(values.responsibilities),
        deliverables=completed(values.deliverables, plain.text[slice(*parts.body)], attached),
        hearings=tuple(values.hearings),
        attachments=attached,
        forms=tuple({form.about: form for form in reversed(values.forms)}.values())[::-1],
        modes=tuple(values.modes),
        consequences=tuple(values.consequences),
        demands=tuple(values.demands),
        doubts=tuple(values.doubts),
    )


def _read_clauses(plain: PlainText, parts: Parts, clauses: tuple[Clause, ...], calendar: Calendar) -> _Values:
    values = _Values(ordered="、".join(addressees(plain, parts)[:_MOST_ORDERED]))
    last = parts.body[0]
    for clause in clauses:
        first, stop = plain.place(clause.quote)
        if heads_papers(plain.text[last:first]):
            values.lead = Lead()  # a heading of its own over a list: 一、报送内容
        last = stop
        values.limit = heads_limit(clause.heading)
        for start, end, is_table in plain.blocks(first, stop):
            if is_table:
                _read_table(plain, (start, end), clause.id, calendar, values)
                continue
            for sentence in plain.sentences(start, end, clause.id):
                _read_sentence(plain, sentence, calendar, values)
    attached = (parts.body[1], parts.signature[0][0] if parts.signature else parts.end)
    for start, end in (attached, (parts.dated[1] if parts.dated else parts.end, parts.end)):
        for first, last, is_table in plain.blocks(start, end):
            if is_table:
                _read_table(plain, (first, last), "附", calendar, values)
        for sentence in plain.sentences(start, end, "附"):
            values.forms.extend(forms_in(plain, sentence))
    return values


def _read_table(
    plain: PlainText, place: tuple[int, int], clause: str, calendar: Calendar, values: _Values
) -> None:
    table = values_of_table(plain, *place, clause, calendar)
    values.moments += table.moments
    values.responsibilities += table.responsibilities
    values.deliverables += table.deliverables
    values.modes += table.modes


def _read_sentence(plain: PlainText, sentence: Sentence, calendar: Calendar, values: _Values) -> None:
    moments = list(moments_in(plain, sentence, calendar))
    values.moments.extend(moments)
    values.cadences.extend(cadences_in(plain, sentence))
    values.responsibilities.extend(responsibilities_in(plain, sentence, values.spoken, values.ordered))
    values.spoken = spoken_in(sentence.text) or ("点评" in sentence.text and values.spoken or "")
    _read_papers(plain, sentence, moments, calendar, values)
    heard = list(hearings_in(plain, sentence, moments))
    values.hearings.extend(heard)
    values.cites.extend(cites_in(plain, sentence))
    values.forms.extend(forms_in(plain, sentence))
    values.modes.extend(modes_in(plain, sentence))
    values.consequences.extend(consequences_in(plain, sentence))
    values.demands.extend(
        demand
        for demand in demands_in(plain, sentence, dated=any(m.binds for m in moments))
        if demand.kind != "hearing" or not heard  # read as a hearing already
    )
    values.doubts.extend(oddities_in(plain, sentence, moments))


def _read_papers(
    plain: PlainText, sentence: Sentence, moments: list[Moment], calendar: Calendar, values: _Values
) -> None:
    values.deliverables = told_of_all(sentence, moments, values.deliverables, limit=values.limit)
    listed = list(listed_in(plain, sentence, values.lead)) if values.lead else []
    lead = lead_in(sentence, moments)
    listed = listed or listed_behind(plain, sentence, moments)
    if lead or listed:
        values.lead = lead or values.lead
        values.deliverables = told_of_all(sentence, moments, [*values.deliverables, *listed])
        return
    values.lead = None
    papers = list(deliverables_in(plain, sentence, moments, values.made, calendar.issued))
    if values.deliverables and papers and all(is_medium(paper.what) for paper in papers):
        values.deliverables = [
            going_to(paper, papers[0].to, papers[0].due, papers[0].until) for paper in values.deliverables
        ]
        return  # 纸质版一式两份报组织部, of papers listed before
    values.deliverables.extend(by_the_same(plain, sentence, values.deliverables, papers))
    values.made = made_by(sentence)
    if papers and values.made is NOTHING_MADE and sentence.text.rstrip("\n").endswith("；"):
        values.made = Made(tuple(paper.what for paper in papers))  # X交支部；支部装订成册，寄…


def _number(plain: PlainText, parts: Parts) -> Number | None:
    if not parts.number:
        return None
    number = number_in(plain, *parts.number)
    return Number(plain.quote(number[0], number[1]), number[2], number[3]) if number else None


def _loose_number(plain: PlainText) -> Number | None:
    number = number_in(plain, 0, min(len(plain.text), 400))
    return Number(plain.quote(number[0], number[1]), number[2], number[3]) if number else None


def _day(plain: PlainText, parts: Parts) -> Moment | None:
    if not parts.dated:
        return None
    words = Sentence(plain.text[slice(*parts.dated)], parts.dated[0])
    return next((moment for moment in moments_in(plain, words, Calendar(None)) if moment.due), None)


def _day_told(words: str) -> date | None:
    """The day a field names (成文日期：2011-03-18)."""
    point = next(points_in(PlainText(words).text, None), None) if words else None
    reach = point.span(point.year) if point and point.year and point.kind == "day" else None
    return reach[1] if reach else None


def _year_planned(title: str) -> int | None:
    """The year a title names first: 2016 of 2016年支部点评要点."""
    # Four figures before 年.
    year = re.search(r"(?<!\d)(20\d\d)年", title)
    return int(year[1]) if year else None


def _kind(title: str, opening: str) -> str:
    # A title that forwards: 转发…, 市委组织部关于批转….
    if re.match(r"(?:[^《]{0,40}关于)?(?:批转|转发)", title) or (not title and "转发给你们" in opening):
        return "转发"
    # A title that issues: 印发…, 市委组织部关于印发….
    if re.match(r"(?:[^《]{0,40}关于)?印发", title) or (not title and "印发给你们" in opening):
        return "印发"
    # A title that ends with this kind: 通知, 通知（试行）.
    kind = next((kind for kind in KINDS if re.search(rf"{kind}(?:（[^）]*）)?$", title)), "")
    return "信" if kind.endswith("信") else kind


def _once(cites: list[Cite]) -> tuple[Cite, ...]:
    return tuple({(cite.number, cite.title): cite for cite in reversed(cites)}.values())[::-1]


def _with_aliases(reading: Reading) -> Reading:
    """A notice enclosed is known also by the number its cover cites it by."""
    cited = {cite.title: cite.number for cite in reading.cites if cite.title and cite.number}
    enclosed = []
    for notice in reading.enclosed:
        number = cited.get(notice.title, "") if notice.title else ""
        aliases = (number,) if number and number != notice.number else ()
        enclosed.append(_with_aliases(replace(notice, aliases=aliases)))
    return replace(reading, enclosed=tuple(enclosed))
