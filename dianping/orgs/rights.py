"""Who may keep the roster, and read a person's file. This room knows no accounts: it asks whoever acts."""

from datetime import date

from dianping.common.audit import Actor
from dianping.common.rights import right
from dianping.orgs.models import Person
from dianping.orgs.selectors.people import places_of


@right("管全站账册的党务干事")
def may_keep_roster(actor: Actor) -> bool:
    """Organisations, people, seats and who is in charge of what: the clerk of the whole site."""
    return actor.is_site_clerk


@right("本人，或看得到他所在组织的同志")
def may_read_person(actor: Actor, person: Person, day: date) -> bool:
    """Himself, and whoever reads a place where he stands, or holds a post, that day."""
    return actor.is_person(person.pk) or any(actor.reads(path) for path in places_of(person, day=day))
