"""What written titles mean."""

import pytest

from dianping.orgs.rules.roster.posts import organisation_led, read_post, read_posts

PARENTS = {"支部": "总支", "总支": "分党委", "分党委": "党委", "直属支部": "党委"}
KINDS = {
    "支部": "党支部",
    "总支": "党总支",
    "分党委": "二级党委",
    "党委": "基层党委",
    "直属支部": "直属党支部",
}


@pytest.mark.parametrize(
    ("title", "role", "level"),
    [
        ("党支部书记", "secretary", "branch"),
        ("支部书记", "secretary", "branch"),
        ("书记", "secretary", "branch"),
        (" 书 记 ", "secretary", "branch"),
        ("直属党支部书记", "secretary", "branch"),
        ("党总支书记", "secretary", "general_branch"),
        ("总支书记", "secretary", "general_branch"),
        ("总支部书记", "secretary", "general_branch"),
        ("党委书记", "secretary", "committee"),
        ("分党委书记", "secretary", "committee"),
        ("文学院党委书记", "secretary", "committee"),
        ("党工委书记", "secretary", "committee"),
        ("党组书记", "secretary", "committee"),
        ("党委书记、校长", "secretary", "committee"),
        ("校长、党委书记", "secretary", "committee"),
        ("党支部书记兼组织委员", "secretary", "branch"),
        ("副书记（主持工作）", "acting", "branch"),
        ("党支部副书记(主持支部工作)", "acting", "branch"),
        ("主持工作的副书记", "acting", "branch"),
        ("党总支副书记（主持工作）", "acting", "general_branch"),
        ("代书记", "acting", "branch"),
        ("党支部负责人", "acting", "branch"),
        ("副书记", "deputy", "branch"),
        ("党委副书记、校长", "deputy", "committee"),
        ("党委常务副书记", "deputy", "committee"),
        ("组织委员", "member", "branch"),
        ("党委委员、副校长", "member", "committee"),
        ("党委委员、纪委书记", "member", "committee"),
        ("纪委书记", "none", "branch"),
        ("团委书记", "none", "branch"),
        ("团支部书记", "none", "branch"),
        ("驻村第一书记", "none", "branch"),
        ("原党支部书记", "none", "branch"),
        ("书记助理", "none", "branch"),
        ("党小组组长", "none", "branch"),
        ("校长", "none", "branch"),
        ("", "none", "branch"),
        ("无", "none", "branch"),
    ],
)
def test_a_title_is_read_for_its_role(title, role, level):
    found = read_post(title)
    assert (found.role, found.level) == (role, level)


def test_the_title_is_kept_as_written():
    assert read_post("党委书记、 校长").title == "党委书记、校长"


@pytest.mark.parametrize(
    ("title", "branch", "led"),
    [
        ("书记", "支部", "支部"),
        ("总支书记", "支部", "总支"),
        ("党委书记", "支部", "分党委"),
        ("党委书记", "直属支部", "党委"),
        ("书记", "直属支部", "直属支部"),
        ("总支书记", "直属支部", ""),
        ("副书记（主持工作）", "支部", "支部"),
        ("副书记", "支部", ""),
        ("组织委员", "支部", ""),
        ("书记", "不存在", ""),
    ],
)
def test_a_secretary_leads_the_nearest_of_his_level(title, branch, led):
    assert organisation_led(read_post(title), branch, parent_of=PARENTS, kind_of=KINDS) == led


def test_a_ring_of_superiors_does_not_hold_the_search():
    assert organisation_led(read_post("党委书记"), "甲", parent_of={"甲": "乙", "乙": "甲"}, kind_of={}) == ""


@pytest.mark.parametrize(
    ("title", "posts"),
    [
        ("党委书记、党支部书记", [("secretary", "committee"), ("secretary", "branch")]),
        ("党总支书记兼教工党支部书记", [("secretary", "general_branch"), ("secretary", "branch")]),
        ("党委副书记（主持工作）、机关党支部书记", [("acting", "committee"), ("secretary", "branch")]),
        ("党支部书记（兼）", [("secretary", "branch")]),
        ("兼职组织委员", [("member", "branch")]),
        ("院长并兼任党总支书记", [("secretary", "general_branch")]),
        ("前进街道党工委书记", [("secretary", "committee")]),
        ("原阳县委书记", [("secretary", "committee")]),
        ("原机关党支部书记、党总支书记", [("secretary", "general_branch")]),
        ("前任党支部书记", []),
        ("前党支部书记", []),
        ("党支部书记（已免）", []),
        ("党委委员、组织部长", [("member", "committee")]),
        ("离退休党支部书记（退休教师）", [("secretary", "branch")]),
        ("校长", []),
    ],
)
def test_every_post_of_a_title_is_read(title, posts):
    assert [(post.role, post.level) for post in read_posts(title)] == posts
