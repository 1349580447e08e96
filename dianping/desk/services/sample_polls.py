"""What the masses said in the invented winter: one box of opinions opened and answered, one appraisal, one still to be held."""

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from dianping.common.audit import Actor
from dianping.desk.services.merging import merge_into
from dianping.opinions.selectors import sayings_of
from dianping.opinions.services import (
    About,
    Asked,
    Plan,
    freeze_poll,
    issue_slips,
    open_box,
    plan_poll,
    reply_to_point,
    send_form,
    take_key,
)
from dianping.orgs.models import Organisation
from dianping.rules.ballots import Answers, Form, presets, stub_number
from dianping.rules.ballots import asked as asked_of
from samples import masses

ASKED, LAST, OPENED, REPLIED = date(2010, 12, 27), date(2010, 12, 30), date(2011, 1, 4), date(2011, 1, 5)
NEXT = (date(2011, 1, 5), date(2011, 1, 9))
OUTSIDE = "群众"


def tell_of_the_masses(*, letters: Organisation, chemistry: Organisation, unit: Any, superior: Any) -> None:
    """Three polls through the services of any other; `unit` and `superior` are the accounts that keep the keys."""
    chance = random.Random(20101227)
    branch = Organisation.objects.get(parent=letters, name__contains="实验中心")
    _opinions(letters, branch, (unit, superior), chance)
    _appraisal(chemistry, (unit, superior), chance)
    few = (Asked(OUTSIDE, inside=False, size=12),)  # whoever goes on with it fills in all of them himself
    _plan(letters, masses.PLANNED_TITLE, "appraisal_organisation", few, unit, days=NEXT)


def sample_stub() -> str:
    """The stub of one form of the sample, the same in every sample, so that somebody can look it up."""
    return next(_stubs(random.Random(20101227)))


def _opinions(
    place: Organisation, branch: Organisation, keepers: tuple[Any, Any], chance: random.Random
) -> None:
    asked = (Asked("党员", organisation=branch), Asked(OUTSIDE, inside=False, size=12))
    poll = _plan(place, masses.OPINIONS_TITLE, "opinion", asked, keepers[0])
    forms = [
        *_dealt([(one.topic, one.inside) for one in masses.OPINIONS], 11),
        *_dealt([(one.topic, one.outside) for one in masses.OPINIONS], 10),
    ]
    places = _places(poll.sheet)
    answers = [Answers(words={places[topic]: text for topic, text in form.items()}) for form in forms]
    opened = _held(poll, keepers, [answers[:11], answers[11:]], chance)
    actor = _as(keepers[0])
    keys = {one.text: one.pk for one in sayings_of(opened)}
    for one in masses.OPINIONS:
        if not one.point:
            continue
        said = [keys[text] for text in (*one.inside, *one.outside)]
        point = merge_into(poll=opened, sayings=said, text=one.point, into=None, actor=actor)
        if one.reply:
            reply_to_point(point=point, reply=one.reply, version=point.version, today=REPLIED, actor=actor)


def _dealt(said: Iterable[tuple[str, Sequence[str]]], forms: int) -> list[dict[str, str]]:
    """So many forms, the sayings of each topic laid on one after the other."""
    found: list[dict[str, str]] = [{} for _ in range(forms)]
    at = 0
    for topic, texts in said:
        for text in texts:
            found[at % forms][topic] = text
            at += 1
    return found


def _places(form: Form) -> dict[str, tuple[int, str]]:
    return {key: (subject, key) for (subject, key), _ in asked_of(form, 1)}


def _appraisal(place: Organisation, keepers: tuple[Any, Any], chance: random.Random) -> None:
    asked = (Asked("教师", inside=False, size=10), Asked("学生", inside=False, size=14))
    poll = _plan(place, masses.APPRAISAL_TITLE, "appraisal_organisation", asked, keepers[0])
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
    _held(poll, keepers, [answers[:9], answers[9:]], chance)


def _plan(
    place: Organisation,
    title: str,
    form: str,
    asked: tuple[Asked, ...],
    by: Any,
    days: tuple[date, date] = (ASKED, LAST),
) -> Any:
    plan = Plan(title, presets()[form], *days, about=(About(place),), asked=asked)
    return plan_poll(organisation=place, plan=plan, actor=_as(by))


def _held(
    poll: Any, keepers: tuple[Any, Any], forms: Sequence[Sequence[Answers]], chance: random.Random
) -> Any:
    """Frozen, both keys taken, slips given out, forms sent group by group, the box opened by both. The keys end here."""
    unit, superior = keepers
    actor = _as(unit)
    poll = freeze_poll(
        poll=poll, version=poll.version, unit=unit, superior=superior, today=ASKED, actor=actor
    )
    keys = [take_key(poll=poll, today=ASKED, actor=_as(user)) for user in keepers]
    stubs = _stubs(chance)
    for group, some in zip(poll.groups.order_by("number"), forms, strict=True):
        _, slips = issue_slips(
            poll=poll, group=group, count=group.size, on_paper=False, today=ASKED, actor=actor
        )
        for slip, answers in zip(slips, some, strict=False):
            send_form(code=slip.code, answers=answers, stub=next(stubs), today=ASKED)
    return open_box(
        poll=poll,
        unit_key=keys[0],
        superior_key=keys[1],
        today=OPENED,
        actor=actor,
        witness=superior.username,
    )


def _stubs(chance: random.Random) -> Iterator[str]:
    while True:
        yield stub_number(chance.randrange)


def _as(user: Any) -> Actor:
    return Actor(user.username, "示例", user.name)
