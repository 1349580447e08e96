"""Rules of a programme from accepted lines: rounds, paces, and who answers for whom."""

import re
from datetime import date

from dianping.programmes.rules.accepted import (
    NOT_CARRIED_OUT,
    RULE,
    Accepted,
    AcceptedLine,
    Head,
    Passage,
)
from dianping.programmes.rules.drafting_words import MENU, reviewed_by, targets_of, whose_kinds

WHOLE_ROUND = "普遍点评一轮"
NOBODY_NAMED = "文中没有写明由谁点评，按隶属和分管"


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


RuleEntry = RoundEntry | PaceEntry


def rules(accepted: Accepted, head: Head) -> list[RuleEntry]:
    """Rounds and paces."""
    return [*rounds(accepted, head), *cadences(accepted, head)]


def rounds(accepted: Accepted, head: Head) -> list[RoundEntry]:
    """A window in which everybody is to be reviewed once: a date beside the words that order a round, or beside a
    review of some class of target. A campaign whose every named review is of members is about members."""
    ordered = {line.clause: line for line in accepted.demands("round")}
    named = {code for line in accepted.of("responsibility") for code in reviews(line)}
    entries: list[RoundEntry] = []

    def add(when: AcceptedLine, name: str, about: list[str], cited: Passage) -> None:
        due = date.fromisoformat(when.value["end"])
        accepted.ended(when, RULE, f"{name}的期限。")
        entries.append(
            {
                "code": f"{head.code}-round-{len(entries) + 1}",  # another campaign's round is another rule
                "name": name,
                "opens": min(date.fromisoformat(when.value["start"] or head.issued.isoformat()), due),
                "due": due,
                "about": about,
                **cited,
            }
        )

    for when in accepted.of("date"):
        if when.clause in ordered and when.value.get("end"):
            # Contact points are nobody's unless a line says so.
            whole = [code for code in MENU if code != "contact" or code in named]
            about = ["member"] if named == {"member"} else whole
            accepted.ended(ordered[when.clause], RULE, "普遍点评一轮。")
            add(when, WHOLE_ROUND, about, ordered[when.clause].cited)
    for line in accepted.demands("round"):
        accepted.ended(line, NOT_CARRIED_OUT, "要普遍点评一轮，同一条里没有读出期限；请补上期限。")
    for line in accepted.of("responsibility"):
        by = nearest_date(line, accepted)
        if by is not None and line.clause not in ordered and reviews(line):
            accepted.ended(line, RULE, f"谁点评谁，{by.value['end']} 前点评一次。")
            add(by, f"点评{line.value['about']}"[:60], reviews(line), line.cited)
    return entries


def reviews(line: AcceptedLine) -> list[str]:
    """The classes of target a line about who reviews whom speaks of."""
    return reviewed_by(str(line.value.get("reviewer", "")), str(line.value.get("about", "")))


def nearest_date(line: AcceptedLine, accepted: Accepted) -> AcceptedLine | None:
    """The date of the same clause that stands nearest to a line's words, none for a date something is handed in by."""
    handed_in = {(d.clause, d.value.get("until")) for d in accepted.of("deliverable")}
    dates = [
        when
        for when in accepted.of("date")
        if when.clause == line.clause and when.value.get("end") and (when.clause, when.text) not in handed_in
    ]
    return min(dates, key=lambda when: abs(when.at[0] - line.at[0]), default=None)


def whom(line: AcceptedLine, accepted: Accepted) -> list[str]:
    """The classes of target a pace is set for; where it only says 点评, those whose review the same clause orders, else the paper."""
    about = str(line.value.get("about", ""))
    targets = targets_of(about)
    # A pace of reviews as such: 每学期至少点评一次.
    if targets or not re.fullmatch(r"(?:领导(?:干部)?)?(?:点评|讲评|评议)?(?:工作|活动)?", about):
        return targets
    said = accepted.of("responsibility")
    near = [one for one in said if one.clause == line.clause] or said
    named = {code for one in near for code in reviews(one)}
    return [code for code in MENU if code in named]


def cadences(accepted: Accepted, head: Head) -> list[PaceEntry]:
    """One rule for every pace; what is said of branches holds for general branches too (decision 0004)."""
    paces: dict[tuple[int, int, bool], PaceEntry] = {}
    for line in accepted.of("cadence"):
        months, times = line.value.get("months"), line.value.get("times") or 1
        about, kinds = whom(line, accepted), whose_kinds(str(line.value.get("about", "")))
        if not months or int(months) not in (1, 2, 3, 4, 6, 12):
            accepted.ended(
                line, NOT_CARRIED_OUT, "频次不是每 1、2、3、4、6、12 个月几次，排不出期限；请更正或另行安排。"
            )
            continue
        if not about:
            accepted.ended(line, NOT_CARRIED_OUT, "没有读出这个频次是对谁的；请在“对谁”一格写明。")
            continue
        accepted.ended(line, RULE, f"每 {months} 个月 {times} 次。")
        of_kinds = bool(kinds)
        more = "" if (int(months), int(times), not of_kinds) not in paces else "-2"
        rule = paces.setdefault(
            (int(months), int(times), of_kinds),
            {
                "code": f"{head.code}-{months}-{times}{more}",
                "name": f"每 {months} 个月 {times} 次",
                "months": int(months),
                "times": int(times),
                "about": [],
                "kinds": [],
                **line.cited,
            },
        )
        rule["about"] += [code for code in about if code not in rule["about"]]
        rule["kinds"] += [kind for kind in kinds if kind not in rule["kinds"]]
    return list(paces.values())


def responsibilities(accepted: Accepted, ordered: list[RuleEntry]) -> list[dict[str, object]]:
    """Who answers for whom, by the lines that say it; what a rule orders and no line says, by the rule's own clause."""
    said: dict[str, AcceptedLine] = {}
    for line in accepted.of("responsibility"):
        codes = reviews(line)
        for code in codes:
            said.setdefault(code, line)
        if codes:
            accepted.ended(line, RULE, "谁点评谁。")
        else:
            accepted.ended(line, NOT_CARRIED_OUT, "没有读出由谁点评谁；请更正“谁”和“对谁”两格。")
    for line in accepted.demands("oversight"):
        # A working committee or one of a trade: 省直工委, 行业党委.
        if re.search(r"工委|行业党委", line.text):
            said.setdefault("committee", line)
            said.setdefault("committee_secretary", line)
            accepted.ended(line, RULE, "党委由系统外的上级点评。")
    by_rule = {code: rule for rule in ordered for code in rule["about"]}
    entries = []
    for code, entry in MENU.items():
        if code in said:
            entries.append({"code": code, **entry, **said[code].cited})
        elif code in by_rule:
            entries.append({"code": code, **entry, "clause": by_rule[code]["clause"], "says": NOBODY_NAMED})
    return entries
