"""What was read, decided line by line: taken as it is, corrected, added, struck; the head corrected."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Conflict, Refusal
from dianping.common.rights import permit
from dianping.notices.models import Line, Notice
from dianping.notices.rights import may_decide
from dianping.notices.rules import read_notice
from dianping.notices.rules.places import number_of


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
