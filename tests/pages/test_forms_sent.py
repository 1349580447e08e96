"""Forms: sent twice they are one act, refused they come back whole, in conflict both texts are shown; and autosave."""

import re
from datetime import date

import pytest
from django.test import Client

from dianping.accounts.models import User
from dianping.acts.dossier import aim_of
from dianping.common.formkeys import new_form_key
from dianping.common.models import AuditEntry
from dianping.duties.models import Duty
from dianping.reviews.models import Correction, Occasion, Review
from dianping.reviews.selectors import draft_of
from tests.pages.conftest import Stage
from tests.pages.test_permissions import SAID


@pytest.fixture(autouse=True)
def polls_there(stage: Stage) -> None:
    """Both sides' polls, before anything is taken back."""
    assert all(side.polls for side in stage.sides)


def file_form(stage: Stage) -> tuple[str, dict[str, str]]:
    return f"/write/{stage.own.open_duty.pk}/", SAID | {"form_key": new_form_key()}


def test_the_same_form_sent_twice_is_one_review(stage: Stage) -> None:
    address, form = file_form(stage)
    before = Review.objects.filter(filed=True).count()
    first, second = (stage.clients["ning"].post(address, form) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Review.objects.filter(filed=True).count() == before + 1


def test_the_same_form_with_other_words_is_told_and_changes_nothing(stage: Stage) -> None:
    address, form = file_form(stage)
    stage.clients["ning"].post(address, form)
    before = Review.objects.filter(filed=True).count()
    answer = stage.clients["ning"].post(address, form | {"evaluation": "另一份"})
    assert answer.status_code == 409
    assert "第二次的内容没有写入" in answer.content.decode()
    assert Review.objects.filter(filed=True).count() == before


def test_one_draft_filed_from_two_windows_is_one_review(stage: Stage) -> None:
    """A page opened twice and sent twice, each with its own key: the second one is told that it was filed."""
    address, form = file_form(stage)
    stage.clients["ning"].post(address, form | {"form_key": new_form_key()})
    before = Review.objects.filter(filed=True).count()
    stage.clients["ning"].post(address, form | {"form_key": new_form_key()})
    assert Review.objects.filter(filed=True).count() == before


def test_a_key_of_any_length_is_no_error(stage: Stage) -> None:
    address, form = file_form(stage)
    for _ in range(2):
        assert stage.clients["ning"].post(address, form | {"form_key": "k" * 300}).status_code == 302


def test_a_post_without_a_token_is_refused(stage: Stage) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="ning"))
    address, form = file_form(stage)
    assert client.post(address, form).status_code == 403
    assert Review.objects.filter(filed=True, path=stage.own.branch.path).count() == 2


def test_what_was_refused_comes_back_with_every_word_typed(stage: Stage) -> None:
    typed = SAID | {"direction": "", "evaluation": "写了很多字", "problem-2": "第二个问题", "owner-2": "老王"}
    answer = stage.clients["ning"].post(f"/write/{stage.own.open_duty.pk}/", typed)
    text = answer.content.decode()
    assert "努力方向" in text
    for words in ("写了很多字", "第二个问题", "老王"):
        assert words in text
    assert Review.objects.filter(filed=True, person=stage.own.open_duty.person).count() == 0


def version_in(text: str) -> str:
    """The version a form carries."""
    tag = re.search(r'<input[^>]*name="version"[^>]*>', text)
    assert tag is not None
    value = re.search(r'value="(\d+)"', tag[0])
    return value[1] if value else ""


def test_after_a_conflict_one_can_decide_and_send_again(stage: Stage) -> None:
    """Both texts were shown; sending the form once more is the decision, so it carries the version now standing."""
    address = f"/write/{stage.own.open_duty.pk}/"
    stage.clients["clerk"].post(f"{address}draft/", SAID | {"evaluation": "办公室写的"})
    page = stage.clients["ning"].post(address, SAID | {"evaluation": "本人写的"})
    text = page.content.decode()
    assert "办公室写的" in text
    assert "本人写的" in text
    again = stage.clients["ning"].post(
        address, SAID | {"evaluation": "本人写的", "version": version_in(text)}
    )
    assert again.status_code == 302, "the second, deliberate sending is refused as well; there is no way out"


def test_after_a_conflict_of_corrections_one_can_send_again(stage: Stage) -> None:
    address = f"/reviews/{stage.own.review.pk}/correct/"
    form = {"evaluation": "甲", "direction": "丙", "why": "笔误", "version": "1"}
    assert stage.clients["clerk"].post(address, form).status_code == 302
    page = stage.clients["ning"].post(address, form | {"evaluation": "乙"})
    text = page.content.decode()
    assert "甲" in text
    assert (
        stage.clients["ning"]
        .post(address, form | {"evaluation": "乙", "version": version_in(text)})
        .status_code
        == 302
    )


