"""Making, renewing and closing accounts; granting roles and ending them. Passwords are hashed before anything is locked."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db.models import F
from django.views.decorators.debug import sensitive_variables

from dianping.accounts.models import ActivationSlip, Grant, User
from dianping.accounts.passwords import keep_past
from dianping.accounts.rights import (
    may_change_password,
    may_give_role,
    may_keep_account,
    may_keep_accounts,
)
from dianping.accounts.signing_in import lift_lockouts
from dianping.common import audit
from dianping.common.acts import act, acting
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.orgs.models import Organisation, Person


@sensitive_variables("password")
def add_account(
    *,
    username: str,
    password: str,
    name: str,
    person: Person | None,
    actor: Actor,
    day: date | None = None,
    lasting: bool = False,
) -> User:
    """Make one account. A person has at most one; a name is used once.

    Whoever makes it knows the password, so it opens nothing but the page where it is changed, unless it is `lasting`
    (chosen by the person himself, or of an invented site).
    """
    return _add(
        user=User(
            username=username,
            password=make_password(password),
            name=name,
            person=person,
            must_change=not lasting,
            password_since=day,
        ),
        actor=actor,
    )


@sensitive_variables("password")
def open_account(
    *,
    username: str,
    password: str,
    name: str,
    person: Person | None,
    roles: Sequence[tuple[str, Organisation | None]],
    day: date,
    actor: Actor,
) -> User:
    """Make one account with its roles, all or nothing; as `add_account`, its password is a given one."""
    user = User(
        username=username,
        password=make_password(password),
        name=name,
        person=person,
        must_change=True,
        password_since=day,
    )
    with acting():
        made = _add(user=user, actor=actor)
        for role, place in roles:
            grant_role(user=made, role=role, organisation=place, since=day, actor=actor)
    return made


@sensitive_variables("password")
def change_account(
    *,
    user: User,
    password: str = "",
    role: str = "",
    end: str = "",
    organisation: Organisation | None = None,
    is_open: bool | None = None,
    day: date,
    actor: Actor,
) -> None:
    """Several changes of one account in one act: a role given or ended, the account closed or opened, a password given. What
    cannot be done takes the rest back."""
    encoded = make_password(password) if password else ""
    with acting():
        if role:
            grant_role(user=user, role=role, organisation=organisation, since=day, actor=actor)
        if end:
            end_role(user=user, role=end, organisation=organisation, on=day, actor=actor)
        if is_open is not None:
            set_open(user=user, is_open=is_open, day=day, actor=actor)
        if encoded:
            _set_password(user=user, encoded=encoded, day=day, must_change=True, act="重设密码", actor=actor)


@act
def _add(*, user: User, actor: Actor) -> User:
    permit(actor, may_keep_accounts)
    if User.objects.filter(username=user.username).exists():
        raise Refusal(
            f"登录名“{user.username}”已经有人用。", code="accounts.name-taken", remedy="请换一个登录名。"
        )
    if user.person is not None and User.objects.filter(person=user.person).exists():
        raise Refusal(
            f"{user.person.name}已经有账号。", code="accounts.person-has-account", remedy="请直接使用原账号。"
        )
    user.save()
    audit.record(actor=actor, act="开设账号", about=f"user:{user.pk}", username=user.username)
    return user


@act
def grant_role(
    *, user: User, role: str, organisation: Organisation | None, since: date, actor: Actor
) -> Grant:
    """Give a role over an organisation and all below it (None: the whole site). Twice changes nothing."""
    permit(actor, may_give_role, role, organisation)
    permit(actor, may_keep_account, user, since)
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
    """End a role from a day on, and every session of the account; what was done under it stays. Raises Refusal when it is
    not held."""
    permit(actor, may_give_role, role, organisation)
    permit(actor, may_keep_account, user, on)
    held = Grant.objects.filter(user=user, role=role, organisation=organisation, until=None)
    if not held.update(until=on):
        place = organisation.name if organisation else "全站"
        raise Refusal(
            f"{user}在{place}没有“{Grant.Role(role).label}”这个角色。",
            code="accounts.no-such-role",
            remedy="请先用 change_account 登录名 看他现有的角色。",
        )
    end_sessions(user)
    path = organisation.path if organisation else ""
    audit.record(actor=actor, act="收回授权", about=f"user:{user.pk}", path=path, role=role)


@sensitive_variables("password")
def renew_password(*, user: User, password: str, day: date | None = None, actor: Actor) -> None:
    """Give an account a new password, to be changed at the next sign-in: whoever is signed in is out, a lockout is lifted."""
    _set_password(
        user=user, encoded=make_password(password), day=day, must_change=True, act="重设密码", actor=actor
    )


@sensitive_variables("password")
def change_password(*, user: User, password: str, day: date, actor: Actor) -> None:
    """Put one's own new password in the place of the present one. Every session ends but the one the caller renews."""
    _set_password(
        user=user, encoded=make_password(password), day=day, must_change=False, act="更改密码", actor=actor
    )


@act
def _set_password(
    *, user: User, encoded: str, day: date | None, must_change: bool, act: str, actor: Actor
) -> None:
    permit(actor, may_keep_accounts if must_change else may_change_password, *([] if must_change else [user]))
    keep_past(user)
    void_slips([user])
    user.password, user.must_change, user.password_since = encoded, must_change, day
    user.slip_by = "" if must_change else user.slip_by
    user.save(update_fields=["password", "must_change", "password_since", "slip_by"])
    end_sessions(user)
    lift_lockouts(user)
    audit.record(actor=actor, act=act, about=f"user:{user.pk}", username=user.username)


def void_slips(users: Sequence[User]) -> None:
    """Slips of these accounts that nobody used open nothing any more."""
    unused = ActivationSlip.objects.filter(user__in=users, state=ActivationSlip.State.UNUSED)
    unused.update(state=ActivationSlip.State.VOID)


def end_sessions(user: User) -> None:
    """No session begun until now is good any more, not even when the account is opened or the role given again."""
    User.objects.filter(pk=user.pk).update(sessions=F("sessions") + 1)
    user.refresh_from_db(fields=["sessions"])


@act
def set_open(*, user: User, is_open: bool, day: date | None = None, actor: Actor) -> None:
    """Close an account, or open it again. A closed one signs in nowhere, its sessions are over for good, its slip is void; its
    acts stay in the chain. Without a `day` every place the account ever had to do with is asked for."""
    permit(actor, may_keep_account, user, day)
    if User.objects.filter(pk=user.pk).exclude(is_active=is_open).update(is_active=is_open):
        end_sessions(user)
        if not is_open:
            void_slips([user])
        audit.record(
            actor=actor,
            act="启用账号" if is_open else "停用账号",
            about=f"user:{user.pk}",
            username=user.username,
        )
