"""TOML that somebody sends: whatever it holds, there are values or a sentence."""

import pytest

from dianping.base.toml_text import LONGEST, NotToml, parsed_toml
from dianping.opinions.rules import Form
from dianping.programmes.rules.reading import Unreadable, read_programme

HOSTILE = {
    "nested arrays": ("a=" + "[" * 50_000, "套了太多层"),
    "nested tables": ("a=" + "{b=" * 20_000, "套了太多层"),
    "a number of thousands of digits": ("a=" + "9" * 90_000, "套了太多层，或者有大得读不出的数"),
    "a key of thousands of parts": (".".join("a" * 40_000) + "=1", "39,999 个点，一行最多 100 个"),
    "a header of thousands of parts": (f"[{'a.' * 40_000}b]", "40,000 个点，一行最多 100 个"),
    "an inline key of thousands of parts": (f"x = {{{'a.' * 40_000}b=1}}", "40,000 个点，一行最多 100 个"),
    "no TOML": ("[[", "不是有效的 TOML"),
    "too long": ("#" * (LONGEST + 1), "100,001 字，最多 100,000 字"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_text_that_is_not_taken_is_told_by_every_reader(kind: str) -> None:
    text, words = HOSTILE[kind]
    for read, refusal in ((parsed_toml, NotToml), (read_programme, Unreadable), (Form.read, ValueError)):
        with pytest.raises(refusal, match=words):
            read(text)


def test_values_come_out_as_they_stand() -> None:
    assert parsed_toml('a = 1.5\nb = ["甲"]', parse_float=str) == {"a": "1.5", "b": ["甲"]}
