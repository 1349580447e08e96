"""What the masses said in the invented winter: one box of opinions opened and answered, one appraisal, one on paper that is being
typed in, one still to be held."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dianping.accounts.models import User
from dianping.common.audit import SYSTEM, Actor, Operator
from dianping.demo import masses
from dianping.opinions.rules import Answers, Form, presets, stub_number
from dianping.opinions.rules import asked as asked_of
from dianping.opinions.selectors import sayings_of
from dianping.opinions.selectors.cover import lists_of
from dianping.opinions.services import (
    GroupPlan,
    ListCheck,
    PollPlan,
    SubjectPlan,
    confirm_lists,
    confirm_papers_gone,
    count_out,
    freeze_poll,
    issue_slips,
    open_box,
    plan_poll,
    read_box,
    reply_to_point,
    send_form,
    take_key,
    type_paper,
)
from dianping.opinions.services.ticking import merge_into
from dianping.orgs.models import Organisation

if TYPE_CHECKING:
    from dianping.opinions.models import Group, Poll

ASKED, LAST, OPENED, REPLIED = date(2010, 12, 27), date(2010, 12, 30), date(2011, 1, 4), date(2011, 1, 5)
NEXT = (date(2011, 1, 5), date(2011, 1, 9))
OUTSIDE = "群众"


@dataclass(frozen=True)
class _Hands:
    """The accounts through whose hands a poll goes: who prints, who keeps the unit's key, who the superior's."""

    office: User
    unit: User
    superior: User


def tell_of_the_masses(
    *, letters: tuple[Organisation, User], chemistry: tuple[Organisation, User], office: User, superior: User
) -> None:
    """Four polls through the services of any other; each unit comes with the account that keeps its key."""
    chance = random.Random(20101227)
    branch = Organisation.objects.get(parent=letters[0], name__contains="实验中心")
    _opinions(letters[0], branch, _Hands(office, letters[1], superior), chance)
    _appraisal(chemistry[0], _Hands(office, chemistry[1], superior), chance)
    few = (GroupPlan(OUTSIDE, inside=False, size=12),)  # whoever goes on with it fills in all of them himself
    _on_paper(chemistry[0], few, _Hands(office, chemistry[1], superior))
    _plan(letters[0], masses.PLANNED_TITLE, "appraisal_organisation", few, office, days=NEXT)


def sample_stub() -> str:
    """The stub of one form of the sample, the same in every sample, so that somebody can look it up."""
    return next(_stubs(random.Random(20101227)))


def _opinions(place: Organisation, branch: Organisation, hands: _Hands, chance: random.Random) -> None:
    asked = (GroupPlan("党员", organisation=branch), GroupPlan(OUTSIDE, inside=False, size=12))
    poll = _plan(place, masses.OPINIONS_TITLE, "opinion", asked, hands.office)
    forms = [
        *_dealt([(opinion.topic, opinion.inside) for opinion in masses.OPINIONS], 11),
        *_dealt([(opinion.topic, opinion.outside) for opinion in masses.OPINIONS], 10),
    ]
    places = _places(poll.sheet)
    answers = [Answers(words={places[topic]: text for topic, text in form.items()}) for form in forms]
    opened = _held(poll, hands, [answers[:11], answers[11:]], chance)
    actor = _as(hands.office)
    keys = {saying.text: saying.pk for saying in sayings_of(opened)}
    for opinion in masses.OPINIONS:
        if not opinion.point:
            continue
        said = [keys[text] for text in (*opinion.inside, *opinion.outside)]
        point = merge_into(poll=opened, sayings=said, text=opinion.point, into=None, actor=actor)
        if opinion.reply:
            reply_to_point(
                point=point, reply=opinion.reply, version=point.version, today=REPLIED, actor=actor
            )


def _dealt(said: Iterable[tuple[str, Sequence[str]]], forms: int) -> list[dict[str, str]]:
    """So many forms, the sayings of each topic laid on one after the other."""
    dealt: list[dict[str, str]] = [{} for _ in range(forms)]
    at = 0
    for topic, texts in said:
        for text in texts:
            dealt[at % forms][topic] = text
            at += 1
    return dealt


def _places(form: Form) -> dict[str, tuple[int, str]]:
    return {key: (subject, key) for (subject, key), _ in asked_of(form, 1)}


def _appraisal(place: Organisation, hands: _Hands, chance: random.Random) -> None:
    asked = (GroupPlan("教师", inside=False, size=10), GroupPlan("学生", inside=False, size=14))
    poll = _plan(place, masses.APPRAISAL_TITLE, "appraisal_organisation", asked, hands.office)
    columns, places = {}, _places(poll.sheet)
    for key, votes in masses.APPRAISAL.items():
        column = [grade for grade, count in enumerate(votes) for _ in range(count)]
        columns[key] = column + [None] * (22 - len(column))
        chance.shuffle(columns[key])
    answers = []
    for at in range(22):
        chosen = {places[key]: column[at] for key, column in columns.items()}
        grades = {place: grade for place, grade in chosen.items() if grade is not None}
        said = masses.APPRAISAL_WORDS[at] if at < len(masses.APPRAISAL_WORDS) else ""
        answers.append(Answers(grades, {places["problems"]: said} if said else {}))
    _held(poll, hands, [answers[:9], answers[9:]], chance)


def _plan(
    place: Organisation,
    title: str,
    form: str,
    asked: tuple[GroupPlan, ...],
    by: User,
    days: tuple[date, date] = (ASKED, LAST),
) -> "Poll":
    plan = PollPlan(title, presets()[form], *days, about=(SubjectPlan(place),), asked=asked)
    return plan_poll(organisation=place, plan=plan, actor=_as(by))


def _held(poll: "Poll", hands: _Hands, forms: Sequence[Sequence[Answers]], chance: random.Random) -> "Poll":
    """Made ready, slips printed by one and counted out by another, forms sent group by group, the box opened by both custodians
    and both papers destroyed."""
    unit, superior = _as(hands.unit), _as(hands.superior)
    poll, keys = _ready(poll, hands, today=ASKED)
    stubs = _stubs(chance)
    for group, some in zip(poll.groups.order_by("number"), forms, strict=True):
        for code, answers in zip(_codes(poll, group, hands, today=ASKED), some, strict=False):
            send_form(code=code, answers=answers, stub=next(stubs), today=ASKED)
    read = read_box(poll=poll, unit_key=keys[0], superior_key=keys[1], actor=SYSTEM)
    opened = open_box(poll=poll, read=read, today=OPENED, actor=unit, witness=superior.name)
    return confirm_papers_gone(poll=opened, today=OPENED, actor=unit, witness=superior.name)


def _on_paper(place: Organisation, asked: tuple[GroupPlan, ...], hands: _Hands) -> None:
    """Forms on paper, handed out and come back; some typed once, and waiting for the second typist."""
    poll = _plan(place, masses.PAPER_TITLE, "appraisal_organisation", asked, hands.office, days=NEXT)
    poll, _ = _ready(poll, hands, today=NEXT[0])
    places = _places(poll.sheet)
    codes = _codes(poll, poll.groups.get(), hands, today=NEXT[0], on_paper=True)
    for grade, code in zip((0, 1, 0, 2, 1), codes, strict=False):
        answers = Answers({places[key]: grade for key in masses.APPRAISAL})
        type_paper(poll=poll, code=code, answers=answers, today=NEXT[0], actor=_as(hands.office))


def _ready(poll: "Poll", hands: _Hands, *, today: date) -> tuple["Poll", list[str]]:
    """Frozen, held against lists, both keys taken; the keys, the unit's first."""
    office, unit, superior = (_as(user) for user in (hands.office, hands.unit, hands.superior))
    poll = freeze_poll(
        poll=poll,
        version=poll.version,
        unit=hands.unit,
        superior=hands.superior,
        today=today,
        actor=office,
    )
    held = {line.number: ListCheck(line.size, masses.LISTS) for line in lists_of(poll)}
    confirm_lists(poll=poll, held=held, today=today, actor=superior)
    if own := lists_of(poll, "unit"):
        known = {line.number: ListCheck(line.size, masses.OWN_LIST) for line in own}
        confirm_lists(poll=poll, held=known, today=today, actor=unit)
    return poll, [take_key(poll=poll, replaces="", today=today, actor=actor) for actor in (unit, superior)]


def _codes(poll: "Poll", group: "Group", hands: _Hands, *, today: date, on_paper: bool = False) -> list[str]:
    """The codes of a group's slips, printed by the office and counted out by the unit."""
    office, unit = _as(hands.office), _as(hands.unit)
    batch, slips = issue_slips(
        poll=poll, group=group, count=group.size, on_paper=on_paper, today=today, actor=office
    )
    count_out(poll=poll, batch=batch, count=group.size, today=today, actor=unit)
    return [slip.code for slip in slips]


def _stubs(chance: random.Random) -> Iterator[str]:
    while True:
        yield stub_number(chance.randrange)


def _as(user: User) -> Actor:
    return Operator(user.username, "示例", user.name)
