"""What every room leans on: the audit chain and the keys that make a double click one act."""

from django.db import models


class AuditEntry(models.Model):
    """One act, chained by hash to the one before it. Rows are only ever added (a trigger refuses the rest)."""

    seq = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时刻")
    actor = models.CharField("行为人", max_length=80)
    acting_as = models.CharField("身份", max_length=80, blank=True)
    act = models.CharField("行为", max_length=60)
    about = models.CharField("对象", max_length=120)
    path = models.CharField("所在组织", max_length=160, blank=True, db_index=True)
    detail = models.JSONField("内容", default=dict)
    prev = models.CharField("前一条", max_length=64)
    digest = models.CharField("本条", max_length=64, unique=True)

    class Meta:
        verbose_name = "审计记录"
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.act} {self.about}"


class FormKey(models.Model):
    """One form, sent once: the second sending of the same form is answered with the first one's result."""

    key = models.CharField("表单号", max_length=64)
    actor = models.CharField("行为人", max_length=80)
    digest = models.CharField("内容摘要", max_length=64)
    location = models.CharField("去处", max_length=400, blank=True)
    at = models.DateTimeField("时刻", auto_now_add=True)

    class Meta:
        verbose_name = "表单号"
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="form_key_once")]

    def __str__(self) -> str:
        return self.key


class KeyMark(models.Model):
    """Which key belongs to this database: the SHA-256 of its file. With another one the site refuses to start."""

    name = models.CharField("钥匙", max_length=40, primary_key=True)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = "钥匙的摘要"

    def __str__(self) -> str:
        return f"{self.name} {self.digest[:12]}"
