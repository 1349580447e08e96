"""Moving items from state to state."""

from dataclasses import dataclass
from datetime import date, datetime

from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.keeping import KeptFile
from dianping.common.locks import alone
from dianping.common.refusal import Conflict, Refusal
from dianping.common.rights import caused, permit
from dianping.orgs.models import Person
from dianping.orgs.selectors.people import person_named
from dianping.rectification.models import Evidence, Item, Progress
from dianping.rectification.rights import may_step as may_take_step
from dianping.rectification.rules.showing import MOST_FILES
from dianping.rectification.rules.steps import SHOWING, STEPS, may_step
from dianping.rectification.selectors import owns
from dianping.rectification.services.reports import release_report, report_demanded

ITEMS_OF = 0x6974  # the lock on the problems of one organisation
JUDGES = "点评人、上级办公室或党务干事"


@dataclass(frozen=True, slots=True)
class EvidenceInput:
    """A kept file that shows how it was before, or how it is now."""

    when: str
    file: KeptFile


@dataclass(frozen=True, slots=True)
class StepInput:
    """What somebody wrote when moving an item: words, proof, and for a plan cause, measure, unit, owner and due date."""

    text: str = ""
    evidence: str = ""
    measure: str = ""
    owner_name: str = ""
    due: date | None = None
    cause: str = ""
    unit_name: str = ""
    shown: tuple[EvidenceInput, ...] = ()


@act
def move_item(
    *, item: Item, step: str, moved: StepInput, version: int, moment: datetime, actor: Actor
) -> Item:
    """Take one step with an item (see rectification.rules.steps.STEPS).

    Raises Refusal when the state does not allow it, words are missing, or the owner (or whoever asked)
    would close it himself; Forbidden for whoever has no part in it; Conflict when somebody moved it meanwhile.
    """
    permit(actor, may_take_step, item, step)
    return _move(item, step, moved, version, actor.person, moment, actor)


@act
def find_unresolved(
    *, item: Item, words: str, version: int, judge: Person, moment: datetime, actor: Actor
) -> Item:
    """A later review found a problem not well resolved: `judge` is who reviewed, whoever wrote it down. Refuses as `move_item`."""
    caused(actor)
    return _move(item, "unresolved", StepInput(words), version, judge, moment, actor)


def _move(
    item: Item,
    step: str,
    moved: StepInput,
    version: int,
    judge: Person | None,
    moment: datetime,
    actor: Actor,
) -> Item:
    """Take the step; `judge` is the person who takes it, where one does."""
    alone(ITEMS_OF, item.organisation_id)  # the last problem behind a report takes the report with it
    locked = locked_item(item, version, STEPS[step].name)
    _refuse_wrong_step(locked, step, moved, judge, actor)
    _apply(locked, step, moved, moment.date(), actor)
    locked.state, locked.version = STEPS[step].end, locked.version + 1
    locked.save()
    progress = Progress.objects.create(
        item=locked,
        on=moment.date(),
        at=moment,
        by=actor.signature,
        step=step,
        text=_told(step, moved),
        evidence=moved.evidence,
    )
    Evidence.objects.bulk_create(
        Evidence(
            progress=progress,
            when=file.when,
            name=file.file.name,
            digest=file.file.digest,
            size=file.file.size,
        )
        for file in moved.shown
    )
    audit.record(
        actor=actor, act=STEPS[step].name, about=f"item:{locked.pk}", path=locked.path, state=locked.state
    )
    return locked


def _told(step: str, moved: StepInput) -> str:
    """What the progress keeps; a plan's measure always, since the next plan takes its place on the item."""
    words = (moved.text, moved.measure if step == "plan" else "")
    return "\n".join(word for word in words if word.strip())


def locked_item(item: Item, version: int, act: str) -> Item:
    """The item, held until the transaction ends. Raises Conflict when it is no longer the one somebody looked at."""
    locked = (
        Item.objects.select_for_update(of=("self",)).select_related("organisation", "person").get(pk=item.pk)
    )
    if locked.version != version:
        raise Conflict(
            f"这一项刚刚被改过，现在是“{locked.get_state_display()}”，您的操作没有存入。请看过后再办。",
            code="rectification.item-changed-meanwhile",
            differences=(("状态", locked.get_state_display(), act),),
        )
    return locked


