"""What an opened box releases: counts of sets of groups large enough, texts shuffled apart from everything, stubs sorted.

Whatever is too small is left out here, before anything is written: there is no table that holds it.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dianping.common import trees
from dianping.opinions.models import Figure, Group, Poll, Saying, Stub
from dianping.opinions.rules import GradeQuestion, ReturnedForm, asked, summed, tally, why_withheld
from dianping.opinions.selectors.asked_before import may_show
from dianping.opinions.selectors.cover import cover_of
from dianping.orgs.models import Organisation

ALL = "全体"
_random = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
class FigureScope:
    """One set of groups a figure may be shown for."""

    kind: str
    label: str
    groups: frozenset[int]
    path: str = ""


def scopes_of(poll: Poll, groups: Sequence[Group]) -> list[FigureScope]:
    """The sets worth showing, the whole first: classes, inside and outside the Party, organisations level by level, groups.

    A set that is the same as an earlier one is named once.
    """
    scopes = [FigureScope("all", ALL, frozenset(group.number for group in groups))]
    titles = {weight.ballot_class: weight.title for weight in poll.sheet.weights}
    for name in dict.fromkeys(group.ballot_class for group in groups):
        scopes.append(_scope("class", titles.get(name, name), [g for g in groups if g.ballot_class == name]))
    for inside, label in ((True, "党内"), (False, "党外")):
        scopes.append(_scope("side", label, [g for g in groups if g.inside is inside]))
    scopes += _places(poll, groups)
    scopes += [_scope("group", group.label, [group], path=group.path) for group in groups]
    seen: set[frozenset[int]] = set()
    kept = []
    for scope in scopes:
        if scope.groups and scope.groups not in seen:
            seen.add(scope.groups)
            kept.append(scope)
    return kept


def _scope(kind: str, label: str, groups: Sequence[Group], path: str = "") -> FigureScope:
    return FigureScope(kind, label, frozenset(group.number for group in groups), path)


def _places(poll: Poll, groups: Sequence[Group]) -> list[FigureScope]:
    """Every organisation below the poll's own under which somebody was asked, nearest the top first."""
    paths = {path for g in groups if g.path for path in trees.ancestors(g.path) if len(path) > len(poll.path)}
    names = dict(Organisation.objects.filter(path__in=paths).values_list("path", "short_name"))
    return [
        _scope("place", names[path], [g for g in groups if g.path and trees.is_within(g.path, path)], path)
        for path in sorted(names, key=lambda path: (len(path), path))
    ]


def release(poll: Poll, forms: Sequence[ReturnedForm], counted: Sequence[ReturnedForm]) -> str:
    """Write everything an opened box shows, in one go: what the forms that count come to, and every stub. "" or why the whole
    is not shown.

    Whether something is shown is decided by all forms that came, blank ones too: were it by those that count, what is hidden
    would tell whether one of a few left his blank (decision 0030: sizes alone decide, never answers).
    """
    groups = list(poll.groups.select_related("organisation"))
    sizes = {group.number: 0 for group in groups}
    for form in forms:
        sizes[form.group] += 1
    cover = cover_of(poll, sizes)
    whole = _write_figures(poll, groups, sizes, cover, counted)
    poll.words_withheld = _why_no_words(poll, sum(cover.values()), len(forms), whole)
    if not poll.words_withheld:
        _write_sayings(poll, groups, sizes, cover, forms)
    Stub.objects.bulk_create(
        (Stub(poll=poll, number=stub) for stub in sorted(form.stub for form in forms)), batch_size=500
    )
    return whole


def _write_figures(
    poll: Poll,
    groups: Sequence[Group],
    sizes: Mapping[int, int],
    cover: Mapping[int, int],
    forms: Sequence[ReturnedForm],
) -> str:
    """The figures; "" or why the whole is not shown, without which no text is either."""
    subjects = poll.subjects.count()
    votes = tally(poll.sheet, subjects, [(form.group, form.answers) for form in forms])
    places = [place for place, question in asked(poll.sheet, subjects) if isinstance(question, GradeQuestion)]
    scopes = scopes_of(poll, groups)
    scopes.sort(key=lambda scope: -sum(sizes[number] for number in scope.groups))  # larger first; stable
    rows: list[Figure] = []
    allowed = may_show(poll, [scope.groups for scope in scopes], sizes)
    for scope, may in zip(scopes, allowed, strict=True):
        count = sum(sizes[number] for number in scope.groups)
        about = {"poll": poll, "scope": scope.label, "scope_kind": scope.kind, "path": scope.path}
        covering = sum(cover[number] for number in scope.groups)
        why = why_withheld(count, poll.least, may=may, cover=covering)
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


def _why_no_words(poll: Poll, cover: int, forms: int, whole: str) -> str:
    """ "" or why no text is kept: those of whom it is known that they are people must be enough by themselves."""
    if whole or poll.trial:
        return whole
    if forms < poll.least_words:
        return f"不足 {poll.least_words} 份"
    if cover < poll.least_words:
        return f"上级核对到的人不足 {poll.least_words} 份"
    return ""


def _write_sayings(
    poll: Poll,
    groups: Sequence[Group],
    sizes: Mapping[int, int],
    cover: Mapping[int, int],
    forms: Sequence[ReturnedForm],
) -> None:
    """Each text by itself, in an order of chance. With which side it came from only where both are large enough."""
    inside = {group.number: group.inside for group in groups}
    sides = [[n for n in inside if inside[n] is side] for side in (True, False)]
    tell_side = all(
        not sum(sizes[n] for n in side) or sum(cover[n] for n in side) >= poll.least_words for side in sides
    )
    sayings = [
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
    _random.shuffle(sayings)
    Saying.objects.bulk_create(sayings, batch_size=500)


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
