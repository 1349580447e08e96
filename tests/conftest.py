"""What every test may stand on. The objects themselves are made in tests/factories.py."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management.base import BaseCommand
from django.db import connection
from django.test import Client
from django.test.client import ClientHandler
from hypothesis import settings

from dianping.common import acts
from dianping.common.formkeys import new_form_key, why_unkeyed
from dianping.common.records.registry import covered_models
from tests import factories, kept, prepared

settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")


_post, _request = Client.post, Client.request


def _as_from_a_page(client: Client, path: str, data: Any = None, *given: Any, **more: Any) -> Any:
    """A form sent as a page of the site would send it: with a key of its own, where the view takes one.

    `client.keyless = True` sends it as it is; so does a form that names a key, be it an empty one.
    """
    plain = (data is None or isinstance(data, dict)) and not given and "content_type" not in more
    if plain and not getattr(client, "keyless", False) and not why_unkeyed(path.partition("?")[0]):
        data = {"form_key": new_form_key(), **(data or {})}
    return _post(client, path, data, *given, **more)


Client.post = _as_from_a_page  # type: ignore[method-assign]


def _showing_codes(client: Client, **request: Any) -> Any:
    """Whatever a test asks for: a page that tells a refusal shows its code, too."""
    answer = _request(client, **request)
    code, kind = answer.headers.get("X-Refusal", ""), answer.headers.get("Content-Type", "")
    # A test that leaves the drawing of pages out has nothing to look at.
    if code and answer.status_code != 302 and kind.startswith("text/html") and answer.content:
        assert f'data-refusal="{code}"' in answer.content.decode(), (
            f"{request['PATH_INFO']} tells {code} without it"
        )
    return answer


Client.request = _showing_codes  # type: ignore[method-assign]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, so that side by side nobody waits for one that came last."""
    items.sort(key=lambda item: "slow" not in item.keywords and "browser" not in item.keywords)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: Any,
) -> None:
    """Begin with a copy of a database made earlier (tests/prepared.py)."""
    reuse = bool(request.config.getvalue("reuse_db"))
    if not request.config.getvalue("create_db"):
        with django_db_blocker.unblock():
            prepared.begin_with_copy(django_settings.DATABASES["default"], reuse=reuse)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """An SQLite file is taken as it lies there: copied just now, or left by --reuse-db."""
    return bool(request.config.getvalue("reuse_db")) or connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Keep a copy of the database for the next run."""
    with django_db_blocker.unblock():
        prepared.keep_copy()


WRITING = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"(\w+)"')


def _refuse_outside_acts(execute: Any, statement: str, *more: Any) -> Any:
    found = WRITING.match(statement)
    if found and found[1] in covered_models() and acts._current.get() is None:
        raise AssertionError(
            f"{found[1]} is written outside any act, so nothing vouches for it: {statement[:200]}"
        )
    return execute(statement, *more)


@pytest.fixture(autouse=True)
def _records_are_written_in_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a page or a command does to a covered table, in any test, it does in an act: else `verify_records` would
    call honest work a forgery. What a test itself writes by hand is its own affair."""
    for owner, name in ((ClientHandler, "get_response"), (BaseCommand, "execute")):
        plain = getattr(owner, name)

        def watched(self: Any, *given: Any, plain: Any = plain, **more: Any) -> Any:
            if isinstance(self, BaseCommand) and type(self).__module__.startswith("django."):
                return plain(self, *given, **more)  # migrations and the like
            with connection.execute_wrapper(_refuse_outside_acts):
                return plain(self, *given, **more)

        monkeypatch.setattr(owner, name, watched)


@pytest.fixture(autouse=True)
def _data_folder() -> Iterator[None]:
    """What a test writes into the data folder goes with it, as its rows do."""
    yield
    kept.empty_folder()


@pytest.fixture
def university(db: None) -> factories.University:
    """A small university: 9 organisations, 14 people, every seat held."""
    return factories.university()


@pytest.fixture
def cast(university: factories.University) -> factories.Cast:
    """甘书记, 宁支书, 冉党员, and 边同志 of another unit, with their accounts."""
    return kept.standing("cast", lambda: factories.cast(university), given=university)


@pytest.fixture
def adopted(university: factories.University) -> factories.University:
    """The university, with the province's programme and the school's overlay adopted."""
    kept.standing("adopted", lambda: factories.adopt(university.top))
    return university


@pytest.fixture
def opened(adopted: factories.University) -> factories.University:
    """The same, with the duties of 2010-12-31 opened."""
    kept.standing("opened", factories.open_on)
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
        triggers = import_module("dianping.common.migrations.0001_tables")
        records = import_module("dianping.common.migrations.0003_records")
        for module in (triggers, records):
            module.remove(None, _Statements)
        for table in ("common_auditentry", "common_auditrecord"):
            _Statements.execute(f"DELETE FROM {table}")
        for module in (triggers, records):
            module.add(None, _Statements)
