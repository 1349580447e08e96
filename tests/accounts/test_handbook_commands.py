"""The commands of the handbook's chapter 账号 are typed as they stand there, in their order, and do what it says."""

import re
import shlex
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.core.management import call_command

from dianping.accounts.models import User
from tests.factories import University

HANDBOOK = Path(site.BASE_DIR) / "docs" / "handbook"


def commands() -> list[list[str]]:
    """What stands in the blocks of the chapter, word by word."""
    text = (HANDBOOK / "administrator.md").read_text("utf-8")
    chapter = text.partition("\n## 账号\n")[2].partition("\n## ")[0]
    # A block between two lines of three backticks.
    blocks = re.findall(r"^```\n(.*?)^```$", chapter, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [
        shlex.split(line.removeprefix("./run manage ")) for line in lines if line.startswith("./run manage ")
    ]


@pytest.mark.django_db
def test_the_commands_of_the_chapter_do_what_it_says(
    university: University, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    User.objects.all().delete()
    typed = commands()
    assert {words[0] for words in typed} == {"activation_slips", "add_account", "change_account"}
    alone = [words for words in typed if words[0] != "activation_slips"]
    for words in alone:
        call_command(*words, stdout=StringIO())
    assert User.objects.get(username="shuji").person == university.people["祁文"]
    assert not User.objects.get(username="chayue").is_active
    for words in typed:
        if words[0] == "activation_slips":
            call_command(*words, stdout=StringIO())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["启用票.pdf", "文学院.pdf"]
