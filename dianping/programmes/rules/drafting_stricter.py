"""What a paper laid over its superior's adds: nearer days, nearer paces, a round after the superior's is over."""

from datetime import date

from dianping.base.windows import Cadence
from dianping.programmes.rules.accepted import (
    NOT_CARRIED_OUT,
    NOTE,
    RULE,
    Accepted,
    AcceptedLine,
    Head,
    Passage,
)
from dianping.programmes.rules.drafting_rules import (
    PaceEntry,
    RoundEntry,
    nearest_date,
    reviews,
    rounds,
    whom,
)
from dianping.programmes.rules.drafting_words import whose_kinds
from dianping.programmes.rules.model import Programme, Rule
from dianping.programmes.rules.overlay import keeps


class StricterEntry(Passage):
    """A nearer day for a part of a round of the base."""

    rule: str
    about: list[str]
    due: date


def laid_over(accepted: Accepted, head: Head, base: Programme) -> dict[str, object]:
    """The tables an overlay adds, by their names; what its superior orders already is told as such."""
    stricter = _stricter(accepted, base)
    later = _later_rounds(accepted, head, base)
    paces = _paces(accepted, base)
    _answers(accepted, base)
    return {"stricter": stricter, "rule": [*later, *paces]}


def _round_of(base: Programme) -> Rule | None:
    return next((rule for rule in base.rules if rule.round is not None), None)


def _stricter(accepted: Accepted, base: Programme) -> list[StricterEntry]:
    """A date the overlay sets beside a review it orders: it binds the base's round where it is the nearer."""
    round_ = _round_of(base)
    if round_ is None or round_.round is None:
        return []
    handed_in = {(d.clause, d.value.get("until")) for d in accepted.of("deliverable")}
    entries: list[StricterEntry] = []
    for line in (*accepted.of("responsibility"), *accepted.demands("round")):
        wanted = reviews(line) if line.kind == "responsibility" else list(round_.about)
        codes = [code for code in wanted if code in round_.about]
        for when in accepted.of("date"):
            if when.clause != line.clause or (when.clause, when.text) in handed_in or not codes:
                continue
            due = date.fromisoformat(when.value["end"]) if when.value.get("end") else None
            if due is not None and round_.round.opens <= due < round_.round.due:
                entries.append({"rule": round_.code, "about": codes, "due": due, **line.cited})
                accepted.ended(line, RULE, f"比上级的期限近：{due} 前。")
                accepted.ended(when, RULE, f"比上级的 {round_.round.due} 近。")
            elif due == round_.round.due:
                accepted.ended(line, NOTE, f"上级已有同样的期限（{round_.name}）。")
                accepted.ended(when, NOTE, f"上级已有同样的期限（{round_.name}）。")
            elif due is not None and line.kind == "responsibility" and due > round_.round.due:
                accepted.ended(when, NOT_CARRIED_OUT, f"比上级的 {round_.round.due} 晚，仍按上级的期限。")
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


def _later_rounds(accepted: Accepted, head: Head, base: Programme) -> list[RoundEntry]:
    """A round for everybody that ends after the superior's is over and was ordered after it: another round."""
    standing = _round_of(base)
    known = {answer.code for answer in base.responsibilities}
    new: list[RoundEntry] = []
    trial = Accepted([*accepted.demands("round"), *accepted.of("date"), *accepted.of("deliverable")])
    for entry in rounds(trial, head):
        if standing is not None and standing.round is not None and head.issued <= standing.round.due:
            continue
        about = [code for code in entry["about"] if code in known]
        if about:
            new.append({**entry, "about": about})
    for line in accepted.demands("round"):
        if any(entry["clause"] == line.cited["clause"] for entry in new):
            accepted.ended(line, RULE, "在上级那一轮之后另点评一轮。")
            when = nearest_date(line, accepted)
            if when is not None:
                accepted.ended(when, RULE, "另一轮的期限。")
        else:
            accepted.ended(line, NOTE, "上级已安排普遍点评一轮，不再另列一轮。")
    return new


def _paces(accepted: Accepted, base: Programme) -> list[PaceEntry]:
    """A nearer pace takes the name of the superior's rule it tightens, and is about as many; others are told."""
    entries: list[PaceEntry] = []
    for line in accepted.of("cadence"):
        months, times = line.value.get("months"), int(line.value.get("times") or 1)
        about = whom(line, accepted)
        if not months or int(months) not in (1, 2, 3, 4, 6, 12) or not about:
            accepted.ended(line, NOT_CARRIED_OUT, "没有读出对谁、每几个月几次；请更正后再采纳。")
            continue
        _pace(accepted, line, about, Cadence(int(months), times), base, entries)
    return entries


def _pace(
    accepted: Accepted,
    line: AcceptedLine,
    about: list[str],
    own: Cadence,
    base: Programme,
    entries: list[PaceEntry],
) -> None:
    kinds = set(whose_kinds(str(line.value.get("about", ""))))
    same = [
        rule
        for rule in base.rules
        if rule.cadence is not None
        and set(rule.about) & set(about)
        and (not rule.kinds or not kinds or rule.kinds & kinds)
    ]
    if same and all(rule.cadence is not None and keeps(rule.cadence, own) for rule in same):
        accepted.ended(line, NOTE, f"上级已有不低于它的频次（{'、'.join(rule.name for rule in same)}）。")
        return
    for rule in same:
        whole = set(rule.about) <= set(about) and (not kinds or bool(rule.kinds) and rule.kinds <= kinds)
        if rule.cadence is None or not whole or not keeps(own, rule.cadence):
            continue
        if any(entry["code"] == rule.code for entry in entries):
            continue
        entries.append(
            {
                "code": rule.code,
                "name": f"每 {own.months} 个月 {own.times} 次",
                "months": own.months,
                "times": own.times,
                "about": list(rule.about),
                "kinds": sorted(rule.kinds),
                **line.cited,
            }
        )
        accepted.ended(line, RULE, f"比上级的频次密：每 {own.months} 个月 {own.times} 次。")
    if accepted.end_of(line) is None:
        accepted.ended(
            line,
            NOT_CARRIED_OUT,
            "与上级的频次对象不一样，或比上级少，仍按上级；要加严请写明与上级相同的对象。",
        )


def _answers(accepted: Accepted, base: Programme) -> None:
    """Who reviews whom as the superior ordered it already needs no second rule."""
    known = {answer.code for answer in base.responsibilities}
    for line in accepted.of("responsibility"):
        codes = reviews(line)
        if codes and set(codes) <= known:
            accepted.ended(line, NOTE, "谁点评谁，上级已有规定，照上级的办。")
        elif codes and set(codes) - {"contact"} <= known:
            accepted.ended(line, NOTE, "谁点评谁，照上级的办；联系点上级没有规定，不另列应点评。")
        else:
            accepted.ended(line, NOT_CARRIED_OUT, "没有读出由谁点评谁；请更正“谁”和“对谁”两格。")
