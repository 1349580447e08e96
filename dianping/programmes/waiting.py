"""What waits in programmes: a paper gone through and not put in force (accounts.waiting, decision 0060)."""

from django.db.models import Exists, F, OuterRef, Q

from dianping.accounts.waiting import Desk, Found, KindOfWaiting, Row, Waiting, quoted, shortened
from dianping.common import trees
from dianping.notices.models import Direction, Line, Notice
from dianping.notices.waiting import QUOTED, undecided
from dianping.programmes.models import Adoption

ORDERING = (
    "responsibility",
    "cadence",
    "date",
    "deliverable",
    "form",
    "mode",
)  # kinds of line that make a rule
STANDING = (Line.State.ACCEPTED, Line.State.CORRECTED)


def _adoptions(desk: Desk) -> Found | None:
    """Papers received by the office of the place, numbered, with something in them that orders, and adopted neither here nor above."""
    if not desk.kept:
        return None
    of = Q(notice=OuterRef("pk")) | Q(notice__within=OuterRef("pk"))
    orders = Line.objects.filter(of, state__in=STANDING, kind__in=ORDERING)
    called = Q(number=OuterRef("number")) | Q(amended_by=OuterRef("number"))
    adopted = Adoption.objects.filter(called, organisation__path__in=trees.ancestors(desk.place.path))
    found = Notice.objects.filter(
        ~Exists(undecided()),
        ~Exists(adopted),
        Exists(orders),
        within=None,
        direction=Direction.RECEIVED,
        path__in=desk.kept,
    ).exclude(number="")
    return Found(found, {"since": F("entered_on"), "name": quoted("title", QUOTED)})


def _adoption(row: Row, desk: Desk) -> Waiting:
    what = "核对完了，还没有采用"
    return Waiting(
        row.kind,
        "",
        f"《{shortened(row.name, QUOTED)}》",
        what,
        "看能不能采用",
        "notices:readings",
        (row.key,),
        since=row.since,
    )


KINDS = (
    KindOfWaiting(
        "programmes.adoption", "核对完没有采用的文件", "programmes:programmes", _adoptions, _adoption
    ),
)
