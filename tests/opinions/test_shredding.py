"""After an opening neither both papers nor any older copy of the database opens anything (decision 0039)."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from dianping.common.audit import SYSTEM, Operator
from dianping.common.clock import site_moment
from dianping.common.models import AuditEntry
from dianping.opinions.models import Box, Figure, Key, Poll, Saying, Slip, Slot, Stub
from dianping.opinions.rules import unpack
from dianping.opinions.services import (
    NotKept,
    OpenedBefore,
    confirm_papers_gone,
    count_boxes,
    destroy_box,
    ending,
    machine_key,
    opening,
    poll_faults,
)
from dianping.opinions.services.accounting import change, slip_digest, stub_digest
from dianping.opinions.services.machine_key import box_name, path_of, place_of
from dianping.opinions.services.sealing import new_key, read_key, unseal
from tests import factories
from tests.factories import University
from tests.opinions.polling import AFTER, Polling, acting, answer, choosing, poll_about, ready
from tests.refused import refused

pytestmark = pytest.mark.usefixtures("committed")  # what comes after the commit is what is tested


@pytest.fixture
def place(committed: None) -> University:
    return factories.university()


def filled(place: University, forms: int = 12) -> Polling:
    found = ready(place)
    for at, code in enumerate(found.codes[0][:forms]):
        answer(found, code, choosing(found.poll.sheet, 1, words=f"第{at}条：食堂窗口排队太久"))
    return found


def mark_of(poll: Poll) -> Path:
    return Path(settings.HOME) / "unbacked" / "opened" / box_name(poll)


def backup(poll: Poll) -> dict[Any, list[Any]]:
    """Every row of a box, as a copy of the database holds it."""
    return {model: list(model.objects.filter(poll=poll)) for model in (Box, Slot, Slip)}


def put_back(poll: Poll, kept: dict[Any, list[Any]], state: str = Poll.State.READY) -> None:
    """The database of before: the box is closed again, and nothing was released."""
    for model in (Figure, Saying, Stub):
        model.objects.filter(poll=poll).delete()
    for model, rows in kept.items():
        model.objects.bulk_create(rows)
    Poll.objects.filter(pk=poll.pk).update(state=state, opened_on=None, release_digest="", turnout={})
    entry = AuditEntry.objects.filter(act__in=("开箱", "销毁票箱")).last()
    assert entry is not None
    if connection.vendor == "postgresql":  # the chain of a real backup ends before the opening
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE common_auditentry DISABLE TRIGGER USER")
            cursor.execute("DELETE FROM common_auditentry WHERE seq >= %s", [entry.seq])
            cursor.execute("ALTER TABLE common_auditentry ENABLE TRIGGER USER")
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'common_auditentry'"
        )
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute("DELETE FROM common_auditentry WHERE seq >= %s", [entry.seq])
        for _, sql in triggers:
            cursor.execute(sql)


def rejoined(found: Polling, kept: dict[Any, list[Any]], machine: str) -> int:
    """How many slips the forms of a backup are joined to again, with both papers and what is known of the machine's key."""
    unit, superior = (read_key(found.keys[user.username]) for user in (found.unit, found.superior))
    third = read_key(machine) if machine else None
    assert unit
    assert superior
    slip_of = {slip.stub: slip.digest for slip in kept[Slip]}
    printed = {slip_digest(code) for codes in found.codes.values() for code in codes}
    right = 0
    for slot in kept[Slot]:
        packed = unseal(bytes(slot.envelope), poll=found.poll.pk, superior=superior, unit=unit, machine=third)
        try:
            form = unpack(found.poll.sheet, packed or b"")
        except ValueError:
            continue
        right += slip_of.get(stub_digest(found.poll.pk, form.stub)) in printed
    return right


def test_a_backup_and_both_papers_join_nothing_and_with_the_machine_s_key_everything(
    place: University,
) -> None:
    """The old fault is the control: where the third key is kept as well, all twelve are joined to their slips again."""
    found = filled(place)
    kept, secret = backup(found.poll), path_of(found.fresh()).read_text()
    found.open()
    assert rejoined(found, kept, secret) == 12, "the attack works"
    assert rejoined(found, kept, "") == 0
    left = [
        path.read_bytes()
        for path in Path(settings.HOME).rglob("*")
        if path.is_file() and "static" not in path.parts
    ]
    raw = read_key(secret)
    assert raw
    for form in (secret.encode(), raw.private_bytes_raw(), raw.private_bytes_raw().hex().encode()):
        assert not any(form in content for content in left)


def test_the_machine_s_key_lies_in_its_folder_only_readable_by_its_owner(place: University) -> None:
    found = filled(place, 1)
    path = path_of(found.fresh())
    assert path.relative_to(settings.HOME).as_posix() == place_of(found.poll)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not [one for one in path.parent.iterdir() if one.name.startswith(".")], "nothing half written"
    told = repr([list(model.objects.values_list()) for model in (Poll, Box, Key, AuditEntry)])
    assert path.read_text() not in told


