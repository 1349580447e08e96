"""Who is a member, and of which standing: what 人员类别, 政治面貌, 党籍状态, 备注 and the dates say together.

Basis: 中国共产党章程 第七条 (a probationary member's year begins the day the branch admits him). Who is no member never becomes
one; 预备 stays 预备; a bare 党员 is decided by the dates.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from dianping.base.chinese_text import is_blank, squeezed
from dianping.base.loose_dates import DateFault, LooseDate, read_loose_date
from dianping.orgs.rules.roster.guesses import Guesses
from dianping.orgs.rules.roster.problems import CellFault, shown
from dianping.orgs.rules.roster.table import Table, cell_text
from dianping.orgs.rules.roster.words import words

_MOST_WORDS = 30  # different words in a column that speaks of standing
_YEAR = 366  # days a probation lasts at most, before it is prolonged
# Words in brackets: 正式党员(在职).
_BRACKETS = re.compile(r"[(\[（【].*?[)\]）】]")
# Dates and other figures around a word: 2010.6转正.
_FIGURES = re.compile(r"[0-9.\-/年月日号起为于 ]")
# What is only meant to happen: 拟于2011年7月转出.
_PLANNED = re.compile(r"拟|将|计划|准备|预计|待|尚未|未")
# Words that make it the stronger reason, the first first.
_REASONS = ("转出", "去世", "死亡", "病故", "出党", "发展对象", "培养对象", "积极分子", "申请", "团员")


class Said(NamedTuple):
    """What one cell says: full, probationary, member, outside, left, or unknown; and its words."""

    kind: str
    text: str


class Decided(NamedTuple):
    """What is known of a record: full, probationary, "" (nothing said), or out, with the reason it is left out for."""

    standing: str
    reason: str = ""


# A list of who left or is not yet a member, by its title.
_LISTED = re.compile(
    r"(转出|调出|死亡|去世|病故|出党|除名)[^和及与]{0,6}?(?:党员|人员|名单|名册|情况)"
    r"|(?:入党积极分子|积极分子|发展对象|入党申请人|共青团员|民主党派)(?:[、和及]?(?:积极分子|发展对象|申请人))*(?:花?名册|名单|情况表?|登记表|一览表|统计表|信息表|$)"
)
# A list of members among others: 党员、积极分子名册, 转入转出党员.
_MIXED = re.compile(
    r"党员[、和及与]|[和及与]党员|(?<!死亡)(?<!去世)(?<!病故)、党员|转入|转接|发展党员|培养|预备党员|正式党员"
)
# A code before a word: 1-正式党员, 02—预备党员.
_CODE = re.compile(r"^[0-9A-Z]{1,4}[-—－]+(?=[^0-9])")


def said_by(cell: object) -> Said | None:
    """What a cell says about somebody's standing; None when it is blank."""
    text = _CODE.sub("", squeezed(cell_text(cell)))
    if not text:
        return None
    known = words()
    bare = _BRACKETS.sub("", text) or text
    for spelling in (text, bare):
        if spelling in known.standings:
            return Said(known.standings[spelling], text)
    for kind in ("left", "outside"):
        if any(word in bare for word in known.other_standings[kind]):
            return Said(kind, text)
    for word, kind in (("转正", "full"), ("预备", "probationary"), ("正式", "full")):
        if word in bare:
            return Said(kind, text)
    if any(word in bare for word in known.other_standings["member"]):
        return Said("member", text)
    return Said("unknown", text)


def _remarked(cell: object) -> Said | None:
    """What a remark says when it is nothing else than a standing: 预备, 积极分子, 2010.6转出."""
    if not isinstance(cell, str) or len(cell) > 16 or is_blank(cell) or _PLANNED.search(cell):
        return None
    bare = _FIGURES.sub("", squeezed(_BRACKETS.sub("", cell)))
    said = said_by(bare) if 0 < len(bare) <= 6 else None
    return said if said and said.kind in ("left", "outside", "probationary") else None


def _remarks(cells: Sequence[object]) -> list[Said | None]:
    said = {cell: _remarked(cell) for cell in set(cells)}
    return [said[cell] for cell in cells]


def adopt_standing(table: Table) -> None:
    """Where no column is headed as one of standing: the one whose cells, every one of them, speak of it (身份: 正式、预备、群众)."""
    if "standing" in table.layout.columns:
        return
    for column in table.spare():
        texts = {
            squeezed(cell) for cell in table.cells_of(column) if isinstance(cell, str) and not is_blank(cell)
        }
        if not texts or len(texts) > _MOST_WORDS or any(text.startswith("#") for text in texts):
            continue
        said = {found.kind for text in texts if (found := said_by(text))}
        if said & {"full", "probationary"} and not said & {"unknown", "member"}:
            table.adopt(column, "standing")
            return


