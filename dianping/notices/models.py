"""文件: notices received and sent, word for word, with what they cite and who has signed for them."""

from django.db import models
from django.db.models import Q

from dianping.common.fields import PathField
from dianping.common.records.registry import Covered, KeptIn


class Direction(models.TextChoices):
    """来文 or 发文."""

    RECEIVED = "received", "来文"
    SENT = "sent", "发文"


class Notice(models.Model):
    """One notice in one organisation's register. `text` never changes once it is entered.

    A cover and the notices it encloses share one text; each has its own stretch of it, `begins` to `ends` in characters.
    `number` is its one spelling (豫创组办发〔2010〕26号), empty where the notice has none. `within` is the cover notice
    that forwards this one. What was read from it stands in its lines.
    """

    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    path = PathField("所在位置")
    direction = models.CharField("来文或发文", max_length=8, choices=Direction, default=Direction.RECEIVED)
    number = models.CharField("发文字号", max_length=60, blank=True)
    title = models.CharField("标题", max_length=200)
    kind = models.CharField("文种", max_length=10, blank=True)
    issuer = models.CharField("发文机关", max_length=120, blank=True)
    signature = models.CharField("落款", max_length=120, blank=True)
    addressees = models.TextField("主送", blank=True)
    copies = models.TextField("抄送", blank=True)
    reach = models.CharField("发至层级", max_length=40, blank=True)
    dated = models.DateField("成文日期", null=True, blank=True)
    entered_on = models.DateField("登记日")
    sign_by = models.DateField("签收期限", null=True, blank=True)
    text = models.TextField("正文")
    digest = models.CharField("摘要", max_length=64)
    begins = models.PositiveIntegerField("起于第几字", default=0)
    ends = models.PositiveIntegerField("止于第几字", default=0)
    within = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="enclosed")
    entered_by = models.CharField("登记人", max_length=80)

    record = Covered(about="notice")

    class Meta:
        verbose_name = "文件"
        ordering = ["-entered_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "digest"], condition=Q(within=None), name="notice_entered_once"
            ),
        ]
        indexes = [
            models.Index(fields=["number"], name="notice_number"),
            models.Index(fields=["path", "entered_on"], name="notice_path_day"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Citation(models.Model):
    """引用: the number a notice cites, in its one spelling, or another spelling of its own number (`is_alias`)."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="citations")
    number = models.CharField("发文字号", max_length=60)
    title = models.CharField("标题", max_length=200, blank=True)
    is_alias = models.BooleanField("本文的另一种写法", default=False)

    record = Covered()

    class Meta:
        verbose_name = "引用"
        indexes = [models.Index(fields=["number"], name="citation_number")]

    def __str__(self) -> str:
        return self.number


class Attachment(models.Model):
    """附件: a file that came with a notice, kept in the data folder under its own hash."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="attachments")
    name = models.CharField("文件名", max_length=200)
    digest = models.CharField("摘要", max_length=64)
    size = models.PositiveIntegerField("字节数")

    record = Covered(file=KeptIn("notices"))

    class Meta:
        verbose_name = "附件"

    def __str__(self) -> str:
        return self.name


class Receipt(models.Model):
    """签收: one organisation a notice went to, by when it should sign, and when it did."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="receipts")
    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    path = PathField("所在位置")
    signed_at = models.DateTimeField("签收时刻", null=True)
    signed_by = models.CharField("签收人", max_length=80, blank=True)

    record = Covered(about="receipt")

    class Meta:
        verbose_name = "签收"
        constraints = [
            models.UniqueConstraint(fields=["notice", "organisation"], name="receipt_once"),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by="") | Q(signed_at__isnull=False) & ~Q(signed_by=""),
                name="receipt_signed_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["path", "signed_at"], name="receipt_path")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.signed_at or '未签收'}"


class Line(models.Model):
    """One thing read from a notice, and what a person made of it. `read` stays as the machine proposed it.

    `kind` and the keys of `value` are those of the reading's plain form; `start` and `end` are places in the text.
    """

    class State(models.TextChoices):
        """What was decided."""

        PROPOSED = "proposed", "待核对"
        ACCEPTED = "accepted", "采纳"
        CORRECTED = "corrected", "更正后采纳"
        STRUCK = "struck", "划去"

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="lines")
    kind = models.CharField("种类", max_length=20)
    clause = models.CharField("条款", max_length=20, blank=True)
    text = models.TextField("原文")
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")
    read = models.JSONField("读出的")
    value = models.JSONField("采纳的")
    state = models.CharField("状态", max_length=10, choices=State, default=State.PROPOSED)
    decided_by = models.CharField("核对人", max_length=80, blank=True)
    decided_on = models.DateField("核对日", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    record = Covered(about="line")

    class Meta:
        verbose_name = "读出的一行"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]
