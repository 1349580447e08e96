"""The form as screens, and back: what a reader sees one after another, what he sent."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from dianping.opinions.rules import Answers, Form, GradeQuestion, Place, Question, as_printed, asked, field_of

ONE_EACH = 14  # questions on a screen each; more are put together by whom they are about and by heading
Hint = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class ScreenField:
    """One question on a screen: its name in the form sent, its choices (none for words), what was answered so far.

    `hints` are sentences about what in the answer may show who wrote it.
    """

    name: str
    text: str
    choices: tuple[tuple[str, str], ...]
    limit: int
    answer: str
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Screen:
    """What is asked together: about whom, under which heading, and the questions."""

    about: str
    heading: str
    fields: tuple[ScreenField, ...]


def screens_of(
    form: Form, subjects: Sequence[str], answers: Answers | None = None, hint: Hint | None = None
) -> list[Screen]:
    """Everything a form asks about some subjects, as it is read: subject by subject, what is asked once at the end."""
    said = answers or Answers()
    places = as_printed(form, len(subjects))
    together: dict[tuple[int, str, int], list[ScreenField]] = {}
    for at, (place, question) in enumerate(places):
        screen = (place[0], question.heading, at if len(places) <= ONE_EACH else 0)
        together.setdefault(screen, []).append(_field(form, place, question, said, hint))
    return [
        Screen(_about(number, subjects), heading, tuple(fields))
        for (number, heading, _), fields in together.items()
    ]


def _about(number: int, subjects: Sequence[str]) -> str:
    return subjects[number - 1] if number else (subjects[0] if len(subjects) == 1 else "")


def _field(form: Form, place: Place, question: Question, said: Answers, hint: Hint | None) -> ScreenField:
    name = field_of(place)
    if isinstance(question, GradeQuestion):
        grades = form.set_of(question.key).grades
        chosen = said.grades.get(place)
        choices = tuple((str(at), grade) for at, grade in enumerate(grades))
        return ScreenField(name, question.text, choices, 0, "" if chosen is None else str(chosen))
    text = said.words.get(place, "")
    return ScreenField(
        name, question.text, (), question.limit, text, tuple(hint(text)) if hint and text else ()
    )


def answers_sent(form: Form, subjects: int, sent: QueryDict) -> Answers:
    """What was sent, question by question; whatever the form does not ask is left lying."""
    grades: dict[Place, int] = {}
    words: dict[Place, str] = {}
    for place, question in asked(form, subjects):
        value = sent.get(field_of(place), "").strip()
        if not value:
            continue
        if isinstance(question, GradeQuestion):
            grades[place] = int(value) if value.isascii() and value.isdigit() and len(value) < 4 else -1
        else:
            words[place] = value
    return Answers(grades, words)


def hints_json(patterns: Sequence[tuple[str, str]]) -> str:
    """The patterns of tell-tale sentences for the page's script."""
    return json.dumps([list(pattern) for pattern in patterns], ensure_ascii=False)
