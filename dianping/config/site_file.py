"""`settings.toml` in the data folder: every command of a site reads the same settings, whoever starts it.

The environment goes before the file. What is not known is refused, with its line and the nearest word that is.
"""

import difflib
import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from dianping.common.leaving import CannotGoOn, told_of
from dianping.common.whole_files import write_once
from dianping.config.options import OPTIONS, NotThat, Option, Value

NAME = "settings.toml"
HEAD = """\
# 领导点评的设置。第一次启动时写成，以后每个命令都读它；改了要重新启动。
# 每行是“名字 = 值”，文字写在英文引号里。同名的环境变量写了别的，以环境变量为准。
# 这里可能有数据库口令，只给运行系统的用户读（0600）。
"""


def settings_found(home: Path, environ: Mapping[str, str]) -> dict[str, Value]:
    """Every option's value: from the environment, else from the file, else the one without either. CannotGoOn where one
    is not to be understood."""
    filed = _filed(home / NAME)
    return {option.word: _value(option, filed, environ) for option in OPTIONS}


def _value(option: Option, filed: Mapping[str, Value], environ: Mapping[str, str]) -> Value:
    said = environ.get(option.name, "").strip()
    if not said:
        return filed.get(option.word, option.without)
    try:
        return option.read(said)
    except NotThat as no:
        shown = "“（不显示）”" if option.word == "database" else f"“{said}”"
        raise CannotGoOn(
            f"环境变量 {option.name} 写的是{shown}：{no.chinese}。请改正后再启动。",
            f"The environment variable {option.name} says {shown.strip('“”') or '(nothing)'}: {no.english}. Correct it and"
            " start again.",
            code="site.variable-wrong",
        ) from no


def _filed(path: Path) -> dict[str, Value]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        told = tomllib.loads(text)
    except FileNotFoundError:
        return {}
    except OSError as fault:
        raise told_of(fault, path) from fault
    except UnicodeDecodeError as no:
        raise CannotGoOn(
            f"{path} 不是 UTF-8 的文本，读不了。请另存为 UTF-8。",
            f"{path} is not UTF-8 text. Save it as UTF-8.",
            code="site.settings-not-text",
        ) from no
    except tomllib.TOMLDecodeError as no:
        # The line in Python's own message: “(at line 3, column 5)”.
        line = re.search(r"line (\d+)", str(no))
        at = line.group(1) if line else str(len(text.splitlines()))
        raise CannotGoOn(
            f"{path} 第 {at} 行写法不对（{no}）。请改正后再启动。",
            f"{path}, line {at}: {no}. Correct it and start again.",
            code="site.settings-malformed",
        ) from no
    return {word: _filed_value(path, text, word, value) for word, value in told.items()}


def _filed_value(path: Path, text: str, word: str, value: object) -> Value:
    at = _line_of(text, word)
    option = next((option for option in OPTIONS if option.word == word), None)
    if option is None:
        near = difflib.get_close_matches(word, [option.word for option in OPTIONS], 1, 0)[0]
        raise CannotGoOn(
            f"{path} 第 {at} 行：没有“{word}”这个设置，最接近的是 {near}。请改正或删去这一行。",
            f"{path}, line {at}: there is no setting “{word}”; the nearest is {near}. Correct the line or take it out.",
            code="site.setting-unknown",
        )
    try:
        return option.read(value)
    except NotThat as no:
        raise CannotGoOn(
            f"{path} 第 {at} 行：{word} 的值不对，{no.chinese}。请改正后再启动。",
            f"{path}, line {at}: the value of {word} will not do, {no.english}. Correct it and start again.",
            code="site.setting-wrong",
        ) from no


def _line_of(text: str, word: str) -> int:
    # The line that sets a word or opens its table: “mail = …”, “mail.host = …”, [mail], [[ "mail" ]].
    spelled = re.compile(rf"""\s*(\[+\s*)?["']?{re.escape(word)}["']?\s*[=\].]""")
    return next((at for at, line in enumerate(text.splitlines(), 1) if spelled.match(line)), 1)


def write_settings(home: Path, values: Mapping[str, Value]) -> bool:
    """Write the file whole, with the settings this site begins with; False where one stands already."""
    rows = (f"\n# {option.told}\n{option.word} = {_spelled(values[option.word])}\n" for option in OPTIONS)
    return write_once(home / NAME, (HEAD + "".join(rows)).encode())


def _spelled(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False)


def home_folder(environ: Mapping[str, str], beside: Path) -> Path:
    """The data folder: DIANPING_HOME, else `data` beside the program. Nothing is made."""
    return Path(os.path.expanduser(environ.get("DIANPING_HOME") or beside / "data")).resolve()
