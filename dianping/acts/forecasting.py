"""What adopting a notice would bring: tried as it would be done, looked at, and taken back."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet

from dianping.common.acts import taken_back
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.duties.models import Duty, Kind, Target
from dianping.duties.services import OpenedDuties, open_duties
from dianping.notices.models import Notice
from dianping.orgs.selectors.posts import holders_on
from dianping.programmes.rules.amending import Change
from dianping.programmes.rules.clashes import of_programmes
from dianping.programmes.selectors import adoptions_of, parsed
from dianping.programmes.services import (
    Supersession,
    adopt_notice,
    amendment,
    programme_texts,
    supersession_meant,
    written_out,
)

HEAVIEST = 10
_SUBJECT = ("target", "organisation", "person", "leader")
CLASSES = (
    ("member", "党员"),
    ("branch", "支部"),
    ("branch_secretary", "支部书记"),
    ("unit", "二级"),
    ("unit_secretary", "二级书记"),
    ("contact", "联系点"),
    (Kind.PAPER.value, Kind.PAPER.of.label),
    (Kind.HEARING.value, Kind.HEARING.of.label),
    (Kind.PREPARE.value, Kind.PREPARE.of.label),
    (Target.HEARD.value, "听取汇报的书记"),
)


@dataclass(slots=True)
class Forecast:
    """What adopting would bring on a day: duties by class and by level, the seats with most, the days on which they fall
    due; what stands vacant is among the opening's gaps. `twice` counts the reviews among them whose targets are owed another
    in the same days already: a second round beside the one that stands. For an amendment, the older words beside the new."""

    opened: OpenedDuties
    people: int = 0
    twice: int = 0
    heaviest: list[tuple[str, str, int]] = field(default_factory=list)
    days: list[tuple[date, int]] = field(default_factory=list)
    levels: list[tuple[str, list[int], int]] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def forecast(
    *, notice: Notice, day: date, today: date, actor: Actor, over: Supersession | None = None
) -> Forecast:
    """Adopt and open as it would be done, look, and take everything back: the figures of an adoption and opening on `day` are
    these. Raises Refusal where the adoption would, and for a day before the paper's own."""
    if notice.dated is not None and day < notice.dated:
        raise Refusal(
            f"文件 {notice.dated} 才成文，自那天起施行，{day} 还不能按它开列。",
            code="notices.forecast-before-paper",
            remedy=f"请选 {notice.dated} 或以后的日子。",
        )
    over = over or supersession_meant(notice)
    changes: list[Change] = []
    if over is not None and over.amends:
        amended = amendment(notice, over)
        changes, new = amended.changes, [parsed(written_out(amended.values))]
    else:
        new = [parsed(text) for text in programme_texts(notice)]
    standing = [
        parsed(row.text)
        for row in adoptions_of(notice.organisation)
        if row.until is None and (over is None or row != over.adoption)
    ]
    with taken_back():
        last = Duty.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        adopt_notice(notice=notice, today=today, actor=actor, over=over)
        opened = open_duties(day=day, actor=actor)
        seen = _looked_at(opened, last, day)
        seen.twice = _owed_twice(last)
    seen.changes = changes
    seen.clashes = [clash.why for clash in of_programmes(new, standing)]
    return seen


def _looked_at(opened: OpenedDuties, last: int, day: date) -> Forecast:
    """What the duties just opened amount to; what stood before is not counted."""
    new = Duty.objects.filter(pk__gt=last, lapsed_on=None).exclude(owed_by=None)
    loads: Counter[int] = Counter()
    days: Counter[date] = Counter()
    for seat, due, number in new.values_list("owed_by", "due").annotate(n=Count("pk")).order_by():
        loads[seat] += number
        days[due] += number
    top = [seat for seat, _ in loads.most_common(HEAVIEST)]
    holders, titles = holders_on(top, day=day), _titles(top)
    return Forecast(
        opened=opened,
        people=len(loads),
        heaviest=[(holders.get(seat, "（空缺）"), titles[seat], loads[seat]) for seat in top],
        days=sorted(days.items()),
        levels=_levels(new),
    )


def _owed_twice(last: int) -> int:
    """How many reviews opened after the duty `last` are of targets that were owed another before, in days that overlap."""
    reviews = Duty.objects.filter(kind=Kind.REVIEW, lapsed_on=None)
    new = list(reviews.filter(pk__gt=last).values_list(*_SUBJECT, "opens", "due"))
    if not new:
        return 0
    since = min(opens for *_, opens, _ in new)
    stood: dict[tuple[object, ...], list[tuple[date, date]]] = {}
    for *subject, opens, due in reviews.filter(pk__lte=last, due__gte=since).values_list(
        *_SUBJECT, "opens", "due"
    ):
        stood.setdefault(tuple(subject), []).append((opens, due))
    return sum(
        any(opens <= until and first <= due for first, until in stood.get(tuple(subject), ()))
        for *subject, opens, due in new
    )


def _levels(duties: QuerySet[Duty]) -> list[tuple[str, list[int], int]]:
    """By the kind of organisation whose seat owes: how many duties of each class, and how many in all."""
    rows = duties.values_list("owed_by__organisation__kind", "target").annotate(n=Count("pk")).order_by()
    counted: dict[str, Counter[str]] = {}
    for kind, target, number in rows:
        counted.setdefault(kind, Counter())[target] += number
    return [
        (kind, [counts[target] for target, _ in CLASSES], counts.total())
        for kind, counts in sorted(counted.items(), key=lambda row: row[1].total())
    ]


def _titles(seats: list[int]) -> dict[int, str]:
    rows = Duty.objects.filter(owed_by__in=seats).values_list(
        "owed_by", "owed_by__organisation__short_name", "owed_by__title"
    )
    return {seat: f"{place}{title}" for seat, place, title in rows.distinct()}
