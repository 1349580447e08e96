"""How tests name what is refused: by its code. The sentences are held once, in tests/refusals.json."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management.base import CommandError

from dianping.base.coded import CodedFault
from dianping.common.refusal import Refusal

_CODE = re.compile(r'data-refusal="([^"]+)"')


class Caught:
    """What was refused, for a test that looks closer: `value` stands once the block has ended."""

    value: Any

    def __str__(self) -> str:
        return str(self.value)


@contextmanager
def refused(*codes: str, kind: type[Refusal | CodedFault] = Refusal, match: str = "") -> Iterator[Caught]:
    """This is refused with this code (or one of these), as this kind of refusal or of fault; a command that ends on it counts too.

    `match` is a pattern for what the sentence is filled in with (a day, a name, a number), where a test looks at that.
    """
    caught = Caught()
    with pytest.raises((kind, CommandError)) as info:
        yield caught
    no: BaseException | None = info.value
    if isinstance(no, CommandError):
        no = no.__cause__
    assert isinstance(no, kind), f"ended on {info.value!r}, which is no {kind.__name__}"
    caught.value = no
    assert no.code in codes, f"refused with {no.code}, not {' or '.join(codes)}: {no}"
    assert re.search(match, str(no)), f"{match!r} does not stand in: {no}"


def codes_on(page: Any) -> list[str]:
    """The codes of the refusals that an answer tells: those of its page, or the one in its head (X-Refusal)."""
    told = _CODE.findall(page.content.decode())
    return told or [code for code in [page.headers.get("X-Refusal", "")] if code]
