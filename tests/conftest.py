"""What every test may stand on. The objects themselves are made in tests/factories.py."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.db import connection
from hypothesis import settings

from tests import factories

settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")


@pytest.fixture
def university(db: None) -> factories.University:
    """A small university: 9 organisations, 14 people, every seat held."""
    return factories.university()


@pytest.fixture
def cast(university: factories.University) -> factories.Cast:
    """甘书记, 宁支书, 冉党员, and 边同志 of another unit, with their accounts."""
    return factories.cast(university)


@pytest.fixture
def adopted(university: factories.University) -> factories.University:
    """The university, with the province's programme and the school's overlay adopted."""
    factories.adopt(university.top)
    return university


@pytest.fixture
def opened(adopted: factories.University) -> factories.University:
    """The same, with the duties of 2010-12-31 opened."""
    factories.open_on()
    return adopted


class _Statements:
    """As much of a schema editor as the audit migration needs, outside a migration."""

    connection = connection

    @staticmethod
    def execute(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """For tests whose threads must see one another's commits. Empties the audit table afterwards, which its
    own triggers would refuse (the flush between such tests deletes rows)."""
    yield
    if connection.vendor == "sqlite":
        triggers = import_module("dianping.common.migrations.0002_audit_append_only")
        triggers.remove(None, _Statements)
        _Statements.execute("DELETE FROM common_auditentry")
        triggers.add(None, _Statements)
