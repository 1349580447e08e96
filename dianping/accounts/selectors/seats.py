"""Who holds a seat and has no account yet: whom one act gives one, and who is left out and why."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from dianping.accounts.models import User
from dianping.accounts.rules.usernames import letters_of
from dianping.orgs.models import Organisation, Person, Post, Role, Tenure
from dianping.orgs.selectors import standing_below

ORDER = {Role.SECRETARY: 0, Role.ACTING: 1, Role.LEADER: 2}


@dataclass(frozen=True, slots=True)
class Seated:
    """A person with a seat: where it is, what it is called, and his account where he has one that nobody has used yet."""

    person: Person
    organisation: Organisation
    title: str
    account: User | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Who gets nothing, and why."""

    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What one act would do below an organisation."""

    opened: list[Seated] = field(default_factory=list)
    waiting: list[Seated] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def plan_of(organisation: Organisation, *, day: date, keeps: Callable[[str], bool]) -> Plan:
    """Whom an account is made for below an organisation, who has one that waits for its first password, and who is left out.

    `keeps` tells of a place whether whoever asks keeps it: who holds a seat elsewhere as well is not his to open.
    """
    standing = standing_below([organisation.path])
    posts = list(Post.objects.filter(organisation__in=standing).select_related("organisation"))
    posts.sort(key=lambda post: (post.organisation.path, ORDER[Role(post.role)], post.pk))
    held = _holders(posts, day)
    people = {tenure.person_id for tenure in held.values()}
    accounts = {user.person_id: user for user in User.objects.filter(person__in=people)}
    elsewhere = _elsewhere(people, day, keeps)
    plan, done = Plan(), set[int]()
    for post in posts:
        tenure = held.get(post.pk)
        if tenure is None:
            if post.role != Role.ACTING:
                plan.skipped.append(Skipped(_seat_told(post), "职务空缺"))
            continue
        if tenure.person_id not in done:
            done.add(tenure.person_id)
            _sort_in(plan, post, tenure.person, accounts.get(tenure.person_id), elsewhere)
    return plan


def people_without_account(
    text: str, *, paths: Sequence[str], day: date, keeps: Callable[[str], bool], most: int
) -> list[Seated]:
    """Who holds a seat in some subtrees and has no account, by part of his name or its first letters."""
    wanted = text.casefold()
    rows = (
        Tenure.objects.filter(_on_day(day), post__organisation__in=standing_below(list(paths)))
        .exclude(person__in=User.objects.exclude(person=None).values("person"))
        .select_related("person", "post__organisation")
        .order_by("post__organisation__path", "pk")
    )
    found: dict[int, Seated] = {}
    for tenure in rows:
        name = tenure.person.name
        if name and (not wanted or wanted in name.casefold() or wanted in letters_of(name)):
            one = Seated(tenure.person, tenure.post.organisation, tenure.post.title)
            found.setdefault(tenure.person_id, one)
    elsewhere = _elsewhere(found, day, keeps) if found else {}
    return [one for one in found.values() if one.person.pk not in elsewhere][:most]


def _on_day(day: date) -> Q:
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))


def _holders(posts: Sequence[Post], day: date) -> dict[int, Tenure]:
    rows = Tenure.objects.filter(_on_day(day), post__in=[post.pk for post in posts]).select_related("person")
    return {tenure.post_id: tenure for tenure in rows}


def _elsewhere(people: Iterable[int], day: date, keeps: Callable[[str], bool]) -> dict[int, str]:
    """Who of these holds a seat that whoever asks does not keep, and where."""
    rows = Tenure.objects.filter(Q(until=None) | Q(until__gt=day), person__in=list(people))
    places = rows.values_list("person", "post__organisation__path", "post__organisation__short_name")
    return {person: name for person, path, name in places if not keeps(path)}


def _sort_in(plan: Plan, post: Post, person: Person, account: User | None, elsewhere: dict[int, str]) -> None:
    one = Seated(person, post.organisation, post.title, account)
    who = f"{person.name}（{_seat_told(post)}）"
    if not person.name.strip():
        plan.skipped.append(Skipped(_seat_told(post), "名册里没有姓名"))
    elif person.pk in elsewhere:
        why = f"还有{elsewhere[person.pk]}的职务，不在您管的范围里，请由上级的党务干事开"
        plan.skipped.append(Skipped(who, why))
    elif account is None:
        plan.opened.append(one)
    elif not account.is_active:
        plan.skipped.append(Skipped(who, "有账号，已停用"))
    elif account.has_usable_password():
        plan.skipped.append(Skipped(who, "已经有账号"))
    else:
        plan.waiting.append(one)


def _seat_told(post: Post) -> str:
    return post.called
