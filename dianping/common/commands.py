"""How commands speak."""

import functools
import json
import logging
import re
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from dianping.base.coded import CodedFault
from dianping.common.refusal import Refusal

LOG = logging.getLogger("dianping.refusals")

# A head of the chain, number and SHA-256 in small hexadecimal: 142:3f9c… (64 figures behind the colon).
HEAD = re.compile(r"[1-9][0-9]*:[0-9a-f]{64}")


def refusals_spoken(handle: Callable[..., str | None]) -> Callable[..., str | None]:
    """Let a command end on a Refusal, or on another fault that has a code, with its sentence and exit code 1.

    With --json the answer is {"refused": code, "sentence": …, "remedy": …}; the log keeps the code.
    """

    @functools.wraps(handle)
    def speak(command: BaseCommand, *args: object, **options: object) -> str | None:
        try:
            return handle(command, *args, **options)
        except (Refusal, CodedFault) as no:
            LOG.info("Refused: %s, %s", no.code, type(command).__module__.rpartition(".")[2])
            if options.get("json"):
                told = {"refused": no.code, "sentence": no.sentence, "remedy": getattr(no, "remedy", "")}
                command.stdout.write(json.dumps(told, ensure_ascii=False))
            raise CommandError(str(no), returncode=1) from no

    return speak


def head_argument(text: str) -> str:
    """A head of the chain as an argument; wrong use (exit 2) when it is none."""
    if not HEAD.fullmatch(text):
        raise ArgumentTypeError(
            f"“{text}”不是链首；请照抄 verify_audit 印出的那一串，如 142:3f9c…（冒号后 64 个字符）。"
        )
    return text


def folder_argument(text: str) -> Path:
    """A folder that is there; wrong use (exit 2) when it is not: one made here may be where a disk is not mounted."""
    if not Path(text).is_dir():
        raise ArgumentTypeError(f"没有“{text}”这个文件夹；请先挂上那块盘、建好文件夹，或者改对路径。")
    return Path(text)


def day_argument(text: str) -> date:
    """A date argument; wrong use (exit 2) when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as no:
        raise ArgumentTypeError(f"“{text}”不是一个日期；请写 2011-01-05 这样的日期。") from no
