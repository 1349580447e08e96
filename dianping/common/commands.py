"""How commands speak."""

import functools
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.management.base import CommandError

from dianping.common.refusal import Refusal


def refusals_spoken(handle: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command end on a Refusal with its sentence and exit code 1."""

    @functools.wraps(handle)
    def speak(*args: Any, **kwargs: Any) -> Any:
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
