"""结合的活动: one event on which many reviews may hang (豫创组办发〔2010〕26号 三)."""

from django.db import models

from dianping.common.fields import PathField
from dianping.common.records.registry import Covered


class Occasion(models.Model):
    """A meeting, visit or assessment with a day and a place. `planned_by` is empty where a review only named it.

    `put_right_by` is the day by which the shortcomings named there are to be put right unless a review says otherwise;
    `window` is the one of the duty to hold it, where a programme orders the event (a hearing);
    `lot` is the seed the order of speaking was drawn with; `step` is the line of the agenda it stands at, 0 before the first.
    """

    class Kind(models.TextChoices):
        BRANCH_MEETING = "支部党员大会", "支部党员大会"
        BRANCH_COMMITTEE = "支部委员会", "支部委员会"
        SECRETARIES = "书记会议", "书记会议"
        LEADERS_LIFE = "民主生活会", "民主生活会"
        BRANCH_LIFE = "组织生活会", "组织生活会"
        LEADERS = "领导班子会", "领导班子会"
        FIELD_STUDY = "调研", "调研"
        VISIT = "走访慰问", "走访慰问"
        ASSESSMENT = "年度考核", "年度考核"
        HEART_TALK = "谈心谈话", "谈心谈话"
        ADMONITION = "约谈", "约谈"
        HEARING = "听取汇报", "听取汇报"

    kind = models.CharField("活动", max_length=10, choices=Kind)
    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+")
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=80, blank=True)
    path = PathField("所在位置", default="")
    agenda = models.TextField("议程", blank=True)
    minutes = models.TextField("记录", blank=True)
    put_right_by = models.DateField("整改期限", null=True, blank=True)
    lot = models.CharField("抽签种子", max_length=64, blank=True)
    step = models.PositiveSmallIntegerField("走到第几项", default=0)
    planned_by = models.CharField("登记人", max_length=80, blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    window = models.OneToOneField("duties.Window", models.PROTECT, null=True, blank=True, related_name="+")

    record = Covered(about="occasion")

    class Meta:
        verbose_name = "结合的活动"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "organisation", "held_on", "place"], name="occasion_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.held_on} {self.place}）".replace(" ）", "）")


class Attendance(models.Model):
    """到会: one who was to be there; `place` is his turn to speak, drawn by lot where the meeting wants it.

    At a hearing a row is a unit heard: its secretary, and who spoke in his stead where he could not (`spoken_by`).
    """

    class Standing(models.TextChoices):
        """As what he was there."""

        REVIEWED = "reviewed", "被点评人"
        HOST = "host", "主持"
        ORDINARY = "ordinary", "普通党员"
        MASSES = "masses", "群众代表"
        GUEST = "guest", "列席"

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="attendance")
    person = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("姓名", max_length=60)
    standing = models.CharField("身份", max_length=8, choices=Standing, default=Standing.ORDINARY)
    present = models.BooleanField("到会", null=True)
    place = models.PositiveSmallIntegerField("次序", null=True)
    organisation = models.ForeignKey(
        "orgs.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    spoken_by = models.CharField("代为汇报", max_length=60, blank=True, default="")

    record = Covered()

    class Meta:
        verbose_name = "到会"
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "person"],
                condition=models.Q(person__isnull=False, organisation=None),
                name="attendance_once",
            ),
            # Somebody may head two units, and report for each.
            models.UniqueConstraint(
                fields=["occasion", "organisation"],
                condition=models.Q(organisation__isnull=False),
                name="attendance_unit_once",
            ),
            models.UniqueConstraint(fields=["occasion", "place"], name="attendance_turn_once"),
        ]

    def __str__(self) -> str:
        return self.name
