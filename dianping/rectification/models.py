"""整改事项: one problem followed until it is put right and seen to be right by somebody else."""

from django.db import models

from dianping.common.fields import PathField
from dianping.common.records.registry import Covered, KeptIn
from dianping.rectification.rules import steps as rectify


class State(models.TextChoices):
    """Where a problem stands."""

    OPEN = rectify.OPEN, rectify.STATE_NAMES[rectify.OPEN]
    IN_PROGRESS = rectify.IN_PROGRESS, rectify.STATE_NAMES[rectify.IN_PROGRESS]
    CLOSE_REQUESTED = rectify.CLOSE_REQUESTED, rectify.STATE_NAMES[rectify.CLOSE_REQUESTED]
    CLOSED = rectify.CLOSED, rectify.STATE_NAMES[rectify.CLOSED]
    UNRESOLVED = rectify.UNRESOLVED, rectify.STATE_NAMES[rectify.UNRESOLVED]


class Item(models.Model):
    """One problem of one review, with its owner, cause, measure and due date; `like` is an earlier one it repeats."""

    problem = models.OneToOneField("reviews.Problem", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    path = PathField("所在位置")
    person = models.ForeignKey("orgs.Person", models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey("orgs.Person", models.PROTECT, null=True, related_name="+")
    owner_name = models.CharField("责任人", max_length=60, blank=True)
    cause = models.TextField("原因", blank=True)
    unit_name = models.CharField("责任单位", max_length=80, blank=True)
    measure = models.TextField("整改措施", blank=True)
    due = models.DateField("完成时限", null=True, blank=True)
    state = models.CharField("状态", max_length=16, choices=State, default=State.OPEN)
    opened_on = models.DateField("立项日")
    requested_by = models.CharField("申请人", max_length=80, blank=True)
    closed_on = models.DateField("销号日", null=True, blank=True)
    closed_by = models.CharField("验收人", max_length=80, blank=True)
    report = models.ForeignKey("duties.Duty", models.PROTECT, null=True, related_name="+")
    like = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField("版本", default=1)

    record = Covered(about="item")

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

    record = Covered()

    class Meta:
        verbose_name = "进展"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.text}"


class Evidence(models.Model):
    """佐证材料: a file that shows how it was before, or how it is now, kept in the data folder under its own hash."""

    class When(models.TextChoices):
        """Before or after."""

        BEFORE = "before", "整改前"
        AFTER = "after", "整改后"

    progress = models.ForeignKey(Progress, models.CASCADE, related_name="files")
    when = models.CharField("前后", max_length=6, choices=When)
    name = models.CharField("文件名", max_length=200)
    digest = models.CharField("摘要", max_length=64)
    size = models.PositiveIntegerField("字节数")

    record = Covered(file=KeptIn("evidence"))

    class Meta:
        verbose_name = "佐证材料"

    def __str__(self) -> str:
        return self.name


class Extension(models.Model):
    """延期: more time asked for, and what was answered; granted, it has an end of its own."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="extensions")
    asked_on = models.DateField("申请日")
    asked_by = models.CharField("申请人", max_length=80)
    asked_as = models.CharField("申请账号", max_length=60, blank=True)
    reason = models.TextField("理由")
    was_due = models.DateField("原期限")
    until = models.DateField("申请延至")
    granted = models.BooleanField("批准", null=True)
    granted_until = models.DateField("批准延至", null=True)
    decided_on = models.DateField("答复日", null=True)
    decided_by = models.CharField("答复人", max_length=80, blank=True)
    words = models.TextField("答复", blank=True)

    record = Covered()

    class Meta:
        verbose_name = "延期"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(granted=None), name="extension_one_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.until}"


class Verdict(models.Model):
    """真的办好了吗: what the masses answered when the promised day had come, as counts only."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="verdicts")
    asked_on = models.DateField("询问日")
    closed_on = models.DateField("截止日")
    yes = models.PositiveIntegerField("办好了")
    no = models.PositiveIntegerField("没有办好")

    record = Covered()

    class Meta:
        verbose_name = "群众回音"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "asked_on"], name="verdict_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.yes}:{self.no}"


class Admonition(models.Model):
    """约谈: the head of a lagging unit was called in; what he was told, what he promised by when (三.2)."""

    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    path = PathField("所在位置")
    person = models.ForeignKey("orgs.Person", models.PROTECT, related_name="+")
    post = models.ForeignKey("orgs.Post", models.PROTECT, related_name="+")
    held_on = models.DateField("约谈日")
    place = models.CharField("地点", max_length=80, blank=True)
    reasons = models.TextField("事由")
    told = models.TextField("约谈意见")
    promised = models.TextField("表态和措施")
    due = models.DateField("整改期限")
    items = models.ManyToManyField(Item, related_name="+", blank=True)
    entered_at = models.DateTimeField("登记时刻")
    by = models.CharField("登记人", max_length=80)
    settled_on = models.DateField("办结日", null=True)
    outcome = models.TextField("结果", blank=True)

    record = Covered(about="admonition")

    class Meta:
        verbose_name = "约谈"
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["path", "held_on"], name="admonition_path")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.held_on}"


class WrittenReport(models.Model):
    """专门书面报告, on the duty that demanded it."""

    duty = models.OneToOneField("duties.Duty", models.PROTECT, related_name="+")
    text = models.TextField("报告")
    filed_on = models.DateField("交报日")
    filed_at = models.DateTimeField("交报时刻")
    by = models.CharField("交报人", max_length=80)

    record = Covered()

    class Meta:
        verbose_name = "专门书面报告"

    def __str__(self) -> str:
        return f"{self.duty_id} {self.filed_on}"
