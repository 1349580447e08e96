"""The audit chain as the rooms use it: one entry an act, in the same transaction as the act.

If the entry cannot be written the act fails with it. `verify` recomputes the chain; a head kept elsewhere
(printed when ledgers are issued) also shows when the tail was cut off. Basis: GB/T 22239-2019 安全审计.
"""

import getpass
import json
import os
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dianping.common import acts
from dianping.common.chain import GENESIS, EntryDraft, digest_of, head, verify
from dianping.common.clock import site_moment
from dianping.common.records.lines import RECORDS

if TYPE_CHECKING:
    from dianping.orgs.models import Person

__all__ = ["GENESIS", "SYSTEM", "Actor", "Operator", "digest_of", "head", "record", "verify"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a sign-in name (or the name of a command) and the role it acts in.

    What a service may ask of whoever acts is asked by places (tree paths) and keys alone. Somebody of whom nothing but a
    name is known may nothing: whoever is signed in is a `SignedIn` (accounts.viewer), whoever has the shell an `Operator`.
    """

    name: str
    acting_as: str = ""
    shown: str = ""

    @property
    def signature(self) -> str:
        """The name people read beside what was written: the person's, else the sign-in name."""
        return self.shown or self.name

    @property
    def operates(self) -> bool:
        """Whether he has the shell, and with it everything but what needs two people."""
        return False

    def now(self) -> "Actor":
        """The same with the rights he has at this moment."""
        return self

    @property
    def person(self) -> "Person | None":
        """The person (orgs.Person) behind the account; None for an office's account and for an operator."""
        return None

    @property
    def is_site_clerk(self) -> bool:
        """Whether rosters and programmes of the whole site are his work."""
        return False

    @property
    def is_auditor(self) -> bool:
        """Whether he audits any place."""
        return False

    @property
    def is_clerk(self) -> bool:
        """Whether he keeps the books of any place."""
        return False

    @property
    def has_seat(self) -> bool:
        """Whether he answers for any seat."""
        return False

    def keeps(self, path: str) -> bool:
        """Whether he keeps the books of a place (党务干事)."""
        return False

    def oversees(self, path: str) -> bool:
        """Whether he oversees a place from above (上级办公室)."""
        return False

    def audits(self, path: str) -> bool:
        """Whether he audits a place (查阅人)."""
        return False

    def reads(self, path: str) -> bool:
        """Whether a place lies in what he may read."""
        return False

    def heads(self, path: str) -> bool:
        """Whether he answers for the secretary's seat of the organisation at this very place."""
        return False

    def heads_above(self, path: str) -> bool:
        """Whether he answers for the secretary's seat of an organisation above this place."""
        return False

    def keeps_above(self, path: str) -> bool:
        """Whether he keeps the books of an organisation above this place."""
        return False

    def has_charge_of(self, path: str) -> bool:
        """Whether a seat of his is in charge of, or in contact with, the organisation at this very place."""
        return False

    def holds(self, post: int | None) -> bool:
        """Whether he answers for this seat (its key)."""
        return False

    def judges(self, path: str) -> bool:
        """Whether his office may say how well a problem there was put right (decision 0009)."""
        return self.keeps(path) or self.oversees(path)

    def is_person(self, key: int | None) -> bool:
        """Whether he is this person (their key)."""
        return self.person is not None and self.person.pk == key

    def is_account(self, name: str) -> bool:
        """Whether this is his account, open as it is."""
        return False


@dataclass(frozen=True, slots=True)
class Operator(Actor):
    """Whoever has the shell: a command, a sample being told. He may everything except what needs two different people.

    `himself`: the person he stands for, where a story is told that asks whose person acts.
    """

    himself: "Person | None" = None

    @property
    def operates(self) -> bool:
        return True

    @property
    def person(self) -> "Person | None":
        return self.himself


def _at_the_shell() -> str:
    """Who runs this process, on which machine: a command's entries name them."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # an account number without a name
        user = str(os.getuid())
    return f"命令 {user}@{socket.gethostname()}"[:80]


SYSTEM = Operator("系统", _at_the_shell())


def record(*, actor: Actor, act: str, about: str, path: str = "", **detail: object) -> None:
    """Add one entry to the act that is under way; it is written when the act ends. Raises RuntimeError outside one.

    `about` names the record the act is about ("review:12"); digests of every record the act changed are added by
    themselves (dianping.common.records).
    """
    if RECORDS in detail or "sets" in detail:
        raise ValueError(f"审计“{act}”的内容里不能自己写 {RECORDS} 或 sets。")
    acts.current().entries.append(
        EntryDraft(
            at=site_moment(),
            actor=actor.name,
            acting_as=actor.acting_as,
            act=act,
            about=about,
            path=path,
            detail=json.loads(json.dumps(detail, default=str)),
        )
    )
