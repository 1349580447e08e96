"""平时记录: noted from one page, found beside the box, in nobody else's sight."""

from dianping.common.formkeys import new_form_key
from dianping.reviews.models import Note
from tests.glued import glued
from tests.pages.conftest import Stage


def sent(stage: Stage, **more: str) -> dict[str, str]:
    duty = stage.own.open_duty
    whom = f"member-{duty.organisation_id}-{duty.person_id}"
    return {
        "whom": whom,
        "text": "夜里还在答疑",
        "happened_on": "2011-01-05",
        "form_key": new_form_key(),
    } | more


def test_a_note_is_taken_from_the_page_that_lists_them(stage: Stage) -> None:
    client, duty = stage.clients["ning"], stage.own.open_duty
    page = glued(client.post("/notes/", sent(stage), follow=True))
    note = Note.objects.get(text="夜里还在答疑")
    assert (note.person, note.post, note.about) == (duty.person, duty.owed_by, "member")
    assert "夜里还在答疑" in page


def test_nobody_is_offered_whom_he_does_not_review(stage: Stage) -> None:
    page = glued(stage.clients["ning"].get("/notes/"))
    other = stage.other.open_duty
    assert f"member-{other.organisation_id}-{other.person_id}" not in page
    answer = stage.clients["ning"].post(
        "/notes/", sent(stage, whom=f"member-{other.organisation_id}-{other.person_id}")
    )
    assert answer.status_code == 422
    assert not Note.objects.filter(text="夜里还在答疑").exists()


def test_what_is_missing_is_told_and_the_words_stay(stage: Stage) -> None:
    answer = stage.clients["ning"].post("/notes/", sent(stage, whom=""))
    assert answer.status_code == 422
    assert "没有选记谁" in glued(answer)
    assert "夜里还在答疑" in glued(answer)


def test_a_note_belongs_to_the_seat_that_owes_the_review(stage: Stage) -> None:
    duty = stage.own.open_duty
    stage.clients["ning"].post(
        f"/notes/take/?about=member&person={duty.person_id}",
        {"text": "从本人的页上记的", "happened_on": "2011-01-05", "form_key": new_form_key()},
    )
    assert Note.objects.get(text="从本人的页上记的").post == duty.owed_by
