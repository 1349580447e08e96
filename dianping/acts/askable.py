"""真的办好了吗: which problems of a place may be put to the masses now, and how they are named there."""

from datetime import date

from django.db.models import QuerySet

from dianping.common import trees
from dianping.opinions.rules import PollKind
from dianping.opinions.selectors import questions_running
from dianping.orgs.models import BRANCH_KINDS, Organisation
from dianping.orgs.selectors import standing_below
from dianping.rectification.models import Item
from dianping.rectification.selectors import items_to_ask

KEY = "item_"  # what comes before an item's key in the key of its question
MOST_LETTERS = 80


def item_key(question: str) -> int:
    """The key of the item a question asks about; 0 for another question."""
    digits = question.removeprefix(KEY)
    sound = question.startswith(KEY) and digits.isascii() and digits.isdecimal() and len(digits) < 16
    return int(digits) if sound else 0


def items_open_to_asking(organisation: Organisation, *, day: date) -> QuerySet[Item]:
    """Closed items of a place and below that are due to be asked about and not in a box already."""
    running = {item_key(key) for key in questions_running(PollKind.VERDICT)}
    path = organisation.path
    return (
        items_to_ask(day)
        .filter(path__gte=path, path__lt=trees.after(path))
        .exclude(pk__in=running - {0})
        .select_related("owner", "source__named_by")
    )


def branches_to_ask(organisation: Organisation) -> QuerySet[Organisation]:
    """The branches of a place, or it itself, whose members may be asked."""
    branches = standing_below([organisation.path]).filter(kind__in=BRANCH_KINDS)
    return branches.order_by("path")


def problem_without_names(item: Item) -> str:
    """The question about one item: where, and what; whoever answers for it, or named it, is nobody's to read there."""
    text = " ".join(item.text.split())
    names = {item.owner_name, item.source.who if item.source else ""}
    names |= {person.name for person in (item.person, item.owner) if person is not None}
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(name, "有关同志")
    short = text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"
    return f"{item.organisation.short_name}：“{short}”真的办好了吗"
