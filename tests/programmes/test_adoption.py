"""Adopting programmes, and asking what binds whom on which day (decision 0013; house habit: rules have dates)."""

from datetime import date, timedelta

import pytest

from dianping.common.models import AuditEntry
from dianping.common.refusal import Refusal
from dianping.programmes.models import Adoption
from dianping.programmes.selectors import adoptions_of, programme_for, programmes_in_force
from dianping.programmes.services import renew_adoption
from dianping.programmes.shelf import programme_text, shipped_names
from tests.factories import ACTOR, OVERLAY_DAY, ROUND_OPENS, adopt, open_on
from tests.refused import refused

PROVINCE, SCHOOL = "henan-2010-26", "school-2010-1"
OWN = """
code = "{code}"
extends = "{extends}"
title = "{code}的安排"
number = "云岭〔2011〕{code}号"
issuer = "云岭大学"
issued = {issued}
"""
ROUND = """
[[rule]]
code = "round"
name = "普遍点评一轮"
opens = 2010-12-15
due = {due}
about = ["member", "branch", "branch_secretary", "direct_branch", "direct_branch_secretary",
         "unit", "unit_secretary", "committee", "committee_secretary"]
clause = "3"
says = "本级的一轮"
"""
MONTHLY = """
[[rule]]
code = "monthly"
name = "党支部按月"
months = {months}
about = ["branch"]
clause = "4"
says = "本级的频次"
"""
STRICTER = """
[[stricter]]
rule = "round"
about = ["{about}"]
due = {due}
clause = "1"
says = "本级的期限"
"""


def paper(body, *, code="own", extends=PROVINCE, issued=OVERLAY_DAY):
    return OWN.format(code=code, extends=extends, issued=issued) + body


def due_days(place, day):
    in_force = programme_for(place, day)
    return {
        line.responsibility.code: line.window.due
        for line in in_force.programme.lines(day)
        if line.rule == "round"
    }


def test_both_papers_ship_with_the_system():
    assert {PROVINCE, SCHOOL} <= set(shipped_names())


def test_the_superiors_paper_is_adopted_along_each_in_force_from_its_own_day(university):
    found = adopt(university.top)
    assert found.new
    assert [a.code for a in found.along] == [PROVINCE]
    in_force = dict(Adoption.objects.values_list("code", "in_force"))
    assert in_force == {PROVINCE: ROUND_OPENS, SCHOOL: OVERLAY_DAY}


def test_adopting_twice_changes_nothing(adopted):
    rows, entries = list(Adoption.objects.values()), AuditEntry.objects.count()
    assert not adopt(adopted.top).new
    assert not adopt(adopted.top, PROVINCE).new
    assert list(Adoption.objects.values()) == rows
    assert AuditEntry.objects.count() == entries


def test_adopting_below_what_is_adopted_above_changes_nothing(adopted):
    assert not adopt(adopted.letters).new
    assert Adoption.objects.count() == 2


def test_another_text_under_the_same_code_is_refused(adopted):
    text = programme_text(SCHOOL).replace("2011-01-10", "2011-01-05")
    with refused("programmes.same-code-other-text"):
        adopt(adopted.top, text)
    with refused("programmes.same-code-other-text"):
        adopt(adopted.letters, text)
    assert Adoption.objects.count() == 2


def test_a_weaker_paper_is_refused_with_both_clauses_and_nothing_is_adopted(university):
    with refused("programmes.weakens-its-base") as no:
        adopt(university.top, paper(STRICTER.format(about="unit", due="2011-02-20")))
    assert "豫创组办发〔2010〕26号 四.4" in str(no.value)
    assert "云岭〔2011〕own号 1" in str(no.value)
    assert "没有采用" in str(no.value)
    assert (
        Adoption.objects.count() == 0
    )  # the superior's paper that would have come along is not adopted either


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("months = ", "toml.malformed"),
        (MONTHLY.format(months=5), "programmes.file-unreadable"),
        (MONTHLY.format(months=1).replace('code = "monthly"\n', ""), "programmes.file-unreadable"),
        (MONTHLY.format(months=1).replace('"branch"', '"nobody"'), "programmes.rule-names-unknown"),
        (STRICTER.format(about="nobody", due="2011-01-10"), "programmes.stricter-names-unknown"),
        (ROUND.format(due="2010-01-01"), "programmes.file-unreadable"),
    ],
    ids=[
        "no TOML",
        "months that tile no year",
        "a rule without a code",
        "about nobody",
        "stricter on nobody",
        "backward",
    ],
)
def test_a_paper_that_cannot_be_used_is_refused_in_words(university, body, code):
    with refused(code):
        adopt(university.top, paper(body))
    assert Adoption.objects.count() == 0


def test_a_paper_on_top_of_one_nobody_adopted_is_refused(university):
    with refused("programmes.base-not-adopted"):
        adopt(university.top, paper(MONTHLY.format(months=1), extends="no-such-paper"))


def test_a_name_that_is_neither_shipped_nor_a_file_is_refused():
    with refused("programmes.no-such-programme", match="没有叫“nothing”的方案"):
        programme_text("nothing")


