"""Opening items and moving them from state to state."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dianping.common import audit
from dianping.common.audit import Actor
from dianping.common.refusal import Conflict, Refusal
from dianping.orgs.models import Person
from dianping.orgs.selectors.people import person_named
from dianping.orgs.selectors.posts import head_person
from dianping.rectification.models import Item, Progress
from dianping.rectification.selectors import owns
from dianping.rectification.services.reports import release_report, report_demanded
from dianping.reviews.models import Review
from dianping.rules.rectify import STEPS, may_step

JUDGES = "点评人、上级办公室或党务干事"


@dataclass(frozen=True, slots=True)
class Moved:
    """What somebody wrote when moving an item: words, proof, and for a plan the measure, owner and due date."""

    text: str = ""
    evidence: str = ""
    measure: str = ""
    owner_name: str = ""
    due: date | None = None


@transaction.atomic
def open_items(*, review: Review, actor: Actor) -> list[Item]:
    """One item per problem of a filed review. Twice changes nothing."""
    assert review.happened_on is not None
    opened = []
    for problem in review.problems.all():
        item, new = Item.objects.get_or_create(
            problem=problem,
            defaults={
                "organisation": review.organisation,
                "path": review.path,
                "person": review.person,
                "owner": _owner(review, problem.owner),
                "owner_name": review.target_name if problem.owner in ("", "本人") else problem.owner,
                "due": problem.due,
                "opened_on": review.happened_on,
            },
        )
        opened.append(item)
        if new:
            audit.record(
                actor=actor, act="列入整改", about=f"item:{item.pk}", path=item.path, review=review.pk
            )
    return opened


def _owner(review: Review, name: str) -> Person | None:
    """Who answers for putting it right: the person reviewed, else the head of the organisation."""
    if review.person is not None and name in ("", "本人", review.person.name):
        return review.person
    assert review.happened_on is not None
    if name:
        return person_named(name, review.organisation, day=review.happened_on)
    return head_person(review.organisation, day=review.happened_on)


@transaction.atomic
def move_item(
    *, item: Item, step: str, moved: Moved, version: int, by: Person | None, moment: datetime, actor: Actor
) -> Item:
    """Take one step with an item (see rules.rectify.STEPS).

    Raises Refusal when the state does not allow it, words are missing, or the owner (or whoever asked)
    would close it himself; Conflict when somebody moved it meanwhile.
    """
    locked = (
        Item.objects.select_for_update(of=("self",)).select_related("organisation", "person").get(pk=item.pk)
    )
    if locked.version != version:
        raise Conflict(
            f"这一项刚刚被改过，现在是“{locked.get_state_display()}”，您的操作没有存入。请看过后再办。",
            differences=(("状态", locked.get_state_display(), STEPS[step].name),),
        )
    _refuse_wrong_step(locked, step, moved, by, actor)
    _apply(locked, step, moved, moment.date(), actor)
    locked.state, locked.version = STEPS[step].end, locked.version + 1
    locked.save()
    Progress.objects.create(
        item=locked,
        on=moment.date(),
        at=moment,
        by=actor.signature,
        step=step,
        text=moved.text or moved.measure,
        evidence=moved.evidence,
    )
    audit.record(
        actor=actor, act=STEPS[step].name, about=f"item:{locked.pk}", path=locked.path, state=locked.state
    )
    return locked


def _refuse_wrong_step(item: Item, step: str, moved: Moved, by: Person | None, actor: Actor) -> None:
    if not may_step(step, item.state):
        raise Refusal(
            f"这一项现在是“{item.get_state_display()}”，不能{STEPS[step].name}。", remedy="请刷新后再看。"
        )
    if step == "plan" and moved.due is not None and moved.due < item.opened_on:
        raise Refusal(
            f"完成时限 {moved.due} 早于提出问题的 {item.opened_on}。", remedy="请填提出问题之后的日期。"
        )
    if step == "plan" and not (moved.measure.strip() and moved.due):
        raise Refusal("整改措施和完成时限都要写。", remedy="请补齐后再存。")
    if step in ("progress", "request", "close", "return", "unresolved", "reopen") and not moved.text.strip():
        raise Refusal(f"{STEPS[step].name}没有写说明。", remedy="请写明做了什么、看到了什么。")
    if step == "request" and not item.measure.strip():
        raise Refusal("还没有写整改措施，不能申请销号。", remedy="请先填写整改措施和完成时限。")
    is_owner = owns(by, item)
    if STEPS[step].by == "other" and (is_owner or actor.name == item.requested_by):
        raise Refusal("责任人和申请人不能自己验收销号。", remedy=f"请由{JUDGES}验收。")
    if STEPS[step].by == "judge" and is_owner:
        raise Refusal(f"责任人不能自己{STEPS[step].name}。", remedy=f"请由{JUDGES}认定。")


def _apply(item: Item, step: str, moved: Moved, today: date, actor: Actor) -> None:
    if step == "plan":
        item.measure, item.due = moved.measure.strip(), moved.due
        if moved.owner_name.strip() and moved.owner_name.strip() != item.owner_name:
            item.owner_name = moved.owner_name.strip()
            item.owner = person_named(item.owner_name, item.organisation, day=today)
    elif step == "request":
        item.requested_by = actor.name
    elif step == "close":
        item.closed_on, item.closed_by = today, actor.signature
        release_report(item, today, actor)
    elif step == "reopen":
        item.closed_on, item.closed_by = None, ""
    elif step == "unresolved":
        item.report = report_demanded(item, today, actor)
