"""Official letters: our own forwarding notice drafted over a superior's, and a bulletin as it prints."""

import tempfile
import tomllib
from datetime import date
from pathlib import Path

from django.conf import settings

from dianping.base.day_words import written
from dianping.base.papers.letter import Letter, forwarding_letter
from dianping.bulletins.models import Bulletin
from dianping.bulletins.rights import may_read_bulletin
from dianping.bulletins.selectors import circle_words
from dianping.common.audit import Actor
from dianping.common.office.writing_letter import write_letter_docx, write_letter_pdf
from dianping.common.rights import permit
from dianping.notices.models import Notice
from dianping.notices.rights import may_decide
from dianping.notices.selectors import reach_of
from dianping.programmes.selectors import adopted_by_number, adoptions_of

KINDS = ("docx", "pdf")


def draft_letter(*, notice: Notice, today: date, actor: Actor) -> Letter:
    """The forwarding notice for what a notice encloses, or for the notice itself; with our own arrangements where an
    overlay of it is in force, and saying so where nothing is added to it."""
    permit(actor, may_decide, notice)
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
        if kind == "pdf":
            write_letter_pdf(letter, path, own_fonts=own if own.is_dir() else None)
        else:
            write_letter_docx(letter, path)
        return path.read_bytes()


def bulletin_letter(*, bulletin: Bulletin, today: date, actor: Actor) -> Letter:
    """A bulletin in the same layout, with the cases it tells; a draft and a withdrawn one say so below the date."""
    permit(actor, may_read_bulletin, bulletin)
    paragraphs = [line.strip() for line in bulletin.body.splitlines() if line.strip()]
    cases = list(bulletin.cases.order_by("pk"))
    if cases:
        paragraphs.append("附：先进典型和好做法")
    for number, case in enumerate(cases, 1):
        if case.state == "withdrawn":
            paragraphs.append(f"{number}．（这一项已于{written(case.withdrawn_on or today)}撤回。）")
            continue
        paragraphs.append(
            f"{number}．{case.title}（{case.get_kind_display()}，{case.organisation.short_name}）"
        )
        paragraphs += [line.strip() for line in case.facts.splitlines() if line.strip()]
    return Letter(
        issuer=bulletin.organisation.name,
        number=bulletin.called,
        title=bulletin.title,
        addressees=circle_words(bulletin.circle),
        paragraphs=tuple(paragraphs),
        enclosures=(),
        dated=bulletin.issued_on or today,
        note=_standing(bulletin),
    )


def _standing(bulletin: Bulletin) -> str:
    if bulletin.state == Bulletin.State.DRAFT:
        return "拟稿，未经签发"
    if bulletin.withdrawn_on is not None:
        return f"已于{written(bulletin.withdrawn_on)}撤回：{bulletin.why}"
    return ""
