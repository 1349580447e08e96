"""No figure of one to four people is told, nor left to be worked out."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dianping.bulletins.rules.body import BulletinFigures, TargetGroup, _piece, first_body
from dianping.bulletins.rules.few import withheld


def body(*groups: TargetGroup, below: tuple[str, ...] = ()) -> str:
    return first_body(BulletinFigures(date(2011, 1, 20), "2011年第一季度", below, groups))


def test_a_small_figure_takes_another_with_it() -> None:
    assert withheld([[30, 21, 3, 0, 6]]) == [[False, False, True, False, True]]


def test_figures_large_enough_are_all_told() -> None:
    assert not any(withheld([[30, 20, 5, 0, 5]])[0])


def test_a_units_small_figure_cannot_be_worked_out_from_the_others() -> None:
    rows = [[60, 53, 7], [30, 27, 3], [30, 26, 4]]
    assert withheld(rows)[1][2]
    assert withheld(rows)[2][2]
    lonely = withheld([[60, 47, 13], [30, 27, 3], [30, 20, 10]])
    assert lonely[1][2]
    assert lonely[2][2], "10 stands beside 13, so 3 would be told"


@given(st.lists(st.lists(st.integers(0, 30), min_size=4, max_size=4), min_size=1, max_size=6))
def test_every_line_keeps_its_small_figures(parts: list[list[int]]) -> None:
    children = [[sum(row), *row] for row in parts]
    rows = [[sum(row[c] for row in children) for c in range(5)], *children]
    hidden = withheld(rows)
    lines = [[(r, c) for c in range(5)] for r in range(len(rows))]
    lines += [[(r, c) for r in range(len(rows))] for c in range(5)]
    for whole, *rest in lines:
        out = [(r, c) for r, c in rest if hidden[r][c]]
        if hidden[whole[0]][whole[1]]:
            assert out or not any(rows[r][c] for r, c in rest)
        elif out:
            assert len(out) > 1
            assert sum(rows[r][c] for r, c in out) >= 5
    for row, told in zip(rows, hidden, strict=True):
        assert all(out for value, out in zip(row, told, strict=True) if 0 < value < 5)


def test_the_first_body_says_few_and_no_small_number() -> None:
    text = body(
        TargetGroup("党员", "人", (45, 38, 3, 0, 4), ((40, 35, 3, 0, 2), (5, 3, 0, 0, 2))), below=("甲", "乙")
    )
    assert "党员应点评 45 人" in text
    assert "补录不足 5 人" in text
    assert "乙：党员应点评 5 人，完成情况因人数少不单列。" in text
    assert not [n for n in (" 3 人", " 4 人", " 2 人") if n in text]


def test_a_branch_of_three_is_not_counted_out() -> None:
    text = body(TargetGroup("党员", "人", (3, 2, 0, 0, 1), ()))
    assert "应点评不足 5 人，完成情况因人数少不单列" in text


def test_reviews_under_two_rules_are_not_taken_for_as_many_people() -> None:
    text = body(TargetGroup("党组织书记", "人次", (60, 40, 8, 0, 12), (), rules=2))
    assert "按时点评 40 人次，补录未单列，逾期未单列" in text
    assert "不足" not in text, "eight reviews are not said to be fewer than five people"


def test_organisations_are_no_people() -> None:
    assert "党组织应点评 4 个，按时点评 3 个" in body(
        TargetGroup("党组织", "个", (4, 3, 0, 0, 1), (), people=False)
    )


def test_having_been_reviewed_is_told_where_only_its_two_ways_are_hidden() -> None:
    text = body(TargetGroup("党员", "人", (400, 46, 3, 351, 0), ()))
    assert "党员应点评 400 人，已点评 49 人，含补录不足 5 人，尚未到期 351 人。" in text
    assert "46" not in text


def test_a_group_of_which_nothing_can_be_said_is_one_plain_piece():
    assert _piece((6, 5, 1, 0, 0), (True, True, True, False, False), "人") == "人数少，不单列"
