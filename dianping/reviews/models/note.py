"""平时掌握的情况: a few words noted after a talk; no review until the parts a review needs are written."""

from django.db import models

from dianping.common.fields import PathField
from dianping.common.records.registry import Covered


class Note(models.Model):
    """What one seat noted about a target on a day; `review` is the one it later became part of."""

    post = models.ForeignKey("orgs.Post", models.PROTECT, related_name="+")
    writer = models.ForeignKey("orgs.Person", models.PROTECT, related_name="+")
    about = models.CharField("对象类别", max_length=12)
    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    path = PathField("所在位置")
    person = models.ForeignKey("orgs.Person", models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField("日期")
    entered_at = models.DateTimeField("登记时刻")
    text = models.TextField("情况")
    review = models.ForeignKey("reviews.Review", models.PROTECT, null=True, related_name="notes")

    record = Covered(about="note")

    class Meta:
        verbose_name = "平时记录"
        ordering = ["-happened_on", "-pk"]
        indexes = [models.Index(fields=["path", "happened_on"], name="note_path_day")]

    def __str__(self) -> str:
        return self.text[:40]
