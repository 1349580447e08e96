"""What is owed upward, from accepted lines: papers and acts by a day; and hearings between two days."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from dianping.programmes.rules.accepted import (
    DUTY,
    NOT_CARRIED_OUT,
    NOTE,
    Accepted,
    AcceptedLine,
    Head,
    Passage,
)
from dianping.programmes.rules.drafting_rules import nearest_date
from dianping.programmes.rules.drafting_words import (
    BELOW_TOP,
    BRANCHES,
    COMMITTEES,
    DIRECT,
    plain,
    whose_kinds,
)


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


def deliverables(accepted: Accepted, head: Head, *, moved: bool = False) -> list[DeliverableEntry]:
    """Everything owed upward; where a paper moves deadlines, what it names without a day of its own is not told as missing one."""
    papers: list[DeliverableEntry] = []
    for line in accepted.of("deliverable"):
        if not line.value.get("due"):
            if "书面报告" not in line.text and not moved:
                accepted.ended(line, NOT_CARRIED_OUT, "没有读出哪一天前报；请在“期限”一格写明。")
            continue
        due = date.fromisoformat(line.value["due"])
        again = (
            "文中是定期报送，只列出这第一次。" if str(line.value.get("until", "")).startswith("每") else ""
        )
        accepted.ended(line, DUTY, f"{line.value.get('what') or '材料'}，{due} 前报。{again}")
        for when in accepted.of("date"):
            if when.clause == line.clause and when.text == line.value.get("until"):
                accepted.ended(when, DUTY, "报材料的期限。")
        papers.append(
            {
                "code": f"{head.code}-paper-{len(papers) + 1}",
                "name": str(line.value.get("what") or "材料")[:60],
                "kinds": owing(str(line.value.get("by", "")), head),
                "to": str(line.value.get("to") or head.issuer or "上级办公室"),
                "opens": min(head.issued, due),
                "due": due,
                **line.cited,
            }
        )
    return [*papers, *_acts(accepted, head)]


def hearings(accepted: Accepted, head: Head) -> list[HearingEntry]:
    """A meeting at which units report. A line that is read as a hearing says itself who hears whom and when; one that only
    orders to hear takes the dates of its clause, and everybody the paper is addressed to."""
    found: list[HearingEntry] = []
    for line in accepted.of("hearing"):
        entry = _hearing(line, line.value, head)
        if entry is None:
            accepted.ended(line, NOT_CARRIED_OUT, "要听取汇报，没有读出到哪一天为止；请在“止”一格写明。")
            continue
        found.append(entry)
        _heard(accepted, line, entry)
    read = {entry["clause"] for entry in found}
    for line in accepted.demands("hearing"):
        if line.cited["clause"] in read:
            accepted.ended(line, DUTY, "同一条里的听取汇报已经列为应办。")
            continue
        for when in accepted.of("date"):
            if when.clause == line.clause and when.value.get("end") and when.value.get("start"):
                span = {"start": when.value["start"], "end": when.value["end"]}
                entry = _hearing(line, span, head)
                if entry is not None:
                    found.append(entry)
                    _heard(accepted, line, entry)
                    for other in accepted.of("hearing"):
                        if other.clause == line.clause:
                            accepted.ended(other, DUTY, "按同一条里的日子列为应办。")
        accepted.ended(line, NOT_CARRIED_OUT, "要听取汇报，同一条里没有读出从哪天到哪天；请补上。")
    for n, entry in enumerate(found, 1):
        entry["code"] = f"{head.code}-hearing-{n}"
    return found


def _heard(accepted: Accepted, line: AcceptedLine, entry: HearingEntry) -> None:
    """The line became a hearing, and the date of its clause the day of it."""
    together = "，并对书记集中点评" if entry["collective"] else ""
    accepted.ended(
        line, DUTY, f"{entry['heard_by']}听取汇报，{entry['opens']} 至 {entry['due']}，各单位准备{together}。"
    )
    for when in accepted.of("date"):
        if when.clause == line.clause and when.value.get("end") == entry["due"].isoformat():
            accepted.ended(when, DUTY, "听取汇报的日子。")


# Reviewed together: 对各党总支书记进行集中点评.
_TOGETHER = re.compile(r"集中点评|逐一点评|现场点评")


def _hearing(line: AcceptedLine, said: Mapping[str, Any], head: Head) -> HearingEntry | None:
    """A hearing as a programme file has it, from what a line says: `hearer`, `units`, `start`, `end`, `collective`. What is not
    said is the committee, everybody the paper is addressed to, and what its own words say of reviews; none without a last day."""
    if not said.get("end"):
        return None
    due = date.fromisoformat(str(said["end"]))
    opens = min(date.fromisoformat(str(said.get("start") or head.issued)), due)
    hearer, units = str(said.get("hearer") or "党委"), str(said.get("units") or "")
    addressed = set(whose_kinds(head.addressees))  # who names just those means everybody it is addressed to
    return {
        "code": "",
        "name": f"{hearer}集中听取活动开展情况汇报"[:60],
        "units": owing("各单位" if set(whose_kinds(units)) in (set(), addressed) else units, head),
        "heard_by": hearer,
        "opens": opens,
        "due": due,
        "collective": bool(said.get("collective", _TOGETHER.search(line.text))),
        **line.cited,
    }


def _acts(accepted: Accepted, head: Head) -> list[DeliverableEntry]:
    """A meeting to hold or a step to take by a day (召开组织生活会, 公示): owed by those it is asked of, and told to
    the issuer. Where the same sentence orders a review or a paper by that day, that is what is owed."""
    said = [*accepted.of("responsibility"), *accepted.of("deliverable")]
    acts: list[DeliverableEntry] = []
    for line in accepted.demands("act"):
        start, end = line.at
        when = nearest_date(line, accepted)
        if when is None or not start <= when.at[0] < end:
            accepted.ended(line, NOTE, "没有期限，记在文件里，不按期限催办。")
            continue
        if any(start <= other.at[0] < end for other in said):
            accepted.ended(line, NOTE, "同一句里要的点评或材料已经列为应办。")
            continue
        due = date.fromisoformat(when.value["end"])
        accepted.ended(line, DUTY, f"{line.value.get('about')}，{due} 前。")
        accepted.ended(when, DUTY, f"{line.value.get('about')}的期限。")
        acts.append(
            {
                "code": f"{head.code}-act-{len(acts) + 1}",
                "name": str(line.value.get("about"))[:60],
                "kinds": owing(line.text[: line.text.find(str(line.value.get("about")))], head),
                "to": head.issuer or "上级办公室",
                "opens": min(date.fromisoformat(when.value["start"] or head.issued.isoformat()), due),
                "due": due,
                **line.cited,
            }
        )
    return acts


def owing(by: str, head: Head) -> list[str]:
    """The kinds of organisation a paper is asked of; 各单位 means everybody the paper is addressed to, units among them."""
    by = plain(by)
    if re.search(r"支部", by) and not re.search(r"直属", by):
        return [*BRANCHES, *DIRECT]
    # A word for units of any kind.
    named = whose_kinds(by) if not re.search(r"各单位|各级|单位", by) else []
    addressed = whose_kinds(head.addressees)
    if not named and not addressed:
        return [*BELOW_TOP, *DIRECT]
    wanted = named or [*(kind for kind in COMMITTEES if kind in BELOW_TOP), *addressed]
    return [kind for kind in (*BELOW_TOP, *DIRECT) if kind in wanted] or [*BELOW_TOP, *DIRECT]
