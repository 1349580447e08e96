"""Pictures sent in are drawn anew: what a camera or a program wrote into them (place, moment, device, name) stays outside.

Only the dots are taken over, turned the way the camera said. What cannot be read is refused, and so is what would unfold
into more dots than any camera makes.
"""

import io
import warnings
from threading import BoundedSemaphore

from PIL import Image, ImageOps

from dianping.common.refusal import Refusal

KINDS = ("JPEG", "PNG")
BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
MOST_DOTS = 50_000_000  # a telephone's largest; drawn they take 150 MB
_QUALITY = 90
_drawing = BoundedSemaphore(1)  # one at a time, whatever comes: memory is bounded by one picture


class UnreadablePicture(Refusal):
    """A picture that cannot be drawn, in a sentence about it."""


def is_picture(content: bytes) -> bool:
    """Whether these bytes begin as a picture of a kind that is taken."""
    return content.startswith(BEGINNINGS)


def drawn_anew(content: bytes, name: str) -> bytes:
    """The same picture without anything but its dots, in its own kind. Raises UnreadablePicture."""
    with _drawing, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the bound below is our own
        try:
            with Image.open(io.BytesIO(content), formats=KINDS) as picture:
                if picture.width * picture.height > MOST_DOTS:
                    raise Image.DecompressionBombError
                kind = "PNG" if picture.format == "PNG" else "JPEG"
                return _written(ImageOps.exif_transpose(picture), kind)
        except Image.DecompressionBombError as no:
            raise UnreadablePicture(
                f"《{name}》这张图片的点太多，最多 {MOST_DOTS // 10_000} 万个。", remedy="请缩小后再附。"
            ) from no
        except Exception as no:  # a decoder given hostile bytes may fail in any way
            raise UnreadablePicture(
                f"《{name}》这张图片读不出来，可能没有传完或者已经损坏。",
                remedy="请用看图软件打开看过，另存后再附。",
            ) from no


def _written(picture: Image.Image, kind: str) -> bytes:
    """The dots alone, in a picture that never was anything else."""
    if picture.mode.startswith("I"):  # sixteen bits of grey: the upper eight
        picture = picture.convert("I").point(lambda dot: dot * (1 / 256)).convert("L")
    mode = _mode(picture, kind)
    plain = picture.convert(mode)
    bare = Image.frombytes(mode, plain.size, plain.tobytes())
    out = io.BytesIO()
    if kind == "PNG":
        bare.save(out, "PNG")
    else:
        bare.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _mode(picture: Image.Image, kind: str) -> str:
    """Grey stays grey, and what one can see through stays so where the kind knows it."""
    if kind == "PNG" and ("A" in picture.mode or "transparency" in picture.info):
        return "RGBA"
    return "L" if picture.mode in ("1", "L") else "RGB"
