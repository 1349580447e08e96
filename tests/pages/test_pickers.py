"""Any seat is found by search, wherever a seat is chosen."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from dianping.base.pinyin import initial
from dianping.orgs.selectors.seats import MOST, seats_named
from tests import factories
from tests.pages.conftest import Stage
from tests.reviews.telling import NEW_YEAR

PAGES = Path(settings.BASE_DIR) / "dianping" / "pages"
# Every page that offers seats to choose from, and how any other is found there.
CHOOSERS = {
    "duties/views/handovers.py": "picker(",
    "occasions/hearings.py": "seats_for(",  # leads on to the sitting of the seat asked for, else of one's own
    "occasions/views.py": "seats_named(",
    "reviews/views/sittings.py": "seats_for(",  # the seat is named in the address; any of the list is taken
}
OFFERING = re.compile(r"\b(seats_owing|seats_around|seats_for|posts_of|seats_of|seats_within)\(")


def found(stage: Stage, text: str) -> list[str]:
    seats, _ = seats_named(text, paths=[stage.place.top.path], day=NEW_YEAR)
    return [seat.holder for seat in seats]


def test_every_page_that_offers_seats_is_known_and_lets_one_search() -> None:
    offering = {
        str(path.relative_to(PAGES)): path.read_text("utf-8")
        for path in PAGES.rglob("*.py")
        if OFFERING.search(path.read_text("utf-8"))
    }
    assert set(offering) == set(CHOOSERS)
    for place, way in CHOOSERS.items():
        assert way in offering[place], place


def test_no_seats_are_cut_off_where_they_are_gathered() -> None:
    for room in ("duties/selectors/duties.py", "acts/sitting.py"):
        text = (PAGES.parent / room).read_text("utf-8")
        gathering = text[text.index("def seats_") :].partition("\ndef ")[0]
        assert not re.search(r"\[:\s*\d+\]", gathering), room


@pytest.mark.parametrize("text", ["贺知明", "知明", "班子成员 贺", "云岭大学 贺"])
def test_a_leader_is_found_by_name_title_and_organisation(stage: Stage, text: str) -> None:
    assert "贺知明" in found(stage, text)


def test_he_is_found_by_the_first_letters_of_his_name(stage: Stage) -> None:
    letters = "".join(initial(sign) for sign in "贺知明")
    assert letters == "hzm"
    assert found(stage, "hzm") == ["贺知明"]
    assert found(stage, "HZM 班子") == ["贺知明"]


def test_every_seat_of_the_place_can_be_found_by_its_organisation(stage: Stage) -> None:
    for place in stage.place.all:
        seats, _ = seats_named(place.name, paths=[stage.place.top.path], day=NEW_YEAR)
        assert factories.secretarys_seat(place).pk in {seat.post.pk for seat in seats}, place.name


def test_nobody_is_found_outside_the_places_asked(stage: Stage) -> None:
    seats, _ = seats_named("书记", paths=[stage.place.letters.path], day=NEW_YEAR)
    assert seats
    assert all(seat.post.organisation.path.startswith(stage.place.letters.path) for seat in seats)


def test_more_than_fit_are_said_to_be_more(stage: Stage) -> None:
    for n in range(MOST + 1):
        factories.organisation(f"文学院第{n}小党支部", "党支部", stage.place.letters)
    seats, more = seats_named("小党支部", paths=[stage.place.top.path], day=NEW_YEAR)
    assert (len(seats), more) == (MOST, True)


def test_the_list_follows_what_is_typed(stage: Stage) -> None:
    asked = {"name": "to_post", "to_post_q": "hzm"}
    client = stage.clients["clerk"]
    fragment = client.get("/seats/", asked, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert re.search(r'name="to_post"\s+value="\d+"', fragment)
    assert "贺知明" in fragment
    assert "<html" in client.get("/seats/", asked).content.decode()
    assert client.get("/seats/", {"name": "<b>"}).status_code == 404
    assert stage.clients["ning"].get("/seats/", asked).status_code == 404
