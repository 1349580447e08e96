"""再次征求: what was asked of nearly the same people not long before, and what may be shown beside it (decision 0034)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import cast

from django.db.models import Q

from dianping.opinions.models import Figure, Poll, Subject
from dianping.opinions.rules import GradeQuestion, PollKind, shown, shown_next, split_electorates
from dianping.opinions.rules.showing import Cell
from dianping.opinions.selectors.cover import cover_of
from dianping.opinions.selectors.turnout import turnout_of

ASKED_AGAIN = timedelta(92)  # within a quarter the same question to nearly the same people is one asking


def nothing_to_show(poll: Poll) -> tuple[Poll, date] | None:
    """The poll beside which no figure of this frozen one could be shown even if everybody answered, and the day from which on
    it does not matter; None where there is none. Told before slips are made."""
    sizes = dict(poll.groups.values_list("number", "size"))
    due = sum(sizes.values())
    whole = Poll.objects.get(pk=poll.pk)
    whole.turnout = {"due": due, "issued": due, "voided": 0, "used": due, "spoilt": 0}
    before = _asked_before(whole)
    if not before or any(may_show(whole, [frozenset(sizes)], sizes)):
        return None
    last = before[-1]
    assert last.opened_on is not None
    return last, last.opened_on + ASKED_AGAIN


def may_show(poll: Poll, wanted: Sequence[frozenset[int]], sizes: Mapping[int, int]) -> Sequence[bool]:
    """Of which sets of groups figures may be seen, with so many forms by group. In a trial of all; of a poll asked anew,
    beside what was seen then."""
    if poll.trial:
        return [any(sizes[number] for number in cells) for cells in wanted]
    before, cover = _asked_before(poll), cast("Mapping[Cell, int]", cover_of(poll, sizes))
    counts = cast("Mapping[Cell, int]", sizes)  # a Mapping is of its own keys only
    if not before:
        return shown(wanted, counts, poll.least, cover=cover)
    if any(_unsure(other, poll) for other in before):
        return [False] * len(wanted)
    split = split_electorates(*(_people_by_group(each) for each in [*before, poll]))
    sure = [_sure_groups(each) for each in [*before, poll]]
    covered = {
        fine
        for fine in split.sizes
        if isinstance(fine, tuple) and any(cell in groups for cell, groups in zip(fine, sure, strict=True))
    }
    seen = [
        [frozenset(row.groups) for row in Figure.objects.filter(poll=other, question="", withheld="")]
        for other in before
    ]
    return shown_next(wanted, counts, poll.least, split=split, earlier=seen, cover=cover, covered=covered)


def _sure_groups(poll: Poll) -> set[int]:
    """The groups of which everybody was confirmed."""
    sizes = dict(poll.groups.values_list("number", "size"))
    return {number for number, cover in cover_of(poll, sizes).items() if cover == sizes[number]}


def _by_number(poll: Poll) -> set[int]:
    """The groups whose people are not known."""
    return {int(line[0]) for line in _lines(poll) if line[3].startswith("c")}


def _unsure(before: Poll, poll: Poll) -> bool:
    """Whether nobody can say who was asked the second time only: of people given by number; of names that were typed and are
    not the same in both, where they may be the same people written otherwise but for a few; and where nearly as many slips
    were made for as many people, for whoever left one out may know whom."""
    if _numbers(before) != _numbers(poll):
        return True
    if 0 < abs(turnout_of(before).without_slip - turnout_of(poll).without_slip) < poll.least:
        return True
    then, now = (set().union(*_people_by_group(each).values()) for each in (before, poll))
    gone, new = then - now, now - then
    typed = (gone | new) & (_typed(before) | _typed(poll))
    return bool(gone and new and typed) and abs(len(gone) - len(new)) < poll.least


def _numbers(poll: Poll) -> list[tuple[str, int]]:
    """The groups given by number: their names and how many people."""
    known = _by_number(poll)
    return sorted((g.label, g.size) for g in poll.groups.all() if g.number in known)


def _typed(poll: Poll) -> set[str]:
    """The people whose names were typed: nobody but the office says who they are."""
    typed = {int(line[0]) for line in _lines(poll) if line[3].startswith("n")}
    return set().union(*(people for group, people in _people_by_group(poll).items() if group in typed))


def _lines(poll: Poll) -> list[list[str]]:
    return [line.split("\t") for line in poll.electorate.split("\n") if line]


def _asked_before(poll: Poll) -> list[Poll]:
    """Polls opened not long before that may have asked the same; oldest first.

    Any grades about one of the same, in whatever words: a form put in other words asks the same people the same. Grades of
    the form as a whole are about whatever they say, so any two of them may be the same. Of problems put right each is its
    own question, the same in the same words only.
    """
    about = Q(pk__in=[])
    for place, person in poll.subjects.values_list("organisation", "person"):
        about |= Q(person=person) if person else Q(person=None, organisation=place)
    same = set(Subject.objects.filter(about).values_list("poll", flat=True))
    polls = Poll.objects.filter(
        state=Poll.State.OPENED, trial=False, opened_on__gt=poll.opens - ASKED_AGAIN
    ).exclude(pk=poll.pk)
    if poll.kind == PollKind.VERDICT:
        mine = _questions(poll)
        return [
            other
            for other in polls.filter(pk__in=same, kind=PollKind.VERDICT).order_by("opened_on", "pk")
            if mine & _questions(other)
        ]
    polls = polls.exclude(kind=PollKind.VERDICT)
    if True not in _grades(poll):
        polls = polls.filter(pk__in=same)
    return [
        other
        for other in polls.order_by("opened_on", "pk")
        if (other.pk in same and False in _grades(other) and False in _grades(poll))
        or (True in _grades(other) and True in _grades(poll))
    ]


def _grades(poll: Poll) -> set[bool]:
    """Whether the questions of grades are of the form as a whole (True), of each subject (False), both or neither."""
    return {
        not question.per_subject for question in poll.sheet.questions if isinstance(question, GradeQuestion)
    }


def _questions(poll: Poll) -> set[tuple[str, ...]]:
    """Every question of grades as its words, marks and spaces aside, and its grades."""
    return {
        ("".join(sign for sign in question.text if sign.isalnum()), *poll.sheet.set_of(question.key).grades)
        for question in poll.sheet.questions
        if isinstance(question, GradeQuestion)
    }


def _people_by_group(poll: Poll) -> dict[Cell, set[str]]:
    """Who was entitled, group by group, by name: somebody may be a member in one list and a name in another. Namesakes in
    one list are told apart by how many there are; people given by number alone, by their group and a number."""
    labels = dict(poll.groups.values_list("number", "label"))
    people: dict[Cell, set[str]] = defaultdict(set)
    met: Counter[str] = Counter()
    for number, _, name, key in _lines(poll):
        group, plain = int(number), "".join(name.split())
        met[plain] += 1
        people[group].add(f"{plain} {met[plain]}" if plain else f"{labels[group]} {key}")
    return people
