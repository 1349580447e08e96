"""Any seat, found by search: by whoever holds it, the first letters of his name, its organisation or its title."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, FilteredRelation, Q, QuerySet

from dianping.base.pinyin import is_spelled
from dianping.common import trees
from dianping.orgs.models import Post
from dianping.orgs.selectors.posts import holders_on

MOST = 20  # seats shown of one search


@dataclass(frozen=True, slots=True)
class SeatFound:
    """A seat and who answers for it that day, "" where nobody does; `hint` says more, as how much he has left to do."""

    post: Post
    holder: str
    hint: str = ""

    @property
    def words(self) -> str:
        """The seat as a list of them names it."""
        return f"{self.post.called} {self.holder or '（空缺）'}"


def seats_within(paths: list[str]) -> QuerySet[Post]:
    """Every seat of some subtrees, of organisations that stand."""
    seen = Q(pk__in=[])
    for path in paths:
        seen |= Q(organisation__path__gte=path, organisation__path__lt=trees.after(path))
    return Post.objects.filter(seen, organisation__dissolved=None).select_related("organisation")


def seat_by_key(key: str, *, paths: list[str], day: date) -> SeatFound | None:
    """A seat of some subtrees by its key as it was sent; None for any other."""
    if not key.isdecimal():
        return None
    post = seats_within(paths).filter(pk=int(key[:18])).first()
    return as_found([post], day=day)[0] if post else None


def as_found(posts: Sequence[Post], *, day: date, hints: dict[int, str] | None = None) -> list[SeatFound]:
    """Seats with who answers for them that day; two queries."""
    holders = holders_on([post.pk for post in posts], day=day)
    return [SeatFound(post, holders.get(post.pk, ""), (hints or {}).get(post.pk, "")) for post in posts]


def seats_named(text: str, *, paths: list[str], day: date) -> tuple[list[SeatFound], bool]:
    """The seats of some subtrees in which every word of a text is found, in the order of the tree, and whether there are more.

    A word is part of a name, of an organisation's name or of a title; small letters are the first letters of these (王明 is wm),
    their syllables (wangming), or how an organisation's code begins.
    """
    words = text[:60].split()
    if not words:
        return [], False
    on_day = Q(tenures__since__lte=day) & (Q(tenures__until=None) | Q(tenures__until__gt=day))
    seats = seats_within(paths).annotate(
        held=FilteredRelation("tenures", condition=on_day), name=F("held__person__name")
    )
    letters = [word.lower() for word in words if word.isascii()]
    for word in words:
        if not word.isascii():
            seats = seats.filter(
                Q(name__contains=word)
                | Q(title__contains=word)
                | Q(organisation__name__contains=word)
                | Q(organisation__short_name__contains=word)
            )
    ordered = seats.order_by("organisation__path", "pk")
    if not letters:
        rows = list(ordered[: MOST + 1])
    else:
        rows = [post for post in ordered if all(_begins(post, word) for word in letters)]
    return as_found(rows[:MOST], day=day), len(rows) > MOST


def _begins(post: Post, letters: str) -> bool:
    place = post.organisation
    said = (getattr(post, "name", "") or "", place.short_name, place.name, post.title)
    return place.code.lower().startswith(letters) or any(is_spelled(letters, words) for words in said)
