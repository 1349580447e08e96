"""Entering notices, sending them on, and signing for them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.keeping import KeptFile
from dianping.common.refusal import Conflict, Refusal
from dianping.common.rights import permit
from dianping.notices.models import Attachment, Citation, Direction, Line, Notice, Receipt
from dianping.notices.reading import read_within_bounds
from dianping.notices.rights import may_decide, may_enter, may_send, may_sign
from dianping.notices.rules import Reading, as_json, read_notice
from dianping.notices.rules.places import extents, number_of
from dianping.notices.rules.reach import beyond
from dianping.notices.selectors import reach_of
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


def decide_line(
    *, line: Line, state: str, changes: dict[str, object], version: int, today: date, actor: Actor
) -> Line:
    """Accept, correct or strike one line; what was read stays beside it.

    Raises Refusal for a value that cannot stand (a date that is none), Conflict when somebody decided meanwhile.
    """
    permit(actor, may_decide, line.notice)
    given = {key: _as_written(key, value, line.notice) for key, value in changes.items()}
    return _decide(line, state, given, version, today, actor)


@act
def _decide(
    line: Line, state: str, given: dict[str, object], version: int, today: date, actor: Actor
) -> Line:
    permit(actor, may_decide, line.notice)
    locked = Line.objects.select_for_update(of=("self",)).select_related("notice").get(pk=line.pk)
    if locked.version != version:
        raise Conflict(
            f"这一行刚刚由{locked.decided_by}定为“{locked.get_state_display()}”，您的没有存入。请看过后再定。",
            code="notices.line-changed-meanwhile",
            differences=(("状态", locked.get_state_display(), Line.State(state).label),),
        )
    changed = {key: value for key, value in given.items() if locked.value.get(key) != value}
    locked.value = locked.value | changed
    locked.state = Line.State.CORRECTED if changed and state == Line.State.ACCEPTED else state
    if state == Line.State.PROPOSED:
        locked.value = locked.read
    locked.decided_by, locked.decided_on = actor.signature, today
    locked.version += 1
    locked.save()
    audit.record(
        actor=actor,
        act=f"核对读出的一行：{locked.get_state_display()}",
        about=f"notice:{locked.notice_id}",
        path=locked.notice.path,
        line=locked.pk,
        changed=sorted(changed),
    )
    return locked


# What may be added by hand of each kind, and what must stand in it.
ADDABLE = {
    "responsibility": ("reviewer", "about"),
    "cadence": ("about", "months"),
    "date": ("end",),
    "deliverable": ("what", "due"),
    "hearing": ("end",),
    "form": ("about",),
    "mode": ("about",),
    "consequence": ("about",),
    "demand": ("about",),
}
# What else a line of a kind holds, as a reading would leave it where the paper says nothing.
_UNSAID: dict[str, dict[str, object]] = {
    "cadence": {"times": 1},
    "date": {"start": None},
    "deliverable": {"by": "", "to": "", "until": "", "copies": 0},
    "hearing": {"hearer": "", "units": "", "start": None},
}


def add_line(
    *, notice: Notice, kind: str, words: str, values: dict[str, object], today: date, actor: Actor
) -> Line:
    """A line the reading missed, from words of the paper that somebody selected; accepted as it is added.

    The same line twice is the same line. Raises Refusal for words that do not stand in the paper, a kind there is not, or a
    value that is missing or cannot stand.
    """
    permit(actor, may_decide, notice)
    start = _place_of(words, notice)
    if kind not in ADDABLE:
        raise Refusal(
            f"没有“{kind}”这一种。", code="notices.line-kind-unknown", remedy="请从列出的几种里选一种。"
        )
    given = {key: _as_written(key, value, notice) for key, value in values.items()}
    missing = [key for key in ADDABLE[kind] if not given.get(key)]
    if missing:
        raise Refusal(
            "添的一行还缺内容。",
            code="notices.line-incomplete",
            remedy="谁点评谁要写明谁、对谁；频次要写明对谁、每几个月；时间、听取汇报要写止日；材料要写什么、期限；其余要写内容。没有添上，原有各行不受影响。",
        )
    clause = _clause_at(notice, start)
    return _add(notice, kind, (start, start + len(words.strip())), clause, given, today, actor)


def _place_of(words: str, notice: Notice) -> int:
    """Where selected words stand in a notice's own stretch of the text, whatever breaks a page put between them."""
    wanted = words.strip()
    at = notice.text.find(wanted, notice.begins, notice.ends) if wanted else -1
    if at < 0:
        raise Refusal(
            f"“{wanted[:40]}”不是这份文件的原话。" if wanted else "没有选原文里的话。",
            code="notices.words-not-there",
            remedy="请在左边原文里选中这一行所依据的几个字，再添。",
        )
    return at


def _clause_at(notice: Notice, start: int) -> str:
    """The clause in which a place stands: that of the last line read before it, "" above all clauses."""
    near = notice.lines.filter(start__lte=start).exclude(clause="").order_by("-start").first()
    return near.clause if near is not None else ""


