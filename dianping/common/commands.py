"""How commands speak."""

import functools
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dianping.common.refusal import Refusal


def prepare_database() -> None:
    """Bring a new or older data folder's tables up to date, so that any command may be the first one."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)


def refusals_spoken(handle: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command prepare its database first, and end on a Refusal with its sentence and exit code 1."""

    @functools.wraps(handle)
    def speak(*args: Any, **kwargs: Any) -> Any:
        prepare_database()
        try:
            return handle(*args, **kwargs)
        except Refusal as no:
            raise CommandError(str(no), returncode=1) from no

    return speak


def day_argument(text: str) -> date:
    """A date argument; wrong use (exit 2) when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as no:
        raise ArgumentTypeError(f"“{text}”不是一个日期；请写 2011-01-05 这样的日期。") from no
