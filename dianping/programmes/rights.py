"""Who may put a programme in force."""

from dianping.common.audit import Actor
from dianping.common.rights import right
from dianping.orgs.models import Organisation


@right("采用它的党组织的党务干事")
def may_adopt(actor: Actor, organisation: Organisation) -> bool:
    """The office of the organisation that a programme is to bind, and of which an older one is ended or amended."""
    return actor.keeps(organisation.path)
