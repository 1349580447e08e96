"""Judge the members of a workbook, column by column."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import repeat
from typing import NamedTuple

from dianping.base.chinese_text import clean, is_blank, person_name, squeezed
from dianping.base.identity import Identity, IdentityFault, IdentityReader, masked
from dianping.base.loose_dates import LooseDate
from dianping.orgs.rules.roster.book import Book
from dianping.orgs.rules.roster.dates import MemberDates
from dianping.orgs.rules.roster.organisations import needed, word_reader
from dianping.orgs.rules.roster.problems import CellFault, shown
from dianping.orgs.rules.roster.remarks import adopt_posts, note_remarks
from dianping.orgs.rules.roster.rows import MemberRow
from dianping.orgs.rules.roster.sections import bare_name, names_a_body
from dianping.orgs.rules.roster.standing import by_dates, decide
from dianping.orgs.rules.roster.table import Table, cell_text
from dianping.orgs.rules.roster.words import words

YOUNGEST = 16  # years; the charter asks for 18, earlier admissions of history do exist
_SHORT = 4  # characters of a name that cannot hold anything else
_NO_IDENTITY = Identity("", date.min, "")


_member_row: Callable[[tuple[object, ...]], MemberRow] = partial(tuple.__new__, MemberRow)


class Members(NamedTuple):
    """The member rows of one sheet, with the sheet they came from."""

    table: Table
    rows: list[MemberRow]
    left_out: list[str]


def read_members(
    table: Table, book: Book, notes: list[str], today: date | None, on: date | None = None
) -> Members:
    """All member rows of one sheet; faults that one row shows by itself go to the table's problems.

    Who is no member is left out and told by name. `on` is the day by which a probation is over or not.
    """
    known = words()
    decided, left_out = _leave_out(table, notes)
    names = needed(table, "name", table.read("name", name_reader(60)))
    _note_stray_signs(table, names, notes)
    branches = _branches(table, book)
    identities = read_identities(table, notes)
    sexes = table.read("sex", word_reader(known.sexes, "男或女"), "")
    _compare_sexes(table, sexes, identities)
    dates = MemberDates(table, today, on, notes)
    _compare_births(table, dates.born, identities)
    births = [
        identity.born if identity.number else loose.day if loose else None
        for loose, identity in zip(dates.born, identities, strict=True)
    ]
    _compare_dates(table, dates, births)
    adopt_posts(table)
    posts = table.texts("party_post")
    note_remarks(table, posts, notes)
    mobile = table.read("mobile", word_reader(known.answers, "是或否"), "")
    rows = zip(
        table.numbers,
        repeat(table.sheet),
        names,
        [sex or identity.sex for sex, identity in zip(sexes, identities, strict=True)],
        table.texts("nation"),
        [identity.number for identity in identities],
        births,
        [loose.day if loose else None for loose in dates.joined],
        [loose.day if loose else None for loose in dates.confirmed],
        _standings(table, decided, dates, names, notes, on),
        branches,
        posts,
        table.texts("admin_post"),
        table.texts("employee_no"),
        [answer == "是" for answer in mobile],
        table.texts("mobile_to"),
        strict=False,  # the sheet's name repeats without end
    )
    return Members(table, list(map(_member_row, rows)), left_out)


def _leave_out(table: Table, notes: list[str]) -> tuple[list[str], list[str]]:
    """The standing said of every record that stays; who was left out, by name and reason."""
    decided = decide(table)
    out = {at for at, one in enumerate(decided) if one.standing == "out"}
    if not out:
        return [one.standing for one in decided], []
    cells = table.cells("name")
    told = []
    for at in sorted(out):
        cell = cells[at]
        name = person_name(cell) if isinstance(cell, str) else shown(cell)
        told.append(f"{name}：{decided[at].reason}")
        notes.append(f"「{table.sheet}」第 {table.numbers[at]} 行{told[-1]}，不是本支部现有党员，没有列入。")
    table.drop(out)
    return [one.standing for at, one in enumerate(decided) if at not in out], told


def name_reader(limit: int) -> Callable[[object], str]:
    """Reads a cell holding a person's name of at most `limit` characters."""

    def read(cell: object) -> str:
        if not isinstance(cell, str):
            raise CellFault(f"写的是“{shown(cell)}”，不是姓名。请填写姓名。", code="orgs.not-a-name")
        if cell.isalpha() and len(cell) < _SHORT and not is_blank(cell):  # nothing beside the name
            name = person_name(cell)
        else:
            name = bare_person_name(person_name(cell_text(_SEX.sub("", clean(cell)))))
        if len(name) > limit:
            raise CellFault(
                f"写了 {len(name)} 个字，姓名最多 {limit} 个字。请改正。", code="orgs.name-too-long"
            )
        if name.isdecimal():
            raise CellFault(f"写的是“{shown(name)}”，不是姓名。请填写姓名。", code="orgs.not-a-name")
        if name and (fault := _no_name(name)):
            raise CellFault(fault, code="orgs.name-with-more")
        return name

    return read


