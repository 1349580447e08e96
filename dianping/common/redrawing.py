"""Drawing a picture anew, dot by dot. Runs in the bounded child that meets files (`office.reading`): no Django here.

A few kilobytes may ask for minutes and gigabytes: a progressive JPEG of a thousand scans over nothing, a PNG that unfolds.
"""

import io
import warnings

from PIL import Image, ImageOps

KINDS = ("JPEG", "PNG")
MOST_DOTS = 50_000_000  # a telephone's largest
MOST_SCANS = 100  # of a progressive JPEG; programs write ten or so
TOO_LARGE, BROKEN = "too large", "broken"
_QUALITY = 90
_SCAN = b"\xff\xda"


def redraw(content: bytes) -> bytes | str:
    """The same picture without anything but its dots, turned the way the camera said, in its own kind; or why not:
    TOO_LARGE, BROKEN."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the bounds are our own
        try:
            with Image.open(io.BytesIO(content), formats=KINDS) as picture:
                if picture.width * picture.height > MOST_DOTS:
                    return TOO_LARGE
                if picture.format == "JPEG" and content.count(_SCAN) > MOST_SCANS:
                    return BROKEN
                kind = "PNG" if picture.format == "PNG" else "JPEG"
                picture.load()
                ImageOps.exif_transpose(picture, in_place=True)
                return _written(picture, kind)
        except Image.DecompressionBombError:
            return TOO_LARGE
        except MemoryError:
            raise
        except Exception:  # a decoder given hostile bytes may fail in any way
            return BROKEN


def _written(picture: Image.Image, kind: str) -> bytes:
    """The dots alone, in a picture that never was anything else."""
    mode = _mode(picture, kind)  # before anything is forgotten: a palette may have a colour one sees through
    if picture.mode.startswith("I"):  # sixteen bits of grey: the upper eight
        picture = picture.convert("I").point(lambda dot: dot * (1 / 256)).convert("L")
    if picture.mode != mode:
        picture = picture.convert(mode)
    bare = Image.new(mode, picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    if kind == "PNG":
        bare.save(
            out, "PNG", compress_level=1
        )  # a photograph gains nothing by more, and takes ten times as long
    else:
        bare.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _mode(picture: Image.Image, kind: str) -> str:
    """Grey stays grey, and what one can see through stays so where the kind knows it."""
    if kind == "PNG" and ("A" in picture.mode or "transparency" in picture.info):
        return "RGBA"
    return "L" if picture.mode in ("1", "L") or picture.mode.startswith("I") else "RGB"
