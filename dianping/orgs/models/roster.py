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

    record = Covered()

    class Meta:
        verbose_name = "名册"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.taken_on}"