# Words in brackets behind a name: (女), （病休）, [预备].
_REMARK = re.compile(r"\s*[(\[（【<《][^)\]）】>》]*[)\]）】>》]\s*$")
# Marks before or behind a name: *, △, ★.
_MARKS = re.compile(r"^[*＊※★☆△▲●○◎◆◇■□√#＃]+\s*|\s*[*＊※★☆△▲●○◎◆◇■□√#＃]+$")
# A number before a name: 1.某某, (2)某某, 3、某某.
_NUMBER = re.compile(r"^[(（]?[0-9]{1,4}[)）.、．]\s*(?=[^0-9])")
# The sex behind a name, a blank or a stroke between: 某某某 女.
_SEX = re.compile(r"(?<=\S\S)\s*[\s/／,，]\s*[男女]$")
# What parts two names in one cell.
_SEVERAL = re.compile(r"[、，,;；/|\n]")
# A Chinese name with a figure at its beginning or end: 1某某, 某某2.
_FIGURE = re.compile(
    r"[0-9]+[\u3400-\u9fff\U00020000-\U000323af]|[\u3400-\u9fff\U00020000-\U000323af][0-9]+$"
)
# Signs that exist on one computer only.
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")
# How people are spoken to: 王老师, 李主任.
_SPOKEN = re.compile(r"^.{1,2}(同志|主任|书记|院长|处长|科长|教授|医生|经理)$")
# The same, in words nobody is named with.
_SPOKEN_ONLY = re.compile(r"^.{1,2}(老师|师傅|先生|女士|大爷|大妈)$")
# Five Chinese characters and more without a dot: perhaps two names.
_LONG = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]{5,}")


def bare_person_name(name: str) -> str:
    """A name without the marks, the number and the bracketed remarks people put beside it."""
    bare = _SEX.sub("", _NUMBER.sub("", _MARKS.sub("", _REMARK.sub("", _MARKS.sub("", name)))))
    return bare or name


def _no_name(name: str) -> str:
    if _SEVERAL.search(name):
        return f"写的是“{shown(name)}”，像是几个人写在一格里。请一人一行。"
    if _SPOKEN_ONLY.match(name):
        return f"写的是“{shown(name)}”，像是称呼，不是姓名。请填写姓名。"
    if _PRIVATE.search(name):
        return (
            f"“{shown(name)}”里有一个字是本机自造的字（私用区编码），在别处显示不出来。"
            "请用输入法按部首或编码重新输入这个字；实在没有的字，请用同音字并在备注中说明。"
        )
    if names_a_body(name):
        return f"写的是“{shown(name)}”，像是党组织，不是姓名。请填写姓名；是小标题的，这一行只留小标题。"
    if _FIGURE.search(name):
        return f"写的是“{shown(name)}”，姓名里夹着数字。请改成姓名；同名的人请用工号或公民身份号码区分。"
    return ""


def _note_stray_signs(table: Table, names: list[str], notes: list[str]) -> None:
    """What was read as another name than is written, and what may be no name, row by row."""
    for at, (cell, name) in enumerate(zip(table.cells("name"), names, strict=True)):
        if not name or not isinstance(cell, str):
            continue
        place = table.place(at)
        written = person_name(cell_text(cell))
        if written != name:
            notes.append(f"{place}的姓名写的是“{shown(written)}”，按“{name}”读。")
        elif _SPOKEN.match(name):
            notes.append(f"{place}的“{name}”像是称呼，不是姓名，请核对。")
        elif _LONG.fullmatch(name):
            notes.append(f"{place}的“{shown(name)}”有 {len(name)} 个字，是不是两个人写在了一起？请核对。")


