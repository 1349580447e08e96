"""Places are given on in the order of coming, and only so many at once."""

import time
from threading import Lock, Thread

from dianping.common.queue import Places


def test_who_comes_later_never_overtakes() -> None:
    line, came, guard = Places(1), list[int](), Lock()

    def take(number: int) -> None:
        with line, guard:
            came.append(number)

    threads = [Thread(target=take, args=(number,)) for number in range(20)]
    with line:
        for thread in threads:
            thread.start()
            _until_waiting(line, threads.index(thread) + 1)
    for thread in threads:
        thread.join()
    assert came == list(range(20))


def test_no_more_than_so_many_are_at_work() -> None:
    line, at_work, most, guard = Places(3), 0, 0, Lock()

    def take() -> None:
        nonlocal at_work, most
        with line:
            with guard:
                at_work += 1
                most = max(most, at_work)
            time.sleep(0.002)
            with guard:
                at_work -= 1

    threads = [Thread(target=take) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (at_work, most) == (0, 3)


def test_a_fault_gives_the_place_back() -> None:
    line = Places(1)
    try:
        with line:
            raise ValueError
    except ValueError:
        pass
    with line:
        return


def _until_waiting(line: Places, many: int) -> None:
    ends = time.monotonic() + 10
    while len(line._waiting) < many and time.monotonic() < ends:
        time.sleep(0.001)
