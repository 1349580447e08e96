"""期限窗口: one line of a programme in one stretch of time."""

from django.db import models
from django.db.models import F, Q

from dianping.common.records.registry import Covered


class Window(models.Model):
    """One rule applied to one responsibility between two days, for one adopting organisation.

    `cited` lists every clause behind it, the binding (nearest) one first:
    [{"paper", "clause", "says", "due"?}]. `ordered_on` is the day the newest of its papers came into force. The row whose target is "reviewer" counts who has done all he owes.
    """

    root = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    rule = models.CharField("规则", max_length=40)
    name = models.CharField("名称", max_length=80)
    responsibility = models.CharField("责任", max_length=40)
    target = models.CharField("对象", max_length=20)
    opens = models.DateField("起")
    due = models.DateField("止")
    outside = models.CharField("系统外点评人", max_length=80, blank=True)
    cited = models.JSONField("依据", default=list)
    ordered_on = models.DateField("所依文件施行日", null=True)

    record = Covered()

    class Meta:
        verbose_name = "期限窗口"
        constraints = [
            models.UniqueConstraint(fields=["root", "rule", "responsibility", "opens"], name="window_once"),
            models.CheckConstraint(condition=Q(opens__lte=F("due")), name="window_opens_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.opens}–{self.due}"
