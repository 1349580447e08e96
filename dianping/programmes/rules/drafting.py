"""From what a person accepted of a paper to a programme file: plain values, each with the clause it comes from.

The vocabulary of programmes is small; a paper's words are brought to it here, by the decisions of docs/decisions
where the paper is silent (0004 for the tier a paper does not name, 0007 and 0008 for who stands for whom).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from dianping.programmes.rules.drafting_words import (
    BELOW_TOP,
    BRANCHES,
    COMMITTEES,
    DEFAULT_PARTS,
    DIRECT,
    FORM_KEYS,
    MENU,
    parts_in,
    reviewed_by,
    targets_of,
    whose_kinds,
)
from dianping.programmes.rules.model import Programme


@dataclass(frozen=True, slots=True)
class Head:
    """The paper a programme is drafted from."""

    title: str
    number: str
    issuer: str
    issued: date
    aliases: tuple[str, ...] = ()
    addressees: str = ""

    @staticmethod
    def code_of(number: str) -> str:
        """A paper's number as a name: 豫创组办发-2010-26."""
        # Either bracket around the year: 〔2010〕.
        return re.sub(r"[〔〕]", "-", number.removesuffix("号"))

    @property
    def code(self) -> str:
        """A name for files and keys: the number without its brackets, or the title's beginning with the date."""
        if self.number:
            return self.code_of(self.number)
        return f"{self.title[:12]}-{self.issued}"


class Passage(TypedDict):
    """Where an entry of a programme file stands in the paper, and its words there."""

    clause: str
    says: str


class RoundEntry(Passage):
    """A window in which everybody is reviewed once."""

    code: str
    name: str
    opens: date
    due: date
    about: list[str]


class PaceEntry(Passage):
    """So many reviews in so many months."""

    code: str
    name: str
    months: int
    times: int
    about: list[str]
    kinds: list[str]


class DeliverableEntry(Passage):
    """Something to hand in, or to do, by a day: by which kinds of organisation, to whom."""

    code: str
    name: str
    kinds: list[str]
    to: str
    opens: date
    due: date


class HearingEntry(Passage):
    """A meeting at which units report between two days: to whom, and whether their secretaries are reviewed there."""

    code: str
    name: str
    units: list[str]
    heard_by: str
    opens: date
    due: date
    collective: bool


class StricterEntry(Passage):
    """A nearer day for a part of a round of the base."""

    rule: str
    about: list[str]
    due: date


RuleEntry = RoundEntry | PaceEntry
WHOLE_ROUND = "普遍点评一轮"
NOBODY_NAMED = "文中没有写明由谁点评，按隶属和分管"
NO_PARTS_NAMED = "文中没有写明写哪几部分，按通常的四部分"


@dataclass(frozen=True, slots=True)
class AcceptedLine:
    """One line somebody accepted. `value` is named as in the reading's plain form (see notices.rules); `at` is the
    place of its words in the notice."""

    kind: str
    value: dict[str, Any]
    clause: str
    text: str
    at: tuple[int, int] = (0, 0)

    @property
    def cited(self) -> Passage:
        """Where it stands and what it says, in the paper's own words."""
        return {"clause": self.clause or "正文", "says": self.text[:120]}


def draft_programme(
    head: Head, lines: Iterable[AcceptedLine], *, base: Programme | None = None
) -> dict[str, object]:
    """The programme that the accepted lines order, as values of a programme file; an overlay when there is a base."""
    by_kind: dict[str, list[AcceptedLine]] = {}
    for line in lines:
        by_kind.setdefault(line.kind, []).append(line)
    draft: dict[str, object] = {
        "code": head.code,
        "title": head.title,
        "number": head.number or "（没有文号）",
        "issuer": head.issuer or "（没有写明）",
        "issued": head.issued,
    }
    if head.aliases:
        draft["aliases"] = list(head.aliases)
    if base is not None:
        draft["extends"] = base.code
        draft["stricter"] = _stricter(by_kind, base)
    else:
        rules = _rules(by_kind, head)
        draft["outside"] = {"reviewer": "上级党组织"}
        draft["rule"] = rules
        draft["responsibility"] = _responsibilities(by_kind, rules)
        draft["template"] = _templates(by_kind, head)
    draft["deliverable"] = _deliverables(by_kind, head)
    draft["hearing"] = _hearings(by_kind, head)
    draft["mode"] = _modes(by_kind)
    draft["form"] = _forms(by_kind)
    follow_up = _follow_up(by_kind)
    if follow_up:
        draft["follow_up"] = follow_up
    return {key: value for key, value in draft.items() if value not in ([], None)}


