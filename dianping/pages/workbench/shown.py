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
from dianping.rectification.models import Extension, Item, Progress
from dianping.rectification.rules.steps import STEPS
from dianping.rectification.selectors import admonitions_below, extensions_lately, reports_come_in
from dianping.rectification.selectors.admonishing import admonitions_seen
from dianping.reviews.models import Answer, Review

DAYS_BACK = 30
MOST = 8
COUNTED = 99  # a badge tells no more


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence with a day and a place to go."""

    text: str
    hint: str
    day: date | None
    act: str
    url: str


def owed_to(viewer: Viewer, organisation: Organisation) -> tuple[list[Note], str]:
    """Who below still owes what: papers first, then units with the most left to review; and how many there are of both,
    also of those that are not shown."""
    papers = list(
        duties_below(organisation.path)
        .filter(kind=Kind.PAPER, done_on=None, opens__lte=viewer.day, due__lte=viewer.day + timedelta(days=7))
        .exclude(owed_by__in=viewer.post_ids)
        .exclude(organisation=organisation)  # its own papers are not owed from below
        .order_by("due", "path")[: COUNTED + 1]
    )
    notes = [
        Note(
            f"{duty.organisation.short_name}还没有报“{duty.window.name if duty.window else ''}”",
            "",
            duty.due,
            "看这一项",
            reverse("duties:duty", args=[duty.pk]),
        )
        for duty in papers[:4]
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
                reverse("coverage:coverage") + f"?organisation={coverage.organisation.code}",
            )
        )
    count = len(papers) + len(behind)
    return notes, str(count) if count <= COUNTED else f"{COUNTED}+"


def recent_of(viewer: Viewer, organisation: Organisation) -> list[Note]:
    """What came back lately: reviews of oneself, answers, steps of rectification, reports, more time asked for, talks."""
    since, until = viewer.day - timedelta(days=DAYS_BACK), viewer.day + timedelta(days=1)
    notes = [
        *_of_oneself(viewer, since, until),
        *_answers(organisation, since, until),
        *_steps(organisation, since, until),
        *_reports(viewer, organisation, since, until),
        *_extensions(organisation, since, until),
        *_talks(viewer, organisation, since, until),
    ]
    return sorted(notes, key=lambda n: n.day or since, reverse=True)[:MOST]


def _of_oneself(viewer: Viewer, since: date, until: date) -> list[Note]:
    if viewer.person is None:
        return []
    found = Review.objects.filter(person=viewer.person, filed=True, entered_at__date__range=(since, until))
    return [
        Note(
            f"{review.reviewer.name}登记了对您的点评",
            "",
            review.happened_on,
            "看点评",
            reverse("reviews:review", args=[review.pk]),
        )
        for review in found.select_related("reviewer").order_by("-entered_at")[:3]
    ]


def _answers(organisation: Organisation, since: date, until: date) -> list[Note]:
    found = Answer.objects.filter(
        review__path__gte=organisation.path,
        review__path__lt=trees.after(organisation.path),
        at__date__range=(since, until),
    )
    return [
        Note(
            f"{answer.review.target_name}签阅了点评{'，写了意见' if answer.text else ''}",
            "",
            timezone.localtime(answer.at).date(),
            "看意见",
            reverse("reviews:review", args=[answer.review_id]),
        )
        for answer in found.select_related("review__person", "review__organisation").order_by("-at")[:3]
    ]


def _steps(organisation: Organisation, since: date, until: date) -> list[Note]:
    found = Progress.objects.filter(
        item__path__gte=organisation.path,
        item__path__lt=trees.after(organisation.path),
        on__range=(since, until),
    ).select_related("item__organisation", "item__person", "item__problem")
    return [_about(step.item, STEPS[step.step].name, step.on, "看整改") for step in found.order_by("-at")[:5]]


def _about(item: Item, act: str, day: date | None, verb: str) -> Note:
    whom = item.person or item.organisation
    return Note(
        f"对{whom.name}的问题{act}：“{item.problem.text[:24]}”",
        "",
        day,
        verb,
        reverse("rectification:item", args=[item.pk]),
    )


def _reports(viewer: Viewer, organisation: Organisation, since: date, until: date) -> list[Note]:
    """Written reports, for the reviewer they are sent to and the office that has the copy."""
    found = reports_come_in(organisation.path, posts=viewer.post_ids, since=since, until=until)
    return [
        Note(
            f"{(report.duty.person or report.duty.organisation).name}的专门书面报告交来了",
            "",
            report.filed_on,
            "看报告",
            reverse("rectification:report", args=[report.duty_id]),
        )
        for report in found[:3]
    ]


def _extensions(organisation: Organisation, since: date, until: date) -> list[Note]:
    found = extensions_lately(organisation.path, since=since, until=until)
    return [_extension(asked) for asked in found[:3]]


def _extension(asked: Extension) -> Note:
    if asked.granted is None:
        return _about(asked.item, f"申请延至 {asked.until}，等答复", asked.asked_on, "看申请")
    answer = f"批准延至 {asked.granted_until}" if asked.granted else "不同意延期"
    return _about(asked.item, answer, asked.decided_on, "看答复")


def _talks(viewer: Viewer, organisation: Organisation, since: date, until: date) -> list[Note]:
    found = admonitions_below(admonitions_seen(viewer), organisation.path)
    return [
        Note(
            f"约谈了{talk.organisation.short_name}的{talk.person.name}：“{talk.reasons[:24]}”",
            "",
            talk.held_on,
            "看约谈",
            reverse("rectification:admonition", args=[talk.pk]),
        )
        for talk in found.filter(held_on__range=(since, until))[:3]
    ]
