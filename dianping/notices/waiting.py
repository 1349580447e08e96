"""What waits in notices: receipts to sign, readings to go through (accounts.waiting, decision 0060)."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dianping.accounts.waiting import Columns, Desk, Found, KindOfWaiting, Row, Waiting, quoted, shortened
from dianping.notices.models import Line, Notice, Receipt

QUOTED = 36  # characters of a title


def undecided() -> QuerySet[Line]:
    """Lines nobody decided about, of a notice in an outer statement and of what it encloses."""
    of = Q(notice=OuterRef("pk")) | Q(notice__within=OuterRef("pk"))
    return Line.objects.filter(of, state=Line.State.PROPOSED)


def _receipts(desk: Desk) -> Found | None:
    if not desk.own:
        return None
    columns: Columns = {
        "other": F("notice_id"),
        "day": F("notice__sign_by"),
        "since": F("notice__entered_on"),
        "name": quoted("notice__title", QUOTED),
        "more": F("organisation__short_name"),
    }
    return Found(Receipt.objects.filter(path__in=desk.own, signed_at=None), columns)


def _receipt(row: Row, desk: Desk) -> Waiting:
    notice = (row.other or 0,)
    return Waiting(
        row.kind,
        "签收",
        f"《{shortened(row.name, QUOTED)}》",
        f"，{row.more}",
        "签收",
        "notices:notice",
        notice,
        day=row.day,
        since=row.since,
        in_place="notices:notice_sign",
        in_place_args=(*notice, row.key),
    )


def _readings(desk: Desk) -> Found | None:
    if not desk.kept:
        return None
    many = (
        Line.objects.filter(state=Line.State.PROPOSED)
        .annotate(top=Coalesce("notice__within", "notice"))
        .filter(top=OuterRef("pk"))
        .order_by()
        .values("top")
        .annotate(count=Count("pk"))
        .values("count")
    )
    found = Notice.objects.filter(Exists(undecided()), within=None, path__in=desk.kept)
    columns: Columns = {"since": F("entered_on"), "name": quoted("title", QUOTED), "n": Subquery(many)}
    return Found(found, columns)


def _reading(row: Row, desk: Desk) -> Waiting:
    what = f"读出的内容还有 {row.n} 行没有核对"
    return Waiting(
        row.kind,
        "",
        f"《{shortened(row.name, QUOTED)}》",
        what,
        "核对",
        "notices:readings",
        (row.key,),
        since=row.since,
    )


KINDS = (
    KindOfWaiting("notices.receipt", "待签收的文件", "notices:notices", _receipts, _receipt, word=True),
    KindOfWaiting("notices.reading", "待核对的文件", "notices:notices", _readings, _reading, word=True),
)
