"""One file names the colours; pages, charts, drawings, papers and workbooks take them from there."""

import re
from pathlib import Path

import pytest

from dianping.common.colours import TOKENS, colour, colours, digits

ROOT = Path(__file__).resolve().parents[2] / "dianping"
# A colour written out: digits behind #, a function of numbers (a token inside it is none), a name given to a property.
HEX = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})(?![0-9a-zA-Z_-])")
FUNCTION = re.compile(r"\b(?:rgba?|hsla?|hwb|oklch|oklab|lab|lch|luma|cmyk)\(\s*[\d.\"]")
NAMES = "white|black|red|green|blue|gr[ae]y|silver|navy|orange|yellow|purple|maroon|teal|brown|pink"
NAMED = re.compile(rf"(?<![\w-])(?:{NAMES})(?![\w-])")
WORD_DIGITS = re.compile(r"""["'](?=[0-9A-F]*[A-F0])[0-9A-F]{6}["']|RGBColor\(\s*0x""")
# A picture is fetched by itself and knows no style sheet: it repeats its colours, which are held equal below.
PICTURES = {"seal.svg": ("red", "paper"), "chevron.svg": ("ink-2",)}
STYLES = sorted(p for p in ROOT.rglob("*.css") if "vendor" not in p.parts and p != TOKENS)
SCRIPTS = sorted(p for p in ROOT.rglob("*.js") if "vendor" not in p.parts)
TYPST = sorted(ROOT.rglob("*.typ"))
OFFICE = sorted((ROOT / "common/office").glob("*.py"))
TEMPLATES = sorted(ROOT.rglob("*.html"))
SVG = sorted(ROOT.rglob("*.svg"))


def without_comments(text: str) -> str:
    text = re.sub(r"/\*.*?\*/|{%\s*comment\s*%}.*?{%\s*endcomment\s*%}", " ", text, flags=re.S)
    return re.sub(r"(?m)(?:^|\s)//.*$", "", text)


def written_out(path: Path) -> list[str]:
    """The colours a file writes out itself."""
    text = without_comments(path.read_text("utf-8"))
    found = [match.group() for match in FUNCTION.finditer(text)]
    if path.suffix == ".html":
        text = "".join(re.findall(r"""(?:fill|stroke|style|color|content)=["'][^"']*["']""", text))
    found += [match.group() for match in HEX.finditer(text)]
    if path.suffix == ".css":  # a name is a colour where a value stands
        values = " ".join(re.findall(r":([^;{}]*)[;}]", re.sub(r"var\([^)]*\)", " ", text)))
        found += NAMED.findall(values)
    if path.suffix in (".js", ".py"):  # or quoted
        found += re.findall(rf"""["'](?:{NAMES})["']""", text)
    if path.suffix == ".typ":  # or in a stroke or a fill; `red` of a letter is its own name for a token
        found += re.findall(rf"(?:\+|fill:|paint:|stroke:)\s*(?:{NAMES.replace('|red', '')})\b", text)
    if path.suffix == ".py":
        found += WORD_DIGITS.findall(text)
    return found


@pytest.mark.parametrize(
    "path", [*STYLES, *SCRIPTS, *TYPST, *OFFICE, *TEMPLATES], ids=lambda path: str(path.relative_to(ROOT))
)
def test_no_other_file_names_a_colour(path: Path) -> None:
    assert written_out(path) == []


@pytest.mark.parametrize("path", SVG, ids=lambda path: path.name)
def test_a_picture_repeats_the_tokens_and_nothing_else(path: Path) -> None:
    ours = {colour(name) for name in PICTURES[path.name]}
    found = {_six(value) for value in HEX.findall(path.read_text("utf-8"))}
    assert found == ours


def _six(value: str) -> str:
    return value if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:])


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".css", "a { color: #b3261e; }"),
        (".css", "a { border: 1px solid black; }"),
        (".css", "a { background: rgba(29, 27, 25, .35); }"),
        (".js", 'const LATE = "#e0efe5";'),
        (".js", 'const LATE = "red";'),
        (".typ", "#let rule = 0.5pt + black"),
        (".typ", "#rect(fill: luma(248))"),
        (".py", '_GREY = "#ECECEC"'),
        (".py", "_RED = RGBColor(0xD7, 0x00, 0x0F)"),
        (".py", 'FILL = "F4F4F4"'),
        (".html", '<rect fill="#fff"/>'),
    ],
)
def test_a_colour_written_out_would_be_noticed(tmp_path: Path, suffix: str, text: str) -> None:
    path = tmp_path / f"file{suffix}"
    path.write_text(text, "utf-8")
    assert written_out(path)


def test_every_colour_asked_for_is_a_token() -> None:
    known = set(colours())
    asked: dict[str, str] = {}
    own = {"sans", "serif", "title", "top", "type", "pad"}
    for path in STYLES:
        text = path.read_text("utf-8")
        own |= set(re.findall(r"(?m)(?<![\w(-])--([a-z0-9-]+)\s*:", text))
        asked |= dict.fromkeys(re.findall(r"var\(--([a-z0-9-]+)", text), path.name)
    for path in SCRIPTS:
        asked |= dict.fromkeys(
            re.findall(r"""colour\("--([a-z0-9-]+)"\)""", path.read_text("utf-8")), path.name
        )
    for path in TYPST:
        text = path.read_text("utf-8")
        asked |= dict.fromkeys(re.findall(r'paint\("([a-z0-9-]+)"\)', text), path.name)
    for path in OFFICE:
        text = path.read_text("utf-8")
        asked |= dict.fromkeys(re.findall(r'(?:colour|digits)\("([a-z0-9-]+)"\)', text), path.name)
    assert {name: where for name, where in asked.items() if name not in known | own} == {}


def test_a_token_is_read_with_its_digits() -> None:
    assert colour("letterhead") == "#d7000f"
    assert digits("letterhead") == "D7000F"
    assert colour("grade-3") == colour("red")
    with pytest.raises(KeyError):
        colour("pink")
