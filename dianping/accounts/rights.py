"""Who may open accounts and give roles: nobody from a page, whoever has the shell of the machine alone; and who reads the chain."""

from dianping.accounts.models import User
from dianping.common.audit import Actor
from dianping.common.rights import right


@right("管理员在机器上")
def may_keep_accounts(actor: Actor) -> bool:
    """Accounts, roles, given passwords: `add_account` and `change_account` only."""
    return False


@right("本人")
def may_change_password(actor: Actor, user: User) -> bool:
    """One's own password, with the present one looked at before."""
    return actor.is_account(user.username)


@right("查阅人")
def may_read_chain(actor: Actor) -> bool:
    """The audit chain, or the part of it that lies where he audits."""
    return actor.is_auditor
