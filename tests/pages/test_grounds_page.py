"""在案的依据 on the pages: shown beside the box with links, ticked, kept when refused, in the sitting, the workbook, a correction."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dianping.acts.offline import take_reviews, write_template
from dianping.common.formkeys import new_form_key
from dianping.duties.models import Duty
from dianping.duties.selectors import duty_for
from dianping.orgs.models import Organisation
from dianping.reviews.models import Ground, Occasion, Review
from dianping.reviews.rules.grounds import read_numbers
from dianping.reviews.services import OccasionPlan, plan_occasion
from tests.factories import ACTOR
from tests.glued import glued
from tests.pages.conftest import Stage
from tests.reviews.telling import NEW_YEAR, at, duty_about

pytestmark = pytest.mark.django_db
SAID = {
    "mode": "collective", "regular": "1", "happened_on": "2011-01-05", "evaluation": "活动正常。",
    "achievements": "办了两件实事。", "problem-1": "记录不全", "direction": "补齐。", "version": "0",
}  # fmt: skip


def visit(place: Organisation, on: date = NEW_YEAR) -> Occasion:
    return plan_occasion(plan=OccasionPlan("调研", on), organisation=place, reviewed=(), actor=ACTOR)


def owed(stage: Stage) -> Duty:
    """What 祁书记 owes of a branch he has not reviewed yet."""
    return duty_about(stage.place.letters_students, "branch")


def sent(**more: Any) -> dict[str, Any]:
    return SAID | {"form_key": new_form_key()} | more


def test_what_is_on_file_is_ticked_on_the_page_and_told_with_a_link(stage: Stage) -> None:
    held, foreign = visit(stage.place.letters_students), visit(stage.place.sciences_staff)
    client, address = stage.clients["qi"], f"/write/{owed(stage).pk}/"
    page = glued(client.get(address))
    assert f'name="ground-occasion-{held.pk}"' in page
    assert f'href="/occasions/{held.pk}/"' in page
    assert f"ground-occasion-{foreign.pk}" not in page
    assert client.post(address, sent(**{f"ground-occasion-{held.pk}": "on"})).status_code == 302
    review = Review.objects.get(organisation=stage.place.letters_students, filed=True)
    assert f'<a href="/occasions/{held.pk}/">{held}</a>' in glued(client.get(f"/reviews/{review.pk}/"))


def test_without_it_is_refused_in_a_sentence_and_the_words_stay(stage: Stage) -> None:
    held = visit(stage.place.letters_students)
    client, address = stage.clients["qi"], f"/write/{owed(stage).pk}/"
    answer = client.post(address, sent())
    page = glued(answer)
    assert answer.headers["X-Refusal"] == "reviews.ground-missing"
    assert "定期点评党组织要有在案的依据" in page
    assert "活动正常。</textarea>" in page
    draft = Review.objects.get(organisation=stage.place.letters_students, filed=False)
    assert draft.evaluation == "活动正常。"
    # Ticked, and refused for something else: the tick stays, on the page and in the draft.
    ticked = {f"ground-occasion-{held.pk}": "on", "version": str(draft.version), "direction": ""}
    page = glued(client.post(address, sent(**ticked)))
    assert re.search(rf'name="ground-occasion-{held.pk}" checked', page)
    assert re.search(rf'name="ground-occasion-{held.pk}" checked', glued(client.get(address)))
    assert Ground.objects.get().review_id == draft.pk


def test_a_reason_is_kept_in_the_draft_and_shown_with_the_review(stage: Stage) -> None:
    client, address = stage.clients["qi"], f"/write/{owed(stage).pk}/"
    assert client.post(f"{address}draft/", sent(ground_absence="票箱还没有开")).status_code == 200
    assert "票箱还没有开</textarea>" in glued(client.get(address))
    assert client.post(address, sent(ground_absence="票箱还没有开", version="1")).status_code == 302
    review = Review.objects.get(organisation=stage.place.letters_students, filed=True)
    assert "票箱还没有开" in glued(client.get(f"/reviews/{review.pk}/"))


def test_a_member_s_page_asks_for_none(stage: Stage) -> None:
    page = glued(stage.clients["ning"].get(f"/write/{stage.own.open_duty.pk}/"))
    assert '<div class="sheet-row" data-grounds hidden>' in page


def state_of(stage: Stage, event: Occasion) -> dict[str, Any]:
    page = glued(stage.clients["qi"].get(f"/occasions/{event.pk}/sitting/"))
    found = re.search(r'<script id="targets" type="application/json">(.*?)</script>', page)
    assert found is not None
    states = json.loads(found[1])
    return next(state for state in states if state["name"] == owed(stage).organisation.name)


def test_the_sitting_knows_what_is_on_file_and_takes_it(stage: Stage) -> None:
    held = visit(stage.place.letters_students)
    event = plan_occasion(
        plan=OccasionPlan("领导班子会", NEW_YEAR), organisation=stage.place.letters, reviewed=(), actor=ACTOR
    )
    state = state_of(stage, event)
    assert state["asked"]
    assert state["grounds"] == [[f"occasion-{held.pk}", str(held), f"/occasions/{held.pk}/", False]]
    address = f"/occasions/{event.pk}/sitting/{state['id']}/"
    answer = stage.clients["qi"].post(address, sent())
    assert (answer.status_code, answer.headers["X-Refusal"]) == (422, "reviews.ground-missing")
    ticked = sent(**{f"ground-occasion-{held.pk}": "on"})
    assert stage.clients["qi"].post(f"{address}draft/", ticked).status_code == 200
    assert state_of(stage, event)["grounds"][0][3] is True
    assert stage.clients["qi"].post(address, ticked | {"version": "1"}).status_code == 302
    assert Ground.objects.get(review__filed=True).occasion == held


def test_a_sitting_on_a_visit_asks_for_nothing_more(stage: Stage) -> None:
    event = visit(stage.place.letters)
    state = state_of(stage, event)
    assert not state["asked"]
    answer = stage.clients["qi"].post(f"/occasions/{event.pk}/sitting/{state['id']}/", sent())
    assert answer.status_code == 302
    assert Ground.objects.get().occasion == event


def test_a_correction_by_page_changes_the_ground_and_shows_both(stage: Stage) -> None:
    wrong, right = visit(stage.place.letters_students), visit(stage.place.letters_students, date(2011, 1, 4))
    client = stage.clients["qi"]
    client.post(f"/write/{owed(stage).pk}/", sent(**{f"ground-occasion-{wrong.pk}": "on"}))
    review = Review.objects.get(organisation=stage.place.letters_students, filed=True)
    address = f"/reviews/{review.pk}/correct/"
    page = glued(client.get(address))
    assert re.search(rf'value="ground-occasion-{wrong.pk}"[^>]*checked', page)
    words = {
        "evaluation": "活动正常。",
        "achievements": "办了两件实事。",
        "direction": "补齐。",
        "why": "选错了",
    }
    form = words | {
        "grounds": [f"ground-occasion-{right.pk}"],
        "grounds_shown": "True",
        "version": review.version,
    }
    assert client.post(address, form | {"form_key": new_form_key()}).status_code == 302
    assert [row.occasion for row in Ground.objects.all()] == [right]
    page = glued(client.get(f"/reviews/{review.pk}/"))
    assert str(wrong) in page
    assert str(right) in page


# ---- the workbook


def row_of(path: Path) -> tuple[Any, dict[str, int]]:
    book = load_workbook(path)
    sheet = book.worksheets[0]
    return book, {str(cell.value): cell.column for cell in sheet[3]}


@pytest.mark.parametrize(
    ("chosen", "why", "filed", "code"),
    [
        ("活动{}", "", 1, ""),
        ("", "还没有征求", 1, ""),
        ("", "", 0, "reviews.ground-missing"),
        ("上次调研", "", 0, "reviews.ground-number-unreadable"),
        ("意见99", "", 0, "reviews.ground-not-on-file"),
    ],
)
def test_the_workbook_prints_what_is_on_file_and_takes_its_numbers_back(
    stage: Stage, tmp_path: Path, chosen: str, why: str, filed: int, code: str
) -> None:
    held, duty, path = visit(stage.place.letters_students), owed(stage), tmp_path / "离线.xlsx"
    own = Duty.objects.filter(pk=duty.pk)
    write_template(duties=own, path=path, title="离线登记表", moment=at(NEW_YEAR), actor=ACTOR)
    book, columns = row_of(path)
    sheet = book.worksheets[0]
    assert sheet.cell(4, columns["在案的依据"]).value == f"活动{held.pk}　{held}"
    filled = {
        "点评日期": NEW_YEAR, "评价": "活动正常。", "成绩": "办了两件实事。", "问题1": "记录不全", "努力方向": "补齐。",
        "以哪几项为依据": chosen.format(held.pk), "没有在案依据的原因": why,
    }  # fmt: skip
    for heading, value in filled.items():
        sheet.cell(4, columns[heading]).value = value
    book.save(path)

    def found(number: int) -> Duty | None:
        return duty_for(number, posts=[], paths=[stage.place.top.path]).first()

    taken = take_reviews(path=path, duties=found, moment=at(NEW_YEAR), actor=ACTOR)
    assert (taken.filed, [problem.code for problem in taken.problems][:1]) == (filed, [code] if code else [])
    assert Ground.objects.count() == (1 if chosen.startswith("活动") else 0)


def test_numbers_are_read_however_they_are_parted() -> None:
    assert read_numbers("意见3、活动12") == ([("poll", 3), ("occasion", 12)], [])
    assert read_numbers(" 活动12，\n意见3 ； ") == ([("occasion", 12), ("poll", 3)], [])
    assert read_numbers("活动 意见3x") == ([], ["活动", "意见3x"])
