"""Whether every covered record stands as the chain says: none changed, removed or added beside the system; and whether what
follows from them, or is named by them, and is kept beside them, is what they say."""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import groupby

from django.db import OperationalError
from django.db.models import Model
from django.utils.module_loading import import_string

from dianping.common.models import AuditEntry, AuditRecord
from dianping.common.records.canonical import columns, record_digest, rows
from dianping.common.records.entries import UNREADABLE as BROKEN
from dianping.common.records.entries import unreadable_entries
from dianping.common.records.faults import RecordFault
from dianping.common.records.files import file_faults
from dianping.common.records.gathering import SetTold
from dianping.common.records.lines import RECORDS, records_digest
from dianping.common.records.registry import covered, covered_models, recounts

CHUNK = 5000
UNREAD = (ValueError, OperationalError)
UNREADABLE = "0" * 64  # in place of a digest


def check(*, files: bool = True) -> tuple[int, list[RecordFault]]:
    """How many records were compared, and every fault. Reads the records of the chain and every covered table, once, and
    counts anew what the chain leaves out because it follows from them. `files`: whether every kept file is read as well."""
    try:
        faults, sets = list(_entries()), _sets()
    except (
        BROKEN
    ):  # of broken entries `verify_audit` tells; the others are held against the records all the same
        broken = unreadable_entries()
        if not broken:
            raise
        faults, sets = list(_entries(broken)), _sets(broken)
        faults += [
            RecordFault(
                "common_auditentry",
                seq,
                f"审计链第 {seq} 条里写的读不出来，被改动过。",
                code="audit.entry-unreadable",
            )
            for seq in broken
        ]
    compared = 0
    for table, model in covered_models().items():
        number, wrong = _table(model, sets.get(table, []))
        compared += number
        faults += wrong
    for recount in recounts():
        faults += import_string(recount)()
    if files:
        faults += file_faults()
    return compared, faults


def _entries(broken: Sequence[int] = ()) -> Iterator[RecordFault]:
    """Whether the records of each entry are those it vouches for; `broken` entries vouch for nothing."""
    entries = (
        AuditEntry.objects.exclude(vouches=None)
        .exclude(seq__in=broken)
        .order_by("vouches")
        .values_list("seq", "vouches", "detail")
    )
    told = AuditRecord.objects.order_by("number", "pk").values_list(
        "number", "table", "key", "before", "after"
    )
    grouped = groupby(told.iterator(chunk_size=CHUNK), key=lambda row: row[0])
    number, lines = next(grouped, (None, iter(())))
    for seq, vouched, detail in entries.iterator(chunk_size=CHUNK):
        while number is not None and number < vouched:
            yield RecordFault(
                "common_auditrecord",
                None,
                f"有一组记录摘要（{number}）不属于任何一条审计记录。",
                code="audit.digests-of-nothing",
            )
            number, lines = next(grouped, (None, iter(())))
        changes = [tuple(line[1:]) for line in lines] if number == vouched else []
        if number == vouched:
            number, lines = next(grouped, (None, iter(())))
        if records_digest(changes) != detail.get(RECORDS, {}).get("digest"):  # type: ignore[arg-type]
            yield RecordFault(
                "common_auditrecord",
                None,
                f"审计链第 {seq} 条所附的记录摘要被改动过。",
                code="audit.digests-changed",
            )
    while number is not None:
        yield RecordFault(
            "common_auditrecord",
            None,
            f"有一组记录摘要（{number}）不属于任何一条审计记录。",
            code="audit.digests-of-nothing",
        )
        number, lines = next(grouped, (None, iter(())))


def _sets(broken: Sequence[int] = ()) -> dict[str, list[SetTold]]:
    sets: dict[str, list[SetTold]] = {}
    for detail in (
        AuditEntry.objects.exclude(seq__in=broken)
        .filter(detail__has_key="sets")
        .order_by("seq")
        .values_list("detail", flat=True)
    ):
        for told in detail["sets"]:
            sets.setdefault(told["table"], []).append(told)
    return sets


