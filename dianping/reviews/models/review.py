"""领导点评."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from dianping.common.fields import PathField
from dianping.common.records.registry import Covered


class Mode(models.TextChoices):
    """点评方式 (豫创组办发〔2010〕26号 三.1–4)."""

    COLLECTIVE = "collective", "集中点评"
    INDIVIDUAL = "individual", "个别点评"
    ON_SITE = "on_site", "现场点评"
    RANDOM = "random", "随机点评"


class About(models.TextChoices):
    """Whom or what a review is about."""

    ORGANISATION = "organisation", "党组织"
    SECRETARY = "secretary", "书记"
    MEMBER = "member", "党员"


class Review(models.Model):
    """One review of one target by one seat. A draft may change; once filed only a correction adds to it.

    `happened_on` is the day it took place, `entered_at` the moment it was filed; the two are never mixed.
    `confirmed_at` is when the reviewer stood by words somebody else wrote down for him. `counts` says how the entry counted (按时, 补录, 不计入), empty when it met no duty.
    """

    about = models.CharField("对象类别", max_length=12, choices=About)
    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    path = PathField("所在位置")
    person = models.ForeignKey("orgs.Person", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("orgs.Post", models.PROTECT, related_name="+")
    reviewer = models.ForeignKey("orgs.Person", models.PROTECT, related_name="+")
    recorder = models.CharField("登记人", max_length=80)
    mode = models.CharField("点评方式", max_length=10, choices=Mode, default=Mode.COLLECTIVE)
    regular = models.BooleanField("定期点评", default=True)
    occasion = models.ForeignKey(
        "reviews.Occasion", models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    # Of a draft, as typed so far; filed, it is the occasion.
    occasion_kind = models.CharField("拟结合的活动", max_length=10, blank=True)
    place = models.CharField("拟写的地点", max_length=80, blank=True)
    happened_on = models.DateField("点评日期", null=True)
    entered_at = models.DateTimeField("登记时刻", null=True)
    evaluation = models.TextField("评价", blank=True)
    achievements = models.TextField("成绩", blank=True)
    direction = models.TextField("努力方向", blank=True)
    evidence = models.TextField("依据", blank=True)
    ground_absence = models.TextField("没有在案依据的原因", blank=True, default="")
    late_reason = models.TextField("补录原因", blank=True)
    report_absence = models.TextField("未交书面报告的原因", blank=True)
    counts = models.CharField("计入", max_length=4, blank=True)
    confirmed_at = models.DateTimeField("点评人确认时刻", null=True)
    confirmed_by = models.CharField("确认人", max_length=80, blank=True)
    filed = models.BooleanField("已登记", default=False)
    version = models.PositiveIntegerField("版本", default=1)

    record = Covered(about="review", when=Q(filed=True))

    class Meta:
        verbose_name = "点评"
        constraints = [
            models.UniqueConstraint(
                "post",
                "organisation",
                "about",
                Coalesce("person", Value(0)),
                condition=Q(filed=False),
                name="review_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(filed=False) | Q(entered_at__isnull=False, happened_on__isnull=False),
                name="review_filed_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["path", "happened_on"], name="review_path_day")]

    def __str__(self) -> str:
        return f"{self.reviewer} 点评 {self.person or self.organisation}"

    @property
    def target_name(self) -> str:
        """Who or what was reviewed, as printed."""
        return self.person.name if self.person else self.organisation.name


class Problem(models.Model):
    """存在的问题 / 不足: one shortcoming, named as an item of its own so that it can be followed.

    `point` is what the masses said, where it was taken over from there.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="problems")
    number = models.PositiveSmallIntegerField("序号")
    text = models.TextField("问题")
    owner = models.CharField("责任人", max_length=60, blank=True)
    due = models.DateField("整改期限", null=True, blank=True)
    point = models.ForeignKey("opinions.Point", models.PROTECT, null=True, related_name="+")

    record = Covered(when=Q(review__filed=True))

    class Meta:
        verbose_name = "问题"
        ordering = ["review", "number"]
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="problem_numbered_once")]

    def __str__(self) -> str:
        return self.text


class Revisit(models.Model):
    """上次的问题: what this review says of a shortcoming an earlier one named and that is not yet put right."""

    class Found(models.TextChoices):
        """How it stands, as the reviewer sees it."""

        SOLVED = "solved", "已经解决"
        BETTER = "better", "有进展"
        UNSOLVED = "unsolved", "没有较好解决"

    review = models.ForeignKey(Review, models.CASCADE, related_name="revisits")
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="revisited")
    found = models.CharField("现在怎样", max_length=8, choices=Found)
    words = models.TextField("说明", blank=True)

    record = Covered(when=Q(review__filed=True))

    class Meta:
        verbose_name = "上次的问题"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["review", "problem"], name="revisit_once")]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.found}"


class Ground(models.Model):
    """在案的依据: something on file a review rests on (四.1): an opened poll, or an event at which one looked for oneself."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="grounds")
    poll = models.ForeignKey("opinions.Poll", models.PROTECT, null=True, related_name="+")
    occasion = models.ForeignKey("reviews.Occasion", models.PROTECT, null=True, related_name="+")

    record = Covered(when=Q(review__filed=True))

    class Meta:
        verbose_name = "在案的依据"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "poll"], name="ground_poll_once"),
            models.UniqueConstraint(fields=["review", "occasion"], name="ground_occasion_once"),
            models.CheckConstraint(
                condition=Q(poll=None, occasion__isnull=False) | Q(poll__isnull=False, occasion=None),
                name="ground_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} ← {self.poll or self.occasion}"


class ReviewDuty(models.Model):
    """Which duties a review met: one January review may meet the round's and the quarter's (decision 0014)."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="met")
    duty = models.OneToOneField("duties.Duty", models.PROTECT, related_name="+")

    record = Covered()

    class Meta:
        verbose_name = "办结的应办"

    def __str__(self) -> str:
        return f"{self.review_id} → {self.duty_id}"
