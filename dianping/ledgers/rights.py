"""Who may issue ledgers."""

from dianping.common.audit import Actor
from dianping.common.rights import right
from dianping.orgs.models import Organisation


@right("本单位的党务干事")
def may_close(actor: Actor, organisation: Organisation) -> bool:
    """The office that keeps them."""
    return actor.keeps(organisation.path)
