"""Whom a bulletin, or a case published on its own, went to: the circle as it stood that day."""

from django.db import models
from django.db.models import Q

from dianping.common.fields import PathField
from dianping.common.records.registry import Covered


class Copy(models.Model):
    """One organisation that received a bulletin or a case; a withdrawal does not take it back out of its sight."""

    bulletin = models.ForeignKey("bulletins.Bulletin", models.CASCADE, null=True, related_name="copies")
    case = models.ForeignKey("bulletins.ModelCase", models.CASCADE, null=True, related_name="copies")
    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    path = PathField("所在位置")

    record = Covered()

    class Meta:
        verbose_name = "发到"
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "organisation"], name="copy_of_bulletin_once"),
            models.UniqueConstraint(fields=["case", "organisation"], name="copy_of_case_once"),
            models.CheckConstraint(
                condition=Q(bulletin=None, case__isnull=False) | Q(bulletin__isnull=False, case=None),
                name="copy_of_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["path"], name="copy_path")]

    def __str__(self) -> str:
        return str(self.organisation)
