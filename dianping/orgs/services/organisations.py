"""Founding, moving, merging and dissolving organisations. Nothing is deleted; history stays readable."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from dianping.base.kinds import secretary_title
from dianping.common import audit, trees
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.orgs.models import Charge, Membership, Organisation, Post, Role, Tenure
from dianping.orgs.rights import may_keep_roster
from dianping.orgs.rules.short_names import short_name
from dianping.orgs.services.transfer import transfer_member


def _refuse_dissolved(parent: Organisation) -> None:
    if parent.dissolved is not None:
        raise Refusal(
            f"{parent.name}已于 {parent.dissolved} 撤销。",
            code="orgs.dissolved",
            remedy="请选现有的组织作上级。",
        )


def next_path(parent: Organisation | None) -> str:
    """A free place right below an organisation, or a new top."""
    return give_places(parent, 1)[0]


def give_places(parent: Organisation | None, count: int) -> list[str]:
    """So many free places right below an organisation. A place is given once: what was written down about an
    organisation that moved away must not become a newcomer's."""
    last = Organisation.objects.filter(parent=parent).order_by("-path").values_list("path", flat=True).first()
    first = trees.number_of(last) + 1 if last else 0
    if parent is not None:
        first = max(first, Organisation.objects.values_list("places_given", flat=True).get(pk=parent.pk))
        Organisation.objects.filter(pk=parent.pk).update(places_given=first + count)
    above = parent.path if parent else ""
    return [above + trees.step(first + n) for n in range(count)]


@act
def found_organisation(
    *,
    code: str,
    name: str,
    kind: str,
    unit_kind: str,
    parent: Organisation | None,
    founded: date,
    actor: Actor,
) -> Organisation:
    """Found one organisation, with its secretary's seat (vacant until somebody is appointed)."""
    permit(actor, may_keep_roster)
    if parent is not None:
        _refuse_dissolved(parent)
    if parent is not None and parent.is_branch:
        raise Refusal(
            f"{parent.name}是{parent.kind}，下面不能再设组织。",
            code="orgs.no-organisation-below",
            remedy="请选党委或党总支作为上级。",
        )
    if Organisation.objects.filter(code=code).exists():
        raise Refusal(f"组织代码“{code}”已经有了。", code="orgs.code-taken", remedy="请换一个代码。")
    organisation = Organisation.objects.create(
        code=code,
        name=name,
        kind=kind,
        unit_kind=unit_kind,
        parent=parent,
        path=next_path(parent),
        short_name=short_name(name, parent.name if parent else ""),
        founded=founded,
    )
    Post.objects.create(organisation=organisation, role=Role.SECRETARY, title=secretary_title(kind))
    audit.record(
        actor=actor,
        act="设立组织",
        about=f"organisation:{organisation.pk}",
        path=organisation.path,
        code=code,
    )
    return organisation


@act
def place_under(*, organisation: Organisation, parent: Organisation, on: date, actor: Actor) -> Organisation:
    """Move an organisation, with everything below it, under another. Refuses a cycle."""
    permit(actor, may_keep_roster)
    if trees.is_within(parent.path, organisation.path):
        raise Refusal(
            f"{parent.name}就在{organisation.name}之下，不能作它的上级。",
            code="orgs.below-itself",
            remedy="请选它下面之外的组织作上级。",
        )
    _refuse_dissolved(parent)
    if parent.is_branch:
        raise Refusal(
            f"{parent.name}是{parent.kind}，下面不能再设组织。",
            code="orgs.no-organisation-below",
            remedy="请选党委或党总支作为上级。",
        )
    old, new = organisation.path, next_path(parent)
    below = Organisation.objects.filter(path__gte=old, path__lt=trees.after(old))
    below.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)), moved_on=on)
    Organisation.objects.filter(pk=organisation.pk).update(parent=parent)
    organisation.refresh_from_db()
    organisation.short_name = short_name(organisation.name, parent.name)
    organisation.save(update_fields=["short_name"])
    audit.record(
        actor=actor,
        act="调整隶属",
        about=f"organisation:{organisation.pk}",
        path=new,
        was=old,
        parent=parent.code,
    )
    return organisation


@act
def dissolve_organisation(
    *, organisation: Organisation, on: date, successor: Organisation | None, actor: Actor
) -> None:
    """Dissolve an organisation nobody stands in any more and nothing stands below."""
    permit(actor, may_keep_roster)
    if Membership.objects.filter(organisation=organisation, until=None).exists():
        raise Refusal(
            f"{organisation.name}还有党员。", code="orgs.members-left", remedy="请先把党员转到别的支部。"
        )
    if organisation.children.filter(dissolved=None).exists():
        raise Refusal(
            f"{organisation.name}下面还有组织。",
            code="orgs.organisations-left-below",
            remedy="请先调整下面的组织。",
        )
    Tenure.objects.filter(post__organisation=organisation, until=None).update(until=on)
    Charge.objects.filter(organisation=organisation, until=None).update(until=on)
    organisation.dissolved, organisation.succeeded_by = on, successor
    organisation.save(update_fields=["dissolved", "succeeded_by"])
    audit.record(
        actor=actor, act="撤销组织", about=f"organisation:{organisation.pk}", path=organisation.path, on=on
    )


@act
def revive_organisation(*, organisation: Organisation, actor: Actor) -> None:
    """An organisation that was dissolved stands again, as if it never had been: it was dissolved by mistake."""
    permit(actor, may_keep_roster)
    was = organisation.dissolved
    organisation.dissolved, organisation.succeeded_by = None, None
    organisation.save(update_fields=["dissolved", "succeeded_by"])
    audit.record(
        actor=actor, act="恢复组织", about=f"organisation:{organisation.pk}", path=organisation.path, was=was
    )


@act
def merge_organisations(
    *, merged: Iterable[Organisation], into: Organisation, on: date, actor: Actor
) -> None:
    """Merge branches into one: members move, the merged are dissolved and point to their successor."""
    permit(actor, may_keep_roster)
    for organisation in merged:
        if not (organisation.is_branch and into.is_branch):
            raise Refusal(
                "只有支部之间可以合并党员。",
                code="orgs.only-branches-merge",
                remedy="党委、党总支请用调整隶属。",
            )
        for membership in Membership.objects.filter(organisation=organisation, until=None).select_related(
            "person"
        ):
            transfer_member(person=membership.person, to=into, on=on, actor=actor)
        dissolve_organisation(organisation=organisation, on=on, successor=into, actor=actor)


@act
def split_organisation(
    *, organisation: Organisation, code: str, name: str, leaving: Iterable[Membership], on: date, actor: Actor
) -> Organisation:
    """Split a branch: a new one beside it, to which some members move."""
    permit(actor, may_keep_roster)
    new = found_organisation(
        code=code,
        name=name,
        kind=organisation.kind,
        unit_kind=organisation.unit_kind,
        parent=organisation.parent,
        founded=on,
        actor=actor,
    )
    for membership in leaving:
        transfer_member(person=membership.person, to=new, on=on, actor=actor)
    return new