@act
def _add(
    notice: Notice,
    kind: str,
    place: tuple[int, int],
    clause: str,
    given: dict[str, object],
    today: date,
    actor: Actor,
) -> Line:
    permit(actor, may_decide, notice)
    text = notice.text[place[0] : place[1]]
    value: dict[str, object] = {"text": text, "clause": clause, "at": list(place), "added": True}
    if kind == "demand":
        value["kind"] = "added"
    value |= _UNSAID.get(kind, {}) | {key: said for key, said in given.items() if said is not None}
    standing = notice.lines.filter(kind=kind, start=place[0], end=place[1], value=value).first()
    if standing is not None:
        return standing
    line = Line.objects.create(
        notice=notice,
        kind=kind,
        clause=clause[:20],
        text=text,
        start=place[0],
        end=place[1],
        read=value,
        value=value,
        state=Line.State.ACCEPTED,
        decided_by=actor.signature,
        decided_on=today,
    )
    audit.record(
        actor=actor,
        act="添读漏的一行",
        about=f"notice:{notice.pk}",
        path=notice.path,
        line=line.pk,
        kind=kind,
    )
    return line


@act
def correct_head(
    *,
    notice: Notice,
    title: str,
    number: str,
    issuer: str,
    kind: str,
    addressees: str,
    dated: date | None,
    actor: Actor,
) -> Notice:
    """Put right what was read of a notice's head; what stood before is in the audit. The text stays as it was entered.

    Raises Refusal for an empty title, or a number that is none.
    """
    permit(actor, may_decide, notice)
    if not title.strip():
        raise Refusal("没有标题。", code="notices.title-empty", remedy="请写上标题；其余几格没有改动。")
    if number and not number_of(number):
        raise Refusal(
            f"“{number}”不像发文字号。",
            code="notices.number-not-recognised",
            remedy="请写成 豫创组办发〔2010〕26号 这样；没有文号则空着。",
        )
    locked = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    told: dict[str, object] = {
        "title": title.strip()[:200],
        "number": number_of(number) if number else "",
        "issuer": issuer.strip()[:120],
        "kind": kind.strip()[:10],
        "addressees": addressees.strip(),
        "dated": dated,
    }
    was = {key: getattr(locked, key) for key, value in told.items() if getattr(locked, key) != value}
    if not was:
        return locked
    for key in was:
        setattr(locked, key, told[key])
    locked.save(update_fields=sorted(was))
    audit.record(
        actor=actor,
        act="更正文件的文头",
        about=f"notice:{locked.pk}",
        path=locked.path,
        was={key: str(value or "") for key, value in was.items()},
    )
    return locked


def _as_written(key: str, value: object, notice: Notice) -> object:
    """A day as the line holds it: typed as 2011-01-10, or in the notice's own words (1月10日前) taken from the text."""
    if key not in ("start", "end", "due") or not value:
        return value
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        dates = read_notice(str(value)[:200], issued=notice.dated).dates
    if not dates or dates[0].due is None:
        raise Refusal(
            f"“{value}”不是一个日期。",
            code="notices.day-unreadable",
            remedy="请写 2011-01-10，或原文那样的 1月10日前。",
        )
    day = dates[0].opens if key == "start" and dates[0].opens else dates[0].due
    return day.isoformat()


@act
def accept_rest(*, notices: Iterable[Notice], today: date, actor: Actor) -> int:
    """Accept every line not yet decided; how many. Twice changes nothing."""
    total = 0
    for notice in notices:
        permit(actor, may_decide, notice)
        number = notice.lines.filter(state=Line.State.PROPOSED).update(
            state=Line.State.ACCEPTED, decided_by=actor.signature, decided_on=today, version=F("version") + 1
        )
        if number:
            audit.record(
                actor=actor,
                act="其余各行一并采纳",
                about=f"notice:{notice.pk}",
                path=notice.path,
                lines=number,
            )
        total += number
    return total


def _first_line(text: str) -> str:
    return next(line.strip() for line in text.splitlines() if line.strip())


@act
def send_to(*, notice: Notice, organisations: Iterable[Organisation], actor: Actor, agreed: str = "") -> int:
    """Ask organisations to sign for a notice; how many were added. Twice changes nothing.

    Raises Refusal for organisations below the tier the notice, or one it encloses, may be handed down to, unless
    `agreed` says who agreed to that; the words are kept in the audit.
    """
    organisations = list(organisations)
    permit(actor, may_send, notice, organisations)
    words = reach_of(notice)
    below = beyond(words, sorted({o.kind for o in organisations}))
    if below and not agreed.strip():
        raise Refusal(
            f"这份文件写明“发至{words}”，{'、'.join(below)}在这一级以下。",
            code="notices.handed-down-too-far",
            remedy="请只选这一级以上的；发文机关同意扩大的，请写明谁在何时同意。",
        )
    standing = set(notice.receipts.values_list("organisation", flat=True))
    new = [Receipt(notice=notice, organisation=o, path=o.path) for o in organisations if o.pk not in standing]
    Receipt.objects.bulk_create(new)
    if new:
        audit.record(
            actor=actor,
            act="分送文件",
            about=f"notice:{notice.pk}",
            path=notice.path,
            organisations=len(new),
            **({"beyond": words, "agreed": agreed.strip()} if below else {}),
        )
    return len(new)


@act
def sign_for(*, notice: Notice, organisation: Organisation, moment: datetime, actor: Actor) -> Receipt:
    """签收. Twice keeps the first. Raises Refusal when the notice was not sent there."""
    permit(actor, may_sign, organisation)
    receipt = Receipt.objects.select_for_update().filter(notice=notice, organisation=organisation).first()
    if receipt is None:
        raise Refusal(
            f"这份文件没有分送给{organisation.name}。",
            code="notices.not-sent-there",
            remedy="请与发文的办公室核对。",
        )
    if receipt.signed_at is None:
        receipt.signed_at, receipt.signed_by = moment, actor.signature
        receipt.save(update_fields=["signed_at", "signed_by"])
        audit.record(actor=actor, act="签收文件", about=f"notice:{notice.pk}", path=organisation.path)
    return receipt
