"""Who may enter notices, go through what was read, send them on and sign for them."""

from collections.abc import Iterable

from dianping.common import trees
from dianping.common.audit import Actor
from dianping.common.rights import right
from dianping.notices.models import Notice
from dianping.orgs.models import Organisation


@right("看得到登记它的党组织的同志")
def may_read(actor: Actor, notice: Notice) -> bool:
    """Whoever reads the place in whose register it stands."""
    return actor.reads(notice.path)


@right("登记它的党组织的党务干事")
def may_enter(actor: Actor, organisation: Organisation) -> bool:
    """The office that keeps the register."""
    return actor.keeps(organisation.path)


@right("登记它的党组织的党务干事")
def may_decide(actor: Actor, notice: Notice) -> bool:
    """Going through what was read, drafting the letter that sends it on."""
    return actor.keeps(notice.path)


@right("登记它的党组织的党务干事，并且只分送给下级")
def may_send(actor: Actor, notice: Notice, organisations: Iterable[Organisation]) -> bool:
    """To organisations below its own."""
    below = all(trees.is_within(place.path, notice.path) for place in organisations)
    return actor.keeps(notice.path) and below


@right("收文的党组织的书记或党务干事")
def may_sign(actor: Actor, organisation: Organisation) -> bool:
    """The office or the secretary of whoever received it."""
    return actor.keeps(organisation.path) or actor.heads(organisation.path)