def _table(model: type[Model], sets: list[SetTold]) -> tuple[int, list[RecordFault]]:
    """Walk a table and what the chain says of it side by side, both in the order of the keys."""
    table, label = model._meta.db_table, str(model._meta.verbose_name)
    summing = [_Sum(told) for told in sets]
    faults: list[RecordFault] = []
    compared = 0
    for key, now, told in _side_by_side(model):
        compared += 1
        faults += [
            RecordFault(table, key, f"{label} {key} {what}", code="audit.record-changed-between")
            for what in _of_one(told)
        ]
        at_first = told[0][0] if told else now
        in_a_set = False
        for set_sum in summing:
            in_a_set |= set_sum.take(key, at_first)
        stands = told[-1][1] if told else (now if in_a_set else "")
        if told and at_first and not in_a_set:
            faults.append(
                RecordFault(
                    table,
                    key,
                    f"{label} {key} 不是经系统写入的，后来的改动才是。",
                    code="audit.record-begun-outside",
                )
            )
        if now != stands:
            faults.append(_differing(table, key, f"{label} {key}", now, stands))
    faults += [
        RecordFault(table, None, f"{label}：{set_sum.fault()}", code="audit.set-changed")
        for set_sum in summing
        if set_sum.fault()
    ]
    return compared, faults


def _differing(table: str, key: int, named: str, now: str, stands: str) -> RecordFault:
    if not stands:
        return RecordFault(table, key, f"{named} 不是经系统写入的。", code="audit.record-added-outside")
    if not now:
        return RecordFault(table, key, f"{named} 不在了，系统里没有删除它的记录。", code="audit.record-gone")
    if now == UNREADABLE:
        return RecordFault(table, key, f"{named} 里写的读不出来，被改动过。", code="audit.record-unreadable")
    return RecordFault(table, key, f"{named} 与链里记的不符，被改动过。", code="audit.record-changed")


def _of_one(told: list[tuple[str, str]]) -> Iterator[str]:
    """Between two entries about one record nothing may have happened to it."""
    for (_, after), (before, _) in zip(told, told[1:], strict=False):
        if after != before:
            yield "在两次经系统的改动之间，被另外改动过。"


def _side_by_side(model: type[Model]) -> Iterator[tuple[int, str, list[tuple[str, str]]]]:
    """Key, digest as the row stands now ("" for none that counts), and the digests before and after of each entry."""
    now, table = _standing(model), model._meta.db_table
    told = AuditRecord.objects.filter(table=table).order_by("key", "pk").values_list("key", "before", "after")
    then = (
        (key, [(before, after) for _, before, after in lines])
        for key, lines in groupby(told.iterator(chunk_size=CHUNK), key=lambda row: row[0])
    )
    left, right = next(now, None), next(then, None)
    while left or right:
        if right is None or (left is not None and left[0] < right[0]):
            assert left is not None
            yield left[0], left[1], []
            left = next(now, None)
        elif left is None or right[0] < left[0]:
            yield right[0], "", right[1]
            right = next(then, None)
        else:
            yield left[0], left[1], right[1]
            left, right = next(now, None), next(then, None)


def _standing(model: type[Model]) -> Iterator[tuple[int, str]]:
    """Key and digest of every row that counts. SQLite keeps what no column should hold (February 31st, broken text): where a
    row cannot be read, those around it are read one by one, and it gets a digest that no row has."""
    how, names, table = covered(model), [field.attname for field in columns(model)], model._meta.db_table
    standing = model._default_manager.order_by("pk")
    if how.when is not None:
        standing = standing.filter(how.when)
    last, is_over = 0, False
    while not is_over:
        left = standing.filter(pk__gt=last) if last else standing
        try:
            for key, values in rows(model, left.values_list(*names).iterator(chunk_size=CHUNK)):
                yield key, record_digest(table, values)
                last = key
            return
        except UNREAD:
            keys = list(left.values_list("pk", flat=True)[:CHUNK])
        for key in keys:
            try:
                [(_, values)] = rows(model, standing.filter(pk=key).values_list(*names))
                digest = record_digest(table, values)
            except UNREAD:
                digest = UNREADABLE
            yield key, digest
            last = key
        is_over = not keys


class _Sum:
    """The digest of one set, made anew from its rows as they first stood."""

    def __init__(self, told: SetTold) -> None:
        self.told, self.count, self.digest = told, 0, hashlib.sha256(b"set\0")

    def take(self, key: int, digest: str) -> bool:
        """Count a row in, where its key lies in this set and it was no single row."""
        if not (digest and self.told["first"] <= key <= self.told["last"]):
            return False
        self.count += 1
        self.digest.update(bytes.fromhex(digest))
        return True

    def fault(self) -> str:
        """What is wrong with the set as a whole."""
        if self.count == self.told["count"] and self.digest.hexdigest() == self.told["digest"]:
            return ""
        return (
            f"编号 {self.told['first']} 到 {self.told['last']} 这一组，开列时 {self.told['count']} 项，现在核对得 {self.count} 项，"
            "有增加、减少或改动。"
        )
