"""What the audit chain over records finds when somebody who has the database changes it, and that it blames nobody else.

    ./run python bench/tampering.py [--changes 300] [--sites 100] [--kills 20] [--scale full] [--database postgres://…/tampering]

On a site with rows in every covered table (full: beside the sample university of 4,278 members) single random changes are made by
SQL, one at a time: any column of any covered table, rows taken away, put in, renumbered. `verify_records` is asked, the change is
taken back. Then the chain itself is attacked: its tail cut off with all it did, the whole written anew, entries and digests
moved, triggers dropped and laid again. Then other sites are told at random by honest acts (tests/flows/every_act.py), refused
and broken off among them, and one is killed in the middle of its acts. Bars: every change found under the right table and row (a
duty nobody has touched since its set was written: under its set); what leaves no trace in the database found with each head kept
elsewhere; no honest site blamed.
"""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from time import sleep
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench import measure, stage, tampered, tampered_chain, tampered_site

SET = re.compile(r"编号 (\d+) 到 (\d+) 这一组")
ACTS = """
import django; django.setup()
from datetime import date
from itertools import count
from dianping.common.audit import Operator
from dianping.demo.sample import at
from dianping.reviews.models import Review
from dianping.reviews.services import answer_review, correct_review
keys = list(Review.objects.filter(filed=True).values_list("pk", flat=True))
by = {"moment": at(date(2011, 1, 5), 10), "actor": Operator("bench")}
print("ready", flush=True)
for number in count():
    review = Review.objects.get(pk=keys[number % len(keys)])
    changes = {"direction": f"第 {review.version} 次更正。"}
    correct_review(review=review, changes=changes, why="笔误", version=review.version, **by)
    answer_review(review=Review.objects.get(pk=review.pk), text="收到。", on_behalf=True, **by)
"""


def main() -> None:
    """Changes, the chain, honest sites, kills."""
    parser = stage.arguments(__doc__ or "")
    parser.add_argument("--changes", type=int, default=300)
    parser.add_argument("--sites", type=int, default=100)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=48)
    given = parser.parse_args()
    with stage.prepared(given) as here, tampered_site.tests_at_hand():
        print(
            f"{here.name}: {given.changes} changes, {given.sites} sites, {given.kills} kills, seed {given.seed}"
        )
        found = tampered_site.build(sample=given.scale == "full")
        if given.changes:
            whole_checks()
            single_changes(given.changes, Random(given.seed))
            tampered_chain.as_json()
            tampered_chain.attacked(found)
        if given.kills:
            killed(given.kills)
        if given.sites:
            with stage.beside(here, "honest") as site, site.in_use():
                honest(given.sites, given.seed)
        measure.ended()


def whole_checks() -> None:
    """What one check of everything takes, before anything is changed."""
    from dianping.common import audit
    from dianping.common.models import AuditEntry, AuditRecord
    from dianping.common.records.checking import check

    checked, faults = check()
    costs = [measure.cost(check) for _ in range(5)]
    print(
        f"one whole check: {checked} records, {AuditRecord.objects.count()} digests, {AuditEntry.objects.count()} entries:"
        f" {measure.spread([c.processor for c in costs])} s of processor time, {measure.spread([c.wall for c in costs])} s"
    )
    measure.verdict(f"before anything is changed: {faults[:3]}", not faults and not audit.verify())


def single_changes(number: int, chance: Random) -> None:
    """Every table in turn, so often as it takes."""
    from dianping.common.records.checking import check
    from dianping.common.records.registry import covered_models

    models = tampered.covered_with_rows()
    empty = sorted(set(covered_models()) - {model._meta.db_table for model in models})
    how, missed, elsewhere = Counter[str](), list[Any](), Counter[str]()
    tables, columns = Counter[str](), set[tuple[str, str]]()
    for at in range(number):
        with tampered.made(models[at % len(models)], chance) as change:
            faults = check()[1]
            right = named(change, faults)
        kind = change.how if change.how in ("removed", "added", "renumbered") else "column"
        tables[change.table] += 1
        how[kind] += 1
        columns |= {(change.table, change.how)} if kind == "column" else set()
        if not faults or not right:
            missed.append((change, faults[:3]))
        how["named by the set"] += right == "set"
        elsewhere.update({f.table for f in faults if f.table != change.table})
    print(
        f"{number} changes of {len(tables)} tables, {min(tables.values())} to {max(tables.values())} each, of"
        f" {len(columns)} different columns: {dict(how)}; other tables named too: {dict(elsewhere)}; tables without rows: {empty}"
    )
    measure.verdict(
        f"found under the right table and row: {number - len(missed)} of {number} {missed[:5]}", not missed
    )


def named(change: tampered.Change, faults: list[Any]) -> str:
    """How a change is named: by its row, by its set, or not at all ("")."""
    for fault in faults:
        if fault.table == change.table and fault.key in change.keys:
            return "row"
    for fault in faults:
        span = SET.search(fault.what) if fault.table == change.table and fault.key is None else None
        if span and int(span[1]) <= change.key <= int(span[2]):
            return "set"
    return ""


def killed(times: int) -> None:
    """A process that does one act after the other is killed at moments of chance."""
    from dianping.common import audit
    from dianping.common.models import AuditEntry
    from dianping.common.records.checking import check

    chance, before, wrong = Random(12), AuditEntry.objects.count(), list[Any]()
    for _ in range(times):
        process = subprocess.Popen(
            [sys.executable, "-c", ACTS],
            cwd=stage.ROOT,
            env=os.environ | {"PYTHONPATH": str(stage.ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout and process.stdout.readline() == "ready\n"
        sleep(chance.uniform(0.02, 0.3))
        process.kill()
        process.wait()
        wrong += [*check()[1], *audit.verify()]
    print(f"{times} kills; {AuditEntry.objects.count() - before} entries written meanwhile")
    measure.verdict(f"blamed after a kill: {wrong[:3]}", not wrong)


def honest(sites: int, seed: int) -> None:
    """The bar: nobody is blamed. A story whose records do not stand as the chain says ends this."""
    from tests.flows.every_act import EveryAct
    from tests.flows.telling import STEPS, told

    try:
        done = told(EveryAct, stories=sites, seeded=seed)
    except AssertionError as blamed:
        measure.verdict(f"honest sites blamed: {blamed}", False)
        return
    kinds = {name.removesuffix(", refused") for name in done}
    print(
        f"{sites} honest sites of up to {STEPS} steps: {sum(done.values())} acts of {len(kinds)} kinds,"
        f" {sum(n for name, n in done.items() if name.endswith(', refused'))} refused,"
        f" {done.get('ended in the middle', 0)} broken off"
    )
    print(", ".join(f"{name} {number}" for name, number in done.items()))
    measure.verdict(f"honest sites blamed: 0 of {sites}", True)


if __name__ == "__main__":
    main()
