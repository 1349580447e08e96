"""Three ways to keep answers "anonymously" that keep nothing: what the attack must see through, or it is void."""

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction

from tests.opinions.adversary import Tables

NUMBERED = Tables("naive_answer", "said", "id", "naive_slip", "code")
KEYED = Tables("keyed_answer", "said", "key", "keyed_slip", "code")


def execute(statement: str, values: Sequence[Any] = ()) -> None:
    """One statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def make(tables: Tables, codes: Sequence[str]) -> None:
    """Tables of slips and answers: numbered one after another, or keyed by chance with no hidden row."""
    numbered = tables is NUMBERED
    serial = "INTEGER PRIMARY KEY AUTOINCREMENT" if connection.vendor == "sqlite" else "BIGSERIAL PRIMARY KEY"
    bare = " WITHOUT ROWID" if connection.vendor == "sqlite" and not numbered else ""
    key = f"id {serial}" if numbered else "key TEXT PRIMARY KEY"
    execute(f"CREATE TABLE {tables.answers} ({key}, said TEXT NOT NULL){bare}")
    execute(f"CREATE TABLE {tables.slips} (code TEXT PRIMARY KEY, used INTEGER NOT NULL){bare}")
    for code in sorted(codes):
        execute(f"INSERT INTO {tables.slips} VALUES (%s, 0)", [code])


def send(tables: Tables, code: str, text: str) -> None:
    """Use a slip and keep an answer, with nothing that joins them but the transaction."""
    with transaction.atomic():
        execute(f"UPDATE {tables.slips} SET used = 1 WHERE code = %s", [code])
        if tables is NUMBERED:
            execute(f"INSERT INTO {tables.answers} (said) VALUES (%s)", [text])
        else:
            execute(f"INSERT INTO {tables.answers} VALUES (%s, %s)", [secrets.token_hex(8), text])


def drop(tables: Tables) -> None:
    """Take them away."""
    execute(f"DROP TABLE IF EXISTS {tables.answers}")
    execute(f"DROP TABLE IF EXISTS {tables.slips}")


def sender(tables: Tables) -> Callable[[str, str], None]:
    """`send` for one design."""
    return lambda code, text: send(tables, code, text)
