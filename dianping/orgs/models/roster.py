"""名册: which workbook was taken when."""

from django.db import models

from dianping.common.records.registry import Covered


class RosterTaken(models.Model):
    """One workbook written into the system."""

    taken_on = models.DateField("写入日期")
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要", max_length=64)
    by = models.CharField("写入人", max_length=80)
    changes = models.JSONField("变动", default=dict)
    undone_on = models.DateField("撤回日期", null=True, blank=True)

    record = Covered()

    class Meta:
        verbose_name = "名册"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.taken_on}"


class RosterStep(models.Model):
    """What one import did to one table: the rows it made, and of those it changed the words before and after.

    Kept so that the import can be undone, or another prepared that leads back (decision 0061). No identity number is in it: a
    fingerprint is written down as the database has it.
    """

    taken = models.ForeignKey(RosterTaken, models.PROTECT, related_name="steps")
    table = models.CharField("表", max_length=40)
    made = models.JSONField("新增的编号", default=list)
    before = models.JSONField("改动前", default=dict)
    after = models.JSONField("改动后", default=dict)

    record = Covered()

    class Meta:
        verbose_name = "名册的改动"
        constraints = [models.UniqueConstraint(fields=["taken", "table"], name="roster_step_once")]

    def __str__(self) -> str:
        return f"{self.taken} {self.table}"
