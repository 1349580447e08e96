"""拟定、封定名册: about whom, asked of whom, until when, and who keeps the keys."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dianping.accounts.models import User
from dianping.accounts.viewer import SignedIn
from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.refusal import Conflict, Refusal
from dianping.common.rights import permit
from dianping.opinions.models import Group, Key, Poll, Subject
from dianping.opinions.rights import may_manage, may_plan
from dianping.opinions.rules import RATINGS_K, WORDS_K, Form, FormFault, PollKind, envelope_bytes
from dianping.opinions.rules import asked as asked_of
from dianping.opinions.selectors.custodians import is_himself
from dianping.opinions.services.custody import refuse_custodians
from dianping.opinions.services.sealing import OVERHEAD
from dianping.orgs.models import Membership, Organisation, Person
from dianping.orgs.selectors.people import on_day

MOST_QUESTIONS = 900  # what one sending may hold, with some to spare
MOST = 50_000  # people one box is allocated for: 200 MB of slots


@dataclass(frozen=True, slots=True)
class SubjectPlan:
    """Whom to ask about: an organisation, or one person of it."""

    organisation: Organisation
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """Whom to ask: the members of a branch (no size needed), or others of one kind, by number or by name."""

    ballot_class: str
    organisation: Organisation | None = None
    inside: bool = True
    size: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PollPlan:
    """A poll as the office plans it. `opens` and `closes` are both days of the poll."""

    title: str
    form: Form
    opens: date
    closes: date
    about: tuple[SubjectPlan, ...]
    asked: tuple[GroupPlan, ...]
    least: int = RATINGS_K
    least_words: int = WORDS_K
    trial: bool = False
    of_problems: bool = False  # asks whether problems were put right: planned by that page only


@act
def plan_poll(*, organisation: Organisation, plan: PollPlan, actor: Actor) -> Poll:
    """Put a poll down. Raises Refusal for days out of order, nobody to ask (about), or fewer than the least forms."""
    permit(actor, may_plan, organisation)
    _refuse_unsound(plan)
    _refuse_oneself(plan, actor)
    heads = any(about.person is not None and _leads(about, plan.opens) for about in plan.about)
    least = 1 if plan.trial else max(plan.least, WORDS_K if heads else RATINGS_K)
    poll = Poll.objects.create(
        organisation=organisation,
        title=plan.title.strip(),
        kind=str(plan.form.kind),
        form=plan.form.dump(),
        form_digest=plan.form.digest,
        opens=plan.opens,
        closes=plan.closes,
        least=least,
        least_words=1 if plan.trial else max(plan.least_words, WORDS_K),
        trial=plan.trial,
        planned_name=actor.signature,
        planned_account=actor.name,
    )
    Subject.objects.bulk_create(
        Subject(
            poll=poll,
            number=number,
            organisation=about.organisation,
            person=about.person,
            name=about.person.name if about.person else about.organisation.name,
        )
        for number, about in enumerate(plan.about, start=1)
    )
    Group.objects.bulk_create(_group(poll, number, asked) for number, asked in enumerate(plan.asked))
    audit.record(actor=actor, act="拟定征求意见", about=f"poll:{poll.pk}", path=poll.path, title=poll.title)
    return poll


def _refuse_unsound(plan: PollPlan) -> None:
    if not plan.title.strip():
        raise Refusal("没有写名称。", code="opinions.title-missing", remedy="请写明是哪一次征求意见或评议。")
    if plan.opens > plan.closes:
        raise Refusal(
            f"起日 {plan.opens} 晚于止日 {plan.closes}。",
            code="opinions.days-out-of-order",
            remedy="请改正起止日期。",
        )
    if not plan.about:
        raise Refusal(
            "没有选评议对象。", code="opinions.no-subject-chosen", remedy="请至少选一个党组织或一名党员。"
        )
    if not plan.asked:
        raise Refusal(
            "没有选谁来填。",
            code="opinions.nobody-to-fill",
            remedy="请至少选一个党支部，或写一类群众和人数。",
        )
    labels = [_label(asked) for asked in plan.asked]
    twice = [label for label in labels if labels.count(label) > 1]
    if twice:
        raise Refusal(
            f"“{twice[0]}”写了不止一次。",
            code="opinions.group-listed-twice",
            remedy="同一单位同一类的人请合成一组。",
        )
    if plan.least < RATINGS_K or plan.least_words < WORDS_K:
        raise Refusal(
            f"最少份数写的是 {plan.least} 和 {plan.least_words}，不能少于 {RATINGS_K} 和 {WORDS_K}。",
            code="opinions.least-forms-too-low",
            remedy="请写相同或更大的数。",
        )
    if (plan.form.kind == PollKind.VERDICT) is not plan.of_problems:
        raise Refusal(
            "问问题办好了没有的表，不在这里拟定。",
            code="opinions.asking-form-planned-elsewhere",
            remedy="请在整改页上选要问的问题。",
        )
    questions = sum(1 for _ in asked_of(plan.form, len(plan.about)))
    if questions > MOST_QUESTIONS:
        raise Refusal(
            f"这张表对 {len(plan.about)} 个对象共有 {questions} 个空，最多 {MOST_QUESTIONS} 个。",
            code="opinions.too-many-questions",
            remedy="请把对象分成几次。",
        )
    written = [asked.ballot_class for asked in plan.asked] + [n for asked in plan.asked for n in asked.names]
    odd = [text for text in written if any(not sign.isprintable() for sign in text)]
    if odd:
        raise Refusal(
            f"“{odd[0]}”里有看不见的符号（制表、换行之类）。",
            code="opinions.name-has-unseen-signs",
            remedy="请删去后再写。",
        )
    try:
        envelope_bytes(plan.form, len(plan.about), OVERHEAD)
    except FormFault as no:
        raise Refusal(str(no), code=no.code) from no


def _refuse_oneself(plan: PollPlan, actor: Actor) -> None:
    """Nobody plans a poll about himself, or about an organisation he heads; an office's account goes by its name."""
    if isinstance(actor, SignedIn) and any(
        is_himself(actor.looking, about.organisation, *_whom(about)) for about in plan.about
    ):
        raise Refusal(
            "评议对象里有您本人，或者您负责的党组织。",
            code="opinions.planner-asked-about",
            remedy="请由另一位党务干事拟定。",
        )


