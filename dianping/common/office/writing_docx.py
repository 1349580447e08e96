"""A sheet as a Word document: A4, header line repeated on every page, fonts named for Chinese text.

A character outside what XML can carry is left out. The same sheet gives the same bytes.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from dianping.base.papers.layout import LINE, paper_of, printable, sizes_of
from dianping.base.papers.table import Sheet
from dianping.common.office._docx_table import table_xml

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP entry can be dated
_LATIN = "Times New Roman"


def write_docx(sheet: Sheet, path: Path) -> None:
    """Write one sheet to `path`."""
    document = docx.Document()
    _set_properties(document, sheet)
    _set_styles(document, sheet)
    _set_paper(document.sections[0], sheet)
    _write_running_lines(document, sheet)
    document.add_paragraph(printable(sheet.title), style="表题")
    _write_head(document, sheet)
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(table_xml(sheet)))
    _write_foot(document, sheet)
    path.write_bytes(_steady(document))


def _steady(document: Document) -> bytes:
    """The document's bytes with every part dated alike."""
    drawn, steady = BytesIO(), BytesIO()
    document.save(drawn)
    with ZipFile(drawn) as source, ZipFile(steady, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, _FIRST_DAY)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return steady.getvalue()


def _set_properties(document: Document, sheet: Sheet) -> None:
    day = datetime(*sheet.filled_on.timetuple()[:3], tzinfo=UTC)
    properties = document.core_properties
    properties.title, properties.author = printable(sheet.title)[:255], printable(sheet.organisation)[:255]
    properties.created = properties.modified = day
    properties.last_modified_by = properties.comments = ""
    properties.revision, properties.language = 1, "zh-CN"


def _set_styles(document: Document, sheet: Sheet) -> None:
    sizes = sizes_of(sheet)
    normal = document.styles["Normal"]
    _set_face(normal, "仿宋", 10.5)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    for gap in ("autoSpaceDN", "autoSpaceDE"):  # no gap between a figure and the character beside it
        normal.element.get_or_add_pPr().insert(0, parse_xml(f'<w:{gap} {nsdecls("w")} w:val="0"/>'))
    _speak_chinese(document)
    for name, face, size, bold in (
        ("表题", "宋体", sizes.title, True),
        ("表内", "仿宋", sizes.body, False),
        ("表头", "黑体", sizes.body, False),
        ("缺项", "黑体", sizes.small, False),
        ("表注", "仿宋", 9, False),
    ):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _set_face(style, face, size)
        style.font.bold = bold
        style.paragraph_format.line_spacing = Pt(
            round(size * LINE, 1)
        )  # exact: row heights hold with any face
    title = document.styles["表题"].paragraph_format
    title.alignment, title.space_after = 1, Pt(6)


def _speak_chinese(document: Document) -> None:
    """Mark the text as mainland Chinese, or a reader without 仿宋 may fall back to another region's shapes."""
    defaults = document.styles.element.find(".//" + qn("w:rPrDefault") + "/" + qn("w:rPr"))
    for element in defaults.findall(qn("w:lang")):
        defaults.remove(element)
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'))


def _set_face(style: ParagraphStyle, face: str, size: float) -> None:
    style.font.name, style.font.size = _LATIN, Pt(size)
    fonts = style.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), face)
    fonts.set(qn("w:hint"), "eastAsia")


def _set_paper(section: Section, sheet: Sheet) -> None:
    paper = paper_of(sheet)
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(paper.width), Mm(paper.height)
    section.top_margin, section.bottom_margin = Mm(paper.top), Mm(paper.bottom)
    section.left_margin, section.right_margin = Mm(paper.left), Mm(paper.right)
    section.header_distance, section.footer_distance = Mm(paper.top - 10), Mm(paper.bottom - 12)


def _write_running_lines(document: Document, sheet: Sheet) -> None:
    """Page numbers at the outer edge; from the second page on, whose form this is."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    running = f"{sheet.title}（续）　{sheet.organisation}　{sheet.period}"
    for header in (section.header, section.even_page_header):
        header.paragraphs[0].text = printable(running)
    section.first_page_header.is_linked_to_previous = False
    for footer, side in (
        (section.first_page_footer, "right"),
        (section.footer, "right"),
        (section.even_page_footer, "left"),
    ):
        paragraph = footer.paragraphs[0]._p
        for piece in _page_number(side):
            paragraph.append(parse_xml(piece))


def _page_number(side: str) -> Iterable[str]:
    w = nsdecls("w")
    yield f'<w:pPr {w}><w:jc w:val="{side}"/></w:pPr>'
    for before, field in (("第 ", "PAGE"), (" 页　共 ", "NUMPAGES")):
        yield f'<w:r {w}><w:t xml:space="preserve">{before}</w:t></w:r>'
        yield f'<w:fldSimple {w} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    yield f'<w:r {w}><w:t xml:space="preserve"> 页</w:t></w:r>'


def _write_head(document: Document, sheet: Sheet) -> None:
    measure = paper_of(sheet).measure
    said = [printable(f"{label}：{value}") for label, value in sheet.head]
    for line in filter(None, ("\t".join(said[:3]), "　　".join(said[3:]))):
        form = document.add_paragraph(line).paragraph_format
        form.space_after = Pt(3)
        form.tab_stops.add_tab_stop(Mm(measure * 0.53), WD_TAB_ALIGNMENT.CENTER)
        form.tab_stops.add_tab_stop(Mm(measure), WD_TAB_ALIGNMENT.RIGHT)


def _write_foot(document: Document, sheet: Sheet) -> None:
    paper = paper_of(sheet)
    if sheet.signatures:
        line = document.add_paragraph(
            "\t".join(f"{label}：{printable(name)}" for label, name in sheet.signatures)
        )
        line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(8)
        for n in range(1, len(sheet.signatures)):
            line.paragraph_format.tab_stops.add_tab_stop(Mm(paper.measure * n / len(sheet.signatures)))
    for n, note in enumerate(sheet.notes):
        mark = "注：" if n == 0 else "　　"
        document.add_paragraph(f"{mark}{n + 1}. {printable(note)}", style="表注")
    if sheet.basis or not sheet.notes:  # a document may not end with a table
        document.add_paragraph(f"依据：{printable(sheet.basis)}" if sheet.basis else "", style="表注")
