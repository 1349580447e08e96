"""What somebody does who owns the database and knows how the chain is made: the tail cut off, the whole written anew."""

import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from bench import measure

SAID = "没有说过的话"


def attacked(found: Any) -> None:
    """Every attack on a site as it stands, each taken back."""
    head_of = [_kept_file(found), _head_on_ledger(found), _backup()]
    for name, attack in (("the tail cut off", tail_cut), ("the whole chain written anew", rewritten)):
        with taken_back():
            heads = head_of if attack is rewritten else []
            attack(found, heads)
            judged(name, heads)
    for attack in (laundered, unnoticed, renumbered, middle_taken, digests_swapped):
        with taken_back():
            measure.verdict(f"{attack.__doc__}".rstrip("."), attack(found))


def judged(name: str, heads: list[list[str]]) -> None:
    """By itself the chain holds; with each of the heads kept elsewhere it does not."""
    alone = command("verify_audit")[0], command("verify_records")[0]
    measure.verdict(f"{name}: by the database alone nothing is to be seen {alone}", alone == (0, 0))
    for kept in heads:
        status, told = command("verify_audit", *kept)
        measure.verdict(
            f"{name}: found with {kept[0]} {Path(kept[1]).name[:24]}", status == 1 and "链首" in told
        )


def command(name: str, *given: str) -> tuple[int, str]:
    """Exit status and words of a command."""
    from django.core.management import call_command

    out = io.StringIO()
    try:
        call_command(name, *given, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def as_json() -> None:
    """verify_records --json: the shape, and the status."""
    status, told = command("verify_records", "--json")
    clean = json.loads(told)
    with taken_back():
        key = _spoil()
        broken_status, told = command("verify_records", "--json")
    broken = json.loads(told)
    measure.verdict(
        "verify_records --json: status 0 and no problems, 1 with the table, the id and words",
        (status, sorted(clean), clean["problems"], broken_status) == (0, ["checked", "problems"], [], 1)
        and [sorted(problem) for problem in broken["problems"]] == [["code", "id", "table", "what"]]
        and (broken["problems"][0]["table"], broken["problems"][0]["id"]) == ("reviews_review", key)
        and broken["checked"] == clean["checked"] > 0,
    )


# ---- heads kept elsewhere


def _elsewhere() -> str:
    """A folder that no attack touches; it goes with the bench's own."""
    from django.conf import settings

    return tempfile.mkdtemp(dir=settings.HOME)


def _kept_file(found: Any) -> list[str]:
    folder = _elsewhere()
    assert command("keep_head", "--to", folder)[0] == 0
    return ["--kept-in", f"{folder}/chain-head.txt"]


def _head_on_ledger(found: Any) -> list[str]:
    from dianping.base.windows import Window
    from dianping.ledgers.selectors import draw
    from dianping.ledgers.selectors.scope import LedgerScope
    from dianping.ledgers.services import with_head
    from tests.reviews.telling import NEW_YEAR

    sheet, _ = draw("reviews", LedgerScope(found.place.top, Window(NEW_YEAR, NEW_YEAR), NEW_YEAR))
    return ["--kept", with_head(sheet).notes[-1].rpartition("：")[2]]


def _backup() -> list[str]:
    folder = _elsewhere()
    assert command("back_up", "--to", folder)[0] == 0
    return ["--kept-in", str(next(Path(folder).glob("*/chain-head.txt")))]


# ---- attacks


def tail_cut(found: Any, heads: list[list[str]]) -> None:
    """Acts are done, heads are kept, and then the newest entries go with their digests and with all they did."""
    from tests import kept

    before = kept.rows()
    for _ in range(3):
        _honest(found)
    heads += [_kept_file(found), _head_on_ledger(found), _backup()]
    with unguarded():
        _put_back(before)


def rewritten(found: Any, _heads: list[list[str]]) -> None:
    """A review says something else, and every entry from the first on is made anew so that it fits."""
    from django.db import transaction

    from dianping.common.chain import GENESIS, digest_of
    from dianping.common.models import AuditEntry, AuditRecord
    from dianping.common.records.canonical import columns, record_digest, rows
    from dianping.common.records.lines import RECORDS, records_digest
    from dianping.reviews.models import Review

    with unguarded(), transaction.atomic():
        key = _spoil()
        names = [field.attname for field in columns(Review)]
        [(_, values)] = rows(Review, Review.objects.filter(pk=key).values_list(*names))
        line = AuditRecord.objects.filter(table="reviews_review", key=key).order_by("-pk")[0]
        AuditRecord.objects.filter(pk=line.pk).update(after=record_digest("reviews_review", values))
        prev = GENESIS
        for entry in AuditEntry.objects.order_by("seq"):
            if entry.vouches == line.number:
                lines = AuditRecord.objects.filter(number=line.number)
                told = records_digest(lines.values_list("table", "key", "before", "after"))
                entry.detail[RECORDS]["digest"] = told
            names = ["seq", "at", "actor", "acting_as", "act", "about", "path", "detail"]
            entry.prev = prev
            prev = entry.digest = digest_of(**{n: getattr(entry, n) for n in names}, prev=prev)
            AuditEntry.objects.filter(seq=entry.seq).update(
                detail=entry.detail, prev=entry.prev, digest=f"new {entry.digest[:50]}"
            )  # two entries may not share a digest on the way
            AuditEntry.objects.filter(seq=entry.seq).update(digest=entry.digest)


def laundered(found: Any) -> bool:
    """A change is not laundered by a later honest act on the same record: corrected, answered, opened again."""
    key = _spoil()
    _honest(found, key)
    return _named() == {("reviews_review", key)}


def unnoticed(found: Any) -> bool:
    """A change made while the triggers were dropped is found when they are laid again, and after an honest act."""
    from dianping.common.records import triggers

    triggers.drop_triggers()
    key = _spoil()
    triggers.lay_triggers()
    first = _named()
    _honest(found, key)
    return first == _named() == {("reviews_review", key)}


def renumbered(found: Any) -> bool:
    """Entries that changed places are found."""
    from dianping.common.models import AuditEntry

    last = AuditEntry.objects.order_by("-seq")[0].seq
    with unguarded():
        for old, new in ((last, -1), (last - 1, last), (-1, last - 1)):
            AuditEntry.objects.filter(seq=old).update(seq=new)
    return command("verify_audit")[0] == 1


def middle_taken(found: Any) -> bool:
    """Entries taken out of the middle, with their digests, are found though all later ones are renumbered."""
    from dianping.common.models import AuditEntry, AuditRecord

    with unguarded():
        middle = AuditEntry.objects.exclude(vouches=None).order_by("-seq")[4]
        taken = middle.seq
        AuditRecord.objects.filter(number=middle.vouches).delete()
        AuditEntry.objects.filter(seq=taken).delete()
        for seq in AuditEntry.objects.filter(seq__gt=taken).order_by("seq").values_list("seq", flat=True):
            AuditEntry.objects.filter(seq=seq).update(seq=seq - 1)
    return command("verify_audit")[0] == 1 and command("verify_records")[0] == 1


def digests_swapped(found: Any) -> bool:
    """Digests of one record that changed places are found, and digests put under another entry."""
    from dianping.common.models import AuditRecord

    key = _review()
    _honest(found, key)
    _honest(found, key)
    lines = list(AuditRecord.objects.filter(table="reviews_review", key=key).order_by("-pk")[:2])
    with unguarded():
        for old, new in ((lines[0].pk, -1), (lines[1].pk, lines[0].pk), (-1, lines[1].pk)):
            AuditRecord.objects.filter(pk=old).update(id=new)
        swapped = command("verify_records")[0]
        for old, new in ((lines[0].pk, -1), (lines[1].pk, lines[0].pk), (-1, lines[1].pk)):
            AuditRecord.objects.filter(pk=old).update(id=new)
        assert command("verify_records")[0] == 0
        AuditRecord.objects.filter(pk=lines[0].pk).update(number=lines[1].number)
    return swapped == command("verify_records")[0] == 1


def _review() -> int:
    from dianping.reviews.models import Review

    return int(Review.objects.filter(filed=True).order_by("pk")[0].pk)


def _spoil() -> int:
    """Put words into a review that nobody said; its key."""
    from django.db import connection

    key = _review()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_review SET evaluation = %s WHERE id = %s", [SAID, key])
    return key


def _honest(found: Any, key: int = 0) -> None:
    """A correction and an answer."""
    from dianping.reviews.models import Review
    from dianping.reviews.services import answer_review, correct_review
    from tests.reviews.telling import CLERK, NEW_YEAR, at

    review = Review.objects.get(pk=key) if key else Review.objects.filter(filed=True).order_by("pk")[1]
    by: dict[str, Any] = {"moment": at(NEW_YEAR), "actor": CLERK}
    changes = {"direction": f"{review.direction[:200]}，第 {review.version} 次更正。"}
    correct_review(review=review, changes=changes, why="笔误", version=review.version, **by)
    answer_review(review=Review.objects.get(pk=review.pk), text="收到。", on_behalf=True, **by)


def _named() -> set[tuple[str, int | None]]:
    from dianping.common.records.checking import check

    return {(fault.table, fault.key) for fault in check()[1]}


# ---- hands on the database


@contextmanager
def unguarded() -> Iterator[None]:
    """Every trigger is gone for a while; laid again, as if nothing had been."""
    from django.db import connection

    from dianping.common.records import triggers

    class _Editor:
        connection: Any

        @staticmethod
        def execute(statement: str) -> None:
            with connection.cursor() as cursor:
                cursor.execute(statement)

    _Editor.connection = connection
    guards = [import_module(f"dianping.common.migrations.{name}") for name in ("0001_tables", "0003_records")]
    for module in reversed(guards):
        module.remove(None, _Editor)
    triggers.drop_triggers()
    try:
        yield
    finally:
        for module in guards:
            module.add(None, _Editor)
        triggers.lay_triggers()


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is done and committed within is undone, row by row."""
    from tests import kept

    before = kept.rows()
    yield
    with unguarded():
        _put_back(before)
    assert kept.rows() == before


def _put_back(before: Any) -> None:
    from django.db import connection, transaction

    from tests import kept

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM common_auditentry")  # no digest may stand twice on the way
        for statement in kept._statements(kept.rows(), before):
            cursor.execute(statement)
