"""What an opened box releases: counts of sets of groups large enough, texts shuffled apart from everything, stubs sorted.

Whatever is too small is left out here, before anything is written: there is no table that holds it.
"""

import hashlib
import json
import secrets
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q

from dianping.common import trees
from dianping.opinions.models import Figure, Group, Poll, Saying, Stub, Subject
from dianping.opinions.selectors.turnout import turnout_of
from dianping.orgs.models import Organisation
from dianping.rules.ballots import (
    Grade,
    Kind,
    Returned,
    asked,
    shown,
    shown_next,
    split_electorates,
    summed,
    tally,
    why_withheld,
)

ALL = "全体"
ASKED_AGAIN = timedelta(
    92
)  # within a quarter the same question to nearly the same people is one asking (decision 0034)
_random = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
class Scope:
    """One set of groups a figure may be shown for."""

    kind: str
    label: str
    groups: frozenset[int]
    path: str = ""


def scopes_of(poll: Poll, groups: Sequence[Group]) -> list[Scope]:
    """The sets worth showing, the whole first: classes, inside and outside the Party, organisations level by level, groups.

    A set that is the same as an earlier one is named once.
    """
    found = [Scope("all", ALL, frozenset(group.number for group in groups))]
    titles = {weight.ballot_class: weight.title for weight in poll.sheet.weights}
    for name in dict.fromkeys(group.ballot_class for group in groups):
        found.append(_scope("class", titles.get(name, name), [g for g in groups if g.ballot_class == name]))
    for inside, label in ((True, "党内"), (False, "党外")):
        found.append(_scope("side", label, [g for g in groups if g.inside is inside]))
    found += _places(poll, groups)
    found += [_scope("group", group.label, [group], path=group.path) for group in groups]
    seen: set[frozenset[int]] = set()
    kept = []
    for scope in found:
        if scope.groups and scope.groups not in seen:
            seen.add(scope.groups)
            kept.append(scope)
    return kept


def _scope(kind: str, label: str, groups: Sequence[Group], path: str = "") -> Scope:
    return Scope(kind, label, frozenset(group.number for group in groups), path)


def _places(poll: Poll, groups: Sequence[Group]) -> list[Scope]:
    """Every organisation below the poll's own under which somebody was asked, nearest the top first."""
    paths = {path for g in groups if g.path for path in trees.ancestors(g.path) if len(path) > len(poll.path)}
    names = dict(Organisation.objects.filter(path__in=paths).values_list("path", "short_name"))
    return [
        _scope("place", names[path], [g for g in groups if g.path and trees.is_within(g.path, path)], path)
        for path in sorted(names, key=lambda path: (len(path), path))
    ]


def release(poll: Poll, forms: Sequence[Returned], counted: Sequence[Returned]) -> None:
    """Write everything an opened box shows, in one go: what the forms that count come to, and every stub.

    Whether something is shown is decided by all forms that came, blank ones too: were it by those that count, what is hidden
    would tell whether one of a few left his blank (decision 0030: sizes alone decide, never answers).
    """
    groups = list(poll.groups.select_related("organisation"))
    sizes = {group.number: 0 for group in groups}
    for form in forms:
        sizes[form.group] += 1
    whole = _write_figures(poll, groups, sizes, counted)
    poll.words_withheld = _why_no_words(poll, sizes, len(forms), whole)
    if not poll.words_withheld:
        _write_sayings(poll, groups, sizes, forms)
    Stub.objects.bulk_create(
        (Stub(poll=poll, number=stub) for stub in sorted(form.stub for form in forms)), batch_size=500
    )


def _write_figures(
    poll: Poll, groups: Sequence[Group], sizes: Mapping[Any, int], forms: Sequence[Returned]
) -> str:
    """The figures; "" or why the whole is not shown, without which no text is either."""
    subjects = poll.subjects.count()
    votes = tally(poll.sheet, subjects, [(form.group, form.answers) for form in forms])
    places = [place for place, question in asked(poll.sheet, subjects) if isinstance(question, Grade)]
    scopes = scopes_of(poll, groups)
    scopes.sort(key=lambda scope: -sum(sizes[number] for number in scope.groups))  # larger first; stable
    rows: list[Figure] = []
    allowed = _may_show(poll, scopes, sizes)
    for scope, may in zip(scopes, allowed, strict=True):
        count = sum(sizes[number] for number in scope.groups)
        about = {"poll": poll, "scope": scope.label, "scope_kind": scope.kind, "path": scope.path}
        why = why_withheld(count, poll.least, may=may)
        row = Figure(**about, number=len(rows), subject=0, question="", groups=sorted(scope.groups))
        row.forms, row.withheld = (count if may else None), why
        rows.append(row)
        for subject, key in places if may else ():
            total = summed(poll.sheet, votes, groups=scope.groups, subject=subject, key=key)
            row = Figure(**about, number=len(rows), subject=subject, question=key, forms=count)
            row.votes = [*total.counts, total.abstentions]
            rows.append(row)
    Figure.objects.bulk_create(rows, batch_size=500)
    return next(row.withheld for row in rows if row.scope_kind == "all")


def _may_show(poll: Poll, scopes: Sequence[Scope], sizes: Mapping[Any, int]) -> Sequence[bool]:
    """Which scopes' figures may be seen. In a trial all of them; with a poll asked anew, beside what was seen then."""
    wanted = [scope.groups for scope in scopes]
    if poll.trial:
        return [any(sizes[number] for number in cells) for cells in wanted]
    before, known = _asked_before(poll), known_sizes(poll, sizes)
    if not before:
        return shown(wanted, sizes, poll.least, known=known)
    if any(_unsure(one, poll) for one in before):
        return [False] * len(wanted)
    split = split_electorates(*(people_by_group(one) for one in [*before, poll]))
    seen = [
        [frozenset(row.groups) for row in Figure.objects.filter(poll=one, question="", withheld="")]
        for one in before
    ]
    return shown_next(wanted, sizes, poll.least, split=split, earlier=seen, known=known)


