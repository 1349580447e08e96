"""同类问题: whether a problem was already named of the same organisation or person."""

from datetime import date

from django.db.models import Q

from dianping.common.likeness import likeness
from dianping.orgs.models import Organisation, Person
from dianping.rectification.models import Item

ALIKE = 0.75  # a problem is a sentence: lower than for whole reviews, and a person looks at what is shown
MOST_LOOKED_AT = 200


def earlier_like(
    *, text: str, organisation: Organisation, person: Person | None, before: date
) -> Item | None:
    """The nearest item of an earlier day, of the same person (else organisation), that says the same."""
    same = Q(person=person) if person else Q(person=None, organisation=organisation)
    earlier = Item.objects.filter(same, opened_on__lt=before).order_by("-opened_on", "-pk")
    return next((item for item in earlier[:MOST_LOOKED_AT] if likeness(text, item.text) >= ALIKE), None)
