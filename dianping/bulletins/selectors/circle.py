"""一定范围: the circle a bulletin goes to, chosen by kind of organisation (豫创组办发〔2010〕26号 四.1)."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from dianping.base.kinds import ADDRESSED
from dianping.orgs.models import Organisation
from dianping.orgs.selectors import standing_below

OWN = "本组织"
CIRCLE = (OWN, *ADDRESSED)


def circle_of(organisation: Organisation, kinds: Iterable[str]) -> QuerySet[Organisation]:
    """The organisations of some kinds below an organisation, and itself where `OWN` is among the kinds."""
    wanted = list(kinds)
    below = Q(kind__in=wanted) & ~Q(pk=organisation.pk)
    chosen = below | Q(pk=organisation.pk) if OWN in wanted else below
    return standing_below([organisation.path]).filter(chosen)


def circle_words(kinds: Iterable[str]) -> str:
    """The circle as it prints: 各党总支、直属党支部."""
    wanted = list(kinds)
    named = [kind for kind in CIRCLE if kind in wanted and kind != OWN]
    return "各" + "、".join(named) if named else "本组织"
