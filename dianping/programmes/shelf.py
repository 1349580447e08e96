"""The programmes that ship with the system, and files a site brings."""

from pathlib import Path

from dianping.common.refusal import Refusal
from dianping.programmes.selectors import parsed

SHELF = Path(__file__).parent / "shipped"


def shipped_names() -> list[str]:
    """The codes one may adopt by name."""
    return sorted(path.stem for path in SHELF.glob("*.toml"))


def programme_text(name_or_file: str) -> str:
    """The text of a shipped programme by its name, or of a file. Refuses in words when there is neither."""
    shipped = SHELF / f"{name_or_file}.toml"
    path = shipped if name_or_file in shipped_names() else Path(name_or_file)
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Refusal(
            f"没有叫“{name_or_file}”的方案，也没有这个文件（或不是 UTF-8 文本）。",
            code="programmes.no-such-programme",
            remedy=f"随系统提供的有：{'、'.join(shipped_names())}；也可以写方案文件的路径。",
        ) from None


def shipped_text(name: str) -> str:
    """The text of a shipped programme; unlike `programme_text` it never opens a path. For what comes from a page."""
    if name not in shipped_names():
        raise Refusal(
            f"没有叫“{name}”的方案。",
            code="programmes.no-such-programme",
            remedy=f"随系统提供的有：{'、'.join(shipped_names())}。",
        )
    return programme_text(name)


def shipped_titles() -> list[tuple[str, str]]:
    """(code, number and title) of every shipped programme, superiors first."""
    programmes = [parsed(programme_text(name)) for name in shipped_names()]
    return [(p.code, f"{p.number}　{p.title}") for p in sorted(programmes, key=lambda p: bool(p.extends))]
