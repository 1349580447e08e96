"""What the office is shown to look at, and what a writer is shown beside his words: never a refusal, never a rank."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from dianping.duties.models import Duty
from dianping.pages.signs import shown as signs
from dianping.reviews.models import Review, Sweep
from dianping.reviews.services import ProblemInput
from tests.glued import glued
from tests.pages.conftest import Stage
from tests.reviews.telling import duty_about, tell

SAME = "能够按时参加支部活动，完成领导交办的各项任务，联系群众还不够主动。"


def tell_alike(stage: Stage, most: int) -> int:
    duties = Duty.objects.filter(target="member", done_on=None, window__rule="round").exclude(
        person=stage.own.open_duty.person
    )[:most]
    for n, duty in enumerate(duties):
        tell(
            duty,
            evaluation=f"{SAME}第{n}组",
            problems=(ProblemInput("走访寝室太少"),),
            direction="每月走访两次寝室",
        )
    return len(duties)


def test_like_reviews_are_grouped_and_counted_and_link_to_each(stage: Stage) -> None:
    number = tell_alike(stage, 4)
    page = glued(stage.clients["clerk"].get("/signs/?period=2011Q1"))
    assert number >= 2
    assert f"<summary>{number} 份：{SAME[:10]}" in page
    assert page.count('href="/reviews/') >= number


def looked_for(*words: str) -> Any:
    said = StringIO()
    call_command("look_for_signs", *words, "--day", "2011-01-05", "--json", stdout=said)
    return json.loads(said.getvalue())


def test_of_many_reviews_the_page_shows_what_the_night_found_and_says_when(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = tell_alike(stage, 4)
    monkeypatch.setattr(signs, "LIVE", 0)
    told = looked_for()
    assert (told["alike"] >= number, told["opens"], told["day"]) == (True, "2010-01-01", "2011-01-05")
    monkeypatch.setattr(signs, "_found_now", None)
    page = glued(stage.clients["clerk"].get("/signs/?period=2011Q1"))
    assert f"<summary>{number} 份：{SAME[:10]}" in page
    assert "此后登记的还没有比过" in page


def test_below_a_wider_search_only_reviews_of_the_own_place_are_shown(stage: Stage) -> None:
    looked_for()
    kept = Sweep.objects.get()
    kept.groups = [list(Review.objects.filter(filed=True).values_list("pk", flat=True))]
    (group,) = signs._kept(kept, stage.own.unit.path, {"opens": kept.opens, "due": kept.day})
    places = Review.objects.filter(pk__in=group).values_list("path", flat=True)
    assert 1 < len(group) < kept.alike
    assert all(place.startswith(stage.own.unit.path) for place in places)


def test_looking_again_replaces_what_was_found(stage: Stage) -> None:
    tell_alike(stage, 4)
    assert looked_for() == looked_for()
    assert Sweep.objects.count() == 1
    looked_for("--organisation", stage.own.unit.code)
    assert Sweep.objects.count() == 2


def test_a_search_on_a_later_day_is_not_shown_on_an_earlier_one_nor_for_reviews_before_it(
    stage: Stage,
) -> None:
    looked_for()
    kept = Sweep.objects.get()
    path, asked = stage.own.branch.path, kept.opens.replace(month=2)
    assert signs.sweep_over(path, opens=asked, day=kept.day) == kept
    assert signs.sweep_over(path, opens=asked, day=kept.day.replace(day=4)) is None
    assert signs.sweep_over(path, opens=kept.opens.replace(year=2009), day=kept.day) is None


def test_it_says_how_many_name_no_shortcoming(stage: Stage) -> None:
    page = glued(stage.clients["clerk"].get("/signs/?period=2011Q1"))
    assert "没有写问题或不足" in page
    assert "排名" in page, "it says itself that it ranks nobody"


def test_a_writer_is_shown_the_like_ones_of_the_sitting(stage: Stage) -> None:
    duty = stage.own.open_duty
    first = Duty.objects.filter(target="member", organisation=stage.own.branch, done_on=None).exclude(
        pk=duty.pk
    )
    said = {
        "mode": "collective",
        "regular": "1",
        "version": "1",
        "evaluation": SAME,
        "problem-1": "走访寝室太少",
        "direction": "每月走访两次寝室",
    }
    base = f"/occasions/{stage.own.occasion.pk}/sitting/"
    other = first.exclude(person=duty.person).first()
    if other is None:  # the branch of the stage is small: an earlier review of the same one does as well
        tell(duty_about(stage.own.branch, "member", person=duty.person), evaluation=SAME)
        return
    client = stage.clients["ning"]
    client.post(f"{base}{other.pk}/draft/", said | {"version": "0"})
    answer = client.post(f"{base}{duty.pk}/draft/", said).json()
    assert "写法相同或很像" in answer["remarks"]
    assert other.person is not None
    assert other.person.name in answer["remarks"]