def read_identities(table: Table, notes: list[str]) -> list[Identity]:
    """The identity column; a record without a right number gets an empty one."""
    cells = table.cells("identity")
    found: list[Identity] = []
    old = []
    for at, identity in enumerate(IdentityReader().read_many(cells)):
        if isinstance(identity, IdentityFault):
            hidden = masked(shown(cells[at]))
            table.add(at, "identity", hidden, f"写的是“{hidden}”，{identity}", code=identity.code)
            identity = None
        elif identity and identity.remark:
            old.append(at)
        found.append(identity or _NO_IDENTITY)
    if old:
        rows = "、".join(str(table.numbers[at]) for at in old[:10]) + ("等" if len(old) > 10 else "")
        notes.append(f"「{table.sheet}」第 {rows} 行共 {len(old)} 个号码{found[old[0]].remark}")
    return found


def _branches(table: Table, book: Book) -> list[str]:
    """The branch of every record: its own cell, else the section it stands in, else the title or the sheet's name."""
    if not len(book):
        if len(table):
            table.problems.add(
                table.sheet,
                table.heading_number,
                table.heading("branch_name"),
                "",
                "本表和系统中都还没有党组织，无法编入党员。请先导入党组织表，或把它放进同一个工作簿。",
                code="orgs.roster-without-organisations",
            )
        return table.texts("branch_name")
    near = [bare_name(title) for title in table.titles]
    if "branch_name" not in table.layout.columns:
        _adopt_branch(table, book)
    written = "branch_name" in table.layout.columns
    own: list[str | None] = [""] * len(table)
    if written:
        own = table.read("branch_name", book.branch_reader())
    if table.sections:
        own = _from_sections(table, book, own, near)
    if written:
        return needed(table, "branch_name", own)
    if "" in own:
        own = _from_title(table, book, own, near)
    return [name or "" for name in own]


def _adopt_branch(table: Table, book: Book) -> None:
    """Where no column is headed as one of branches: the one whose cells, every one of them, name a branch."""
    for column in table.spare():
        texts = {squeezed(cell) for cell in table.cells_of(column) if isinstance(cell, str)} - {""}
        if texts and all(book.is_branch(text) for text in texts):
            table.adopt(column, "branch_name")
            return


def _from_sections(table: Table, book: Book, own: list[str | None], near: list[str]) -> list[str | None]:
    """Blank branches filled from the row above that names one; an unknown name is said once, where it stands."""
    meant: dict[tuple[int, str], str | None] = {}
    found = []
    for name, section in zip(own, table.section_of(), strict=True):
        if name == "" and section[0]:
            if section not in meant:
                meant[section] = _section_branch(table, book, section, near)
            name = meant[section]
        found.append(name)
    return found


def _section_branch(table: Table, book: Book, section: tuple[int, str], near: list[str]) -> str | None:
    branch = book.branch_meant(section[1], near)
    if not branch:
        table.problems.add(
            table.sheet,
            section[0],
            "所在党支部",
            section[1],
            f"这一行像是支部的小标题，写的是“{shown(section[1])}”，本表和系统中没有这个党支部。{book.sentence(section[1])}"
            "请改成党支部的全称，或先在党组织表中补上它；它下面的党员这一次都没有编入。",
            code="orgs.section-unknown",
        )
        return None
    return branch


def _from_title(table: Table, book: Book, own: list[str | None], near: list[str]) -> list[str | None]:
    """Blank branches filled from the sheet's title or name; one problem when neither names a branch."""
    branch = next((found for title in near if (found := book.branch_meant(title, near))), "")
    if not branch:
        title = next((text for text in near if names_a_body(text)), table.sheet)
        table.problems.add(
            table.sheet,
            table.heading_number,
            "所在党支部",
            "",
            f"表头中没有“所在党支部”这一列，表题和表名“{shown(title)}”也不是已有的党支部，不知道这些党员编入哪里。"
            f"{book.sentence(title)}请补上这一列；一个支部一张表的，把表名或表题改成党支部的全称即可。",
            code="orgs.roster-without-branch",
        )
        return [name or None for name in own]
    return [name if name != "" else branch for name in own]