def _rules(by_kind: dict[str, list[AcceptedLine]], head: Head) -> list[RuleEntry]:
    return [*_rounds(by_kind, head), *_cadences(by_kind, head)]


def _rounds(by_kind: dict[str, list[AcceptedLine]], head: Head) -> list[RoundEntry]:
    """A window in which everybody is to be reviewed once: a date beside the words that order a round, or beside a
    review of some class of target. A campaign whose every named review is of members is about members."""
    ordered = {line.clause: line for line in by_kind.get("demand", ()) if line.value.get("kind") == "round"}
    named = {code for line in by_kind.get("responsibility", ()) for code in _reviews(line)}
    rounds: list[RoundEntry] = []

    def add(when: AcceptedLine, name: str, about: list[str], cited: Passage) -> None:
        due = date.fromisoformat(when.value["end"])
        rounds.append(
            {
                "code": f"{head.code}-round-{len(rounds) + 1}",  # another campaign's round is another rule
                "name": name,
                "opens": min(date.fromisoformat(when.value["start"] or head.issued.isoformat()), due),
                "due": due,
                "about": about,
                **cited,
            }
        )

    for when in by_kind.get("date", ()):
        if when.clause in ordered and when.value.get("end"):
            # Contact points are nobody's unless a line says so.
            whole = [code for code in MENU if code != "contact" or code in named]
            about = ["member"] if named == {"member"} else whole
            add(when, WHOLE_ROUND, about, ordered[when.clause].cited)
    for line in by_kind.get("responsibility", ()):
        by = _nearest_date(line, by_kind)
        if by is not None and line.clause not in ordered and _reviews(line):
            add(by, f"点评{line.value['about']}"[:60], _reviews(line), line.cited)
    return rounds


def _reviews(line: AcceptedLine) -> list[str]:
    """The classes of target a line about who reviews whom speaks of."""
    return reviewed_by(str(line.value.get("reviewer", "")), str(line.value.get("about", "")))


def _nearest_date(line: AcceptedLine, by_kind: dict[str, list[AcceptedLine]]) -> AcceptedLine | None:
    """The date of the same clause that stands nearest to a line's words, none for a date something is handed in by."""
    handed_in = {(d.clause, d.value.get("until")) for d in by_kind.get("deliverable", ())}
    dates = [
        when
        for when in by_kind.get("date", ())
        if when.clause == line.clause and when.value.get("end") and (when.clause, when.text) not in handed_in
    ]
    return min(dates, key=lambda when: abs(when.at[0] - line.at[0]), default=None)


def _cadences(by_kind: dict[str, list[AcceptedLine]], head: Head) -> list[PaceEntry]:
    """One rule for every pace; what is said of branches holds for general branches too (decision 0004)."""
    paces: dict[tuple[int, int], PaceEntry] = {}
    for line in by_kind.get("cadence", ()):
        months, times = line.value.get("months"), line.value.get("times") or 1
        about = targets_of(str(line.value.get("about", "")))
        if not months or not about:
            continue
        rule = paces.setdefault(
            (int(months), int(times)),
            {
                "code": f"{head.code}-{months}-{times}",
                "name": f"每 {months} 个月 {times} 次",
                "months": int(months),
                "times": int(times),
                "about": [],
                "kinds": [],
                **line.cited,
            },
        )
        for code in about:
            if code not in rule["about"]:
                rule["about"].append(code)
        for kind in whose_kinds(str(line.value.get("about", ""))):
            if kind not in rule["kinds"]:
                rule["kinds"].append(kind)
    return list(paces.values())


def _responsibilities(
    by_kind: dict[str, list[AcceptedLine]], rules: list[RuleEntry]
) -> list[dict[str, object]]:
    """Who answers for whom, by the lines that say it; what a rule orders and no line says, by the rule's own clause."""
    said: dict[str, AcceptedLine] = {}
    for line in by_kind.get("responsibility", ()):
        for code in _reviews(line):
            said.setdefault(code, line)
    for line in by_kind.get("demand", ()):
        # A working committee or one of a trade: 省直工委, 行业党委.
        if line.value.get("kind") == "oversight" and re.search(r"工委|行业党委", line.text):
            said.setdefault("committee", line)
            said.setdefault("committee_secretary", line)
    ordered = {code: rule for rule in rules for code in rule["about"]}
    responsibilities = []
    for code, entry in MENU.items():
        if code in said:
            responsibilities.append({"code": code, **entry, **said[code].cited})
        elif code in ordered:
            rule = ordered[code]
            responsibilities.append(
                {
                    "code": code,
                    **entry,
                    "clause": rule["clause"],
                    "says": NOBODY_NAMED,
                }
            )
    return responsibilities


