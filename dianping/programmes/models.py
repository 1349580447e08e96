"""Rules in force: which programme binds which part of the tree, from which day."""

from django.db import models


class Adoption(models.Model):
    """One programme, adopted for one organisation and all below it. The text is kept as it was adopted."""

    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    code = models.CharField("方案代号", max_length=60)
    title = models.CharField("标题", max_length=200)
    number = models.CharField("发文字号", max_length=60)
    extends = models.CharField("上级方案", max_length=60, blank=True)
    text = models.TextField("方案全文")
    digest = models.CharField("摘要", max_length=64)
    in_force = models.DateField("施行日")
    until = models.DateField("止（不含）", null=True, blank=True)
    adopted_on = models.DateField("采用日")
    adopted_by = models.CharField("采用人", max_length=80)

    class Meta:
        verbose_name = "采用的方案"
        ordering = ["in_force", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code", "in_force"], name="adoption_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
