"""The form as screens, and back: what a reader sees one after another, what he sent."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from dianping.rules.ballots import Answers, Form, Grade, Place, Question, asked

ONE_EACH = (
    14  # so many questions stand on a screen each; more of them are put together by whom they are about
)


@dataclass(frozen=True, slots=True)
class Field:
    """One question on a screen: its name in the form sent, its choices (none for words), what was answered so far."""

    name: str
    text: str
    heading: str
    choices: tuple[tuple[str, str], ...]
    limit: int
    answer: str


@dataclass(frozen=True, slots=True)
class Screen:
    """What is asked together: about whom, and the questions."""

    about: str
    fields: tuple[Field, ...]


def screens_of(form: Form, subjects: Sequence[str], answers: Answers | None = None) -> list[Screen]:
    """Everything a form asks about some subjects, in its order."""
    said = answers or Answers()
    fields = [(place, _field(form, place, question, said)) for place, question in asked(form, len(subjects))]
    if len(fields) <= ONE_EACH:
        return [Screen(_about(place, subjects), (field,)) for place, field in fields]
    screens: list[tuple[int, list[Field]]] = []
    for place, field in fields:
        if not screens or screens[-1][0] != place[0]:
            screens.append((place[0], []))
        screens[-1][1].append(field)
    return [Screen(subjects[number - 1] if number else "", tuple(some)) for number, some in screens]


def _about(place: Place, subjects: Sequence[str]) -> str:
    return subjects[place[0] - 1] if place[0] else (subjects[0] if len(subjects) == 1 else "")


def _field(form: Form, place: Place, question: Question, said: Answers) -> Field:
    name = f"q-{place[0]}-{place[1]}"
    if isinstance(question, Grade):
        grades = form.set_of(question.key).grades
        chosen = said.grades.get(place)
        choices = tuple((str(at), grade) for at, grade in enumerate(grades))
        return Field(name, question.text, question.heading, choices, 0, "" if chosen is None else str(chosen))
    return Field(name, question.text, question.heading, (), question.limit, said.words.get(place, ""))


def answers_sent(form: Form, subjects: int, sent: QueryDict) -> Answers:
    """What was sent, question by question; whatever the form does not ask is left lying."""
    grades: dict[Place, int] = {}
    words: dict[Place, str] = {}
    for place, question in asked(form, subjects):
        value = sent.get(f"q-{place[0]}-{place[1]}", "").strip()
        if not value:
            continue
        if isinstance(question, Grade):
            grades[place] = int(value) if value.isascii() and value.isdigit() and len(value) < 4 else -1
        else:
            words[place] = value
    return Answers(grades, words)


def hints_json(patterns: Sequence[tuple[str, str]]) -> str:
    """The patterns of tell-tale sentences for the page's script."""
    return json.dumps([list(pattern) for pattern in patterns], ensure_ascii=False)
