"""What bench/tampering.py shows of the audit chain in full, shown here in small."""

import secrets

import pytest

from tests.benches import bench
from tests.long import long


@pytest.mark.slow
def test_whatever_is_changed_beside_the_system_is_found_and_nobody_else_is_blamed() -> None:
    far = long(
        ("--changes", "60", "--sites", "3", "--kills", "1"),
        ("--changes", "300", "--sites", "100", "--kills", "20"),
    )
    told = bench("tampering.py", *far, "--seed", str(secrets.randbelow(10**6)))
    assert "MISSED" not in told
    assert "tables without rows: []" in told
    assert told.count("met: ") == 18
