"""What a programme says, as plain values. Every value that binds somebody carries the clause it comes from."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from dianping.base.windows import Cadence, Window


@dataclass(frozen=True, slots=True)
class ClauseCitation:
    """A clause: the paper's number, the place in it, and what it says in a few words."""

    paper: str
    clause: str
    says: str = ""
    due: date | None = None

    def as_dict(self) -> dict[str, str]:
        """Plain values, for a JSON column."""
        plain = {"paper": self.paper, "clause": self.clause, "says": self.says}
        return plain | ({"due": self.due.isoformat()} if self.due else {})


# The parts of a review where no paper names them.
USUAL_PARTS = (
    ("evaluation", "评价"),
    ("achievements", "取得的成绩"),
    ("problems", "存在的问题"),
    ("direction", "努力方向"),
)
NO_PARTS_NAMED = "文中没有写明写哪几部分，按通常的四部分"

# How the reviewer stands to the target: the secretary of the member's own branch, the leader in charge of the organisation, the
# secretary of its superior; and every leader whose contact point (联系点) the organisation is, each of whom owes a review of his own.
OWN_SECRETARY, IN_CHARGE, SUPERIOR_SECRETARY = "own_secretary", "in_charge", "superior_secretary"
HEARD = "heard"  # the heading under which reviews at a hearing are counted, apart from those of rounds and cadences
CONTACT = "contact"
DAYS_LEFT = 7  # where a programme sets no other number


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who answers for reviewing one class of target.

    about: "member", "organisation" or "secretary"; kinds: organisation kinds (for members: of the branch);
    place: "below" (anything under the top organisation) or "top"; reviewers: relations tried in order,
    of "own_secretary", "in_charge", "superior_secretary", or "contact" alone; target: the heading it is counted under.
    """

    code: str
    about: str
    kinds: frozenset[str]
    place: str
    reviewers: tuple[str, ...]
    target: str
    cited: ClauseCitation


@dataclass(frozen=True, slots=True)
class Rule:
    """How often: a one-off round with its dates, or a cadence; for which responsibilities and kinds."""

    code: str
    name: str
    about: tuple[str, ...]
    cited: tuple[ClauseCitation, ...]
    round: Window | None = None
    cadence: Cadence | None = None
    kinds: frozenset[str] = frozenset()
    earlier: tuple[tuple[str, ClauseCitation], ...] = ()  # (responsibility, cited with its own nearer due)
    since: date | None = None  # the day of the paper that ordered it; a cadence begins after it

    def nearer(self, responsibility: str) -> ClauseCitation | None:
        """The nearest date a paper below set for one responsibility, if any did."""
        nearer = [cited for code, cited in self.earlier if code == responsibility]
        return min(nearer, key=lambda cited: cited.due or date.max) if nearer else None

    def window(self, day: date, issued: date) -> Window | None:
        """The window that holds a day, None outside the round or before the cadence's first whole window."""
        if self.round is not None:
            return self.round if day in self.round else None
        assert self.cadence is not None
        window = self.cadence.window(day)
        return window if window.opens >= self.cadence.first_window(self.since or issued).opens else None


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One line of the duty book to be: a rule applied to one responsibility in one window. Who joins after `joins_until` is not
    due in it (decision 0063)."""

    rule: str
    name: str
    responsibility: Responsibility
    kinds: frozenset[str]
    window: Window
    cited: tuple[ClauseCitation, ...]
    joins_until: date
    days_left: int | None = (
        None  # of a one-off round: how many days whoever joins must have left; None for a cadence
    )


@dataclass(frozen=True, slots=True)
class TemplatePart:
    """One part of a review's text: key, printed name, whether the programme demands it."""

    key: str
    name: str
    required: bool


@dataclass(frozen=True, slots=True)
class Template:
    """What is said about one class of target, and what to look at.

    An overlay's may leave out the parts, or what to look at: then the superior's stand. `looked_at` is the clause that says what to
    look at, where that is another than the clause of the parts.
    """

    about: str
    parts: tuple[TemplatePart, ...]
    look_at: tuple[str, ...]
    cited: ClauseCitation
    by_unit_kind: tuple[tuple[str, str], ...] = ()
    looked_at: ClauseCitation | None = None

    def look_at_for(self, unit_kind: str) -> tuple[str, ...]:
        """The points to look at, with the hint for this kind of unit when there is one."""
        hint = dict(self.by_unit_kind).get(unit_kind)
        return (*self.look_at, hint) if hint else self.look_at


@dataclass(frozen=True, slots=True)
class Mode:
    """A way of reviewing, with every clause that names it, the superior's first."""

    key: str
    name: str
    cited: tuple[ClauseCitation, ...]


@dataclass(frozen=True, slots=True)
class Criteria:
    """A named list a review turns on (五个好, 五个表率), of one class of target, with its source. Never scored."""

    name: str
    about: str
    items: tuple[str, ...]
    cited: ClauseCitation


@dataclass(frozen=True, slots=True)
class Deliverable:
    """A paper owed upward: what, by which kinds of organisation, to whom, between which days."""

    code: str
    name: str
    kinds: frozenset[str]
    to: str
    window: Window
    cited: ClauseCitation
    before: tuple[ClauseCitation, ...] = ()  # what the papers said that this one amended, the nearest first


