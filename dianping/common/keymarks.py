"""Which keys belong to this database: a digest of each stands in it from the first start on."""

from pathlib import Path

from django.db import transaction

from dianping.common.keys import NAMES, UnusableKey, key_digest, key_path, make_key, read_key, wanted
from dianping.common.models import AuditEntry, KeyMark


def keys_in_order(home: Path, *, leave_out: tuple[str, ...] = ()) -> None:
    """See that every key is there, whole and this database's own; raise CannotGoOn where one is not.

    On a new site they are made, in a database that holds nothing yet; a site from before the digests were kept gets
    them now. A site with acts in it never gets a new key. `leave_out` names keys that come from elsewhere.
    """
    marks = dict(KeyMark.objects.values_list("name", "digest"))
    founded = AuditEntry.objects.exists()
    for name in NAMES:
        if name in leave_out:
            continue
        if name not in marks and not founded and not key_path(home, name).exists():
            make_key(home, name)
        _in_order(home, name, marks.get(name, ""))


def _in_order(home: Path, name: str, mark: str) -> None:
    path = key_path(home, name)
    try:
        digest = key_digest(read_key(home, name))
    except UnusableKey as no:
        raise wanted(path, no.what, mark) from no
    if mark and digest != mark:
        raise wanted(path, "foreign", mark)
    if not mark:
        with transaction.atomic():
            KeyMark.objects.get_or_create(name=name, defaults={"digest": digest})
