"""Reading a programme file (TOML): every fault at once, in sentences."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from dianping.base.coded import CodedFault
from dianping.base.known_words import unknown_in
from dianping.base.toml_text import NotToml, Toml, parsed_toml
from dianping.base.windows import Cadence, Window
from dianping.programmes.rules.file_shape import SHAPE
from dianping.programmes.rules.model import (
    CONTACT,
    IN_CHARGE,
    OWN_SECRETARY,
    SUPERIOR_SECRETARY,
    ClauseCitation,
    Criteria,
    Deliverable,
    EntryRule,
    Grounds,
    Hearing,
    Mode,
    Programme,
    Responsibility,
    Rule,
    Template,
    TemplatePart,
)

ABOUT = {"member", "organisation", "secretary"}
RELATIONS = {OWN_SECRETARY, IN_CHARGE, SUPERIOR_SECRETARY, CONTACT}
TARGETS = {
    "member",
    "branch",
    "branch_secretary",
    "unit",
    "unit_secretary",
    "committee",
    "committee_secretary",
    CONTACT,
}
Read = TypeVar("Read")


class Unreadable(CodedFault):
    """A programme file that cannot be used; the message lists every fault, `faults` holds each with its own code."""

    def __init__(self, sentence: str, *, code: str, faults: Sequence[CodedFault] = ()) -> None:
        self.faults = tuple(faults)
        super().__init__(sentence, code=code)


def read_programme(text: str, *, known_only: bool = True) -> Programme:
    """A programme from its TOML text. Raises Unreadable with all faults, or for a text no programme needs.

    `known_only`: a table, key or word nobody knows is a fault, with its line. A text adopted before that was so is still read
    without, so that it goes on answering for its days.
    """
    try:
        data = parsed_toml(text)
    except NotToml as fault:
        raise Unreadable(f"方案文件{fault}后再采用。", code=fault.code, faults=[fault]) from fault
    faults: list[CodedFault] = []
    for key in ("code", "title", "number", "issuer"):
        _gather(faults, lambda key=key: _text(data, key, "方案"))  # type: ignore[misc]
    _gather(faults, lambda: _date(data, "issued", "方案"))
    if known_only:
        faults += unknown_in(data, SHAPE, text, where="方案")
    _refuse_faulty(faults)
    programme = _programme(data, faults)
    _check_names(programme, faults)
    _refuse_faulty(faults)
    return programme


def _refuse_faulty(faults: Sequence[CodedFault]) -> None:
    if faults:
        raise Unreadable("\n".join(map(str, faults)), code="programmes.file-unreadable", faults=faults)


def _gather(faults: list[CodedFault], read: Callable[[], Read]) -> Read | None:
    """Read one piece; its fault is kept and the reading goes on."""
    try:
        return read()
    except CodedFault as fault:
        faults.append(fault)
    except (ValueError, TypeError, AttributeError, KeyError) as fault:
        faults.append(
            CodedFault(f"方案文件里有一处写法不对：{fault!r}。", code="programmes.file-oddly-written")
        )
    return None


def _text(data: Toml, key: str, where: str) -> str:
    text = data.get(key)
    if not isinstance(text, str) or not text.strip():
        raise CodedFault(
            f"{where}的 {key} 写的是“{text if text is not None else '空白'}”，应为一段文字；请补上。",
            code="programmes.text-missing",
        )
    return text


def _date(data: Toml, key: str, where: str) -> date:
    day = data.get(key)
    if not isinstance(day, date) or isinstance(day, datetime):
        raise CodedFault(
            f"{where}的 {key} 写的是“{day if day is not None else '空白'}”，应为不加引号的日期，如 2010-12-15。",
            code="programmes.day-missing",
        )
    return day


def _number(data: Toml, key: str, where: str, default: int) -> int:
    number = data.get(key, default)
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise CodedFault(
            f"{where}的 {key} 写的是“{number}”，应为不小于 0 的整数。", code="programmes.not-a-number"
        )
    return number


def _programme(data: Toml, faults: list[CodedFault]) -> Programme:
    paper = data["number"]

    def each(key: str, read: Callable[[Toml, str], Read]) -> tuple[Read, ...]:
        rows = (_gather(faults, lambda row=row: read(row, paper)) for row in data.get(key, ()))  # type: ignore[misc]
        return tuple(row for row in rows if row is not None)

    return Programme(
        code=data["code"],
        title=data["title"],
        number=paper,
        issuer=data["issuer"],
        issued=data["issued"],
        extends=data.get("extends", ""),
        aliases=tuple(data.get("aliases", ())),
        responsibilities=each("responsibility", lambda row, number: _responsibility(row, number, faults)),
        rules=each("rule", lambda row, number: _rule(row, number, data["issued"])),
        templates=each("template", _template),
        deliverables=each("deliverable", _deliverable),
        hearings=each("hearing", _hearing),
        modes=each("mode", lambda row, number: Mode(row["key"], row["name"], (_cited(row, number),))),
        forms=each("form", lambda row, _: (row["key"], row["name"])),
        outside=data.get("outside", {}).get("reviewer", ""),
        entry=_gather(faults, lambda: _entry(data.get("entry", {}))) or EntryRule(),
        follow_up=_cited(data["follow_up"], paper) if "follow_up" in data else None,
        grounds=_gather(faults, lambda: _grounds(data["grounds"], paper)) if "grounds" in data else None,
        stricter=each(
            "stricter", lambda row, number: (row["rule"], tuple(row["about"]), _cited(row, number))
        ),
        criteria=each("criteria", _criteria),
        papers=(paper,),
        days_left=_gather(faults, lambda: _days_left(data)),
        present=each("present", lambda row, _: (row["at"], _number(row, "ordinary", "到会人数", 0))),
    )


def _entry(data: Toml) -> EntryRule:
    return EntryRule(
        _number(data, "on_time_days", "登记时限", 7), _number(data, "latest_days", "登记时限", 30)
    )


def _grounds(data: Toml, paper: str) -> Grounds:
    where = "点评的依据（grounds）"
    about = data.get("about")
    if not isinstance(about, list) or not about or set(about) - ABOUT:
        raise CodedFault(
            f"{where}的 about 写的是“{about if about else '空白'}”，应为 {'、'.join(sorted(ABOUT))} 中的一个或几个；请改正。",
            code="programmes.about-unknown",
        )
    months = _number(data, "months", where, 6)
    return Grounds(frozenset(about), _cited_at(data, paper, where), months)


def _days_left(data: Toml) -> int | None:
    """How many days must be left of a one-off round for whoever joins within it; None where the file leaves it open."""
    joiners = data.get("joiners", {})
    return _number(joiners, "days_left", "中途加入（joiners）", 0) if "days_left" in joiners else None


def _before(data: Toml, paper: str) -> tuple[ClauseCitation, ...]:
    """The clauses a later paper amended, the nearest first (decision 0024)."""
    return tuple(_cited(row, paper) for row in data.get("before", ()))


def _cited(data: Toml, paper: str) -> ClauseCitation:
    paper = str(data.get("paper") or paper)
    due = _date(data, "due", f"条款“{data.get('clause', '')}”") if "due" in data else None
    return ClauseCitation(paper, str(data.get("clause", "")), data.get("says", ""), due)


def _cited_at(data: Toml, paper: str, where: str) -> ClauseCitation:
    """The clause an entry stands in, which it must name; the paper where a later one amended it."""
    return ClauseCitation(str(data.get("paper") or paper), _text(data, "clause", where), data.get("says", ""))


def _responsibility(data: Toml, paper: str, faults: list[CodedFault]) -> Responsibility:
    where = f"责任“{_text(data, 'code', '责任')}”"
    responsibility = Responsibility(
        code=data["code"],
        about=_text(data, "about", where),
        kinds=frozenset(data.get("kinds", ())),
        place=data.get("place", "below"),
        reviewers=tuple(data.get("reviewers", ())),
        target=_text(data, "target", where),
        cited=_cited_at(data, paper, where),
    )
    if responsibility.about not in ABOUT:
        faults.append(
            CodedFault(
                f"{where}的 about 写的是“{responsibility.about}”，应为 {'、'.join(sorted(ABOUT))} 之一。",
                code="programmes.about-unknown",
            )
        )
    if unknown := set(responsibility.reviewers) - RELATIONS:
        faults.append(
            CodedFault(
                f"{where}的 reviewers 里有“{'、'.join(sorted(unknown))}”，应为 {'、'.join(sorted(RELATIONS))}。",
                code="programmes.reviewers-unknown",
            )
        )
    if responsibility.target not in TARGETS:
        faults.append(
            CodedFault(
                f"{where}的 target 写的是“{responsibility.target}”，应为 {'、'.join(sorted(TARGETS))} 之一。",
                code="programmes.target-unknown",
            )
        )
    if fault := _contact_fault(responsibility):
        faults.append(CodedFault(f"{where}{fault}", code="programmes.contact-malformed"))
    return responsibility


def _contact_fault(responsibility: Responsibility) -> str:
    """What is wrong with a responsibility for contact points: an organisation's, below the top, owed by its leaders alone."""
    named = {responsibility.target, *responsibility.reviewers}
    if CONTACT not in named:
        return ""
    wanted = ("organisation", "below", (CONTACT,), CONTACT)
    held = (responsibility.about, responsibility.place, responsibility.reviewers, responsibility.target)
    if held == wanted:
        return ""
    return (
        '是关于联系点的，应写 about = "organisation"、reviewers = ["contact"]、target = "contact"，'
        "不写 place；联系点由联系它的领导点评，不和别的关系并用。"
    )


