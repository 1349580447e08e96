"""Whatever is done honestly, the chain blames nobody (bench/tampering.py tells a hundred such stories)."""

import pytest

from tests.flows.every_act import EveryAct
from tests.flows.telling import told
from tests.long import long


@pytest.mark.slow
@pytest.mark.django_db
def test_no_honest_story_has_a_fault() -> None:
    done = told(EveryAct, stories=long(4, 40))
    print(done)
    assert done["a review"]
