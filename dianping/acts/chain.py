"""The audit chain as an auditor reads it: what lies in the places he audits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.db.models import Q, QuerySet
from django.utils import timezone

from dianping.accounts.models import Grant
from dianping.accounts.rights import may_read_chain
from dianping.accounts.viewer import Viewer, outermost
from dianping.acts.chain_words import EntryWords, about_this
from dianping.common import audit, trees
from dianping.common.lookups import ACT as LOOK
from dianping.common.models import AuditEntry, AuditRecord
from dianping.common.records.checking import check
from dianping.common.records.files import bytes_kept
from dianping.common.records.registry import covered_models
from dianping.common.rights import permit
from dianping.orgs.models import Organisation

AT_ONCE = 500  # entries of a file whose names are looked up together
AT_A_PRESS = 200_000  # entries checked while somebody waits; a longer chain is checked by the commands
FILES_AT_A_PRESS = 1 << 30  # bytes of kept files, likewise
Exported = tuple[str | dict[str, object], ...]  # one entry of a file: texts, and what it tells as it stands


@dataclass(frozen=True, slots=True)
class EntrySearch:
    """What an auditor looks for: a day, a sign-in name, an act, a record ("review:12"); empty: any."""

    day: date | None = None
    actor: str = ""
    act: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What a check found: how many entries and records were compared, what does not agree, the head of the chain, and whether
    the kept files were read."""

    entries: int
    records: int
    faults: tuple[str, ...]
    head: str
    files: bool


def audits_all(viewer: Viewer) -> bool:
    """Whether all of it is: entries of no place (sign-ins, exports, the site's own) among them."""
    mine = [grant for grant in viewer.grants if grant.role == Grant.Role.AUDITOR]
    return any(grant.organisation is None or grant.organisation.parent_id is None for grant in mine)


def entries_seen(viewer: Viewer, asked: EntrySearch) -> QuerySet[AuditEntry]:
    """The entries a viewer audits, those asked for."""
    entries = AuditEntry.objects.filter(_place(viewer))
    if asked.day is not None:
        opens = timezone.make_aware(datetime.combine(asked.day, time.min))
        entries = entries.filter(at__gte=opens, at__lt=opens + timedelta(days=1))
    for name in ("actor", "act"):
        if getattr(asked, name):
            entries = entries.filter(**{name: getattr(asked, name)})
    return entries.filter(_about(asked.about)) if asked.about else entries


def _about(asked: str) -> Q:
    """Everything about a record: acts, whoever looked at it or at what was said there, and files that left of it."""
    about, beginnings = about_this(asked)
    condition = Q(about=about) | Q(act=LOOK, detail__looked_at__has_key=about)
    for beginning in beginnings:
        condition |= (
            Q(about=beginning)
            | Q(about__startswith=f"{beginning}:")
            | Q(act=LOOK, detail__looked_at__has_key=beginning)
        )
    return condition


def _place(viewer: Viewer) -> Q:
    if audits_all(viewer):
        return Q()
    mine = [g.organisation.path for g in viewer.grants if g.role == Grant.Role.AUDITOR and g.organisation]
    place = Q(pk__in=[])
    for path in outermost(mine):
        place |= Q(path__gte=path, path__lt=trees.after(path))
    return place


def acts_known() -> list[str]:
    """Every act there is an entry of, for the choice."""
    return list(AuditEntry.objects.order_by("act").values_list("act", flat=True).distinct())


def places_of(entries: list[AuditEntry]) -> dict[str, str]:
    """The short names of the entries' places."""
    paths = {entry.path for entry in entries if entry.path}
    return dict(Organisation.objects.filter(path__in=paths).values_list("path", "short_name"))


def records_of(entries: list[AuditEntry]) -> dict[int, list[tuple[str, int, str, str]]]:
    """What each entry vouches for, by its number: the kind of record, its key, and both digests."""
    words = {table: str(model._meta.verbose_name) for table, model in covered_models().items()}
    records: dict[int, list[tuple[str, int, str, str]]] = {}
    numbers = [entry.vouches for entry in entries if entry.vouches is not None]
    told = AuditRecord.objects.filter(number__in=numbers).order_by("pk")
    for number, table, key, before, after in told.values_list("number", "table", "key", "before", "after"):
        records.setdefault(number, []).append((words.get(table, table), key, before, after))
    return records


def check_all() -> ChainCheck | None:
    """Check the chain and every record now; None where that would take too long while somebody waits."""
    entries = AuditEntry.objects.count()
    if entries > AT_A_PRESS:
        return None
    broken = audit.verify()
    files = bytes_kept() <= FILES_AT_A_PRESS
    compared, faults = check(files=files)
    return ChainCheck(entries, compared, (*broken, *(fault.what for fault in faults)), audit.head(), files)


def words_of(viewer: Viewer, entries: Sequence[AuditEntry]) -> EntryWords:
    """The words for some entries, as far as this viewer may know them."""
    return EntryWords(viewer, entries, everything=audits_all(viewer))


def exported(viewer: Viewer, entries: QuerySet[AuditEntry]) -> Iterator[Exported]:
    """Every entry as a row of texts, in the order of the chain, for a file: as it stands, and in words beside it. Raises
    Forbidden for whoever audits nothing."""
    permit(viewer.actor, may_read_chain)
    return _exported(viewer, entries)


def _exported(viewer: Viewer, entries: QuerySet[AuditEntry]) -> Iterator[Exported]:
    names = dict(Organisation.objects.values_list("path", "name"))
    rows = entries.order_by("seq").iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        words = words_of(viewer, some)
        yield from _rows(some, words, names)


def _rows(entries: Sequence[AuditEntry], words: EntryWords, names: dict[str, str]) -> Iterator[Exported]:
    for entry in entries:
        yield (
            str(entry.seq),
            timezone.localtime(entry.at).isoformat(timespec="seconds"),
            entry.actor,
            entry.acting_as,
            entry.act,
            entry.about,
            words.about(entry.about),
            entry.path,
            names.get(entry.path, ""),
            entry.detail,
            "；".join(f"{key} {value}" for key, value in words.detail(entry.detail)),
            entry.prev,
            entry.digest,
        )
