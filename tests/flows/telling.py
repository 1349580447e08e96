"""Telling stories at random, so many of them."""

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests import factories
from tests.flows.story import Story
from tests.taken_in import take_in

STEPS = 25


def told(machine: type[Story], *, stories: int, seeded: int | None = None) -> dict[str, int]:
    """Tell stories of a kind at a small university with its round opened; what was tried in all of them. `seeded` tells the
    same ones again."""
    place = factories.university()
    factories.adopt(place.top)
    factories.open_on()
    take_in()
    kind = type("Told", (machine,), {"place": place, "done": {}})
    run_state_machine_as_test(
        kind if seeded is None else seed(seeded)(kind),  # type: ignore[arg-type]
        settings=settings(
            max_examples=stories,
            stateful_step_count=STEPS,
            deadline=None,
            phases=[Phase.generate],
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return dict(sorted(kind.done.items()))  # type: ignore[attr-defined]
