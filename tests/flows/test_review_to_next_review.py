"""From review to next review, told at random: no illegal state, nothing lost, coverage always equal to a recount.

Each run is one story of up to STEPS acts over the real services: drafts, reviews filed in time, late and too late,
answers, corrections, problems put right or not, written reports, quarters opened one after another, members who move,
secretaries replaced. After every act everything in `records` and `said` is asked again, and every refusal is held
against the books as they stood. The suite tells 40 stories; DIANPING_STORIES=2000 tells as many as it says:

    DIANPING_STORIES=2000 ./run test tests/flows/test_review_to_next_review.py -s
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests import factories
from tests.flows.acts import AnyAct

STORIES = int(os.environ.get("DIANPING_STORIES", "40"))
STEPS = 25


@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_is_done_from_review_to_next_review_nothing_is_lost_and_the_figures_are_true() -> None:
    place = factories.university()
    factories.adopt(place.top)
    factories.open_on()

    class Told(AnyAct):
        done: dict[str, int] = {}

    Told.place = place
    run_state_machine_as_test(
        Told,
        settings=settings(
            max_examples=STORIES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=[Phase.generate],
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(STORIES, "stories:", dict(sorted(Told.done.items())))
    wanted = {"a review", "a review, refused", "a correction", "a report", "验收销号", "验收销号, refused"}
    assert wanted <= set(Told.done), "the stories told nothing of what they are for"
