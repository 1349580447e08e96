"""Who owes is one of a seat, a person, an outsider (decision 0052)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from dianping.accounts.viewer import Viewer
from dianping.duties.kinds import Kind
from dianping.duties.models import TO_BE_NAMED, Duty, Window
from dianping.duties.selectors import duties_of, duty_for, owes
from dianping.duties.services import take_back
from dianping.duties.services.recounting import tally_faults
from dianping.orgs.models import Person
from tests.duties.deeds import done
from tests.factories import ACTOR, OVERLAY_DAY, University, account, charge, head, open_on, secretarys_seat

pytestmark = pytest.mark.django_db


def owed_by_person(place: University, who: Person, window: Window | None = None, **more: object) -> Duty:
    """A member owes an act of his own about his branch, as a pledge will be owed."""
    given = {
        "kind": Kind.PAPER,
        "target": Kind.PAPER,
        "window": window or Window.objects.filter(target=Kind.PAPER).order_by("pk")[0],
        "organisation": place.letters_staff,
        "path": place.letters_staff.path,
        "owed_by_person": who,
        "opens": OVERLAY_DAY,
        "due": date(2011, 1, 9),
    }
    return Duty.objects.create(**given | more)


def test_every_duty_opened_is_owed_by_a_seat_or_by_the_outsider_its_window_names(opened: University) -> None:
    assert not Duty.objects.filter(owed_by__isnull=False).exclude(owed_by_outsider="").exists()
    nobodys = Duty.objects.filter(owed_by=None).select_related("window")
    assert {duty.target for duty in nobodys} == {"committee", "committee_secretary"}
    assert {duty.owed_by_outsider for duty in nobodys} == {"中共河南省委高校工委"}
    assert all(duty.window and duty.window.outside == duty.owed_by_outsider for duty in nobodys)


def test_where_nobody_inside_is_left_those_above_have_to_name_somebody_and_then_the_seat_owes(
    adopted: University,
) -> None:
    for place in (adopted.top, adopted.offices):
        head(adopted.people["方舟"], place, OVERLAY_DAY)
    for leader in adopted.leaders.values():
        charge(leader, adopted.sciences, since=OVERLAY_DAY)
    adopted.leaders["贺知明"].charges.filter(organisation=adopted.offices).update(until=OVERLAY_DAY)
    open_on()
    mine = Duty.objects.filter(kind=Kind.REVIEW, organisation=adopted.offices_staff).filter(
        target__startswith="branch"
    )
    assert set(mine.values_list("owed_by", "owed_by_outsider")) == {(None, TO_BE_NAMED)}
    head(adopted.people["祁文"], adopted.offices, date(2011, 1, 3))
    open_on(date(2011, 1, 3))
    assert set(mine.values_list("owed_by", "owed_by_outsider")) == {(secretarys_seat(adopted.offices).pk, "")}
    head(adopted.people["方舟"], adopted.offices, date(2011, 1, 4))
    open_on(date(2011, 1, 4))
    assert set(mine.values_list("owed_by", "owed_by_outsider")) == {(None, TO_BE_NAMED)}


@pytest.mark.parametrize("both", ["none", "seat and person", "seat and outsider", "person and outsider"])
def test_exactly_one_owes(opened: University, both: str) -> None:
    duty = Duty.objects.filter(kind=Kind.PAPER)[0]
    duty.owed_by = secretarys_seat(opened.letters) if "seat" in both else None
    duty.owed_by_person = opened.people["冉小禾"] if "person" in both else None
    duty.owed_by_outsider = "某某" if "outsider" in both else ""
    with pytest.raises(IntegrityError, match="duty_owed_by_one"), transaction.atomic():
        duty.save()


def test_several_members_owe_one_act_about_one_organisation_and_none_the_same_twice(
    opened: University,
) -> None:
    ran, ning = opened.people["冉小禾"], opened.people["宁守真"]
    first = owed_by_person(opened, ran)
    owed_by_person(opened, ning)
    with pytest.raises(IntegrityError), transaction.atomic():
        owed_by_person(opened, ran)
    owed_by_person(opened, ran, person=ning)  # about somebody: another act
    with pytest.raises(IntegrityError), transaction.atomic():
        owed_by_person(opened, ran, person=ning)
    other = Window.objects.filter(target=Kind.PAPER).exclude(pk=first.window_id)[0]
    owed_by_person(opened, ran, other)


def test_one_report_owed_by_a_person_is_owed_once_until_it_is_written(opened: University) -> None:
    ran = opened.people["冉小禾"]
    told = {"kind": Kind.REPORT, "target": Kind.REPORT, "organisation": opened.letters_staff}
    days = {"path": opened.letters_staff.path, "opens": OVERLAY_DAY, "due": date(2011, 3, 1)}
    first = Duty.objects.create(owed_by_person=ran, **told, **days)
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.create(owed_by_person=ran, **told, **days)
    Duty.objects.create(owed_by=secretarys_seat(opened.letters_staff), **told, **days)
    done(first, date(2011, 1, 4))
    Duty.objects.create(owed_by_person=ran, **told, **days)


def test_a_viewer_finds_what_his_seats_owe_and_what_he_owes_himself_and_nothing_else(
    opened: University,
) -> None:
    ran, ning, bian = (opened.people[name] for name in ("冉小禾", "宁守真", "边望川"))
    pledges = {person: owed_by_person(opened, person) for person in (ran, ning)}
    day = date(2011, 1, 5)
    member, secretary, stranger = (Viewer(account(one), day) for one in (ran, ning, bian))
    assert list(duties_of(member)) == [pledges[ran]]
    mine = set(duties_of(secretary))
    assert pledges[ning] in mine
    assert pledges[ran] not in mine
    assert mine - {pledges[ning]} == set(Duty.objects.filter(owed_by__in=secretary.post_ids, lapsed_on=None))
    assert not set(pledges.values()) & set(duties_of(stranger))
    for viewer, wanted in ((member, True), (secretary, False), (stranger, False)):
        seen = duty_for(pledges[ran].pk, posts=viewer.post_ids, person=viewer.person_id, paths=[])
        assert (seen.exists(), owes(viewer, pledges[ran])) == (wanted, wanted)


def test_an_office_account_without_a_person_owes_nothing_of_a_person(opened: University) -> None:
    owed_by_person(opened, opened.people["冉小禾"])
    office = Viewer(account(None), date(2011, 1, 5))
    assert office.person_id is None
    assert list(duties_of(office)) == []


def test_who_owes_himself_reads_it_on_his_pages_and_others_do_not(opened: University, client: Client) -> None:
    ning = opened.people["宁守真"]
    duty = owed_by_person(opened, ning)
    client.force_login(account(ning))
    for page in ("/duties/?whose=mine&kind=paper&state=all", f"/duties/{duty.pk}/"):
        found = client.get(page)
        assert found.status_code == 200
        assert f'/duties/{duty.pk}/"' in found.content.decode() or "谁办" in found.content.decode()
        assert ning.name in found.content.decode()
    client.force_login(account(opened.people["冉小禾"]))
    assert client.get(f"/duties/{duty.pk}/").status_code == 404
    client.force_login(account(opened.people["边望川"]))
    assert client.get(f"/duties/{duty.pk}/").status_code == 404


def test_what_a_person_owes_is_met_and_owed_again_and_the_tallies_stay_true(opened: University) -> None:
    duty = owed_by_person(opened, opened.people["冉小禾"])
    from dianping.duties.services import tallying

    tallying.recount(windows=[duty.window_id], day=OVERLAY_DAY)
    done(duty, date(2011, 1, 4))
    assert list(tally_faults()) == []
    take_back(duty=duty, actor=ACTOR)
    assert list(tally_faults()) == []
