"""Tables in a text: rows of cells parted by tabs, by | or by wide blanks, or one cell a line as a page gives them when pasted.

Here they are only told from running text: between two cells stands CELL, and what the columns are for is known by their
headings. `table_values` reads what the rows say.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

CELL = "␟"
# What a column is for, by its heading, in the order in which it is asked.
_ROLES = {
    # Who reviews: 点评领导, 点评人, 联系领导.
    "reviewer": re.compile(
        r"点评(?:领导|人员?|主体|者|责任人)|主评人|评议人|讲评人|(?:联系|分管|包联|挂点|责任)?(?:校|院|局|县)?领导(?:姓名|干部)?|姓名"
    ),
    # Who is reviewed: 被点评支部, 点评对象, 联系支部.
    "about": re.compile(
        r"(?:被|受)(?:点评|评议)[\u4e00-\u9fff]{0,6}|(?:点评|讲评)(?:对象|单位)|所?(?:联系|分管|包联|挂点)(?:单位|支部|党支部|党组织|点|部门|学院)(?:名称)?"
    ),
    # In which way: 点评方式, 形式.
    "way": re.compile(r"(?:点评|讲评|评议)?(?:方式|形式|方法)"),
    # How many, how: 份数, 报送方式.
    "other": re.compile(
        r"序号?|编号|份数|备注|(?:报送|上报|提交)(?:方式|形式)|(?:报送|点评)?地点|职务|联系人|联系电话|电话|说明|格式|要求"
    ),
    # Who gets it: 接收部门, 报送至.
    "to": re.compile(
        r"接收[\u4e00-\u9fff]{0,4}|收件[\u4e00-\u9fff]{0,3}|收取[\u4e00-\u9fff]{0,3}|受理[\u4e00-\u9fff]{0,3}|(?:报送|上报|报|交|送)(?:部门|对象|至|给|到|往|何处)|汇总(?:单位|部门)|去向"
    ),
    # By when: 截止时间, 报送时限.
    "due": re.compile(
        r"(?:截止|报送|上报|完成|提交|最后|点评|交付|报)?(?:时间|日期|时限|期限)(?:要求|节点)?|截止|何时(?:报|前)?"
    ),
    # What is handed in: 材料名称, 报送内容.
    "what": re.compile(
        r"(?:报送|上报|提交|应交|所需|需报)?(?:材料|资料|表格|报表|表)(?:名称|清单)?|(?:报送|上报|提交)(?:内容|事项|项目)|名称"
    ),
    # What is done: 工作内容, 步骤; a paper only where it says 上报.
    "step": re.compile(r"(?:工作|主要|具体)?(?:内容|事项|步骤|阶段|环节|任务)"),
    # Who hands it in: 报送单位, 责任单位.
    "by": re.compile(r"(?:报送|上报|责任|填报|提交|承办|报)?(?:单位|主体|部门|支部|党组织|人|人员)|谁报"),
}
# A bracket in a heading: 材料名称（附件）.
_BRACKET = re.compile(r"[（(][^）)]*[）)]")
# A line with its end.
_LINE = re.compile(r"[^\n]*\n?")
# A line of a table drawn with |: | 材料 | 单位 |.
_PIPED = re.compile(r"[ \t\x00]*\|.*\|[ \t\x00]*|[^|]+\|[^|]+\|.*")
# The line under its heading: |---|:--:|.
_DRAWN = re.compile(r"[\s|:：\-—+=\x00]{3,}")
# Blanks wide enough to part two cells.
_WIDE = re.compile(r"(?<=[^ \u3000\x00])[ \u3000]{2,}(?=[^ \u3000\x00])")
# A whole day, as under a signature: 2010年12月31日.
_YEAR_DAY = re.compile(r"[\d一二〇零○]{4}年[\d一二三四五六七八九十元]{1,3}月[\d一二三四五六七八九十]{1,3}日")
# Any blanks between two cells.
_ANY = re.compile(r"(?<=[^ \u3000\x00])[ \u3000]+(?=[^ \u3000\x00])")
_MOST_CELL = 60  # characters of one cell on its own line
_MOST_COLUMNS = 8


@lru_cache(maxsize=4096)
def role_of(heading: str) -> str:
    """What a column with this heading is for; "" where it is not known."""
    if len(heading) > _MOST_CELL:
        return ""
    # Blanks in it: 材 料.
    bare = re.sub(r"\s", "", _BRACKET.sub("", heading.replace("\x00", "")))
    return (
        next((role for role, shape in _ROLES.items() if shape.fullmatch(bare)), "") if len(bare) <= 12 else ""
    )


def roles_of(cells: Sequence[str]) -> list[str] | None:
    """The roles of a heading line's cells; None where it heads no table that is read here."""
    roles = [role_of(cell) for cell in cells]
    if "reviewer" in roles and "about" not in roles and roles.count("by") == 1:
        roles[roles.index("by")] = "about"  # 单位 beside 点评领导 is who is reviewed
    known = {role for role in roles if role}
    if (
        {"reviewer", "about"} <= known
        or ("what" in known and known & {"by", "due", "to"})
        or {"step", "due"} <= known
    ):
        return roles
    return None