def _stricter(by_kind: dict[str, list[AcceptedLine]], base: Programme) -> list[StricterEntry]:
    """A date the overlay sets beside a review it orders: it binds the base's round where it is the nearer."""
    round_ = next((rule for rule in base.rules if rule.round is not None), None)
    if round_ is None or round_.round is None:
        return []
    handed_in = {(d.clause, d.value.get("until")) for d in by_kind.get("deliverable", ())}
    entries: list[StricterEntry] = []
    for line in by_kind.get("responsibility", ()):
        codes = [code for code in _reviews(line) if code in round_.about]
        for when in by_kind.get("date", ()):
            if when.clause != line.clause or (when.clause, when.text) in handed_in or not codes:
                continue
            due = date.fromisoformat(when.value["end"]) if when.value.get("end") else None
            if due is not None and round_.round.opens <= due < round_.round.due:
                entries.append({"rule": round_.code, "about": codes, "due": due, **line.cited})
    return _nearest(entries)


def _nearest(entries: list[StricterEntry]) -> list[StricterEntry]:
    """Where one paper sets two dates for the same review, the nearer one; the later is only when it is spoken of."""
    settled: set[str] = set()
    kept = []
    for entry in sorted(entries, key=lambda entry: entry["due"]):
        about = [code for code in entry["about"] if code not in settled]
        settled.update(about)
        if about:
            kept.append(entry | {"about": about})
    return kept


def _deliverables(by_kind: dict[str, list[AcceptedLine]], head: Head) -> list[DeliverableEntry]:
    papers: list[DeliverableEntry] = []
    for line in by_kind.get("deliverable", ()):
        if not line.value.get("due"):
            continue
        due = date.fromisoformat(line.value["due"])
        papers.append(
            {
                "code": f"{head.code}-paper-{len(papers) + 1}",
                "name": str(line.value.get("what") or "材料")[:60],
                "kinds": _owing(str(line.value.get("by", "")), head),
                "to": str(line.value.get("to") or head.issuer or "上级办公室"),
                "opens": min(head.issued, due),
                "due": due,
                **line.cited,
            }
        )
    return [*papers, *_acts(by_kind, head)]


def _hearings(by_kind: dict[str, list[AcceptedLine]], head: Head) -> list[HearingEntry]:
    """A meeting at which units report. A line that is read as a hearing says itself who hears whom and when; one that only
    orders to hear takes the dates of its clause, and everybody the paper is addressed to."""
    hearings = [hearing_entry(line, line.value, head) for line in by_kind.get("hearing", ())]
    read = {entry["clause"] for entry in hearings if entry is not None}
    for line in by_kind.get("demand", ()):
        if line.value.get("kind") != "hearing" or line.cited["clause"] in read:
            continue
        for when in by_kind.get("date", ()):
            if when.clause == line.clause and when.value.get("end") and when.value.get("start"):
                span = {"opens": when.value["start"], "due": when.value["end"]}
                # Reviewed together: 对各党总支书记进行集中点评.
                together = re.search(r"集中点评|逐一点评|现场点评", line.text)
                hearings.append(hearing_entry(line, span | {"collective": bool(together)}, head))
    found = [entry for entry in hearings if entry is not None]
    for n, entry in enumerate(found, 1):
        entry["code"] = f"{head.code}-hearing-{n}"
    return found


def hearing_entry(line: AcceptedLine, said: Mapping[str, Any], head: Head) -> HearingEntry | None:
    """A hearing as a programme file has it, from what a line says: `hearer`, `units`, `opens`, `due`, `collective`. What is not
    said is the committee, and everybody the paper is addressed to; none without a last day."""
    if not said.get("due"):
        return None
    due = date.fromisoformat(str(said["due"]))
    opens = min(date.fromisoformat(str(said.get("opens") or head.issued)), due)
    hearer = str(said.get("hearer") or "党委")
    return {
        "code": "",
        "name": f"{hearer}集中听取活动开展情况汇报"[:60],
        "units": _owing(str(said.get("units") or "各单位"), head),
        "heard_by": hearer,
        "opens": opens,
        "due": due,
        "collective": bool(said.get("collective")),
        **line.cited,
    }


