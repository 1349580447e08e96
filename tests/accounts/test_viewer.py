"""Rights follow posts and grants as they stand on the day; a subtree is all one sees (decisions 0007, 0012)."""

from datetime import date, timedelta

import pytest

from dianping.accounts.models import Grant
from dianping.accounts.services import add_account, grant_role
from dianping.accounts.viewer import Viewer, outermost
from dianping.common.models import AuditEntry
from dianping.orgs.models import Organisation
from dianping.orgs.services import end_charge, place_under
from tests.factories import ACTOR, PASSWORD, account, act, head, organisation, secretarys_seat, vacate
from tests.refused import refused

DAY = date(2011, 1, 5)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def may_read(user, day=DAY):
    """Which of a university's organisations a user may read: their codes."""
    viewer = Viewer(user, day)
    return {o.code for o in Organisation.objects.all() if viewer.may_read(o.path)}


LETTERS = {"YL01", "YL0101", "YL0102"}
SCIENCES = {"YL02", "YL0201"}
OFFICES = {"YL03", "YL0301"}
EVERYTHING = {"YL", "YL04"} | LETTERS | SCIENCES | OFFICES


def grant(user, role, place, since=DAY):
    return grant_role(user=user, role=role, organisation=place, since=since, actor=ACTOR)


def test_each_of_the_cast_sees_his_own_subtree(cast):
    assert may_read(cast.gan.user) == EVERYTHING
    assert may_read(cast.ning.user) == {"YL0101"}
    assert may_read(cast.bian.user) == {"YL0201"}
    assert may_read(cast.ran.user) == set()


def test_an_ordinary_members_account_opens_nothing(cast):
    viewer = Viewer(cast.ran.user, DAY)
    assert (viewer.posts, viewer.read_paths, viewer.office_paths, viewer.headed_paths) == ([], [], [], [])
    assert not viewer.is_site_clerk
    assert viewer.organisations == []


def test_a_unit_secretary_sees_his_unit_and_a_leader_what_he_answers_for(university):
    assert may_read(account(university.people["祁文"])) == LETTERS
    assert may_read(account(university.people["贺知明"])) == LETTERS | OFFICES | {
        "YL0201"
    }  # in charge; in contact
    assert may_read(account(university.people["苏岩"])) == SCIENCES | {"YL04", "YL0301"}


def test_a_leader_does_not_keep_the_books_of_what_he_is_in_charge_of(university):
    viewer = Viewer(account(university.people["贺知明"]), DAY)
    assert not viewer.keeps(university.letters.path)
    assert viewer.headed_paths == []


def test_the_right_comes_and_goes_with_the_post_on_its_day(cast, university):
    head(cast.ran.person, university.letters_staff, DAY)
    assert may_read(cast.ning.user, BEFORE) == {"YL0101"}
    assert may_read(cast.ning.user, DAY) == set()
    assert may_read(cast.ran.user, BEFORE) == set()
    assert may_read(cast.ran.user, DAY) == {"YL0101"}


def test_a_vacated_post_gives_nothing(cast, university):
    vacate(university.letters_staff, DAY)
    assert may_read(cast.ning.user, DAY) == set()
    assert Viewer(cast.ning.user, DAY).post_ids == []


def test_the_deputy_in_charge_has_the_vacant_seat_and_its_rights(cast, university):
    vacate(university.letters_staff, DAY)
    act(cast.ran.person, university.letters_staff, DAY)
    viewer = Viewer(cast.ran.user, DAY)
    assert secretarys_seat(university.letters_staff).pk in viewer.post_ids
    assert may_read(cast.ran.user) == {"YL0101"}


def test_a_deputy_whose_secretary_has_come_heads_nothing(cast, university):
    act(cast.ran.person, university.letters_staff)  # and 宁守真 is secretary
    viewer = Viewer(cast.ran.user, DAY)
    assert secretarys_seat(university.letters_staff).pk not in viewer.post_ids
    assert viewer.headed_paths == []


def test_a_charge_that_ended_gives_nothing(university):
    user = account(university.people["贺知明"])
    for charge in university.leaders["贺知明"].charges.all():
        end_charge(charge=charge, on=DAY, actor=ACTOR)
    assert may_read(user, BEFORE) != set()
    assert may_read(user, DAY) == set()


@pytest.mark.parametrize("role", Grant.Role.values)
def test_a_grant_opens_one_subtree_from_its_day_on(university, role):
    office = account()
    grant(office, role, university.letters)
    assert may_read(office, BEFORE) == set()
    assert may_read(office, DAY) == LETTERS


