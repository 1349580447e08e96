"""A person's record as PDF: A4, Chinese fonts embedded, pages numbered; drawn by record.typ beside this file."""

import json
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import typst

from dianping.base.papers.record import Record
from dianping.common.colours import for_typst
from dianping.common.office.fonts import Faces, find_faces
from dianping.common.office.writing_pdf import GETA

_TEMPLATE = Path(__file__).with_name("record.typ")


def write_record_pdf(record: Record, path: Path, *, printed_on: date, own_fonts: Path | None = None) -> None:
    """Write a record to `path`. Raises NoChineseFont, before anything is written.

    A character no font holds is printed as 〓 and named in a note at the end.
    """
    faces = find_faces(own_fonts)
    lacking = _lacking(_texts(record), faces)
    geta = str.maketrans(dict.fromkeys(lacking, GETA))

    def said(text: str) -> str:
        text = text.replace("\t", " ").translate(geta)
        return "".join(c for c in text if c == "\n" or not _unseen(c))

    codes = "、".join(f"U+{ord(character):04X}" for character in lacking)
    missing = f"字体中没有 {len(lacking)} 个字（{codes}），印作“{GETA}”。" if lacking else ""
    values = {
        "title": said(record.title),
        "head": [[said(label), said(value)] for label, value in record.head],
        "sections": [
            {
                "title": said(section.title),
                "empty": section.empty,
                "entries": [
                    {
                        "title": said(entry.title),
                        "lines": [[said(label), said(text)] for label, text in entry.lines],
                    }
                    for entry in section.entries
                ],
            }
            for section in record.sections
        ],
        "printed": said(record.printed),
        "note": said(record.note) + missing,
        "faces": {"title": faces.title, "body": faces.body, "head": faces.head},
    }
    content = typst.compile(
        _TEMPLATE.read_bytes(),
        sys_inputs={"record": json.dumps(values, ensure_ascii=False), "paint": for_typst()},
        font_paths=faces.collection,
        ignore_system_fonts=True,
        format="pdf",
        timestamp=datetime(*printed_on.timetuple()[:3], tzinfo=UTC),
        pdf_tags=False,
    )
    path.write_bytes(content)


def _unseen(character: str) -> bool:
    """Control and format signs: nothing of them is printed."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs")


def _lacking(texts: list[str], faces: Faces) -> tuple[str, ...]:
    """What no face holds, characters younger than this Python among them: a rare name is marked, never dropped."""
    wanted = {character for text in texts for character in text}
    return tuple(
        sorted(c for c in wanted if ord(c) not in faces.glyphs and not c.isspace() and not _unseen(c))
    )


def _texts(record: Record) -> list[str]:
    found = [record.title, record.printed, record.note, *(part for pair in record.head for part in pair)]
    for section in record.sections:
        found.append(section.title)
        for entry in section.entries:
            found += [entry.title, *(part for pair in entry.lines for part in pair)]
    return found
