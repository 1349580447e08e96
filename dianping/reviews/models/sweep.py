"""查找: which reviews say much the same, as they were looked for one night."""

from django.db import models

from dianping.common.records.registry import LeftOut


class Sweep(models.Model):
    """The last search for like reviews below an organisation; a later one takes its place.

    `opens` and `day` are the first and last day of the reviews looked at, `groups` lists of review keys, the newest first.
    """

    organisation = models.OneToOneField("orgs.Organisation", models.PROTECT, related_name="+")
    opens = models.DateField("自")
    day = models.DateField("至")
    looked_at = models.DateTimeField("查找时刻")
    reviews = models.PositiveIntegerField("查看的点评")
    groups = models.JSONField("写法相同或很像的")

    record = LeftOut("只提示去看哪几条，不进任何数字；每晚整个换成重新查找的")

    class Meta:
        verbose_name = "相似点评的查找"

    def __str__(self) -> str:
        return f"{self.organisation} {self.opens}–{self.day}"

    @property
    def alike(self) -> int:
        """How many reviews lie in groups."""
        return sum(map(len, self.groups))
