"""Bulletins by who may read them."""

from django.db.models import Q, QuerySet

from dianping.bulletins.models import Bulletin, Copy
from dianping.common import trees

RELATED = ("organisation", "corrects__organisation")


def within(paths: list[str], name: str = "path") -> Q:
    """Rows whose place lies in one of some subtrees."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{name}__gte": path, f"{name}__lt": trees.after(path)})
    return condition


def bulletins_visible(
    *, writers: list[str], heads: list[str], readers: list[str], receivers: list[str]
) -> QuerySet[Bulletin]:
    """Bulletins a viewer may see.

    Drafts only where he writes or approves (`writers`, subtrees; `heads`, the places themselves); issued and withdrawn ones where he reads the issuer (`readers`)
    and where an organisation whose office or secretary he is received a copy (`receivers`).
    """
    told = ~Q(state=Bulletin.State.DRAFT)
    received = Copy.objects.filter(within(receivers)).values("bulletin")
    seen = within(writers) | Q(path__in=heads) | told & within(readers) | told & Q(pk__in=received)
    return Bulletin.objects.filter(seen).select_related(*RELATED)


def copies_of(bulletin: Bulletin) -> QuerySet[Copy]:
    """Whom a bulletin went to, by place."""
    return bulletin.copies.select_related("organisation").order_by("path")


def draft_correcting(bulletin: Bulletin) -> Bulletin | None:
    """The bulletin that corrects this one, drafted or issued."""
    return Bulletin.objects.filter(corrects=bulletin).first()
