"""Appointing people to seats, and putting seats in charge of organisations."""

from datetime import date

from django.db.models import Q

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.orgs.models import Charge, Organisation, Person, Post, Role, Tenure
from dianping.orgs.rights import may_keep_roster


@act
def appoint(*, person: Person, post: Post, since: date, actor: Actor) -> Tenure:
    """Appoint somebody to a seat from a day on; whoever held it leaves it that day. Twice changes nothing.

    Told late and from an earlier day, it stands in for whatever was written down about the days after.
    """
    permit(actor, may_keep_roster)
    held = Tenure.objects.select_for_update().filter(post=post, until=None).first()
    if held is not None and held.person_id == person.pk and held.since <= since:
        return held
    for tenure in Tenure.objects.filter(Q(until=None) | Q(until__gt=since), post=post):
        tenure.until = max(since, tenure.since)
        tenure.save(update_fields=["until"])
    tenure = Tenure.objects.create(post=post, person=person, since=since)
    audit.record(
        actor=actor,
        act="任职",
        about=f"post:{post.pk}",
        path=post.organisation.path,
        person=person.pk,
        since=since,
    )
    return tenure


@act
def open_seat(*, organisation: Organisation, role: str, title: str, actor: Actor) -> Post:
    """The seat of this role in an organisation: a leader's is new each time, the acting deputy's is one and keeps its title."""
    permit(actor, may_keep_roster)
    if organisation.dissolved is not None:
        raise Refusal(
            f"{organisation.name}已于 {organisation.dissolved} 撤销。",
            code="orgs.dissolved",
            remedy="请选现有的组织。",
        )
    if role != Role.LEADER:
        held = Post.objects.filter(organisation=organisation, role=role).first()
        if held is not None:
            return held
    post = Post.objects.create(organisation=organisation, role=role, title=title)
    audit.record(actor=actor, act="设立职务", about=f"post:{post.pk}", path=organisation.path, title=title)
    return post


@act
def vacate(*, post: Post, on: date, actor: Actor) -> None:
    """A seat falls vacant from a day on."""
    permit(actor, may_keep_roster)
    held = Tenure.objects.select_for_update().filter(post=post, until=None).first()
    if held is not None:
        held.until = max(on, held.since)
        held.save(update_fields=["until"])
        audit.record(actor=actor, act="离任", about=f"post:{post.pk}", path=post.organisation.path, on=on)


@act
def retitle(*, post: Post, title: str, actor: Actor) -> None:
    """A seat is called otherwise; who holds it and what it is in charge of stay."""
    permit(actor, may_keep_roster)
    before, post.title = post.title, title
    post.save(update_fields=["title"])
    audit.record(
        actor=actor, act="更改职务名称", about=f"post:{post.pk}", path=post.organisation.path, was=before
    )


@act
def put_in_charge(*, post: Post, organisation: Organisation, kind: str, since: date, actor: Actor) -> Charge:
    """Put a leader's seat in charge of (分管), or in contact with (联系点), an organisation.

    An organisation has one leader in charge; the former one's charge ends that day.
    """
    permit(actor, may_keep_roster)
    if kind == Charge.Kind.IN_CHARGE:
        for charge in Charge.objects.filter(organisation=organisation, kind=kind, until=None).exclude(
            post=post
        ):
            end_charge(charge=charge, on=since, actor=actor)
    charge, new = Charge.objects.get_or_create(
        post=post, organisation=organisation, kind=kind, until=None, defaults={"since": since}
    )
    if new:
        audit.record(
            actor=actor,
            act="分管与联系",
            about=f"post:{post.pk}",
            path=organisation.path,
            kind=kind,
            since=since,
        )
    return charge


@act
def end_charge(*, charge: Charge, on: date, actor: Actor) -> None:
    """A leader is no longer in charge from a day on."""
    permit(actor, may_keep_roster)
    charge.until = max(on, charge.since)
    charge.save(update_fields=["until"])
    audit.record(
        actor=actor, act="不再分管联系", about=f"post:{charge.post_id}", path=charge.organisation.path, on=on
    )
