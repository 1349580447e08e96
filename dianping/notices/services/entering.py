"""Entering notices: what is read of them, kept beside their words, once."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.keeping import KeptFile
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.notices.models import Attachment, Citation, Direction, Line, Notice
from dianping.notices.reading import read_within_bounds
from dianping.notices.rights import may_enter
from dianping.notices.rules import Reading, as_json
from dianping.notices.rules.places import extents, number_of
from dianping.orgs.models import Organisation


@dataclass(frozen=True, slots=True)
class HeadCorrection:
    """What the clerk wrote over what was read of a notice's head; an empty field leaves the reading."""

    number: str = ""
    title: str = ""
    kind: str = ""
    issuer: str = ""
    dated: date | None = None


def enter_notice(
    *,
    text: str,
    organisation: Organisation,
    today: date,
    actor: Actor,
    direction: str = Direction.RECEIVED,
    copies: str = "",
    sign_by: date | None = None,
    corrected: HeadCorrection | None = None,
    files: Iterable[KeptFile] = (),
    reader: str | None = None,
) -> Notice:
    """Put a notice into an organisation's register, with the notices it encloses and what it cites.

    The text is read first, for `reader`, and only then written. The same text twice is the same notice. Raises Refusal for
    an empty text, one longer than any notice, or a number that is none.
    """
    permit(actor, may_enter, organisation)
    corrected = corrected or HeadCorrection()
    if not text.strip():
        raise Refusal("没有正文。", code="notices.text-empty", remedy="请粘贴文件全文，或上传文件。")
    if corrected.number and not number_of(corrected.number):
        raise Refusal(
            f"“{corrected.number}”不像发文字号。",
            code="notices.number-not-recognised",
            remedy="请写成 豫创组办发〔2010〕26号 这样；没有文号则空着。",
        )
    standing = _standing(text, organisation)
    if standing is not None:
        return standing
    reading = read_within_bounds(text, issued=corrected.dated, reader=reader)
    return _enter(
        reading,
        text=text,
        organisation=organisation,
        today=today,
        actor=actor,
        direction=direction,
        copies=copies or "、".join(reading.copy_to),
        sign_by=sign_by,
        corrected=corrected,
        files=files,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _standing(text: str, organisation: Organisation) -> Notice | None:
    return Notice.objects.filter(organisation=organisation, digest=_digest(text), within=None).first()


@act
def _enter(
    reading: Reading,
    *,
    text: str,
    organisation: Organisation,
    today: date,
    actor: Actor,
    direction: str,
    copies: str,
    sign_by: date | None,
    corrected: HeadCorrection,
    files: Iterable[KeptFile],
) -> Notice:
    """Write what was read; whoever entered the same text meanwhile was first."""
    permit(actor, may_enter, organisation)
    standing = _standing(text, organisation)
    if standing is not None:
        return standing
    digest = _digest(text)
    notice = _write(
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
            corrected=HeadCorrection(),
            within=notice,
            extent=extent,
        )
    Attachment.objects.bulk_create(
        Attachment(notice=notice, name=f.name, digest=f.digest, size=f.size) for f in files
    )
    audit.record(
        actor=actor,
        act="登记文件",
        about=f"notice:{notice.pk}",
        path=notice.path,
        number=notice.number,
        digest=digest,
        direction=direction,
    )
    return notice


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
    corrected: HeadCorrection,
    within: Notice | None,
    extent: tuple[int, int],
) -> Notice:
    notice = Notice.objects.create(
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
        reach=reading.reach[:40],
        dated=corrected.dated or reading.dated,
        entered_on=today,
        sign_by=sign_by,
        text=text,
        digest=digest,
        within=within,
        begins=extent[0],
        ends=extent[1],
        entered_by=actor.signature,
    )
    cited = [Citation(notice=notice, number=c.number, title=c.title[:200]) for c in reading.cites if c.number]
    also = [Citation(notice=notice, number=alias, is_alias=True) for alias in reading.aliases]
    Citation.objects.bulk_create([*cited, *also])
    Line.objects.bulk_create(_lines(notice, reading))
    return notice


KINDS = {
    "doubts": "doubt",
    "responsibilities": "responsibility",
    "cadences": "cadence",
    "dates": "date",
    "deliverables": "deliverable",
    "hearings": "hearing",
    "forms": "form",
    "modes": "mode",
    "consequences": "consequence",
    "demands": "demand",
}


def _lines(notice: Notice, reading: Reading) -> list[Line]:
    """Everything read from a notice, one line each, as proposed."""
    lines = []
    values: dict[str, Any] = as_json(reading)
    for key, kind in KINDS.items():
        for value in values.get(key, ()):
            plain = {"about": value} if isinstance(value, str) else value
            place = plain.get("at") or [0, 0]
            lines.append(
                Line(
                    notice=notice,
                    kind=kind,
                    clause=plain.get("clause", "")[:20],
                    text=plain.get("text") or plain["about"],
                    start=place[0],
                    end=place[1],
                    read=plain,
                    value=plain,
                )
            )
    return lines


def _first_line(text: str) -> str:
    return next(line.strip() for line in text.splitlines() if line.strip())
