"""A kept file is what its hash says: nobody is given other bytes, and whoever checks is told which record names them."""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import Model

import dianping
from dianping.acts import notice_files
from dianping.common import keeping
from dianping.common.backup import FOLDERS
from dianping.common.models import AuditEntry
from dianping.common.records.checking import check
from dianping.common.records.files import kept_in
from dianping.common.records.registry import coverage_of
from dianping.notices.models import Attachment
from dianping.rectification.models import Evidence
from dianping.rectification.services import evidence
from tests import kept
from tests.pages.conftest import Stage
from tests.taken_in import take_in

pytestmark = pytest.mark.django_db

PACKAGE = Path(dianping.__file__).parent
# Columns as wide as a SHA-256 that name no file of the data folder, and what they hold. A roster is kept nowhere.
OTHER_DIGESTS = {
    "accounts.ActivationSlip.digest": "a keyed digest of a code",
    "accounts.KnownPlace.place": "a keyed digest of an address",
    "accounts.TryCount.key": "a keyed digest of an account, an address or both",
    "common.AuditEntry.digest": "the chain",
    "common.AuditEntry.prev": "the chain",
    "common.AuditRecord.after": "a record",
    "common.AuditRecord.before": "a record",
    "common.FormKey.digest": "what a form held",
    "common.FormKey.key": "a form's number",
    "common.KeyMark.digest": "a key",
    "ledgers.Issue.digest": "the facts of a ledger",
    "notices.Notice.digest": "the text beside it",
    "opinions.Box.machine_key": "a key",
    "opinions.Box.mark": "what the site's key makes of a box's sum",
    "opinions.Box.sum": "a box's sum",
    "opinions.Box.superior_key": "a key",
    "opinions.Box.unit_key": "a key",
    "opinions.Key.public": "a key",
    "opinions.PaperEntry.digests": "a paper form",
    "opinions.Poll.electorate_digest": "a list of names",
    "opinions.Poll.form_digest": "a form",
    "opinions.Poll.machine_key": "a key",
    "opinions.Poll.release_digest": "what was released",
    "opinions.Slip.digest": "a code",
    "opinions.Slip.stub": "a stub's code",
    "orgs.Person.fingerprint": "an identity number",
    "orgs.RosterTaken.digest": "a workbook that is not kept",
    "programmes.Adoption.digest": "the programme's text",
    "reviews.Draw.digest": "a draw",
    "reviews.Draw.own_seal": "a seed",
    "reviews.Draw.previous": "a draw",
    "reviews.Draw.superior_seal": "a seed",
    "reviews.Occasion.lot": "a seed",
}


@pytest.fixture
def site(stage: Stage) -> Iterator[Stage]:
    take_in()
    yield stage
    for folder in {file.folder for file in kept_in().values()}:
        for path in (
            Path(settings.HOME) / folder
        ).iterdir():  # what is no plain file must not meet the next test
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink()


def lying(row: Any) -> Path:
    return Path(settings.HOME) / kept_in()[row._meta.db_table].folder / row.digest


def named(site: Stage) -> list[tuple[Any, str, str]]:
    """Every kind of row that names a file, where it is served, and what entries call it."""
    shown, letter = site.own.shown, site.own.attachment
    return [
        (shown, f"/rectification/{site.own.dated.pk}/file/{shown.pk}/", f"item:{site.own.dated.pk}"),
        (letter, f"/notices/file/{letter.pk}/", f"notice:{letter.notice_id}"),
    ]


def exchange(path: Path) -> None:
    path.write_bytes(b"forged proof")


def shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def another(path: Path) -> None:
    """Through a link, as good as by hand."""
    path.unlink()
    (path.parent / "elsewhere").write_bytes(b"forged proof")
    path.symlink_to(path.parent / "elsewhere")


DAMAGES = {
    exchange: "被换过或者坏了",
    shorten: "被换过或者坏了",
    Path.unlink: "不在了",
    pipe: "不是普通文件",
    another: "被换过或者坏了",
    Path.mkdir: "",
}


# ---- which columns


def test_every_column_that_names_a_kept_file_is_known() -> None:
    """Whoever adds a column as wide as a SHA-256 says here, or on the model, what it is the digest of."""
    wide = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("dianping.")
        for field in model._meta.concrete_fields
        if getattr(field, "max_length", None) == 64 or "digest" in field.name
    }
    files = {f"{label(table)}.{file.column}" for table, file in kept_in().items()}
    assert files == {
        "notices.Attachment.digest",
        "rectification.Enclosure.digest",
        "rectification.Evidence.digest",
    }
    assert sorted(wide - files - set(OTHER_DIGESTS)) == []
    assert sorted(set(OTHER_DIGESTS) - wide) == []


def label(table: str) -> str:
    return next(m._meta.label for m in apps.get_models() if m._meta.db_table == table)


def test_no_row_of_another_table_names_a_file_there_is(site: Stage) -> None:
    """By what stands in the rows: whatever lies in a folder of kept files is named by a column that is known."""
    there = [
        path
        for folder in {f.folder for f in kept_in().values()}
        for path in (Path(settings.HOME) / folder).iterdir()
    ]
    assert there
    told_of = {"common_auditentry", "common_touched"}
    for path in there:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
        tables = {
            table for table, rows in kept.rows().items() if any(path.name in row for row in rows.values())
        }
        assert tables - told_of, path
        assert tables - told_of <= set(kept_in()), path


def test_whatever_is_kept_is_kept_in_a_folder_that_a_model_names_and_that_is_backed_up() -> None:
    folders = {file.folder for file in kept_in().values()}
    assert {evidence.FOLDER, notice_files.FOLDER} == folders
    assert folders < set(FOLDERS)
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        how = coverage_of(model) if model.__module__.startswith("dianping.") else None
        assert ({"name", "digest", "size"} <= names) == bool(getattr(how, "file", None)), model