def test_no_backup_of_the_handbook_takes_that_folder_along() -> None:
    text = Path("docs/handbook/administrator.md").read_text("utf-8")
    block = text.partition("## 备份与恢复")[2].partition("## ")[0]
    commands = "".join(block.split("```")[1::2])
    assert "unbacked" not in commands
    assert 'cp -a "$DIANPING_HOME" ' not in commands
    assert "unbacked" in block, "and it says so"


def test_after_the_opening_the_key_is_gone_and_a_mark_is_left(place: University) -> None:
    found = filled(place)
    path = path_of(found.fresh())
    opened = found.open()
    assert not path.exists()
    told = json.loads(mark_of(opened).read_text())
    assert told == {"poll": opened.pk, "release": opened.release_digest, "day": str(AFTER)}
    assert poll_faults(opened) == []


def test_a_destroyed_box_has_no_key_either(place: University) -> None:
    found = filled(place, 3)
    path = path_of(found.fresh())
    poll = destroy_box(poll=found.poll, why="", today=AFTER, actor=factories.ACTOR)
    assert not path.exists()
    assert mark_of(poll).exists()


def test_from_a_restored_backup_a_box_is_not_opened_again(place: University) -> None:
    """Without the key not at all; with a copy somebody kept of it, only when both say why, and it is told."""
    found = filled(place)
    kept, path = backup(found.poll), path_of(found.fresh())
    secret = path.read_text()
    found.open()
    put_back(found.poll, kept)
    faults = "".join(poll_faults(found.fresh()))
    assert "不见了" in faults
    assert "已经开过" in faults
    with refused("opinions.machine-key-missing"):
        found.open()
    with refused("opinions.machine-key-missing", kind=NotKept):
        _send_one_more(found)

    path.write_text(secret)
    for again in ("", "   "):
        with refused("opinions.opened-before", kind=OpenedBefore):
            found.open(again=again)
    opened = found.open(again="硬盘坏了，结果没有备份")
    assert opened.opened_again == "硬盘坏了，结果没有备份"
    entry = AuditEntry.objects.filter(act="开箱").last()
    assert entry is not None
    assert entry.detail["again"] == "硬盘坏了，结果没有备份"
    assert not path.exists()


def _send_one_more(found: Polling) -> None:
    """A slip that was not used yet in the backup."""
    slip = Slip.objects.filter(poll=found.poll).first()
    assert slip is not None
    Slip.objects.filter(pk=slip.pk).update(state=Slip.State.UNUSED)
    code = next(code for code in found.codes[0] if slip_digest(code) == slip.digest)
    try:
        answer(found, code)
    finally:
        Slip.objects.filter(pk=slip.pk).update(state=Slip.State.USED)


def test_a_first_opening_needs_no_reason_and_keeps_none(place: University) -> None:
    assert filled(place).open(again="随便写的").opened_again == ""


@pytest.mark.parametrize("how", ["missing", "empty", "another box's"])
def test_without_its_own_key_a_box_says_which_file_is_wanted(place: University, how: str) -> None:
    found = filled(place)
    path = path_of(found.fresh())
    secret = path.read_text()
    if how == "missing":
        path.unlink()
    else:
        path.write_text("" if how == "empty" else new_key().paper)
    with refused("opinions.machine-key-missing", match=place_of(found.poll)):
        found.open()
    path.write_text(secret)
    assert found.open().faults == []


def test_another_poll_of_the_same_number_is_not_taken_for_the_one_opened(place: University) -> None:
    """A restored database gives numbers out again."""
    found = filled(place)
    name = box_name(found.fresh())
    Key.objects.filter(poll=found.poll, side="unit").update(public=new_key().public)
    assert box_name(found.fresh()) != name


# ---- the machine stops in between


