"""台账的印发: what was drawn from the facts, when, with its hash."""

from django.db import models

from dianping.common.records.registry import Covered


class Issue(models.Model):
    """One ledger of one organisation and period as it was issued. Issued again it is a new row."""

    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    form = models.CharField("表", max_length=20)
    opens = models.DateField("期间起")
    due = models.DateField("期间止")
    drawn_on = models.DateField("填报日期")
    facts = models.JSONField("所据事实")
    digest = models.CharField("事实摘要", max_length=64)
    files = models.JSONField("文件及摘要", default=dict)
    issued_at = models.DateTimeField("印发时刻")
    by = models.CharField("印发人", max_length=80)

    record = Covered(about="issue")

    class Meta:
        verbose_name = "台账印发"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.form} {self.opens}–{self.due}"
