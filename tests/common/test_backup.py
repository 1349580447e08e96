"""A backup is whole and checked, has the head of the chain beside it, and never the keys."""

import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from dianping.common import audit
from dianping.common.acts import acting
from dianping.common.backup import HEAD_FILE, back_up, keep_head, kept_heads
from dianping.common.clock import site_moment
from dianping.common.keeping import keep_content
from dianping.common.rights import unasked
from dianping.notices.models import Attachment, Notice
from tests.factories import ACTOR, LONG_AGO, organisation
from tests.refused import refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(tmp_path: Path, settings: object, committed: None) -> Path:
    """A data folder with a file of each kind, keys, and what must never be backed up."""
    for name in ("notices/one", "evidence/two", "keys/session", "unbacked/boxes/1", "uploads/who/three"):
        path = tmp_path / "home" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    settings.HOME = tmp_path / "home"  # type: ignore[attr-defined]
    with acting():
        unasked(ACTOR, because="a test tells")
        audit.record(actor=ACTOR, act="测试", about="site")
    return tmp_path


def test_a_backup_holds_the_database_the_files_and_the_head(home: Path) -> None:
    made = back_up(folder=home / "backups", moment=site_moment())
    assert {"notices", "evidence", HEAD_FILE} < set(made.names)
    assert kept_heads(made.folder / HEAD_FILE) == [audit.head()]
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(made.folder / "dianping.sqlite3")) as copy:
            assert copy.execute("SELECT act FROM common_auditentry").fetchall() == [("测试",)]
    else:
        assert (made.folder / "dianping.dump").read_bytes().startswith(b"PGDMP")


def test_neither_keys_nor_what_must_not_be_backed_up_is_in_it(home: Path) -> None:
    made = back_up(folder=home / "backups", moment=site_moment())
    inside = {path.name for path in made.folder.rglob("*")}
    assert not inside & {"keys", "session", "unbacked", "boxes", "uploads", "three"}


def test_nobody_else_reads_it(home: Path) -> None:
    made = back_up(folder=home / "backups", moment=site_moment())
    for path in [made.folder, *made.folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


@pytest.mark.parametrize("damage", ["exchanged", "gone"])
def test_a_file_that_is_not_what_was_kept_is_named_and_the_rest_is_backed_up(home: Path, damage: str) -> None:
    files = [
        keep_content(words, name=f"{words.decode()}.txt", folder="notices") for words in (b"one", b"two")
    ]
    place = organisation("云岭大学党委", "党委")
    with acting():
        notice = Notice.objects.create(
            organisation=place, path=place.path, title="通知", entered_on=LONG_AGO, text="文", digest="0" * 64
        )
        rows = [Attachment.objects.create(notice=notice, name=f.name, digest=f.digest, size=3) for f in files]
        unasked(ACTOR, because="a test tells")
        audit.record(actor=ACTOR, act="登记文件", about=f"notice:{notice.pk}")
    said = StringIO()
    call_command("back_up", "--to", str(home / "sound"), stdout=said)
    assert "不符" not in said.getvalue()
    lying = home / "home" / "notices" / files[1].digest
    if damage == "gone":
        lying.unlink()
    else:
        lying.write_bytes(b"forged")
    said = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("back_up", "--to", str(home / "damaged"), stdout=said)
    assert end.value.code == 1
    assert f"附件 {rows[1].pk}《two.txt》" in said.getvalue()
    assert "1 处文件不是登记时的" in said.getvalue()
    assert "one.txt" not in said.getvalue()
    (made,) = (home / "damaged").iterdir()
    assert (made / "notices" / files[0].digest).read_bytes() == b"one"
    assert (made / HEAD_FILE).exists()


def test_a_second_one_in_the_same_second_takes_the_place_of_none(home: Path) -> None:
    moment = site_moment()
    first = back_up(folder=home / "backups", moment=moment)
    (first.folder / "mark").write_text("first")
    with refused("backup.not-written"):
        back_up(folder=home / "backups", moment=moment)
    assert (first.folder / "mark").read_text() == "first"


def test_what_cannot_be_written_leaves_nothing(home: Path) -> None:
    (home / "file").write_text("no folder")
    with refused("backup.not-written"):
        call_command("back_up", "--to", str(home / "file"), stdout=StringIO())
    assert (home / "file").read_text() == "no folder"


def test_kept_heads_show_a_tail_cut_off(home: Path) -> None:
    for day in range(3):
        with acting():
            unasked(ACTOR, because="a test tells")
            audit.record(actor=ACTOR, act="测试", about="site")
        (home / "heads").mkdir(exist_ok=True)
        keep_head(folder=home / "heads", moment=site_moment() + timedelta(days=day))
    said = StringIO()
    call_command("verify_audit", "--kept-in", str(home / "heads" / HEAD_FILE), stdout=said)
    assert "完整" in said.getvalue()
    with (home / "heads" / HEAD_FILE).open("a") as file:
        file.write("2011-01-05T00:00:00+08:00 99:ffff\n")
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_audit", "--kept-in", str(home / "heads" / HEAD_FILE), stdout=said)
    assert "尾部被截去" in said.getvalue()


def verify_audit(*words: str) -> tuple[int, str]:
    """The exit code and what was said."""
    said, code = StringIO(), 0
    try:
        call_command("verify_audit", *words, stdout=said)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, said.getvalue()


def test_a_later_line_takes_no_earlier_one_back(home: Path) -> None:
    """Whoever rewrites the chain adds, to a file that can only be added to, a line for every number in it."""
    head = audit.head()
    wrong = f"{head.partition(':')[0]}:{7:064}"
    files = []
    (home / "wrong").mkdir()
    for name, told in (("one", [wrong, head]), ("two", [head, wrong]), ("three", [head, head])):
        (home / name).mkdir()
        for one in told:
            files.append(keep_head(folder=home / name, moment=site_moment(), head=one))
    for path in files[0], files[2]:
        code, said = verify_audit("--kept-in", str(path))
        assert (code, "2 个不同的摘要" in said) == (1, True)
    assert verify_audit("--kept-in", str(files[4]))[0] == 0
    keep_head(folder=home / "wrong", moment=site_moment(), head=wrong)
    wrongly = str(home / "wrong" / HEAD_FILE)
    assert verify_audit("--kept-in", wrongly, "--kept-in", str(files[4]))[0] == 1
    assert verify_audit("--kept-in", str(files[4]), "--kept-in", wrongly)[0] == 1
    assert verify_audit("--kept", wrong, "--kept", head)[0] == 1
    assert verify_audit("--kept", wrong, "--kept-in", str(files[4]))[0] == 1
    assert verify_audit("--kept", head, "--kept-in", str(files[4]))[0] == 0


def test_a_file_without_heads_is_refused(home: Path) -> None:
    (home / "wrong").write_text("不是链首\n")
    with refused("backup.heads-missing"):
        call_command("verify_audit", "--kept-in", str(home / "wrong"), stdout=StringIO())


@pytest.mark.parametrize(
    "words", [["keep_head", "--to", "/no/such/folder"], ["verify_audit", "--kept", "nonsense"]]
)
def test_a_folder_that_is_not_there_and_a_head_that_is_none_are_wrong_use(words: list[str]) -> None:
    """An unmounted disk is not made up for by a folder on this one, nor a typing error by an alarm."""
    with pytest.raises(CommandError, match="没有“/no/such/folder”这个文件夹|“nonsense”不是链首") as no:
        call_command(*words)
    assert no.value.returncode in (1, 2)
    assert not Path("/no/such/folder").exists()