def marked(text: str) -> str:
    """The same text, same length, with CELL between the cells of every table known by its heading."""
    lines = [match[0] for match in _LINE.finditer(text) if match[0]]
    out: list[str] = []
    at = 0
    while at < len(lines):
        rows = _drawn(lines, at) or _typed(lines, at) or _upright(lines, at)
        if rows:
            out += rows
            at += len(rows)
        else:
            out.append(lines[at])
            at += 1
    return "".join(out)


def _bare(line: str) -> str:
    return line.rstrip("\n")


def _drawn(lines: list[str], at: int) -> list[str]:
    """Rows between |."""
    head = _bare(lines[at])
    if "|" not in head or not _PIPED.fullmatch(head) or not roles_of(_without_edges(head).split("|")):
        return []
    rows = []
    for line in lines[at:]:
        bare = _bare(line)
        if _DRAWN.fullmatch(bare):
            rows.append("\x00" * len(line))
        elif _PIPED.fullmatch(bare):
            rows.append(_without_edges(bare).replace("|", CELL) + line[len(bare) :])
        else:
            break
    return rows if len(rows) > 1 else []


def _without_edges(bare: str) -> str:
    first, last = bare.find("|"), bare.rfind("|")
    if not bare[:first].strip("\x00 \t"):
        bare = f"{bare[:first]}\x00{bare[first + 1 :]}"
    if last > first and not bare[last + 1 :].strip("\x00 \t"):
        bare = f"{bare[:last]}\x00{bare[last + 1 :]}"
    return bare


def _typed(lines: list[str], at: int) -> list[str]:
    """Rows parted by tabs or by wide blanks, under a heading of the same kind."""
    for cut in (_by_tabs, _by_blanks, _by_any_blank):
        head = cut(_bare(lines[at]))
        columns = head.count(CELL) + 1
        roles = roles_of(head.split(CELL)) if columns > 1 else None
        if not roles or (cut is _by_any_blank and not all(roles)):
            continue
        rows = [head + lines[at][len(head) :]]
        for line in lines[at + 1 :]:
            row = cut(_bare(line))
            if CELL not in row or (cut is not _by_tabs and row.count(CELL) + 1 != columns):
                break
            rows.append(row + line[len(row) :])
        if len(rows) > 1:
            return rows
    return []


def _by_tabs(bare: str) -> str:
    return bare.replace("\t", CELL)


def _by_blanks(bare: str) -> str:
    return _WIDE.sub(lambda wide: CELL + "\x00" * (len(wide[0]) - 1), bare)


def _by_any_blank(bare: str) -> str:
    return _ANY.sub(lambda blank: CELL + "\x00" * (len(blank[0]) - 1), bare)


def _upright(lines: list[str], at: int) -> list[str]:
    """One cell a line: headings first, then as many lines a row; the line ends within a row become CELL."""
    heads: list[str] = []
    for line in lines[at : at + _MOST_COLUMNS]:
        if not role_of(_bare(line)) or _bare(line) in heads:
            break
        heads.append(_bare(line))
    columns = len(heads)
    roles = roles_of(heads) if columns > 1 else None
    rows = list(_rows(lines, at, roles)) if roles else []
    return rows if len(rows) > columns else []


def _rows(lines: list[str], at: int, roles: list[str]) -> Iterator[str]:
    columns, first = len(roles), at
    while at + columns <= len(lines):
        row = lines[at : at + columns]
        cells = list(zip(roles, map(_bare, row), strict=True))
        if any(not _is_cell(cell) or (at > first and _is_foreign(role, cell)) for role, cell in cells):
            return
        for nth, line in enumerate(row):
            last = nth == columns - 1
            yield line if last or not line.endswith("\n") else f"{_bare(line)}{CELL}"
        at += columns


def _is_cell(bare: str) -> bool:
    text = bare.strip("\x00 \t\u3000")
    return 0 < len(text) <= _MOST_CELL and not text.endswith(("。", "：", ":", "；"))


def _is_foreign(role: str, cell: str) -> bool:
    """Whether a line can be no cell of its column, so that the table has ended before it."""
    # A sign of a day: a figure, 月, 前.
    return (
        not re.search(r"[\d一二三四五六七八九十]|月|日|前|后", cell)
        if role == "due"
        else bool(_YEAR_DAY.fullmatch(cell.strip()))
    )
