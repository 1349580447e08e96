"""纸质表: equal to the screen. Typed twice by two people, one tally with the rest; that one is spoilt is typed twice as well."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError

from dianping.base.chinese_text import in_substance
from dianping.common import audit
from dianping.common.acts import act, acting
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.opinions.models import Batch, Box, PaperEntry, Poll, Slip
from dianping.opinions.rights import may_manage
from dianping.opinions.rules import Answers, asked, problems, read_code, tidied
from dianping.opinions.services.accounting import answer_digest, change, slip_digest, slip_term
from dianping.opinions.services.planning import lock_poll
from dianping.opinions.services.sending import UsedSlip, WrongSlip, refuse_uncounted, send_form
from dianping.opinions.services.slips import printed_stub

SPOILT = "废票"  # stands among the digests of a form typed as spoilt, in the place of every question

ANOTHER = (
    "请第一位录入人对照纸质表重新录一次；他来不了的，请另一位有权录入的同志用自己的账号从头录起，您再录第二次。"
    "认不清的，也可以由两位登记废票。"
)


class Mismatch(Refusal):
    """The second typing differs from the first. `places`: the questions that do, told once; none where the two do not
    agree whether the form is spoilt, and none from the second time on."""

    def __init__(self, what: str, remedy: str, places: Iterable[tuple[int, str]] = (), *, code: str) -> None:
        self.places = tuple(places)
        super().__init__(what, code=code, remedy=remedy)


def type_paper(*, poll: Poll, code: str, answers: Answers | None, today: date, actor: Actor) -> str:
    """Take one typing of a paper form, or of its being spoilt (`answers` None): "first", "anew" or "second". The second, by
    somebody else, puts it into the box, or among the spoilt.

    Whoever typed first may type again before the second. After two differences anybody but the one who differed last may
    begin anew in his place: he may be gone, and nothing is compared with what is thrown away. Raises Mismatch where the second differs, WrongSlip or
    UsedSlip for the number, Refusal for a box that is closed or answers that are not on the form.
    """
    permit(actor, may_manage, poll)
    if today < poll.opens:
        raise Refusal(
            f"从 {poll.opens} 开始收表，现在还不能录。",
            code="opinions.not-begun-yet",
            remedy="请到那一天再录。",
        )
    taken = _take(poll, code, answers, actor)
    if isinstance(taken, Mismatch):
        raise taken  # after the commit: how often it happened is kept
    return taken


@act
def _take(poll: Poll, code: str, answers: Answers | None, actor: Actor) -> "str | Mismatch":
    permit(actor, may_manage, poll)
    locked = lock_poll(poll)  # nobody opens the box meanwhile
    slip = _paper_slip(locked, code)
    subjects = locked.subjects.count()
    wrong = problems(locked.sheet, subjects, answers) if answers else []
    if wrong:
        raise Refusal("".join(wrong), code="opinions.answers-wrong", remedy="请改正后再录。")
    typed = _digests(locked, read_code(code) or "", subjects, answers)
    first = PaperEntry.objects.select_for_update().filter(slip=slip).first()
    if first is None:
        try:
            with acting():
                PaperEntry.objects.create(slip=slip, poll=locked, typed_by=actor.name, digests=typed)
        except IntegrityError:
            raise Refusal(
                "这份表刚才有别人在录。",
                code="opinions.form-being-typed",
                remedy="请再录一次，作为第二次录入。",
            ) from None
        return "first"
    if first.typed_by == actor.name:
        _replace(first, typed)
        return "first"
    if first.misses > 1:
        if first.missed_by == actor.name:
            return Mismatch("这份表两次录入已经两回不符。", ANOTHER, code="opinions.typings-differ-again")
        _replace(first, typed, typed_by=actor.name)
        audit.record(
            actor=actor,
            act="另起录入纸质表",
            about=f"poll:{locked.pk}",
            path=locked.path,
            first=first.typed_by,
            second=first.missed_by,
        )
        return "anew"
    if first.digests != typed:
        PaperEntry.objects.filter(pk=first.pk).update(misses=first.misses + 1, missed_by=actor.name)
        return _mismatch(first, typed)
    if answers is None:
        _spoil(locked, slip, actor, first=first.typed_by)
    else:
        _put_in(locked, code, answers)
    first.delete()
    return "second"


def _replace(first: PaperEntry, typed: dict[str, str], **more: str) -> None:
    PaperEntry.objects.filter(pk=first.pk).update(digests=typed, misses=0, missed_by="", **more)


def _mismatch(first: PaperEntry, typed: dict[str, str]) -> Mismatch:
    """What is told of the difference. Where it lies is told once: asked again and again it would read the form out."""
    if (SPOILT in first.digests) != (SPOILT in typed):
        once, now = ("登记为废票", "录了答卷") if SPOILT in first.digests else ("录了答卷", "登记为废票")
        return Mismatch(
            f"第一位录入人{once}，这一次{now}，两次不一致。",
            "请两位一起看这份纸质表，定下来再各录一次。",
            code="opinions.typings-differ-in-kind",
        )
    if first.misses:
        return Mismatch(
            "还是与第一次录入的不同。", f"您录的没有错的，{ANOTHER}", code="opinions.typings-still-differ"
        )
    places = [place for place, digest in typed.items() if first.digests.get(place) != digest]
    return Mismatch(
        f"有 {len(places)} 处与第一次录入的不同。",
        "请对照纸质表核对标出的各题，改正后再录；标出来只有这一次。",
        ((int(subject), key) for subject, _, key in (place.partition(":") for place in places)),
        code="opinions.typings-differ",
    )


def _put_in(poll: Poll, code: str, answers: Answers) -> None:
    plain = read_code(code) or ""
    send_form(code=plain, answers=answers, stub=printed_stub(plain), today=poll.closes, on_paper=True)
    change(Box.objects.select_for_update().get(poll=poll), typed=1)


def _spoil(poll: Poll, slip: Slip, actor: Actor, *, first: str) -> None:
    """登记废票: a form nobody can read, or marked against the rules: returned, and not valid."""
    before = slip_term(slip)
    slip.state = Slip.State.SPOILT
    if not Slip.objects.filter(pk=slip.pk, state=Slip.State.UNUSED).update(state=slip.state):
        raise UsedSlip(
            "这个编号的表刚才已经录过或者交过。", code="opinions.slip-used", remedy="同一张票只计一份。"
        )
    change(Box.objects.select_for_update().get(poll=poll), out=(before,), into=(slip_term(slip),))
    audit.record(actor=actor, act="登记废票", about=f"poll:{poll.pk}", path=poll.path, first=first)


def _paper_slip(poll: Poll, code: str) -> Slip:
    if poll.state != Poll.State.READY:
        raise Refusal(
            "票箱没有封好，或者已经开了，不能录纸质表。",
            code="opinions.box-not-ready",
            remedy="请刷新后再看。",
        )
    plain = read_code(code)
    slip = Slip.objects.filter(digest=slip_digest(plain), poll=poll).first() if plain else None
    if slip is None:
        raise WrongSlip(
            "这一次没有这个编号的表。",
            code="opinions.no-such-slip",
            remedy="请对照表上的 12 个字符再输一次。",
        )
    if slip.state == Slip.State.VOID:
        raise WrongSlip(
            "这个编号已经作废。", code="opinions.slip-void", remedy="请把这份表放在一边，登记到情况说明里。"
        )
    batch = Batch.objects.filter(poll=poll, number=slip.batch, on_paper=True).first()
    if batch is None:
        raise WrongSlip(
            "这张票不是纸质表。",
            code="opinions.slip-not-paper",
            remedy="只有印出来、收回来的纸质表才在这里录。",
        )
    if slip.state != Slip.State.UNUSED:
        raise UsedSlip(
            "这个编号的表已经录过两次，或者登记为废票。",
            code="opinions.slip-used",
            remedy="同一张票只计一份。",
        )
    refuse_uncounted(batch.counted_on is not None)
    return slip


def _digests(poll: Poll, code: str, subjects: int, answers: Answers | None) -> dict[str, str]:
    """One keyed digest for each question, answered or not; of a text, what it says, not how wide its commas are."""
    if answers is None:
        return {SPOILT: answer_digest(poll.pk, code, SPOILT, "")}
    plain = tidied(answers)
    digests = {}
    for place, _ in asked(poll.sheet, subjects):
        said = str(plain.grades.get(place, "")) + "\0" + in_substance(plain.words.get(place, ""))
        name = f"{place[0]}:{place[1]}"
        digests[name] = answer_digest(poll.pk, code, name, said)
    return digests
