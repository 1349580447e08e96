"""The running order of an event: its lines, and going from one to the next."""

from datetime import date

from dianping.common.models import AuditEntry
from dianping.common.refusal import Conflict
from dianping.reviews.models import Occasion
from dianping.reviews.selectors import running_order
from dianping.reviews.services import OccasionPlan, go_to_step, plan_occasion
from tests.factories import ACTOR, University
from tests.refused import refused

DAY = date(2011, 1, 5)


def hearing(place: University, agenda: str = "") -> Occasion:
    return plan_occasion(
        plan=OccasionPlan(kind="听取汇报", held_on=DAY, agenda=agenda),
        organisation=place.letters,
        reviewed=[],
        actor=ACTOR,
    )


def test_a_hearing_runs_report_comments_ballot_review(university: University) -> None:
    order = running_order(hearing(university))
    assert [(item.words, item.asks) for item in order] == [
        ("按抽签次序汇报", "report"),
        ("评议发言", ""),
        ("民主测评", ""),
        ("领导集中点评", "review"),
    ]


def test_numbering_of_any_kind_is_taken_off_and_blank_lines_are_left_out(university: University) -> None:
    event = hearing(university, "1. 通报上次点评问题的整改。\n\n（二）各支部述职；\n3、 2011年工作点评")
    assert [item.words for item in running_order(event)] == [
        "通报上次点评问题的整改", "各支部述职", "2011年工作点评",
    ]  # fmt: skip


def test_it_is_gone_through_step_by_step_and_each_step_is_in_the_audit(university: University) -> None:
    event = hearing(university)
    for was in range(5):
        event = go_to_step(occasion=event, step=was + 1, was=was, actor=ACTOR)
        order = running_order(event)
        assert [item.number for item in order if item.on] == ([was + 1] if was < 4 else [])
        assert sum(item.done for item in order) == was
    assert AuditEntry.objects.filter(act="议程走到").count() == 5
    event = go_to_step(occasion=event, step=4, was=5, actor=ACTOR)
    assert running_order(event)[3].on, "one may go back"


def test_stepping_does_not_disturb_who_ticks_the_attendance(university: University) -> None:
    event = hearing(university)
    assert go_to_step(occasion=event, step=1, was=0, actor=ACTOR).version == event.version


def test_two_who_step_at_once_make_one_step(university: University) -> None:
    event = hearing(university)
    go_to_step(occasion=event, step=1, was=0, actor=ACTOR)
    with refused("reviews.agenda-moved-meanwhile", kind=Conflict, match="走到了第 1 项"):
        go_to_step(occasion=event, step=1, was=0, actor=ACTOR)


def test_no_step_leads_past_the_end_and_none_where_there_is_no_agenda(university: University) -> None:
    event = hearing(university)
    with refused("reviews.no-such-step", match="没有第 6 项"):
        go_to_step(occasion=event, step=6, was=0, actor=ACTOR)
    bare = plan_occasion(
        plan=OccasionPlan(kind="调研", held_on=DAY), organisation=university.letters, reviewed=[], actor=ACTOR
    )
    with refused("reviews.no-agenda"):
        go_to_step(occasion=bare, step=1, was=0, actor=ACTOR)
