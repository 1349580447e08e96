"""From the desk to a hearing: what is owed there is one line, and opens the one sitting of it (decision 0065)."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from dianping.duties.models import Duty
from dianping.orgs.selectors.posts import head_person
from dianping.reviews.services import OccasionPlan, plan_hearing
from tests.factories import ACTOR, open_on, secretarys_seat
from tests.glued import glued
from tests.pages.conftest import Stage

OPENS, DAY = date(2011, 1, 11), date(2011, 1, 14)


@pytest.fixture
def at_hearing(stage: Stage, settings: Any) -> Stage:
    """The days of the hearing have come, and its day is not set yet."""
    settings.STANDING_DAY = DAY
    open_on(DAY)
    return stage


def there(stage: Stage) -> str:
    heard = Duty.objects.filter(target="heard", owed_by=secretarys_seat(stage.place.top))
    window = heard.values_list("window", flat=True).distinct().get()
    return (
        reverse("occasions:hearing_reviews", args=[window]) + f"?seat={secretarys_seat(stage.place.top).pk}"
    )


def plan() -> Any:
    duty = Duty.objects.get(kind="hearing")
    return plan_hearing(duty=duty, plan=OccasionPlan("听取汇报", DAY, "报告厅"), actor=ACTOR)


def test_the_line_of_those_heard_opens_their_sitting(at_hearing: Stage) -> None:
    occasion, gan = plan(), at_hearing.clients["gan"]
    address = there(at_hearing)
    desk = gan.get("/").content.decode()
    assert desk.count(f'href="{address}"') >= 1
    answered = gan.get(address)
    seat = secretarys_seat(at_hearing.place.top).pk
    assert answered["Location"] == reverse("reviews:sitting", args=[occasion.pk]) + f"?seat={seat}"
    page = glued(gan.get(answered["Location"]))
    for duty in Duty.objects.filter(target="heard"):
        head = head_person(duty.organisation, day=DAY)
        assert head is not None
        assert head.name in page


def test_before_its_day_is_set_it_leads_to_where_that_is_done(at_hearing: Stage) -> None:
    duty, address = Duty.objects.get(kind="hearing"), there(at_hearing)
    assert at_hearing.clients["gan"].get(address)["Location"] == reverse("occasions:hearing", args=[duty.pk])
    assert at_hearing.clients["clerk"].get(address)["Location"] == reverse(
        "occasions:hearing", args=[duty.pk]
    )
    assert at_hearing.clients["bian"].get(address).status_code == 404


def test_a_seat_that_is_not_the_viewers_leads_to_the_event_alone(at_hearing: Stage) -> None:
    occasion = plan()
    answered = at_hearing.clients["auditor"].get(there(at_hearing))
    assert answered["Location"] == reverse("occasions:occasion", args=[occasion.pk])
    assert (
        at_hearing.clients["gan"].get(reverse("occasions:hearing_reviews", args=[999999])).status_code == 404
    )
