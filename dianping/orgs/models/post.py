"""职务: a seat that stays when the person who holds it changes; 分管 and 联系点 hang on the seat."""

from django.db import models
from django.db.models import F, Q

from dianping.common.records.registry import Covered
from dianping.orgs.rules.short_names import seat_name


class Role(models.TextChoices):
    """What a post does in the regime; the printed title stands beside it."""

    SECRETARY = "secretary", "书记"
    ACTING = "acting", "主持工作的副书记"
    LEADER = "leader", "班子成员"


class Post(models.Model):
    """One seat in one organisation. Every organisation has exactly one secretary's seat, filled or not."""

    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="posts")
    role = models.CharField("角色", max_length=10, choices=Role)
    title = models.CharField("职务名称", max_length=60)

    record = Covered(about="post")

    class Meta:
        verbose_name = "职务"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "role"], condition=~Q(role="leader"), name="post_one_secretary_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.title}"

    @property
    def called(self) -> str:
        """The seat as people say it: 文学院党委书记. Its organisation is read where it was not fetched."""
        return seat_name(self.organisation.short_name, self.title)


class Tenure(models.Model):
    """任职: who held a seat, since when, until when."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures")
    person = models.ForeignKey("orgs.Person", models.PROTECT, related_name="tenures")
    since = models.DateField("起")
    until = models.DateField("止（不含）", null=True, blank=True)

    record = Covered()

    class Meta:
        verbose_name = "任职"
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=Q(until=None), name="tenure_one_holder"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="tenure_begins_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.post}"


class Charge(models.Model):
    """分管 and 联系点: responsibility beside the tree (豫创组办发〔2010〕26号 一; 平学院创组文〔2010〕1号 1)."""

    class Kind(models.TextChoices):
        IN_CHARGE = "in_charge", "分管"
        CONTACT = "contact", "联系点"

    post = models.ForeignKey(Post, models.PROTECT, related_name="charges")
    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="charges")
    kind = models.CharField("关系", max_length=10, choices=Kind)
    since = models.DateField("起")
    until = models.DateField("止（不含）", null=True, blank=True)

    record = Covered()

    class Meta:
        verbose_name = "分管与联系"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(until=None, kind="in_charge"), name="charge_one_leader"
            ),
            models.UniqueConstraint(
                fields=["post", "organisation", "kind"], condition=Q(until=None), name="charge_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.get_kind_display()} {self.organisation}"
