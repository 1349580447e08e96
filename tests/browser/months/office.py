"""云汀学院, which does not exist: one committee, three units, five branches, as its office keeps them in a workbook: forty members with
DIANPING_LONG=1, otherwise the first five of each branch.

The workbook is a value that changes as the story goes: whoever is appointed, moves or joins is written into it and it is read in again.
"""

from copy import deepcopy
from pathlib import Path

from tests.factories import write_roster
from tests.long import long

TOP = "中共云汀学院委员会"
LETTERS, SCIENCES, OFFICES = (
    "中共云汀学院文学院委员会",
    "中共云汀学院理学院总支部委员会",
    "中共云汀学院机关总支部委员会",
)
TEACHERS, STUDENTS = "文学院教工党支部", "文学院学生党支部"
FIRST, SECOND = "理学院教工第一党支部", "理学院教工第二党支部"
OFFICE = "机关党支部"
ORGANISATIONS = (
    (TOP, "YT", "基层党委", ""),
    (LETTERS, "YT01", "二级党委", TOP),
    (SCIENCES, "YT02", "党总支", TOP),
    (OFFICES, "YT03", "党总支", TOP),
    (TEACHERS, "YT0101", "党支部", LETTERS),
    (STUDENTS, "YT0102", "党支部", LETTERS),
    (FIRST, "YT0201", "党支部", SCIENCES),
    (SECOND, "YT0202", "党支部", SCIENCES),
    (OFFICE, "YT0301", "党支部", OFFICES),
)
EVERYBODY = {  # the first of each branch is its secretary, unless HEADS says otherwise
    TEACHERS: "宁守真 祁文澜 冉小禾 叶知秋 陆行之 温如玉 江望舒 段清和 高致远",
    STUDENTS: "齐放 许可 沈知微 林见鹿 苏慕白 程念安 顾长风 傅明夷",
    FIRST: "边望川 白露生 任远之 姜既明 韦若水 罗成蹊 钟子期 谭以宁",
    SECOND: "方舟 柳青衣 石破天 云中鹤 闻于野 骆归田",
    OFFICE: "甘远山 贺知明 苏岩 严正清 何所思 易安然 洪定一 毕有方 汤以新",
}
MEMBERS = {branch: tuple(names.split()[: long(5, 9)]) for branch, names in EVERYBODY.items()}
HEADS = {LETTERS: "祁文澜", SCIENCES: "白露生", OFFICES: "严正清", OFFICE: "何所思"}
PROBATION = {"苏慕白"}
SECRETARIES = {place: HEADS.get(place, people[0]) for place, people in MEMBERS.items()}


class Workbook:
    """The roster as the office keeps it."""

    def __init__(self) -> None:
        """As it stands on the first day."""
        self.organisations = [
            {
                "组织名称": name,
                "组织代码": code,
                "组织类别": kind,
                "上级党组织": above,
                "单位类型": "高校",
                "成立日期": "2001-09-01",
            }
            for name, code, kind, above in ORGANISATIONS
        ]
        self.members = [
            {
                "姓名": name,
                "性别": "女" if number % 2 else "男",
                "出生日期": f"{1961 + number * 3}-0{1 + number % 9}-15",
                "入党日期": "2010-06-15" if name in PROBATION else "2004-06-15",
                "人员类别": "预备党员" if name in PROBATION else "正式党员",
                "所在党支部": branch,
                "党内职务": "党支部书记" if name == SECRETARIES[branch] else "",
            }
            for branch, people in MEMBERS.items()
            for number, name in enumerate(people)
        ]
        self.leaders = [
            self.leader("甘远山", TOP, "党委书记", contacts=TEACHERS),
            self.leader("贺知明", TOP, "党委副书记", in_charge=f"{LETTERS}、{OFFICES}", contacts=FIRST),
            self.leader("苏岩", TOP, "党委委员、副校长", in_charge=SCIENCES, contacts=STUDENTS),
            self.leader("祁文澜", LETTERS, "党委书记"),
            self.leader("白露生", SCIENCES, "党总支书记"),
            self.leader("严正清", OFFICES, "党总支书记"),
        ]

    @staticmethod
    def leader(
        name: str, place: str, post: str, *, in_charge: str = "", contacts: str = ""
    ) -> dict[str, object]:
        """A row of 班子成员."""
        return {"姓名": name, "所属党组织": place, "职务": post, "分管单位": in_charge, "联系点": contacts}

    def row(self, name: str) -> dict[str, object]:
        """Somebody's row of 党员."""
        [found] = [row for row in self.members if row["姓名"] == name]
        return found

    def joins(self, name: str, branch: str) -> None:
        """Written in for somebody who was joined by page, so that the next file does not take him out again."""
        self.members.append({"姓名": name, "人员类别": "正式党员", "所在党支部": branch})

    def leaves(self, name: str) -> None:
        """Struck out for somebody who left by page."""
        self.members.remove(self.row(name))

    def copy(self) -> "Workbook":
        """Another one, to be changed."""
        return deepcopy(self)

    def only(self, *places: str) -> "Workbook":
        """What one unit's clerk sends: these organisations and whoever stands in them, under the row of the whole."""
        part = self.copy()
        part.organisations = [row for row in part.organisations if row["组织名称"] in (TOP, *places)]
        part.members = [row for row in part.members if row["所在党支部"] in places]
        part.leaders = [row for row in part.leaders if row["所属党组织"] in places]
        return part

    def write(self, path: Path) -> Path:
        """As a file to upload."""
        return write_roster(
            path, organisations=self.organisations, members=self.members, leaders=self.leaders
        )
