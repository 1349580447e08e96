"""The site served for a measurement: started, waited for, asked, killed."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from bench import boxes, stage

PORT = 8391  # a measurement may take another one
SERVE = (
    "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'dianping.config.settings';"
    "from dianping.config.wsgi import application; from dianping.config.server.worker import Worker;"
    "from dianping.config.server.processes import Processes; from dianping.config.starting import tried_port;"
    "from django.urls import get_resolver; get_resolver().url_patterns; listening = tried_port('127.0.0.1', int(sys.argv[1]));"
    "many = Processes(2, lambda life: Worker(application, listening, life).serve()); many.start(); sys.exit(many.wait())"
)


class Served:
    """One server on a database; `bare` starts only the server (a tenth of the time), else `manage.py serve` as `./run`."""

    def __init__(
        self,
        here: stage.Stage,
        *,
        bare: bool = False,
        before: Sequence[str] = (),
        log: Path | None = None,
    ) -> None:
        command = [sys.executable, "-c", SERVE, str(PORT)] if bare else [sys.executable, "manage.py", "serve"]
        self._log = log.open("ab") if log else subprocess.DEVNULL
        self._process = subprocess.Popen(
            [*before, *command],
            cwd=stage.ROOT,
            env=os.environ
            | {
                "DIANPING_HOME": str(here.home),
                "DIANPING_DATABASE": here.url,
                "DIANPING_TODAY": str(boxes.OPENS),
                "DIANPING_SAMPLE": "no",
                "DIANPING_HOSTS": "127.0.0.1",
                "DIANPING_BIND": "127.0.0.1",
                "PORT": str(PORT),
            },
            stdout=self._log,
            stderr=self._log if log else None,
            start_new_session=True,
        )

    def wait_until_up(self) -> None:
        """Until the site answers, two minutes at most."""
        ends = time.monotonic() + 120
        while time.monotonic() < ends:
            line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            try:
                line.request("GET", "/o/")
                if line.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.05)
            finally:
                line.close()
        raise SystemExit("the site did not come up within two minutes")

    def stop(self, with_signal: int = signal.SIGTERM) -> None:
        """End the whole group of processes: asked to, or killed."""
        os.killpg(self._process.pid, with_signal)
        self._process.wait(60)


def post(
    line: http.client.HTTPConnection,
    code: str,
    stub: str,
    said: dict[str, str],
    headers: dict[str, str] | None = None,
) -> tuple[int, bytes]:
    """Send one form; the status and the page."""
    body = urlencode({"code": code, "stub": stub, **said})
    line.request(
        "POST", "/o/send/", body, {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
    )
    answer = line.getresponse()
    return answer.status, answer.read()