def _rule(data: Toml, paper: str, issued: date) -> Rule:
    where = f"规则“{_text(data, 'code', '规则')}”"
    is_round, is_cadence = "opens" in data or "due" in data, "months" in data
    if is_round == is_cadence:
        raise CodedFault(
            f"{where}应写明起止日期（opens、due）或频次（months、times）之一。",
            code="programmes.rule-without-dates",
        )
    if not data.get("about"):
        raise CodedFault(f"{where}没有写对谁（about）。", code="programmes.rule-about-nobody")
    cited = (_cited_at(data, paper, where), *_before(data, paper))
    return Rule(
        code=data["code"],
        name=_text(data, "name", where),
        about=tuple(data["about"]),
        cited=cited,
        round=Window(_date(data, "opens", where), _date(data, "due", where)) if is_round else None,
        cadence=Cadence(_number(data, "months", where, 0), _number(data, "times", where, 1))
        if is_cadence
        else None,
        kinds=frozenset(data.get("kinds", ())),
        since=_date(data, "since", where) if "since" in data else issued,
    )


def _criteria(data: Toml, paper: str) -> Criteria:
    where = f"标准“{_text(data, 'name', '标准')}”"
    items = data.get("items")
    if not isinstance(items, list) or not items or not all(isinstance(i, str) and i.strip() for i in items):
        raise CodedFault(
            f"{where}的 items 写的是“{items if items else '空白'}”，应为一列文字，一条一段；请补上。",
            code="programmes.criteria-without-items",
        )
    return Criteria(data["name"], _text(data, "about", where), tuple(items), _cited_at(data, paper, where))


