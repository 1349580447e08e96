"""How far the typing of paper forms has come: counts only, of all groups together."""

from collections import Counter
from dataclasses import dataclass

from dianping.opinions.models import Batch, PaperEntry, Poll, Slip


@dataclass(frozen=True, slots=True)
class PaperCounts:
    """Paper forms by what became of them. `taken`: typed twice, or sent on a phone with the code on the paper."""

    printed: int
    once: int
    taken: int
    spoilt: int

    @property
    def out(self) -> int:
        """Printed, and not yet typed at all."""
        return self.printed - self.once - self.taken - self.spoilt


def paper_counts(poll: Poll) -> PaperCounts:
    """The counts of one poll; all nought before the first paper form is printed, and after the opening."""
    batches = list(Batch.objects.filter(poll=poll, on_paper=True).values_list("number", flat=True))
    states = Counter(
        Slip.objects.filter(poll=poll, batch__in=batches).order_by().values_list("state", flat=True)
    )
    return PaperCounts(
        printed=sum(states.values()) - states[Slip.State.VOID],
        once=PaperEntry.objects.filter(poll=poll).count(),
        taken=states[Slip.State.USED],
        spoilt=states[Slip.State.SPOILT],
    )
