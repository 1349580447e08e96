"""How far the typing of paper forms has come: counts only, of all groups together."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from dianping.opinions.models import Batch, PaperEntry, Poll, Slip


@dataclass(frozen=True, slots=True)
class PaperCounts:
    """Paper forms by what became of them. `typed`: twice, and in the box."""

    printed: int
    once: int
    typed: int
    spoilt: int

    @property
    def out(self) -> int:
        """Printed, and not yet typed at all."""
        return self.printed - self.once - self.typed - self.spoilt


def paper_counts(poll: Poll) -> PaperCounts:
    """The counts of one poll; all nought before the first paper form is printed, and after the opening."""
    batches = list(Batch.objects.filter(poll=poll, on_paper=True).values_list("number", flat=True))
    rows = Slip.objects.filter(poll=poll, batch__in=batches).order_by().values_list("state")
    states = Counter(dict(rows.annotate(Count("pk"))))
    return PaperCounts(
        printed=sum(states.values()) - states[Slip.State.VOID],
        once=PaperEntry.objects.filter(poll=poll).count(),
        typed=states[Slip.State.USED],
        spoilt=states[Slip.State.SPOILT],
    )