def _whom(about: SubjectPlan) -> tuple[int | None, str]:
    return (about.person.pk, about.person.name) if about.person else (None, "")


def _leads(about: SubjectPlan, day: date) -> bool:
    """Whether a person asked about holds a seat: whoever answers may well stand below him."""
    assert about.person is not None
    return about.person.tenures.filter(on_day(day)).exists()


def _group(poll: Poll, number: int, asked: GroupPlan) -> Group:
    place = asked.organisation
    return Group(
        poll=poll,
        number=number,
        organisation=place,
        ballot_class=asked.ballot_class,
        inside=asked.inside,
        names="\n".join(asked.names),
        size=len(asked.names) or asked.size,
        label=_label(asked),
    )


def _label(asked: GroupPlan) -> str:
    place = asked.organisation
    return f"{place.short_name} {asked.ballot_class}" if place else asked.ballot_class


def lock_poll(poll: Poll, version: int | None = None) -> Poll:
    """The poll locked for writing. Raises Conflict when somebody changed it since `version` was read."""
    locked = Poll.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=poll.pk)
    if version is not None and locked.version != version:
        raise Conflict(
            "这一次征求意见刚才被别人改过。请看过现在的样子再办；您的操作没有生效。",
            code="opinions.poll-changed-meanwhile",
        )
    return locked


@act
def freeze_poll(*, poll: Poll, version: int, unit: User, superior: User, today: date, actor: Actor) -> Poll:
    """封定名册: list everybody entitled as of today, fix the list by its digest, and name both custodians.

    Raises Refusal for a poll already frozen, an empty group, one custodian for both sides, or one who may not be: the
    superior's is of another office than whoever planned the poll, for he is to say that its lists are people.
    """
    permit(actor, may_manage, poll)
    locked = lock_poll(poll, version)
    if locked.state != Poll.State.PLANNED:
        raise Refusal(
            f"名册已经封定（现在是“{locked.get_state_display()}”）。",
            code="opinions.lists-already-frozen",
            remedy="请刷新后再看。",
        )
    if today > locked.closes:
        raise Refusal(
            f"止日 {locked.closes} 已经过了。",
            code="opinions.last-day-past",
            remedy="请另拟一次，写以后的日期。",
        )
    refuse_custodians(locked, unit, superior, today)
    groups = list(locked.groups.select_related("organisation"))
    lines = _electorate(groups, today)
    _refuse_sizes(groups)
    _raise_the_least(locked, today)
    _refuse_unreachable(locked, sum(group.size for group in groups))
    Group.objects.bulk_update(groups, ["size"])
    locked.electorate = "\n".join(lines)
    locked.electorate_digest = hashlib.sha256(locked.electorate.encode()).hexdigest()
    locked.state, locked.frozen_on, locked.version = Poll.State.FROZEN, today, locked.version + 1
    locked.save()
    for side, user in ((Key.Side.UNIT, unit), (Key.Side.SUPERIOR, superior)):
        Key.objects.create(poll=locked, side=side, account=user.username, name=user.name)
    audit.record(
        actor=actor,
        act="封定名册",
        about=f"poll:{locked.pk}",
        path=locked.path,
        people=len(lines),
        digest=locked.electorate_digest,
        frozen=frozen_digest(locked),
        custodians=[unit.username, superior.username],
    )
    return locked