def _template(data: Toml, paper: str) -> Template:
    where = f"点评内容“{data.get('about', '')}”"
    if data.get("about") not in ABOUT:
        raise CodedFault(
            f"{where}的 about 应为 {'、'.join(sorted(ABOUT))} 之一。", code="programmes.about-unknown"
        )
    parts = tuple(
        TemplatePart(_text(p, "key", where), _text(p, "name", where), p.get("required", True))
        for p in data.get("part", ())
    )
    hints = tuple(sorted(data.get("by_unit_kind", {}).items()))
    looked_at = _cited(data["looked_at"], paper) if "looked_at" in data else None
    look_at = tuple(data.get("look_at", ()))
    return Template(data["about"], parts, look_at, _cited(data, paper), hints, looked_at)


def _deliverable(data: Toml, paper: str) -> Deliverable:
    where = f"材料“{_text(data, 'code', '材料')}”"
    due = _date(data, "due", where)
    opens = _date(data, "opens", where) if "opens" in data else due
    cited = replace(_cited_at(data, paper, where), due=due)
    return Deliverable(
        data["code"],
        _text(data, "name", where),
        frozenset(data["kinds"]),
        _text(data, "to", where),
        Window(opens, due),
        cited,
        _before(data, paper),
    )


def _hearing(data: Toml, paper: str) -> Hearing:
    where = f"听取汇报“{_text(data, 'code', '听取汇报')}”"
    opens, due = _date(data, "opens", where), _date(data, "due", where)
    if opens > due:
        raise CodedFault(
            f"{where}的起止写反了：{opens} 在 {due} 之后；请核对 opens 和 due。",
            code="programmes.hearing-days-reversed",
        )
    if not data.get("units"):
        raise CodedFault(
            f"{where}没有写听取哪几类单位的汇报（units）；请写组织类别，如 党总支。",
            code="programmes.hearing-of-nobody",
        )
    collective = data.get("collective", False)
    if not isinstance(collective, bool):
        raise CodedFault(
            f"{where}的 collective 写的是“{collective}”，应为 true 或 false。",
            code="programmes.not-yes-or-no",
        )
    return Hearing(
        data["code"],
        _text(data, "name", where),
        frozenset(data["units"]),
        _text(data, "heard_by", where),
        Window(opens, due),
        collective,
        replace(_cited_at(data, paper, where), due=due),
        _before(data, paper),
    )


def _check_names(programme: Programme, faults: list[CodedFault]) -> None:
    if programme.extends:
        return  # an overlay may name what its base defines; laying it over checks that
    known = {r.code for r in programme.responsibilities}
    for rule in programme.rules:
        if unknown := set(rule.about) - known:
            faults.append(
                CodedFault(
                    f"规则“{rule.code}”提到“{'、'.join(sorted(unknown))}”，文件里没有这样的责任。",
                    code="programmes.rule-names-unknown",
                )
            )