def test_a_grant_ended_yesterday_gives_nothing(university):
    office = account()
    grant(office, Grant.Role.CLERK, university.letters, since=BEFORE)
    Grant.objects.update(until=DAY)  # the first day after
    assert may_read(office, BEFORE) == LETTERS
    viewer = Viewer(office, DAY)
    assert (viewer.grants, viewer.read_paths, viewer.office_paths) == ([], [], [])
    assert viewer.title == "无授权"


def test_only_a_clerk_keeps_books(university):
    for role in (Grant.Role.SUPERIOR, Grant.Role.AUDITOR):
        office = account()
        grant(office, role, university.letters)
        assert not Viewer(office, DAY).keeps(university.letters.path)
    clerk = account()
    grant(clerk, Grant.Role.CLERK, university.letters)
    viewer = Viewer(clerk, DAY)
    assert viewer.keeps(university.letters_staff.path)
    assert not viewer.keeps(university.sciences.path)
    assert not viewer.keeps(university.top.path)


def test_rosters_and_programmes_are_the_work_of_a_clerk_of_the_top_or_the_site(university):
    unit, top, site, auditor = account(), account(), account(), account()
    grant(unit, Grant.Role.CLERK, university.letters)
    grant(top, Grant.Role.CLERK, university.top)
    grant(site, Grant.Role.CLERK, None)
    grant(auditor, Grant.Role.AUDITOR, None)
    assert [Viewer(u, DAY).is_site_clerk for u in (unit, top, site, auditor)] == [False, True, True, False]
    assert not Viewer(top, BEFORE).is_site_clerk


def test_a_grant_over_the_site_covers_every_top_also_one_founded_later(university):
    office = account()
    grant(office, Grant.Role.AUDITOR, None)
    organisation("中共另一大学委员会", "基层党委", code="QT")
    assert may_read(office) == EVERYTHING | {"QT"}


def test_rights_follow_an_organisation_that_is_placed_elsewhere(cast, university):
    sciences = account(university.people["白露生"])
    letters = account(university.people["祁文"])
    place_under(organisation=university.letters_students, parent=university.sciences, on=DAY, actor=ACTOR)
    assert may_read(sciences) == SCIENCES | {"YL0102"}
    assert may_read(letters) == LETTERS - {"YL0102"}
    assert may_read(cast.ning.user) == {"YL0101"}


def test_no_path_at_all_is_readable_by_nobody(cast):
    for player in (cast.ning, cast.bian, cast.ran):
        assert not Viewer(player.user, DAY).may_read("")


def test_the_switch_offers_what_may_be_read_and_nothing_else(cast, university):
    assert {code for code, _ in Viewer(cast.ning.user, DAY).organisations} <= {"YL0101"}
    letters = account(university.people["祁文"])
    offered = {code for code, _ in Viewer(letters, DAY).organisations}
    assert "YL01" in offered
    assert offered <= LETTERS


@pytest.mark.parametrize(
    ("paths", "kept"),
    [
        ([], []),
        (["00010002", "0001", "0002"], ["0001", "0002"]),
        (["0001", "0001"], ["0001"]),
        (["000100020003", "00010002"], ["00010002"]),
        (["0001000A", "00010009"], ["00010009", "0001000A"]),
    ],
)
def test_a_subtree_inside_another_is_not_named_twice(paths, kept):
    assert outermost(paths) == kept


def test_the_viewer_acts_under_his_name_and_title(cast):
    actor = Viewer(cast.ning.user, DAY).actor
    assert (actor.name, actor.acting_as) == ("ning", "党支部书记")


def test_granting_twice_changes_nothing(university):
    office = account()
    first = grant(office, Grant.Role.CLERK, university.letters)
    entries = AuditEntry.objects.count()
    assert grant(office, Grant.Role.CLERK, university.letters, since=AFTER) == first
    assert Grant.objects.count() == 1
    assert AuditEntry.objects.count() == entries


def test_a_name_is_used_once_and_a_person_has_one_account(cast, university):
    with refused("accounts.name-taken"):
        account(username="ning")
    with refused("accounts.person-has-account"):
        account(cast.ning.person, username="ning2")


def test_a_password_is_never_kept_as_it_is(university):
    user = add_account(username="clerk", password=PASSWORD, name="干事", person=None, actor=ACTOR)
    assert PASSWORD not in user.password
    assert user.check_password(PASSWORD)
    assert PASSWORD not in str(list(AuditEntry.objects.values()))
