"""覆盖计数: what is owed and done below an organisation, day by day."""

from django.db import models

from dianping.common.records.registry import LeftOut


class Tally(models.Model):
    """Changes of one window's figures on one day, for an organisation and everything below it.

    A figure as of a day is the sum of the rows up to that day; `owed` stands on the day the window opens,
    `on_time` and `late` on the day an act was entered. Kept in the transaction that changes a duty.
    """

    organisation = models.ForeignKey("orgs.Organisation", models.CASCADE, related_name="+", db_index=False)
    window = models.ForeignKey("duties.Window", models.CASCADE, related_name="+")
    day = models.DateField("日")
    owed = models.IntegerField("应办", default=0)
    on_time = models.IntegerField("按时", default=0)
    late = models.IntegerField("补录", default=0)

    record = LeftOut("由应办重新数得出", recount="dianping.duties.services.recounting.tally_faults")

    class Meta:
        verbose_name = "覆盖计数"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "window", "day"], name="tally_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.window_id} {self.day}"
