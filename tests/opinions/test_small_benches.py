"""What bench/ shows of the box in full, shown here in small: what forms leave behind, and a site that is killed."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.long import long

ROOT = Path(__file__).resolve().parents[2]


def bench(script: str, *given: str) -> str:
    """One bench in a process and on a database of its own; its words. Fails when it missed a bar."""
    url = os.environ.get("DIANPING_TEST_DATABASE", "")
    if url:
        name = f"/{Path(script).stem}_{os.getpid()}"
        given += ("--database", urlunsplit(urlsplit(url)._replace(path=name)))
    found = subprocess.run(
        [sys.executable, f"bench/{script}", *given],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("DIANPING_")},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout


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
