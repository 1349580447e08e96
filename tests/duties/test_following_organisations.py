"""Duties follow organisations that move, merge or end; what was done stays done (decision 0008)."""

from dianping.duties.models import Duty
from dianping.duties.selectors import coverage_of
from dianping.orgs.models import Organisation
from dianping.orgs.services import merge_organisations, place_under
from tests.duties.deeds import DAY, LATER, done, duty_of, members_due
from tests.factories import ACTOR, open_on, secretarys_seat


def test_a_branch_placed_elsewhere_takes_its_duties_and_figures_along(opened):
    place_under(organisation=opened.letters_students, parent=opened.sciences, on=DAY, actor=ACTOR)
    open_on(DAY)
    branch = Organisation.objects.get(code="YL0102")
    assert set(Duty.objects.filter(organisation=branch).values_list("path", flat=True)) == {branch.path}
    assert set(
        Duty.objects.filter(organisation=branch, target__startswith="branch").values_list(
            "owed_by", flat=True
        )
    ) == {secretarys_seat(opened.sciences).pk}
    letters, sciences, top = coverage_of([opened.letters, opened.sciences, opened.top], day=DAY, rule="round")
    # each with its own two reviews; letters keeps one branch (2 reviews, 2 members), sciences has two (4, 2 + 1)
    assert [f.total.due for f in (letters, sciences, top)] == [6, 9, 25]


def test_what_was_done_below_moves_along_and_stays_done(opened):
    done(duty_of(opened.people["许可"]))
    place_under(organisation=opened.letters_students, parent=opened.sciences, on=DAY, actor=ACTOR)
    open_on(DAY)
    assert members_due(opened.letters, opened.sciences, opened.top) == [(2, 0), (3, 1), (9, 1)]


def test_an_act_between_the_move_and_the_next_opening_is_counted_where_the_branch_stands(opened):
    place_under(organisation=opened.letters_students, parent=opened.sciences, on=DAY, actor=ACTOR)
    done(duty_of(opened.people["许可"]), DAY)
    open_on(LATER)
    assert members_due(opened.letters, opened.sciences, opened.top) == [(2, 0), (3, 1), (9, 1)]


def test_a_whole_unit_placed_elsewhere_takes_everything_along(opened):
    place_under(organisation=opened.letters, parent=opened.sciences, on=DAY, actor=ACTOR)
    open_on(DAY)
    sciences, top = coverage_of([opened.sciences, opened.top], day=DAY, rule="round")
    assert (sciences.total.due, top.total.due) == (2 + 2 + 2 + 9, 25)
    for duty in Duty.objects.select_related("organisation"):
        assert duty.path == duty.organisation.path


def test_the_members_of_a_merged_branch_are_owed_in_the_branch_they_came_to(opened):
    merge_organisations(merged=[opened.letters_students], into=opened.letters_staff, on=DAY, actor=ACTOR)
    open_on(DAY)
    assert duty_of(opened.people["许可"]).owed_by == secretarys_seat(opened.letters_staff)
    assert (
        duty_of(opened.people["齐放"]).organisation == opened.letters_staff
    )  # its secretary before: a member now


def test_nothing_is_owed_any_more_about_a_dissolved_branch(opened):
    merge_organisations(merged=[opened.letters_students], into=opened.letters_staff, on=DAY, actor=ACTOR)
    open_on(DAY)
    about = Duty.objects.filter(organisation=opened.letters_students, lapsed_on=None)
    assert not about.exists()
    (letters,) = coverage_of([opened.letters], day=DAY, rule="round")
    assert letters.groups["organisations"].due == 2
    assert letters.groups["secretaries"].due == 2


def test_what_was_done_about_a_dissolved_branch_stays_done(opened):
    done(Duty.objects.get(organisation=opened.letters_students, target="branch"))
    merge_organisations(merged=[opened.letters_students], into=opened.letters_staff, on=DAY, actor=ACTOR)
    open_on(DAY)
    (letters,) = coverage_of([opened.letters], day=DAY)
    assert letters.groups["organisations"].on_time == 1


def test_papers_of_a_dissolved_unit_are_owed_no_more(opened):
    library = opened.library
    merge_organisations(merged=[library], into=opened.offices_staff, on=DAY, actor=ACTOR)
    open_on(DAY)
    assert not Duty.objects.filter(kind="paper", organisation=library, lapsed_on=None).exists()
