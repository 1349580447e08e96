"""The colours of the site for what is no page: read from the one file that names them (static/common/colours.css).

>>> colour("letterhead")
'#d7000f'
"""

import json
import re
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).with_name("static") / "common" / "colours.css"
# One token a line: its name, then its value up to the semicolon; what stands in a comment before it is no token.
_TOKEN = re.compile(r"^\s*--(?P<name>[a-z0-9-]+):\s*(?P<value>[^;]+);", re.MULTILINE)
# A token that is another one by another name.
_SAME_AS = re.compile(r"var\(--(?P<name>[a-z0-9-]+)\)")


@cache
def colours() -> dict[str, str]:
    """Every token by its name, without the dashes in front: "#d7000f", or as CSS writes what paper has not."""
    tokens = {token["name"]: token["value"] for token in _TOKEN.finditer(TOKENS.read_text("utf-8"))}
    return {
        name: tokens[same["name"]] if (same := _SAME_AS.fullmatch(value)) else value
        for name, value in tokens.items()
    }


def colour(name: str) -> str:
    """One colour as # and six digits. KeyError for a name that is no token."""
    return colours()[name]


def digits(name: str) -> str:
    """The six digits alone, as Word writes them: "D7000F"."""
    return colour(name).removeprefix("#").upper()


def for_typst() -> str:
    """Every colour that is six digits, as JSON: what the templates of office/ take as `sys.inputs.paint`."""
    return json.dumps({name: value for name, value in colours().items() if value.startswith("#")})
