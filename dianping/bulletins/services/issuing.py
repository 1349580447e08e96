"""签发: approved by somebody else, numbered, dated and sent in one act; returned with words; withdrawn with a reason."""

from datetime import date

from django.db.models import Max

from dianping.bulletins.models import Bulletin, Copy
from dianping.bulletins.rights import may_approve
from dianping.bulletins.rights import may_check as may_check_bulletin
from dianping.bulletins.selectors.circle import circle_of
from dianping.bulletins.services.case import lock_case
from dianping.bulletins.services.drafting import lock_bulletin, note
from dianping.bulletins.services.publishing import case_parts, mark_published, refuse_untold
from dianping.bulletins.services.redaction import refuse_personal
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.orgs.models import Organisation


@act
def issue_bulletin(*, bulletin: Bulletin, version: int, today: date, actor: Actor) -> Bulletin:
    """Approve a draft: it gets its number of the year and its date, goes to its circle, and publishes its cases.

    Raises Refusal for one of its writers, for an empty circle, and for anything that may not leave a branch.
    """
    permit(actor, may_approve, bulletin)
    locked = lock_bulletin(bulletin, version)
    _refuse_unless_draft(locked, "签发")
    if actor.name in locked.hands:
        raise Refusal(
            "拟稿、改稿的人不能自己签发。",
            code="bulletins.writer-cannot-issue",
            remedy="请由书记或上级办公室的另一个账号签发。",
        )
    receivers = _receivers(locked)
    if not receivers:
        raise Refusal(
            "选的范围里没有党组织。", code="bulletins.circle-empty", remedy="请退回，另选发给哪几类党组织。"
        )
    check_bulletin(bulletin=locked)
    Organisation.objects.select_for_update().get(pk=locked.organisation_id)  # one number at a time
    last = Bulletin.objects.filter(organisation=locked.organisation_id, year=today.year)
    locked.year, locked.number = today.year, (last.aggregate(n=Max("number"))["n"] or 0) + 1
    locked.state, locked.issued_on, locked.approved_by = Bulletin.State.ISSUED, today, actor.signature
    locked.version += 1
    locked.save()
    Copy.objects.bulk_create(
        Copy(bulletin=locked, organisation_id=pk, path=path) for pk, path in receivers.items()
    )
    for case in locked.cases.order_by("pk"):
        mark_published(
            lock_case(case, case.version),
            publisher=locked.organisation,
            circle=locked.circle,
            today=today,
            actor=actor,
        )
    note(
        locked,
        "签发通报",
        actor,
        number=locked.called,
        circle=locked.circle,
        copies=len(receivers),
        ordinary=locked.ordinary,
    )
    return locked


def _receivers(bulletin: Bulletin) -> dict[int, str]:
    """Place by key of everybody the bulletin goes to; a correction also goes to whoever received what it corrects."""
    receivers = dict(circle_of(bulletin.organisation, bulletin.circle).values_list("pk", "path"))
    if bulletin.corrects_id is not None:
        earlier = Copy.objects.filter(bulletin=bulletin.corrects_id)
        receivers |= dict(earlier.values_list("organisation", "path"))
    return receivers


def check_bulletin(*, bulletin: Bulletin) -> None:
    """Refuse, in words, whatever in a bulletin and its cases may not leave a branch; writes nothing."""
    cases = list(bulletin.cases.select_related("person").order_by("pk"))
    parts = [("标题", bulletin.title), ("正文", bulletin.body)]
    for case in cases:
        refuse_untold(case)
        parts += case_parts(case)
    refuse_personal(parts, organisation=bulletin.organisation, telling=cases, ordinary=bulletin.ordinary)


@act
def return_bulletin(*, bulletin: Bulletin, words: str, version: int, actor: Actor) -> Bulletin:
    """退回: the approver says what to change; the writers go on."""
    permit(actor, may_approve, bulletin)
    locked = lock_bulletin(bulletin, version)
    _refuse_unless_draft(locked, "退回")
    if not words.strip():
        raise Refusal("退回没有写意见。", code="bulletins.return-without-words", remedy="请写明要改什么。")
    locked.words = words.strip()
    locked.version += 1
    locked.save()
    note(locked, "退回通报", actor, words=locked.words)
    return locked


@act
def withdraw_bulletin(*, bulletin: Bulletin, why: str, version: int, today: date, actor: Actor) -> Bulletin:
    """撤回: its number is not given again; whoever received it sees that it was withdrawn, and why."""
    permit(actor, may_check_bulletin, bulletin)
    locked = lock_bulletin(bulletin, version)
    if locked.state != Bulletin.State.ISSUED:
        raise Refusal(
            f"这份通报现在是“{locked.get_state_display()}”，不能撤回。",
            code="bulletins.cannot-be-withdrawn",
            remedy="请刷新后再看。",
        )
    if not why.strip():
        raise Refusal(
            "撤回没有写原因。",
            code="bulletins.withdrawal-without-reason",
            remedy="请写明为什么撤回，收到的党组织会看到。",
        )
    refuse_personal([("撤回的原因", why)], organisation=locked.organisation, ordinary=locked.ordinary)
    locked.state, locked.why = Bulletin.State.WITHDRAWN, why.strip()
    locked.withdrawn_on, locked.withdrawn_by = today, actor.signature
    locked.version += 1
    locked.save()
    note(locked, "撤回通报", actor, why=locked.why)
    return locked


def _refuse_unless_draft(bulletin: Bulletin, verb: str) -> None:
    if bulletin.state != Bulletin.State.DRAFT:
        raise Refusal(
            f"{bulletin.called}{bulletin.get_state_display()}，不能{verb}。",
            code="bulletins.no-longer-draft",
            remedy="请刷新后再看。",
        )
