"""真的办好了吗: closed problems put to the masses in a box, and what the opened box says brought back to them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.views.decorators.debug import sensitive_variables

from dianping.acts.askable import KEY, item_key, items_open_to_asking, problem_without_names
from dianping.common import trees
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import caused, permit
from dianping.opinions.rights import may_keep_key, may_plan
from dianping.opinions.rules import Form, GradeQuestion, PollKind, WordsQuestion, presets
from dianping.opinions.selectors import headings_of
from dianping.opinions.services import BoxRead, GroupPlan, PollPlan, SubjectPlan, open_box, plan_poll
from dianping.orgs.models import Organisation
from dianping.rectification.models import Item, Verdict
from dianping.rectification.selectors import verdicts_of
from dianping.rectification.services import hear_masses

if TYPE_CHECKING:
    from dianping.opinions.models import Poll

YES, NO = "办好了", "没有办好"


def verdict_form(items: Iterable[Item]) -> Form:
    """A form with one question an item, each named without anybody's name, and the words of the preset after them."""
    model = presets()["verdict"]
    asked = tuple(
        GradeQuestion(f"{KEY}{item.pk}", problem_without_names(item), "done", per_subject=False)
        for item in items
    )
    words = tuple(question for question in model.questions if isinstance(question, WordsQuestion))
    form = replace(model, questions=(*asked, *words), grade_sets=(model.set_of("done"),))
    return Form.load(form.dump())


@act
def ask_masses(
    *,
    items: Sequence[Item],
    organisation: Organisation,
    title: str,
    opens: date,
    closes: date,
    asked: Sequence[GroupPlan],
    today: date,
    actor: Actor,
) -> "Poll":
    """Plan a poll that asks whether some closed items of an organisation were really put right.

    Raises Refusal for items that are not, or no longer, to be asked about, for a day that is past, and for a member's
    problem put to anybody outside his branch (decision 0028).
    """
    permit(actor, may_plan, organisation)
    due = set(items_open_to_asking(organisation, day=today).values_list("pk", flat=True))
    if not items:
        raise Refusal(
            "没有选要问的问题。", code="rectification.no-items-chosen", remedy="请至少选一项已经销号的问题。"
        )
    late = [item for item in items if item.pk not in due]
    if late:
        raise Refusal(
            f"“{late[0].text[:30]}”现在不能问：没有到期、没有销号，或者已经在问。",
            code="rectification.item-not-askable",
            remedy="请刷新后重选。",
        )
    if opens < today:
        raise Refusal(
            f"起日 {opens} 已经过了。", code="rectification.first-day-past", remedy="请写今天或以后的日期。"
        )
    _refuse_strangers(items, asked)
    plan = PollPlan(
        title=title,
        form=verdict_form(items),
        of_problems=True,
        opens=opens,
        closes=closes,
        about=(SubjectPlan(organisation),),
        asked=tuple(asked),
    )
    return plan_poll(organisation=organisation, plan=plan, actor=actor)


def _refuse_strangers(items: Iterable[Item], asked: Iterable[GroupPlan]) -> None:
    branches = {group.organisation.pk if group.organisation else 0 for group in asked}
    for item in items:
        if item.about == "member" and branches - {item.organisation_id}:
            raise Refusal(
                f"“{item.text[:30]}”是对党员个人的点评，不出{item.organisation.short_name}。",
                code="rectification.personal-item-stays-inside",
                remedy="这样的问题单独问一次，只请本支部的党员填。",
            )


@act
def hear_verdicts(*, poll: "Poll", moment: datetime, actor: Actor) -> list[Verdict]:
    """Tell each item what an opened box said of it: 办好了, 没有办好; 不了解 is neither. Once; a trial says nothing."""
    caused(actor)
    if poll.kind != PollKind.VERDICT or poll.state != "opened" or poll.trial:
        return []
    counts = {}
    for heading in headings_of(poll):
        if item_key(heading.question) and heading.whole.kind == "all" and {YES, NO} <= set(heading.grades):
            counts[item_key(heading.question)] = dict(zip(heading.grades, heading.whole.votes, strict=True))
    heard = []
    own = Item.objects.filter(pk__in=counts, path__gte=poll.path, path__lt=trees.after(poll.path))
    for item in own.order_by("pk"):
        if verdicts_of(item).filter(asked_on=poll.opens).exists():
            continue  # told already, by this box or by another of the same day: an opening is never held up by it
        votes = counts[item.pk]
        heard.append(
            hear_masses(
                item=item,
                yes=votes[YES],
                no=votes[NO],
                asked_on=poll.opens,
                closed_on=poll.closes,
                moment=moment,
                actor=actor,
            )
        )
    return heard


@sensitive_variables("read")
@act
def open_and_follow(
    *,
    poll: "Poll",
    read: BoxRead,
    moment: datetime,
    actor: Actor,
    witness: str,
    despite: bool = False,
    again: str = "",
    paper: int | None = None,
) -> "Poll":
    """开箱, and what it says of problems put right told to them: both or neither. Refuses what `open_box` refuses."""
    permit(actor, may_keep_key, poll)
    opened = open_box(
        poll=poll,
        read=read,
        today=moment.date(),
        actor=actor,
        witness=witness,
        despite=despite,
        again=again,
        paper=paper,
    )
    hear_verdicts(poll=opened, moment=moment, actor=actor)
    return opened
