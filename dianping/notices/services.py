"""Entering papers, sending them on, and signing for them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dianping.common import audit
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.notices.models import Attachment, Citation, Direction, Paper, Receipt
from dianping.orgs.models import Organisation
from dianping.rules.notice import Reading, read_notice
from dianping.rules.notice.places import extents, number_of


@dataclass(frozen=True, slots=True)
class Corrected:
    """What the clerk wrote over what was read of a paper's head; an empty field leaves the reading."""

    number: str = ""
    title: str = ""
    kind: str = ""
    issuer: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A file already kept in the data folder."""

    name: str
    digest: str
    size: int


@transaction.atomic
def enter_paper(
    *,
    text: str,
    organisation: Organisation,
    today: date,
    actor: Actor,
    direction: str = Direction.RECEIVED,
    copies: str = "",
    sign_by: date | None = None,
    corrected: Corrected | None = None,
    files: Iterable[Kept] = (),
) -> Paper:
    """Put a paper into an organisation's register, with the papers it encloses and what it cites.

    The same text twice is the same paper. Raises Refusal for an empty text or a number that is none.
    """
    corrected = corrected or Corrected()
    if not text.strip():
        raise Refusal("没有正文。", remedy="请粘贴文件全文，或上传文件。")
    if corrected.number and not number_of(corrected.number):
        raise Refusal(
            f"“{corrected.number}”不像发文字号。",
            remedy="请写成 豫创组办发〔2010〕26号 这样；没有文号则空着。",
        )
    digest = hashlib.sha256(text.encode()).hexdigest()
    standing = Paper.objects.filter(organisation=organisation, digest=digest, within=None).first()
    if standing is not None:
        return standing
    reading = read_notice(text, issued=corrected.dated)
    paper = _write(
        reading,
        text=text,
        digest=digest,
        organisation=organisation,
        direction=direction,
        copies=copies,
        sign_by=sign_by,
        today=today,
        actor=actor,
        corrected=corrected,
        within=None,
        extent=extents(reading, text)[0],
    )
    for enclosed, extent in zip(reading.enclosed, extents(reading, text)[1:], strict=True):
        _write(
            enclosed,
            text=text,
            digest=digest,
            organisation=organisation,
            direction=direction,
            copies="",
            sign_by=None,
            today=today,
            actor=actor,
            corrected=Corrected(),
            within=paper,
            extent=extent,
        )
    Attachment.objects.bulk_create(
        Attachment(paper=paper, name=f.name, digest=f.digest, size=f.size) for f in files
    )
    audit.record(
        actor=actor,
        act="登记文件",
        about=f"paper:{paper.pk}",
        path=paper.path,
        number=paper.number,
        digest=digest,
        direction=direction,
    )
    return paper


def _write(
    reading: Reading,
    *,
    text: str,
    digest: str,
    organisation: Organisation,
    direction: str,
    copies: str,
    sign_by: date | None,
    today: date,
    actor: Actor,
    corrected: Corrected,
    within: Paper | None,
    extent: tuple[int, int],
) -> Paper:
    paper = Paper.objects.create(
        organisation=organisation,
        path=organisation.path,
        direction=direction,
        number=number_of(corrected.number) or reading.number,
        title=(corrected.title or reading.title or _first_line(text))[:200],
        kind=(corrected.kind or reading.kind)[:10],
        issuer=(corrected.issuer or reading.issuer)[:120],
        signature=reading.signature[:120],
        addressees="、".join(reading.addressees),
        copies=copies,
        dated=corrected.dated or reading.dated,
        entered_on=today,
        sign_by=sign_by,
        text=text,
        digest=digest,
        reading=reading.as_json(),
        within=within,
        begins=extent[0],
        ends=extent[1],
        entered_by=actor.signature,
    )
    cited = [Citation(paper=paper, number=c.number, title=c.title[:200]) for c in reading.cites if c.number]
    also = [Citation(paper=paper, number=alias, is_alias=True) for alias in reading.aliases]
    Citation.objects.bulk_create([*cited, *also])
    return paper


def _first_line(text: str) -> str:
    return next(line.strip() for line in text.splitlines() if line.strip())


@transaction.atomic
def send_to(*, paper: Paper, organisations: Iterable[Organisation], actor: Actor) -> int:
    """Ask organisations to sign for a paper; how many were added. Twice changes nothing."""
    standing = set(paper.receipts.values_list("organisation", flat=True))
    new = [Receipt(paper=paper, organisation=o, path=o.path) for o in organisations if o.pk not in standing]
    Receipt.objects.bulk_create(new)
    if new:
        audit.record(
            actor=actor, act="分送文件", about=f"paper:{paper.pk}", path=paper.path, organisations=len(new)
        )
    return len(new)


@transaction.atomic
def sign_for(*, paper: Paper, organisation: Organisation, moment: datetime, actor: Actor) -> Receipt:
    """签收. Twice keeps the first. Raises Refusal when the paper was not sent there."""
    found = Receipt.objects.select_for_update().filter(paper=paper, organisation=organisation).first()
    if found is None:
        raise Refusal(f"这份文件没有分送给{organisation.name}。", remedy="请与发文的办公室核对。")
    if found.signed_at is None:
        found.signed_at, found.signed_by = moment, actor.signature
        found.save(update_fields=["signed_at", "signed_by"])
        audit.record(actor=actor, act="签收文件", about=f"paper:{paper.pk}", path=organisation.path)
    return found
