"""What every end of a box has in common: it is held, its turnout is read, whatever stood in it is deleted and its key destroyed."""

from collections import Counter
from datetime import date

from django.db import OperationalError, connection, transaction
from django.db.models import Count

from dianping.opinions.models import Box, PaperEntry, Poll, Slip, Slot
from dianping.opinions.services.machine_key import mark_and_erase


def held_box(poll: Poll) -> Box | None:
    """The box, locked, its slips first: a form on its way in is let in before, or finds its slip gone."""
    list(Slip.objects.select_for_update().filter(poll=poll).order_by("pk").values_list("pk"))
    return Box.objects.select_for_update().filter(poll=poll).first()


def turnout_now(poll: Poll, box: Box) -> dict[str, int]:
    """How many were due, slips issued and voided, forms in the box, forms spoilt."""
    rows = Slip.objects.filter(poll=poll).order_by().values_list("state").annotate(Count("pk"))
    states = Counter(dict(rows))
    return {
        "due": sum(poll.groups.values_list("size", flat=True)),
        "issued": sum(states.values()) - states[Slip.State.VOID],
        "voided": states[Slip.State.VOID],
        "used": box.used,
        "spoilt": states[Slip.State.SPOILT],
        "typed": box.typed,
    }


def end_box(poll: Poll, state: str, today: date) -> None:
    """Whatever a form or a slip left is deleted; the pages it stood on are cleared, and the machine key destroyed, after the
    commit: a box that was not opened after all can still be opened."""
    PaperEntry.objects.filter(poll=poll).delete()
    Slip.objects.filter(poll=poll).delete()
    Slot.objects.filter(poll=poll).delete()
    had_box, _ = Box.objects.filter(poll=poll).delete()
    poll.state, poll.opened_on, poll.version = state, today, poll.version + 1
    if had_box:
        transaction.on_commit(lambda: mark_and_erase(poll))
    transaction.on_commit(lambda: sweep())


def sweep() -> None:
    """Clear the space the box stood in: rewrite the tables, cut the write-ahead log. Harmless to repeat, or to miss:
    what is left there are envelopes without a key.
    """
    tables = [model._meta.db_table for model in (Slot, Slip, Box, PaperEntry)]
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                # Writes every table anew.
                cursor.execute("VACUUM")
                # Cuts the log, in which old pages still stand.
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            else:  # FULL rewrites, and keeps the senders of other boxes out meanwhile
                how = "VACUUM" if Box.objects.exists() else "VACUUM FULL"
                for table in tables:
                    cursor.execute(f'{how} "{table}"')
    except OperationalError:
        return
