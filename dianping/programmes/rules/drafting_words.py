"""A paper's words for reviewers, targets and parts, brought to the words of a programme file. Data, and how to look it up."""

import re

from dianping.base.kinds import at_top, called_in_papers, of_level, reviewed_as

BRANCHES, DIRECT, UNITS = (reviewed_as(name) for name in ("branch", "direct_branch", "unit"))
GENERAL_BRANCHES = tuple(kind for kind in UNITS if kind in of_level("general_branch"))
COMMITTEES = tuple(kind for kind in UNITS if kind in of_level("committee"))
BELOW_TOP = tuple(kind for kind in UNITS if kind not in at_top())
_LEADER = ["in_charge", "superior_secretary"]

# Every class of target a programme can owe a review about, and who answers for it when the relations are followed.
MENU: dict[str, dict[str, object]] = {
    "member": {"about": "member", "kinds": [*BRANCHES, *DIRECT], "reviewers": ["own_secretary"], "target": "member"},
    "branch": {"about": "organisation", "kinds": [*BRANCHES], "reviewers": ["superior_secretary"], "target": "branch"},
    "branch_secretary": {
        "about": "secretary", "kinds": [*BRANCHES], "reviewers": ["superior_secretary"], "target": "branch_secretary",
    },
    "direct_branch": {"about": "organisation", "kinds": [*DIRECT], "reviewers": _LEADER, "target": "branch"},
    "direct_branch_secretary": {
        "about": "secretary", "kinds": [*DIRECT], "reviewers": _LEADER, "target": "branch_secretary",
    },
    "unit": {"about": "organisation", "kinds": [*UNITS], "reviewers": _LEADER, "target": "unit"},
    "unit_secretary": {"about": "secretary", "kinds": [*UNITS], "reviewers": _LEADER, "target": "unit_secretary"},
    "committee": {"about": "organisation", "kinds": [*at_top()], "place": "top", "target": "committee"},
    "committee_secretary": {
        "about": "secretary", "kinds": [*at_top()], "place": "top", "target": "committee_secretary",
    },
    "contact": {
        "about": "organisation", "kinds": [*BRANCHES, *DIRECT, *UNITS], "reviewers": ["contact"], "target": "contact",
    },
}  # fmt: skip
CALLED = {
    "member": "党员",
    "branch": "党支部",
    "branch_secretary": "党支部书记",
    "direct_branch": "直属党支部",
    "direct_branch_secretary": "直属党支部书记",
    "unit": "二级党组织",
    "unit_secretary": "二级党组织书记",
    "committee": "党委",
    "committee_secretary": "党委书记",
    "contact": "领导的联系点",
}
MODE_NAMES = {"集中点评": "collective", "个别点评": "individual", "现场点评": "on_site", "随机点评": "random"}
FORM_KEYS = {
    "党内外群众征求意见表": "opinions",
    "群众民主评议表": "appraisal",
    "领导干部点评登记表": "reviews",
    "领导点评重点问题跟踪整改落实记录表": "rectification",
    "领导点评工作情况统计表": "statistics",
}
_PART_WORDS = (
    # A judgement: 总体评价.
    ("evaluation", r"评价"),
    # What was achieved: 取得的成绩.
    ("achievements", r"成绩|成效"),
    # What is lacking: 存在的问题.
    ("problems", r"问题|不足|差距"),
    # What comes next: 努力方向.
    ("direction", r"方向|打算"),
)
# A branch of any kind.
_BRANCH = re.compile(r"支部")
# A body at the top, by the label of its kind.
_COMMITTEE = re.compile("|".join(map(re.escape, at_top())))
# A unit, by the name of its kind or by a word for all of them: 二级党委, 分党委, 各单位, 联系点, 所属党组织.
_UNIT = re.compile(
    r"总支|二级党组|单位|联系点|(?:基层|下一?级|所属|下属)党组织|"
    + "|".join(map(re.escape, called_in_papers("unit")))
)
# Who leads a unit: 领导, 班子成员, 委员, 分管.
_LEADERS = re.compile(r"领导|班子|委员(?!会)|常委|主要负责|分管|包联")
# Whom a body acts through as a whole: 党委, 党组 (not 党组织), where no secretary is named.
_BODY = re.compile(r"(?<!支部)党委|党组(?!织)|工委")
# A plain member, or whoever is no member: 党员, 群众代表. They review nobody.
_ORDINARY = re.compile(
    r"(?:全体|各|每名|广大|普通|本|支部|党支部|所属|党内外|正式|预备|和|、|及|与)*"
    r"(?:党员(?!领导|干部)|群众|职工|教职工|师生|学生|代表|同志|的)+(?:和|、|及|与|党员|群众|职工|教职工|师生|学生|代表)*"
)
# A general branch by its longer names, which hold the word for a branch: 党总支部, 总支部委员会.
_GENERAL = re.compile(r"总支部(?:委员会)?|总支委员会")
# Bodies of any kind under whoever is spoken of: 社区党组织, 党组织.
_ANY_BODY = re.compile(r"(?<!二级)党组织")


def plain(words: str) -> str:
    """Words in which a general branch is never spelled like a branch (党总支部 holds 支部)."""
    return _GENERAL.sub("总支", words)


