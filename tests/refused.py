"""How tests name what is refused: by its code. The sentences are held once, in tests/refusals.json."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management.base import CommandError

from dianping.common.refusal import Refusal

_CODE = re.compile(r'data-refusal="([^"]+)"')


class Caught:
    """What was refused, for a test that looks closer: `value` stands once the block has ended."""

    value: Any

    def __str__(self) -> str:
        return str(self.value)


@contextmanager
def refused(code: str, kind: type[Refusal] = Refusal) -> Iterator[Caught]:
    """This is refused with this code, as this kind of refusal; a command that ends on the refusal counts too."""
    caught = Caught()
    with pytest.raises((kind, CommandError)) as info:
        yield caught
    no: BaseException | None = info.value
    if isinstance(no, CommandError):
        no = no.__cause__
    assert isinstance(no, kind), f"ended on {info.value!r}, which is no {kind.__name__}"
    caught.value = no
    assert no.code == code, f"refused with {no.code}, not {code}: {no}"


def codes_on(page: Any) -> list[str]:
    """The codes of the refusals that an answer tells: those of its page, or the one in its head (X-Refusal)."""
    told = _CODE.findall(page.content.decode())
    return told or [code for code in [page.headers.get("X-Refusal", "")] if code]