class _Columns:
    """The columns of a sheet that speak of standing, read cell by cell."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.guesses = Guesses([*words().standings])
        self.category: list[Said | None] = table.read("standing", self._reader("正式党员或预备党员"), None)
        self.politics: list[Said | None] = table.read(
            "politics", self._reader("中共党员、中共预备党员、共青团员、群众等"), None
        )
        said: list[Said | None] = table.read("party_status", said_by, None)
        self.status = [one if one and one.kind != "unknown" else None for one in said]
        self.remark: list[Said | None] = table.read("remark", _remarked, None)
        self.spare: list[list[Said | None]] = [
            _remarks(table.cells_of(column))
            for column in table.spare()
            if not any(word in column.heading for word in words().of_another)
        ]
        self.stages = [
            (word, table.cells(field))
            for field, word in (
                ("candidate", "发展对象"),
                ("activist", "积极分子"),
                ("applied", "入党申请人"),
            )
            if field in table.layout.columns
        ]
        self.confirmed = table.cells("confirmed")
        self.joined = table.cells("joined")
        self.admitted_by = table.heading("joined") if "预备" in table.heading("joined") else ""

    def _reader(self, expected: str) -> Callable[[object], Said | None]:
        def read(cell: object) -> Said | None:
            said = said_by(cell)
            if said and said.kind == "unknown":
                guess = self.guesses.nearest(said.text)
                asked = f"是否指“{guess}”？" if guess else ""
                raise CellFault(
                    f"写的是“{shown(said.text)}”，这里应为{expected}。{asked}请改成其中之一。",
                    code="orgs.word-not-expected",
                )
            return said

        return read

    def stage(self, at: int) -> str:
        """How far somebody not yet admitted has come, by the dates of a ledger."""
        return next((word for word, cells in self.stages if not _blank(cells[at])), "")


def decide(table: Table) -> list[Decided]:
    """For every record what its columns say, dates aside; contradictions become problems of the table."""
    columns = _Columns(table)
    decided = [_decide_one(columns, at) for at in range(len(table))]
    listed = next((found for title in table.titles if (found := listed_as(title))), None)
    if listed is None:
        return decided
    return [
        one
        if one.standing == "out" or (one.standing and listed.kind == "outside")
        else Decided("out", listed.text)
        for one in decided
    ]


def listed_as(title: str) -> Said | None:
    """What a list is one of, when it is none of members: 入党积极分子名单, 本年度转出、死亡党员; None for any other, a mixed one too."""
    text = squeezed(title)
    if _MIXED.search(text):
        return None
    found = _LISTED.search(text)
    return Said("left" if found[1] else "outside", found[0]) if found else None


def _decide_one(columns: _Columns, at: int) -> Decided:
    all_said = [columns.category[at], columns.politics[at], columns.status[at], columns.remark[at]]
    all_said += [column[at] for column in columns.spare]
    said = [one for one in all_said if one is not None]
    kinds = {one.kind for one in said}
    if kinds & {"left", "outside"}:
        sure = columns.category[at]
        if sure and sure.kind in ("full", "probationary") and "left" not in kinds:
            other = next(one for one in said if one.kind == "outside")
            columns.table.add(
                at,
                "standing",
                sure.text,
                f"一处写的是“{sure.text}”，另一处写的是“{other.text}”，不能都对。请改正写错的一处；不是党员的，请删去这一行。",
                code="orgs.standings-contradict",
            )
            return Decided("")
        return Decided("out", _reason([one for one in said if one.kind in ("left", "outside")], columns, at))
    category = columns.category[at]
    if {"full", "probationary"} <= kinds and category and category.kind == "full":
        other = next(one for one in said if one.kind == "probationary")
        columns.table.add(
            at,
            "standing",
            category.text,
            f"人员类别写的是“{category.text}”，另一处写的是“{other.text}”。请改成一致。",
            code="orgs.standings-contradict",
        )
        return Decided("")
    for kind in ("probationary", "full"):
        if kind in kinds:
            return Decided(kind)
    undated = _blank(columns.joined[at]) and _blank(columns.confirmed[at])
    if not said and columns.admitted_by and undated and (stage := columns.stage(at)):
        return Decided("out", f"{stage}，没有{columns.admitted_by}")
    return Decided("")


def _reason(said: Sequence[Said], columns: _Columns, at: int) -> str:
    ranked = sorted(
        said, key=lambda one: next((n for n, word in enumerate(_REASONS) if word in one.text), len(_REASONS))
    )
    best = ranked[0]
    lacking = columns.admitted_by and best.kind == "outside" and _blank(columns.joined[at])
    return f"{best.text}，没有{columns.admitted_by}" if lacking else best.text


def by_dates(
    decided: str,
    joined: LooseDate | None,
    confirmed: LooseDate | None,
    *,
    admitted: bool,
    asked: bool,
    on: date | None,
) -> str:
    """The standing of a member of whom no column says which: full, probationary, or "" when the dates say nothing either.

    `admitted`: the column gives the day of admission as 预备党员. `asked`: there is a column for the day of confirmation.
    """
    if decided:
        return decided
    if confirmed is not None:
        return "full" if on is None or confirmed.day <= on else "probationary"
    if joined is None:
        return ""
    if admitted and asked:
        return "probationary"
    return "probationary" if on is not None and 0 <= (on - joined.day).days <= _YEAR else ""


def _blank(cell: object) -> bool:
    if isinstance(cell, str):
        return is_blank(cell)
    try:
        return read_loose_date(cell) is None
    except DateFault:
        return False
