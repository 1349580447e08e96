"""Who waits for whom where duties are met and opened: those who file wait for no one but their own seat."""

from dianping.common.locks import alone, together

_ALL, _SEAT = 0x6475, 0x6476


def meeting(seat: int | None) -> None:
    """Duties of one seat are met, or owed again: together with other seats, not while duties are opened or handed over. The
    last duty of a seat counts it as done, so two acts of one seat come one after the other."""
    together(_ALL)
    if seat is not None:
        alone(_SEAT, seat)


def opening() -> None:
    """Duties are opened, or handed over: their tallies are counted anew as a whole."""
    alone(_ALL)
