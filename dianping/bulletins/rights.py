"""Who may see and do what with bulletins and cases: the office writes, the secretary or the superior's office approves."""

from django.db.models import QuerySet

from dianping.accounts.viewer import Viewer
from dianping.bulletins.models import Bulletin, Copy, ModelCase
from dianping.bulletins.selectors import bulletins_visible, cases_visible
from dianping.common import trees
from dianping.common.audit import Actor
from dianping.common.rights import right
from dianping.orgs.models import Organisation
from dianping.reviews.models import Review

# ---- bulletins


def receiving(viewer: Viewer) -> list[str]:
    """The places whose office or secretary this viewer is: what is sent there is sent to him."""
    return [*viewer.office_paths, *viewer.superior_paths, *viewer.headed_paths]


def bulletins_for(viewer: Viewer) -> QuerySet[Bulletin]:
    """The bulletins a viewer may read."""
    return bulletins_visible(
        writers=[*viewer.office_paths, *viewer.superior_paths],
        heads=viewer.headed_paths,
        readers=viewer.read_paths,
        receivers=receiving(viewer),
    )


def approves(actor: Actor, path: str) -> bool:
    """Whether somebody signs for an organisation: its secretary, or the superior's office."""
    return actor.heads(path) or actor.oversees(path)


def receives(actor: Actor, path: str) -> bool:
    """Whether what is sent to a place is sent to him: its office, the one above, its secretary or one above it."""
    return actor.judges(path) or actor.heads(path) or actor.heads_above(path)


@right("拟写、签发或收到这份通报的党组织")
def may_read_bulletin(actor: Actor, bulletin: Bulletin) -> bool:
    """As `bulletins_for` finds them: drafts where they are written and approved, the others where they are read or were sent."""
    if actor.judges(bulletin.path) or actor.heads(bulletin.path):
        return True
    if bulletin.state == Bulletin.State.DRAFT:
        return False
    if actor.reads(bulletin.path):
        return True
    sent = Copy.objects.filter(bulletin=bulletin).values_list("path", flat=True)
    return any(receives(actor, path) for path in sent)


@right("本组织的党务干事")
def may_draft(actor: Actor, organisation: Organisation) -> bool:
    """The office of the issuer begins a bulletin."""
    return actor.keeps(organisation.path)


@right("本组织的党务干事")
def may_write(actor: Actor, bulletin: Bulletin) -> bool:
    """Writing on at a draft, and beginning a correction."""
    return actor.keeps(bulletin.path)


@right("本组织的书记或上级办公室")
def may_approve(actor: Actor, bulletin: Bulletin) -> bool:
    """Issuing and returning; that no writer approves his own is refused by the service in its own words."""
    return approves(actor, bulletin.path)


@right("本组织的党务干事、书记或上级办公室")
def may_check(actor: Actor, bulletin: Bulletin) -> bool:
    """Looking for what may not leave a branch, and taking an issued bulletin back."""
    return actor.keeps(bulletin.path) or approves(actor, bulletin.path)


def bulletin_rights(actor: Actor, bulletin: Bulletin) -> dict[str, bool]:
    """What somebody may do with a bulletin now."""
    draft, signs = bulletin.state == "draft", may_approve(actor, bulletin)
    another = actor.name not in bulletin.hands
    return {
        "edit": draft and may_write(actor, bulletin),
        "check": draft and may_check(actor, bulletin),
        "issue": draft and signs and another,
        "return": draft and signs and another,
        "withdraw": bulletin.state == "issued" and may_check(actor, bulletin),
        "correct": not draft and may_write(actor, bulletin),
    }


# ---- cases


def cases_for(viewer: Viewer) -> QuerySet[ModelCase]:
    """The cases a viewer may read."""
    return cases_visible(readers=viewer.read_paths, receivers=receiving(viewer), person=viewer.person)


@right("点评人，或管这里账册的党务干事")
def may_raise(actor: Actor, review: Review) -> bool:
    """A case is raised by the reviewer, or by the office that keeps the review."""
    return actor.holds(review.post_id) or actor.keeps(review.path)


@right("提出的人")
def may_amend(actor: Actor, case: ModelCase) -> bool:
    """Only who raised it, as long as he may raise it still."""
    return actor.is_account(case.raised_by) and may_raise(actor, case.review)


@right("上级或办公室的另一个账号")
def may_judge(actor: Actor, case: ModelCase) -> bool:
    """Confirming and returning: an office of the place, or a secretary above it. That nobody confirms what he raised, or what
    is about himself, is refused by the service in its own words."""
    return actor.judges(case.path) or actor.heads_above(case.path)


@right("本人，或本单位的书记、党务干事")
def may_note_agreement(actor: Actor, case: ModelCase) -> bool:
    """The person himself, or whoever asked him."""
    return actor.keeps(case.path) or actor.heads(case.path) or actor.is_person(case.person_id)


@right("发布单位的党务干事")
def may_publish(actor: Actor, case: ModelCase, publisher: Organisation) -> bool:
    """The office of an organisation the case lies in."""
    return actor.keeps(publisher.path) and trees.is_within(case.path, publisher.path)


@right("发布单位的党务干事、本人，或还没有发布时提出的人")
def may_withdraw(actor: Actor, case: ModelCase) -> bool:
    """Who told it, whom it is about, and before it is told who raised it."""
    told_by = case.publisher.path if case.publisher else case.path
    mine = may_amend(actor, case) and case.state != ModelCase.State.PUBLISHED
    return actor.keeps(told_by) or actor.is_person(case.person_id) or mine


def case_rights(actor: Actor, case: ModelCase, publisher: Organisation | None) -> dict[str, bool]:
    """What somebody may do with a case now; `publisher` is the organisation he would publish it for."""
    another = actor.name != case.raised_by and not actor.is_person(case.person_id)
    checks = case.state == "raised" and another and may_judge(actor, case)
    open_still = case.state in ("raised", "returned")
    return {
        "amend": open_still and may_amend(actor, case),
        "confirm": checks,
        "return": checks,
        "agree": case.person_id is not None
        and (open_still or case.state == "checked")
        and may_note_agreement(actor, case),
        "publish": case.state == "checked" and publisher is not None and may_publish(actor, case, publisher),
        "withdraw": case.state != "withdrawn" and may_withdraw(actor, case),
    }
