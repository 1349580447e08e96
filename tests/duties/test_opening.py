"""Opening the duties of a day (豫创组办发〔2010〕26号 一, 四.4; 平学院创组文〔2010〕1号 1–4; decisions 0004–0008, 0013)."""

from collections import Counter
from datetime import date

from dianping.common.models import AuditEntry
from dianping.duties.models import Duty, Tally, Window
from dianping.duties.selectors import coverage_of, duties_owed_by
from dianping.orgs.selectors import posts_held
from dianping.programmes.models import Adoption
from dianping.programmes.services import adopt_programme, amend_adoption
from tests.duties.deeds import reviews
from tests.factories import ACTOR, OVERLAY_DAY, ROUND_ENDS, ROUND_OPENS, open_on, secretarys_seat, vacate

NEAR = date(2011, 1, 10)
UNITS = ["YL01", "YL02", "YL03", "YL04"]  # heard by the committee


def rows():
    return list(Duty.objects.order_by("pk").values()), list(Tally.objects.order_by("pk").values())


def test_the_round_reaches_every_body_secretary_and_member(adopted):
    found = open_on()
    assert found.by_target == {
        "member": 9,
        "branch": 5,
        "branch_secretary": 5,
        "unit": 3,
        "unit_secretary": 3,
        "contact": 3,
    }
    assert (found.opened, found.outside, found.papers, found.gaps) == (25, 2, 12, [])


def test_opening_twice_changes_nothing(opened):
    before, entries = rows(), AuditEntry.objects.count()
    found = open_on()
    assert (found.opened, found.papers, found.moved) == (0, 0, 0)
    assert (found.already, found.outside) == (25, 2)
    assert rows() == before
    assert AuditEntry.objects.count() == entries


def test_opening_every_day_of_a_window_changes_nothing_either(opened):
    before = rows()
    for day in (date(2011, 1, 9), date(2011, 1, 10)):
        open_on(day)
    window = Window.objects.filter(opens__lte=OVERLAY_DAY)
    assert list(Duty.objects.filter(window__in=window).order_by("pk").values()) == before[0]


def test_each_target_stands_with_whom_the_paper_names(opened):
    def seat(place):
        return secretarys_seat(place).pk

    he, su = opened.leaders["贺知明"].pk, opened.leaders["苏岩"].pk
    owed = {
        (d.organisation.code, d.target): d.owed_by_id
        for d in reviews().exclude(target="member").select_related("organisation")
    }
    wanted = {
        ("YL", "committee"): None, ("YL", "committee_secretary"): None,
        ("YL01", "unit"): he, ("YL01", "unit_secretary"): he,
        ("YL02", "unit"): su, ("YL02", "unit_secretary"): su,
        ("YL03", "unit"): he, ("YL03", "unit_secretary"): he,
        ("YL04", "branch"): su, ("YL04", "branch_secretary"): su,
        ("YL0101", "branch"): seat(opened.letters), ("YL0101", "branch_secretary"): seat(opened.letters),
        ("YL0102", "branch"): seat(opened.letters), ("YL0102", "branch_secretary"): seat(opened.letters),
        ("YL0201", "branch"): seat(opened.sciences), ("YL0201", "branch_secretary"): seat(opened.sciences),
        # 方舟 heads the offices and their branch: passed over for the leader in charge of the offices
        ("YL0301", "branch"): he, ("YL0301", "branch_secretary"): he,
        ("YL0101", "contact"): seat(opened.top), ("YL0201", "contact"): he, ("YL0301", "contact"): su,
    }  # fmt: skip
    assert owed == wanted


def test_members_stand_with_their_own_secretary_leaders_among_them(opened):
    for duty in reviews(target="member").select_related("organisation", "person"):
        assert duty.owed_by == secretarys_seat(duty.organisation)
    names = set(reviews(target="member").values_list("person__name", flat=True))
    assert {
        "甘远山",
        "贺知明",
        "苏岩",
        "祁文",
        "白露生",
    } <= names  # unit secretaries and leaders are members too


def test_nobody_reviews_himself(opened):
    for name, person in opened.people.items():
        seats = [post.pk for post in posts_held(person, day=OVERLAY_DAY)]
        assert not duties_owed_by(seats).filter(kind="review", person=person).exists(), name
    heads = {"宁守真", "齐放", "边望川", "方舟", "柳青衣"}
    assert not reviews(target="member", person__name__in=heads).exists()


def test_one_person_is_a_target_under_each_of_his_headings(opened):
    targets = Counter(reviews(person=opened.people["方舟"]).values_list("target", flat=True))
    assert targets == {"unit_secretary": 1, "branch_secretary": 1}
    assert set(reviews(person=opened.people["祁文"]).values_list("target", flat=True)) == {
        "unit_secretary",
        "member",
    }


def test_probationary_and_mobile_members_are_covered(opened):
    names = set(reviews(target="member").values_list("person__name", flat=True))
    assert {"许可", "任远之"} <= names


