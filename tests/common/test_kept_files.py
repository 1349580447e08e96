"""Files kept are their owner's alone, and pictures hold nothing but their dots."""

import io
import os
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from dianping.acts import notice_files
from dianping.common import keeping, pictures, redrawing
from dianping.common.keeping import (
    DamagedFile,
    keep_content,
    keep_file,
    kept_path,
    open_kept,
    take_away,
    taken_away_if_refused,
)
from dianping.common.office import reading
from dianping.common.office.reading import Bounds
from dianping.common.pictures import UnreadablePicture, drawn_anew, is_picture
from dianping.common.redrawing import BROKEN, TOO_LARGE, redraw
from dianping.rectification.rules.showing import BEGINNINGS
from dianping.rectification.services import evidence
from tests.common.endless import endless
from tests.long import LONG
from tests.refused import refused

PACKAGE = Path(keeping.__file__).resolve().parents[1]
TELLING = b"YunlingTelephone"
FOLDERS = (evidence.FOLDER, notice_files.FOLDER)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings) -> Iterator[Path]:
    settings.HOME = tmp_path
    before = os.umask(0o022)
    yield tmp_path
    os.umask(before)


def exif() -> bytes:
    """A place, a device, a moment; and turned on its side."""
    told = Image.Exif()
    told[0x010F] = told[0x0131] = told[0x013B] = TELLING.decode()
    told[0x0112] = 6
    told.get_ifd(0x8825)[1] = "N" + TELLING.decode()
    return told.tobytes()


def jpeg(mode: str = "RGB", **more) -> bytes:
    out = io.BytesIO()
    picture = Image.new(mode, (40, 20))
    picture.paste({"L": 200, "CMYK": (0, 200, 0, 0)}.get(mode, (200, 30, 30)), (0, 0, 20, 20))
    picture.save(
        out, "JPEG", exif=exif(), comment=TELLING, xmp=b"<x>" + TELLING, icc_profile=TELLING * 9, **more
    )
    return out.getvalue() + b"PK\x03\x04" + TELLING  # and something behind the end


def png(mode: str = "RGB") -> bytes:
    out, told = io.BytesIO(), PngImagePlugin.PngInfo()
    told.add_text("Author", TELLING.decode())
    told.add_itxt("XML:com.adobe.xmp", TELLING.decode())
    told.add(b"prVt", TELLING)
    Image.new(mode, (40, 20)).save(out, "PNG", pnginfo=told, exif=exif())
    return out.getvalue() + TELLING


SENT = {
    **{f"{mode}.jpg": jpeg(mode) for mode in ("RGB", "L", "CMYK")},
    "progressive.jpeg": jpeg(progressive=True),
    **{f"{mode}.png": png(mode) for mode in ("RGB", "RGBA", "L", "LA", "P", "1", "I;16")},
}


@pytest.mark.parametrize("name", SENT)
@pytest.mark.parametrize("folder", FOLDERS)
def test_of_a_picture_only_the_dots_are_kept(folder: str, name: str) -> None:
    assert TELLING in SENT[name]
    kept = keep_file(SimpleUploadedFile(name, SENT[name]), folder=folder, reader=None)
    content = kept_path(kept.digest, folder=folder).read_bytes()
    assert TELLING not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert not picture.getexif()
        assert not set(picture.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
        assert picture.size == (20, 40)  # turned as the camera said
    assert keeping.hashlib.sha256(content).hexdigest() == kept.digest
    assert kept.size == len(content)


def test_the_dots_stay_what_they_were() -> None:
    with Image.open(io.BytesIO(drawn_anew(jpeg(), "a.jpg", reader=None))) as picture:
        red, green, blue = picture.convert("RGB").getpixel((10, 5))
    assert red > 150
    assert max(green, blue) < 90


def test_every_kind_of_picture_that_may_be_sent_is_drawn_anew() -> None:
    Image.init()
    endings = {ending for ending in BEGINNINGS if ending in Image.registered_extensions()} - {".pdf"}
    assert endings == {".jpg", ".jpeg", ".png"}
    assert all(is_picture(BEGINNINGS[ending]) for ending in endings)


def test_whatever_keeps_a_file_keeps_it_here() -> None:
    """No other module writes what people send: a new one would bring its own modes and let pictures by."""
    names = re.compile(r"settings\.HOME|MEDIA_ROOT|default_storage|FileField\(|ImageField\(")
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if names.search(path.read_text("utf-8")) and "management" not in path.parts
    }
    fonts = {"acts/person_file.py", "acts/poll_slips.py", "acts/letters.py", "accounts/services/slips.py"}
    others = fonts | {
        "config/settings.py",
        "demo/sample.py",
        "ledgers/services/close.py",
        "common/backup.py",
        "common/records/files.py",
        "common/office/_places.py",
        "common/room.py",
        "config/entrance.py",
        "config/founding.py",
        "opinions/services/machine_key.py",
    }  # nobody sent these
    forms = {path for path in found if "forms" in path}  # fields of forms keep nothing
    assert found - others - forms == {"common/keeping.py"}
    used = {
        path.stem for path in PACKAGE.rglob("*.py")
        if re.search(r"keeping\.keep_(file|content)\(", path.read_text("utf-8"))
    }  # fmt: skip
    assert used == {"enclosing", "evidence", "notice_files"}


