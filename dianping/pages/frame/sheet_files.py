"""A sheet as a file that leaves the site: a workbook, a document, or the PDF that is also what "打印" prints."""

import tempfile
from pathlib import Path

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from dianping.ledgers.rules import Sheet
from dianping.ledgers.services import KINDS, with_head, write_form

PRINT = "print"  # the PDF, opened instead of kept: what the printer gets is what the file holds
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def sheet_answer(sheet: Sheet, *, kind: str, name: str) -> HttpResponse:
    """The whole sheet as xlsx, docx, pdf or to print, under a name without its ending; 404 for any other kind. Raises Refusal where
    no Chinese font is found."""
    if kind not in (*KINDS, PRINT):
        raise Http404
    ending = "pdf" if kind == PRINT else kind
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"sheet.{ending}"
        write_form(sheet=with_head(sheet), kind=ending, path=path)
        content = path.read_bytes()
    response = HttpResponse(content, content_type=TYPES[ending])
    head = content_disposition_header(kind != PRINT, f"{name}.{ending}")
    response.headers["Content-Disposition"] = head or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
