"""Reading the written reports, and what each answers for. Basis: 豫创组办发〔2010〕26号 四.1; decision 0009."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from dianping.common import trees
from dianping.duties.models import Duty, Kind
from dianping.duties.selectors import duties_owed_by, duty_for
from dianping.rectification.models import Item, State, WrittenReport
from dianping.rectification.selectors.items import RELATED


def items_of_report(duty: Duty) -> QuerySet[Item]:
    """The problems one report answers for: those it was demanded for, and, until it is filed, every other problem
    of the same target found unresolved, whatever earlier report spoke of it."""
    mine = Q(report=duty)
    if duty.done_on is None:
        same = Item.objects.filter(report=duty).values("about")
        mine |= Q(
            organisation=duty.organisation_id,
            person=duty.person_id,
            about__in=same,
            state=State.UNRESOLVED,
        )
    return (
        Item.objects.filter(mine)
        .select_related(*RELATED, "source__seat__organisation__parent", "like")
        .prefetch_related("progress__files", "extensions", "verdicts")
        .order_by("pk")
    )


def report_of(duty: Duty) -> WrittenReport | None:
    """The report filed on a duty, None while it is owed."""
    return WrittenReport.objects.select_related("words_of").filter(duty=duty).first()


def is_of_member(duty: Duty) -> bool:
    """Whether a report is a member's: about problems named of him as a member, and not as the secretary he is."""
    items = Item.objects.filter(report=duty).order_by()
    return duty.person_id is not None and set(items.values_list("about", flat=True)) == {"member"}


def seats_answered(report: WrittenReport) -> list[int]:
    """The seats that named the problems a report answers."""
    found = Item.objects.filter(report=report.duty_id, source__seat__isnull=False)
    return list(found.order_by().values_list("source__seat", flat=True).distinct())


def report_duty_for(
    pk: int, *, posts: list[int], paths: Iterable[str], person: int | None = None
) -> Duty | None:
    """A report owed, for whoever writes it, reads there, or whom it is about; and whoever named one of its problems: it is sent
    to him."""
    asked = Item.objects.filter(report=pk, source__seat__in=posts)
    duty = duty_for(pk, posts=posts, paths=paths, person=person).filter(kind=Kind.REPORT).first()
    own = Duty.objects.filter(pk=pk, kind=Kind.REPORT, person=person) if person is not None else None
    if duty is None and (posts and asked.exists() or own is not None and own.exists()):
        duty = Duty.objects.select_related("organisation", "person").filter(pk=pk, lapsed_on=None).first()
    return duty


def reports_come_in(path: str, *, posts: list[int], since: date, until: date) -> QuerySet[WrittenReport]:
    """Reports filed lately in a subtree, or about what one of these seats named; not those these seats owed."""
    named = Item.objects.filter(source__seat__in=posts).exclude(report=None).values("report")
    return (
        WrittenReport.objects.filter(
            Q(duty__path__gte=path, duty__path__lt=trees.after(path)) | Q(duty__in=named),
            filed_on__range=(since, until),
        )
        .exclude(duty__in=duties_owed_by(posts).values("pk"))
        .select_related("duty__organisation", "duty__person")
        .order_by("-filed_at")
    )
