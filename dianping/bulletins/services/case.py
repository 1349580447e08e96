"""典型: raised from a review, looked into by somebody else, agreed to by the person it is about, withdrawn."""

from datetime import date

from dianping.bulletins.models import ModelCase
from dianping.bulletins.rights import may_amend, may_judge, may_note_agreement, may_raise, may_withdraw
from dianping.bulletins.services.redaction import refuse_personal
from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Conflict, Refusal
from dianping.common.rights import permit
from dianping.reviews.models import Review

State = ModelCase.State


@act
def raise_case(*, review: Review, kind: str, title: str, facts: str, today: date, actor: Actor) -> ModelCase:
    """Raise an example from a filed review, in the raiser's own words. The same title twice is the same case."""
    permit(actor, may_raise, review)
    if not review.filed:
        raise Refusal(
            "这份点评还是草稿，不能从中提出典型。",
            code="bulletins.review-still-draft",
            remedy="请先登记点评。",
        )
    title, facts = _written(title, facts)
    standing = ModelCase.objects.filter(review=review, kind=kind, title=title).exclude(state=State.WITHDRAWN)
    same = standing.first()
    if same is not None:
        return same
    case = ModelCase.objects.create(
        review=review,
        organisation=review.organisation,
        path=review.path,
        person=review.person,
        kind=kind,
        title=title,
        facts=facts,
        raised_by=actor.name,
        raised_name=actor.signature,
        raised_on=today,
    )
    _note(case, "提出典型", actor, kind=kind, review=review.pk)
    return case


@act
def amend_case(*, case: ModelCase, title: str, facts: str, version: int, actor: Actor) -> ModelCase:
    """The raiser writes it anew before it is checked; a returned one is raised again by it."""
    permit(actor, may_amend, case)
    locked = lock_case(case, version)
    _refuse_unless(locked, (State.RAISED, State.RETURNED), "修改")
    if locked.raised_by != actor.name:
        raise Refusal(
            f"这一项是{locked.raised_name}提出的。",
            code="bulletins.case-by-another",
            remedy="请由提出人修改。",
        )
    locked.title, locked.facts = _written(title, facts)
    locked.state = State.RAISED
    _save(locked)
    _note(locked, "修改典型", actor)
    return locked


@act
def confirm_case(*, case: ModelCase, words: str, version: int, today: date, actor: Actor) -> ModelCase:
    """核实: somebody else looked into it and stands by it. Nobody confirms what he raised, or what is about himself."""
    permit(actor, may_judge, case)
    locked = _to_check(case, version, actor, "核实")
    locked.state, locked.words = State.CHECKED, words.strip()
    locked.checked_by, locked.checked_name, locked.checked_on = actor.name, actor.signature, today
    _save(locked)
    _note(locked, "核实典型", actor)
    return locked


@act
def return_case(*, case: ModelCase, words: str, version: int, actor: Actor) -> ModelCase:
    """退回: what is missing is said in words; the raiser writes it anew."""
    permit(actor, may_judge, case)
    locked = _to_check(case, version, actor, "退回")
    if not words.strip():
        raise Refusal(
            "退回没有写意见。", code="bulletins.return-without-words", remedy="请写明缺什么、要补什么。"
        )
    locked.state, locked.words = State.RETURNED, words.strip()
    _save(locked)
    _note(locked, "退回典型", actor, words=locked.words)
    return locked


@act
def note_agreement(*, case: ModelCase, on: date, version: int, today: date, actor: Actor) -> ModelCase:
    """Note that the person agreed to be named, on which day, and who noted it."""
    permit(actor, may_note_agreement, case)
    locked = lock_case(case, version)
    if locked.person is None:
        raise Refusal(
            "这一项说的是党组织，不用登记本人同意。",
            code="bulletins.consent-not-needed",
            remedy="核实后可以直接发布。",
        )
    if locked.state in (State.PUBLISHED, State.WITHDRAWN):
        raise Refusal(
            f"这一项{locked.get_state_display()}，不再登记同意。",
            code="bulletins.consent-too-late",
            remedy="请刷新后再看。",
        )
    if on > today:
        raise Refusal(
            f"同意的日期 {on} 在今天（{today}）之后。",
            code="bulletins.consent-in-future",
            remedy="请填本人表示同意的那一天。",
        )
    locked.agreed_on, locked.agreed_by = on, actor.signature
    _save(locked)
    _note(locked, "登记本人同意", actor, on=on)
    return locked


