"""组织关系: who moves, who leaves. What was done about them stays where it was done."""

from collections.abc import Collection
from datetime import date

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.orgs.models import Membership, Organisation, Person, Tenure
from dianping.orgs.rights import may_keep_roster


@act
def transfer_member(*, person: Person, to: Organisation, on: date, actor: Actor) -> Membership:
    """Move a member to another branch from a day on; the old standing keeps its days."""
    permit(actor, may_keep_roster)
    if to.dissolved is not None and to.dissolved <= on:
        raise Refusal(
            f"{to.name}已于 {to.dissolved} 撤销。", code="orgs.dissolved", remedy="请选现有的支部。"
        )
    if not to.is_branch:
        raise Refusal(
            f"{to.name}是{to.kind}，党员的组织关系只能在支部。",
            code="orgs.not-a-branch",
            remedy="请选它下面的支部。",
        )
    old = (
        Membership.objects.select_for_update()
        .filter(person=person, until=None)
        .select_related("organisation")
        .first()
    )
    if old is None:
        raise Refusal(f"{person.name}现在不在任何支部。", code="orgs.in-no-branch", remedy="请通过名册加入。")
    if old.organisation_id == to.pk:
        raise Refusal(f"{person.name}已经在{to.name}。", code="orgs.already-there", remedy="无需再转。")
    if on <= old.since:
        raise Refusal(
            f"转移日期 {on} 不晚于进入原支部的日期 {old.since}。",
            code="orgs.moved-before-joining",
            remedy="请核对日期。",
        )
    old.until = on
    old.save(update_fields=["until"])
    new = Membership.objects.create(
        person=person, organisation=to, since=on, standing=old.standing, mobile_to=old.mobile_to
    )
    audit.record(
        actor=actor,
        act="转移组织关系",
        about=f"person:{person.pk}",
        path=to.path,
        was=old.organisation.code,
        to=to.code,
    )
    return new


@act
def leave(
    *,
    person: Person,
    on: date,
    reason: str,
    actor: Actor,
    seats: Collection[int | None] | None = None,
) -> None:
    """A member leaves (组织关系转出, 出党, 死亡). Nothing about him is deleted.

    He leaves every seat he holds, or of these only (`seats`, by key) where an act may not look further.
    """
    permit(actor, may_keep_roster)
    old = (
        Membership.objects.select_for_update()
        .filter(person=person, until=None)
        .select_related("organisation")
        .first()
    )
    if old is None:
        raise Refusal(f"{person.name}现在不在任何支部。", code="orgs.in-no-branch", remedy="请核对姓名。")
    old.until = max(on, old.since)
    old.save(update_fields=["until"])
    for tenure in Tenure.objects.filter(person=person, until=None):
        if seats is not None and tenure.post_id not in seats:
            continue
        tenure.until = max(on, tenure.since)
        tenure.save(update_fields=["until"])
    audit.record(
        actor=actor, act="离开组织", about=f"person:{person.pk}", path=old.organisation.path, reason=reason
    )
