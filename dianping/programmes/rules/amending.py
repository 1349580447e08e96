"""A later paper that changes some clauses of a programme: the programme as it reads from then on, and what changed.

Nothing is edited: the old text answers for its own days, and every entry changed or added cites the paper that did it,
with the older clause kept behind it (decision 0024). Values are those of a programme file.
"""

from collections.abc import Iterable

from dianping.base.toml_text import Toml
from dianping.programmes.rules.amending_parts import move, put_template
from dianping.programmes.rules.amendment import Amendment, Change, Entry, NotAmendable, before, likeness, said
from dianping.programmes.rules.clashes import ALIKE
from dianping.programmes.rules.drafting import NOBODY_NAMED, WHOLE_ROUND
from dianping.programmes.rules.drafting_words import CALLED
from dianping.programmes.rules.model import NO_PARTS_NAMED

__all__ = ["Amendment", "Change", "NotAmendable", "amended"]
_SUPPLIED = (NOBODY_NAMED, NO_PARTS_NAMED)  # what drafting puts where a paper says nothing amends nothing
# Lists of entries that are told apart by one key; (key of the list, key of the entry, what it is called).
_NAMED = (
    ("responsibility", "code", "谁点评谁"),
    ("template", "about", "写哪几部分"),
    ("mode", "name", "点评方式"),
    ("form", "name", "台账"),
)


def amended(standing: Toml, drafts: Iterable[Toml], *, dropped: Iterable[str] = ()) -> Amendment:
    """`standing` with what each draft orders put in the place of what it had ordered, and the dropped codes taken out.

    A draft is what `draft_programme` makes of the later paper's accepted lines. Raises NotAmendable for a new last day of
    a part of a round.
    """
    amendment = Amendment({key: list(v) if isinstance(v, list) else v for key, v in standing.items()})
    for code in dropped:
        _drop(amendment, code)
    for draft in drafts:
        paper = draft["number"]
        for entry in draft.get("moved", ()):
            move(amendment, _from(entry, paper, draft))
        for rule in draft.get("rule", ()):
            _put_rule(amendment, _from(rule, paper, draft))
        for entry in draft.get("stricter", ()):
            _put_stricter(amendment, _from(entry, paper, draft))
        for entry in draft.get("deliverable", ()):
            _put_deliverable(amendment, _from(entry, paper, draft))
        for entry in draft.get("hearing", ()):
            _put_hearing(amendment, _from(entry, paper, draft))
        for kind, key, word in _NAMED:
            for entry in draft.get(kind, ()):
                if entry.get("says") in _SUPPLIED and (
                    kind == "template" or _stands(amendment, kind, key, entry)
                ):
                    continue
                _put_named(amendment, kind, key, word, entry, paper)
        if "follow_up" in draft:
            amendment.values["follow_up"] = {**draft["follow_up"], "paper": paper}
            amendment.changes.append(Change("没有较好解决的", "", str(draft["follow_up"].get("says", ""))))
        if "grounds" in draft and not amendment.values.get("grounds"):
            amendment.values["grounds"] = {**draft["grounds"], "paper": paper}
            amendment.changes.append(Change("点评的依据", "", str(draft["grounds"].get("says", ""))))
    _tidy(amendment)
    return amendment


def _stands(amendment: Amendment, kind: str, key: str, entry: Entry) -> bool:
    return any(other[key] == entry[key] for other in amendment.values.get(kind, ()))


def _from(entry: Entry, paper: str, draft: Toml) -> Entry:
    return {**entry, "paper": paper, "since": draft["issued"]}


def _tidy(amendment: Amendment) -> None:
    for key in [key for key, value in amendment.values.items() if value == []]:
        del amendment.values[key]


def _drop(amendment: Amendment, code: str) -> None:
    for kind in ("rule", "deliverable", "hearing"):
        kept = []
        for entry in amendment.values.get(kind, ()):
            if entry.get("code") == code:
                amendment.changes.append(Change(entry["name"], said(entry), ""))
            else:
                kept.append(entry)
        if kind in amendment.values:
            amendment.values[kind] = kept


def _put_rule(amendment: Amendment, rule: Entry) -> None:
    if "months" in rule:
        _put_cadence(amendment, rule)
    else:
        _put_round(amendment, rule)


def _put_round(amendment: Amendment, rule: Entry) -> None:
    """A round that is not over yet is given the new last day; its duties stay the same duties."""
    rules = amendment.values.setdefault("rule", [])
    standing = [old for old in rules if "due" in old and old["due"] >= rule["since"]]
    if len(standing) != 1:
        rules.append(rule)
        amendment.changes.append(Change(rule["name"], "", said(rule)))
        return
    (old,) = standing
    if rule["name"] != WHOLE_ROUND and set(rule["about"]) < set(old["about"]):
        raise NotAmendable(
            f"“{rule['says']}”只改了“{old['name']}”里一部分对象的期限，而一轮点评只能整轮改期。"
            "请把这一行更正为整轮的期限，或划去后在方案里另行说明。",
            code="programmes.round-changed-in-part",
        )
    new = {
        **old,
        "due": rule["due"],
        **{key: rule[key] for key in ("clause", "says", "paper")},
        "before": before(old, amendment.values["number"]),
    }
    rules[rules.index(old)] = new
    if said(old) != said(new):
        amendment.changes.append(Change(old["name"], said(old), said(new)))


