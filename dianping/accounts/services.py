"""Making, renewing and closing accounts; granting roles and ending them."""

from datetime import date

from axes.utils import reset

from dianping.accounts.models import Grant, User
from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.orgs.models import Organisation, Person


@act
def add_account(*, username: str, password: str, name: str, person: Person | None, actor: Actor) -> User:
    """Make one account. A person has at most one; a name is used once."""
    if User.objects.filter(username=username).exists():
        raise Refusal(f"登录名“{username}”已经有人用。", remedy="请换一个登录名。")
    if person is not None and User.objects.filter(person=person).exists():
        raise Refusal(f"{person.name}已经有账号。", remedy="请直接使用原账号。")
    user = User.objects.create_user(username, password, name=name, person_id=person.pk if person else None)
    audit.record(actor=actor, act="开设账号", about=f"user:{user.pk}", username=username)
    return user


@act
def grant_role(
    *, user: User, role: str, organisation: Organisation | None, since: date, actor: Actor
) -> Grant:
    """Give a role over an organisation and all below it (None: the whole site). Twice changes nothing."""
    grant, new = Grant.objects.get_or_create(
        user=user,
        role=role,
        organisation=organisation,
        until=None,
        defaults={"since": since, "granted_by": actor.name},
    )
    if new:
        audit.record(
            actor=actor,
            act="授权",
            about=f"user:{user.pk}",
            path=organisation.path if organisation else "",
            role=role,
        )
    return grant


@act
def end_role(*, user: User, role: str, organisation: Organisation | None, on: date, actor: Actor) -> None:
    """End a role from a day on; what was done under it stays. Raises Refusal when it is not held."""
    held = Grant.objects.filter(user=user, role=role, organisation=organisation, until=None)
    if not held.update(until=on):
        place = organisation.name if organisation else "全站"
        raise Refusal(
            f"{user}在{place}没有“{Grant.Role(role).label}”这个角色。",
            remedy="请先用 change_account 登录名 看他现有的角色。",
        )
    path = organisation.path if organisation else ""
    audit.record(actor=actor, act="收回授权", about=f"user:{user.pk}", path=path, role=role)


@act
def renew_password(*, user: User, password: str, actor: Actor) -> None:
    """Give an account a new password: whoever is signed in with the old one is out, a lockout is lifted."""
    user.set_password(password)
    user.save(update_fields=["password"])
    reset(username=user.username)
    audit.record(actor=actor, act="重设密码", about=f"user:{user.pk}", username=user.username)


@act
def set_open(*, user: User, is_open: bool, actor: Actor) -> None:
    """Close an account, or open it again. A closed one signs in nowhere; its acts stay in the chain."""
    if User.objects.filter(pk=user.pk).exclude(is_active=is_open).update(is_active=is_open):
        audit.record(
            actor=actor,
            act="启用账号" if is_open else "停用账号",
            about=f"user:{user.pk}",
            username=user.username,
        )
