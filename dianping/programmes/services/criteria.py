"""Named lists of criteria, entered or corrected by the office, each with its source."""

from datetime import date

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.orgs.models import Organisation
from dianping.programmes.models import CriteriaList
from dianping.programmes.rights import may_adopt

MOST_ITEMS, LONGEST_ITEM = 30, 200


@act
def enter_criteria(
    *,
    organisation: Organisation,
    name: str,
    about: str,
    items: list[str],
    source: str,
    today: date,
    actor: Actor,
) -> CriteriaList:
    """Enter a named list, or put another in its place from today on; the older one answers for the days before.

    The same list twice changes nothing. Raises Refusal for a list without a name, a source or an item.
    """
    permit(actor, may_adopt, organisation)
    name, source = name.strip()[:40], source.strip()[:200]
    listed = list(dict.fromkeys(item.strip() for item in items if item.strip()))
    if not name or not source or not listed or about not in ("organisation", "secretary", "member"):
        raise Refusal(
            "标准要有名称、对谁、出处和至少一条内容。",
            code="programmes.criteria-incomplete",
            remedy="请补上，一行写一条；原来的标准没有改动。",
        )
    if len(listed) > MOST_ITEMS or any(len(item) > LONGEST_ITEM for item in listed):
        raise Refusal(
            f"一份标准最多 {MOST_ITEMS} 条，每条最多 {LONGEST_ITEM} 字。",
            code="programmes.criteria-too-long",
            remedy="请分成几份，或写得短些；原来的标准没有改动。",
        )
    standing = _standing(organisation, name, about)
    if standing is not None and (standing.items, standing.source) == (listed, source):
        return standing
    if standing is not None:
        _end(standing, today)
    row = CriteriaList.objects.create(
        organisation=organisation,
        name=name,
        about=about,
        items=listed,
        source=source,
        since=today,
        entered_by=actor.signature,
    )
    audit.record(
        actor=actor,
        act="更正点评的标准" if standing else "录入点评的标准",
        about=f"criteria:{row.pk}",
        path=organisation.path,
        name=name,
        items=len(listed),
        **({"instead_of": standing.pk} if standing else {}),
    )
    return row


@act
def end_criteria(*, criteria: CriteriaList, today: date, actor: Actor) -> None:
    """A list is no longer shown from today on. Twice changes nothing."""
    permit(actor, may_adopt, criteria.organisation)
    if _end(criteria, today):
        audit.record(
            actor=actor,
            act="停用点评的标准",
            about=f"criteria:{criteria.pk}",
            path=criteria.organisation.path,
            name=criteria.name,
        )


def _standing(organisation: Organisation, name: str, about: str) -> CriteriaList | None:
    rows = CriteriaList.objects.select_for_update().filter(organisation=organisation, name=name, about=about)
    return rows.filter(until=None).first()


def _end(row: CriteriaList, day: date) -> int:
    return CriteriaList.objects.filter(pk=row.pk, until=None).update(until=day)
