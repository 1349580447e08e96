"""From review to next review, told at random: no illegal state, nothing lost, coverage always equal to a recount.

Each run is one story of up to STEPS acts over the real services: drafts, reviews filed in time, late and too late,
answers, corrections, problems put right or not, written reports, quarters opened one after another, members who move,
secretaries replaced. After every act everything in `records` and `said` is asked again, and every refusal is held
against the books as they stood. The suite tells 10 stories, with DIANPING_LONG=1 40; DIANPING_STORIES=2000 tells as many as
it says:

    DIANPING_STORIES=2000 ./run test tests/flows/test_review_to_next_review.py -s
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from dianping.rectification.rules import steps as rectify
from tests import factories
from tests.flows.acts import AnyAct
from tests.long import long
from tests.taken_in import take_in

STORIES = int(os.environ.get("DIANPING_STORIES", long("10", "40")))
STEPS = 25
ACTS = (
    *("a draft", "a review", "an answer", "a correction", "a report", "a move", "a leave"),
    *(step.name for step in rectify.STEPS.values()),
)


@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_is_done_from_review_to_next_review_nothing_is_lost_and_the_figures_are_true() -> None:
    place = factories.university()
    factories.adopt(place.top)
    factories.open_on()
    take_in()

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
    assert Told.done["a review"]
    if STORIES >= 200:  # so many stories between them try everything, well and badly
        assert {name for act in ACTS for name in (act, f"{act}, refused")} <= set(Told.done)
