"""Which fonts set a printed sheet. The PDF engine is silent where a font lacks Chinese, so this asks first.

Two open faces come with the package pylopdf-fonts-zh-cn. A folder of fonts that an office owns (小标宋, 仿宋,
黑体) is used before them; what those lack is taken from the shipped faces, character by character.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from dianping.common.refusal import Refusal

_PROBE = frozenset(map(ord, "中国共产党点评整改"))
_ROLES = {  # family names an office may own, best first; compared without case, spaces, hyphens, underscores
    "title": ("方正小标宋", "fzxiaobiaosong", "小标宋", "notoserifsc", "notoserifcjksc"),
    "body": ("仿宋", "fangsong", "notoserifsc", "notoserifcjksc", "simsun", "宋体"),
    "head": ("黑体", "simhei", "notosanssc", "notosanscjksc"),
    "small": ("notosanssc", "notosanscjksc", "黑体", "simhei"),
}


class NoChineseFont(Refusal):
    """No font with Chinese characters was found, so nothing is printed."""


@dataclass(frozen=True, slots=True)
class Faces:
    """The families for each role, in the order they are tried, and the characters they hold together."""

    title: tuple[str, ...]
    body: tuple[str, ...]
    head: tuple[str, ...]
    small: tuple[str, ...]
    glyphs: frozenset[int] = field(repr=False)
    collection: Any = field(repr=False, compare=False)

    def lacking(self, text: Iterable[str]) -> tuple[str, ...]:
        """The characters of a text that no face holds, each once, in order of code point."""
        wanted = {character for piece in text for character in piece}
        return tuple(
            sorted(c for c in wanted if ord(c) not in self.glyphs and not c.isspace() and c.isprintable())
        )


def shipped_folder() -> Path | None:
    """Where the fonts that come with the system lie, None where that package is not installed."""
    spec = find_spec("pylopdf_fonts_zh_cn")
    return Path(spec.origin).parent if spec is not None and spec.origin else None


def find_faces(own: Path | None = None) -> Faces:
    """The faces to print with: those in the office's own folder, then the shipped ones. Raises NoChineseFont."""
    return faces_in(*(folder for folder in (own, shipped_folder()) if folder is not None))


@lru_cache(maxsize=8)
def faces_in(*folders: Path) -> Faces:
    """The faces found in these folders alone; fonts of the machine are left out, so that every machine prints alike.

    Raises NoChineseFont.
    """
    present = [str(folder) for folder in folders if folder.is_dir()]
    collection = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=present)
    families: dict[str, frozenset[int]] = {}
    for font in collection.fonts():
        if font.path is not None and font.style == "normal":
            held = glyphs_of(Path(font.path), font.index)
            if held >= _PROBE:
                families[font.family] = families.get(font.family, frozenset()) | held
    if not families:
        raise NoChineseFont(
            f"没有找到含汉字的字体：查看了{_places(folders)}，应至少有一种宋体、仿宋或黑体（.otf、.ttf 或 .ttc）。",
            code="fonts.no-chinese-font",
            remedy="请安装软件包 pylopdf-fonts-zh-cn，或把本单位有权使用的中文字体文件放入字体文件夹后重试。"
            "没有生成任何文件，已有数据不受影响。",
        )
    order = {role: _ranked(families, wanted) for role, wanted in _ROLES.items()}
    return Faces(**order, glyphs=frozenset().union(*families.values()), collection=collection)


def _places(folders: tuple[Path, ...]) -> str:
    return "、".join(f"“{folder}”" for folder in folders) or "随系统安装的字体（没有安装）"


def _ranked(families: Iterable[str], wanted: tuple[str, ...]) -> tuple[str, ...]:
    def rank(family: str) -> int:
        plain = "".join(c for c in family.lower() if c not in " -_")
        return next((n for n, name in enumerate(wanted) if plain.startswith(name)), len(wanted))

    return tuple(sorted(families, key=lambda family: (rank(family), family)))


def glyphs_of(path: Path, index: int = 0) -> frozenset[int]:
    """The code points a font file maps (tables 4 and 12 of OpenType `cmap`); none for a file that is no font."""
    content = path.read_bytes()
    try:
        start = struct.unpack_from(">I", content, 12 + 4 * index)[0] if content[:4] == b"ttcf" else 0
        cmap = _table(content, start, b"cmap")
        if cmap is None:
            return frozenset()
        count = struct.unpack_from(">H", content, cmap + 2)[0]
        offsets = {struct.unpack_from(">I", content, cmap + 8 + 8 * n)[0] for n in range(count)}
        return frozenset(point for offset in offsets for point in _points(content, cmap + offset))
    except struct.error:
        return frozenset()


def _table(content: bytes, start: int, tag: bytes) -> int | None:
    for n in range(struct.unpack_from(">H", content, start + 4)[0]):
        found, _, offset, _ = struct.unpack_from(">4sIII", content, start + 12 + 16 * n)
        if found == tag:
            return int(offset)
    return None


def _points(content: bytes, at: int) -> Iterable[int]:
    kind = struct.unpack_from(">H", content, at)[0]
    if kind == 12:
        for n in range(struct.unpack_from(">I", content, at + 12)[0]):
            first, last, _ = struct.unpack_from(">III", content, at + 16 + 12 * n)
            yield from range(first, min(last, 0x10FFFF) + 1)
    elif kind == 4:
        half = struct.unpack_from(">H", content, at + 6)[0] // 2
        lasts = struct.unpack_from(f">{half}H", content, at + 14)
        firsts = struct.unpack_from(f">{half}H", content, at + 16 + 2 * half)
        for first, last in zip(firsts, lasts, strict=True):
            yield from (point for point in range(first, last + 1) if point != 0xFFFF)
