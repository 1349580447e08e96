"""What a database or a disk says when it cannot: told apart by kind, and put in words.

Told to people are four kinds: somebody else is writing, it took too long, there is no room, it cannot be reached.
Whatever else goes wrong is a fault of ours.
"""

import errno
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of failure: a heading, and what to do; neither says whether something was written. `code` names it as a
    refusal's does."""

    heading: str
    advice: str
    code: str


LOCKED = Fault(
    "数据库正忙，没有轮到",
    "有别的事正在写入，等了规定的时间还没有轮到。请过一会儿再试。",
    code="database.locked",
)
SLOW = Fault(
    "数据库用的时间超出了限度",
    "这件事在规定的时间里没有办完，已经停下。请过一会儿再试；还是这样，请告诉系统管理员。",
    code="database.slow",
)
FULL = Fault(
    "服务器的磁盘满了",
    "没有地方可以写入，以前存入的都还在。请告诉系统管理员腾出空间，再试。",
    code="database.full",
)
READ_ONLY = Fault(
    "数据库现在不能写入",
    "存放数据的磁盘或数据库是只读的，以前存入的都还在。请告诉系统管理员。",
    code="database.read-only",
)
LOST = Fault(
    "连不上数据库",
    "数据库没有回应，以前存入的都还在。请过一会儿再试；还是这样，请告诉系统管理员。",
    code="database.lost",
)
KINDS = (LOCKED, SLOW, FULL, READ_ONLY, LOST)

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_DATABASE = {"OperationalError", "InterfaceError", "InternalError"}  # of every driver, and of Django
# PostgreSQL's own codes, by their beginnings; https://www.postgresql.org/docs/current/errcodes-appendix.html
_CODES = {
    "55P03": LOCKED,  # lock_not_available
    "40": LOCKED,  # serialization_failure, deadlock_detected
    "57014": SLOW,  # query_canceled: a statement's time is over
    "53100": FULL,  # disk_full
    "25006": READ_ONLY,  # read_only_sql_transaction
    "57P": LOST,  # shut down, crashed, starting
    "53": LOST,  # too_many_connections, out_of_memory
    "08": LOST,  # connection exceptions
}
_WORDS = {  # of SQLite, and of connections that failed before there was a code
    "is locked": LOCKED,
    "lock timeout": LOCKED,
    "statement timeout": SLOW,
    "disk is full": FULL,
    "no space left": FULL,
    "disk quota": FULL,
    "readonly": READ_ONLY,
    "read-only": READ_ONLY,
    "disk i/o error": READ_ONLY,
    "unable to open database": LOST,
    "connection": LOST,
    "server closed": LOST,
    "could not connect": LOST,
    "could not translate host": LOST,
}


def fault_in(error: BaseException | None) -> Fault | None:
    """The kind of failure an error tells of, itself or through what it was raised from; None when it is another."""
    looked: set[int] = set()
    while error is not None and id(error) not in looked:
        looked.add(id(error))
        fault = _own(error)
        if fault is not None:
            return fault
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return None


def _own(error: BaseException) -> Fault | None:
    if isinstance(error, OSError):
        return FULL if error.errno in _NO_ROOM else READ_ONLY if error.errno == errno.EROFS else None
    code = str(getattr(error, "sqlstate", None) or "")
    for beginning, fault in _CODES.items():
        if code.startswith(beginning):
            return fault
    if type(error).__name__ not in _DATABASE:
        return None
    said = str(error).lower()
    return next((fault for words, fault in _WORDS.items() if words in said), None)
