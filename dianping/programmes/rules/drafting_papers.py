"""What is owed upward, from accepted lines: papers, hearings, and acts by a day."""

import re
from datetime import date

from dianping.programmes.rules.accepted import DUTY, NOT_CARRIED_OUT, NOTE, Accepted, Head, Passage
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


def deliverables(accepted: Accepted, head: Head, *, moved: bool = False) -> list[DeliverableEntry]:
    """Everything owed upward; where a paper moves deadlines, what it names without a day of its own is not told as missing one."""
    papers: list[DeliverableEntry] = []
    for line in accepted.of("deliverable"):
        if not line.value.get("due"):
            if "书面报告" not in line.text and not moved:
                accepted.ended(line, NOT_CARRIED_OUT, "没有读出哪一天前报；请在“期限”一格写明。")
            continue
        due = date.fromisoformat(line.value["due"])
        accepted.ended(line, DUTY, f"{line.value.get('what') or '材料'}，{due} 前报。")
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
    return [*papers, *_hearings(accepted, head), *_acts(accepted, head)]


def _hearings(accepted: Accepted, head: Head) -> list[DeliverableEntry]:
    """A meeting at which units report: each owes its report in that window."""
    hearings: list[DeliverableEntry] = []
    for line in accepted.demands("hearing"):
        for when in accepted.of("date"):
            if when.clause == line.clause and when.value.get("end") and when.value.get("start"):
                accepted.ended(line, DUTY, "各单位准备汇报。")
                accepted.ended(when, DUTY, "听取汇报的日子。")
                hearings.append(
                    {
                        "code": f"{head.code}-hearing-{len(hearings) + 1}",
                        "name": str(line.value.get("about"))[:60],
                        "kinds": owing("各单位", head),
                        "to": head.issuer or "党委",
                        "opens": date.fromisoformat(when.value["start"]),
                        "due": date.fromisoformat(when.value["end"]),
                        **line.cited,
                    }
                )
        accepted.ended(line, NOT_CARRIED_OUT, "要听取汇报，同一条里没有读出从哪天到哪天；请补上。")
    return hearings


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