def _refuse_wrong_step(item: Item, step: str, moved: StepInput, judge: Person | None, actor: Actor) -> None:
    if not may_step(step, item.state):
        raise Refusal(
            f"这一项现在是“{item.get_state_display()}”，不能{STEPS[step].name}。",
            code="rectification.step-not-now",
            remedy="请刷新后再看。",
        )
    if STEPS[step].by == "masses":
        raise Refusal(
            "重新打开只能由群众的回音引起，不能代办。",
            code="rectification.only-masses-reopen",
            remedy="点评人或上级办公室可以“重新打开”。",
        )
    if step == "plan":
        _refuse_wrong_plan(item, moved)
    if moved.shown and (step not in SHOWING or len(moved.shown) > MOST_FILES):
        raise Refusal(
            f"{STEPS[step].name}附了 {len(moved.shown)} 件佐证材料。",
            code="rectification.too-many-files",
            remedy=f"登记进展、申请销号、验收销号时可以附，每次不超过 {MOST_FILES} 件。",
        )
    if step != "plan" and not moved.text.strip():
        raise Refusal(
            f"{STEPS[step].name}没有写说明。",
            code="rectification.step-without-words",
            remedy="请写明做了什么、看到了什么。",
        )
    if step == "request" and not item.measure.strip():
        raise Refusal(
            "还没有写整改措施，不能申请销号。",
            code="rectification.measures-missing",
            remedy="请先填写整改措施和完成时限。",
        )
    is_owner = owns(judge, item)
    if STEPS[step].by == "other" and (is_owner or actor.name == item.requested_by):
        raise Refusal(
            "责任人和申请人不能自己验收销号。",
            code="rectification.owner-cannot-accept",
            remedy=f"请由{JUDGES}验收。",
        )
    if STEPS[step].by == "judge" and is_owner:
        raise Refusal(
            f"责任人不能自己{STEPS[step].name}。",
            code="rectification.owner-cannot-judge",
            remedy=f"请由{JUDGES}认定。",
        )


def _refuse_wrong_plan(item: Item, moved: StepInput) -> None:
    if moved.due is not None and moved.due < item.opened_on:
        raise Refusal(
            f"完成时限 {moved.due} 早于提出问题的 {item.opened_on}。",
            code="rectification.due-before-found",
            remedy="请填提出问题之后的日期。",
        )
    if not (moved.measure.strip() and moved.due):
        raise Refusal(
            "整改措施和完成时限都要写。", code="rectification.plan-incomplete", remedy="请补齐后再存。"
        )
    if item.due is not None and moved.due > item.due:
        raise Refusal(
            f"完成时限已经定为 {item.due}，不能在措施里自己改到 {moved.due}。",
            code="rectification.due-already-set",
            remedy=f"请照原定的日子写，或者提前；做不完的请另行申请延期，由{JUDGES}答复。",
        )


def _apply(item: Item, step: str, moved: StepInput, today: date, actor: Actor) -> None:
    if step == "plan":
        item.measure, item.due = moved.measure.strip(), moved.due
        item.cause = moved.cause.strip() or item.cause
        item.unit_name = moved.unit_name.strip() or item.unit_name
        if moved.owner_name.strip() and moved.owner_name.strip() != item.owner_name:
            item.owner_name = moved.owner_name.strip()
            item.owner = person_named(item.owner_name, item.organisation, day=today)
    elif step == "request":
        item.requested_by = actor.name
    elif step == "close":
        item.closed_on, item.closed_by = today, actor.signature
        item.extensions.filter(granted=None).update(
            granted=False, decided_on=today, decided_by=actor.signature, words="已经销号，不再需要延期。"
        )
        release_report(item, today, actor)
    elif step == "reopen":
        item.closed_on, item.closed_by = None, ""
    elif step == "unresolved":
        item.report = report_demanded(item, today, actor)
