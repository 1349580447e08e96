"""The records of one entry as lines, and one digest over them."""

import hashlib
from collections.abc import Iterable

RECORDS = "records"  # the key in an entry's detail under which it vouches for records


def records_digest(rows: Iterable[tuple[str, int, str, str]]) -> str:
    """SHA-256 over the records of one entry, a line each: table, key, digest before, digest after."""
    lines = "\n".join(" ".join(map(str, row)) for row in sorted(rows))
    return hashlib.sha256(b"records\0" + lines.encode()).hexdigest()
