"""One-time slips, numbered paper forms and activation slips as PDF: A4, Chinese fonts embedded; drawn by slips.typ,
paper_forms.typ and activation.typ.

What is printed here exists nowhere else. Nothing goes through a file: the bytes are handed back and forgotten.
"""

import io
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import segno
import typst

from dianping.common.colours import for_typst
from dianping.common.office.fonts import Faces, find_faces
from dianping.common.office.writing_pdf import GETA

MOST_TITLE = 42  # characters of a poll's title on a slip
_SLIPS = Path(__file__).with_name("slips.typ")
_FORMS = Path(__file__).with_name("paper_forms.typ")
_ACTIVATION = Path(__file__).with_name("activation.typ")


@dataclass(frozen=True, slots=True)
class SlipGroup:
    """The slips of one printing: what stands over each sheet and on each slip, (code as printed, address with it)."""

    head: str
    label: str
    marks: tuple[str, ...]
    slips: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SlipSheet:
    """Slips of one poll. `address` is the short one, in words; `until` and `promise` are whole sentences."""

    title: str
    address: str
    until: str
    promise: str
    groups: tuple[SlipGroup, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a paper form: questions answered by the same grades, or one answered on so many lines."""

    title: str
    rows: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    text: str = ""
    lines: int = 0


@dataclass(frozen=True, slots=True)
class PaperForms:
    """Paper forms of one poll: the same questions, each with its own (number, stub)."""

    title: str
    poll: str
    mark: str
    intro: str
    parts: tuple[Part, ...]
    stub: str
    forms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ActivationPaper:
    """One activation slip: whose it is, the sign-in name, the code as printed, and the address with it."""

    name: str
    place: str
    title: str
    username: str
    code: str
    link: str


@dataclass(frozen=True, slots=True)
class ActivationSheet:
    """Activation slips of one printing. `address` is the short one, in words; `until` is a whole sentence."""

    head: str
    address: str
    until: str
    papers: tuple[ActivationPaper, ...]


def slips_pdf(sheet: SlipSheet, *, printed_on: date, own_fonts: Path | None = None) -> bytes:
    """The sheets to cut. Raises NoChineseFont; a character no font holds is printed as 〓."""
    faces = find_faces(own_fonts)
    said = _sayer(faces)
    groups = [
        {
            "head": said(group.head),
            "label": said(group.label),
            "marks": [said(mark) for mark in group.marks],
            "slips": [{"code": code, "qr": _square(address)} for code, address in group.slips],
        }
        for group in sheet.groups
    ]
    values = {
        "title": said(_short(sheet.title)),
        "address": said(sheet.address),
        "until": said(sheet.until),
        "promise": said(sheet.promise),
        "groups": groups,
    }
    return _compiled(_SLIPS, "slips", values, faces, printed_on)


def paper_forms_pdf(sheet: PaperForms, *, printed_on: date, own_fonts: Path | None = None) -> bytes:
    """The forms to fill in by hand. Raises NoChineseFont; a character no font holds is printed as 〓."""
    faces = find_faces(own_fonts)
    said = _sayer(faces)
    parts = [
        {
            "title": said(part.title),
            "rows": [said(row) for row in part.rows],
            "grades": [said(grade) for grade in part.grades],
            "text": said(part.text),
            "lines": part.lines,
        }
        for part in sheet.parts
    ]
    values = {
        "title": said(sheet.title),
        "poll": said(sheet.poll),
        "mark": said(sheet.mark),
        "intro": said(sheet.intro),
        "parts": parts,
        "stub": said(sheet.stub),
        "forms": [{"number": number, "stub": stub} for number, stub in sheet.forms],
    }
    return _compiled(_FORMS, "forms", values, faces, printed_on)


def activation_pdf(sheet: ActivationSheet, *, printed_on: date, own_fonts: Path | None = None) -> bytes:
    """The activation slips to cut. Raises NoChineseFont; a character no font holds is printed as 〓."""
    faces = find_faces(own_fonts)
    said = _sayer(faces)
    papers = [
        {
            "name": said(one.name),
            "place": said(one.place),
            "title": said(one.title),
            "username": said(one.username),
            "code": one.code,
            "qr": _square(one.link),
        }
        for one in sheet.papers
    ]
    values = {
        "head": said(sheet.head),
        "address": said(sheet.address),
        "until": said(sheet.until),
        "papers": papers,
    }
    return _compiled(_ACTIVATION, "sheet", values, faces, printed_on)


def _short(title: str) -> str:
    """As much of a title as a slip has room for."""
    return title if len(title) <= MOST_TITLE else f"{title[: MOST_TITLE - 1]}…"


def _sayer(faces: Faces) -> Callable[[str], str]:
    """What prints a text: signs nobody sees are dropped, characters without a glyph become 〓."""

    def said(text: str) -> str:
        seen = (c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
        return "".join(c if c.isspace() or ord(c) in faces.glyphs else GETA for c in seen)

    return said


def _square(text: str) -> str:
    """A QR code as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False, svgns=True)
    return out.getvalue().decode()


def _compiled(template: Path, name: str, values: Mapping[str, object], faces: Faces, day: date) -> bytes:
    roles: dict[str, Sequence[str]] = {"title": faces.title, "body": faces.body, "head": faces.head}
    content: bytes = typst.compile(
        template.read_bytes(),
        sys_inputs={name: json.dumps({**values, "faces": roles}, ensure_ascii=False), "paint": for_typst()},
        font_paths=faces.collection,
        ignore_system_fonts=True,
        format="pdf",
        timestamp=datetime(*day.timetuple()[:3], tzinfo=UTC),
        pdf_tags=False,
    )
    return content
