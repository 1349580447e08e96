"""What tests need to tell a story: moments, words, duties by whom and about whom, and a review filed the usual way."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from dianping.acts.dossier import aim_of
from dianping.acts.filing import file_and_follow
from dianping.common.audit import Operator
from dianping.duties.models import Duty
from dianping.orgs.models import Organisation, Person
from dianping.orgs.selectors.posts import holder_on
from dianping.rectification.models import Item
from dianping.rectification.services import OwnWords, StepInput, move_item
from dianping.reviews.models import Review
from dianping.reviews.selectors import draft_of
from dianping.reviews.services import ProblemInput, ReviewInput

NEW_YEAR = date(2011, 1, 5)
CLERK = Operator("wen", "党务干事")
OWN = OwnWords("spoken", NEW_YEAR, "当面念给本人听，本人认可。")
OTHER = Operator("shangguan", "上级办公室")


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of a day, Asia/Shanghai."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def words(about: str = "member", **changed: Any) -> ReviewInput:
    """Everything the programme demands about a target of this class; `changed` replaces fields of it."""
    found: dict[str, Any] = {
        "mode": "collective",
        "happened_on": NEW_YEAR,
        "evaluation": "能够参加各项活动。",
        "achievements": "" if about == "member" else "带领支部完成了年度任务。",
        "direction": "多到一线听意见。",
        "ground_absence": "" if about == "member" else "征求意见的票箱还没有开。",
        "problems": (ProblemInput("联系群众不够", "", date(2011, 1, 31)),),
    }
    return ReviewInput(**found | changed)


def duty_about(
    organisation: Organisation, target: str, *, person: Person | None = None, rule: str = "round"
) -> Duty:
    """The one duty of a rule about a target."""
    found = Duty.objects.filter(organisation=organisation, target=target, window__rule=rule)
    return (found.filter(person=person) if person else found).get()


def target_of(duty: Duty, *, on: date) -> dict[str, Any]:
    """The part of a review's arguments that a duty settles."""
    assert duty.owed_by is not None
    return {
        "target": aim_of(duty).target,
        "reviewer": holder_on(duty.owed_by, day=on),
    }


def tell(
    duty: Duty,
    *,
    on: date = NEW_YEAR,
    entered: date | None = None,
    hour: int = 10,
    actor: Operator = CLERK,
    said: ReviewInput | None = None,
    **changed: Any,
) -> Review:
    """File a review for a duty, and follow its problems."""
    target = target_of(duty, on=on)
    draft = draft_of(target["target"])
    return file_and_follow(
        **target,
        said=said or words(target["target"].about, **({"happened_on": on} | changed)),
        version=draft.version if draft else 0,
        moment=at(entered or on, hour),
        actor=actor,
    )


def take_step(
    item: Item,
    step: str,
    *,
    on: date = NEW_YEAR,
    by: Person | None = None,
    actor: Operator = CLERK,
    version: int | None = None,
    **moved: Any,
) -> Item:
    """Take one step with an item as it stands now, with words that suffice."""
    found = Item.objects.get(pk=item.pk)
    given = {"text": "看过记录，情况属实。"} | moved
    if step == "plan":
        given = {"measure": "每月走访一次", "due": found.due or date(2011, 2, 28)} | moved
    return move_item(
        item=found,
        step=step,
        moved=StepInput(**given),
        version=found.version if version is None else version,
        moment=at(on),
        actor=replace(actor, himself=by) if by else actor,
    )


def item_of(review: Review) -> Item:
    """The first item of a review."""
    return Item.objects.filter(problem__review=review).order_by("pk")[0]
