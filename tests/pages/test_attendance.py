"""Who was there is saved by whatever is pressed; one who was not is asked about; who presides is on the list."""

from datetime import timedelta
from typing import Any

from dianping.common.formkeys import new_form_key
from dianping.reviews.models import Attendance, Occasion, Review
from dianping.reviews.services import note_attendance
from tests.factories import ACTOR
from tests.glued import glued
from tests.pages.conftest import Stage
from tests.pages.test_lists import book
from tests.pages.test_permissions import SAID


def sent(occasion: Occasion, *, absent: Attendance | None = None, **more: str) -> dict[str, object]:
    """The list as the page shows it, all ticked but one."""
    here = [str(row.pk) for row in occasion.attendance.all() if row != absent]
    return {
        "present": here, "version": occasion.version, "standing": "ordinary", "guests": "", "minutes": occasion.minutes,
        "form_key": new_form_key(),
    } | more  # fmt: skip


def left_out(stage: Stage) -> Attendance:
    return stage.own.occasion.attendance.get(person=stage.own.open_duty.person)


def test_going_on_to_the_reviews_saves_the_list_first(stage: Stage) -> None:
    occasion, seat = stage.own.occasion, stage.own.open_duty.owed_by
    row = left_out(stage)
    answer = stage.clients["ning"].post(
        f"/occasions/{occasion.pk}/attend/", sent(occasion, absent=row, then=str(seat.pk))
    )
    assert answer["Location"] == f"/occasions/{occasion.pk}/sitting/?seat={seat.pk}"
    row.refresh_from_db()
    assert row.present is False
    assert occasion.attendance.filter(present=True).count() == occasion.attendance.count() - 1


def test_each_button_of_the_page_saves_what_was_ticked_and_written(stage: Stage) -> None:
    client, occasion = stage.clients["ning"], stage.own.occasion
    occasion.agenda = "一、通报\n二、点评"
    occasion.save()
    row = left_out(stage)
    step = sent(occasion, absent=row, move="1:0", minutes="祁书记讲了话")
    assert client.post(f"/occasions/{occasion.pk}/go/", step).status_code == 302
    occasion.refresh_from_db()
    row.refresh_from_db()
    assert (occasion.step, occasion.minutes, row.present) == (1, "祁书记讲了话", False)
    lot = sent(occasion, absent=row, guests="来宾甲")
    assert client.post(f"/occasions/{occasion.pk}/turns/", lot).status_code == 302
    occasion.refresh_from_db()
    assert occasion.lot
    assert occasion.attendance.get(person=None).name == "来宾甲"


def test_where_nothing_was_ticked_nobody_is_noted_as_there_unasked(stage: Stage) -> None:
    occasion = stage.own.occasion
    occasion.agenda = "一、通报"
    occasion.save()
    assert (
        stage.clients["ning"].post(f"/occasions/{occasion.pk}/go/", sent(occasion, move="1:0")).status_code
        == 302
    )
    assert not occasion.attendance.exclude(present=None).exists()


def test_a_list_somebody_else_changed_meanwhile_stops_the_button_and_keeps_the_words(stage: Stage) -> None:
    occasion = stage.own.occasion
    occasion.agenda = "一、通报"
    occasion.save()
    step = sent(occasion, absent=left_out(stage), move="1:0", minutes="写了很久的记录")
    note_attendance(occasion=occasion, present={}, minutes="别人写的", version=occasion.version, actor=ACTOR)
    answer = stage.clients["ning"].post(f"/occasions/{occasion.pk}/go/", step)
    assert answer.status_code == 422
    assert "写了很久的记录" in answer.content.decode()
    occasion.refresh_from_db()
    assert (occasion.step, occasion.minutes) == (0, "别人写的")


def noted_absent(stage: Stage) -> str:
    occasion, row = stage.own.occasion, left_out(stage)
    note_attendance(occasion=occasion, present={row.pk: False}, version=occasion.version, actor=ACTOR)
    return f"/occasions/{occasion.pk}/sitting/{stage.own.open_duty.pk}/"


