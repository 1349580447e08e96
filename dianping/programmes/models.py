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


class CriteriaList(models.Model):
    """标准: a named list reviews of one class of target turn on (五个好, 五个表率), entered by the office with its source.

    It stands beside what the programmes in force name, for the organisation and all below it, and is never scored. A corrected list
    is a row of its own from its day on; the older row ends on that day and answers for the days before.
    """

    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=40)
    about = models.CharField(
        "对谁",
        max_length=12,
        choices=[("organisation", "党组织"), ("secretary", "书记"), ("member", "党员")],
    )
    items = models.JSONField("各条")
    source = models.CharField("出处", max_length=200)
    since = models.DateField("起")
    until = models.DateField("止（不含）", null=True, blank=True)
    entered_by = models.CharField("录入人", max_length=80)

    record = Covered(about="criteria")

    class Meta:
        verbose_name = "点评的标准"
        ordering = ["organisation__path", "about", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "about"],
                condition=models.Q(until=None),
                name="criteria_list_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name
