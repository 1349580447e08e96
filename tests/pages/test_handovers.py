"""交接: the list of what was handed over, and who sees it."""

from datetime import date

from dianping.duties.models import Duty, Handover
from dianping.duties.services import hand_over
from dianping.orgs.selectors.posts import holder_on
from tests.factories import ACTOR, secretarys_seat
from tests.glued import glued
from tests.pages.conftest import Stage
from tests.reviews.telling import NEW_YEAR, duty_about, tell


def hand(stage: Stage) -> None:
    """The reviews of 文学院's branches go to the secretary of 理学院."""
    place = stage.place
    here, there = (
        duty_about(branch, "branch_secretary").owed_by
        for branch in (place.letters_students, place.sciences_staff)
    )
    assert here
    assert there
    hand_over(
        from_post=here,
        to_post=there,
        holder=holder_on(there, day=NEW_YEAR),
        why="外出学习一个月",
        on=NEW_YEAR,
        actor=ACTOR,
    )  # fmt: skip


def test_what_was_handed_over_is_listed_with_its_reason_and_what_is_done(stage: Stage) -> None:
    hand(stage)
    tell(duty_about(stage.place.letters_students, "branch_secretary"))
    page = glued(stage.clients["clerk"].get("/duties/handed-over/"))
    assert "外出学习一个月" in page
    done = Duty.objects.exclude(handed_over=None).exclude(done_on=None).count()
    assert done
    assert f'data-label="已办">{done}</td>' in page


def test_both_sides_see_it_and_nobody_else(stage: Stage) -> None:
    hand(stage)
    sees = {
        role: "外出学习一个月" in stage.clients[role].get("/duties/handed-over/").content.decode()
        for role in ("clerk", "gan", "qi", "ning", "bian", "superior", "auditor")
    }
    assert sees == {
        "clerk": True, "gan": True, "qi": True, "ning": False, "bian": False, "superior": True, "auditor": True,
    }  # fmt: skip


def send(stage: Stage, **more: object):
    place = stage.place
    form = {
        "from_post": place.leaders["贺知明"].pk,
        "to_post": place.leaders["苏岩"].pk,
        "why": "住院",
        "until": "2011-01-20",
    }
    return stage.clients["clerk"].post("/duties/hand-over/", form | more)


def test_a_leader_on_leave_is_handed_over_from_a_day_until_a_day(stage: Stage) -> None:
    assert send(stage).status_code == 302
    handed = Handover.objects.latest("pk")
    assert (handed.whole, handed.on, handed.until) == (True, NEW_YEAR, date(2011, 1, 20))
    assert not Duty.objects.filter(owed_by=handed.from_post, kind="review", done_on=None).exists()
    listed = stage.clients["clerk"].get("/duties/handed-over/").content.decode()
    assert "住院" in listed
    assert "收回" in listed


def test_only_some_are_handed_over_and_none_ticked_is_refused(stage: Stage) -> None:
    he = stage.place.leaders["贺知明"]
    one = Duty.objects.filter(owed_by=he, kind="review", done_on=None).order_by("pk").first()
    assert one
    assert send(stage, what="some").headers["X-Refusal"] == "duties.nothing-to-hand-over"
    assert send(stage, what="some", items=[one.pk]).status_code == 302
    one.refresh_from_db()
    assert one.owed_by == stage.place.leaders["苏岩"]


def test_a_search_brings_the_form_back_with_what_was_typed(stage: Stage) -> None:
    answer = stage.clients["clerk"].post(
        "/duties/hand-over/", {"find": "to_post", "to_post_q": "祁文", "why": "住院", "until": "2011-01-20"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert Handover.objects.count() == 1  # the one of the stage
    assert "住院" in page
    assert "2011-01-20" in page
    assert "祁文</label>" in page.replace(" </label>", "</label>")


def test_without_both_seats_it_says_which_is_missing(stage: Stage) -> None:
    answer = send(stage, from_post="", to_post="")
    assert answer.status_code == 422
    assert "没有选“谁不能点评”" in answer.content.decode()


def test_it_is_taken_back_by_the_office_alone(stage: Stage) -> None:
    send(stage)
    address = f"/duties/handed-over/{Handover.objects.latest('pk').pk}/end/"
    assert stage.clients["gan"].post(address).status_code == 404
    assert stage.clients["clerk"].post(address).status_code == 302
    assert Duty.objects.filter(owed_by=stage.place.leaders["贺知明"], kind="review", done_on=None).exists()
    assert Handover.objects.latest("pk").ended_on == NEW_YEAR


def test_both_desks_and_lists_say_so(stage: Stage) -> None:
    qi, bian = (secretarys_seat(place) for place in (stage.place.letters, stage.place.sciences_staff))
    send(stage, from_post=qi.pk, to_post=bian.pk, until="")
    here = stage.clients["qi"]
    for address in ("/", "/duties/?whose=mine"):
        assert "全部点评已交给" in here.get(address).content.decode()
        there = stage.clients["bian"].get(address).content.decode()
        assert "把全部点评交给了您，自 2011-01-05 起，收回以前都有效" in there
    assert "交来，自 2011-01-05 起" in there


def test_an_empty_list_says_what_will_stand_there(stage: Stage) -> None:
    page = stage.clients["clerk"].get("/duties/handed-over/?organisation=YL0101").content.decode()
    assert "交接过的点评会列在这里" in page
