"""A small roster as rows of a workbook, and ways to look at what taking it wrote."""

from datetime import date, timedelta

from dianping.demo.people import identity_number
from dianping.orgs.models import Charge, Membership, Organisation, Person, Post, Tenure

FIRST, SECOND = date(2010, 12, 31), date(2011, 1, 5)
BEFORE = SECOND - timedelta(days=1)
TOP, LETTERS, LIBRARY = "中共云岭大学委员会", "中共云岭大学文学院委员会", "图书馆直属党支部"
STAFF, STUDENTS = "文学院教工党支部", "文学院学生党支部"
BORN = date(1970, 1, 1)


def organisation(name, code, kind, above="", founded=date(2000, 1, 1)):
    return {
        "组织名称": name, "组织代码": code, "组织类别": kind, "上级党组织": above, "单位类型": "高等学校", "成立日期": founded,
    }  # fmt: skip


def member(order, name, branch, post="", **more):
    return {
        "姓名": name, "性别": "男", "公民身份号码": identity_number(BORN, 2 * order + 1), "出生日期": BORN,
        "入党日期": date(1995, 7, 1), "人员类别": "正式党员", "所在党支部": branch, "党内职务": post, "是否流动党员": "否",
    } | more  # fmt: skip


ORGANISATIONS = [
    organisation(TOP, "YL", "基层党委"),
    organisation(LETTERS, "YL01", "二级党委", TOP),
    organisation(LIBRARY, "YL04", "直属党支部", TOP),
    organisation(STAFF, "YL0101", "党支部", LETTERS),
    organisation(STUDENTS, "YL0102", "党支部", LETTERS),
]
MEMBERS = [
    member(1, "甘远山", LIBRARY),
    member(2, "贺知明", LIBRARY),
    member(3, "柳青衣", LIBRARY, "党支部书记"),
    member(4, "祁文", STAFF, "党委书记"),
    member(5, "宁守真", STAFF, "党支部书记"),
    member(6, "冉小禾", STAFF),
    member(7, "齐放", STUDENTS, "党支部书记"),
    member(8, "许可", STUDENTS),
    member(9, "许可", STAFF),  # a namesake, told apart by the number
]
LEADERS = [
    {"姓名": "甘远山", "公民身份号码": MEMBERS[0]["公民身份号码"], "所属党组织": TOP, "职务": "党委书记",
     "分管单位": LIBRARY, "联系点": STUDENTS},
    {"姓名": "贺知明", "公民身份号码": MEMBERS[1]["公民身份号码"], "所属党组织": TOP, "职务": "党委副书记、校长",
     "分管单位": LETTERS, "联系点": STAFF},
]  # fmt: skip
BASE = {"organisations": ORGANISATIONS, "members": MEMBERS, "leaders": LEADERS}
WATCHED = (Organisation, Person, Membership, Post, Tenure, Charge)


def rows_of(*models):
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models or WATCHED}


def changes(plan):
    return {kind: n for kind, n in plan.changes().items() if n}
