"""What waits in rectification: for whom by the records, in what words (accounts.waiting, decision 0060).

Who may judge a problem is many; it waits for the seat that named it, and for the office of that seat's organisation. A problem
waits for whoever answers for it, and for the head of its place, who presses those who have no desk.
"""

from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from dianping.accounts.waiting import Columns, Desk, Found, KindOfWaiting, Row, Waiting, quoted, shortened
from dianping.duties.models import Duty, Kind
from dianping.orgs.models import Organisation
from dianping.rectification.models import Admonition, Extension, Item, Progress, State, WrittenReport

QUOTED = 24  # characters of a problem
SOON = 7  # days before its date a problem of others is near
ITEM = "rectification:item"
TO_PUT_RIGHT = (State.OPEN, State.IN_PROGRESS, State.UNRESOLVED)


def _judged(desk: Desk, to: str = "") -> Q:
    """Problems this desk judges: named by its owner's seat or one of the place's; where no seat named them, of the place or right
    below. Nobody judges what he answers for."""
    seat = Q(**{f"{to}source__seat__in": desk.posts})
    seat |= Q(**{f"{to}source__seat__organisation__path__in": desk.judged})
    near = Q(**{f"{to}path__in": desk.judged}) | Q(**{f"{to}organisation__parent__path__in": desk.judged})
    found = seat | Q(**{f"{to}source__seat": None}) & near
    if desk.person is not None:
        found &= ~Q(**{f"{to}owner": desk.person})
        found &= ~Q(**{f"{to}owner": None, f"{to}owner_name": desk.viewer.name})
    return found


def _mine(desk: Desk) -> Q:
    """Problems its owner answers for himself: named as their owner, or where nobody on file is, about him or what he heads."""
    if desk.person is None:
        return Q(pk__in=[])
    left = Q(person=desk.person) | Q(person=None, path__in=desk.headed)
    return Q(owner=desk.person) | Q(owner=None) & left


def _of_item(to: str = "") -> Columns:
    return {
        "name": Coalesce(f"{to}person__name", f"{to}organisation__short_name"),
        "words": quoted(f"{to}text", QUOTED),
    }


def _closings(desk: Desk) -> Found:
    asked = Progress.objects.filter(item=OuterRef("pk"), step="request").order_by("-pk").values("on")[:1]
    found = Item.objects.filter(_judged(desk), state=State.CLOSE_REQUESTED)
    return Found(found.exclude(requested_by=desk.account), {"since": Subquery(asked), **_of_item()})


def _closing(row: Row, desk: Desk) -> Waiting:
    what = f"申请销号：“{shortened(row.words, QUOTED)}”"
    return Waiting(row.kind, "", row.name, what, "看后验收", ITEM, (row.key,), since=row.since)


def _extensions(desk: Desk) -> Found:
    found = Extension.objects.filter(_judged(desk, "item__"), granted=None)
    columns: Columns = {"other": F("item_id"), "since": F("asked_on"), **_of_item("item__")}
    return Found(found.exclude(asked_as=desk.account), columns)


def _extension(row: Row, desk: Desk) -> Waiting:
    what = f"申请延期：“{shortened(row.words, QUOTED)}”"
    return Waiting(row.kind, "", row.name, what, "答复延期", ITEM, (row.other or 0,), since=row.since)


def _problems_of_mine(desk: Desk) -> Found | None:
    if desk.person is None:
        return None
    return Found(Item.objects.filter(_mine(desk), state__in=TO_PUT_RIGHT), {"day": F("due"), **_of_item()})


def _problem_of_mine(row: Row, desk: Desk) -> Waiting:
    whose = "" if row.name == desk.viewer.name else f"（{row.name}）"
    return Waiting(
        row.kind,
        "整改",
        f"“{shortened(row.words, QUOTED)}”",
        whose,
        "登记进展",
        ITEM,
        (row.key,),
        day=row.day,
    )


def _problems_here(desk: Desk) -> Found | None:
    """Of others at one's places, overdue or near."""
    if not desk.own:
        return None
    near = Item.objects.filter(path__in=desk.own, state__in=TO_PUT_RIGHT)
    near = near.filter(due__lte=desk.day + timedelta(days=SOON))
    if desk.person is not None:
        near = near.exclude(pk__in=Item.objects.filter(_mine(desk)).values("pk"))
    return Found(near, {"day": F("due"), **_of_item()})


def _problem_here(row: Row, desk: Desk) -> Waiting:
    what = f"的问题还在整改：“{shortened(row.words, QUOTED)}”"
    return Waiting(row.kind, "", row.name, what, "催办或延期", ITEM, (row.key,), day=row.day)


