"""Pictures sent in are drawn anew: what a camera or a program wrote into them (place, moment, device, name) stays outside.

Only the dots are taken over, turned the way the camera said. It is done in the bounded child that reads other files too, one
at a time for each sender (decision 0047). What cannot be read is refused, and so is what would unfold into more dots than
any camera makes.
"""

from functools import partial

from dianping.common.office.reading import UnreadableFile, in_bounds
from dianping.common.redrawing import MOST_DOTS, TOO_LARGE, redraw
from dianping.common.refusal import Refusal

BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


class UnreadablePicture(Refusal):
    """A picture that cannot be drawn, in a sentence about it."""


def is_picture(content: bytes) -> bool:
    """Whether these bytes begin as a picture of a kind that is taken."""
    return content.startswith(BEGINNINGS)


def drawn_anew(content: bytes, name: str, *, reader: str | None) -> bytes:
    """The same picture without anything but its dots, in its own kind, drawn for the account `reader` (None: at the machine).

    Raises UnreadablePicture. Not asked for inside a transaction: it may take seconds.
    """
    try:
        drawn = in_bounds(partial(redraw, content), reader=reader, called="picture")
    except UnreadableFile as no:
        raise UnreadablePicture(f"《{name}》没有收下：{no.sentence}", code=no.code) from no
    if isinstance(drawn, bytes):
        return drawn
    if drawn == TOO_LARGE:
        raise UnreadablePicture(
            f"《{name}》这张图片的点太多，最多 {MOST_DOTS // 10_000} 万个。",
            code="pictures.too-many-dots",
            remedy="请缩小后再附。",
        )
    raise UnreadablePicture(
        f"《{name}》这张图片读不出来，可能没有传完或者已经损坏。",
        code="pictures.unreadable",
        remedy="请用看图软件打开看过，另存后再附。",
    )
