"""What standing in line costs a writer when nobody else writes, and how long thirty-two wait who do.

    ./run python bench/line.py

Bars: the line alone under 1 ms at the median; the longest wait of thirty-two threads in two processes at most five
times the median one. Beside it the same writers with SQLite's own waiting, without the line.
"""

import multiprocessing
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import measure
from dianping.common.queue import WaitingLine

PROCESSES, THREADS, WRITES = 2, 16, 30


def main() -> None:
    """The line alone, then writers with it and without it."""
    with tempfile.TemporaryDirectory() as folder:
        alone = one_alone(Path(folder) / "alone-line")
        print(f"taken and given back, nobody else there: {alone * 1e6:.0f} µs at the median")
        measure.verdict("under 1 ms", alone < 0.001)
        for in_line in (True, False):
            waits = writers(Path(folder) / f"{in_line}.sqlite3", in_line=in_line)
            told(waits, "in line" if in_line else "by SQLite's own waiting")
            if in_line:
                measure.verdict(
                    "the longest at most five times the median", waits[-1] <= 5 * waits[len(waits) // 2]
                )
    measure.ended()


def one_alone(path: Path, times: int = 2000) -> float:
    """The median of so many turns."""
    line, taken = WaitingLine(path), []
    for _ in range(times):
        taken.append(measure.seconds(lambda: (line.stand(1), line.leave())))
    return sorted(taken)[times // 2]


def writers(path: Path, *, in_line: bool) -> list[float]:
    """How long each writing took from asking to having it committed, sorted."""
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE t (n INTEGER)")
    results: multiprocessing.SimpleQueue[list[float]] = multiprocessing.SimpleQueue()
    many = [
        multiprocessing.Process(target=one_process, args=(path, in_line, results)) for _ in range(PROCESSES)
    ]
    for process in many:
        process.start()
    waits = [wait for _ in many for wait in results.get()]
    for process in many:
        process.join()
    return sorted(waits)


def one_process(path: Path, in_line: bool, results: "multiprocessing.SimpleQueue[list[float]]") -> None:
    """So many threads that write at once."""
    taken: SimpleQueue[float] = SimpleQueue()

    def write() -> None:
        line = WaitingLine(Path(f"{path}-line"))
        database = sqlite3.connect(path, timeout=60, isolation_level=None)
        database.execute("PRAGMA synchronous=FULL")
        for _ in range(WRITES):
            begun = time.perf_counter()
            if in_line:
                line.stand(60)
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO t VALUES (1)")
            database.execute("COMMIT")
            line.leave()
            taken.put(time.perf_counter() - begun)

    threads = [Thread(target=write) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put([taken.get() for _ in range(THREADS * WRITES)])


def told(waits: list[float], how: str) -> None:
    """What it came to."""
    at = [waits[min(int(len(waits) * part), len(waits) - 1)] * 1000 for part in (0.5, 0.95, 0.99, 1)]
    print(
        f"{len(waits)} writings by {PROCESSES * THREADS} at once, {how}: ms p50 {at[0]:.0f}, p95 {at[1]:.0f},"
        f" p99 {at[2]:.0f}, most {at[3]:.0f}"
    )


if __name__ == "__main__":
    main()
