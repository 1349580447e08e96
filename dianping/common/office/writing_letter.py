"""An official letter as PDF or Word, in the layout of GB/T 9704-2012. The letter itself comes as plain values."""

import json
from datetime import UTC, datetime
from pathlib import Path

import docx
import typst
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from dianping.base.papers.letter import Letter
from dianping.common.colours import digits, for_typst
from dianping.common.office.fonts import find_faces

_TEMPLATE = Path(__file__).with_name("letter.typ")
_RED = RGBColor.from_string(digits("letterhead"))
_BODY, _TITLE = 16, 22  # points: size three and size two
_LINE = 28.95  # points from line to line: 22 lines in 225 mm


def write_letter_pdf(letter: Letter, path: Path, *, own_fonts: Path | None = None) -> None:
    """Write a letter to `path`. Raises NoChineseFont, before anything is written."""
    faces = find_faces(own_fonts)
    values = {
        "issuer": letter.issuer,
        "number": letter.number,
        "title": letter.title,
        "addressees": letter.addressees,
        "paragraphs": letter.paragraphs,
        "enclosures": letter.enclosures,
        "day": letter.day,
        "note": letter.note,
        "body": faces.body,
        "head": faces.title,
    }
    content = typst.compile(
        _TEMPLATE.read_bytes(),
        sys_inputs={"letter": json.dumps(values, ensure_ascii=False), "paint": for_typst()},
        font_paths=faces.collection,
        ignore_system_fonts=True,
        format="pdf",
        timestamp=datetime(*letter.dated.timetuple()[:3], tzinfo=UTC),
    )
    path.write_bytes(content)


def write_letter_docx(letter: Letter, path: Path) -> None:
    """Write a letter to `path` as a Word document to be edited: 仿宋 for the body, 小标宋 for the title, by name."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    document.core_properties.title, document.core_properties.author = letter.title[:255], letter.issuer[:255]
    centre, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    _line(
        document,
        f"{letter.issuer}文件",
        size=30,
        face="方正小标宋简体",
        align=centre,
        colour=_RED,
        exact=False,
    )
    _line(document, "")
    _rule(_line(document, letter.number, align=centre))
    _line(document, "")
    _line(document, letter.title, size=_TITLE, face="方正小标宋简体", align=centre, exact=False)
    _line(document, "")
    _line(document, f"{letter.addressees}：")
    for paragraph in letter.paragraphs:
        _line(document, paragraph, indent=True)
    _line(document, "")
    for name in letter.enclosures:
        _line(document, f"附件：{name}", indent=True)
    _line(document, "")
    _line(document, f"{letter.issuer}　　", align=right)
    _line(document, f"{letter.day}　　　　", align=right)
    if letter.note:
        _line(document, f"（{letter.note}）", indent=True)
    document.save(str(path))


def _line(
    document: Document,
    text: str,
    *,
    size: int = _BODY,
    face: str = "仿宋_GB2312",
    align: WD_ALIGN_PARAGRAPH | None = None,
    colour: RGBColor | None = None,
    indent: bool = False,
    exact: bool = True,
) -> Paragraph:
    paragraph = document.add_paragraph()
    if align is not None:
        paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    if exact:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_LINE)
    if indent:
        form.first_line_indent = Pt(2 * _BODY)
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    if colour is not None:
        run.font.color.rgb = colour
    return paragraph


def _rule(paragraph: Paragraph) -> None:
    """The red line below the number."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", digits("letterhead"))):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)