def _acts(by_kind: dict[str, list[AcceptedLine]], head: Head) -> list[DeliverableEntry]:
    """A meeting to hold or a step to take by a day (召开组织生活会, 公示): owed by those it is asked of, and told to
    the issuer. Where the same sentence orders a review or a paper by that day, that is what is owed."""
    said = [*by_kind.get("responsibility", ()), *by_kind.get("deliverable", ())]
    acts: list[DeliverableEntry] = []
    for line in by_kind.get("demand", ()):
        if line.value.get("kind") != "act":
            continue
        start, end = line.at
        when = _nearest_date(line, by_kind)
        inside = when is not None and start <= when.at[0] < end
        if when is None or not inside or any(start <= other.at[0] < end for other in said):
            continue
        due = date.fromisoformat(when.value["end"])
        acts.append(
            {
                "code": f"{head.code}-act-{len(acts) + 1}",
                "name": str(line.value.get("about"))[:60],
                "kinds": _owing(line.text[: line.text.find(str(line.value.get("about")))], head),
                "to": head.issuer or "上级办公室",
                "opens": min(date.fromisoformat(when.value["start"] or head.issued.isoformat()), due),
                "due": due,
                **line.cited,
            }
        )
    return acts


def _owing(by: str, head: Head) -> list[str]:
    """The kinds of organisation a paper is asked of; 各单位 means everybody the paper is addressed to, units among them."""
    if re.search(r"支部", by) and not re.search(r"直属", by):
        return [*BRANCHES, *DIRECT]
    # A word for units of any kind.
    named = whose_kinds(by) if not re.search(r"各单位|各级|单位", by) else []
    addressed = whose_kinds(head.addressees)
    wanted = named or [*(kind for kind in COMMITTEES if kind in BELOW_TOP), *addressed]
    return [kind for kind in (*BELOW_TOP, *DIRECT) if kind in wanted] or [*BELOW_TOP, *DIRECT]


def _templates(by_kind: dict[str, list[AcceptedLine]], head: Head) -> list[dict[str, object]]:
    """What is said about each class of target: the parts the paper names, the usual four where it names none."""
    demands = by_kind.get("demand", ())
    parts = {about: (line, keys) for line in demands if line.value.get("kind") == "parts"
             for about, keys in parts_in(line.text).items()}  # fmt: skip
    look_at = {about: names for line in demands if line.value.get("kind") == "focus"
               for about, names in _focus(line, demands).items()}  # fmt: skip
    templates: list[dict[str, object]] = []
    for about in ("organisation", "secretary", "member"):
        line, keys = (
            parts.get(about) or parts.get("organisation" if about == "secretary" else "") or (None, ())
        )
        named = [
            {
                "key": key,
                "name": name,
                "required": key in keys if keys else (key, about) != ("achievements", "member"),
            }
            for key, name in DEFAULT_PARTS
        ]
        cited = line.cited if line else {"clause": "正文", "says": NO_PARTS_NAMED}
        templates.append({"about": about, "part": named, "look_at": look_at.get(about, []), **cited})
    return templates


def _focus(line: AcceptedLine, demands: Iterable[AcceptedLine]) -> dict[str, list[str]]:
    """What to look at; the class of target is named in the sentence, or in the one about parts just before it."""
    # What to look at: 创先争优 of 重点围绕创先争优情况进行点评.
    names = re.search(r"(?:重点围绕|主要点评)(?:其)?(.+?)(?:等)?(?:情况|的情况|进行点评|。|$)", line.text)
    about = "secretary" if "书记" in line.text else ""
    before = ""
    for other in demands:
        if other is line:
            break
        if other.value.get("kind") == "parts":
            before = next(iter(parts_in(other.text)), "")
    about = about or before
    # What parts the points: 、, 和.
    return {about: re.split(r"[、和]", names[1])} if names and about else {}


def _modes(by_kind: dict[str, list[AcceptedLine]]) -> list[dict[str, str]]:
    return [
        {"key": str(line.value.get("kind")), "name": str(line.value.get("about")), "clause": line.clause}
        for line in by_kind.get("mode", ())
        if line.value.get("kind") != "other"  # a way of reviewing that no record of a review knows
    ]


def _forms(by_kind: dict[str, list[AcceptedLine]]) -> list[dict[str, str]]:
    return [
        {
            "key": FORM_KEYS.get(str(line.value.get("about")), f"form_{n}"),
            "name": str(line.value.get("about")),
        }
        for n, line in enumerate(by_kind.get("form", ()), 1)
    ]


def _follow_up(by_kind: dict[str, list[AcceptedLine]]) -> dict[str, str] | None:
    for line in (*by_kind.get("consequence", ()), *by_kind.get("deliverable", ())):
        if "书面报告" in line.text and "点评" in line.text:
            cited: dict[str, str] = line.cited
            return cited
    return None
