"""同类问题: whether a problem was already named of the same organisation or person."""

import re
from datetime import date
from difflib import SequenceMatcher

from django.db.models import Q

from dianping.orgs.models import Organisation, Person
from dianping.rectification.models import Item

ALIKE = 0.75
MOST_LOOKED_AT = 200


def earlier_like(
    *, text: str, organisation: Organisation, person: Person | None, before: date
) -> Item | None:
    """The nearest item of an earlier day, of the same person (else organisation), that says the same."""
    same = Q(person=person) if person else Q(person=None, organisation=organisation)
    found = Item.objects.filter(same, opened_on__lt=before).order_by("-opened_on", "-pk")
    wanted = SequenceMatcher(b=_bare(text), autojunk=False)
    for item in found.select_related("problem")[:MOST_LOOKED_AT]:
        wanted.set_seq1(_bare(item.problem.text))
        if wanted.real_quick_ratio() >= ALIKE and wanted.quick_ratio() >= ALIKE and wanted.ratio() >= ALIKE:
            return item
    return None


def _bare(text: str) -> str:
    """The words alone: no spaces, no punctuation, letters small."""
    return re.sub(r"[\W_]+", "", text).lower()
