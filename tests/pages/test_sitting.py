"""Forty in one sitting: who is on the page, what goes with the event, and what comes back."""

import json
import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from dianping.common.formkeys import new_form_key
from dianping.duties.models import Duty
from dianping.reviews.inputs import ReviewTarget
from dianping.reviews.models import Review
from dianping.reviews.services import draw_turns, note_attendance, take_note
from tests import factories
from tests.factories import ACTOR
from tests.pages.conftest import Stage
from tests.reviews.telling import NEW_YEAR, at

SAID = {
    "mode": "individual", "regular": "1", "evaluation": "带头搬迁实验室", "problem-1": "理论学习不系统", "owner-1": "本人",
    "due-1": "2011-03-31", "direction": "三月底前读完规定书目", "version": "1",
}  # fmt: skip


def address(stage: Stage, tail: str = "") -> str:
    return f"/occasions/{stage.own.occasion.pk}/sitting/{tail}"


def open_target(stage: Stage) -> Duty:
    """A member still owed his review, with a draft of version 1."""
    return stage.own.open_duty


def told(page: bytes) -> list[dict[str, object]]:
    found = re.search(rb'<script id="targets" type="application/json">(.*?)</script>', page, re.S)
    assert found
    return json.loads(found[1])


def test_everybody_owed_there_is_on_the_page_once_with_his_draft(stage: Stage) -> None:
    page = stage.clients["ning"].get(address(stage))
    rows = told(page.content)
    names = [row["name"] for row in rows]
    assert len(names) == len(set(names))
    assert {row["id"] for row in rows} >= {stage.own.open_duty.pk, stage.own.done_duty.pk}
    drafted = next(row for row in rows if row["id"] == stage.own.open_duty.pk)
    assert drafted["words"]["evaluation"] == stage.own.draft.evaluation  # type: ignore[index]
    assert [part[0] for part in drafted["parts"]] == ["evaluation", "achievements", "problems", "direction"]  # type: ignore[union-attr]


def test_day_mode_and_place_come_from_the_event(stage: Stage) -> None:
    duty = open_target(stage)
    answer = stage.clients["ning"].post(
        address(stage, f"{duty.pk}/"), SAID | {"form_key": new_form_key()}, follow=True
    )
    assert answer.json() == {"filed": True}
    review = Review.objects.get(person=duty.person, filed=True)
    assert (review.happened_on, review.mode, review.occasion) == (NEW_YEAR, "collective", stage.own.occasion)
    assert review.problems.get().due is not None


def test_sent_twice_with_one_key_it_is_filed_once(stage: Stage) -> None:
    duty, sent = open_target(stage), SAID | {"form_key": new_form_key()}
    for _ in range(3):
        answer = stage.clients["ning"].post(address(stage, f"{duty.pk}/"), sent, follow=True)
        assert answer.json() == {"filed": True}
    assert Review.objects.filter(person=duty.person, filed=True).count() == 1


def test_what_is_missing_is_told_and_nothing_is_filed(stage: Stage) -> None:
    duty = open_target(stage)
    answer = stage.clients["ning"].post(
        address(stage, f"{duty.pk}/"), SAID | {"direction": "", "form_key": new_form_key()}
    )
    assert answer.status_code == 422
    assert "努力方向" in answer.content.decode()
    assert not Review.objects.filter(person=duty.person, filed=True).exists()


def test_a_draft_comes_back_with_its_version_and_what_to_look_at(stage: Stage) -> None:
    duty = open_target(stage)
    weak = SAID | {
        "problem-1": "再接再厉",
        "owner-1": "",
        "due-1": "",
        "evaluation": "很好",
        "direction": "继续努力",
    }
    answer = stage.clients["ning"].post(address(stage, f"{duty.pk}/draft/"), weak).json()
    assert answer["version"] == 2
    assert "像是勉励" in answer["remarks"]
    assert "没有一件具体的事" in answer["remarks"]


def test_a_newer_draft_of_somebody_elses_is_shown_and_not_lost(stage: Stage) -> None:
    duty = open_target(stage)
    stage.clients["ning"].post(address(stage, f"{duty.pk}/draft/"), SAID)
    answer = stage.clients["clerk"].post(address(stage, f"{duty.pk}/draft/"), SAID | {"evaluation": "另写的"})
    assert answer.status_code == 409
    assert "带头搬迁实验室" in answer.content.decode()
    assert answer["X-Version"] == "2"
    assert Review.objects.get(person=duty.person).evaluation == "带头搬迁实验室"


def test_more_people_make_no_more_queries(stage: Stage) -> None:
    with CaptureQueriesContext(connection) as few:
        stage.clients["ning"].get(address(stage))
    for n in range(12):
        factories.member(f"添上{n:02d}", stage.own.branch)
    factories.open_on(NEW_YEAR)
    with CaptureQueriesContext(connection) as many:
        page = stage.clients["ning"].get(address(stage))
    assert len(many) <= len(few)
    assert len(told(page.content)) >= 12


def test_the_order_of_the_lot_is_the_order_of_the_page_and_is_drawn_once(stage: Stage) -> None:
    client, occasion = stage.clients["ning"], stage.own.occasion
    rows = draw_turns(occasion=occasion, seed="a1b2", actor=ACTOR)
    page = told(client.get(address(stage)).content)
    called = [row.name for row in rows]
    assert [row["name"] for row in page][: len(called)] == called
    client.post(f"/occasions/{occasion.pk}/turns/", {"form_key": new_form_key()})
    occasion.refresh_from_db()
    assert occasion.lot == "a1b2"


def test_who_was_absent_is_dimmed_and_guests_are_kept_by_name(stage: Stage) -> None:
    occasion = stage.own.occasion
    first = occasion.attendance.order_by("pk")[0]
    note_attendance(
        occasion=occasion,
        present={first.pk: False},
        guests=[("来宾甲", "guest")],
        version=occasion.version,
        actor=ACTOR,
    )
    page = stage.clients["ning"].get(address(stage)).content.decode()
    assert "未到会" in page
    assert occasion.attendance.get(person=None).name == "来宾甲"


def test_what_was_noted_stands_beside_the_box_for_its_writer_alone(stage: Stage) -> None:
    duty = open_target(stage)
    assert duty.owed_by
    take_note(
        target=ReviewTarget(duty.owed_by, "member", stage.own.branch, duty.person),
        writer=stage.place.people["宁守真"],
        happened_on=NEW_YEAR,
        text="走廊里说起，备课到夜里十一点",
        moment=at(NEW_YEAR),
        actor=ACTOR,
    )
    seat = f"?seat={duty.owed_by_id}"
    assert "备课到夜里十一点" in stage.clients["ning"].get(address(stage, seat)).content.decode()
    kept = stage.clients["clerk"].get(address(stage, seat))
    assert kept.status_code == 200
    assert "备课到夜里十一点" not in kept.content.decode()
