"""An overlay: the stricter wins, both clauses are kept, nothing is lost (slip B34; decision 0013)."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dianping.base.windows import Cadence, Window
from dianping.programmes.rules import NotOrdered, Weakened, lay_over, read_programme
from tests.programmes.rules.papers import (
    ALL,
    PROVINCE,
    PROVINCE_TEXT,
    ROUND,
    SCHOOL,
    STRICTER,
    cadence_rule,
    lines,
    named,
    overlay,
)
from tests.refused import refused


def test_the_nearer_date_binds_the_schools_own_units_and_only_them():
    due = {
        line.responsibility.code: line.window.due for line in lines(SCHOOL, date(2010, 12, 31), rule="round")
    }
    near, far = date(2011, 1, 10), date(2011, 2, 2)
    assert {code for code, day in due.items() if day == near} == {
        "unit", "unit_secretary", "direct_branch", "direct_branch_secretary", "contact"
    }  # fmt: skip
    assert {code for code, day in due.items() if day == far} == {
        "member", "branch", "branch_secretary", "committee", "committee_secretary"
    }  # fmt: skip


def test_both_clauses_stay_visible_with_the_binding_one_first():
    (unit,) = [
        line for line in lines(SCHOOL, date(2010, 12, 31), rule="round") if line.responsibility.code == "unit"
    ]
    assert [(c.paper, c.clause) for c in unit.cited] == [
        ("平学院创组文〔2010〕1号", "1"),
        ("豫创组办发〔2010〕26号", "四.4"),
        ("豫创组办发〔2010〕26号", "一"),
    ]
    assert unit.cited[0].due == date(2011, 1, 10)
    assert unit.cited[0].as_dict()["due"] == "2011-01-10"


def test_the_overlay_keeps_all_that_it_does_not_touch():
    assert SCHOOL.modes == PROVINCE.modes
    assert SCHOOL.forms == PROVINCE.forms
    assert SCHOOL.templates == PROVINCE.templates
    assert SCHOOL.entry == PROVINCE.entry
    assert SCHOOL.follow_up == PROVINCE.follow_up
    assert SCHOOL.grounds == PROVINCE.grounds
    assert PROVINCE.grounds.about == {"organisation", "secretary"}
    assert {r.code for r in SCHOOL.responsibilities} == {r.code for r in PROVINCE.responsibilities}
    assert SCHOOL.outside == "中共河南省委高校工委"


def test_a_cadence_tightened_by_an_overlay_is_tightened():
    tighter = lay_over(PROVINCE, overlay(cadence_rule(1)))
    assert {line.window for line in lines(tighter, date(2011, 2, 10), rule="quarter")} == {
        Window(date(2011, 2, 1), date(2011, 2, 28))
    }
    (rule,) = [rule for rule in tighter.rules if rule.code == "quarter"]
    assert [c.paper for c in rule.cited] == ["云岭创组〔2011〕2号", "豫创组办发〔2010〕26号"]


def test_a_rule_an_overlay_adds_begins_with_the_first_whole_window_after_the_overlay():
    added = lay_over(PROVINCE, overlay(cadence_rule(1, code="monthly"), issued="2011-03-10"))
    assert lines(added, date(2011, 3, 15), rule="monthly") == []
    assert {line.window.opens for line in lines(added, date(2011, 4, 15), rule="monthly")} == {
        date(2011, 4, 1)
    }


def unit_due(programme):
    return next(
        line.window.due
        for line in lines(programme, date(2011, 1, 5), rule="round")
        if line.responsibility.code == "unit"
    )


def test_a_third_paper_cannot_undo_what_the_second_tightened():
    with pytest.raises(Weakened):
        lay_over(SCHOOL, overlay(STRICTER.format(about='"unit"', due="2011-01-20")))


def test_a_third_paper_that_repeats_the_round_leaves_the_second_ones_date_standing():
    try:
        third = lay_over(SCHOOL, overlay(ROUND.format(due="2011-02-02", about=named(ALL))))
    except Weakened:
        return  # refusing it keeps the date as well
    assert unit_due(third) == date(2011, 1, 10)


def test_a_third_paper_may_tighten_further():
    assert unit_due(lay_over(SCHOOL, overlay(STRICTER.format(about='"unit"', due="2011-01-08")))) == date(
        2011, 1, 8
    )


def test_tightening_what_the_superior_never_ordered_is_refused():
    for body in (
        STRICTER.format(about='"nobody"', due="2011-01-10"),
        STRICTER.format(about='"unit"', due="2011-01-10").replace('rule = "round"', 'rule = "no_such"'),
        STRICTER.format(about='"unit"', due="2011-01-10").replace('rule = "round"', 'rule = "quarter"'),
    ):
        with refused(
            "programmes.stricter-names-unknown", "programmes.stricter-without-round", kind=NotOrdered
        ):
            lay_over(PROVINCE, overlay(body))


def test_an_overlay_rule_about_an_unknown_responsibility_is_refused_when_laid_over():
    with refused("programmes.rule-names-unknown", kind=NotOrdered, match="nobody"):
        lay_over(PROVINCE, overlay(cadence_rule(3, code="more", about=["nobody"])))


cadences = st.builds(Cadence, st.sampled_from([1, 2, 3, 4, 6, 12]), st.integers(1, 4))


@given(own=cadences, base=cadences, data=st.data())
def test_whoever_keeps_an_accepted_cadence_keeps_the_superiors(own, base, data):
    superior = read_programme(
        PROVINCE_TEXT.replace("months = 3", f"months = {base.months}\ntimes = {base.times}")
    )
    try:
        lay_over(superior, overlay(cadence_rule(own.months, own.times)))
    except Weakened:
        assume(False)
    done = []
    for start in range(
        1, 13, own.months
    ):  # in every window of the accepted cadence, on days of anybody's choice
        window = own.window(date(2011, start, 1))
        done += data.draw(
            st.lists(st.dates(window.opens, window.due), min_size=own.times, max_size=own.times)
        )
    assert [base.shortfall(done, date(2011, month, 1)) for month in range(1, 13)] == [0] * 12


NO_ORDER_ABOUT_THE_FORM = """
[[template]]
about = "organisation"
clause = "二"
look_at = ["推动中心工作", "党群共建"]
"""


def test_a_paper_changes_of_the_form_only_what_it_orders():
    same = lay_over(PROVINCE, overlay(""))
    assert (same.templates, same.modes, same.forms) == (PROVINCE.templates, PROVINCE.modes, PROVINCE.forms)
    other = lay_over(PROVINCE, overlay(NO_ORDER_ABOUT_THE_FORM))
    up, own = PROVINCE.template("organisation"), other.template("organisation")
    assert own.look_at == ("推动中心工作", "党群共建")
    assert (own.parts, own.by_unit_kind, own.cited) == (up.parts, up.by_unit_kind, up.cited)
    assert own.looked_at is not None
    assert own.looked_at.clause == "二"
    assert other.template("member") == PROVINCE.template("member")


def test_a_mode_a_paper_does_not_name_is_still_in_force():
    body = '[[mode]]\nkey = "collective"\nname = "集中点评"\nclause = "4"\n'
    modes = lay_over(PROVINCE, overlay(body)).modes
    assert [mode.name for mode in modes] == ["集中点评", "个别点评", "现场点评", "随机点评"]
    assert [cited.clause for cited in modes[0].cited] == ["三.1", "4"]


def test_criteria_are_added_to_and_never_taken_from():
    good = '[[criteria]]\nname = "五个好"\nabout = "organisation"\nclause = "附"\nitems = ["领导班子好", {more}]\n'
    base = overlay(good.format(more='"党员队伍好"'), extends="")
    kept = lay_over(base, overlay(good.format(more='"党员队伍好", "工作机制好"')))
    assert kept.criteria_of("organisation")[0].items == ("领导班子好", "党员队伍好", "工作机制好")
    assert kept.criteria_of("member") == ()
    with pytest.raises(Weakened, match="党员队伍好"):
        lay_over(base, overlay(good.format(more='"工作机制好"')))
