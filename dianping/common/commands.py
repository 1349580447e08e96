"""How commands speak."""

import functools
from collections.abc import Callable
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


def day_argument(text: str) -> Any:
    """A date argument; argparse turns the ValueError into wrong use (exit 2)."""
    from datetime import date

    return date.fromisoformat(text)
