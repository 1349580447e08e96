"""`./run` itself: found through a link, and plain where its folder cannot be written."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def test_it_finds_its_program_through_any_link(tmp_path: Path) -> None:
    """A link to a link, from another folder, with a space in its path."""
    bin_folder = tmp_path / "a b"
    bin_folder.mkdir()
    (tmp_path / "first").symlink_to(ROOT / "run")
    (bin_folder / "dianping").symlink_to("../first")
    done = subprocess.run(
        [bin_folder / "dianping", "nonsense"], cwd="/", capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "usage" in done.stderr
    assert sorted(os.listdir(bin_folder)) == ["dianping"], "nothing is installed beside the link"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs to become somebody else")
    program = tmp_path / "program"
    program.mkdir()
    shutil.copy(ROOT / "run", program / "run")
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and not folder.stat().st_mode & 0o005:
            folder.chmod(folder.stat().st_mode | 0o005)
    become = "import os, sys; os.setgid(65534); os.setuid(65534); os.execv('/bin/sh', ['sh', *sys.argv[1:]])"
    done = subprocess.run(
        [sys.executable, "-c", become, str(program / "run")],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    assert done.returncode == 2, done.stdout + done.stderr
    assert "不能写" in done.stderr
    assert "cannot be written" in done.stderr
