"""TOML that somebody sends: whatever it holds, there are values or a sentence."""

import pytest

from dianping.base.toml_text import LONGEST, NotToml, parsed_toml
from dianping.opinions.rules import Form, FormFault
from dianping.programmes.rules.reading import Unreadable, read_programme
from tests.refused import refused

HOSTILE = {
    "nested arrays": ("a=" + "[" * 50_000, "toml.too-deep-or-large", ""),
    "nested tables": ("a=" + "{b=" * 20_000, "toml.too-deep-or-large", ""),
    "a number of thousands of digits": ("a=" + "9" * 90_000, "toml.too-deep-or-large", ""),
    "a key of thousands of parts": (
        ".".join("a" * 40_000) + "=1",
        "toml.too-many-dots",
        "39,999 个点，一行最多 100 个",
    ),
    "a header of thousands of parts": (
        f"[{'a.' * 40_000}b]",
        "toml.too-many-dots",
        "40,000 个点，一行最多 100 个",
    ),
    "an inline key of thousands of parts": (
        f"x = {{{'a.' * 40_000}b=1}}",
        "toml.too-many-dots",
        "40,000 个点，一行最多 100 个",
    ),
    "no TOML": ("[[", "toml.malformed", ""),
    "too long": ("#" * (LONGEST + 1), "toml.too-long", "100,001 字，最多 100,000 字"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_text_that_is_not_taken_is_told_by_every_reader(kind: str) -> None:
    text, code, words = HOSTILE[kind]
    for read, refusal in ((parsed_toml, NotToml), (read_programme, Unreadable), (Form.read, FormFault)):
        with refused(code, kind=refusal, match=words):
            read(text)


def test_values_come_out_as_they_stand() -> None:
    assert parsed_toml('a = 1.5\nb = ["甲"]', parse_float=str) == {"a": "1.5", "b": ["甲"]}