def test_a_correction_of_one_part_leaves_line_ends_of_the_others_alone(stage: Stage) -> None:
    """A browser sends line ends as CRLF; what was not touched is not corrected."""
    Review.objects.filter(pk=stage.own.review.pk).update(evaluation="第一点。\n第二点。")
    address = f"/reviews/{stage.own.review.pk}/correct/"
    sent = {
        "evaluation": "第一点。\r\n第二点。",
        "direction": "改过的方向",
        "evidence": stage.own.review.evidence,
        "why": "笔误",
        "version": "1",
    }
    assert stage.clients["ning"].post(address, sent).status_code == 302
    assert list(Correction.objects.get().after) == ["direction"]


# ---- autosave


def test_a_kept_draft_answers_with_the_version_it_now_has(stage: Stage) -> None:
    address = f"/write/{stage.own.open_duty.pk}/draft/"
    for version in ("1", "2"):
        answer = stage.clients["ning"].post(address, SAID | {"version": version})
        assert (answer.status_code, answer["X-Version"]) == (200, str(int(version) + 1))


def test_a_stale_draft_answers_409_with_both_texts(stage: Stage) -> None:
    address = f"/write/{stage.own.open_duty.pk}/draft/"
    stage.clients["clerk"].post(address, SAID | {"evaluation": "办公室写的"})
    answer = stage.clients["ning"].post(address, SAID | {"evaluation": "本人写的"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "办公室写的" in text
    assert "本人写的" in text


def test_a_draft_that_cannot_be_read_answers_422_in_words(stage: Stage) -> None:
    address = f"/write/{stage.own.open_duty.pk}/draft/"
    answer = stage.clients["ning"].post(address, SAID | {"happened_on": "昨天"})
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode().strip()


def test_typing_a_place_leaves_no_trail_of_half_written_occasions(stage: Stage) -> None:
    """Each autosave of a half-typed place must not become an event of its own."""
    address = f"/write/{stage.own.open_duty.pk}/draft/"
    for n, place in enumerate(("系", "系会", "系会议", "系会议室"), 1):
        form = SAID | {"occasion_kind": "谈心谈话", "place": place, "version": str(n)}
        assert stage.clients["ning"].post(address, form).status_code == 200
    assert not Occasion.objects.filter(planned_by="").exists()
    page = stage.clients["ning"].get(f"/write/{stage.own.open_duty.pk}/").content.decode()
    assert "系会议室" in page
    form = SAID | {
        "occasion_kind": "谈心谈话",
        "place": "系会议室",
        "version": "5",
        "form_key": new_form_key(),
    }
    assert stage.clients["ning"].post(f"/write/{stage.own.open_duty.pk}/", form).status_code == 302
    assert [one.place for one in Occasion.objects.filter(planned_by="")] == ["系会议室"]
    assert AuditEntry.objects.filter(act="记下活动").count() == 1


def test_a_wrong_date_of_a_problem_is_told_and_not_dropped(stage: Stage) -> None:
    address = f"/write/{stage.own.open_duty.pk}/draft/"
    answer = stage.clients["ning"].post(address, SAID | {"due-1": "2011-02-30"})
    draft = draft_of(aim_of(stage.own.open_duty).target)
    assert answer.status_code == 422 or (draft is not None and draft.problems.get().due is not None)


# ---- papers


@pytest.mark.parametrize("on", ["2010-12-20", "2010-11-01"])
def test_a_paper_that_was_not_taken_is_not_said_to_be(stage: Stage, on: str) -> None:
    """A day before the paper could be handed in counts for nothing; then the page must not say 已登记."""
    own = stage.own
    answer = stage.clients["clerk"].post(f"/duties/{own.paper.pk}/hand-in/", {"on": on}, follow=True)
    duty = Duty.objects.get(pk=own.paper.pk)
    assert (duty.done_on is not None) == ("已登记：" in answer.content.decode())


def test_a_paper_handed_in_is_done_once(stage: Stage) -> None:
    own = stage.own
    for on in ("2011-01-04", "2011-01-05"):
        stage.clients["qi"].post(f"/duties/{own.paper.pk}/hand-in/", {"on": on})
    assert Duty.objects.get(pk=own.paper.pk).done_on == date(2011, 1, 4)
