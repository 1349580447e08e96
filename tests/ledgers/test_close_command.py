"""close_ledgers: five forms in three formats, kept with their facts and hashes; safe to repeat."""

import hashlib
import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from dianping.common.audit import head
from dianping.common.models import AuditEntry
from dianping.ledgers.models import Issue
from tests.factories import University
from tests.reviews.telling import NEW_YEAR, duty_about, tell

KINDS = ("xlsx", "docx", "pdf")


@pytest.fixture
def told(opened: University, settings: Any) -> University:
    settings.STANDING_DAY = NEW_YEAR
    tell(duty_about(opened.letters_staff, "branch"))
    return opened


def close(out: Path, *more: str, period: str = "2011Q1") -> str:
    said = io.StringIO()
    call_command("close_ledgers", "--period", period, "--out", str(out), *more, stdout=said)
    return said.getvalue()


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_five_forms_in_three_formats(told: University, tmp_path: Path) -> None:
    said = close(tmp_path / "out")
    found = files(tmp_path / "out")
    assert len(found) == 15
    assert {name.rsplit(".", 1)[1] for name in found} == set(KINDS)
    assert all(name in said for name in found)
    assert not [line for line in said.splitlines() if not line.strip()]
    assert f"审计链首 {head()}" in said
    for name, content in found.items():
        assert content.startswith(b"%PDF" if name.endswith("pdf") else b"PK"), name


def test_what_is_kept_names_the_facts_and_the_hash_of_every_file(told: University, tmp_path: Path) -> None:
    close(tmp_path)
    found = files(tmp_path)
    assert Issue.objects.count() == 5
    kept = {name: digest for issue in Issue.objects.all() for name, digest in issue.files.items()}
    assert kept == {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}
    for issue in Issue.objects.all():
        plain = json.dumps(issue.facts, ensure_ascii=False, sort_keys=True).encode()
        assert issue.digest == hashlib.sha256(plain).hexdigest()
        assert (issue.opens, issue.due, issue.drawn_on) == (date(2011, 1, 1), date(2011, 3, 31), NEW_YEAR)
        entry = AuditEntry.objects.get(act="印发台账", about=f"issue:{issue.pk}")
        assert entry.detail["digest"] == issue.digest


@pytest.fixture
def one_head(monkeypatch: pytest.MonkeyPatch) -> None:
    """The head of the chain printed under each form stands still; it moves with every form that is issued."""
    monkeypatch.setattr("dianping.common.audit.head", lambda: "12:abcd")


@pytest.mark.usefixtures("one_head")
def test_twice_gives_the_same_bytes(told: University, tmp_path: Path) -> None:
    close(tmp_path / "a")
    close(tmp_path / "b")
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert Issue.objects.values_list("digest", flat=True).distinct().count() == 5


def test_the_head_of_the_chain_stands_under_every_form(told: University, tmp_path: Path) -> None:
    from docx import Document

    before = head()
    close(tmp_path, "--format", "docx")
    texts = [
        "\n".join(p.text for p in Document(str(path)).paragraphs) for path in sorted(tmp_path.glob("*.docx"))
    ]
    assert f"印出时的审计链首：{before}" in texts[0]
    assert all("印出时的审计链首：" in text for text in texts)


@pytest.mark.usefixtures("one_head")
def test_twice_into_the_same_folder_is_safe(told: University, tmp_path: Path) -> None:
    close(tmp_path)
    first = files(tmp_path)
    close(tmp_path)
    assert files(tmp_path) == first


def test_only_the_formats_asked_for(told: University, tmp_path: Path) -> None:
    close(tmp_path, "--format", " xlsx , pdf")
    assert {name.rsplit(".", 1)[1] for name in files(tmp_path)} == {"xlsx", "pdf"}


@pytest.mark.parametrize(
    "period",
    [
        "2011Q5",
        "2011Q0",
        "今年",
        "",
        "2011-13",
        "2011H3",
        "2011-02-30..2011-03-01",
        "2011-03-01..2011-02-01",
        "99999999999Q1",
    ],
)
def test_a_period_that_is_none_is_wrong_use(told: University, tmp_path: Path, period: str) -> None:
    with pytest.raises(CommandError) as no:
        close(tmp_path, period=period)
    assert no.value.returncode == 2
    assert "期间写的是" in str(no.value)
    assert not Issue.objects.exists()


@pytest.mark.parametrize("kinds", ["doc", "", "pdf,exe", ","])
def test_a_format_that_is_none_is_wrong_use(told: University, tmp_path: Path, kinds: str) -> None:
    with pytest.raises(CommandError) as no:
        close(tmp_path, "--format", kinds)
    assert no.value.returncode == 2
    assert not list(tmp_path.iterdir())


def test_an_organisation_that_is_none_is_refused(told: University, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有代码为") as no:
        close(tmp_path, "--organisation", "NONE")
    assert no.value.returncode == 1


def test_a_folder_that_cannot_be_made_is_refused_in_words(told: University, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file stands here")
    with pytest.raises(CommandError):
        close(tmp_path / "taken")


def test_the_exit_code_reaches_the_shell(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    env = {"DIANPING_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    subprocess.run(
        [sys.executable, "manage.py", "migrate"], cwd=root, env=env, capture_output=True, check=True
    )
    ran = subprocess.run(
        [sys.executable, "manage.py", "close_ledgers", "--period", "never", "--out", str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env=env,
    )
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert "期间写的是" in ran.stderr


def test_the_ledger_of_one_branch_holds_that_branch_alone(told: University, tmp_path: Path) -> None:
    tell(duty_about(told.sciences_staff, "branch"), evaluation="〖别的支部〗")
    close(tmp_path, "--organisation", told.letters_staff.code, "--format", "xlsx")
    for issue in Issue.objects.all():
        assert issue.organisation == told.letters_staff
        assert "〖别的支部〗" not in json.dumps(issue.facts, ensure_ascii=False)
