"""How far the long tests go: far enough in the suite, all the way where DIANPING_LONG=1 asks for it."""

import os
from typing import TypeVar

T = TypeVar("T")
LONG = os.environ.get("DIANPING_LONG") == "1"


def long(small: T, whole: T) -> T:
    """What the suite takes, or with DIANPING_LONG=1 the whole of it."""
    return whole if LONG else small
