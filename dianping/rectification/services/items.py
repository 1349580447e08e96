"""Opening items and moving them from state to state."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from dianping.common import audit
from dianping.common.audit import Actor
from dianping.common.refusal import Conflict, Refusal
from dianping.duties.models import Duty
from dianping.duties.selectors import open_duties_about
from dianping.duties.services import demand_report, withdraw_report
from dianping.orgs.models import Person, Post, Role
from dianping.orgs.selectors.people import person_named
from dianping.orgs.selectors.posts import head_person
from dianping.programmes.selectors import programme_for
from dianping.rectification.models import Item, Progress, State
from dianping.rectification.selectors import owns
from dianping.reviews.models import Review
from dianping.reviews.services.file import TARGETS
from dianping.rules.rectify import STEPS, may_step, report_window, report_window_without_cadence
from dianping.rules.windows import Cadence, Window

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


@transaction.atomic
def withdraw_items(*, review: Review, actor: Actor) -> int:
    """Take a review's items off the list before it is written anew; how many.

    Raises Refusal once a step was taken with one of them: what was done about a problem is not lost.
    """
    items = Item.objects.select_for_update(of=("self",)).filter(problem__review=review)
    begun = items.exclude(Q(state=State.OPEN) & Q(progress=None)).first()
    if begun is not None:
        raise Refusal(
            f"“{begun.problem.text}”的整改已经开始，这份点评不能重新打开。", remedy="要改文字，请用“更正”。"
        )
    number = items.count()
    Item.objects.filter(like__in=items).update(like=None)
    items.delete()
    if number:
        audit.record(
            actor=actor, act="撤下整改事项", about=f"review:{review.pk}", path=review.path, items=number
        )
    return number


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
    audit.take_turn()
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
        text=_told(step, moved),
        evidence=moved.evidence,
    )
    audit.record(
        actor=actor, act=STEPS[step].name, about=f"item:{locked.pk}", path=locked.path, state=locked.state
    )
    return locked


def _told(step: str, moved: Moved) -> str:
    """What the progress keeps; a plan's measure always, since the next plan takes its place on the item."""
    words = (moved.text, moved.measure if step == "plan" else "")
    return "\n".join(word for word in words if word.strip())


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
        _release_report(item, today, actor)
    elif step == "reopen":
        item.closed_on, item.closed_by = None, ""
    elif step == "unresolved":
        item.report = _demand(item, today, actor)


def _demand(item: Item, today: date, actor: Actor) -> Duty:
    """The written report, upon the desk of the secretary reviewed (for a member: of his branch).

    One still owed stays owed by its own day: being found unresolved once more moves nothing out of sight.
    """
    if item.report is not None and item.report.done_on is None and item.report.lapsed_on is None:
        return item.report
    window = _report_window(item, today)
    seat = Post.objects.get(organisation=item.organisation, role=Role.SECRETARY)
    return demand_report(
        owed_by=seat,
        about=item.organisation,
        person=item.person,
        opens=window.opens,
        due=window.due,
        actor=actor,
    )


def _report_window(item: Item, today: date) -> Window:
    about = item.problem.review.about
    standing = (
        open_duties_about(organisation=item.organisation, person=item.person, target_kinds=TARGETS[about])
        .filter(opens__lte=today, due__gte=today)
        .first()
    )
    cadence = _cadence(item, today)
    if standing is not None:
        return report_window(
            unresolved_on=today, cadence=cadence, standing=Window(standing.opens, standing.due)
        )
    if about == "member":
        return report_window_without_cadence(unresolved_on=today, cadence=cadence)
    return report_window(unresolved_on=today, cadence=cadence, standing=None)


def _cadence(item: Item, today: date) -> Cadence:
    in_force = programme_for(item.organisation, today)
    for rule in in_force.programme.rules if in_force else ():
        if rule.cadence and item.organisation.kind in rule.kinds:
            return rule.cadence
    return Cadence(3)


def _release_report(item: Item, today: date, actor: Actor) -> None:
    """The report is no longer owed when the last problem behind it is closed."""
    if item.report is None:
        return
    others = Item.objects.filter(report=item.report).exclude(pk=item.pk).exclude(state=State.CLOSED)
    if not others.exists():
        withdraw_report(duty=item.report, on=today, actor=actor)
