"""What comes after filing: corrections that leave the old text readable, and the reviewed one's answer."""

from django.db import models

from dianping.common.records.registry import Covered


class Correction(models.Model):
    """更正: who changed what, why; `before` and `after` hold the changed fields only."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="corrections")
    at = models.DateTimeField("时刻")
    by = models.CharField("更正人", max_length=80)
    why = models.TextField("原因")
    before = models.JSONField("原文")
    after = models.JSONField("新文")

    record = Covered()

    class Meta:
        verbose_name = "更正"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.review_id} {self.at:%Y-%m-%d}"


class Reopening(models.Model):
    """重新打开: a filed review taken back to be written anew; `before` keeps every word and the duties it had met."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="reopenings")
    at = models.DateTimeField("时刻")
    by = models.CharField("打开人", max_length=80)
    why = models.TextField("原因")
    before = models.JSONField("原文")

    record = Covered()

    class Meta:
        verbose_name = "重新打开"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.review_id} {self.at:%Y-%m-%d}"


class Answer(models.Model):
    """本人意见: the reviewed one has read it, and may answer beside it."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="answers")
    at = models.DateTimeField("时刻")
    by = models.CharField("签阅人", max_length=80)
    on_behalf = models.BooleanField("代录", default=False)
    text = models.TextField("意见", blank=True)

    record = Covered()

    class Meta:
        verbose_name = "本人意见"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.by} {self.at:%Y-%m-%d}"
