"""What every room leans on: the audit chain and the keys that make a double click one act."""

from django.db import models

from dianping.common.records.registry import LeftOut


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
    vouches = models.BigIntegerField("所附记录摘要的组号", null=True, db_index=True)

    record = LeftOut("它就是链")

    class Meta:
        verbose_name = "审计记录"
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.act} {self.about}"


class AuditRecord(models.Model):
    """One record as an act left it: its digest before and after, "" where it did not stand. Rows are only ever added.

    `number` is that of the entry which vouches for it (`AuditEntry.vouches`); records are written before their entry has its
    place in the chain.
    """

    number = models.BigIntegerField("组号", db_index=True)
    table = models.CharField("表", max_length=40)
    key = models.BigIntegerField("编号")
    before = models.CharField("改动前的摘要", max_length=64, blank=True)
    after = models.CharField("改动后的摘要", max_length=64, blank=True)

    record = LeftOut("由审计记录里的摘要管着")

    class Meta:
        verbose_name = "记录摘要"
        indexes = [models.Index(fields=["table", "key"], name="audit_record_of")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"


class Touched(models.Model):
    """A note of a trigger: this row was added (`was` is empty), changed or removed (`was`: the row before, as JSON). The act
    that did it takes the notes off again; what stays was done outside any act."""

    table = models.CharField("表", max_length=40)
    key = models.BigIntegerField("编号")
    was = models.TextField("原样", blank=True)

    record = LeftOut("在同一事务里写入又删去")

    class Meta:
        verbose_name = "触动的行"

    def __str__(self) -> str:
        return f"{self.table} {self.key}"


class FormKey(models.Model):
    """One form, sent once: the second sending of the same form is answered with the first one's result."""

    key = models.CharField("表单号", max_length=64)
    actor = models.CharField("行为人", max_length=80)
    digest = models.CharField("内容摘要", max_length=64)
    location = models.CharField("去处", max_length=400, blank=True)
    at = models.DateTimeField("时刻", auto_now_add=True)

    record = LeftOut("只为不重复办理，不说任何事")

    class Meta:
        verbose_name = "表单号"
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="form_key_once")]

    def __str__(self) -> str:
        return self.key


class KeyMark(models.Model):
    """Which key belongs to this database: the SHA-256 of its file. With another one the site refuses to start."""

    name = models.CharField("钥匙", max_length=40, primary_key=True)
    digest = models.CharField("摘要", max_length=64)

    record = LeftOut("另换一个，站点就不启动")

    class Meta:
        verbose_name = "钥匙的摘要"

    def __str__(self) -> str:
        return f"{self.name} {self.digest[:12]}"
