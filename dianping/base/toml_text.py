"""TOML that somebody sends: parsed in bounded time, or told in a sentence.

The standard library's parser walks a dotted key once for each of its parts, and leaves numbers of thousands of digits and
endless nesting to the interpreter.
"""

import tomllib
from collections.abc import Callable
from typing import Any

from dianping.base.coded import CodedFault

Toml = dict[str, Any]  # a table as somebody wrote it: whoever reads it looks at each value himself

LONGEST = 100_000  # characters; the longest file that ships has 7,000
MOST_DOTS = 100  # on one line


class NotToml(CodedFault):
    """A text that is not taken; the message is what was found and what to do, without its last sentence's end."""


def parsed_toml(text: str, *, parse_float: Callable[[str], object] = float) -> Toml:
    """The values of a TOML text. Raises NotToml; `parse_float` makes a number of what is written with a point."""
    if len(text) > LONGEST:
        raise NotToml(
            f"有 {len(text):,} 字，最多 {LONGEST:,} 字；请核对是不是选错了文件", code="toml.too-long"
        )
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS:
            raise NotToml(
                f"第 {number} 行有 {line.count('.'):,} 个点，一行最多 {MOST_DOTS} 个；请改正",
                code="toml.too-many-dots",
            )
    try:
        return tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError as fault:
        raise NotToml(f"不是有效的 TOML：{fault}；请改正", code="toml.malformed") from fault
    except (RecursionError, ArithmeticError, ValueError) as fault:
        raise NotToml("套了太多层，或者有大得读不出的数；请改正", code="toml.too-deep-or-large") from fault