@dataclass(frozen=True, slots=True)
class Hearing:
    """A meeting at which somebody hears the reports of units of some kinds: by whom, between which days.

    collective: whether the units' secretaries are reviewed together there.
    """

    code: str
    name: str
    units: frozenset[str]
    heard_by: str
    window: Window
    collective: bool
    cited: ClauseCitation
    before: tuple[ClauseCitation, ...] = ()  # what the papers said that this one amended, the nearest first

    def reviews(self) -> RuleLine:
        """The reviews of the units' secretaries as a line of the duty book: by the secretary who heads the hearers, else by
        the leader in charge where he himself heads the unit (decision 0005)."""
        duty = Responsibility(
            HEARD, "secretary", self.units, "below", (SUPERIOR_SECRETARY, IN_CHARGE), HEARD, self.cited
        )
        return RuleLine(
            self.code, self.name, duty, self.units, self.window, (self.cited, *self.before), self.window.opens
        )


@dataclass(frozen=True, slots=True)
class Grounds:
    """在案的依据: of which classes of target a regular review must rest on something on file, or say why on nothing.

    about: of "organisation", "secretary", "member"; months: how far back what is on file still counts.
    """

    about: frozenset[str]
    cited: ClauseCitation
    months: int = 6  # the longest time the paper lets pass between two reviews (decision 0066)

    @property
    def named(self) -> list[str]:
        """The classes of target in words, in their order."""
        words = {"organisation": "党组织", "secretary": "书记", "member": "党员"}
        return [word for about, word in words.items() if about in self.about]


@dataclass(frozen=True, slots=True)
class EntryRule:
    """When an entry counts: within `on_time_days` of the act as on time, within `latest_days` as late, then never."""

    on_time_days: int = 7
    latest_days: int = 30


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme as one paper orders it, or as several laid over one another order it together."""

    code: str
    title: str
    number: str
    issuer: str
    issued: date
    extends: str = ""
    aliases: tuple[str, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    rules: tuple[Rule, ...] = ()
    templates: tuple[Template, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    modes: tuple[Mode, ...] = ()
    forms: tuple[tuple[str, str], ...] = ()  # (key, name)
    outside: str = ""
    entry: EntryRule = field(default_factory=EntryRule)
    follow_up: ClauseCitation | None = None
    stricter: tuple[
        tuple[str, tuple[str, ...], ClauseCitation], ...
    ] = ()  # (rule, responsibilities, cited with due)
    criteria: tuple[Criteria, ...] = ()
    papers: tuple[str, ...] = ()
    present: tuple[
        tuple[str, int], ...
    ] = ()  # (kind of event, how many ordinary members and masses at least)
    grounds: Grounds | None = None
    days_left: int | None = None  # whoever joins in a one-off round is due in it when so many days are left

    @property
    def least_days_left(self) -> int:
        """How many days must be left of a one-off round for whoever joins within it to be due in it."""
        return DAYS_LEFT if self.days_left is None else self.days_left

    def ordinary_at(self, kind: str) -> int:
        """How many ordinary members and masses are to be at an event of a kind; 0 where nothing is said."""
        return dict(self.present).get(kind, 0)

    def lines(self, day: date) -> list[RuleLine]:
        """Every line whose window holds a day, in the order of rules and responsibilities."""
        lines: list[RuleLine] = []
        duty_of = {r.code: r for r in self.responsibilities}
        for rule in self.rules:
            window = rule.window(day, self.issued)
            if window is None:
                continue
            for code in rule.about:
                line = _line(rule, duty_of[code], window, rule.nearer(code), self.least_days_left)
                if line.kinds:
                    lines.extend(_times(line, rule.cadence.times if rule.cadence else 1))
        return lines

    def template(self, about: str) -> Template:
        """The template for "organisation", "secretary" or "member"; where no paper says of which parts, the usual ones."""
        said = next((t for t in self.templates if t.about == about), None)
        if said is not None and said.parts:
            return said
        usual = tuple(
            TemplatePart(key, name, (key, about) != ("achievements", "member")) for key, name in USUAL_PARTS
        )
        cited = ClauseCitation(self.number, "正文", NO_PARTS_NAMED)
        if said is None:
            return Template(about, usual, (), cited)
        return replace(said, parts=usual, cited=cited, looked_at=said.looked_at or said.cited)

    @property
    def forms_of_review(self) -> list[Template]:
        """The templates of all three classes of target."""
        return [self.template(about) for about in ("organisation", "secretary", "member")]

    def demands_grounds(self, about: str) -> bool:
        """Whether a regular review of "organisation", "secretary" or "member" must say what on file it rests on."""
        return self.grounds is not None and about in self.grounds.about

    def criteria_of(self, about: str) -> tuple[Criteria, ...]:
        """The named lists a review of "organisation", "secretary" or "member" turns on."""
        return tuple(named for named in self.criteria if named.about == about)


def _line(
    rule: Rule, duty: Responsibility, window: Window, nearer: ClauseCitation | None, days_left: int
) -> RuleLine:
    kinds = duty.kinds & rule.kinds if rule.kinds else duty.kinds
    cited = (*rule.cited, duty.cited)
    if nearer is not None and nearer.due is not None:
        cited = (nearer, *cited)
        if window.opens <= nearer.due < window.due:
            window = replace(window, due=nearer.due)
    # There is another window of a cadence, none of a round.
    in_time = window.due - timedelta(days=days_left) if rule.round is not None else window.opens
    least = days_left if rule.round is not None else None
    return RuleLine(rule.code, rule.name, duty, kinds, window, cited, max(window.opens, in_time), least)


def _times(line: RuleLine, times: int) -> list[RuleLine]:
    """A line that asks for several reviews a window is owed as several lines, told apart by their number."""
    more = [
        replace(
            line,
            name=f"{line.name}（第 {n} 次）",
            responsibility=replace(line.responsibility, code=f"{line.responsibility.code}#{n}"),
        )
        for n in range(2, times + 1)
    ]
    return [line, *more]
