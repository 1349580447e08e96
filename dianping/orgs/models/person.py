"""党员与其党籍所在."""

from django.db import models
from django.db.models import F, Q

from dianping.common.records.registry import Covered


class Standing(models.TextChoices):
    """人员类别."""

    FULL = "正式党员", "正式党员"
    PROBATIONARY = "预备党员", "预备党员"


class Person(models.Model):
    """A person. Of the identity number only a keyed fingerprint is kept (decision 0011)."""

    name = models.CharField("姓名", max_length=60, db_index=True)
    sex = models.CharField("性别", max_length=1, blank=True)
    born = models.DateField("出生日期", null=True, blank=True)
    employee_no = models.CharField("工号", max_length=40, blank=True)
    fingerprint = models.CharField("身份指纹", max_length=64, null=True, blank=True, unique=True)

    record = Covered(about="person")

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """党籍: one person stands in one branch at a time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="memberships")
    since = models.DateField("起")
    until = models.DateField("止（不含）", null=True, blank=True)
    standing = models.CharField("人员类别", max_length=4, choices=Standing, default=Standing.FULL)
    mobile_to = models.CharField("流动去向", max_length=120, blank=True)

    record = Covered()

    class Meta:
        verbose_name = "党籍"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until=None), name="membership_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="membership_begins_first"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="membership_ended", condition=Q(until__isnull=False))]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"
