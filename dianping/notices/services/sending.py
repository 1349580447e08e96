"""Sending notices on, and signing for them."""

from collections.abc import Iterable
from datetime import datetime

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.notices.models import Notice, Receipt
from dianping.notices.rights import may_send, may_sign
from dianping.notices.rules.reach import beyond
from dianping.notices.selectors import reach_of
from dianping.orgs.models import Organisation


@act
def send_to(*, notice: Notice, organisations: Iterable[Organisation], actor: Actor, agreed: str = "") -> int:
    """Ask organisations to sign for a notice; how many were added. Twice changes nothing.

    Raises Refusal for organisations below the tier the notice, or one it encloses, may be handed down to, unless
    `agreed` says who agreed to that; the words are kept in the audit.
    """
    organisations = list(organisations)
    permit(actor, may_send, notice, organisations)
    words = reach_of(notice)
    below = beyond(words, sorted({o.kind for o in organisations}))
    if below and not agreed.strip():
        raise Refusal(
            f"这份文件写明“发至{words}”，{'、'.join(below)}在这一级以下。",
            code="notices.handed-down-too-far",
            remedy="请只选这一级以上的；发文机关同意扩大的，请写明谁在何时同意。",
        )
    standing = set(notice.receipts.values_list("organisation", flat=True))
    new = [Receipt(notice=notice, organisation=o, path=o.path) for o in organisations if o.pk not in standing]
    Receipt.objects.bulk_create(new)
    if new:
        audit.record(
            actor=actor,
            act="分送文件",
            about=f"notice:{notice.pk}",
            path=notice.path,
            organisations=len(new),
            **({"beyond": words, "agreed": agreed.strip()} if below else {}),
        )
    return len(new)


@act
def sign_for(*, notice: Notice, organisation: Organisation, moment: datetime, actor: Actor) -> Receipt:
    """签收. Twice keeps the first. Raises Refusal when the notice was not sent there."""
    permit(actor, may_sign, organisation)
    receipt = Receipt.objects.select_for_update().filter(notice=notice, organisation=organisation).first()
    if receipt is None:
        raise Refusal(
            f"这份文件没有分送给{organisation.name}。",
            code="notices.not-sent-there",
            remedy="请与发文的办公室核对。",
        )
    if receipt.signed_at is None:
        receipt.signed_at, receipt.signed_by = moment, actor.signature
        receipt.save(update_fields=["signed_at", "signed_by"])
        audit.record(actor=actor, act="签收文件", about=f"notice:{notice.pk}", path=organisation.path)
    return receipt
