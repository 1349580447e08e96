"""一次征求意见或评议: about whom, asked of whom, on which form, from when until when."""

from functools import cached_property

from django.db import models
from django.db.models import F, Q

from dianping.common.records.registry import Covered
from dianping.opinions.rules import Form


class State(models.TextChoices):
    """Where a poll stands. Whether it takes forms on a day also depends on its days."""

    PLANNED = "planned", "拟定"
    FROZEN = "frozen", "名册已封定"
    READY = "ready", "票箱已封"
    OPENED = "opened", "已开箱"
    DESTROYED = "destroyed", "未开箱已销毁"
    CANCELLED = "cancelled", "已取消"


class Poll(models.Model):
    """One collection of opinions or appraisals, with a box of its own.

    `form` is the form as frozen, `electorate` the list of those entitled, one a line, of which only the digest is ever
    quoted. `least` and `least_words` are how many forms a figure, or a free text, needs behind it (decision 0010).
    A trial is a rehearsal: it says so on every sheet and counts nowhere. `machine_key` is the public half of the key that
    lies in the data folder only (decision 0039); `opened_again`: why both custodians opened what had been opened before.
    """

    State = State

    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    title = models.CharField("名称", max_length=120)
    kind = models.CharField("类别", max_length=10)
    form = models.JSONField("表式")
    form_digest = models.CharField("表式摘要", max_length=64)
    opens = models.DateField("起")
    closes = models.DateField("止")
    least = models.PositiveSmallIntegerField("数字最少份数")
    least_words = models.PositiveSmallIntegerField("文字最少份数")
    trial = models.BooleanField("模拟", default=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PLANNED)
    electorate = models.TextField("应参加人员", blank=True)
    electorate_digest = models.CharField("名册摘要", max_length=64, blank=True)
    frozen_on = models.DateField("封定日", null=True)
    planned_name = models.CharField("拟定人", max_length=80)
    planned_account = models.CharField("拟定账号", max_length=80, blank=True, default="")
    opened_on = models.DateField("开箱日", null=True)
    ended_why = models.TextField("销毁或取消的原因", blank=True)
    few = models.BooleanField("份数不足", default=False)
    turnout = models.JSONField("份数", default=dict)
    faults = models.JSONField("核对不符", default=list)
    words_withheld = models.CharField("没有保留文字的原因", max_length=80, blank=True)
    release_digest = models.CharField("公布内容摘要", max_length=64, blank=True)
    marked_hour = models.CharField("已计数到", max_length=13, blank=True)
    machine_key = models.CharField("机内公钥", max_length=64, blank=True, default="")
    confirmed_on = models.DateField("名单核对日", null=True)
    opened_again = models.TextField("再次开箱的原因", blank=True, default="")
    papers_gone_on = models.DateField("钥匙纸销毁日", null=True)
    papers_gone_by = models.CharField("钥匙纸销毁人", max_length=170, blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1)

    record = Covered(about="poll", without=("marked_hour",))

    class Meta:
        verbose_name = "征求意见或评议"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(opens__lte=F("closes")), name="poll_opens_first"),
            models.CheckConstraint(
                condition=Q(trial=True) | Q(least__gte=5, least_words__gte=10), name="poll_keeps_the_least"
            ),
        ]
        indexes = [models.Index(fields=["state"], name="poll_state")]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def sheet(self) -> Form:
        """The form as it was frozen."""
        return Form.load(self.form)

    @property
    def path(self) -> str:
        """Where its organisation stands today: a poll goes with it when it is put under another."""
        return str(self.organisation.path)


class Subject(models.Model):
    """Whom a poll is about: an organisation, or a person of it. The only table here that knows a person."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="subjects")
    number = models.PositiveSmallIntegerField("序号")
    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    person = models.ForeignKey("orgs.Person", models.PROTECT, null=True, related_name="+")
    name = models.CharField("名称", max_length=120)

    record = Covered()

    class Meta:
        verbose_name = "评议对象"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["poll", "number"], name="subject_numbered_once")]

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """One part of the electorate: the members of one organisation, or others of one kind; the smallest ever counted.

    Of members the size is worked out when the list is frozen; of others it is given, with `names` where they are known.
    `confirmed`: how many of them the superior's custodian found on a list of his own, and on which one (`against`); None
    before he said, and whoever is not confirmed covers nobody (decision 0040). Of a group of the roster the unit's custodian
    says the same (`confirmed_here`, `against_here`): the roster may have been written by the superior's office.
    """

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField("序号")
    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, null=True, related_name="+")
    ballot_class = models.CharField("票类", max_length=30)
    inside = models.BooleanField("党内", default=True)
    names = models.TextField("姓名", blank=True)
    size = models.PositiveIntegerField("应参加人数")
    label = models.CharField("名称", max_length=160)
    confirmed = models.PositiveIntegerField("上级核对到的人数", null=True)
    against = models.CharField("照哪份名单核对", max_length=120, blank=True, default="")
    confirmed_here = models.PositiveIntegerField("本单位核对到的人数", null=True)
    against_here = models.CharField("本单位照哪份名单核对", max_length=120, blank=True, default="")

    record = Covered()

    class Meta:
        verbose_name = "组"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["poll", "number"], name="group_numbered_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def in_roster(self) -> bool:
        """Whether its people are the members of an organisation, as the roster lists them."""
        return self.organisation_id is not None and self.inside

    @property
    def path(self) -> str:
        """Where its organisation stands today; "" for people of none."""
        return str(self.organisation.path) if self.organisation else ""