def bomb() -> bytes:
    """Sixty thousand dots square, in some hundred bytes of header."""
    out = io.BytesIO()
    Image.new("1", (8, 8)).save(out, "PNG")
    content = bytearray(out.getvalue())
    content[16:24] = (60_000).to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("cut", jpeg()[:300]),
        ("a head alone", b"\xff\xd8\xff"),
        ("noise", b"\x89PNG\r\n\x1a\n" + b"x" * 99),
        ("bomb", bomb()),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_refused_in_a_sentence(
    home: Path, what: str, content: bytes
) -> None:
    with refused("pictures.too-many-dots", "pictures.unreadable", kind=UnreadablePicture, match="请.*再附。"):
        keep_file(SimpleUploadedFile("照片.jpg", content), folder="evidence", reader=None)
    assert not list(home.rglob("*.*"))


def test_too_many_dots_are_refused_before_they_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redrawing, "_written", lambda *a: pytest.fail("drawn"))
    assert redraw(bomb()) == TOO_LARGE
    with refused("pictures.too-many-dots", kind=UnreadablePicture, match="点太多，最多 5000 万个"):
        drawn_anew(bomb(), "a.png", reader=None)


def many_scans(side: int, number: int) -> bytes:
    """A progressive JPEG that goes over its dots again and again, sixty bytes or so a time."""

    def piece(mark: int, body: bytes) -> bytes:
        return bytes([255, mark]) + struct.pack(">H", len(body) + 2) + body

    def packed(bits: str) -> bytes:
        bits += "1" * (-len(bits) % 8)
        return int(bits, 2).to_bytes(len(bits) // 8).replace(b"\xff", b"\xff\0")

    blocks = ((side + 7) // 8) ** 2
    one_code = bytes([1, *[0] * 15])
    out = b"\xff\xd8" + piece(0xDB, bytes([0, *[1] * 64]))
    out += piece(0xC2, struct.pack(">BHHB", 8, side, side, 1) + bytes([1, 0x11, 0]))
    out += piece(0xC4, b"\0" + one_code + b"\0") + piece(0xC4, b"\x10" + one_code + b"\xe0")
    out += piece(0xDA, bytes([1, 1, 0, 0, 0, 0])) + packed("0" * blocks)
    runs, left = "", blocks
    while left > 0:  # runs of up to 2**15 - 1 empty blocks
        run = min(left, (1 << 15) - 1) if left >= 1 << 14 else 1 << 14
        runs += "0" + format(run - (1 << 14), "014b")
        left -= run
    return out + (piece(0xDA, bytes([1, 1, 0, 1, 63, 0])) + packed(runs)) * number + b"\xff\xd9"


def test_a_picture_of_a_thousand_scans_is_not_drawn() -> None:
    assert isinstance(redraw(many_scans(64, 50)), bytes), "the control: a few are drawn"
    assert redraw(many_scans(64, 1_000)) == BROKEN


def test_pictures_are_drawn_in_a_child_with_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slow and large ones end it, and the sender is told; nothing is drawn here."""
    monkeypatch.setattr(redrawing.Image, "open", lambda *a, **k: pytest.fail("drawn here"))
    monkeypatch.setattr(reading, "_FOR_A_PAGE", Bounds(memory_bytes=90 << 20))
    with refused(
        "pictures.unreadable",
        "files.needs-too-much-memory",
        "files.reading-broke-off",
        kind=UnreadablePicture,
    ):
        drawn_anew(many_scans(7_000, 1), "a.jpg", reader="ning")
    monkeypatch.setattr(reading, "_FOR_A_PAGE", Bounds(cpu_seconds=1, wall_seconds=1))
    monkeypatch.setattr(pictures, "redraw", endless)
    with refused("files.too-slow", kind=UnreadablePicture, match="用了 1 秒还没有读完"):
        drawn_anew(jpeg(), "a.jpg", reader="ning")


@pytest.mark.skipif(not LONG, reason="pictures of fifty million dots; DIANPING_LONG=1")
@pytest.mark.parametrize(("mode", "kind", "side"), [("RGB", "JPEG", 7_071), ("CMYK", "JPEG", 5_000)])
def test_the_largest_pictures_of_a_telephone_are_drawn_within_the_bounds(
    mode: str, kind: str, side: int
) -> None:
    out, told = io.BytesIO(), Image.Exif()
    told[0x0112] = 6
    Image.effect_noise((side, side), 50).convert(mode).save(out, kind, exif=told)
    assert drawn_anew(out.getvalue(), "a", reader="ning")


@pytest.mark.parametrize("folder", FOLDERS)
def test_whatever_is_kept_is_its_owners_alone(home: Path, folder: str) -> None:
    keep_file(SimpleUploadedFile("说明.txt", "说明".encode()), folder=folder, reader=None)
    modes = {oct(path.stat().st_mode & 0o777) for path in (home / folder).glob("*")}
    assert modes == {"0o600"}
    assert (home / folder).stat().st_mode & 0o777 == 0o700


def test_what_was_kept_for_a_refused_act_is_gone(home: Path) -> None:
    def refused() -> None:
        with taken_away_if_refused(folder="notices") as kept:
            kept.append(keep_file(SimpleUploadedFile("a.txt", b"a"), folder="notices", reader=None))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        refused()
    assert not list((home / "notices").iterdir())


def test_what_somebody_else_keeps_as_well_stays(home: Path) -> None:
    def sent():
        return SimpleUploadedFile("a.txt", b"a")

    first = keep_file(sent(), folder="notices", reader=None)
    take_away([keep_file(sent(), folder="notices", reader=None)], folder="notices")  # it lay there before
    assert kept_path(first.digest, folder="notices").exists()
    take_away([first], folder="notices")  # the second sender kept it meanwhile
    assert kept_path(first.digest, folder="notices").exists()


def test_a_start_takes_what_others_could_read(home: Path) -> None:
    for name in (
        "dianping.sqlite3",
        "dianping.sqlite3-wal",
        "keys/session",
        "fonts/a.ttf",
        "static/a.css",
        "sample/x/y",
    ):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("x")
    outside = home.parent / "outside"
    outside.write_text("x")
    (home / "link").symlink_to(outside)
    home.chmod(0o755)
    assert keeping.close_to_others() > 0
    for path in [home, *home.rglob("*")]:
        if path.name != "link" and "static" not in path.relative_to(home).parts:
            assert path.stat().st_mode & 0o077 == 0, path
    assert (home / "static/a.css").stat().st_mode & 0o777 == 0o644
    assert outside.stat().st_mode & 0o777 == 0o644
    assert keeping.close_to_others() == 0


@pytest.mark.parametrize("entrance", ["dianping.config.wsgi", "manage"])
def test_the_database_and_its_journal_are_their_owners_alone(home: Path, entrance: str) -> None:
    """However wide the umask of whoever starts it."""
    code = f"""
import os, sys
os.umask(0)
sys.argv = ["manage.py", "migrate", "--verbosity", "0"]
import {entrance}
getattr({entrance}, "main", lambda: None)()
from django.db import connection
connection.cursor().execute("CREATE TABLE t (x)")
for folder, _, files in os.walk({str(home)!r}):
    for name in files:
        path = os.path.join(folder, name)
        print(name, oct(os.stat(path).st_mode & 0o777))
"""
    root = PACKAGE.parent
    env = {
        k: v for k, v in os.environ.items() if not k.startswith("DIANPING_") and k != "DJANGO_SETTINGS_MODULE"
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=env | {"DIANPING_HOME": str(home)}, capture_output=True, text=True, check=True
    )  # fmt: skip
    told = dict(line.rsplit(" ", 1) for line in done.stdout.splitlines() if " 0o" in line)
    assert {"dianping.sqlite3", "dianping.sqlite3-wal", "dianping.sqlite3-shm"} <= set(told)
    assert set(told.values()) == {"0o600"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_other_bytes_under_a_hash_give_way_to_those_sent_again_and_these_stay(
    home: Path, folder: str
) -> None:
    """What somebody put there is neither read as the notice's text nor given out, and a refusal takes away no file of others."""
    first = keep_content(b"honest", name="one.txt", folder=folder)
    path = kept_path(first.digest, folder=folder)
    path.write_bytes(b"forged")
    with refused("files.changed-on-server", kind=DamagedFile):
        open_kept(first.digest, folder=folder)
    again = keep_content(b"honest", name="two.txt", folder=folder)
    with open_kept(first.digest, folder=folder) as file:
        assert file.read() == b"honest"
    take_away([again], folder=folder)
    assert path.read_bytes() == b"honest"


def test_the_file_that_was_read_is_the_one_given_out(home: Path) -> None:
    first = keep_content(b"honest", name="one.txt", folder="notices")
    path = kept_path(first.digest, folder="notices")
    with open_kept(first.digest, folder="notices") as file:
        (path.parent / "new").write_bytes(b"forged")
        (path.parent / "new").replace(path)
        assert file.read() == b"honest"
