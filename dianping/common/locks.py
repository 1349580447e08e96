"""Who must not work at the same thing at once, across all processes, to the end of the transaction.

Asked for first, before any row is locked: whoever holds rows and waits here could be waited for. SQLite has one writer, so
there is nothing to ask there.
"""

from django.db import connection

LARGEST = 2**31  # PostgreSQL's two-part advisory keys are 32 bits each


def alone(act: int, subject: int = 0) -> None:
    """Wait until nobody else is at this act (about this one), and keep everybody else out."""
    # Two numbers, act and subject; held to the end of the transaction, by one at a time.
    _lock("SELECT pg_advisory_xact_lock(%s, %s)", act, subject)


def together(act: int, subject: int = 0) -> None:
    """Wait until nobody is alone at this act; others may be at it together with us."""
    # The same lock, held by any number together; whoever wants it alone waits for all of them.
    _lock("SELECT pg_advisory_xact_lock_shared(%s, %s)", act, subject)


def _lock(statement: str, act: int, subject: int) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, [act, subject % LARGEST])