def _compare_sexes(table: Table, sexes: list[str], identities: list[Identity]) -> None:
    for at, (sex, identity) in enumerate(zip(sexes, identities, strict=True)):
        if sex and identity.sex and sex != identity.sex:
            table.add(
                at,
                "sex",
                sex,
                f"性别写的是“{sex}”，公民身份号码第 17 位表示“{identity.sex}”，两者应当一致。"
                "请对照身份证改正其中一处。",
                code="orgs.sex-differs",
            )


def _compare_births(table: Table, born: list[LooseDate | None], identities: list[Identity]) -> None:
    for at, (loose, identity) in enumerate(zip(born, identities, strict=True)):
        if loose is None or not identity.number or loose.day == identity.born:
            continue
        same_month = (loose.day.year, loose.day.month) == (identity.born.year, identity.born.month)
        if loose.precise or not same_month:
            table.add(
                at,
                "born",
                loose.day,
                f"出生日期写的是 {loose.day}，公民身份号码中是 {identity.born}，两者应当一致。"
                "请对照身份证改正其中一处。",
                code="orgs.birth-differs",
            )


def _compare_dates(table: Table, dates: MemberDates, births: list[date | None]) -> None:
    columns = zip(births, dates.joined, dates.confirmed, strict=True)
    for at, (born, joined, confirmed) in enumerate(columns):
        if joined is None:
            continue
        if born and joined.day.year - born.year <= YOUNGEST and _too_young(born, joined):
            table.add(
                at,
                "joined",
                joined.day,
                f"入党日期是 {joined.day}，出生日期是 {born}，入党时还不满 {YOUNGEST} 岁。"
                "请核对两个日期，改正写错的一个。",
                code="orgs.joined-too-young",
            )
        if confirmed and confirmed.day < joined.day and _earlier(confirmed, joined):
            table.add(
                at,
                "confirmed",
                confirmed.day,
                f"转正日期 {confirmed.day} 早于入党日期 {joined.day}。请核对两个日期，改正写错的一个。",
                code="orgs.confirmed-before-joining",
            )


def _too_young(born: date, joined: LooseDate) -> bool:
    years = joined.day.year - born.year
    if joined.precise:
        return years < YOUNGEST or (joined.day.month, joined.day.day) < (born.month, born.day)
    return years < YOUNGEST or joined.day.month < born.month


def _earlier(one: LooseDate, other: LooseDate) -> bool:
    if one.precise and other.precise:
        return one.day < other.day
    return (one.day.year, one.day.month) < (other.day.year, other.day.month)


def _standings(
    table: Table, decided: list[str], dates: MemberDates, names: list[str], notes: list[str], on: date | None
) -> list[str]:
    """Full or probationary for everybody; whom the dates decided, and who was taken for full, is told."""
    admitted, asked = "预备" in table.heading("joined"), "confirmed" in table.layout.columns
    found, dated, blank = [], [], 0
    decided = dates.with_prolonged(decided)
    for said, joined, confirmed, name in zip(decided, dates.joined, dates.confirmed, names, strict=True):
        standing = by_dates(said, joined, confirmed, admitted=admitted, asked=asked, on=on)
        if not said and standing == "probationary":
            dated.append(name)
        blank += not standing
        found.append(standing or "full")
    if dated:
        some = "、".join(dated[:20]) + ("等" if len(dated) > 20 else "")
        notes.append(
            f"「{table.sheet}」没有写明类别，按入党和转正的日期算作预备党员：{some}，共 {len(dated)} 名。"
        )
    if blank:
        notes.append(f"「{table.sheet}」有 {blank} 名党员没有填写人员类别，按正式党员处理。")
    contradicted = [
        name
        for said, confirmed, name in zip(decided, dates.confirmed, names, strict=True)
        if said == "probationary" and confirmed and (on is None or confirmed.day <= on)
    ]
    if contradicted:
        some = "、".join(contradicted[:20]) + ("等" if len(contradicted) > 20 else "")
        notes.append(f"「{table.sheet}」中 {some} 写的是预备党员，又有转正日期，按预备党员记，请核对。")
    return found
