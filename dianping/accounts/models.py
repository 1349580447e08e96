"""Who signs in and with what right. Secretaries' and leaders' rights follow their posts, day by day."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from dianping.common.records.registry import Covered


class UserManager(BaseUserManager["User"]):
    """Makes users; there is no superuser in this system."""

    def create_user(self, username: str, password: str, *, name: str, person_id: int | None = None) -> "User":
        user = self.model(username=username, name=name, person_id=person_id)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. Ordinary members and the masses need none (decision 0012)."""

    username = models.CharField("登录名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    person = models.OneToOneField("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    is_active = models.BooleanField("启用", default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    record = Covered(about="user", without=("last_login",))

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"


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
