"""通报: how the reviews went, told to a chosen circle, approved by somebody other than its writers."""

from django.db import models
from django.db.models import Q

from dianping.common.fields import PathField
from dianping.common.records.registry import Covered


class Bulletin(models.Model):
    """One organisation's bulletin of a period. It gets its number and its date when it is approved, not before.

    `circle` is the kinds of organisation below that receive it. `hands` are the sign-in names that wrote at it: none of
    them approves it. `ordinary` are two-letter words the writers say are no names (decision 0028). What was issued is
    never changed: it is withdrawn with a reason, or another one `corrects` it, and both stay.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "拟稿"
        ISSUED = "issued", "已印发"
        WITHDRAWN = "withdrawn", "已撤回"

    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    path = PathField("所在位置")
    year = models.PositiveSmallIntegerField("年", null=True)
    number = models.PositiveIntegerField("号", null=True)
    title = models.CharField("标题", max_length=120)
    opens = models.DateField("期间起")
    due = models.DateField("期间止")
    circle = models.JSONField("范围", default=list)
    body = models.TextField("正文")
    ordinary = models.JSONField("不是人名的词", default=list)
    cases = models.ManyToManyField("bulletins.ModelCase", related_name="bulletins", blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    hands = models.JSONField("拟稿账号", default=list)
    drafted_name = models.CharField("拟稿人", max_length=80)
    drafted_on = models.DateField("拟稿日")
    words = models.TextField("退回意见", blank=True)
    approved_by = models.CharField("签发人", max_length=80, blank=True)
    issued_on = models.DateField("印发日", null=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    withdrawn_on = models.DateField("撤回日", null=True)
    withdrawn_by = models.CharField("撤回人", max_length=80, blank=True)
    why = models.TextField("撤回的原因", blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    record = Covered(about="bulletin")

    class Meta:
        verbose_name = "通报"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "number"], name="bulletin_numbered_once"),
            models.CheckConstraint(
                condition=Q(state="draft", number=None, issued_on=None)
                | Q(number__isnull=False, year__isnull=False, issued_on__isnull=False) & ~Q(state="draft"),
                name="bulletin_issued_is_numbered",
            ),
        ]
        indexes = [models.Index(fields=["path", "state"], name="bulletin_path_state")]

    def __str__(self) -> str:
        return f"{self.called} {self.title}"

    @property
    def called(self) -> str:
        """Its number as printed; left open in a draft."""
        return f"点评通报〔{self.year}〕{self.number}号" if self.number else "点评通报（拟稿）"