def _put_cadence(amendment: Amendment, rule: Entry) -> None:
    """A new pace for some classes of target takes the place of the pace they had; others keep theirs."""
    rules, kinds = amendment.values.setdefault("rule", []), set(rule.get("kinds", ()))
    was: list[str] = []
    kept: list[Entry] = []
    for old in list(rules):
        same_kinds = not kinds or not old.get("kinds") or kinds & set(old["kinds"])
        taken = [code for code in old["about"] if code in rule["about"]]
        if "months" not in old or not taken or not same_kinds:
            continue
        if (old["months"], old.get("times", 1)) == (rule["months"], rule.get("times", 1)):
            return  # says again what is in force
        was.append(said(old))
        kept += before(old, amendment.values["number"])
        rest = [code for code in old["about"] if code not in taken]
        at = rules.index(old)
        if rest:
            rules[at] = {**old, "about": rest}
        else:
            del rules[at]
    rules.append({**rule, **({"before": kept} if kept else {})})
    amendment.changes.append(Change(f"{_whose(rule)}的点评频次", "；".join(was), said(rule)))


def _whose(rule: Entry) -> str:
    """Whom a pace is set for, as a reader of the paper would say: by kinds of organisation, else by class of target."""
    if not rule.get("kinds"):
        return "、".join(CALLED.get(code, code) for code in rule["about"])
    heads = [code for code in rule["about"] if code.endswith("secretary")]
    bodies = len(heads) < len(rule["about"])
    return "、".join(rule["kinds"]) + (("及其" if bodies else "") + "书记" if heads else "")


def _put_stricter(amendment: Amendment, entry: Entry) -> None:
    kept = []
    was: list[str] = []
    for old in amendment.values.get("stricter", ()):
        rest = [code for code in old["about"] if code not in entry["about"] or old["rule"] != entry["rule"]]
        if len(rest) < len(old["about"]):
            was.append(f"{old['due']} 前")
        if rest:
            kept.append({**old, "about": rest})
    amendment.values["stricter"] = [*kept, {key: value for key, value in entry.items() if key != "since"}]
    amendment.changes.append(Change("本级从严的期限", "；".join(was), f"{entry['due']} 前"))


def _put_deliverable(amendment: Amendment, entry: Entry) -> None:
    """A paper asked for already, by its name, keeps its code: who has handed it in has done so."""
    papers = amendment.values.setdefault("deliverable", [])
    alike = [old for old in papers if _alike(old, entry) and old["due"] >= entry["since"]]
    if not alike:
        papers.append({key: value for key, value in entry.items() if key != "since"})
        amendment.changes.append(Change(entry["name"], "", said(entry)))
        return
    old = max(alike, key=lambda paper: likeness(paper["name"], entry["name"]))
    new = {
        **old,
        "due": entry["due"],
        **{key: entry[key] for key in ("clause", "says", "paper")},
        "before": before(old, amendment.values["number"]),
    }
    papers[papers.index(old)] = new
    if said(old) != said(new):
        amendment.changes.append(Change(old["name"], said(old), said(new)))


def _put_hearing(amendment: Amendment, entry: Entry) -> None:
    """A hearing that is not over yet of some of the same units keeps its code, and moves: who has prepared has done so."""
    hearings = amendment.values.setdefault("hearing", [])
    for old in hearings:
        if set(old["units"]) & set(entry["units"]) and old["due"] >= entry["since"]:
            moved = {key: entry[key] for key in ("opens", "due", "clause", "says", "paper")}
            new = {**old, **moved, "before": before(old, amendment.values["number"])}
            hearings[hearings.index(old)] = new
            if (old["opens"], old["due"]) != (new["opens"], new["due"]):
                amendment.changes.append(Change(old["name"], said(old), said(new)))
            return
    hearings.append({key: value for key, value in entry.items() if key != "since"})
    amendment.changes.append(Change(entry["name"], "", said(entry)))


def _alike(old: Entry, new: Entry) -> bool:
    return bool(set(old["kinds"]) & set(new["kinds"])) and likeness(old["name"], new["name"]) >= ALIKE


def _put_named(amendment: Amendment, kind: str, key: str, word: str, entry: Entry, paper: str) -> None:
    entries = amendment.values.setdefault(kind, [])
    new = {**entry, "paper": paper} if kind in ("responsibility", "template") else entry
    old = next((other for other in entries if other[key] == entry[key]), None)
    if old is None:
        entries.append(new)
        amendment.changes.append(Change(word, "", said(new)))
    elif kind == "template":
        put_template(amendment, entries, old, new, paper)
    elif kind == "responsibility":
        entries[entries.index(old)] = new
        if said(old) != said(new):
            amendment.changes.append(Change(word, said(old), said(new)))