def test_a_day_before_any_rule_is_an_error(adopted):
    with refused("programmes.none-in-force"):
        programmes_in_force(date(2010, 12, 14))
    with refused("programmes.none-in-force"):
        open_on(date(2010, 12, 14))
    assert programme_for(adopted.letters, date(2010, 12, 14)) is None


def test_an_empty_site_has_no_rule_at_all(university):
    with refused("programmes.none-in-force"):
        programmes_in_force(OVERLAY_DAY)


def test_the_overlay_does_not_bind_before_its_own_day(adopted):
    assert set(due_days(adopted.top, date(2010, 12, 30)).values()) == {date(2011, 2, 2)}
    days = due_days(adopted.top, OVERLAY_DAY)
    assert days["unit"] == days["direct_branch_secretary"] == date(2011, 1, 10)
    assert days["member"] == date(2011, 2, 2)


def test_a_programme_binds_what_lies_below_and_nothing_beside(university):
    adopt(university.letters, PROVINCE)
    for place in (university.letters, university.letters_staff):
        assert programme_for(place, OVERLAY_DAY).organisation == university.letters
    for place in (university.top, university.sciences_staff):
        assert programme_for(place, OVERLAY_DAY) is None


def test_a_units_own_paper_is_laid_over_what_binds_it_from_above(adopted):
    adopt(
        adopted.letters,
        paper(STRICTER.format(about="member", due="2011-01-20"), extends=SCHOOL, code="letters"),
    )
    assert due_days(adopted.letters_staff, date(2011, 1, 5))["member"] == date(2011, 1, 20)
    assert due_days(adopted.letters, date(2011, 1, 5))["unit"] == date(2011, 1, 10)
    assert due_days(adopted.sciences_staff, date(2011, 1, 5))["member"] == date(2011, 2, 2)
    assert [a.code for a in adoptions_of(adopted.letters_staff)] == [PROVINCE, SCHOOL, "letters"]


def test_two_papers_of_one_place_are_adopted_only_if_they_can_be_in_force_together(university):
    """What adopting accepts, opening can use: a second paper is refused now or works then."""
    adopt(university.top, PROVINCE)
    another = programme_text(PROVINCE).replace('code = "henan-2010-26"', 'code = "another-campaign"')
    try:
        adopt(university.top, another.replace("due = 2011-02-02", "due = 2011-02-20"))
    except Refusal:
        assert Adoption.objects.count() == 1
    assert open_on().opened > 0


def test_a_paper_above_that_a_paper_below_would_weaken_is_refused_or_works(university):
    adopt(university.top, PROVINCE)
    adopt(university.letters, paper(MONTHLY.format(months=3), code="letters"))
    try:
        adopt(university.top, paper(MONTHLY.format(months=1), code="own"))
    except Refusal:
        assert Adoption.objects.count() == 2
    assert open_on(date(2011, 1, 5)).opened > 0


def test_papers_work_in_whichever_order_they_were_adopted(university):
    """Adopted late, but issued earlier: the order of issue is the one that counts on every day."""
    adopt(university.top, PROVINCE)
    adopt(university.top, paper(MONTHLY.format(months=3), code="later", issued=date(2011, 3, 1)))
    try:
        adopt(university.top, paper(MONTHLY.format(months=1), code="earlier", issued=date(2011, 1, 1)))
    except Refusal:
        assert Adoption.objects.count() == 2
    assert open_on(date(2011, 4, 5)).opened > 0


def test_the_text_is_kept_as_it_was_adopted(adopted):
    kept = Adoption.objects.get(code=SCHOOL)
    assert kept.text == programme_text(SCHOOL)
    assert (kept.adopted_on, kept.adopted_by) == (OVERLAY_DAY, "test")
    entry = AuditEntry.objects.get(act="采用方案", about=f"adoption:{kept.pk}")
    assert entry.detail["digest"] == kept.digest


# ---- a shipped programme that ships otherwise than it was adopted


def older(university):
    """The province's programme as a site adopted it before it demanded grounds."""
    text = programme_text(PROVINCE)
    start, end = text.index("[grounds]"), text.index("# ---- what follows")
    return adopt(university.top, text[:start] + text[end:])


def test_an_older_shipped_text_stands_and_is_told(university):
    standing = older(university)
    with refused("programmes.shipped-text-newer", match="--renewed"):
        adopt(university.top, programme_text(PROVINCE))
    assert not programme_for(university.top, ROUND_OPENS).programme.grounds
    assert Adoption.objects.get().text == standing.adoption.text


def test_a_renewed_programme_binds_from_today_and_the_old_text_answers_before(university):
    older(university)
    for new in (True, False):
        renewed = renew_adoption(name=PROVINCE, organisation=university.top, actor=ACTOR, today=OVERLAY_DAY)
        assert renewed.new is new
    assert not programme_for(university.top, OVERLAY_DAY - timedelta(1)).programme.grounds
    assert programme_for(university.top, OVERLAY_DAY).programme.demands_grounds("secretary")
    assert adopt(university.top, programme_text(PROVINCE)).new is False


def test_what_was_never_adopted_is_not_renewed(university):
    with refused("programmes.not-adopted-yet"):
        renew_adoption(name=PROVINCE, organisation=university.top, actor=ACTOR, today=OVERLAY_DAY)
