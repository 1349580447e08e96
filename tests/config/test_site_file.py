"""One settings file, read by every command; what it says is understood or refused with its line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dianping.common.leaving import CannotGoOn
from dianping.config.options import OPTIONS
from dianping.config.site_file import NAME, settings_found, write_settings
from tests.config.site import ROOT, environment

WRONG = {
    "databse = ''": "database",
    "Port = 8000": "port",
    "[database]\nname = 'x'": "database",
    "[databases]\nname = 'x'": "database",
    "a.b = 1": "没有“a”",
    "database = 'mysql://u@h/n'": "postgres://",
    "database = 3": "database",
    "bind = 'here'": "127.0.0.1",
    "port = 0": "65535",
    "port = '80a'": "65535",
    "port = true": "65535",
    "processes = -1": "64",
    "processes = 1.5": "整数",
    "hosts = 'a'\nhosts = 'b'": "写法不对",
    "hosts = 3": "列表",
    "hosts = [3]": "文字",
    "origins = ['dp.example.cn']": "https://",
    "address = 'dp.example.cn'": "https://",
    "https = 'maybe'": "true",
    "proxy = 'nginx'": "127.0.0.1",
    "password_rules = 'strict'": "gbt22239",
    "port 8000": "写法不对",
    "port = ": "写法不对",
}


def found(home: Path, text: str, **environ: str) -> dict[str, object]:
    (home / NAME).write_text(text, "utf-8")
    return dict(settings_found(home, environ))


@pytest.mark.parametrize("text", WRONG)
def test_what_is_not_understood_is_refused_with_its_line(text: str, tmp_path: Path) -> None:
    with pytest.raises(CannotGoOn) as no:
        found(
            tmp_path,
            f"# a remark\n\nbind = '127.0.0.1'\n{text}\n".replace("bind", "#", text.startswith("bind")),
        )
    assert WRONG[text] in no.value.chinese
    assert "行" in no.value.chinese
    assert any(f"第 {line} 行" in no.value.chinese for line in (4, 5)), no.value.chinese
    assert "line" in no.value.english


def test_every_option_has_a_wrong_value_above_and_what_is_written_is_read_back(tmp_path: Path) -> None:
    assert {option.word for option in OPTIONS} <= {text.split(" ")[0] for text in WRONG}
    values = {option.word: option.without for option in OPTIONS} | {
        "database": "postgres://用户:口 令\"'\\@host:5432/名",
        "hosts": ["点评.example.cn", "[::1]"],
        "https": True,
        "port": 8443,
    }
    assert write_settings(tmp_path, values)
    assert settings_found(tmp_path, {}) == values
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600
    assert not write_settings(tmp_path, values), "one that stands is not written over"


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    said = {"PORT": "9000", "DIANPING_HTTPS": "1", "DIANPING_HOSTS": "a, b", "DIANPING_DATABASE": ""}
    values = found(tmp_path, "port = 8000\nhttps = false\ndatabase = 'postgres://h/n'\n", **said)
    assert (values["port"], values["https"], values["hosts"]) == (9000, True, ["a", "b"])
    assert values["database"] == "postgres://h/n", "an empty variable says nothing"


@pytest.mark.parametrize("option", [option for option in OPTIONS if option.word not in ("hosts",)])
def test_a_wrong_variable_is_named(option: object, tmp_path: Path) -> None:
    with pytest.raises(CannotGoOn) as no:
        settings_found(tmp_path, {option.name: "\x07no://:secret@"})  # type: ignore[attr-defined]
    assert option.name in no.value.chinese  # type: ignore[attr-defined]
    assert "secret" not in (str(no.value) + no.value.english if option.word == "database" else "")  # type: ignore[attr-defined]


def test_importing_the_settings_touches_nothing(tmp_path: Path) -> None:
    home = tmp_path / "never" / "made"
    asked = "import django; from django.conf import settings as s; s.DATABASES; django.setup(); import dianping.config.urls"
    subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env=environment(home, DJANGO_SETTINGS_MODULE="dianping.config.settings", PYTHONPATH=str(ROOT)),
        check=True,
    )
    assert os.listdir(tmp_path) == []
