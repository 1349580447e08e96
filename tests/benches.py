"""Benches run in small, as tests."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]


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
