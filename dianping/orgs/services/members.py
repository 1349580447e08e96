"""One member at a time: joined, corrected. Moved and taken out: `transfer`; his posts: `posts`."""

from datetime import date

from dianping.base.identity import IdentityFault, read_identity
from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.orgs.models import Membership, Organisation, Person
from dianping.orgs.rights import may_keep_roster
from dianping.orgs.services.fingerprints import fingerprint


def _mark(identity: str) -> tuple[str | None, str, date | None]:
    """Fingerprint, sex and birth of an identity number; nothing of a blank one."""
    try:
        found = read_identity(identity)
    except IdentityFault as fault:
        raise Refusal(
            f"公民身份号码没有记下：{fault}", code="orgs.identity-wrong", remedy="请改正，或先留空。"
        ) from None
    return (fingerprint(found.number), found.sex, found.born) if found else (None, "", None)


def _refuse_taken(mark: str | None, person: Person | None) -> Person | None:
    """Whoever is known by a fingerprint; refuses when he is somebody else than meant, or stands in a branch."""
    known = Person.objects.filter(fingerprint=mark).first() if mark else None
    if known is None or known == person:
        return known
    standing = Membership.objects.filter(person=known, until=None).select_related("organisation").first()
    if person is not None or standing is not None:
        where = f"，现在{standing.organisation.name}" if standing else ""
        raise Refusal(
            f"这个公民身份号码已是{known.name}的{where}。",
            code="orgs.identity-taken",
            remedy="请核对号码；如是同一人，请在他本人的页面上办理转移。",
        )
    return known


@act
def join_member(
    *,
    organisation: Organisation,
    name: str,
    sex: str,
    born: date | None,
    identity: str,
    employee_no: str,
    standing: str,
    on: date,
    actor: Actor,
) -> Membership:
    """A member comes to a branch from a day on. Who stood in the system before is known again by his number."""
    permit(actor, may_keep_roster)
    if not organisation.is_branch or organisation.dissolved is not None:
        raise Refusal(
            f"{organisation.name}不是现有的支部，不能编入党员。",
            code="orgs.not-a-branch",
            remedy="请选现有的支部。",
        )
    mark, told_sex, told_born = _mark(identity)
    person = _refuse_taken(mark, None)
    same = Membership.objects.filter(organisation=organisation, until=None, person__name=name)
    if person is None and not mark and not employee_no and same.exists():
        raise Refusal(
            f"{organisation.name}已有一名{name}，分不清是不是同一人。",
            code="orgs.namesake-in-branch",
            remedy="请填写公民身份号码或工号。",
        )
    if person is None:
        person = Person.objects.create(
            name=name, sex=sex or told_sex, born=told_born or born, employee_no=employee_no, fingerprint=mark
        )
    membership = Membership.objects.create(
        person=person, organisation=organisation, since=on, standing=standing
    )
    audit.record(actor=actor, act="编入党员", about=f"person:{person.pk}", path=organisation.path, since=on)
    return membership


@act
def correct_member(
    *,
    person: Person,
    name: str,
    sex: str,
    born: date | None,
    identity: str,
    employee_no: str,
    standing: str,
    mobile_to: str,
    actor: Actor,
) -> None:
    """What is written about a member was wrong, or has changed: name, sex, birth, numbers, standing, where he went."""
    permit(actor, may_keep_roster)
    membership = (
        Membership.objects.select_for_update()
        .filter(person=person, until=None)
        .select_related("organisation")
        .first()
    )
    if membership is None:
        raise Refusal(f"{person.name}现在不在任何支部。", code="orgs.in-no-branch", remedy="请先编入支部。")
    mark, told_sex, told_born = _mark(identity)
    _refuse_taken(mark, person)
    before = [person.name, person.sex, str(person.born or ""), person.employee_no]
    before += [membership.standing, membership.mobile_to]
    person.name, person.sex, person.born = name, told_sex or sex, told_born or born
    person.employee_no, person.fingerprint = employee_no, mark or person.fingerprint
    person.save(update_fields=["name", "sex", "born", "employee_no", "fingerprint"])
    membership.standing, membership.mobile_to = standing, mobile_to
    membership.save(update_fields=["standing", "mobile_to"])
    audit.record(
        actor=actor,
        act="更正党员",
        about=f"person:{person.pk}",
        path=membership.organisation.path,
        before=before,
    )
