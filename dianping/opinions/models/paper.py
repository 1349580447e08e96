"""纸质表的第一次录入: waits for the second, which is typed by somebody else."""

from django.db import models

from dianping.common.records.registry import LeftOut


class PaperEntry(models.Model):
    """A paper form typed once, and by which clerk. What was typed is kept as digests, one a question, under the form's own
    code, which is on the paper only: enough to tell the second typist which questions differ, and nothing anybody could read
    without the paper.
    """

    slip = models.OneToOneField("opinions.Slip", models.CASCADE, related_name="+")
    poll = models.ForeignKey("opinions.Poll", models.CASCADE, related_name="+")
    typed_by = models.CharField("第一次录入账号", max_length=80)
    digests = models.JSONField("各题摘要")
    missed_by = models.CharField(
        "不符的账号", max_length=80, blank=True, default=""
    )  # who typed last and differed
    misses = models.PositiveSmallIntegerField("不符次数", default=0)

    record = LeftOut("第二次录入后就删去，票箱的核对和管着它那张票")

    class Meta:
        verbose_name = "纸质表录入"

    def __str__(self) -> str:
        return "已录入一次"
