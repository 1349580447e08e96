"""What came back lately on the workbench: each kind of note is told in its own words, the newest first, few of each."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dianping.accounts.models import User
from dianping.accounts.viewer import Viewer
from dianping.duties.selectors import owed_below
from dianping.pages.workbench import shown as recent
from dianping.pages.workbench.shown import WorkbenchNote, notes_for
from dianping.rectification.services import answer_extension, file_report
from dianping.reviews.services import answer_review
from tests.factories import ACTOR
from tests.pages.conftest import Stage
from tests.reviews.telling import NEW_YEAR, OTHER, at, take_step


@pytest.fixture(autouse=True)
def all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than a desk has room for, so that nothing is crowded out."""
    monkeypatch.setattr(recent, "MOST", 99)


def told(stage: Stage, who: str = "clerk", *, at_place: Any = None) -> list[WorkbenchNote]:
    viewer = Viewer(User.objects.get(username=who), NEW_YEAR)
    return notes_for(viewer, at_place or stage.own.branch)[0]


def sentences(notes: list[WorkbenchNote]) -> list[str]:
    return [note.text for note in notes]


def test_every_kind_of_note_says_who_what_and_where(stage: Stage) -> None:
    own = stage.own
    answer_review(review=own.review, text="同意。", on_behalf=False, moment=at(NEW_YEAR), actor=ACTOR)
    answer_review(review=own.body_review, text=" ", on_behalf=False, moment=at(NEW_YEAR, 11), actor=ACTOR)
    file_report(duty=own.report, text="原因是没有专人，三月底前补齐。", moment=at(NEW_YEAR), actor=OTHER)
    take_step(own.item, "plan")
    notes = told(stage)
    found = {note.text: note for note in notes}
    name, unit = own.review.person.name, own.branch.name
    for text, act, url, day in (
        (f"{name}签阅了点评，写了意见", "看意见", f"/reviews/{own.review.pk}/", NEW_YEAR),
        (f"{unit}签阅了点评", "看意见", f"/reviews/{own.body_review.pk}/", NEW_YEAR),
        (f"{unit}的专门书面报告交来了", "看报告", f"/rectification/report/{own.report.pk}/", NEW_YEAR),
        (
            f"约谈了{own.talk.organisation.short_name}的{own.talk.person.name}：“{own.talk.reasons[:24]}”",
            "看约谈",
            f"/rectification/admonitions/{own.talk.pk}/",
            own.talk.held_on,
        ),
        (
            f"对{own.waiting.item.person.name}的问题申请延至 {own.waiting.until}，等答复："
            f"“{own.waiting.item.problem.text[:24]}”",
            "看申请",
            f"/rectification/{own.waiting.item_id}/",
            own.waiting.asked_on,
        ),
    ):
        assert text in found, (text, sorted(found))
        assert (found[text].act, found[text].url, found[text].day) == (act, url, day)
    assert any(text.startswith(f"对{own.item.organisation.name}的问题") for text in found)


@pytest.mark.parametrize(("granted", "says"), [(True, "批准延至 2011-02-20"), (False, "不同意延期")])
def test_an_answer_takes_the_place_of_what_was_asked(stage: Stage, granted: bool, says: str) -> None:
    asked = stage.own.waiting
    answer_extension(
        extension=asked,
        granted=granted,
        until=date(2011, 2, 20) if granted else None,
        words="" if granted else "不行。",
        version=asked.item.version,
        moment=at(NEW_YEAR),
        actor=OTHER,
    )
    notes = told(stage)
    (note,) = [note for note in notes if f"问题{says}" in note.text]
    assert (note.act, note.day) == ("看答复", NEW_YEAR)
    assert not [note for note in notes if "等答复" in note.text]


def test_one_is_told_of_reviews_of_oneself_and_not_of_others(stage: Stage) -> None:
    user = User.objects.get(username="ning")
    user.person = stage.own.review.person
    user.save()
    notes = told(stage, "ning")
    assert f"{stage.own.review.reviewer.name}登记了对您的点评" in sentences(notes)
    assert not [text for text in sentences(told(stage)) if "对您的点评" in text]


def test_the_newest_comes_first_and_each_kind_has_few(stage: Stage) -> None:
    for n in range(8):
        take_step(
            stage.own.item, "progress", on=NEW_YEAR - timedelta(days=n % 3), text=f"第{n}次", actor=ACTOR
        )
    notes = told(stage)
    days = [note.day for note in notes if note.day is not None]
    assert days == sorted(days, reverse=True)
    assert len([note for note in notes if note.act == "看整改"]) == 5


def test_papers_owed_below_are_named_and_ones_own_are_not(stage: Stage) -> None:
    paper, window = stage.own.paper, stage.own.paper.window
    assert window is not None

    def papers(place: Any) -> set[tuple[str, str]]:
        found = owed_below(place, posts=[], office=True, day=paper.due)
        return {(one.place, one.name) for one in found.nearest}

    assert (paper.organisation.short_name, window.name) in papers(stage.place.top)
    assert (paper.organisation.short_name, window.name) not in papers(paper.organisation)


def test_what_came_back_and_what_is_owed_take_a_query_each(stage: Stage) -> None:
    viewer = Viewer(User.objects.get(username="clerk"), NEW_YEAR)
    assert viewer.grants is not None
    with CaptureQueriesContext(connection) as queries:
        notes_for(viewer, stage.place.top)
        owed_below(stage.place.top, posts=[], office=True, day=NEW_YEAR)
    assert len(queries) == 2
