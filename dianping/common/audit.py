"""The audit chain as the rooms use it: one entry an act, in the same transaction as the act.

If the entry cannot be written the act fails with it. `verify` recomputes the chain; a head kept elsewhere
(printed when ledgers are issued) also shows when the tail was cut off. Basis: GB/T 22239-2019 安全审计.
"""

import getpass
import json
import os
import socket
from dataclasses import dataclass
from typing import Any

from dianping.common import acts
from dianping.common.chain import GENESIS, Draft, digest_of, head, verify
from dianping.common.clock import site_moment
from dianping.common.records.lines import RECORDS

__all__ = ["GENESIS", "SYSTEM", "Actor", "digest_of", "head", "record", "verify"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a sign-in name (or the name of a command) and the role it acts in."""

    name: str
    acting_as: str = ""
    shown: str = ""

    @property
    def signature(self) -> str:
        """The name people read beside what was written: the person's, else the sign-in name."""
        return self.shown or self.name


def _at_the_shell() -> str:
    """Who runs this process, on which machine: a command's entries name them."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # an account number without a name
        user = str(os.getuid())
    return f"命令 {user}@{socket.gethostname()}"[:80]


SYSTEM = Actor("系统", _at_the_shell())


def record(*, actor: Actor, act: str, about: str, path: str = "", **detail: Any) -> None:
    """Add one entry to the act that is under way; it is written when the act ends. Raises RuntimeError outside one.

    `about` names the record the act is about ("review:12"); digests of every record the act changed are added by
    themselves (dianping.common.records).
    """
    if RECORDS in detail or "sets" in detail:
        raise ValueError(f"审计“{act}”的内容里不能自己写 {RECORDS} 或 sets。")
    acts.current().entries.append(
        Draft(
            at=site_moment(),
            actor=actor.name,
            acting_as=actor.acting_as,
            act=act,
            about=about,
            path=path,
            detail=json.loads(json.dumps(detail, default=str)),
        )
    )
