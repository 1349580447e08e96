"""Votes are counted once, shares are never bent, and no score hides a class that is withheld."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dianping.opinions.rules import (
    Answers,
    Rounding,
    Validity,
    Votes,
    bound_faults,
    most_and_least,
    percent,
    result,
    summed,
    tally,
    void_reasons,
    weighted,
)
from tests.opinions.rules.examples import FORMS, SMALL_FORM, answers_to

OVERALL = FORMS["appraisal_member"].set_of("overall")
REPORT = FORMS["report"]
SCORED = REPORT.set_of("report")


@given(st.data(), st.lists(st.integers(1, 3), max_size=8))
def test_every_form_counts_once_under_every_question(data, groups):
    forms = [(group, data.draw(answers_to(SMALL_FORM, 2))) for group in groups]
    tallied = tally(SMALL_FORM, 2, forms)
    sizes = Counter(groups)
    places = {(0, "mood"), (1, "overall"), (2, "overall")}
    assert tallied.keys() == {(group, *place) for group in sizes for place in places}
    assert all(votes.forms == sizes[group] for (group, _, _), votes in tallied.items())
    for place in places:
        total = summed(SMALL_FORM, tallied, groups=[1, 2, 3], subject=place[0], key=place[1])
        assert total.forms == len(groups)
        assert total.counts[0] == sum(answers.grades.get(place) == 0 for _, answers in forms)


def test_a_group_without_a_form_adds_nothing():
    tallied = tally(SMALL_FORM, 1, [(1, Answers({(1, "overall"): 2})), (1, Answers())])
    assert summed(SMALL_FORM, tallied, groups=[1, 9], subject=1, key="overall") == Votes((0, 0, 1, 0), 1)
    assert summed(SMALL_FORM, {}, groups=[], subject=0, key="mood") == Votes((0, 0, 0))


def test_votes_stand_beside_their_shares_of_the_votes_cast():
    found = result(SCORED, Votes((1, 1, 1, 0), abstentions=2))
    assert [(one.grade, one.votes, one.percent) for one in found.shares] == [
        ("好", 1, Decimal("33.3")),
        ("较好", 1, Decimal("33.3")),
        ("一般", 1, Decimal("33.3")),
        ("差", 0, Decimal("0")),
    ]
    assert (found.cast, found.abstentions, found.mean) == (3, 2, Decimal("7.33"))


@pytest.mark.parametrize(
    ("part", "base", "said"),
    [
        (3, 141, "2.1"),
        (1, 8, "12.5"),
        (1, 16, "6.3"),
        (5, 5, "100"),
        (1999, 2000, "99.9"),
        (9999, 10000, "99.9"),
    ]
    + [(1, 10000, "0.1"), (0, 7, "0")],
)
def test_a_share_is_rounded_half_up_and_all_and_none_are_said_only_of_all_and_none(part, base, said):
    assert percent(part, base) == Decimal(said)


def test_of_nothing_no_share_and_no_mean_is_said():
    found = result(SCORED, Votes((0, 0, 0, 0), 4))
    assert {one.percent for one in found.shares} == {None}
    assert found.mean is None
    assert result(OVERALL, Votes((1, 0, 0, 0))).mean is None


def test_a_grade_without_a_score_does_not_move_the_mean():
    mood = SMALL_FORM.set_of("mood")
    assert result(mood, Votes((3, 1, 96))).mean == Decimal("0.75")
    assert result(mood, Votes((0, 0, 5))).mean is None


def test_classes_weigh_as_the_form_says_and_are_rounded_once():
    a, b = Votes((1, 2, 0, 0)), Votes((0, 0, 2, 1))  # means 8 and 4
    assert weighted(REPORT, "report", {"A": a, "B": b}) == Decimal("6.40")
    assert weighted(REPORT, "report", {"A": Votes((1, 0, 0, 2)), "B": b}) == Decimal(
        "4.40"
    )  # 14/3 · 0.6 + 1.6


@pytest.mark.parametrize("b", [{"B": None}, {}, {"B": Votes((0, 0, 0, 0), 6)}])
def test_a_class_that_is_withheld_leaves_no_score(b):
    assert weighted(REPORT, "report", {"A": Votes((5, 0, 0, 0)), **b}) is None


def test_a_class_without_weight_may_be_withheld():
    first, second = REPORT.weights
    form = replace(REPORT, weights=(replace(first, share=Decimal(1)), replace(second, share=Decimal(0))))
    assert weighted(form, "report", {"A": Votes((1, 1, 0, 0)), "B": None}) == Decimal("8.50")
    assert weighted(replace(REPORT, weights=()), "report", {}) is None


def test_a_cap_that_is_passed_is_told_with_votes_base_and_bound():
    assert bound_faults(OVERALL, [0] * 14 + [1] * 26, {"参评党员数": 40}) == [
        "优秀 14 人，占参评党员 40 人的 35.0 %，超过三分之一（13 人）。"
    ]
    assert bound_faults(OVERALL, [0] * 13 + [1] * 27, {"参评党员数": 40}) == []
    assert bound_faults(SMALL_FORM.set_of("overall"), [0], {}) == []


def test_a_floor_that_is_missed_is_told():
    assert bound_faults(SCORED, [0] * 18 + [1, 2], {"参评对象数": 20}) == [
        "较好及以下 2 人，占参评对象 20 人的 10.0 %，不到 15 %（3 人）。"
    ]
    assert bound_faults(SCORED, [0] * 17 + [1, 2, 3], {"参评对象数": 20}) == []


@pytest.mark.parametrize(
    ("rounding", "bounds"),
    [(Rounding.STRICT, (13, 6)), (Rounding.LOOSE, (14, 6)), (Rounding.HALF_UP, (13, 6))],
)
def test_a_share_of_people_is_rounded_as_the_set_says(rounding, bounds):
    assert most_and_least(replace(OVERALL, floor=Fraction(15, 100), rounding=rounding), 40) == bounds
    assert (
        most_and_least(replace(OVERALL, floor=Fraction(15, 100), rounding=rounding), 10)
        == {
            Rounding.STRICT: (3, 2),
            Rounding.LOOSE: (4, 1),
            Rounding.HALF_UP: (3, 2),
        }[rounding]
    )


def test_a_base_or_figure_that_is_missing_is_asked_for():
    with pytest.raises(ValueError, match="没有给出“参评党员数”"):
        bound_faults(OVERALL, [0], {"党员总数": 3})


@pytest.mark.parametrize(
    ("due", "issued", "returned", "valid", "told"),
    [
        (40, 40, 21, 21, []),
        (40, 40, 20, 20, ["应参加 40 人，收回 20 份，没有超过半数（至少要 21 份），本次评议无效。"]),
        (41, 41, 20, 20, ["应参加 41 人，收回 20 份，没有超过半数（至少要 21 份），本次评议无效。"]),
        (40, 40, 41, 41, ["发出 40 份，收回 41 份，收回的多于发出的，本次评议无效。"]),
        (40, 40, 30, 0, ["收回 30 份，没有一份有效，本次评议无效。"]),
    ],
)
def test_why_a_vote_is_void_is_told(due, issued, returned, valid, told):
    assert void_reasons(Validity(), due=due, issued=issued, returned=returned, valid=valid) == told


def test_the_rules_of_validity_are_the_forms():
    rules = Validity(quorum=Fraction(4, 5), more_than=False, more_returned_voids=False)
    assert void_reasons(rules, due=40, issued=30, returned=32, valid=32) == []
    assert "没有达到 80 %（至少要 32 份）" in void_reasons(rules, due=40, issued=30, returned=31, valid=31)[0]
    assert void_reasons(FORMS["opinion"].validity, due=40, issued=40, returned=0, valid=0) == []
    with pytest.raises(ValueError, match="有效的不能多于收回的"):
        void_reasons(rules, due=1, issued=1, returned=1, valid=2)
