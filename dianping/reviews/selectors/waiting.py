"""What waits in reviews: for whom by the records, in what words (accounts.waiting, decision 0060)."""

from datetime import timedelta

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from dianping.accounts.models import User
from dianping.accounts.waiting import Columns, Desk, Found, KindOfWaiting, Row, Waiting
from dianping.common import trees
from dianping.duties.models import Duty, Kind
from dianping.reviews.models import Answer, Attendance, Draw, Occasion, Review

COMING = 30  # days ahead an event is told
LIST = "reviews:reviews"


def written_for(reviewer: int) -> QuerySet[Review]:
    """Filed reviews that somebody else wrote down for a reviewer, until he stands by them."""
    found = Review.objects.filter(filed=True, confirmed_at=None, reviewer=reviewer)
    return found.exclude(recorder=F("reviewer__name"))


def _unanswered() -> QuerySet[Review]:
    return Review.objects.filter(~Exists(Answer.objects.filter(review=OuterRef("pk"))), filed=True)


def _about_me(desk: Desk) -> Found | None:
    if desk.person is None:
        return None
    me = Q(person=desk.person) | Q(about="organisation", path__in=desk.headed)
    found = _unanswered().filter(me).exclude(reviewer=desk.person)
    whom = Coalesce("person__name", "organisation__short_name")
    return Found(found, {"since": F("happened_on"), "name": F("reviewer__name"), "words": whom})


def _of_me(row: Row, desk: Desk) -> Waiting:
    whom = "您" if row.words == desk.viewer.name else row.words
    day = f"{row.since.month}月{row.since.day}日" if row.since else ""
    page = ("reviews:review", (row.key,))
    return Waiting(row.kind, "", row.name, f"{day}点评了{whom}", "阅读并签阅", *page, since=row.since)


def _to_be_told(desk: Desk) -> Found | None:
    """Reviews of people without an account at the place whose books are kept here, until the office notes that they read them."""
    if not desk.kept:
        return None
    known = User.objects.filter(person=OuterRef("person"), is_active=True)
    found = _unanswered().filter(~Exists(known), path__in=desk.kept, person__isnull=False)
    return Found(found, {"since": F("happened_on"), "name": F("person__name")})


def _to_tell(row: Row, desk: Desk) -> Waiting:
    page = ("reviews:review", (row.key,))
    return Waiting(row.kind, "请", row.name, "看对他的点评，代录签阅", "代录签阅", *page, since=row.since)


def _confirmations(desk: Desk) -> Found | None:
    if desk.person is None:
        return None
    whom = Coalesce("person__name", "organisation__short_name")
    columns: Columns = {"since": F("happened_on"), "name": F("recorder"), "words": whom}
    return Found(written_for(desk.person), columns)


def _confirmation(row: Row, desk: Desk) -> Waiting:
    what = f"的点评由{row.name}代您登记"
    page = ("reviews:review", (row.key,))
    return Waiting(row.kind, "对", row.words, what, "看后确认", *page, since=row.since)


def _drafts(desk: Desk) -> Found | None:
    """Drafts from one's own seats that no open duty asks for; the others stand on the desk as what they are owed for."""
    if not desk.posts:
        return None
    owed = Duty.objects.filter(
        kind=Kind.REVIEW,
        owed_by=OuterRef("post"),
        organisation=OuterRef("organisation"),
        done_on=None,
        lapsed_on=None,
        opens__lte=desk.day,
    )
    same = owed.filter(person=OuterRef("person"))
    body = owed.filter(person=None)
    left = Review.objects.filter(filed=False, post__in=desk.posts)
    left = left.exclude(Exists(same) | Q(Exists(body), person=None))
    whom = Coalesce("person__name", "organisation__short_name")
    columns: Columns = {
        "other": F("person_id"),
        "name": whom,
        "words": F("about"),
        "more": F("organisation__code"),
    }
    return Found(left, columns)


def _draft(row: Row, desk: Desk) -> Waiting:
    asked = f"?about={row.words}&organisation={row.more}&person={row.other or ''}"
    return Waiting(
        row.kind, "点评", row.name, "的草稿还没有登记", "接着写", "reviews:write_extra", asked=asked
    )


def _unmarked(desk: Desk) -> Found | None:
    """Events over at one's places where nobody said who was there."""
    if not desk.own:
        return None
    open_still = Attendance.objects.filter(occasion=OuterRef("pk"), present=None)
    found = Occasion.objects.filter(Exists(open_still), path__in=desk.own, held_on__lt=desk.day).exclude(
        planned_by=""
    )
    return Found(found, {"since": F("held_on"), "name": F("kind")})


