"""Making accounts and granting roles."""

from datetime import date

from django.db import transaction

from dianping.accounts.models import Grant, User
from dianping.common import audit
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.orgs.models import Organisation, Person


@transaction.atomic
def add_account(*, username: str, password: str, name: str, person: Person | None, actor: Actor) -> User:
    """Make one account. A person has at most one; a name is used once."""
    if User.objects.filter(username=username).exists():
        raise Refusal(f"登录名“{username}”已经有人用。", remedy="请换一个登录名。")
    if person is not None and User.objects.filter(person=person).exists():
        raise Refusal(f"{person.name}已经有账号。", remedy="请直接使用原账号。")
    user = User.objects.create_user(username, password, name=name, person_id=person.pk if person else None)
    audit.record(actor=actor, act="开设账号", about=f"user:{user.pk}", username=username)
    return user


@transaction.atomic
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