def test_what_outsiders_owe_is_kept_apart(opened):
    (found,) = coverage_of([opened.top], day=OVERLAY_DAY)
    assert found.groups["outside"].due == 2
    assert found.total.due == 25
    assert set(Window.objects.filter(target__startswith="committee").values_list("outside", flat=True)) == {
        "中共河南省委高校工委"
    }


def test_papers_are_owed_by_units_and_direct_branches_each(opened):
    owed = Counter(Duty.objects.filter(kind="paper").values_list("window__rule", "due"))
    assert owed == {
        ("pledge_papers", date(2011, 1, 9)): 4,
        ("pledge_summary", date(2011, 1, 9)): 4,
        ("work_report", date(2011, 1, 10)): 4,
    }
    places = set(Duty.objects.filter(kind="paper").values_list("organisation__code", flat=True))
    assert places == {"YL01", "YL02", "YL03", "YL04"}
    for duty in Duty.objects.filter(kind="paper").select_related("organisation"):
        assert duty.owed_by == secretarys_seat(duty.organisation)


def test_a_hearing_is_to_be_held_and_prepared_from_the_paper_on_and_its_reviews_are_owed_in_its_days(adopted):
    day, due = date(2010, 12, 31), date(2011, 1, 20)
    assert open_on().hearings == 1 + 4
    held = Duty.objects.get(kind="hearing")
    assert (held.organisation.code, held.opens, held.due) == ("YL", day, due)
    assert held.owed_by == secretarys_seat(held.organisation)
    prepared = Duty.objects.filter(kind="prepare").select_related("organisation")
    assert {duty.organisation.code for duty in prepared} == {"YL01", "YL02", "YL03", "YL04"}
    assert all((duty.owed_by, duty.due) == (secretarys_seat(duty.organisation), due) for duty in prepared)
    assert open_on(date(2011, 1, 10)).by_target["heard"] == 0
    found = open_on(date(2011, 1, 11))
    assert (found.papers, found.hearings, found.by_target["heard"]) == (0, 0, 4)
    heard = Duty.objects.filter(target="heard").select_related("organisation", "person", "window")
    assert {(d.organisation.code, d.person.name, str(d.window)[-21:]) for d in heard} == {
        ("YL01", "祁文", "2011-01-11–2011-01-20"),
        ("YL02", "白露生", "2011-01-11–2011-01-20"),
        ("YL03", "方舟", "2011-01-11–2011-01-20"),
        ("YL04", "柳青衣", "2011-01-11–2011-01-20"),
    }
    assert {duty.owed_by for duty in heard} == {held.owed_by}
    assert open_on(due).by_target["heard"] == 0


def test_the_round_is_the_same_with_a_hearing_and_without(adopted):
    found = open_on()
    contacts = found.by_target["contact"]
    assert sum(found.by_target.values()) - contacts == found.opened == 25
    open_on(date(2011, 1, 11))
    assert (
        Duty.objects.filter(kind="review", window__rule="round").exclude(owed_by=None).count()
        == 25 + contacts
    )


def test_the_quarter_and_the_half_year_open_with_the_new_year(opened):
    found = open_on(date(2011, 1, 1))
    # 5 branches and 1 general branch each quarter, 2 committees each half-year: the body and its secretary
    assert found.opened == 2 * (5 + 1 + 2)
    assert found.by_target == {
        "branch": 5,
        "branch_secretary": 5,
        "unit": 3,
        "unit_secretary": 3,
        "member": 0,
        "contact": 0,
    }
    assert found.already == 25
    assert found.outside == 2 + 2


def test_no_quarter_is_owed_for_the_end_of_2010(opened):
    assert not Window.objects.filter(opens__lt=ROUND_OPENS).exists()
    others = ("paper", "hearing", "prepare")
    assert set(Window.objects.exclude(target__in=others).values_list("rule", flat=True)) == {"round"}


def test_each_new_quarter_owes_anew(opened):
    open_on(date(2011, 1, 1))
    found = open_on(date(2011, 4, 1))
    assert found.opened == 2 * (5 + 1)
    assert open_on(date(2011, 7, 1)).opened == 2 * (5 + 1 + 2)


def test_after_spring_festival_the_round_opens_nothing(adopted):
    assert open_on(date(2011, 2, 3)).by_target["member"] == 0


# ---- the overlay arrives


def due_days(target):
    return set(reviews(target=target).values_list("due", flat=True))


def test_a_nearer_date_moves_the_open_duties_of_units_and_direct_branches(adopted):
    open_on(date(2010, 12, 20))
    assert set(reviews().values_list("due", flat=True)) == {ROUND_ENDS}
    found = open_on(OVERLAY_DAY)
    assert found.opened == 0
    assert due_days("unit") == due_days("unit_secretary") == {NEAR}
    assert set(
        reviews(organisation=adopted.library, target__startswith="branch").values_list("due", flat=True)
    ) == {NEAR}
    assert due_days("branch") == {NEAR, ROUND_ENDS}
    assert due_days("contact") == {NEAR}
    assert due_days("member") == due_days("committee") == {ROUND_ENDS}


