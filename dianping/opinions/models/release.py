"""开箱以后: what was released, once. Small groups were left out before anything was written."""

from django.db import models

from dianping.common.records.registry import Covered, LeftOut


class Figure(models.Model):
    """The votes of one shown set of groups under one heading about one subject (0: the form as a whole).

    A row without a heading says how many forms the set has, or in `withheld` why it is not shown.

    `votes` is a list, one count a grade, abstentions last. `scope` names the set: 全体, a class, an organisation.
    """

    poll = models.ForeignKey("opinions.Poll", models.CASCADE, related_name="figures")
    number = models.PositiveIntegerField("序号")
    subject = models.PositiveSmallIntegerField("对象")
    question = models.CharField("题", max_length=40)
    scope = models.CharField("范围", max_length=160)
    scope_kind = models.CharField("范围类别", max_length=10)
    path = models.CharField("范围所在", max_length=160, blank=True)
    groups = models.JSONField("范围内的组", default=list)
    forms = models.PositiveIntegerField("份数", null=True)
    votes = models.JSONField("票数", null=True)
    withheld = models.CharField("不显示的原因", max_length=80, blank=True)

    record = LeftOut("由公布内容的摘要管着（check_boxes）")

    class Meta:
        verbose_name = "评议数字"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["poll", "number"], name="figure_numbered_once")]

    def __str__(self) -> str:
        return self.scope


class Point(models.Model):
    """意见条目: what one or more sayings come down to, in the office's words; answered, or named as a problem."""

    poll = models.ForeignKey("opinions.Poll", models.CASCADE, related_name="points")
    number = models.PositiveSmallIntegerField("序号")
    question = models.CharField("题", max_length=40)
    subject = models.PositiveSmallIntegerField("对象", default=0)
    text = models.TextField("意见")
    reply = models.TextField("答复", blank=True)
    replied_on = models.DateField("答复日期", null=True)
    replied_by = models.CharField("答复人", max_length=80, blank=True)
    by = models.CharField("梳理人", max_length=80)
    version = models.PositiveIntegerField("版本", default=1)

    record = Covered(about="point")

    class Meta:
        verbose_name = "意见条目"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["poll", "number"], name="point_numbered_once")]

    def __str__(self) -> str:
        return self.text


class Saying(models.Model):
    """原话: one free text, apart from everything else its writer put down. The key is chance; the order says nothing."""

    class Aside(models.TextChoices):
        """Why a saying comes under no point."""

        NOTHING = "nothing", "没有写具体意见"
        ELSEWHERE = "elsewhere", "不属于这次征求的范围"
        ABUSE = "abuse", "只有骂人的话，没有说事情"

    key = models.BigIntegerField("号", primary_key=True)
    poll = models.ForeignKey("opinions.Poll", models.CASCADE, related_name="sayings")
    subject = models.PositiveSmallIntegerField("对象", default=0)
    question = models.CharField("题", max_length=40)
    side = models.CharField("党内党外", max_length=10, blank=True)
    text = models.TextField("原话")
    point = models.ForeignKey(Point, models.SET_NULL, null=True, related_name="sayings")
    aside = models.CharField("不列为意见的原因", max_length=10, blank=True, choices=Aside)

    record = LeftOut("由公布内容的摘要管着（check_boxes）")

    class Meta:
        verbose_name = "原话"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.text


class Stub(models.Model):
    """回执: the number under which somebody finds that his form was counted. Written in order of the numbers."""

    poll = models.ForeignKey("opinions.Poll", models.CASCADE, related_name="+")
    number = models.CharField("回执号", max_length=16)

    record = LeftOut("由公布内容的摘要管着（check_boxes）")

    class Meta:
        verbose_name = "回执"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["poll", "number"], name="stub_once")]
        indexes = [models.Index(fields=["number"], name="stub_number")]

    def __str__(self) -> str:
        return self.number
