"""发布: a checked case told on its own to a circle, or along with a bulletin."""

from collections.abc import Iterable
from datetime import date

from dianping.bulletins.models import Copy, ModelCase
from dianping.bulletins.rights import may_publish
from dianping.bulletins.selectors.circle import circle_of
from dianping.bulletins.services.case import lock_case
from dianping.bulletins.services.redaction import refuse_personal
from dianping.common import audit, trees
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import caused, permit
from dianping.orgs.models import Organisation


@act
def publish_case(
    *,
    case: ModelCase,
    publisher: Organisation,
    circle: Iterable[str],
    version: int,
    today: date,
    actor: Actor,
) -> ModelCase:
    """Tell a checked case to the organisations of some kinds below the publisher.

    Raises Refusal when it was not checked, the circle is empty, the person did not agree, or the text names or repeats
    what may not leave the branch. Within the branch itself everything may be said.
    """
    permit(actor, may_publish, case, publisher)
    locked, kinds = lock_case(case, version), list(circle)
    if not trees.is_within(locked.path, publisher.path):
        raise Refusal(
            f"这一项不在{publisher.name}之下。",
            code="bulletins.case-not-below-publisher",
            remedy="请由它的上级发布。",
        )
    told = list(circle_of(publisher, kinds))
    if not told:
        raise Refusal(
            "选的范围里没有党组织。", code="bulletins.circle-empty", remedy="请另选发给哪几类党组织。"
        )
    if any(organisation.pk != locked.organisation_id for organisation in told):
        refuse_untold(locked)
        refuse_personal(case_parts(locked), organisation=publisher, telling=[locked])
    mark_published(locked, publisher=publisher, circle=kinds, today=today, actor=actor)
    Copy.objects.bulk_create(Copy(case=locked, organisation=o, path=o.path) for o in told)
    return locked


def case_parts(case: ModelCase) -> list[tuple[str, str]]:
    """The texts of a case, as a refusal calls them."""
    return [(f"典型“{case.title[:12]}”标题", case.title), (f"典型“{case.title[:12]}”事迹", case.facts)]


def refuse_untold(case: ModelCase) -> None:
    """Refuse to tell a case about a person who has not agreed."""
    if case.person is not None and case.agreed_on is None:
        raise Refusal(
            f"“{case.title}”说的是{case.person.name}，还没有登记本人同意。",
            code="bulletins.consent-missing",
            remedy="请先征得本人同意，写明日期后再发布。",
        )


def mark_published(
    case: ModelCase, *, publisher: Organisation, circle: list[str], today: date, actor: Actor
) -> None:
    """A checked case becomes a published one; refuses any other."""
    caused(actor)
    if case.state != ModelCase.State.CHECKED:
        raise Refusal(
            f"“{case.title}”现在是“{case.get_state_display()}”，不能发布。",
            code="bulletins.case-not-checked",
            remedy="请先由另一人核实。",
        )
    case.state, case.publisher, case.circle = ModelCase.State.PUBLISHED, publisher, circle
    case.published_on, case.published_by = today, actor.signature
    case.version += 1
    case.save()
    audit.record(
        actor=actor, act="发布典型", about=f"case:{case.pk}", path=case.path, circle=circle, by=publisher.code
    )
