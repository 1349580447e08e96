"""换保管人: whose account is closed, or who lost the role, hands over to somebody of whom the very same is asked (decision 0051)."""

from datetime import date

from dianping.accounts.models import User
from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.opinions.models import Key, Poll
from dianping.opinions.rights import may_keep_key
from dianping.opinions.selectors.custodians import account_of, shared_with_former
from dianping.opinions.selectors.unable import needs_custodians, unable_of
from dianping.opinions.services.custody import refuse_custodians
from dianping.opinions.services.planning import lock_poll


@act
def replace_custodian(
    *, poll: Poll, side: str, user: User, why: str, today: date, actor: Actor, witness: str
) -> Poll:
    """换保管人: `user` takes over the key of one side from a custodian who can no longer act. A key that was taken stays
    what it is: its paper is handed over, or taken anew before slips are printed.

    Raises Refusal where nothing needs the custodians any more, where that one can act, unless `actor` is the other custodian
    and `witness` (an account) the newcomer, without a reason, and for a newcomer who might not have been named at the freezing
    or is of one office with anybody who ever kept the other key.
    """
    permit(actor, may_keep_key, poll)
    locked = lock_poll(poll)
    refuse_replacement(poll=locked, side=side, user=user, today=today)
    gone, other = _gone_and_other(locked, side)
    if (actor.name, witness) != (other.account, user.username):
        raise Refusal(
            "换保管人要另一位保管人和接替的人一起办。",
            code="opinions.two-must-replace",
            remedy="请另一位保管人登录，接替的人当场输入密码。",
        )
    if not why.strip():
        raise Refusal(
            "没有写为什么换保管人。",
            code="opinions.replacement-without-reason",
            remedy="请写明原因，例如原保管人调离。",
        )
    before = {"account": gone.account, "name": gone.name, "until": str(today)}
    Key.objects.filter(pk=gone.pk).update(
        account=user.username, name=user.name, instead_of=[*gone.instead_of, before]
    )
    locked.version += 1
    locked.save(update_fields=["version"])
    audit.record(
        actor=actor,
        act="换保管人",
        about=f"poll:{locked.pk}",
        path=locked.path,
        witness=witness,
        side=side,
        replaced=gone.account,
        by=user.username,
        why=why.strip(),
    )
    return locked


def refuse_replacement(*, poll: Poll, side: str, user: User, today: date) -> None:
    """Refuse whatever stands in the way of a newcomer, without asking who is there: told the same whoever asks."""
    if not needs_custodians(poll):
        raise Refusal(
            f"这一次现在是“{poll.get_state_display()}”，没有要保管人办的事了。",
            code="opinions.custodians-not-needed",
            remedy="不用换保管人。",
        )
    gone, other = _gone_and_other(poll, side)
    unable = {custodian.key.side for custodian in unable_of([poll], day=today).get(poll.pk, [])}
    if side not in unable:
        raise Refusal(
            f"{gone.name}的账号在用，授权也在，还能办保管人的事，不能换。",
            code="opinions.custodian-can-act",
            remedy="要换的，请管理员先停用账号或者结束那一项授权（change_account）。",
        )
    staying = account_of(other.account)
    if other.side in unable or staying is None:
        raise Refusal(
            f"{other.name}也没有保管的授权了，不能由他换。",
            code="opinions.other-cannot-act",
            remedy="请管理员先恢复一位的授权。",
        )
    pair = {side: user, other.side: staying}
    refuse_custodians(poll, pair[Key.Side.UNIT], pair[Key.Side.SUPERIOR], today)
    shared = shared_with_former(other, user, day=today)
    if shared:
        raise Refusal(
            f"{shared}由他接替，两把钥匙就到过一处。",
            code="opinions.newcomer-shares-office",
            remedy="请选另一个办公室的人；以前的保管人现在的授权碍事的，请管理员先结束那一项（change_account --end-role）。",
        )


def _gone_and_other(poll: Poll, side: str) -> tuple[Key, Key]:
    """The key of the side whose custodian is gone, and the other one."""
    keys = list(poll.keys.all())
    gone = next(key for key in keys if key.side == side)
    return gone, next(key for key in keys if key.side != side)
