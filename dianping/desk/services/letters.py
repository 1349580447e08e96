"""转发: our own notice drafted over a superior's, from the overlay that stands, for the clerk to edit."""

import tempfile
import tomllib
from datetime import date
from pathlib import Path

from django.conf import settings

from dianping.common.office.fonts import NoChineseFont
from dianping.common.office.writing_letter import write_letter_docx, write_letter_pdf
from dianping.common.refusal import Refusal
from dianping.notices.models import Notice
from dianping.notices.selectors import reach_of
from dianping.programmes.selectors import adopted_by_number, adoptions_of
from dianping.rules.notice.letter import Letter, forwarding_letter

KINDS = ("docx", "pdf")


def draft_letter(*, notice: Notice, today: date) -> Letter:
    """The forwarding notice for what a notice encloses, or for the notice itself; with our own arrangements where an
    overlay of it is in force, and saying so where nothing is added to it."""
    superior = notice.enclosed.order_by("pk").first() or notice
    base = adopted_by_number(superior.number, organisation=notice.organisation)
    over = [
        row
        for row in adoptions_of(notice.organisation)
        if base is not None and row.extends == base.code and row.until is None
    ]
    return forwarding_letter(
        issuer=notice.organisation.name,
        addressees=notice.addressees if superior is not notice else "",
        superior=superior.issuer,
        number=superior.number,
        title=superior.title,
        dated=today,
        own=tomllib.loads(over[-1].text) if over else {},
        reach=reach_of(notice),
    )


def letter_bytes(*, letter: Letter, kind: str) -> bytes:
    """The letter as a file. Refuses a pdf, in words, where no Chinese font is found."""
    own = Path(settings.HOME) / "fonts"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"letter.{kind}"
        try:
            if kind == "pdf":
                write_letter_pdf(letter, path, own_fonts=own if own.is_dir() else None)
            else:
                write_letter_docx(letter, path)
        except NoChineseFont as no:
            raise Refusal(str(no)) from no
        return path.read_bytes()
