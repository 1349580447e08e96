"""交接: the list of what was handed over, and who sees it."""

from dianping.duties.models import Duty
from dianping.duties.services import hand_over
from dianping.orgs.selectors.posts import holder_on
from tests.factories import ACTOR
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


def test_an_empty_list_says_what_will_stand_there(stage: Stage) -> None:
    assert "交接过的点评会列在这里" in stage.clients["clerk"].get("/duties/handed-over/").content.decode()
