"""纸质表: equal to the screen. Typed twice by two people, one tally with the rest; a spoilt one is counted as such."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from dianping.common import audit
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.opinions.models import Batch, Box, PaperEntry, Poll, Slip
from dianping.opinions.services.accounting import answer_digest, change, slip_digest, slip_term
from dianping.opinions.services.planning import lock_poll
from dianping.opinions.services.sending import UsedSlip, WrongSlip, send_form
from dianping.opinions.services.slips import printed_stub
from dianping.rules.ballots import Answers, asked, problems, read_code, tidied


class Mismatch(Refusal):
    """The second typing differs from the first; `places` are the questions that do."""

    def __init__(self, places: Iterable[tuple[int, str]]) -> None:
        self.places = tuple(places)
        super().__init__(
            f"有 {len(self.places)} 处与第一次录入的不同。",
            remedy="请对照纸质表核对标出的各题。您录的没有错的，请第一位录入人重新录一次。",
        )


@transaction.atomic
def type_paper(*, poll: Poll, code: str, answers: Answers, actor: Actor) -> str:
    """Take one typing of a paper form: "first" or "second". The second, by somebody else, puts it into the box.

    Whoever typed first may type again before the second. Raises Mismatch where the second differs, WrongSlip or
    UsedSlip for the number, Refusal for a box that is closed or answers that are not on the form.
    """
    lock_poll(poll)  # nobody opens the box meanwhile
    slip = _paper_slip(poll, code)
    subjects = poll.subjects.count()
    wrong = problems(poll.sheet, subjects, answers)
    if wrong:
        raise Refusal("".join(wrong), remedy="请改正后再录。")
    typed = _digests(poll, slip, subjects, answers)
    first = PaperEntry.objects.select_for_update().filter(slip=slip).first()
    if first is None:
        try:
            with transaction.atomic():
                PaperEntry.objects.create(slip=slip, poll=poll, typed_by=actor.name, digests=typed)
        except IntegrityError:
            raise Refusal("这份表刚才有别人在录。", remedy="请再录一次，作为第二次录入。") from None
        return "first"
    if first.typed_by == actor.name:
        PaperEntry.objects.filter(pk=first.pk).update(digests=typed)
        return "first"
    differing = [place for place, digest in typed.items() if first.digests.get(place) != digest]
    if differing:
        raise Mismatch((int(place.partition(":")[0]), place.partition(":")[2]) for place in differing)
    first.delete()
    plain = read_code(code) or ""
    send_form(code=plain, answers=answers, stub=printed_stub(plain), today=poll.closes, on_paper=True)
    return "second"


def _paper_slip(poll: Poll, code: str) -> Slip:
    if poll.state != Poll.State.READY:
        raise Refusal("票箱没有封好，或者已经开了，不能录纸质表。", remedy="请刷新后再看。")
    plain = read_code(code)
    slip = Slip.objects.filter(digest=slip_digest(plain), poll=poll).first() if plain else None
    if slip is None:
        raise WrongSlip("这一次没有这个编号的表。", remedy="请对照表上的 12 个字符再输一次。")
    if slip.state == Slip.State.VOID:
        raise WrongSlip("这个编号已经作废。", remedy="请把这份表放在一边，登记到情况说明里。")
    if not Batch.objects.filter(poll=poll, number=slip.batch, on_paper=True).exists():
        raise WrongSlip("这张票不是纸质表。", remedy="只有印出来、收回来的纸质表才在这里录。")
    if slip.state != Slip.State.UNUSED:
        raise UsedSlip(
            "这个编号的表已经录过、登记为废票，或者填表人已经在手机上交了。", remedy="同一张票只计一份。"
        )
    return slip


def _digests(poll: Poll, slip: Slip, subjects: int, answers: Answers) -> dict[str, str]:
    """One keyed digest for each question, answered or not; blanks in a text count for nothing."""
    plain = tidied(answers)
    found = {}
    for place, _ in asked(poll.sheet, subjects):
        said = str(plain.grades.get(place, "")) + "\0" + "".join(plain.words.get(place, "").split())
        name = f"{place[0]}:{place[1]}"
        found[name] = answer_digest(poll.pk, slip.digest, name, said)
    return found


@transaction.atomic
def spoil_paper(*, poll: Poll, code: str, actor: Actor) -> None:
    """登记废票: a paper form nobody can read, or marked against the rules: returned, and not valid."""
    locked = lock_poll(poll)
    slip = _paper_slip(locked, code)
    before = slip_term(slip)
    slip.state = Slip.State.SPOILT
    if not Slip.objects.filter(pk=slip.pk, state=Slip.State.UNUSED).update(state=slip.state):
        raise UsedSlip("这个编号的表刚才已经录过或者交过。", remedy="同一张票只计一份。")
    box = Box.objects.select_for_update().get(poll=locked)
    change(box, out=(before,), into=(slip_term(slip),))
    PaperEntry.objects.filter(slip=slip).delete()
    audit.record(actor=actor, act="登记废票", about=f"poll:{locked.pk}", path=locked.path)