def frozen_digest(poll: Poll) -> str:
    """SHA-256 over all that is fixed when the list is frozen: the form, whom it is about, who is asked, the days, and from
    how many forms on anything is shown."""
    body = [
        hashlib.sha256(poll.electorate.encode()).hexdigest(),
        poll.sheet.digest,
        [poll.title, poll.kind, str(poll.opens), str(poll.closes), poll.least, poll.least_words, poll.trial],
        list(poll.subjects.values_list("number", "organisation", "person", "name")),
        list(
            poll.groups.values_list(
                "number", "organisation", "ballot_class", "inside", "names", "size", "label"
            )
        ),
    ]
    return hashlib.sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()


def _electorate(groups: Sequence[Group], today: date) -> list[str]:
    """One line a person: group, class, name, and a number that tells namesakes apart. Sets each group's size."""
    lines, stand = [], defaultdict(list)
    members = Membership.objects.filter(
        on_day(today), organisation__in=[group.organisation_id for group in groups if group.inside]
    )
    for place, pk, name in members.order_by("person").values_list("organisation", "person", "person__name"):
        stand[place].append((f"p{pk}", name))
    for group in groups:
        if group.organisation_id is not None and group.inside:
            people = stand[group.organisation_id]
        elif group.names:
            people = [
                (f"n{at}", name) for at, name in enumerate(group.names.split("\n"), start=1)
            ]  # namesakes stay two
        else:
            people = [(f"c{at}", "") for at in range(1, group.size + 1)]
        group.size = len(people)
        lines += [f"{group.number}\t{group.ballot_class}\t{name}\t{key}" for key, name in people]
    return lines


def _raise_the_least(poll: Poll, today: date) -> None:
    """Ten where somebody asked about holds a seat on any day of the poll, whatever the plan took for its first day."""
    for subject in poll.subjects.exclude(person=None).select_related("person"):
        assert subject.person is not None
        held = subject.person.tenures.filter(since__lte=poll.closes).filter(
            Q(until=None) | Q(until__gt=today)
        )
        if held.exists() and not poll.trial:
            poll.least = max(poll.least, WORDS_K)


def _refuse_unreachable(poll: Poll, people: int) -> None:
    most = max(people // 2, WORDS_K)
    for least in (poll.least, poll.least_words):
        if least > most:
            raise Refusal(
                f"最少份数写的是 {least}，应参加的只有 {people} 人，多半开不了箱。",
                code="opinions.least-hardly-reachable",
                remedy=f"请取消这一次，另拟时写不超过 {most} 的数。",
            )
    if poll.least > people:
        raise Refusal(
            f"应参加的只有 {people} 人，不足 {poll.least} 份不能开箱，这一箱怎样也开不了。",
            code="opinions.too-few-people",
            remedy="请取消这一次；人少的，当面听意见，或者几个支部合成一次。",
        )


def _refuse_sizes(groups: Sequence[Group]) -> None:
    empty = [group.label for group in groups if not group.size]
    if empty:
        raise Refusal(
            f"“{empty[0]}”这一组没有人。", code="opinions.group-empty", remedy="请去掉这一组，或写明人数。"
        )
    total = sum(group.size for group in groups)
    if total > MOST:
        raise Refusal(
            f"应参加 {total} 人，一个票箱最多 {MOST} 人。",
            code="opinions.too-many-people",
            remedy="请分单位分别开展。",
        )
