"""Printing slips: the codes are made, set on paper and forgotten in one go; if the paper cannot be set, none were made."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from dianping.base.day_words import written
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.office.writing_slips import (
    PaperForms,
    Part,
    SlipGroup,
    SlipSheet,
    paper_forms_pdf,
    slips_pdf,
)
from dianping.common.refusal import Conflict, Refusal
from dianping.common.rights import permit
from dianping.door.told import what_is_kept
from dianping.opinions.rights import may_manage
from dianping.opinions.rules import Form, GradeQuestion, WordsQuestion, as_printed, shown_code, shown_stub
from dianping.opinions.services import PrintedSlip, issue_slips, lock_poll

if TYPE_CHECKING:
    from dianping.opinions.models import Batch, Group, Poll

MOST_AT_ONCE = 500  # slips set in one answer; while they are set nobody else writes
ALL_OF_THEM = "不分对象"  # over what is asked once of several
PER_LINE = 30  # characters somebody writes on one line of a paper form
MOST_LINES, A_PAGE = 8, 20  # lines for one answer, for all answers on a page
PROMISE = "没有人能知道这份表是谁填的。票不记名，请自己抽一张。"


@sensitive_variables("printed", "codes")
@act
def print_slips(
    *,
    poll: "Poll",
    wanted: Sequence[tuple["Group", int]],
    on_paper: bool,
    seen: int,
    address: str,
    stub_address: str,
    today: date,
    actor: Actor,
) -> bytes:
    """Slips for some groups as one PDF. `seen` is how many printings there were when the page was opened.

    Raises Refusal for too many, for none, and where somebody printed meanwhile: a second press makes no second lot.
    """
    permit(actor, may_manage, poll)
    total = sum(count for _, count in wanted)
    if total > MOST_AT_ONCE:
        raise Refusal(
            f"这次要制 {total} 张，一次最多 {MOST_AT_ONCE} 张。",
            code="opinions.too-many-slips",
            remedy="请分组制票，或写明张数，分几次制。",
        )
    if not total:
        raise Refusal(
            "每个人都已经有票。",
            code="opinions.nobody-without-slip",
            remedy="没有打印好的，先把那一批作废，再制。",
        )
    if lock_poll(poll).batches.count() != seen:
        raise Conflict(
            "刚才已经制过一批票，这次没有再制。请回到这一次的页面看是哪一批；没有拿到的，作废那一批再制。",
            code="opinions.slips-printed-meanwhile",
        )
    printed = []
    for group, count in wanted:
        batch, codes = issue_slips(
            poll=poll, group=group, count=count, on_paper=on_paper, today=today, actor=actor
        )
        printed.append((group, batch, codes))
    own = Path(settings.HOME) / "fonts"
    fonts = {"printed_on": today, "own_fonts": own if own.is_dir() else None}
    if on_paper:
        return paper_forms_pdf(_forms(poll, printed, stub_address), **fonts)  # type: ignore[arg-type]
    return slips_pdf(_slips(poll, printed, address), **fonts)  # type: ignore[arg-type]


def _slips(
    poll: "Poll", printed: Sequence[tuple["Group", "Batch", Sequence[PrintedSlip]]], address: str
) -> SlipSheet:
    weighed = {weight.ballot_class: weight.title for weight in poll.sheet.weights if weight.share}
    groups = []
    for group, batch, codes in printed:
        title = weighed.get(group.ballot_class, "")
        marks = [*(["模拟"] if poll.trial else []), *([title] if title else [])]
        label = (
            group.organisation.short_name if title and group.organisation else "" if title else group.label
        )
        slips = tuple((shown_code(slip.code), f"{address}#{slip.code}") for slip in codes)
        head = f"第 {batch.number} 批　{group.label}　{len(slips)} 张"
        groups.append(SlipGroup(head, label, tuple(marks), slips))
    until = f"{_days(poll)}。一张票只收一份表。{_kept(poll)}"
    return SlipSheet(poll.title, _short(address), until, PROMISE, tuple(groups))


def _kept(poll: "Poll") -> str:
    """What becomes of words that are too few, as short as a slip has room for; nothing of a rehearsal."""
    if poll.trial or not any(isinstance(question, WordsQuestion) for question in poll.sheet.questions):
        return ""
    return f"写的话满 {poll.least_words} 份才留下，不够全部销毁。"


def _days(poll: "Poll") -> str:
    if poll.opens == poll.closes:
        return f"{written(poll.opens)}当天填"
    last = f"{poll.closes.month}月{poll.closes.day}日"
    return f"{written(poll.opens)}至{last if poll.opens.year == poll.closes.year else written(poll.closes)}填"


def _short(address: str) -> str:
    """An address as it is read aloud: without its scheme."""
    return address.partition("//")[2] or address


def _forms(
    poll: "Poll", printed: Sequence[tuple["Group", "Batch", Sequence[PrintedSlip]]], stub_address: str
) -> PaperForms:
    form: Form = poll.sheet
    weighed = {weight.ballot_class: weight.title for weight in form.weights if weight.share}
    titles = {weighed.get(group.ballot_class, "") for group, _, _ in printed} - {""}
    marks = [*(["模拟，不是正式的"] if poll.trial else []), *(titles if len(titles) == 1 else ())]
    numbers = tuple(
        (shown_code(slip.code), shown_stub(slip.stub)) for _, _, codes in printed for slip in codes
    )
    stub = (
        f"沿虚线撕下，自己留存。开箱以后打开 {_short(stub_address)} 输入回执号，"
        "可以查到这份表计入了没有、提的意见办得怎样；它不说明是谁填的。"
    )
    ticks = "在方框里打勾，" if form.grade_sets else ""
    intro = f"{form.intro}{ticks}{_days(poll)}好交回；也可以不填，交空白表。{what_is_kept(poll, form)}"
    return PaperForms(
        title=form.title,
        poll=f"{poll.organisation.short_name}　{poll.title}",
        mark="　".join(marks),
        intro=intro,
        parts=parts_of(form, [subject.name for subject in poll.subjects.all()]),
        stub=stub,
        forms=numbers,
    )


def parts_of(form: Form, subjects: Sequence[str]) -> tuple[Part, ...]:
    """Everything a form asks, subject by subject; neighbouring questions with the same grades share a table."""
    parts: list[Part] = []
    last: tuple[int | str, ...] = ()
    places = as_printed(form, len(subjects))
    written_out = sum(not isinstance(question, GradeQuestion) for _, question in places)
    for (subject, key), question in places:
        who = 0 if len(subjects) == 1 else subject
        about = subjects[subject - 1] if subject else subjects[0] if len(subjects) == 1 else ALL_OF_THEM
        title = " · ".join(word for word in (about, question.heading) if word)
        if last[:2] == (who, question.heading):
            title = ""
        if not isinstance(question, GradeQuestion):
            lines = min(MOST_LINES, max(2, min(question.limit // PER_LINE, A_PAGE // written_out)))
            parts.append(Part(title, text=question.text, lines=lines))
            last = (who, question.heading)
        elif last == (who, question.heading, question.set):
            parts[-1] = Part(parts[-1].title, (*parts[-1].rows, question.text), parts[-1].grades)
        else:
            parts.append(Part(title, (question.text,), form.set_of(key).grades))
            last = (who, question.heading, question.set)
    return tuple(parts)