def _unmarked_one(row: Row, desk: Desk) -> Waiting:
    day = f"{row.since.month}月{row.since.day}日" if row.since else ""
    page = ("occasions:occasion", (row.key,))
    return Waiting(row.kind, day, row.name, "谁到了会，还没有登记", "登记到会", *page, since=row.since)


def _coming(desk: Desk) -> Found | None:
    """Events ahead at one's places, and those one is called to, with one's turn to speak."""
    called = Attendance.objects.filter(occasion=OuterRef("pk"), person=desk.person)
    mine = Q(path__in=desk.own) | Q(Exists(called)) if desk.person is not None else Q(path__in=desk.own)
    ahead = (desk.day, desk.day + timedelta(days=COMING))
    found = Occasion.objects.filter(mine, held_on__range=ahead).exclude(planned_by="")
    columns: Columns = {"day": F("held_on"), "name": F("kind"), "words": F("place"), "more": F("path")}
    if desk.person is not None:
        columns["other"] = Subquery(called.values("place")[:1])
    return Found(found, columns)


def _coming_one(row: Row, desk: Desk) -> Waiting:
    told = f"，{row.words}" if row.words else ""
    if row.other:
        told += f"，您第 {row.other} 个发言"
    may = desk.viewer.may_read(row.more)
    page, args = ("occasions:occasion", (row.key,)) if may else ("", ())
    return Waiting(row.kind, "参加", row.name, told, "看活动" if may else "", page, args, day=row.day)


def _draws(desk: Desk) -> Found:
    """Draws whose next step is this desk's: the superior's office seals and reveals first, the organisation's side after it."""
    above = Q(superior__path__in=desk.kept)
    both = Q(pk__in=[])  # nobody is of both sides
    for top in desk.viewer.office_paths:
        both |= Q(superior__path__gte=top, superior__path__lt=trees.after(top))
    own = Q(path__in=desk.headed) | Q(path__in=desk.kept) & ~both
    seals = Q(superior_seal="")
    reveals = ~Q(own_seal="") & Q(superior_seed="")
    silent = Q(pk__in=[])
    for days in range(1, 31):
        silent |= Q(days=days, revealed_on__lt=desk.day - timedelta(days=days))
    answers = ~Q(superior_seal="") & Q(own_seal="") & ~Q(superior_by=desk.viewer.actor.signature)
    turn = above & (seals | reveals | silent) | own & (answers | ~Q(superior_seed=""))
    step = Case(
        When(above & silent, then=Value("silent")),
        When(~Q(superior_seed=""), then=Value("second")),
        When(reveals, then=Value("first")),
        default=Value("seal"),
    )
    columns: Columns = {
        "since": F("called_on"),
        "day": F("revealed_on"),
        "name": F("organisation__short_name"),
        "words": F("purpose"),
        "more": step,
        "n": F("days"),
    }
    return Found(Draw.objects.filter(turn, closed_on=None), columns)


# What a draw waits for, by the step that comes next; a second seed withheld for some days is done without.
DRAW_STEPS = {
    "seal": ("等您这一方封存种子", "封存种子"),
    "first": ("双方都已封存，等您公开种子", "公开种子"),
    "second": ("上级已公开种子，等您公开单位的种子", "公开种子"),
    "silent": ("单位没有按时公开种子，可以按规程了结", "看后了结"),
}


def _draw(row: Row, desk: Desk) -> Waiting:
    what, act = DRAW_STEPS[row.more]
    last = row.day + timedelta(days=row.n) if row.day and row.more == "second" else None
    page = ("draws:draw", (row.key,))
    return Waiting(
        row.kind, "", row.name, f"的抽签（{row.words}）{what}", act, *page, day=last, since=row.since
    )


KINDS = (
    KindOfWaiting("reviews.about_me", "对您的点评", LIST, _about_me, _of_me, word=True, asked="?whose=me"),
    KindOfWaiting("reviews.to_tell", "待代录的签阅", LIST, _to_be_told, _to_tell),
    KindOfWaiting(
        "reviews.confirm",
        "待确认的点评",
        LIST,
        _confirmations,
        _confirmation,
        word=True,
        asked="?whose=confirm",
    ),
    KindOfWaiting("reviews.draft", "没有登记的草稿", LIST, _drafts, _draft, asked="?whose=mine"),
    KindOfWaiting(
        "reviews.attendance", "待登记的到会", "occasions:occasions", _unmarked, _unmarked_one, word=True
    ),
    KindOfWaiting("reviews.coming", "活动", "occasions:occasions", _coming, _coming_one),
    KindOfWaiting("reviews.draw", "抽签", "draws:draws", _draws, _draw, word=True),
)
