"""Opening the duties of a day (豫创组办发〔2010〕26号 一, 四.4; 平学院创组文〔2010〕1号 1–4; decisions 0004–0008, 0013)."""

from collections import Counter
from datetime import date

from dianping.common.models import AuditEntry
from dianping.duties.models import Duty, Tally, Window
from dianping.duties.selectors import coverage_of, duties_owed_by
from dianping.orgs.selectors import posts_held
from tests.duties.deeds import reviews
from tests.factories import OVERLAY_DAY, ROUND_ENDS, ROUND_OPENS, open_on, secretarys_seat

NEAR = date(2011, 1, 10)


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


def test_the_hearing_is_owed_when_its_days_come(opened):
    assert open_on(date(2011, 1, 10)).papers == 0
    assert open_on(date(2011, 1, 11)).papers == 4


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
    assert set(Window.objects.exclude(target="paper").values_list("rule", flat=True)) == {"round"}


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
