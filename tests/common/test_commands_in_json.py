"""A command asked with --json answers in JSON when it is refused as well, and ends with another status than 0."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, get_commands, load_command_class
from django.core.management.base import BaseCommand

from dianping.base.coded import CodedFault
from dianping.common.leaving import CannotGoOn, leave
from dianping.common.refusal import Refusal

OURS = {name: app for name, app in get_commands().items() if app.startswith("dianping.")}
COMMANDS: dict[str, BaseCommand] = {name: load_command_class(app, name) for name, app in OURS.items()}
WITHOUT_REFUSALS = {"serve"}  # it ends on what the machine lacks


def takes_json(command: BaseCommand) -> bool:
    parser = command.create_parser("manage.py", "x")
    return any("--json" in action.option_strings for action in parser._actions)


IN_JSON = sorted(name for name, command in COMMANDS.items() if takes_json(command))


def test_every_command_speaks_its_refusals() -> None:
    assert len(IN_JSON) >= 7
    silent = [name for name, command in COMMANDS.items() if not hasattr(command.handle, "__wrapped__")]
    assert set(silent) == WITHOUT_REFUSALS


@pytest.mark.parametrize("name", IN_JSON)
@pytest.mark.parametrize(
    "no",
    [Refusal("没有。", code="orgs.dissolved", remedy="请看。"), CodedFault("没有。", code="files.empty")],
)
def test_a_refused_command_answers_in_json(
    name: str, no: Refusal | CodedFault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a command does is put aside for a refusal; what stands round it is the command's own."""

    def refuse(*_: Any, **__: Any) -> None:
        raise no

    speak: Any = type(COMMANDS[name]).handle
    (inner,) = [cell for cell in speak.__closure__ if cell.cell_contents is speak.__wrapped__]
    monkeypatch.setattr(inner, "cell_contents", refuse)
    command, out = load_command_class(OURS[name], name), io.StringIO()
    command.stdout._out = out
    with pytest.raises(CommandError) as ended:
        command.handle(json=True)
    assert ended.value.returncode == 1
    assert json.loads(out.getvalue()) == {
        "refused": no.code,
        "sentence": "没有。",
        "remedy": getattr(no, "remedy", ""),
    }


def test_a_command_that_cannot_go_on_says_so_in_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["manage.py", "coverage", "--json"])
    with pytest.raises(SystemExit) as ended:
        leave(CannotGoOn("没有站点。", "There is no site.", code="site.not-there"))
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert json.loads(told.out) == {"refused": "site.not-there", "sentence": "没有站点。", "remedy": ""}
    assert "There is no site." in told.err
