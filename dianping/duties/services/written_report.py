"""专门书面报告 as a duty like any other. Basis: 豫创组办发〔2010〕26号 四.1; decision 0009."""

from datetime import date

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.rights import caused
from dianping.duties.models import Duty, Kind
from dianping.orgs.models import Organisation, Person, Post


@act
def demand_report(
    *, owed_by: Post, about: Organisation, person: Person | None, opens: date, due: date, actor: Actor
) -> Duty:
    """The duty to write a report about unresolved problems; two problems due together share one report."""
    caused(actor)
    standing = Duty.objects.filter(
        kind=Kind.REPORT, organisation=about, person=person, owed_by=owed_by, due=due, done_on=None
    ).first()
    if standing is not None:
        if standing.lapsed_on is not None:
            standing.lapsed_on = None
            standing.save(update_fields=["lapsed_on"])
            audit.record(
                actor=actor, act="再次要求书面报告", about=f"duty:{standing.pk}", path=standing.path, due=due
            )
        return standing
    duty = Duty.objects.create(
        kind=Kind.REPORT,
        target=Kind.REPORT,
        organisation=about,
        path=about.path,
        person=person,
        owed_by=owed_by,
        opens=min(opens, due),
        due=due,
    )
    audit.record(actor=actor, act="要求书面报告", about=f"duty:{duty.pk}", path=about.path, due=due)
    return duty


@act
def withdraw_report(*, duty: Duty, on: date, actor: Actor) -> None:
    """No problem behind this report is unresolved any more: it is no longer owed."""
    caused(actor)
    if Duty.objects.filter(pk=duty.pk, done_on=None, lapsed_on=None).update(lapsed_on=on):
        audit.record(actor=actor, act="不再要求书面报告", about=f"duty:{duty.pk}", path=duty.path)
