"""One founded folder for all tests that begin with one, copied for each."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.config.site import Site


@pytest.fixture(scope="session")
def founded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a site as its first start leaves it."""
    site = Site(tmp_path_factory.mktemp("founded") / "site").start()
    os.kill(site.process.pid, signal.SIGTERM)
    assert site.process.wait(20) == 0
    return site.home


@pytest.fixture
def home(founded_once: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(founded_once, tmp_path / "site"))


@pytest.fixture
def served() -> Iterator[Callable[..., Site]]:
    """Sites that are ended with the test."""
    sites = []

    def serve(home: Path, **more: str) -> Site:
        sites.append(Site(home, more))
        return sites[-1]

    yield serve
    for site in sites:
        if hasattr(site, "process"):
            site.end()
