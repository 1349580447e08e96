"""随机抽取: a draw whose seed the unit sealed before the superior gave his (豫创组办发〔2010〕26号 三.4)."""

from django.db import models

from dianping.common.fields import PathField


class Draw(models.Model):
    """One draw of an organisation, numbered; a draw abandoned or repeated stays in the row of numbers.

    `listed` is the frozen list as it was hashed, `root` its hash, `sealed` what the unit gave of its seed beforehand.
    The unit's seed itself is not kept before it is opened. `digest` sums the draw up and stands in the next one's text.
    """

    class State(models.TextChoices):
        """Where a draw stands."""

        SEALED = "sealed", "已封存，等上级种子"
        DRAWN = "drawn", "已抽出"
        ABANDONED = "abandoned", "作废"

    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    path = PathField("所在位置")
    number = models.PositiveIntegerField("第几次")
    about = models.CharField("抽什么", max_length=12)
    wanted = models.PositiveIntegerField("抽几个")
    listed = models.TextField("名单")
    root = models.CharField("名单摘要", max_length=64)
    sealed = models.CharField("封存值", max_length=64)
    sealed_on = models.DateField("封存日")
    sealed_by = models.CharField("封存人", max_length=80)
    unit_seed = models.CharField("本单位种子", max_length=64, blank=True)
    superior_seed = models.CharField("上级种子", max_length=64, blank=True)
    superior_by = models.CharField("上级种子登记人", max_length=80, blank=True)
    superior_on = models.DateField("上级种子日", null=True)
    drawn = models.JSONField("抽出的", default=list)
    drawn_on = models.DateField("抽取日", null=True)
    drawn_by = models.CharField("抽取人", max_length=80, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.SEALED)
    why = models.TextField("作废的原因", blank=True)
    before = models.CharField("上一次的摘要", max_length=64, blank=True)
    digest = models.CharField("摘要", max_length=64, blank=True)

    class Meta:
        verbose_name = "随机抽取"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="draw_numbered_once"),
        ]
        indexes = [models.Index(fields=["path", "number"], name="draw_path")]

    def __str__(self) -> str:
        return f"{self.organisation} 第 {self.number} 次抽取"
