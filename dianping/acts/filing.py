"""From a filed review to its problems on the rectification list: one sequence, one transaction."""

from datetime import datetime

from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Refusal
from dianping.common.rights import permit
from dianping.orgs.models import Person
from dianping.rectification.models import Item
from dianping.rectification.rules.steps import may_step
from dianping.rectification.selectors import open_items_about, owns
from dianping.rectification.services import find_unresolved, open_items
from dianping.reviews.models import Mode, Review, Revisit
from dianping.reviews.rights import may_write
from dianping.reviews.selectors import occasion_of, was_absent
from dianping.reviews.services import (
    ReviewInput,
    ReviewTarget,
    confirm_review,
    file_review,
    gather_notes,
    note_came,
)

CAME, TOLD = "came", "told"


@act
def file_and_follow(
    *,
    target: ReviewTarget,
    reviewer: Person,
    said: ReviewInput,
    version: int,
    moment: datetime,
    actor: Actor,
    asked: bool = False,
    absence: str = "",
) -> Review:
    """File a review, open an item for each of its problems, and carry what it says of earlier ones to their items.

    A reviewer at the keyboard stands by his words at once; of words somebody else wrote down for him he is asked to.
    `asked` says that the writer had the earlier problems before him: then each still open must be met (四.1), else Refusal.
    `absence` answers for one noted as not there whether he came after all (CAME) or is told afterwards (TOLD); unanswered, a
    collective review of him is refused, so that it is asked. An earlier problem found not well resolved is recorded so, and its written report falls due.
    """
    permit(actor, may_write, target.post, target.organisation)
    standing = list(
        open_items_about(about=target.about, organisation=target.organisation, person=target.person)
    )
    if asked:
        _refuse_unmet(standing, said)
        _ask_of_absence(target, said, absence, actor)
    review = file_review(
        target=target,
        reviewer=reviewer,
        said=said,
        version=version,
        moment=moment,
        actor=actor,
    )
    open_items(review=review, actor=actor)
    gather_notes(review=review, actor=actor)
    if actor.is_person(reviewer.pk):
        review = confirm_review(review=review, moment=moment, actor=actor)
    _carry(standing, said, reviewer, moment, actor)
    return review


def _ask_of_absence(target: ReviewTarget, said: ReviewInput, absence: str, actor: Actor) -> None:
    """A collective review is given to whoever is there (三.1); one who is noted as absent is asked about."""
    event = said.occasion or (
        occasion_of(said.event.kind, target.organisation.pk, said.happened_on, said.event.place)
        if said.event and said.happened_on
        else None
    )
    if event is None or target.person is None or said.mode != Mode.COLLECTIVE:
        return
    if not was_absent(event, target.person.pk) or absence == TOLD:
        return
    if absence == CAME:
        note_came(occasion=event, person=target.person, actor=actor)
        return
    raise Refusal(
        f"{target.person.name}在这次活动上登记的是未到会，集中点评还没有登记。",
        code="reviews.absent-from-event",
        remedy="到了会的，选“到会了，名单改过来”；没有到的，选“没有到会，会后当面转达”，照样登记。",
    )


def _refuse_unmet(standing: list[Item], said: ReviewInput) -> None:
    met = {revisit.problem for revisit in said.revisits}
    missing = [item.text for item in standing if item.problem_id and item.problem_id not in met]
    if missing:
        raise Refusal(
            f"上次提出、还没有销号的问题没有说到：{'；'.join(missing[:5])}。",
            code="reviews.earlier-problems-unmet",
            remedy="请在“上次的问题”里逐项选现在怎样。依据〔豫创组办发〔2010〕26号 四.1〕。",
        )


def _carry(standing: list[Item], said: ReviewInput, reviewer: Person, moment: datetime, actor: Actor) -> None:
    words = {
        revisit.problem: revisit.words for revisit in said.revisits if revisit.found == Revisit.Found.UNSOLVED
    }
    for item in standing:
        if item.problem_id not in words or not may_step("unresolved", item.state) or owns(reviewer, item):
            continue
        text = words[item.problem_id].strip() or "再次点评时认定"
        find_unresolved(
            item=item, words=text, version=item.version, judge=reviewer, moment=moment, actor=actor
        )
