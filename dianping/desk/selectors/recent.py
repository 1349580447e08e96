"""The two right-hand columns of the desk: what others owe, and what came back."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from dianping.accounts.viewer import Viewer
from dianping.common import trees
from dianping.duties.models import Kind
from dianping.duties.selectors import coverage_board, duties_below
from dianping.orgs.models import Organisation
from dianping.rectification.models import Progress
from dianping.reviews.models import Answer, Review
from dianping.rules.rectify import STEPS

DAYS_BACK = 30
MOST = 8


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence with a day and a place to go."""

    text: str
    hint: str
    day: date | None
    act: str
    url: str


def owed_to(viewer: Viewer, organisation: Organisation) -> list[Note]:
    """Who below still owes what: papers first, then units with the most left to review."""
    notes = [
        Note(
            f"{duty.organisation.short_name}还没有报“{duty.window.name if duty.window else ''}”",
            "",
            duty.due,
            "看这一项",
            reverse("desk:duty", args=[duty.pk]),
        )
        for duty in duties_below(organisation.path)
        .filter(kind=Kind.PAPER, done_on=None, opens__lte=viewer.day, due__lte=viewer.day + timedelta(days=7))
        .exclude(owed_by__in=viewer.post_ids)
        .order_by("due", "path")[:4]
    ]
    _, below = coverage_board(organisation, day=viewer.day)
    behind = sorted((c for c in below if c.total.open), key=lambda c: (-c.total.overdue, -c.total.open))
    for coverage in behind[: MOST - len(notes)]:
        figures = coverage.total
        overdue = f"，其中逾期 {figures.overdue}" if figures.overdue else ""
        notes.append(
            Note(
                f"{coverage.organisation.short_name}各条规则合计还有 {figures.open:,} 项点评未完成{overdue}",
                f"应点评 {figures.due:,}，已点评 {figures.on_time + figures.late:,}",
                None,
                "看名单",
                reverse("desk:coverage") + f"?organisation={coverage.organisation.code}",
            )
        )
    return notes


def recent_of(viewer: Viewer, organisation: Organisation) -> list[Note]:
    """What came back lately: reviews of oneself, answers, steps of rectification."""
    since, until = viewer.day - timedelta(days=DAYS_BACK), viewer.day + timedelta(days=1)
    notes: list[Note] = []
    after = trees.after(organisation.path)
    if viewer.person is not None:
        for review in (
            Review.objects.filter(person=viewer.person, filed=True, entered_at__date__range=(since, until))
            .select_related("reviewer")
            .order_by("-entered_at")[:3]
        ):
            notes.append(
                Note(
                    f"{review.reviewer.name}登记了对您的点评",
                    "",
                    review.happened_on,
                    "看点评",
                    reverse("desk:review", args=[review.pk]),
                )
            )
    for answer in (
        Answer.objects.filter(
            review__path__gte=organisation.path, review__path__lt=after, at__date__range=(since, until)
        )
        .select_related("review__person", "review__organisation")
        .order_by("-at")[:3]
    ):
        notes.append(
            Note(
                f"{answer.review.target_name}签阅了点评{'，写了意见' if answer.text else ''}",
                "",
                timezone.localtime(answer.at).date(),
                "看意见",
                reverse("desk:review", args=[answer.review_id]),
            )
        )
    for progress in (
        Progress.objects.filter(
            item__path__gte=organisation.path, item__path__lt=after, on__range=(since, until)
        )
        .select_related("item__organisation", "item__person", "item__problem")
        .order_by("-at")[:5]
    ):
        whom = progress.item.person or progress.item.organisation
        notes.append(
            Note(
                f"对{whom.name}的问题{STEPS[progress.step].name}：“{progress.item.problem.text[:24]}”",
                "",
                progress.on,
                "看整改",
                reverse("desk:item", args=[progress.item_id]),
            )
        )
    return sorted(notes, key=lambda n: n.day or since, reverse=True)[:MOST]
