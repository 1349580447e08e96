"""The records of a site older than the digests: taken into the chain as they stand, once."""

from django.db import connection

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.models import AuditEntry, AuditRecord
from dianping.common.records.registry import covered_models
from dianping.common.records.triggers import NOTE_COLUMNS, NOTES
from dianping.common.rights import unasked

ACT = "封存已有记录"


def seal_standing() -> bool:
    """Whether the standing records were taken into the chain now. Only a chain that never vouched for any record takes them:
    what was changed beside the system later is never taken in by it."""
    if not AuditEntry.objects.exists() or AuditEntry.objects.exclude(vouches=None).exists():
        return False
    if AuditRecord.objects.exists() or AuditEntry.objects.filter(act=ACT).exists():
        return False
    _seal()
    return True


@act
def _seal() -> None:
    with connection.cursor() as cursor:
        for table, model in covered_models().items():
            # A note for every row there is, as if it had been added by this act.
            cursor.execute(
                f'INSERT INTO {NOTES} ({NOTE_COLUMNS}) SELECT %s, "{model._meta.pk.column}", \'\' FROM "{table}"',
                [table],
            )
    unasked(audit.SYSTEM, because="the site seals its own records when it starts")
    audit.record(actor=audit.SYSTEM, act=ACT, about="site")
