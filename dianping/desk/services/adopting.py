"""From accepted lines to programmes in force, and what would follow if they were: the notice and what it encloses."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count

from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.duties.models import Duty
from dianping.duties.services import Opened, open_duties
from dianping.notices.models import Notice
from dianping.notices.selectors import accepted_of
from dianping.orgs.selectors.posts import holders_on
from dianping.programmes.models import Adoption
from dianping.programmes.selectors import adopted_by_number, adoptions_of, parsed
from dianping.programmes.services import Adopted, adopt_programme, end_adoption, written_out
from dianping.rules.programme import Programme
from dianping.rules.programme.clashes import of_programmes
from dianping.rules.programme.drafting import Accepted, Head, draft_programme

HEAVIEST = 10


@dataclass(slots=True)
class Forecast:
    """What adopting would bring on a day: duties by class, the seats with most, the days on which they fall due."""

    opened: Opened
    people: int = 0
    heaviest: list[tuple[str, str, int]] = field(default_factory=list)
    days: list[tuple[date, int]] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)


@transaction.atomic
def adopt_notice(
    *, notice: Notice, today: date, actor: Actor, instead_of: Adoption | None = None
) -> list[Adopted]:
    """Adopt what was accepted of a notice: the superior's notice it encloses first, then its own overlay.

    `instead_of` is a programme whose place it takes from its own date on; the old one answers for the days before.
    Raises Refusal while lines are undecided, or when what was accepted makes no programme.
    """
    if instead_of is not None and notice.dated is not None:
        end_adoption(adoption=instead_of, on=notice.dated, actor=actor)
    standing = adopted_by_number(notice.number, organisation=notice.organisation)
    if standing is not None and standing.code != Head.code_of(notice.number):
        raise Refusal(
            f"{notice.number} 已于 {standing.adopted_on} 采用（{standing.organisation.name}）。",
            remedy="同一份文件不必采用两次；要改用这里核对的内容，请在页脚选“代替”那一份。",
        )
    return [
        adopt_programme(text=text, organisation=notice.organisation, actor=actor, today=today)
        for text in programme_texts(notice)
    ]


def programme_texts(notice: Notice) -> list[str]:
    """The programme files of a notice, the superior's first; each is read back before it is given out."""
    waiting = sum(p.lines.filter(state="proposed").count() for p in (notice, *notice.enclosed.all()))
    if waiting:
        raise Refusal(f"还有 {waiting} 行没有核对。", remedy="请逐行采纳、更正或划去，或把其余的一并采纳。")
    base: Programme | None = None
    texts = []
    for enclosed in notice.enclosed.order_by("pk"):
        standing = adopted_by_number(enclosed.number, organisation=notice.organisation)
        if standing is not None:
            base = parsed(standing.text)
            continue
        texts.append(_text(enclosed, None))
        base = parsed(texts[-1])
    texts.append(_text(notice, base))
    return texts


def _text(notice: Notice, base: Programme | None) -> str:
    if notice.dated is None:
        raise Refusal(f"《{notice.title}》没有成文日期。", remedy="请在登记时填写成文日期。")
    aliases = tuple(c.number for c in notice.citations.filter(is_alias=True))
    head = Head(notice.title, notice.number, notice.issuer, notice.dated, aliases, notice.addressees)
    lines = [
        Accepted(line.kind, line.value, line.clause, line.text, (line.start, line.end))
        for line in accepted_of(notice)
        if line.kind != "doubt"
    ]
    return written_out(draft_programme(head, lines, base=base))


def forecast(
    *, notice: Notice, day: date, today: date, actor: Actor, instead_of: Adoption | None = None
) -> Forecast:
    """Adopt and open as it would be done, look, and take everything back: the figures of a later adoption are these."""
    standing = [parsed(row.text) for row in adoptions_of(notice.organisation) if row != instead_of]
    new = [parsed(text) for text in programme_texts(notice)]
    with transaction.atomic():
        last = Duty.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        adopt_notice(notice=notice, today=today, actor=actor, instead_of=instead_of)
        opened = open_duties(day=day, actor=actor)
        found = _looked_at(opened, last, day)
        found.clashes = [clash.why for clash in of_programmes(new, standing)]
        transaction.set_rollback(True)
    return found


def _looked_at(opened: Opened, last: int, day: date) -> Forecast:
    new = Duty.objects.filter(pk__gt=last, lapsed_on=None).exclude(
        owed_by=None
    )  # what stood before is not counted
    loads: Counter[int] = Counter()
    days: Counter[date] = Counter()
    for seat, due, number in _counts(new):
        loads[seat] += number
        days[due] += number
    top = loads.most_common(HEAVIEST)
    holders = holders_on({seat for seat, _ in top}, day=day)
    titles = _titles([seat for seat, _ in top])
    heaviest = [(holders.get(seat, "（空缺）"), titles[seat], number) for seat, number in top]
    return Forecast(opened, len(loads), heaviest, sorted(days.items()))


def _counts(duties: Any) -> Any:
    return duties.values_list("owed_by", "due").annotate(n=Count("pk")).order_by()


def _titles(seats: list[int]) -> dict[int, str]:
    rows = Duty.objects.filter(owed_by__in=seats).values_list(
        "owed_by", "owed_by__organisation__short_name", "owed_by__title"
    )
    return {seat: f"{place}{title}" for seat, place, title in rows.distinct()}
