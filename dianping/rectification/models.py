"""整改事项: one problem followed until it is put right and seen to be right by somebody else."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from dianping.common.fields import PathField
from dianping.common.records.registry import Covered, KeptIn
from dianping.rectification.rules import steps as rectify
from dianping.rectification.sources import source_kind
from dianping.reviews.models import About


class State(models.TextChoices):
    """Where a problem stands."""

    OPEN = rectify.OPEN, rectify.STATE_NAMES[rectify.OPEN]
    IN_PROGRESS = rectify.IN_PROGRESS, rectify.STATE_NAMES[rectify.IN_PROGRESS]
    CLOSE_REQUESTED = rectify.CLOSE_REQUESTED, rectify.STATE_NAMES[rectify.CLOSE_REQUESTED]
    CLOSED = rectify.CLOSED, rectify.STATE_NAMES[rectify.CLOSED]
    UNRESOLVED = rectify.UNRESOLVED, rectify.STATE_NAMES[rectify.UNRESOLVED]


class Source(models.Model):
    """来源: what named some problems on a day: a review, or what a later room brings (rectification.sources). Decision 0053.

    `seat` is in whose name it spoke: who holds it may judge what became of the problems; None where only offices judge.
    `label` stands for `named_by` where no person on file named them (an inspection group, a poll). `review` is set for a review;
    for every other kind `row` is the key of what it comes from, in the room that brings it.
    """

    kind = models.CharField("种类", max_length=12)
    review = models.OneToOneField("reviews.Review", models.PROTECT, null=True, related_name="+")
    row = models.PositiveBigIntegerField("来源编号", null=True)
    seat = models.ForeignKey("orgs.Post", models.PROTECT, null=True, related_name="+")
    named_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, related_name="+")
    label = models.CharField("提出方", max_length=80, blank=True)
    happened_on = models.DateField("提出日")
    entered_at = models.DateTimeField("登记时刻")

    record = Covered()

    class Meta:
        verbose_name = "问题来源"
        constraints = [
            models.UniqueConstraint(fields=["kind", "row"], name="source_row_once"),
            models.CheckConstraint(
                condition=Q(review__isnull=False, row__isnull=True)
                | Q(review__isnull=True, row__isnull=False),
                name="source_is_a_review_or_a_row",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.who}{self.act}"

    @property
    def who(self) -> str:
        """Who named the problems, as printed."""
        return self.named_by.name if self.named_by else self.label

    @property
    def act(self) -> str:
        """The word for what they were named in: 点评, 抽查."""
        kind = source_kind(self.kind)
        return kind.label if kind else self.kind

    @property
    def page(self) -> str:
        """The address of the page of what named them; "" where it has none."""
        kind = source_kind(self.kind)
        return reverse(kind.page, args=[self.review_id or self.row]) if kind and kind.page else ""


class Item(models.Model):
    """One problem, with its own words, owner, cause, measure and due date, and the `source` it was named by; `problem` is the
    row of the review that named it, None for every other source. `like` is an earlier one it repeats."""

    # Of items older than the source, these stand empty until `carry_sources` has filled them, before anything is served.
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="items")
    number = models.PositiveSmallIntegerField("第几项", default=0)
    text = models.TextField("问题", blank=True)
    about = models.CharField("对象类别", max_length=12, choices=About, blank=True)
    point = models.ForeignKey("opinions.Point", models.PROTECT, null=True, related_name="+")
    problem = models.OneToOneField("reviews.Problem", models.PROTECT, null=True, related_name="+")
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
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="item_once_a_source")]
        indexes = [models.Index(fields=["path", "state"], name="item_path_state")]

    def __str__(self) -> str:
        return self.text


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


class Enclosure(models.Model):
    """附件: a file kept with a review, an event or a paper handed in, as the scan of what was signed; it shows nothing of its own and
    is never taken away."""

    review = models.ForeignKey("reviews.Review", models.PROTECT, null=True, related_name="+")
    occasion = models.ForeignKey("reviews.Occasion", models.PROTECT, null=True, related_name="+")
    duty = models.ForeignKey("duties.Duty", models.PROTECT, null=True, related_name="+")
    path = PathField("所在位置")
    name = models.CharField("文件名", max_length=200)
    digest = models.CharField("摘要", max_length=64)
    size = models.PositiveIntegerField("字节数")
    on = models.DateField("附上日")
    by = models.CharField("附上的人", max_length=80)

    record = Covered(file=KeptIn("evidence"))

    class Meta:
        verbose_name = "附件"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(review__isnull=False, occasion=None, duty=None)
                | models.Q(review=None, occasion__isnull=False, duty=None)
                | models.Q(review=None, occasion=None, duty__isnull=False),
                name="enclosure_with_one_record",
            ),
        ]

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
    """专门书面报告, on the duty that demanded it; `read_on` is when a reviewer whose problem it answers noted that he read it.

    Of a member it is his own words (被点评对象要…写出, 四.1): `words_of` is he, `manner` how they came, `by` who recorded them; of
    words recorded for him `confirmed_on` and `confirmed_how` tell when and how he went through them.
    """

    class Manner(models.TextChoices):
        """How a member's own words came into the system."""

        HIMSELF = "himself", "本人交来"
        SPOKEN = "spoken", "本人口述"
        PAPER = "paper", "本人提交书面稿"

    duty = models.OneToOneField("duties.Duty", models.PROTECT, related_name="+")
    text = models.TextField("报告")
    filed_on = models.DateField("交报日")
    filed_at = models.DateTimeField("交报时刻")
    by = models.CharField("交报人", max_length=80)
    words_of = models.ForeignKey("orgs.Person", models.PROTECT, null=True, related_name="+")
    manner = models.CharField("怎样来的", max_length=8, choices=Manner, blank=True, default="")
    confirmed_on = models.DateField("本人核对日", null=True)
    confirmed_how = models.CharField("怎样核对", max_length=120, blank=True, default="")
    read_on = models.DateField("点评人阅日", null=True)
    read_by = models.CharField("阅报人", max_length=80, blank=True, default="")

    record = Covered()

    class Meta:
        verbose_name = "专门书面报告"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(manner__in=("spoken", "paper"))
                | models.Q(words_of__isnull=False, confirmed_on__isnull=False) & ~models.Q(confirmed_how=""),
                name="report_recorded_is_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.filed_on}"

    @property
    def origin(self) -> str:
        """Whose words a member's report is and how they came, in a sentence; "" for any other."""
        if self.words_of is None:
            return ""
        if self.manner == self.Manner.HIMSELF:
            return f"{self.words_of.name}{self.get_manner_display()}。"
        told = f"{self.words_of.name}{self.get_manner_display()}，{self.by}代录"
        return f"{told}；本人 {self.confirmed_on} 核对：{self.confirmed_how.rstrip('。')}。"
