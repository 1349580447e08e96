"""Rules in force: which programme binds which part of the tree, from which day."""

from datetime import date

from django.db import models

from dianping.common.records.registry import Covered


class Adoption(models.Model):
    """One programme, adopted for one organisation and all below it. The text is kept as it was adopted.

    A later paper that amends it brings a row of its own with the same code, from that paper's day on; `amended_by` is that
    paper's number. The older row ends on that day and still answers for the days before.
    """

    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    code = models.CharField("方案代号", max_length=60)
    title = models.CharField("标题", max_length=200)
    number = models.CharField("发文字号", max_length=60)
    amended_by = models.CharField("修订它的文件", max_length=60, blank=True)
    extends = models.CharField("上级方案", max_length=60, blank=True)
    text = models.TextField("方案全文")
    digest = models.CharField("摘要", max_length=64)
    in_force = models.DateField("施行日")
    until = models.DateField("止（不含）", null=True, blank=True)
    adopted_on = models.DateField("采用日")
    adopted_by = models.CharField("采用人", max_length=80)

    record = Covered(about="adoption")

    class Meta:
        verbose_name = "采用的方案"
        ordering = ["in_force", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code", "in_force"], name="adoption_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def binds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.in_force <= day and (self.until is None or self.until > day)