def test_the_window_shows_both_clauses_with_the_binding_one_first(adopted):
    open_on(date(2010, 12, 20))
    open_on(OVERLAY_DAY)
    window = Window.objects.get(target="unit")
    assert (window.opens, window.due) == (ROUND_OPENS, NEAR)
    assert [(c["paper"], c["clause"]) for c in window.cited] == [
        ("平学院创组文〔2010〕1号", "1"), ("豫创组办发〔2010〕26号", "四.4"), ("豫创组办发〔2010〕26号", "一")
    ]  # fmt: skip
    assert window.cited[0]["due"] == "2011-01-10"


def test_opening_late_gives_the_same_as_opening_twice(adopted):
    open_on(OVERLAY_DAY)
    late = {(d.target, d.organisation_id, d.person_id, d.opens, d.due, d.owed_by_id) for d in reviews()}
    Duty.objects.all().delete()
    Tally.objects.all().delete()
    Window.objects.all().delete()
    open_on(date(2010, 12, 20))
    open_on(OVERLAY_DAY)
    assert {
        (d.target, d.organisation_id, d.person_id, d.opens, d.due, d.owed_by_id) for d in reviews()
    } == late


def test_asking_for_an_earlier_day_again_does_not_loosen_a_date(opened):
    before = rows()
    open_on(date(2010, 12, 20))
    assert due_days("unit") == {NEAR}
    assert rows() == before


OWN = """
code = "own"
extends = "school-2010-1"
title = "本院的安排"
number = "云岭文党〔2011〕2号"
issuer = "中共云岭大学文学院委员会"
issued = 2011-01-04

[[deliverable]]
code = "list"
name = "问题清单"
kinds = ["党支部"]
to = "院党委"
opens = 2011-01-04
due = 2011-02-01
clause = "2"
says = "报问题清单"
"""


def test_who_adopted_a_paper_of_his_own_below_is_heard_and_holds_no_second_hearing(opened):
    adopt_programme(text=OWN, organisation=opened.letters, actor=ACTOR, today=date(2011, 1, 4))
    for day in (date(2011, 1, 5), date(2011, 1, 11)):
        open_on(day)
    assert Duty.objects.filter(kind="hearing").count() == 1
    assert sorted(Duty.objects.filter(kind="prepare").values_list("organisation__code", flat=True)) == UNITS
    assert sorted(Duty.objects.filter(target="heard").values_list("organisation__code", flat=True)) == UNITS


def test_a_hearing_moved_by_a_later_paper_takes_its_duties_along(opened):
    open_on(date(2011, 1, 11))
    adoption = Adoption.objects.get(code="school-2010-1")
    text = adoption.text.replace("opens = 2011-01-11", "opens = 2011-01-21")
    text = text.replace("due = 2011-01-20 ", "due = 2011-01-25 ")
    assert text != adoption.text
    on = date(2011, 1, 13)
    amend_adoption(adoption=adoption, text=text, number="云岭〔2011〕5号", on=on, actor=ACTOR, today=on)
    open_on(on)
    about = Duty.objects.filter(window__rule="hearing")
    assert about.count() == 1 + 4 + 4
    assert set(about.values_list("due", flat=True)) == {date(2011, 1, 25)}
    assert set(about.filter(target="heard").values_list("opens", flat=True)) == {date(2011, 1, 21)}
    open_on(date(2011, 1, 21))
    assert about.count() == 1 + 4 + 4


def test_a_unit_that_nobody_heads_prepares_and_is_waited_for(adopted):
    vacate(adopted.library, date(2010, 12, 1))
    open_on()
    found = open_on(date(2011, 1, 11))
    assert found.by_target["heard"] == 3
    assert Duty.objects.filter(kind="prepare", organisation=adopted.library).count() == 1


def test_a_superiors_round_moved_by_a_later_paper_leaves_the_stricter_day_and_moves_the_reviewers_too(opened):
    adoption = Adoption.objects.get(code="henan-2010-26")
    text = adoption.text.replace("due = 2011-02-02 ", "due = 2011-02-20 ")
    assert text != adoption.text
    on = date(2011, 1, 18)
    amend_adoption(adoption=adoption, text=text, number="豫创组办发〔2011〕3号", on=on, actor=ACTOR, today=on)
    open_on(on)
    rounds = Window.objects.filter(rule="round")
    due = dict(rounds.values_list("target", "due"))
    assert {due[target] for target in ("member", "reviewer")} == {date(2011, 2, 20)}
    assert due["contact"] == date(2011, 1, 10), "the school's own day, nearer than either of the province's"
    contact = Duty.objects.filter(target="contact", window__rule="round")
    assert set(contact.values_list("due", flat=True)) == {date(2011, 1, 10)}
