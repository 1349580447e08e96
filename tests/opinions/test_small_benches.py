"""What bench/ shows of the box in full, shown here in small: what forms leave behind, and a site that is killed."""

import pytest

from tests.benches import bench
from tests.long import long


@pytest.mark.slow
def test_nothing_kept_tells_who_wrote_what() -> None:
    told = bench("box_traces.py", "--forms", long("20", "40"), "--port", "8393")
    assert told.count("met: control") == 4
    assert "MISSED" not in told


@pytest.mark.slow
def test_a_site_killed_loses_nothing_and_a_box_is_opened_wholly_or_not_at_all() -> None:
    far = long(("--kills", "1", "--openings", "2", "--forms", "100"), ("--kills", "3", "--openings", "4"))
    told = bench("box_crash.py", *far, "--port", "8394")
    assert "met: lost: 0" in told
    assert "MISSED" not in told
