"""A site of its own in a folder of its own, spoken to by commands and served by processes, as people do it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A port nobody has just now."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a command is started with: nothing of this run's own settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DIANPING_", "DJANGO_", "PORT"))}
    return kept | {"DIANPING_HOME": str(home), "DIANPING_SAMPLE": "no", "DIANPING_PROCESSES": "2"} | more


def command(home: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """A command run to its end."""
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *words],
        cwd=ROOT,
        env=environment(home, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@dataclass
class Site:
    """A site being served, in a process group of its own."""

    home: Path
    more: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)

    def start(self) -> "Site":
        """Start it, and wait until it greets."""
        self.begin()
        self.greeting = self.read_until("Ctrl-C")
        return self

    def begin(self) -> "Site":
        """Start it without waiting."""
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "manage.py", "serve"],
            cwd=ROOT,
            env=environment(self.home, PORT=str(self.port)) | self.more,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(
                signal.SIGHUP, signal.SIG_DFL
            ),  # whoever began the tests may ignore it
        )
        return self

    def read_until(self, word: str) -> str:
        """What it says, up to the line that holds the word."""
        assert self.process.stdout
        said = ""
        for line in self.process.stdout:
            said += line
            if word in line:
                return said
        raise AssertionError(said)

    def get(self, path: str = "/alive/", headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        """One request of its own."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request("GET", path, headers=headers or {})
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    @property
    def members(self) -> list[int]:
        """Every process of it that lives, by id."""
        found = []
        for entry in Path("/proc").iterdir():
            with suppress(OSError, IndexError, ValueError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(fields[3]) == self.process.pid and fields[0] != "Z":
                    found.append(int(entry.name))
        return found

    def gone_within(self, seconds: float) -> bool:
        """Whether no process of it is left after so long."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            self.process.poll()
            if not self.members:
                return True
            time.sleep(0.05)
        return False

    def end(self) -> None:
        """Whatever of it is left is killed."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)
        assert self.process.stdout
        self.process.stdout.close()
