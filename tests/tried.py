"""Something tried and taken back: a transaction of the test's own, which stands for none of the site's."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def tried() -> Iterator[None]:
    """What is done within is undone; a password that is tried in it is not taken for one tried inside an act."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # as the one every test runs in
    with block:
        yield
        transaction.set_rollback(True)
