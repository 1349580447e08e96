"""What is read from a notice. Nothing here decides: every value keeps the words it comes from and their place."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the notice: `start` and `end` count characters of the text as given, `clause` says where they stand."""

    text: str
    start: int
    end: int
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """Something read from words of the notice."""

    quote: Quote

    @property
    def text(self) -> str:
        """The words it was read from."""
        return self.quote.text

    @property
    def clause(self) -> str:
        """The clause the words stand in."""
        return self.quote.clause


@dataclass(frozen=True, slots=True)
class Number(Value):
    """发文字号 as found; `normal` is its one spelling, such as 豫创组办发〔2010〕26号."""

    normal: str
    odd: str = ""  # what is unusual in the brackets or signs, for a person; empty when nothing is


@dataclass(frozen=True, slots=True)
class Cite(Value):
    """Another notice this one refers to; either part may be missing."""

    number: str
    title: str
    odd: str = ""


@dataclass(frozen=True, slots=True)
class Clause(Value):
    """条款: `id` as a clerk would cite it (四.4), `level` 0 for the opening, 1 for 一、, 2 for what stands below."""

    id: str
    level: int
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Moment(Value):
    """A deadline or a window, both ends inside it.

    `opens` is None for a plain deadline, `due` for an open end. `role` is "deadline", "window" or "start"; or, for
    what binds nobody, "as of" (figures are counted to that day), "past", or "after" (述职后1个月内: an event, no
    day). `slip` names what is wrong with the words, `asks` what a person should still settle.
    """

    opens: date | None
    due: date | None
    role: str = "window"
    slip: str = ""
    asks: str = ""

    @property
    def binds(self) -> bool:
        """Whether somebody has to keep it."""
        return self.role in ("deadline", "window", "start")


@dataclass(frozen=True, slots=True)
class CadenceRead(Value):
    """频次: `times` in every `months` months about something. Weeks have no months, so `days` stands for them."""

    about: str
    months: int | None
    times: int
    days: int | None = None


@dataclass(frozen=True, slots=True)
class ResponsibilityRead(Value):
    """Who reviews whom. `about` is empty where the clause names reviewers only."""

    reviewer: str
    about: str


@dataclass(frozen=True, slots=True)
class DeliverableRead(Value):
    """应交材料: what, by whom, to whom, by when. `until` keeps the words of the last day (下次领导点评前); of what comes round
    (每月5日前) `due` is the first day. `copies` is how many (一式两份), 0 where that is not told."""

    what: str
    by: str
    to: str
    due: date | None
    until: str = ""
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Hearing(Value):
    """听取汇报: who hears which units, in which window, and whether those who spoke are reviewed there collectively."""

    hearer: str
    units: str
    opens: date | None
    due: date | None
    collective: bool


@dataclass(frozen=True, slots=True)
class AttachmentRead(Value):
    """附件: one name of the list under a notice, without its number and file ending."""

    name: str


@dataclass(frozen=True, slots=True)
class Demand(Value):
    """Something else a clause orders or allows; `kind` is one of the names in `demands.KINDS`."""

    kind: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Doubt(Value):
    """What does not add up: the likely `reading` and `why`. `kind` names the sort of doubt for programs."""

    kind: str
    reading: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one notice, with the notices it encloses.

    `forms` are papers by name (《登记表》), `modes` ways of reviewing (集中点评), `copy_to` those under 抄送. `furniture` is what stands around the notice in
    the text and is not of it; the outermost notice has it all.
    """

    number: str = ""
    aliases: tuple[str, ...] = ()
    reach: str = ""
    title: str = ""
    kind: str = ""
    issuer: str = ""
    letterhead: str = ""
    signature: str = ""
    dated: date | None = None
    printed_number: Number | None = None
    printed_date: Moment | None = None
    signed: Quote | None = None
    sent_to: Quote | None = None
    addressees: tuple[str, ...] = ()
    copy_to: tuple[str, ...] = ()
    cites: tuple[Cite, ...] = ()
    clauses: tuple[Clause, ...] = ()
    dates: tuple[Moment, ...] = ()
    mentions: tuple[Moment, ...] = ()
    cadences: tuple[CadenceRead, ...] = ()
    responsibilities: tuple[ResponsibilityRead, ...] = ()
    deliverables: tuple[DeliverableRead, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    attachments: tuple[AttachmentRead, ...] = ()
    forms: tuple[Demand, ...] = ()
    modes: tuple[Demand, ...] = ()
    consequences: tuple[Demand, ...] = ()
    demands: tuple[Demand, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    furniture: tuple[Value, ...] = ()
    enclosed: tuple["Reading", ...] = field(default=())