def known_sizes(poll: Poll, sizes: Mapping[Any, int]) -> dict[Any, int]:
    """The forms by group, nought for groups of which only a number was given: those cannot cover anybody."""
    return {number: 0 if number in by_number(poll) else count for number, count in sizes.items()}


def by_number(poll: Poll) -> set[int]:
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
    then, now = (set().union(*people_by_group(one).values()) for one in (before, poll))
    gone, new = then - now, now - then
    typed = (gone | new) & (_typed(before) | _typed(poll))
    return bool(gone and new and typed) and abs(len(gone) - len(new)) < poll.least


def _numbers(poll: Poll) -> list[tuple[str, int]]:
    """The groups given by number: their names and how many people."""
    known = by_number(poll)
    return sorted((g.label, g.size) for g in poll.groups.all() if g.number in known)


def _typed(poll: Poll) -> set[Any]:
    """The people whose names were typed: nobody but the office says who they are."""
    typed = {int(line[0]) for line in _lines(poll) if line[3].startswith("n")}
    return set().union(*(people for group, people in people_by_group(poll).items() if group in typed))


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
    found = Poll.objects.filter(
        state=Poll.State.OPENED, trial=False, opened_on__gt=poll.opens - ASKED_AGAIN
    ).exclude(pk=poll.pk)
    if poll.kind == Kind.VERDICT:
        mine = _questions(poll)
        return [
            one
            for one in found.filter(pk__in=same, kind=Kind.VERDICT).order_by("opened_on", "pk")
            if mine & _questions(one)
        ]
    found = found.exclude(kind=Kind.VERDICT)
    if True not in _grades(poll):
        found = found.filter(pk__in=same)
    return [
        one
        for one in found.order_by("opened_on", "pk")
        if (one.pk in same and False in _grades(one) and False in _grades(poll))
        or (True in _grades(one) and True in _grades(poll))
    ]


def _grades(poll: Poll) -> set[bool]:
    """Whether the questions of grades are of the form as a whole (True), of each subject (False), both or neither."""
    return {not one.per_subject for one in poll.sheet.questions if isinstance(one, Grade)}


def _questions(poll: Poll) -> set[tuple[str, ...]]:
    """Every question of grades as its words, marks and spaces aside, and its grades."""
    return {
        ("".join(sign for sign in one.text if sign.isalnum()), *poll.sheet.set_of(one.key).grades)
        for one in poll.sheet.questions
        if isinstance(one, Grade)
    }


def people_by_group(poll: Poll) -> dict[Any, set[Any]]:
    """Who was entitled, group by group, by name: somebody may be a member in one list and a name in another. Namesakes in
    one list are told apart by how many there are; people given by number alone, by their group and a number."""
    labels = dict(poll.groups.values_list("number", "label"))
    found: dict[Any, set[Any]] = defaultdict(set)
    met: Counter[str] = Counter()
    for number, _, name, key in _lines(poll):
        group, plain = int(number), "".join(name.split())
        met[plain] += 1
        found[group].add(f"{plain} {met[plain]}" if plain else f"{labels[group]} {key}")
    return found


def _why_no_words(poll: Poll, sizes: Mapping[Any, int], forms: int, whole: str) -> str:
    """ "" or why no text is kept: people somebody could name must be enough by themselves, or none."""
    if whole or poll.trial:
        return whole
    if forms < poll.least_words:
        return f"不足 {poll.least_words} 份"
    if 0 < sum(known_sizes(poll, sizes).values()) < poll.least_words:
        return f"有名单的组合起来不足 {poll.least_words} 份"
    return ""


def _write_sayings(
    poll: Poll, groups: Sequence[Group], sizes: Mapping[Any, int], forms: Sequence[Returned]
) -> None:
    """Each text by itself, in an order of chance. With which side it came from only where both are large enough."""
    known = known_sizes(poll, sizes)
    inside = {group.number: group.inside for group in groups}
    counts = [
        sum(some[n] for n in inside if inside[n] is side) for side in (True, False) for some in (sizes, known)
    ]
    tell_side = all(count == 0 or count >= poll.least_words for count in counts)
    found = [
        Saying(
            key=secrets.randbelow(1 << 62),
            poll=poll,
            subject=subject,
            question=question,
            side=("党内" if inside[form.group] else "党外") if tell_side else "",
            text=text,
        )
        for form in forms
        for (subject, question), text in form.answers.words.items()
        if text.strip()
    ]
    _random.shuffle(found)
    Saying.objects.bulk_create(found, batch_size=500)


def release_digest(poll: Poll) -> str:
    """SHA-256 over all that was released, the same whenever nothing of it was changed."""
    figures = list(
        Figure.objects.filter(poll=poll).values_list(
            "number",
            "subject",
            "question",
            "scope",
            "scope_kind",
            "path",
            "groups",
            "forms",
            "votes",
            "withheld",
        )
    )
    sayings = list(Saying.objects.filter(poll=poll).values_list("key", "subject", "question", "side", "text"))
    stubs = list(Stub.objects.filter(poll=poll).values_list("number", flat=True))
    body = json.dumps(
        [figures, sayings, stubs, poll.turnout, poll.faults, poll.words_withheld],
        ensure_ascii=False,
        sort_keys=True,
    )
    return hashlib.sha256(body.encode()).hexdigest()
