"""Small sheets to judge. Identity numbers have region 990000, which exists nowhere."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from dianping.base.identity import check_digit
from dianping.orgs.rules.roster import Roster, judge

ORGANISATION_HEADINGS = ["组织名称", "组织代码", "组织类别", "上级党组织", "单位类型", "成立日期"]
MEMBER_HEADINGS = [
    "姓名", "性别", "公民身份号码", "出生日期", "入党日期", "转正日期", "人员类别", "所在党支部",
    "党内职务", "工号", "是否流动党员", "流动去向",
]  # fmt: skip
LEADER_HEADINGS = ["姓名", "公民身份号码", "所属党组织", "职务", "分管单位", "联系点"]
TOP, GENERAL, FIRST, SECOND = "示范大学党委", "文学院党总支", "文学院第一党支部", "文学院第二党支部"


class Sheet(NamedTuple):
    name: str
    first_row: int
    rows: Sequence[Sequence[Any]]
    hidden: bool = False


def number(birth: str, sequence: int) -> str:
    """The identity number of somebody born on `birth` (YYYYMMDD); an odd sequence is a man's."""
    first17 = f"990000{birth}{sequence:03d}"
    return first17 + check_digit(first17)


def organisations(*more: Sequence[Any], headings: Sequence[str] = ORGANISATION_HEADINGS) -> Sheet:
    """A committee, a general branch, two branches, and more rows."""
    rows = [
        [TOP, "X0", "基层党委", "", "高校", "1977-06-01"],
        [GENERAL, "X1", "党总支", TOP, "高校", ""],
        [FIRST, "X11", "党支部", GENERAL, "高校", ""],
        [SECOND, "X12", "党支部", GENERAL, "高校", ""],
    ]
    return Sheet("党组织", 1, [list(headings), *rows, *map(list, more)])


def member(name: str = "冉党员", **fields: Any) -> list[Any]:
    """A member's row in the order of MEMBER_HEADINGS; the fields are named as in MemberRow."""
    order = ["sex", "identity", "born", "joined", "confirmed", "standing", "branch_name", "party_post",
             "employee_no", "mobile", "mobile_to"]  # fmt: skip
    unknown = set(fields) - set(order)
    assert not unknown, unknown
    return [name, *({"branch_name": FIRST, **fields}.get(field, "") for field in order)]


def members(*rows: Sequence[Any], headings: Sequence[str] = MEMBER_HEADINGS, name: str = "党员") -> Sheet:
    return Sheet(name, 1, [list(headings), *rows])


def leaders(*rows: Sequence[Any]) -> Sheet:
    return Sheet("班子成员", 1, [LEADER_HEADINGS, *rows])


def judged(*sheets: Sheet, **options: Any) -> Roster:
    return judge([organisations(), *sheets], **options)


def the_problem(roster: Roster) -> Any:
    """The one problem of a roster; it has a row, a heading and a full sentence that asks for something."""
    (problem,) = roster.problems
    assert problem.code
    assert problem.message.endswith("。")
    assert "请" in problem.message
    return problem
