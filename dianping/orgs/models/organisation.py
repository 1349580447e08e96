"""党组织: a tree of any depth."""

from django.db import models
from django.db.models import F, Q

from dianping.base.kinds import BRANCH_KINDS, LABELS
from dianping.common.fields import PathField
from dianping.common.records.registry import Covered


def kind_choices() -> list[tuple[str, str]]:
    """组织类别, from the one table of kinds: asked by name, so that another kind needs no migration."""
    return [(label, label) for label in LABELS]


class UnitKind(models.TextChoices):
    """单位类型 (豫创组办发〔2010〕26号 二: content differs by kind of unit)."""

    OFFICE = "机关", "机关"
    ENTERPRISE = "企业", "企业"
    INSTITUTION = "事业", "事业"
    SCHOOL = "高校", "高校"
    VILLAGE = "乡村", "乡村"
    COMMUNITY = "社区", "社区"
    MINORITY_AREA = "民族地区", "民族地区"
    PRIVATE = "非公", "非公"
    SOCIAL = "社会组织", "社会组织"


class Organisation(models.Model):
    """One Party organisation. `path` places it in the tree; a code is for ever, a name may change."""

    code = models.CharField("组织代码", max_length=40, unique=True)
    name = models.CharField("组织名称", max_length=120)
    short_name = models.CharField("简称", max_length=120)
    kind = models.CharField("组织类别", max_length=10, choices=kind_choices)
    unit_kind = models.CharField("单位类型", max_length=10, choices=UnitKind, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = PathField("所在位置", unique=True)
    places_given = models.PositiveIntegerField("已给出的下级位置", default=0)
    founded = models.DateField("成立日期")
    dissolved = models.DateField("撤销日期", null=True, blank=True)
    succeeded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    moved_on = models.DateField("移位日期", null=True, blank=True)

    record = Covered(about="organisation")

    class Meta:
        verbose_name = "党组织"
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="organisation_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(dissolved=None) | Q(dissolved__gte=F("founded")),
                name="organisation_founded_first",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_branch(self) -> bool:
        """Whether members belong to it directly."""
        return self.kind in BRANCH_KINDS
