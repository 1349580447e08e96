"""How far the typing of paper forms has come: counts only, of all groups together."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from dianping.opinions.models import Batch, Box, PaperEntry, Poll, Slip


@dataclass(frozen=True, slots=True)
class PaperCounts:
    """Paper forms by what became of them. `typed`: twice, and in the box; `by_phone`: sent with the code on the paper."""

    printed: int
    once: int
    typed: int
    by_phone: int
    spoilt: int

    @property
    def out(self) -> int:
        """Printed, and not yet typed at all."""
        return self.printed - self.once - self.typed - self.by_phone - self.spoilt


def paper_counts(poll: Poll) -> PaperCounts:
    """The counts of one poll; all nought before the first paper form is printed, and after the opening."""
    batches = list(Batch.objects.filter(poll=poll, on_paper=True).values_list("number", flat=True))
    rows = Slip.objects.filter(poll=poll, batch__in=batches).order_by().values_list("state")
    states = Counter(dict(rows.annotate(Count("pk"))))
    typed = Box.objects.filter(poll=poll).values_list("typed", flat=True).first() or 0
    return PaperCounts(
        printed=sum(states.values()) - states[Slip.State.VOID],
        once=PaperEntry.objects.filter(poll=poll).count(),
        typed=typed,
        by_phone=states[Slip.State.USED] - typed,
        spoilt=states[Slip.State.SPOILT],
    )
