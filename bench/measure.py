"""Taking times in one run, and saying what they come to."""

import os
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any


def seconds(act: Callable[[], Any]) -> float:
    """How long one act takes, in seconds of the clock on the wall."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


@dataclass(frozen=True)
class Cost:
    """What one act cost: seconds on the wall, and seconds of processor time of this process and of the database
    server's process for it (0 where that cannot be read). Other work on the machine stretches the first, not the second."""

    wall: float
    processor: float


def quick_cost(act: Callable[[], Any]) -> Cost:
    """What one short act costs, this process alone: asking a server what it used would cost more than the act."""
    before = time.process_time()
    wall = seconds(act)
    return Cost(wall, time.process_time() - before)


def cost(act: Callable[[], Any]) -> Cost:
    """What one act costs."""
    before = _processor()
    wall = seconds(act)
    return Cost(wall, _processor() - before)


def _processor() -> float:
    """Seconds of processor time so far: this process, and the PostgreSQL process that serves it when it runs here."""
    from django.db import connection

    own = time.process_time()
    if connection.vendor != "postgresql":
        return own
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        served_by = cursor.fetchone()[0]
    try:
        fields = Path(f"/proc/{served_by}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return own
    return own + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_memory() -> int:
    """The most memory this process has held so far, in MB (10⁶ bytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 // 10**6


def p50(times: Sequence[float]) -> float:
    """The median, in milliseconds of times in seconds."""
    return median(times) * 1000


def p95(times: Sequence[float]) -> float:
    """The 95th percentile, in milliseconds of times in seconds."""
    return quantiles(times, n=20, method="inclusive")[-1] * 1000


def spread(values: Sequence[float], form: str = ".2f") -> str:
    """The median with the least and the greatest, as 1.23 (1.20–1.31)."""
    return f"{median(values):{form}} ({min(values):{form}}–{max(values):{form}})"


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under headings as a Markdown table."""
    print(f"| {' | '.join(headings)} |")
    print(f"|{'---|' * len(headings)}")
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |", flush=True)


_missed: list[str] = []


def verdict(claim: str, holds: bool) -> None:
    """Print one claim with whether it was met in this run."""
    print(f"{'met' if holds else 'MISSED'}: {claim}", flush=True)
    if not holds:
        _missed.append(claim)


def ended() -> None:
    """Leave with status 1 when a claim was missed."""
    if _missed:
        raise SystemExit(1)