def _reports(desk: Desk) -> Found | None:
    """Reports on what one's own seat named, not read yet."""
    if not desk.posts:
        return None
    named = Item.objects.filter(report=OuterRef("duty"), source__seat__in=desk.posts)
    columns: Columns = {
        "other": F("duty_id"),
        "since": F("filed_on"),
        "name": Coalesce("duty__person__name", "duty__organisation__short_name"),
    }
    return Found(WrittenReport.objects.filter(Exists(named), read_on=None), columns)


def _report(row: Row, desk: Desk) -> Waiting:
    return Waiting(
        row.kind,
        "",
        row.name,
        "的专门书面报告交来了",
        "已阅",
        "rectification:report",
        (row.other or 0,),
        since=row.since,
        in_place="rectification:report_read",
        in_place_args=(row.other or 0,),
    )


def _reports_of_mine(desk: Desk) -> Found | None:
    """Reports about oneself that another seat sees to: one's own words, which nobody else need record (decision 0067)."""
    if desk.person is None:
        return None
    owed = Duty.objects.filter(kind=Kind.REPORT, person=desk.person, done_on=None, lapsed_on=None)
    return Found(owed.exclude(owed_by__in=desk.posts), {"day": F("due")})


def _report_of_mine(row: Row, desk: Desk) -> Waiting:
    page = ("rectification:report", (row.key,))
    return Waiting(row.kind, "写", "专门书面报告", "，说明没有较好解决的原因", "写报告", *page, day=row.day)


def _talks(desk: Desk) -> Found | None:
    """Talks one held from above, until what came of them is written."""
    charged = [charge.organisation.path for charge in desk.viewer.charges]
    above = Q(organisation__parent__path__in=[*desk.headed, *desk.judged]) | Q(path__in=charged)
    found = Admonition.objects.filter(above, settled_on=None).exclude(path__in=desk.headed)
    columns: Columns = {"day": F("due"), "name": F("person__name"), "more": F("organisation__short_name")}
    return Found(found, columns | {"words": quoted("reasons", QUOTED)})


def _talk(row: Row, desk: Desk) -> Waiting:
    what = f"约谈时定的整改：“{shortened(row.words, QUOTED)}”"
    page = ("rectification:admonition", (row.key,))
    return Waiting(row.kind, row.more, row.name, what, "写结果", *page, day=row.day)


def _promises(desk: Desk) -> Found | None:
    """Talks one was called in for, until they are settled."""
    if desk.person is None:
        return None
    found = Admonition.objects.filter(person=desk.person, settled_on=None)
    return Found(found, {"day": F("due"), "words": quoted("promised", QUOTED)})


def _promise(row: Row, desk: Desk) -> Waiting:
    page = ("rectification:admonition", (row.key,))
    return Waiting(
        row.kind, "办好", "约谈时表的态", f"：“{shortened(row.words, QUOTED)}”", "看约谈", *page, day=row.day
    )


def _talks_to_hold(desk: Desk) -> Found | None:
    """Organisations right below with problems found not well resolved about which nobody was called in yet (三.2)."""
    above = [*desk.headed, *desk.judged]
    if not above:
        return None
    told = Admonition.items.through.objects.values("item")
    stuck = Item.objects.filter(path=OuterRef("path"), state=State.UNRESOLVED).exclude(pk__in=told)
    counted = stuck.order_by().values("path").annotate(count=Count("pk")).values("count")
    found = Organisation.objects.filter(Exists(stuck), parent__path__in=above, dissolved=None)
    return Found(found, {"name": F("short_name"), "more": F("code"), "n": Subquery(counted)})


def _talk_to_hold(row: Row, desk: Desk) -> Waiting:
    what = f"有 {row.n} 个问题没有较好解决，还没有约谈"
    page = "rectification:admonish"
    return Waiting(row.kind, "", row.name, what, "约谈", page, asked=f"?organisation={row.more}")


ITEMS = "rectification:items"
KINDS = (
    KindOfWaiting("rectification.closing", "待验收的销号", ITEMS, _closings, _closing, word=True),
    KindOfWaiting("rectification.extension", "待答复的延期", ITEMS, _extensions, _extension, word=True),
    KindOfWaiting("rectification.own", "自己的整改", ITEMS, _problems_of_mine, _problem_of_mine),
    KindOfWaiting("rectification.here", "本单位同志的整改", ITEMS, _problems_here, _problem_here),
    KindOfWaiting("rectification.report", "待阅的书面报告", ITEMS, _reports, _report, word=True),
    KindOfWaiting("rectification.own_report", "自己的书面报告", ITEMS, _reports_of_mine, _report_of_mine),
    KindOfWaiting("rectification.talk", "约谈后的结果", "rectification:admonitions", _talks, _talk),
    KindOfWaiting("rectification.promise", "约谈时的表态", "rectification:admonitions", _promises, _promise),
    KindOfWaiting(
        "rectification.to_talk", "该约谈的单位", "rectification:admonitions", _talks_to_hold, _talk_to_hold
    ),
)
