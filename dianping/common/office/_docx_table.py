"""A sheet's table as one piece of WordprocessingML: written as text, since a register may have thousands of rows."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from dianping.base.papers.layout import INSET, air_of, column_widths, may_break, paper_of, printable, sizes_of
from dianping.base.papers.table import Cell, Sheet
from dianping.common.colours import digits

_TWIPS = 1440 / 25.4  # a millimetre in twentieths of a point
_HATCH = f'<w:shd w:val="thinDiagStripe" w:color="{digits("print-hatch")}" w:fill="{digits("paper")}"/>'
_SECTION = f'<w:shd w:val="clear" w:color="auto" w:fill="{digits("print-section")}"/>'
_HEADER = f'<w:shd w:val="clear" w:color="auto" w:fill="{digits("print-heading")}"/>'


def table_xml(sheet: Sheet) -> str:
    """The whole table as WordprocessingML."""
    widths = [round(width * _TWIPS) for width in column_widths(sheet)]
    side, above = round(INSET * _TWIPS), round(air_of(sheet) / 2 * _TWIPS)
    margins = "".join(
        f'<w:{edge} w:w="{room}" w:type="dxa"/>'
        for edge, room in (("top", above), ("left", side), ("bottom", above), ("right", side))
    )
    borders = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{digits("print")}"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f'<w:tblGrid>{"".join(f"""<w:gridCol w:w="{width}"/>""" for width in widths)}</w:tblGrid>'
        f"{_header(sheet, widths)}{''.join(_rows(sheet, widths))}</w:tbl>"
    )


def _header(sheet: Sheet, widths: Sequence[int]) -> str:
    """The header lines; a title two lines high is merged down."""
    lines = sheet.header()
    drawn = []
    for number, line in enumerate(lines):
        cells, at, titles = [], 0, iter(line)
        while at < len(widths):
            tall = len(lines) == 2 and not sheet.columns[at].group
            if tall and number == 1:
                cells.append(_cell("", "表头", "center", widths[at : at + 1], _HEADER, merge="<w:vMerge/>"))
                at += 1
                continue
            title = next(titles)
            merge = '<w:vMerge w:val="restart"/>' if tall else ""
            room = widths[at : at + title.columns]
            cells.append(
                _cell(_paragraph(title.title, "表头", "center"), "表头", "center", room, _HEADER, merge)
            )
            at += title.columns
        drawn.append(f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>")
    return "".join(drawn)


def _rows(sheet: Sheet, widths: Sequence[int]) -> Iterable[str]:
    millimetres, sizes, paper = column_widths(sheet), sizes_of(sheet), paper_of(sheet)
    for cells in sheet.rows:
        whole = "" if may_break(cells, millimetres, sizes, paper) else "<w:trPr><w:cantSplit/></w:trPr>"
        drawn, at = [], 0
        for cell in cells:
            drawn.append(_body_cell(cell, sheet.align(cell, at), widths[at : at + cell.span]))
            at += cell.span
        yield f"<w:tr>{whole}{''.join(drawn)}</w:tr>"


def _body_cell(cell: Cell, align: str, room: Sequence[int]) -> str:
    if cell.strong:
        return _cell(_paragraph(cell.shown, "表头", align, stay=True), "表头", align, room, _SECTION)
    paragraphs = _paragraph(cell.shown, "表内", align) if cell.shown else ""
    if cell.missing:
        paragraphs += _paragraph(cell.missing, "缺项", align)
    return _cell(paragraphs, "表内", align, room, _HATCH if cell.missing else "")


def _cell(paragraphs: str, style: str, align: str, room: Sequence[int], shade: str, merge: str = "") -> str:
    span = f'<w:gridSpan w:val="{len(room)}"/>' if len(room) > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{sum(room)}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraphs or _paragraph('', style, align)}</w:tc>"
    )


def _paragraph(text: str, style: str, align: str, *, stay: bool = False) -> str:
    keep = "<w:keepNext/>" if stay else ""
    said = escape(printable(text)).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    run = f'<w:r><w:t xml:space="preserve">{said}</w:t></w:r>' if said else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}<w:jc w:val="{align}"/></w:pPr>{run}</w:p>'