@act
def withdraw_case(*, case: ModelCase, why: str, version: int, today: date, actor: Actor) -> ModelCase:
    """Take a case back with a reason; whoever received it sees that it was withdrawn."""
    permit(actor, may_withdraw, case)
    locked = lock_case(case, version)
    if locked.state == State.WITHDRAWN:
        raise Refusal(
            f"这一项已于 {locked.withdrawn_on} 撤回。",
            code="bulletins.case-already-withdrawn",
            remedy="请刷新后再看。",
        )
    if not why.strip():
        raise Refusal(
            "撤回没有写原因。",
            code="bulletins.withdrawal-without-reason",
            remedy="请写明为什么撤回，收到的党组织会看到。",
        )
    if locked.publisher is not None:  # the reason is read wherever the case was
        refuse_personal([("撤回的原因", why)], organisation=locked.publisher)
    locked.state, locked.why = State.WITHDRAWN, why.strip()
    locked.withdrawn_on, locked.withdrawn_by = today, actor.signature
    _save(locked)
    _note(locked, "撤回典型", actor, why=locked.why)
    return locked


def lock_case(case: ModelCase, version: int) -> ModelCase:
    """The row, locked; raises Conflict when somebody changed it meanwhile."""
    locked = (
        ModelCase.objects.select_for_update(of=("self",))
        .select_related("person", "organisation", "publisher")
        .get(pk=case.pk)
    )
    if locked.version != version:
        raise Conflict(
            f"这一项刚刚有人改过，现在是“{locked.get_state_display()}”，您的没有存入。请看过后再办。",
            code="bulletins.case-changed-meanwhile",
        )
    return locked


def _to_check(case: ModelCase, version: int, actor: Actor, verb: str) -> ModelCase:
    locked = lock_case(case, version)
    _refuse_unless(locked, (State.RAISED,), verb)
    if locked.raised_by == actor.name:
        raise Refusal(
            f"提出的人不能自己{verb}。",
            code="bulletins.proposer-cannot-check",
            remedy="请由上级或办公室的另一个账号核实。",
        )
    if actor.is_person(locked.person_id):
        assert actor.person is not None
        raise Refusal(
            f"这一项说的就是{actor.person.name}，不能自己{verb}。",
            code="bulletins.subject-cannot-check",
            remedy="请由上级或办公室核实。",
        )
    return locked


def _refuse_unless(case: ModelCase, states: tuple[str, ...], verb: str) -> None:
    if case.state not in states:
        raise Refusal(
            f"这一项现在是“{case.get_state_display()}”，不能{verb}。",
            code="bulletins.case-in-other-state",
            remedy="请刷新后再看。",
        )


def _written(title: str, facts: str) -> tuple[str, str]:
    if not title.strip():
        raise Refusal(
            "没有写标题。", code="bulletins.case-without-title", remedy="请用一句话写明是什么典型、什么做法。"
        )
    if len(facts.strip()) < 10:
        raise Refusal(
            "事迹还没有写。",
            code="bulletins.case-without-story",
            remedy="请用自己的话写明做了什么、怎么做的、有什么效果。",
        )
    return title.strip()[:80], facts.strip()


def _save(case: ModelCase) -> None:
    case.version += 1
    case.save()


def _note(case: ModelCase, act: str, actor: Actor, **detail: object) -> None:
    audit.record(actor=actor, act=act, about=f"case:{case.pk}", path=case.path, **detail)
