"""票箱: slots allocated before the first form comes in, and the running sum that shows every change made beside it."""

from django.db import models

from dianping.common.records.registry import LeftOut


class Box(models.Model):
    """What a box holds as a whole; the one row that every accepted form changes, and which says nothing of any.

    Width, number of subjects and the public keys are what every envelope of it is made with. A box without a
    `machine_key` is of the time when there were two keys only, and is still opened with those (decision 0039).
    `sum` is the sum of a keyed hash of every slot and every slip (decision 0033), `mark` authenticates the two.
    """

    poll = models.OneToOneField("opinions.Poll", models.CASCADE, related_name="box")
    used = models.PositiveIntegerField("已收", default=0)
    typed = models.PositiveIntegerField("其中录入的纸质表", default=0)
    slots = models.PositiveIntegerField("格数")
    width = models.PositiveIntegerField("封套长度（字节）")
    subjects = models.PositiveSmallIntegerField("评议对象数")
    unit_key = models.CharField("本单位公钥", max_length=64)
    superior_key = models.CharField("上级公钥", max_length=64)
    machine_key = models.CharField("机内公钥", max_length=64, blank=True, default="")
    sum = models.CharField("核对和", max_length=64)
    mark = models.CharField("核对码", max_length=64)

    record = LeftOut("由票箱的核对和管着；逐行的摘要会说出哪一张票在什么时候用过")

    class Meta:
        verbose_name = "票箱"

    def __str__(self) -> str:
        return str(self.poll)


class Slot(models.Model):
    """格: filled with chance from the start; a form lands in a free one drawn at random, in place, at the same length."""

    place = models.BigIntegerField("格号", primary_key=True)
    poll = models.ForeignKey("opinions.Poll", models.CASCADE, related_name="+")
    full = models.BooleanField("已用", default=False)
    envelope = models.BinaryField("封套")

    record = LeftOut("同票箱")

    class Meta:
        verbose_name = "格"

    def __str__(self) -> str:
        return str(self.place)