def targets_of(about: str) -> list[str]:
    """The classes of target behind words such as 党支部书记, 所属党支部及其书记, 基层党委, 全体党员."""
    about = plain(about)
    secretary, body = _who(about)
    targets = []
    # A branch once direct branches are taken out: 直属党支部 alone means no other.
    branch = _BRANCH.search(re.sub("直属党?支部", "", about))
    if branch:
        targets += _pair("branch", secretary, body)
    if _BRANCH.search(about):
        targets += _pair("direct_branch", secretary, body)
    if _UNIT.search(about) or branch:
        targets += _pair("unit", secretary, body)
    if _COMMITTEE.search(about):
        targets += _pair("committee", secretary, body)
    if not targets and re.search(r"党员", about):
        targets = ["member"]
    if not targets and secretary:
        targets = [code for code in MENU if code.endswith("secretary")]
    return targets


def _who(about: str) -> tuple[bool, bool]:
    """Whether secretaries are meant, and whether bodies are."""
    secretary = "书记" in about or "负责人" in about
    # A secretary beside the body: 党支部及其书记, 党组织、负责人.
    both = re.search(r"(?:及|和|与|、)(?:其)?(?:支部)?(?:书记|负责人)", about)
    return secretary, bool(not secretary or both)


def _pair(code: str, secretary: bool, body: bool) -> list[str]:
    return ([code] if body else []) + ([f"{code}_secretary"] if secretary else [])


def whose_kinds(words: str) -> list[str]:
    """The kinds of organisation behind words; a branch's pace holds for direct and general branches (decision 0004)."""
    words = plain(words)
    kinds = []
    if "支部" in words:
        kinds += (
            [*BRANCHES, *DIRECT]
            # A branch once direct branches (直属支部, 直属党支部) are taken out.
            if re.search(r"(?<!直属)(?:党)?支部", re.sub("直属党?支部", "", words))
            else [*DIRECT]
        )
        # The same; general branches go with it unless they are named.
        if re.search(r"支部", re.sub("直属党?支部", "", words)) and "总支" not in words:
            kinds += GENERAL_BRANCHES
    if "总支" in words:
        kinds += GENERAL_BRANCHES
    if re.search(r"党委", words):
        kinds += COMMITTEES
    return kinds


def reviewed_by(reviewer: str, about: str) -> list[str]:
    """The classes of target that a sentence such as “基层党委书记要对所属党支部及其书记进行点评” gives to a reviewer."""
    reviewer, about = plain(reviewer), plain(about)
    if not about or not reviewer or _ORDINARY.fullmatch(reviewer):
        return []
    # Whether a body or its secretary is meant as well: 党组织, 支部及…, 书记.
    if re.search(r"党员", about) and not re.search(r"组织|支部及|书记", about):
        return ["member"]
    codes = [code for code in targets_of(about) if not code.startswith("committee")]
    if _leads(reviewer):
        return _led(about, codes)
    if re.search(r"支部", about) and not _UNIT.search(about):
        return [code for code in codes if code.startswith("branch")]
    if _ANY_BODY.search(about) and not _UNIT.search(about):
        return [code for name in ("unit", "branch") for code in _pair(name, *_who(about))]
    return codes


def _leads(reviewer: str) -> bool:
    """Whether leaders review: by that word, or a body where no secretary is named (各分党委、党总支书记 are secretaries)."""
    return bool(_LEADERS.search(reviewer)) or (bool(_BODY.search(reviewer)) and "书记" not in reviewer)


def _led(about: str, codes: list[str]) -> list[str]:
    """What leaders review. A unit, or a branch, as it is run is its organisation and whoever heads it."""
    # A contact point is reviewed by every leader whose it is (decision 0063): 联系点, 联系单位, 所联系党支部.
    contact = ["contact"] if "联系" in about else []
    # Units in their charge, contact points: 分管单位, 联系点.
    if re.search(r"单位|联系点", about):
        return ["direct_branch", "direct_branch_secretary", "unit", "unit_secretary", *contact]
    # Branches that leaders go to: 所联系党支部, 分管的支部; not the direct ones, which are under the top like a unit.
    branch = _BRANCH.search(re.sub("直属党?支部", "", about))
    # In whose charge, or whose contact: 所联系, 分管, 包联.
    if branch and re.search(r"联系|分管|包联|挂点", about):
        return ["branch", "branch_secretary", *contact]
    return [code for code in codes if code.startswith(("unit", "direct"))]


def parts_in(text: str) -> dict[str, tuple[str, ...]]:
    """Which parts a sentence such as “对党员的点评内容主要包括：……” names, by class of target."""
    # Whom the review is of, and its parts: 对党员的点评内容主要包括：….
    told = re.search(r"对(.{2,16}?)的?点评内容(.+)", text)
    if not told:
        return {}
    about = "member" if "党员" in told[1] else "secretary" if "书记" in told[1] else "organisation"
    # The words of one part, from _PART_WORDS.
    keys = tuple(key for key, words in _PART_WORDS if re.search(words, told[2]))
    return {about: keys} if keys else {}