def test_a_kept_file_is_opened_where_its_bytes_are_looked_at_and_nowhere_else() -> None:
    opening = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if re.search(r"kept_path\(|FileResponse\(", path.read_text("utf-8"))
    }
    assert opening == {
        "common/keeping.py",
        "acts/notice_files.py",  # its text, just after it was kept
        "pages/rectification/views/enclosing.py",
        "pages/rectification/views/items.py",
        "pages/notices/views/notices.py",
    }
    for name in ("rectification/views/items", "rectification/views/enclosing", "notices/views/notices"):
        text = (PACKAGE / f"pages/{name}.py").read_text("utf-8")
        assert text.count("FileResponse(") == text.count("= kept_file(") == 1


# ---- served


def test_a_sound_file_is_served_whole(site: Stage) -> None:
    for row, address, _ in named(site):
        answer = site.clients["ning"].get(address)
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert hashlib.sha256(content).hexdigest() == row.digest
        assert int(answer["Content-Length"]) == len(content) == row.size


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_other_bytes_are_not_given_out_but_told_of_and_entered(site: Stage, damage: Any) -> None:
    for row, address, about in named(site):
        path = lying(row)
        if damage is Path.mkdir:
            path.unlink()
        damage(path)
        before = AuditEntry.objects.count()
        answer = site.clients["ning"].get(address)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Content-Disposition" not in answer.headers
        assert f"《{row.name}》（{row._meta.verbose_name} {row.pk}）" in page
        assert DAMAGES[damage] in page
        assert f"{path.parent.name}/{row.digest[:12]}" in page
        assert "备份" in page
        (entry,) = AuditEntry.objects.order_by("seq")[before:]
        assert (entry.act, entry.actor, entry.about) == ("文件不符", "ning", about)
        assert (entry.detail["table"], entry.detail["id"]) == (row._meta.db_table, row.pk)
        assert site.clients["bian"].get(address).status_code == 404
        assert AuditEntry.objects.count() == before + 1


def test_a_file_is_read_outside_of_any_transaction(site: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    outside, inside, plain = len(connection.savepoint_ids), [], keeping._digest_of

    def looked(file: Any) -> str:
        inside.append(len(connection.savepoint_ids) > outside)
        return plain(file)

    monkeypatch.setattr(keeping, "_digest_of", looked)
    for row, address, _ in named(site):
        list(site.clients["ning"].get(address).streaming_content)  # type: ignore[attr-defined]
        exchange(lying(row))
        site.clients["ning"].get(address)
    assert inside == [False] * 4


# ---- checked


def faults(**how: bool) -> list[tuple[str, int | None]]:
    return [(fault.table, fault.key) for fault in check(**how)[1]]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_each_row_whose_file_is_another_is_named(site: Stage, damage: Any) -> None:
    assert faults() == []
    wanted: list[tuple[str, int | None]] = []
    for row, _, _ in named(site):
        path, model = lying(row), type(row)
        if damage is Path.mkdir:
            path.unlink()
        damage(path)
        keys = model._default_manager.filter(digest=row.digest).order_by("pk").values_list("pk", flat=True)
        wanted += [(model._meta.db_table, key) for key in keys]
    found = check()[1]
    assert sorted((fault.table, fault.key or 0) for fault in found) == sorted(wanted)
    assert all(DAMAGES[damage] in fault.what for fault in found)
    assert faults(files=False) == []


def test_two_rows_that_name_one_file_are_both_named(site: Stage) -> None:
    copy = Attachment.objects.get(pk=site.own.attachment.pk)
    copy.pk, copy.name = None, "同一份.txt"
    copy.save()
    take_in()
    assert faults() == []
    exchange(lying(copy))
    assert {("notices_attachment", copy.pk), ("notices_attachment", site.own.attachment.pk)} <= set(faults())


def test_the_command_reads_files_unless_told_not_to(site: Stage) -> None:
    exchange(lying(site.own.shown))
    said = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify_records", "--json", stdout=said)
    (problem,) = json.loads(said.getvalue())["problems"]
    assert end.value.code == 1
    assert set(problem) == {"table", "id", "what", "code"}
    assert (problem["table"], problem["id"]) == ("rectification_evidence", site.own.shown.pk)
    assert site.own.shown.name in problem["what"]
    said = StringIO()
    call_command("verify_records", "--without-files", "--json", stdout=said)
    assert json.loads(said.getvalue())["problems"] == []


def test_the_page_reads_files_while_they_are_few_and_says_where_it_did_not(
    site: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    auditor = site.clients["auditor"]
    assert "所附的文件逐个读过" in auditor.post("/audit/").content.decode()
    exchange(lying(site.own.shown))
    page = auditor.post("/audit/").content.decode()
    assert "核对有 1 处不符" in page
    assert f"佐证材料 {site.own.shown.pk}" in page
    monkeypatch.setattr("dianping.acts.chain.FILES_AT_A_PRESS", 3)
    page = auditor.post("/audit/").content.decode()
    assert "核对相符" in page
    assert "逐个读过" not in page
    assert "在页面上没有读" in page


def test_a_file_is_read_once_however_many_rows_name_it(site: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    read, plain = [], keeping._digest_of
    monkeypatch.setattr(keeping, "_digest_of", lambda file: read.append(1) or plain(file))
    models: tuple[type[Model], ...] = (Attachment, Evidence)
    check()
    assert len(read) == sum(len(set(m._default_manager.values_list("digest", flat=True))) for m in models)
