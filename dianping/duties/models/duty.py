"""应办事项."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from dianping.common.fields import PathField
from dianping.common.records.registry import Covered
from dianping.duties.kinds import OTHER_THAN_REVIEWS, Kind, kind_choices
from dianping.programmes.rules import HEARD as HEARD_AT


class Target(models.TextChoices):
    """About what class of target a review is owed. What is no review stands under the key of its own kind."""

    MEMBER = "member", "党员"
    BRANCH = "branch", "党支部"
    BRANCH_SECRETARY = "branch_secretary", "党支部书记"
    UNIT = "unit", "二级党组织"
    UNIT_SECRETARY = "unit_secretary", "二级党组织书记"
    COMMITTEE = "committee", "党委"
    COMMITTEE_SECRETARY = "committee_secretary", "党委书记"
    HEARD = HEARD_AT, "听取汇报的单位书记"
    CONTACT = "contact", "领导的联系点"


ORGANISATION_TARGETS = (Target.BRANCH, Target.UNIT, Target.COMMITTEE)
SECRETARY_TARGETS = (
    Target.BRANCH_SECRETARY,
    Target.UNIT_SECRETARY,
    Target.COMMITTEE_SECRETARY,
    Target.HEARD,
)
BODY_TARGETS = (*ORGANISATION_TARGETS, Target.CONTACT)  # all that are about an organisation
OUTSIDE_TARGETS = (Target.COMMITTEE, Target.COMMITTEE_SECRETARY)  # reviewed by somebody outside the system
# Who owes where nobody inside the system does and the programme names nobody outside: those above have to say.
TO_BE_NAMED = "待上级指定"


def target_choices() -> list[tuple[str, str]]:
    """Every class of target, and every kind that is a class of its own; a migration names this function."""
    return [*Target.choices, *((kind.value, kind.of.label) for kind in OTHER_THAN_REVIEWS)]


class Handover(models.Model):
    """交接: a reviewer who cannot hold his reviews hands them to another seat from a day until a day, with the reason.

    `on` is the first day, `until` the last, None while it is left open. `whole`: all that is open and all that opens meanwhile;
    else `items`, duties by key (what was handed over before there were either is neither). `duties` counts what has gone over so
    far. `ended_on` is the day from which the seat that handed over owes again what is still open.
    """

    from_post = models.ForeignKey("orgs.Post", models.PROTECT, related_name="+")
    to_post = models.ForeignKey("orgs.Post", models.PROTECT, related_name="+")
    on = models.DateField("交接日")
    until = models.DateField("最后一天", null=True)
    whole = models.BooleanField("期间列出的一并交", default=False)
    items = models.JSONField("选定的项", default=list)
    by = models.CharField("登记人", max_length=80)
    why = models.TextField("原因")
    duties = models.PositiveIntegerField("项数")
    ended_on = models.DateField("收回日", null=True)
    ended_by = models.CharField("收回人", max_length=80, blank=True, default="")

    record = Covered(about="handover")

    class Meta:
        verbose_name = "交接"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("on")), name="handover_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_post} → {self.to_post}"


# Duties that an act demands one by one are noted one by one; the others are covered by the digest of their set.
ONE_BY_ONE = " OR ".join(f"NEW.kind = '{kind.value}'" for kind in Kind if kind.of.singly)


class Duty(models.Model):
    """One seat, person or outsider owes one act about one target inside one window.

    Exactly one of three columns says who owes (decision 0052). `owed_by` is a seat: the duty passes on with the seat.
    `owed_by_person` owes himself, whatever seats he holds (a member his pledge). `owed_by_outsider` names somebody outside
    the system, or says that those above have still to name somebody. `organisation` and `person` are what it is about;
    `path` copies the place of `organisation` so that a subtree's duties are one index range.
    `leader` is the leader's seat whose contact point is to be reviewed: several may have the same one. `handed_over` is how it came to the seat that owes it now from the one the rules name. `done_on` is the day the act happened, `entered_on` the day it was written down.
    """

    kind = models.CharField("事项", max_length=8, choices=kind_choices)
    target = models.CharField("对象类别", max_length=20, choices=target_choices)
    window = models.ForeignKey("duties.Window", models.PROTECT, null=True, related_name="+", db_index=False)
    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+", db_index=False)
    path = PathField("所在位置")
    person = models.ForeignKey("orgs.Person", models.PROTECT, null=True, related_name="+")
    owed_by = models.ForeignKey("orgs.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    owed_by_person = models.ForeignKey(
        "orgs.Person", models.PROTECT, null=True, related_name="+", db_index=False
    )
    owed_by_outsider = models.CharField("系统外由谁办", max_length=80, blank=True, default="")
    opens = models.DateField("起")
    due = models.DateField("止")
    done_on = models.DateField("办结日", null=True)
    entered_on = models.DateField("登记日", null=True)
    on_time = models.BooleanField("按时", null=True)
    lapsed_on = models.DateField("不再应办", null=True)
    leader = models.ForeignKey("orgs.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    handed_over = models.ForeignKey("duties.Handover", models.PROTECT, null=True, related_name="+")

    record = Covered(about="duty", set_but=ONE_BY_ONE)

    class Meta:
        verbose_name = "应办事项"
        constraints = [
            models.UniqueConstraint(
                fields=["window", "person"],
                condition=Q(target=Target.MEMBER.value),
                name="duty_once_per_member",
            ),
            models.UniqueConstraint(
                fields=["window", "organisation"],
                condition=~Q(target__in=[Target.MEMBER.value, Target.CONTACT.value, Kind.REPORT.value])
                & Q(owed_by_person=None),
                name="duty_once_per_organisation",
            ),
            # Several leaders may have the same contact point; each owes his own review of it.
            models.UniqueConstraint(
                fields=["window", "organisation", "leader"],
                condition=Q(target=Target.CONTACT.value),
                name="duty_once_per_contact",
            ),
            models.CheckConstraint(
                condition=Q(target=Target.CONTACT.value, leader__isnull=False)
                | (~Q(target=Target.CONTACT.value) & Q(leader=None)),
                name="duty_of_a_leader",
            ),
            # Many may owe the same act about one organisation themselves; each of them once.
            models.UniqueConstraint(
                "window",
                "organisation",
                "owed_by_person",
                Coalesce("person", Value(0)),
                condition=Q(owed_by_person__isnull=False),
                name="duty_once_per_person_owing",
            ),
            models.UniqueConstraint(
                "organisation",
                Coalesce("owed_by", Value(0)),
                Coalesce("owed_by_person", Value(0)),
                "owed_by_outsider",
                "due",
                Coalesce("person", Value(0)),
                condition=Q(target=Kind.REPORT.value, done_on=None),
                name="duty_one_report_a_window",
            ),
            models.CheckConstraint(
                condition=Q(owed_by__isnull=False, owed_by_person=None, owed_by_outsider="")
                | Q(owed_by=None, owed_by_person__isnull=False, owed_by_outsider="")
                | (Q(owed_by=None, owed_by_person=None) & ~Q(owed_by_outsider="")),
                name="duty_owed_by_one",
            ),
            models.CheckConstraint(condition=Q(opens__lte=F("due")), name="duty_opens_by_due"),
            models.CheckConstraint(
                condition=Q(done_on=None, entered_on=None, on_time=None)
                | Q(done_on__isnull=False, entered_on__isnull=False, on_time__isnull=False),
                name="duty_done_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["window", "path"], name="duty_window_path"),
            models.Index(fields=["owed_by", "window", "done_on"], name="duty_owed_by"),
            models.Index(
                fields=["owed_by_person", "window", "done_on"],
                name="duty_owed_by_person",
                condition=Q(owed_by_person__isnull=False),
            ),
            models.Index(fields=["window"], name="duty_lapsed", condition=Q(lapsed_on__isnull=False)),
            models.Index(
                fields=["path", "id"], name="duty_open_path", condition=Q(done_on=None, lapsed_on=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.person or self.organisation}（{self.due} 前）"
