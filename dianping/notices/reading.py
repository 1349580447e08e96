"""Reading a notice's text before anything is written: bounded in length, and where it is long in time and memory too."""

from datetime import date
from functools import partial

from dianping.common.office.reading import Bounds, UnreadableFile, in_bounds
from dianping.common.refusal import Refusal
from dianping.notices.rules import Reading, read_notice

LONGEST = 120_000  # characters: about twice the longest real notice with all it encloses
_BOUNDS = Bounds(cpu_seconds=5, wall_seconds=5)  # the longest text takes two
_AT_ONCE = 5_000  # read where one stands: a tenth of a second at most


def refuse_too_long(text: str) -> None:
    """Raises Refusal for a text longer than any notice is; nothing of it is read."""
    if len(text) > LONGEST:
        raise Refusal(
            f"正文有 {len(text):,} 字，一份文件最多 {LONGEST:,} 字，没有登记。",
            code="notices.text-too-long",
            remedy="请核对是不是贴进了别的内容；转发的原件很长的，请分成几份分别登记。",
        )


def read_within_bounds(text: str, *, issued: date | None, reader: str | None) -> Reading:
    """Everything read from a text (see `notices.rules`); a long one is read in a bounded child, for `reader`.

    Not asked for inside a transaction: it may take seconds. Raises Refusal for a text too long, or not read in time.
    """
    refuse_too_long(text)
    if len(text) <= _AT_ONCE:
        return read_notice(text, issued=issued)
    try:
        return in_bounds(partial(read_notice, text, issued=issued), reader=reader, bounds=_BOUNDS)
    except UnreadableFile as no:
        raise Refusal(no.sentence, code=no.code) from no
