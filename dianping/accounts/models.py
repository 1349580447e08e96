"""Who signs in and with what right. Secretaries' and leaders' rights follow their posts, day by day."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from dianping.common.records.registry import Covered, LeftOut


class UserManager(BaseUserManager["User"]):
    """Makes users; there is no superuser in this system."""

    def create_user(self, username: str, password: str, *, name: str, person_id: int | None = None) -> "User":
        user = self.model(username=username, name=name, person_id=person_id, must_change=True)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. Ordinary members and the masses need none (decision 0012).

    `sessions` goes up when every session of the account is to end: it is part of what a session is checked by.
    `must_change`: the password was given by somebody else and opens nothing but the page where it is changed.
    `slip_by`: the account that made the slip by which the owner chose his password; the two are not two offices (decision 0059).
    """

    username = models.CharField("登录名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    person = models.OneToOneField("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    is_active = models.BooleanField("启用", default=True)
    last_login = None  # a sign-in is an entry of the audit chain
    sessions = models.PositiveIntegerField("会话批次", default=0)
    must_change = models.BooleanField("须改密码", default=False)
    password_since = models.DateField("密码起用日", null=True, blank=True)
    slip_by = models.CharField("发启用票的账号", max_length=60, blank=True, default="")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    record = Covered(about="user")

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What every session of the account is checked by: the password's hash and the number of the lot."""
        return salted_hmac(
            "dianping.accounts.session", f"{self.sessions}:{self.password}", secret=secret, algorithm="sha256"
        ).hexdigest()


class ActivationSlip(models.Model):
    """启用票: a paper with a code by which its owner gives an account its first password, once (decision 0059).

    Of the code only a keyed digest is kept. Used and void ones stay: whoever holds such a paper is told what it is.
    """

    class State(models.TextChoices):
        UNUSED = "unused", "还没有用"
        USED = "used", "已用"
        VOID = "void", "作废"

    digest = models.CharField("票码摘要", max_length=64, unique=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="slips")
    issued_on = models.DateField("制票日期")
    until = models.DateField("有效至")
    issued_by = models.CharField("制票人", max_length=80)
    issued_account = models.CharField("制票的账号", max_length=60)
    state = models.CharField("状态", max_length=6, choices=State, default=State.UNUSED)
    used_on = models.DateField("启用日期", null=True, blank=True)

    record = Covered()

    class Meta:
        verbose_name = "启用票"
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(state="unused"), name="activation_slip_one_unused"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_state_display()}"


class PastPassword(models.Model):
    """The hash of a password used before; kept only where the rules ask that none of the last ones comes again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="past_passwords")
    password = models.CharField("密码摘要", max_length=128)

    record = LeftOut("只为不再用旧密码")

    class Meta:
        verbose_name = "用过的密码"

    def __str__(self) -> str:
        return f"{self.user}"


class KnownPlace(models.Model):
    """An address from which an account has signed in: `place` is a keyed digest of it (decision 0042)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="places")
    place = models.CharField("地点摘要", max_length=64)
    last = models.DateTimeField("最近登录")

    record = LeftOut("只为分开计数")

    class Meta:
        verbose_name = "登录过的地点"
        constraints = [models.UniqueConstraint(fields=["user", "place"], name="known_place_once")]

    def __str__(self) -> str:
        return f"{self.user}"


class TryCount(models.Model):
    """How often passwords were tried in one way since a moment. `key` is a keyed digest: no name, no address.

    The count is over at `ends`; a count that reaches its limit moves `ends` to a quarter of an hour from then.
    """

    key = models.CharField("计数对象摘要", max_length=64, primary_key=True)
    count = models.PositiveIntegerField("次数", default=0)
    ends = models.DateTimeField("到期", db_index=True)

    record = LeftOut("只为计数")

    class Meta:
        verbose_name = "密码试次"

    def __str__(self) -> str:
        return f"{self.count}"


class FailureTally(models.Model):
    """Wrong passwords of one account from one place in a quarter of an hour, until they are told to the audit chain.

    `account` is a sign-in name that exists, or empty; a name nobody has is not kept (people type passwords there).
    """

    act = models.CharField("行为", max_length=20)
    account = models.CharField("登录名", max_length=60, blank=True)
    place = models.CharField("地点摘要", max_length=16, blank=True)
    quarter = models.DateTimeField("一刻钟的开头")
    count = models.PositiveIntegerField("次数", default=0)

    record = LeftOut("计入审计链后就删去")

    class Meta:
        verbose_name = "密码不对的次数"
        constraints = [
            models.UniqueConstraint(fields=["act", "account", "place", "quarter"], name="failure_tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.count}"


class Grant(models.Model):
    """授权: a role over one organisation and all below it, with dates; no organisation means the whole site."""

    class Role(models.TextChoices):
        CLERK = "clerk", "党务干事"
        SUPERIOR = "superior", "上级办公室"
        AUDITOR = "auditor", "查阅人"

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField("角色", max_length=10, choices=Role)
    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, null=True, related_name="+")
    since = models.DateField("起")
    until = models.DateField("止（不含）", null=True, blank=True)
    granted_by = models.CharField("授权人", max_length=80)

    record = Covered()

    class Meta:
        verbose_name = "授权"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation"], condition=Q(until=None), name="grant_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.organisation}"
