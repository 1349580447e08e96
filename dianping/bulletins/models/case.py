"""先进典型、好做法: found in a review, looked into by somebody else, then told (豫创组办发〔2010〕26号 四.1)."""

from django.db import models
from django.db.models import Q

from dianping.common.fields import PathField
from dianping.common.records.registry import Covered


class ModelCase(models.Model):
    """One example raised from one filed review, in the words of whoever raised it.

    Sign-in names tell two accounts apart (`raised_by`, `checked_by`); the names people read stand beside them.
    `agreed_on` is when the person it is about agreed to be named, as `agreed_by` noted it.
    """

    class Kind(models.TextChoices):
        """What is held up: somebody, or a way of doing something."""

        EXEMPLAR = "exemplar", "先进典型"
        PRACTICE = "practice", "好做法"

    class State(models.TextChoices):
        """Where it stands."""

        RAISED = "raised", "待核实"
        RETURNED = "returned", "退回补充"
        CHECKED = "checked", "已核实"
        PUBLISHED = "published", "已发布"
        WITHDRAWN = "withdrawn", "已撤回"

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    path = PathField("所在位置")
    person = models.ForeignKey("orgs.Person", models.PROTECT, null=True, related_name="+")
    kind = models.CharField("类别", max_length=10, choices=Kind)
    title = models.CharField("标题", max_length=80)
    facts = models.TextField("事迹")
    state = models.CharField("状态", max_length=10, choices=State, default=State.RAISED)
    raised_by = models.CharField("提出账号", max_length=80)
    raised_name = models.CharField("提出人", max_length=80)
    raised_on = models.DateField("提出日")
    checked_by = models.CharField("核实账号", max_length=80, blank=True)
    checked_name = models.CharField("核实人", max_length=80, blank=True)
    checked_on = models.DateField("核实日", null=True)
    words = models.TextField("核实意见", blank=True)
    agreed_on = models.DateField("本人同意日", null=True)
    agreed_by = models.CharField("同意登记人", max_length=80, blank=True)
    publisher = models.ForeignKey("orgs.Organisation", models.PROTECT, null=True, related_name="+")
    circle = models.JSONField("范围", default=list)
    published_on = models.DateField("发布日", null=True)
    published_by = models.CharField("发布人", max_length=80, blank=True)
    withdrawn_on = models.DateField("撤回日", null=True)
    withdrawn_by = models.CharField("撤回人", max_length=80, blank=True)
    why = models.TextField("撤回的原因", blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    record = Covered(about="case")

    class Meta:
        verbose_name = "典型"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "kind", "title"], condition=~Q(state="withdrawn"), name="case_raised_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["checked", "published"]) | ~Q(checked_by=models.F("raised_by")),
                name="case_checked_by_another",
            ),
        ]
        indexes = [models.Index(fields=["path", "state"], name="case_path_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """Whom or what it is about."""
        return self.person.name if self.person else self.organisation.name