def file(stage: Stage, address: str, **more: str) -> object:
    said = SAID | {"version": "1", "form_key": new_form_key()} | more
    return stage.clients["ning"].post(address, said)


def test_who_was_noted_as_absent_is_asked_about_before_a_collective_review_is_filed(stage: Stage) -> None:
    address, row = noted_absent(stage), left_out(stage)
    asked = file(stage, address)
    assert asked.status_code == 422  # type: ignore[attr-defined]
    assert asked["X-Refusal"] == "reviews.absent-from-event"  # type: ignore[index]
    assert not Review.objects.filter(filed=True, person=row.person).exists()
    assert file(stage, address, absence="told").status_code == 302  # type: ignore[attr-defined]
    row.refresh_from_db()
    assert row.present is False
    assert Review.objects.filter(filed=True, person=row.person).count() == 1


def test_one_who_came_after_all_is_put_right_on_the_list(stage: Stage) -> None:
    address, row = noted_absent(stage), left_out(stage)
    assert file(stage, address, absence="came").status_code == 302  # type: ignore[attr-defined]
    row.refresh_from_db()
    assert row.present is True


def test_the_writing_page_asks_the_same_and_takes_the_answer(stage: Stage) -> None:
    noted_absent(stage)
    occasion = stage.own.occasion
    event = {"occasion_kind": occasion.kind, "place": occasion.place, "happened_on": str(occasion.held_on)}
    address = f"/write/{stage.own.open_duty.pk}/"
    asked = file(stage, address, **event).content.decode()  # type: ignore[attr-defined]
    assert 'data-refusal="reviews.absent-from-event"' in asked
    assert 'name="absence"' in asked
    assert file(stage, address, **event, version="2", absence="told").status_code == 302  # type: ignore[attr-defined]


def test_who_presides_is_on_the_list_and_is_no_ordinary_member_there(stage: Stage) -> None:
    client = stage.clients["ning"]
    planned = client.post(
        f"/occasions/plan/?organisation={stage.own.branch.code}",
        {"kind": "组织生活会", "held_on": "2011-01-05", "form_key": new_form_key()},
    )
    occasion = Occasion.objects.get(kind="组织生活会", organisation=stage.own.branch)
    assert planned["Location"] == f"/occasions/{occasion.pk}/"
    host = occasion.attendance.get(standing=Attendance.Standing.HOST)
    assert host.name == "宁守真"
    assert "主持" in client.get(f"/occasions/{occasion.pk}/").content.decode()


def test_the_list_of_events_tells_what_nobody_noted_from_nobody_there(stage: Stage, settings: Any) -> None:
    """The page, its workbook and the state 到会没有登记 say the same."""
    occasion, ning = stage.own.occasion, stage.clients["ning"]

    def came() -> str:
        row = glued(ning.get("/occasions/")).partition(f"/occasions/{occasion.pk}/")[2]
        shown = row.partition('data-label="到会">')[2].partition("<")[0].strip()
        titles, *rows = book(ning, "/occasions/")
        at = titles.index("到会")
        told = next(row[at] for row in rows if occasion.place in row)
        assert (told or "—") == shown
        unmarked = occasion.place in str(book(ning, "/occasions/", state="unmarked"))
        assert unmarked == (shown == "没有登记")
        return shown

    assert came() == "—", "it is today"
    settings.STANDING_DAY = occasion.held_on + timedelta(days=1)
    assert came() == "没有登记"
    first, *_ = rows = list(occasion.attendance.all())
    Attendance.objects.filter(pk=first.pk).update(present=True)
    assert came() == "1", "one was noted, the other not yet"
    note_attendance(
        occasion=occasion, present={row.pk: False for row in rows}, version=occasion.version, actor=ACTOR
    )
    assert came() == "0"
    occasion.attendance.all().delete()
    assert came() == "—", "nobody was called in"
