"""结合的活动: one event on which many reviews may hang (豫创组办发〔2010〕26号 三)."""

from django.db import models


class Occasion(models.Model):
    """A meeting, visit or assessment with a day and a place."""

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

    class Meta:
        verbose_name = "结合的活动"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "organisation", "held_on", "place"], name="occasion_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.held_on} {self.place}）".replace(" ）", "）")
