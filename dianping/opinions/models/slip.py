"""票: one-time slips, told apart by a keyed digest of their code. No moment, no order, no person."""

from django.db import models

from dianping.common.records.registry import Covered, LeftOut


class Batch(models.Model):
    """One printing of slips for one group: how many, by whom. The codes themselves are on paper only.

    Until another account counted them out (点交) they open nothing (decision 0040).
    """

    poll = models.ForeignKey("opinions.Poll", models.CASCADE, related_name="batches")
    group = models.ForeignKey("opinions.Group", models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField("批次")
    issued = models.PositiveIntegerField("发出")
    voided = models.PositiveIntegerField("作废", default=0)
    on_paper = models.BooleanField("纸质表", default=False)
    issued_by = models.CharField("制票人", max_length=80)
    issued_on = models.DateField("制票日")
    issued_account = models.CharField("制票账号", max_length=80, blank=True, default="")
    counted_by = models.CharField("点交人", max_length=80, blank=True, default="")
    counted_account = models.CharField("点交账号", max_length=80, blank=True, default="")
    counted_on = models.DateField("点交日", null=True)

    record = Covered()

    class Meta:
        verbose_name = "批次"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["poll", "number"], name="batch_numbered_once")]

    def __str__(self) -> str:
        return f"第 {self.number} 批"


class Slip(models.Model):
    """One slip. Rows are made in the order of their digests and changed in place; `stub` is as long before use as after,
    so that neither length nor place tells which were used, or when.
    """

    class State(models.IntegerChoices):
        """What became of it."""

        UNUSED = 0, "未用"
        USED = 1, "已用"
        SPOILT = 2, "废票"
        VOID = 3, "作废"

    digest = models.CharField("票码摘要", max_length=64, primary_key=True)
    poll = models.ForeignKey("opinions.Poll", models.CASCADE, related_name="+")
    group = models.PositiveSmallIntegerField("组")
    batch = models.PositiveSmallIntegerField("批次")
    state = models.PositiveSmallIntegerField("状态", choices=State, default=State.UNUSED)
    stub = models.CharField("回执摘要", max_length=64)

    record = LeftOut("同票箱")

    class Meta:
        verbose_name = "票"
        constraints = [models.UniqueConstraint(fields=["poll", "stub"], name="slip_stub_once")]

    def __str__(self) -> str:
        return self.get_state_display()