def test_stopped_before_the_commit_the_box_is_opened_again(
    place: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = filled(place)
    path = path_of(found.fresh())

    def stopped(poll: Poll) -> str:
        raise OSError

    monkeypatch.setattr(opening, "release_digest", stopped)
    with pytest.raises(OSError):  # noqa: PT011  # whatever stops it
        found.open()
    assert path.exists()
    assert not mark_of(found.poll).exists()
    monkeypatch.undo()
    assert found.open().state == Poll.State.OPENED


def left_behind(found: Polling, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The machine stopped after the commit, before the key was destroyed."""
    monkeypatch.setattr(ending, "mark_and_erase", lambda poll: None)
    path = path_of(found.fresh())
    found.open()
    monkeypatch.undo()
    assert path.exists()
    return path


def test_a_key_left_behind_is_told_and_destroyed_by_the_next_command(
    place: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = filled(place)
    path = left_behind(found, monkeypatch)
    assert any("还在" in fault for fault in poll_faults(found.fresh()))
    with pytest.raises(CommandError):
        call_command("check_boxes")
    count_boxes(moment=site_moment(), actor=SYSTEM)
    assert not path.exists()
    assert mark_of(found.poll).exists()
    assert poll_faults(found.fresh()) == []


def test_the_command_destroys_no_key_of_a_closed_box(place: University) -> None:
    found = filled(place, 1)
    count_boxes(moment=site_moment(), actor=SYSTEM)
    assert path_of(found.fresh()).exists()


@pytest.mark.parametrize("fails", ["fsync", "rename"])
def test_a_key_is_written_whole_or_there_is_no_box(
    place: University, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    found = poll_about(place)
    found.freeze()
    found.confirm()

    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    where: tuple[Any, str] = (os, "fsync") if fails == "fsync" else (Path, "rename")
    monkeypatch.setattr(*where, full)
    with pytest.raises(OSError, match="No space"):
        found.take_keys()
    monkeypatch.undo()
    assert not Box.objects.filter(poll=found.poll).exists()
    folder = Path(settings.HOME) / "unbacked" / "boxes"
    assert not [one for one in folder.glob(".*") if one.is_file()]
    found.take_keys()
    assert Box.objects.filter(poll=found.poll).exists()


def test_the_key_is_overwritten_before_it_is_unlinked(
    place: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = filled(place)
    path, seen = path_of(found.fresh()), list[bytes]()
    unlink: Callable[..., None] = Path.unlink

    def looked(self: Path, *given: Any, **more: Any) -> None:
        if self == path:
            seen.append(self.read_bytes())
        unlink(self, *given, **more)

    secret = path.read_bytes()
    monkeypatch.setattr(Path, "unlink", looked)
    found.open()
    assert len(seen[0]) == len(secret)
    assert seen[0] != secret


def test_a_key_taken_anew_leaves_one_file(place: University) -> None:
    found = poll_about(place)
    found.freeze()
    found.take_keys()
    first = path_of(found.fresh())
    found.take_keys()
    assert path_of(found.fresh()).exists()
    assert not first.exists()


# ---- boxes from before


def test_a_box_of_the_time_of_two_keys_still_opens(place: University) -> None:
    found = poll_about(place)
    found.freeze()
    found.take_keys()
    Poll.objects.filter(pk=found.poll.pk).update(machine_key="")
    box = Box.objects.get(poll=found.poll)
    Box.objects.filter(pk=box.pk).update(machine_key="")
    box.machine_key = ""
    change(box)
    found.issue()
    for code in found.codes[0]:
        answer(found, code)
    assert poll_faults(found.fresh()) == []
    kept = backup(found.poll)
    opened = found.open()
    assert opened.turnout["opened"] == 12
    assert mark_of(opened).exists()
    put_back(found.poll, kept)
    with refused(
        "opinions.opened-before", kind=OpenedBefore
    ):  # here the mark is all there is: the papers still fit
        found.open()


# ---- the papers


def test_both_custodians_say_together_that_the_papers_are_gone(place: University) -> None:
    found = filled(place)
    with refused("opinions.box-not-opened-yet"):
        confirm_papers_gone(poll=found.poll, today=AFTER, actor=acting(found.unit), witness="shangguan")
    found.open()
    for actor, witness in (
        (acting(found.unit), ""),
        (acting(found.unit), "wen"),
        (factories.ACTOR, "shangguan"),
    ):
        with refused("opinions.two-must-register"):
            confirm_papers_gone(poll=found.poll, today=AFTER, actor=actor, witness=witness)
    gone = confirm_papers_gone(poll=found.poll, today=AFTER, actor=acting(found.superior), witness="wen")
    assert (gone.papers_gone_on, gone.papers_gone_by) == (AFTER, "wen同志、shangguan同志")
    assert AuditEntry.objects.filter(act="销毁钥匙纸").count() == 1
    with refused("opinions.papers-already-gone"):
        confirm_papers_gone(poll=found.poll, today=AFTER, actor=acting(found.unit), witness="shangguan")


@pytest.mark.parametrize(("actor", "witness"), [("wen", ""), ("wen", "wen"), ("x", "shangguan"), ("x", "y")])
def test_nobody_opens_a_box_but_its_two_custodians(place: University, actor: str, witness: str) -> None:

    found = filled(place)
    with refused("opinions.two-must-open"):
        found.open(actor=Operator(actor), witness=witness)
    assert found.fresh().state == Poll.State.READY


def test_nothing_is_erased_where_nothing_lies(tmp_path: Path) -> None:
    machine_key.erase(tmp_path / "nothing")
