"""整改事项: one problem followed until it is put right and seen to be right by somebody else."""

from django.db import models

from dianping.common.fields import PathField
from dianping.rules import rectify


class State(models.TextChoices):
    """Where a problem stands."""

    OPEN = rectify.OPEN, rectify.STATE_NAMES[rectify.OPEN]
    IN_PROGRESS = rectify.IN_PROGRESS, rectify.STATE_NAMES[rectify.IN_PROGRESS]
    CLOSE_REQUESTED = rectify.CLOSE_REQUESTED, rectify.STATE_NAMES[rectify.CLOSE_REQUESTED]
    CLOSED = rectify.CLOSED, rectify.STATE_NAMES[rectify.CLOSED]
    UNRESOLVED = rectify.UNRESOLVED, rectify.STATE_NAMES[rectify.UNRESOLVED]


class Item(models.Model):
    """One problem of one review, with its owner, measure and due date."""

    problem = models.OneToOneField("reviews.Problem", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    path = PathField("所在位置")
    person = models.ForeignKey("orgs.Person", models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey("orgs.Person", models.PROTECT, null=True, related_name="+")
    owner_name = models.CharField("责任人", max_length=60, blank=True)
    measure = models.TextField("整改措施", blank=True)
    due = models.DateField("完成时限", null=True, blank=True)
    state = models.CharField("状态", max_length=16, choices=State, default=State.OPEN)
    opened_on = models.DateField("立项日")
    requested_by = models.CharField("申请人", max_length=80, blank=True)
    closed_on = models.DateField("销号日", null=True, blank=True)
    closed_by = models.CharField("验收人", max_length=80, blank=True)
    report = models.ForeignKey("duties.Duty", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "整改事项"
        indexes = [models.Index(fields=["path", "state"], name="item_path_state")]

    def __str__(self) -> str:
        return self.problem.text


class Progress(models.Model):
    """进展: what was done on a day, written down at a moment, with what proves it."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="progress")
    on = models.DateField("日期")
    at = models.DateTimeField("登记时刻")
    by = models.CharField("登记人", max_length=80)
    step = models.CharField("步骤", max_length=12)
    text = models.TextField("内容", blank=True)
    evidence = models.TextField("佐证", blank=True)

    class Meta:
        verbose_name = "进展"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.text}"


class WrittenReport(models.Model):
    """专门书面报告, on the duty that demanded it."""

    duty = models.OneToOneField("duties.Duty", models.PROTECT, related_name="+")
    text = models.TextField("报告")
    filed_on = models.DateField("交报日")
    filed_at = models.DateTimeField("交报时刻")
    by = models.CharField("交报人", max_length=80)

    class Meta:
        verbose_name = "专门书面报告"

    def __str__(self) -> str:
        return f"{self.duty_id} {self.filed_on}"
