"""随机抽取: a draw as it is called, sealed by both sides, revealed and closed (豫创组办发〔2010〕26号 三.4; `reviews/rules/draw`)."""

from django.db import models

from dianping.common.fields import PathField
from dianping.common.records.registry import Covered
from dianping.reviews.rules.draw import Outcome


class Draw(models.Model):
    """One draw of an organisation, numbered; one called off or repeated stays in the row of numbers.

    `listed` is the frozen list as it was hashed. A seed stands here only once it was revealed; before, its seal does.
    `digest` sums up a draw that is over and stands in the next one's terms.
    """

    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    superior = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    path = PathField("所在位置")
    number = models.PositiveIntegerField("第几次")
    about = models.CharField("抽什么", max_length=12)
    purpose = models.CharField("用途", max_length=80)
    called_on = models.DateField("发起日")
    called_by = models.CharField("发起人", max_length=80)
    places = models.PositiveIntegerField("名额")
    days = models.PositiveSmallIntegerField("公开期限", default=3)
    listed = models.TextField("名单")
    previous = models.CharField("上次摘要", max_length=64)
    superior_seal = models.CharField("上级封存值", max_length=64, blank=True)
    superior_by = models.CharField("上级经手", max_length=80, blank=True)
    own_seal = models.CharField("单位封存值", max_length=64, blank=True)
    own_by = models.CharField("单位经手", max_length=80, blank=True)
    superior_seed = models.CharField("上级种子", max_length=32, blank=True)
    revealed_on = models.DateField("上级公开日", null=True)
    own_seed = models.CharField("单位种子", max_length=32, blank=True)
    closed_on = models.DateField("了结日", null=True)
    outcome = models.CharField(
        "结果", max_length=8, choices=[(o.value, o.value) for o in Outcome], blank=True
    )
    why = models.TextField("作废的原因", blank=True)
    drawn = models.JSONField("抽中的代码", default=list)
    digest = models.CharField("摘要", max_length=64, blank=True)

    record = Covered(about="draw")

    class Meta:
        verbose_name = "随机抽取"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="draw_numbered_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(closed_on=None), name="draw_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["path", "number"], name="draw_path")]

    def __str__(self) -> str:
        return f"{self.organisation} 第 {self.number} 次抽签"
