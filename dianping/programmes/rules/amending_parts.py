"""Single changes of an amendment: another day for what stands already, another list of parts or of what is looked at."""

from dianping.programmes.rules.amendment import Amendment, Change, Entry, NotAmendable, before, likeness, said
from dianping.programmes.rules.clashes import ALIKE
from dianping.programmes.rules.moved import HEARING, PAPER, ROUND

# Where what is moved stands, the first that has it; a programme adopted before hearings had a table of their own has them among its papers.
_KINDS = {ROUND: ("rule",), HEARING: ("hearing", "deliverable"), PAPER: ("deliverable",)}


def move(amendment: Amendment, entry: Entry) -> None:
    """Another last day for a round, a hearing or a paper that stands already; the old day is kept with the clause that set it."""
    found = (
        [old for old in amendment.values.get(kind, ()) if "due" in old and _is_moved(old, entry)]
        for kind in _KINDS[entry["what"]]
    )
    standing = _meant(next(filter(None, found), []), entry)
    if entry["due"] < entry["since"]:
        raise NotAmendable(
            f"文中把“{entry['named'] or entry['says']}”改到 {entry['due']}，这一天早于文件成文的 {entry['since']}，已经过去。"
            "请核对年份和日子，把这一行更正、划去。",
            code="programmes.moved-into-the-past",
        )
    days = {old["due"] for old in standing}
    if len(days) != 1 or (entry["what"] == PAPER and len(standing) > 1):
        number = len(days) if entry["what"] != PAPER else len(standing)
        raise NotAmendable(
            f"文中把“{entry['named'] or entry['says']}”改到 {entry['due']}，而 {amendment.values['number']} 里"
            + (f"有 {number} 项像它的安排" if standing else "没有这样一项安排")
            + "。请选另一份现行方案，或把这一行更正、划去。",
            code="programmes.nothing-to-move",
        )
    for old in standing:
        opens = entry.get("opens") if entry["what"] == HEARING else None
        new = {
            **old,
            "opens": opens or min(old.get("opens", old["due"]), entry["due"]),
            "due": entry["due"],
            **{key: entry[key] for key in ("clause", "says", "paper")},
            "before": before(old, amendment.values["number"]),
        }
        for kind in _KINDS[entry["what"]]:
            rows = amendment.values.get(kind, [])
            rows[:] = [new if row is old else row for row in rows]
        if said(old) != said(new):
            amendment.changes.append(Change(old["name"], said(old), said(new) + _begun_sooner(old, new)))


def _begun_sooner(old: Entry, new: Entry) -> str:
    """What is to be known of a last day moved before the first one: the first day moves with it, and one day is left."""
    if "opens" not in old or old["opens"] <= new["due"]:
        return ""
    return f"（原定 {old['opens']} 才开始，期限提前到开始之前，起止都改为 {new['due']}；文件另定了开始的日子的，请更正这一行）"


def _meant(standing: list[Entry], entry: Entry) -> list[Entry]:
    """Those of the day the paper says it was; else of rounds and hearings those not over yet, else the last ones."""
    if len(standing) < 2:
        return standing
    if said_so := [old for old in standing if old["due"] == entry["was"]]:
        return said_so
    if entry["what"] == PAPER:
        return standing
    last = max(old["due"] for old in standing)
    return [old for old in standing if old["due"] >= entry["since"]] or [
        old for old in standing if old["due"] == last
    ]


def _is_moved(old: Entry, entry: Entry) -> bool:
    if entry["what"] == ROUND:
        return True
    if entry["what"] == HEARING:
        # A hearing among what is owed upward: 党委集中听取的活动开展情况汇报.
        return "听取" in old["name"] or "述职" in old["name"]
    name = old["name"].strip("《》")
    return name in entry["named"] or likeness(name, entry["named"]) >= ALIKE


def put_template(amendment: Amendment, entries: list[Entry], old: Entry, new: Entry, paper: str) -> None:
    """Only the parts, or only what to look at, where the paper names only the one."""
    cited = {key: new[key] for key in ("clause", "says", "paper") if key in new}
    merged = dict(old)
    if "part" in new:
        merged |= {**new, "look_at": old.get("look_at", [])}
        if _parts(old) != _parts(merged):
            amendment.changes.append(Change("写哪几部分", _parts(old), _parts(merged)))
    if "look_at" in new:
        merged["look_at"] = new["look_at"]
        merged["looked_at"] = {**new["looked_at"], "paper": paper} if "looked_at" in new else cited
        if old.get("look_at", []) != merged["look_at"]:
            was, now = "、".join(old.get("look_at", [])), "、".join(merged["look_at"])
            amendment.changes.append(Change("看什么", was, now))
    entries[entries.index(old)] = merged


def _parts(entry: Entry) -> str:
    return "、".join(part["name"] for part in entry.get("part", ()))
