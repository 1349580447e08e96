"""Who reviews whom, in the words of papers."""

import pytest

from dianping.programmes.rules.drafting_words import reviewed_by, targets_of, whose_kinds


@pytest.mark.parametrize(
    ("reviewer", "about", "expected"),
    [
        ("各分党委、党总支书记", "所属党支部及其书记", ["branch", "branch_secretary"]),
        ("各分党委（党总支）书记", "所属党支部及其书记", ["branch", "branch_secretary"]),
        ("各二级党组织书记", "所属党支部书记", ["branch_secretary"]),
        ("各总支、分党委书记", "下属支部书记", ["branch_secretary"]),
        ("学院党委书记、党总支书记", "所辖党支部", ["branch"]),
        ("街道党工委书记", "社区党组织书记", ["unit_secretary", "branch_secretary"]),
        ("机关党委书记", "各党支部及其书记", ["branch", "branch_secretary"]),
        ("党员", "党支部书记", []),
        ("党委委员", "所联系党支部", ["branch", "branch_secretary", "contact"]),
        ("各党总支部书记", "所属党支部及其书记", ["branch", "branch_secretary"]),
        ("党总支部委员会书记", "所属支部", ["branch"]),
        ("基层党委书记", "所属党支部及其书记", ["branch", "branch_secretary"]),
        (
            "校领导",
            "分管或联系的单位",
            ["direct_branch", "direct_branch_secretary", "unit", "unit_secretary", "contact"],
        ),
        ("党组书记", "所属党组织及其书记", ["unit", "unit_secretary"]),
        ("党委", "所属党总支及其书记", ["unit", "unit_secretary"]),
        ("党支部书记", "本支部每名党员", ["member"]),
        ("党员领导干部", "分管单位", ["direct_branch", "direct_branch_secretary", "unit", "unit_secretary"]),
        ("全体党员和群众代表", "党支部", []),
        ("党委班子成员", "直属党支部书记", ["direct_branch_secretary"]),
    ],
)
def test_who_reviews_whom(reviewer, about, expected):
    assert reviewed_by(reviewer, about) == expected


@pytest.mark.parametrize("words", ["党总支", "党总支部", "各总支部委员会", "直属党总支", "总支"])
def test_a_general_branch_is_no_branch(words):
    assert whose_kinds(words) == ["党总支"]
    assert targets_of(f"{words}及其书记") == ["unit", "unit_secretary"]
