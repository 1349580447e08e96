"""Who keeps accounts: a clerk those of his own subtree, and nobody gives a right he has not; who reads the chain."""

from datetime import date

from dianping.accounts.models import Grant, User
from dianping.accounts.selectors.places import Belongs, belongings_of
from dianping.common.audit import Actor
from dianping.common.rights import right
from dianping.orgs.models import Organisation


@right("管理员在机器上")
def may_keep_accounts(actor: Actor) -> bool:
    """Passwords given by somebody else, roles over the whole site: `add_account` and `change_account` only."""
    return False


@right("党务干事")
def may_see_accounts(actor: Actor) -> bool:
    """The list of accounts: whoever keeps the books of any place, each his own part of it."""
    return actor.is_clerk


@right("管着这个单位的党务干事")
def may_open_accounts(actor: Actor, organisation: Organisation) -> bool:
    """Accounts for those who hold a seat in an organisation or below it."""
    return actor.keeps(organisation.path)


@right("管着这个账号全部单位的党务干事（本人的账号由别人管）")
def may_keep_account(actor: Actor, user: User, day: date | None) -> bool:
    """One account, not his own: every place it has to do with is one whose books he keeps, every role of it is his own there."""
    return not actor.is_account(user.username) and keeps_all(actor, belongings_of([user], day=day)[user.pk])


@right("自己有这个角色的党务干事")
def may_give_role(actor: Actor, role: str, organisation: Organisation | None) -> bool:
    """A role over a place: whoever keeps the books there and has the same role there himself. The whole site's is nobody's."""
    return (
        organisation is not None and actor.keeps(organisation.path) and _has(actor, role, organisation.path)
    )


@right("本人")
def may_change_password(actor: Actor, user: User) -> bool:
    """One's own password, with the present one looked at before."""
    return actor.is_account(user.username)


@right("查阅人")
def may_read_chain(actor: Actor) -> bool:
    """The audit chain, or the part of it that lies where he audits."""
    return actor.is_auditor


def keeps_all(actor: Actor, belongs: Belongs) -> bool:
    """Whether an account with these belongings is this actor's to keep; one of no place is the site's clerk's."""
    places = belongs.places
    if not places:
        return actor.is_site_clerk
    return all(place is not None and actor.keeps(place.path) for place in places) and all(
        place is not None and _has(actor, role, place.path) for role, place in belongs.grants
    )


def _has(actor: Actor, role: str, path: str) -> bool:
    asked = {
        Grant.Role.CLERK: actor.keeps,
        Grant.Role.SUPERIOR: actor.oversees,
        Grant.Role.AUDITOR: actor.audits,
    }
    return role in asked and asked[Grant.Role(role)](path)
