"""What waits in bulletins: drafts to approve or write anew, cases to look into and to tell (accounts.waiting, decision 0060)."""

import json

from django.db.models import F, Q, TextField
from django.db.models.functions import Cast, Coalesce

from dianping.accounts.waiting import Columns, Desk, Found, KindOfWaiting, Row, Waiting
from dianping.bulletins.models import Bulletin, ModelCase

BULLETIN, CASE = "bulletins:bulletin", "bulletins:case"


def _approvals(desk: Desk) -> Found:
    """Drafts nobody returned, for whoever signs for their organisation and wrote nothing of them."""
    signs = Q(path__in=[*desk.headed, *_overseen(desk)])
    found = Bulletin.objects.annotate(written_by=Cast("hands", TextField())).filter(
        signs, state=Bulletin.State.DRAFT, words=""
    )
    for name in {f'"{desk.account}"', json.dumps(desk.account)}:  # as a database may keep a list of names
        found = found.exclude(written_by__contains=name)
    return Found(found, {"since": F("drafted_on"), "name": F("title")})


def _overseen(desk: Desk) -> list[str]:
    return [path for path in desk.judged if desk.viewer.actor.oversees(path)]


def _approval(row: Row, desk: Desk) -> Waiting:
    return Waiting(
        row.kind, "通报", f"《{row.name}》", "等您签发", "看后签发", BULLETIN, (row.key,), since=row.since
    )


def _returned(desk: Desk) -> Found | None:
    if not desk.kept:
        return None
    found = Bulletin.objects.filter(path__in=desk.kept, state=Bulletin.State.DRAFT).exclude(words="")
    return Found(found, {"since": F("drafted_on"), "name": F("title")})


def _returned_one(row: Row, desk: Desk) -> Waiting:
    return Waiting(
        row.kind, "通报", f"《{row.name}》", "退回来了", "看意见并修改", BULLETIN, (row.key,), since=row.since
    )


def _of_case() -> Columns:
    whom = Coalesce("person__name", "organisation__short_name")
    return {"since": F("raised_on"), "name": whom, "words": F("title")}


def _to_check(desk: Desk) -> Found:
    """Cases raised, for the office of the place or the one above, or the secretary above; never for whoever raised it or is told of."""
    near = Q(path__in=desk.judged) | Q(organisation__parent__path__in=[*desk.judged, *desk.headed])
    found = ModelCase.objects.filter(near, state=ModelCase.State.RAISED).exclude(raised_by=desk.account)
    if desk.person is not None:
        found = found.exclude(person=desk.person)
    return Found(found, _of_case())


def _check(row: Row, desk: Desk) -> Waiting:
    what = f"：“{row.words}”等核实"
    return Waiting(row.kind, "典型", row.name, what, "看后核实", CASE, (row.key,), since=row.since)


def _to_amend(desk: Desk) -> Found:
    returned = ModelCase.objects.filter(state=ModelCase.State.RETURNED, raised_by=desk.account)
    return Found(returned, _of_case())


def _amend(row: Row, desk: Desk) -> Waiting:
    what = f"：“{row.words}”退回补充"
    return Waiting(row.kind, "典型", row.name, what, "看意见并补充", CASE, (row.key,), since=row.since)


def _to_agree(desk: Desk) -> Found:
    """Cases looked into that name somebody who has not said that he agrees: himself, or whoever asks him at his place."""
    asks = Q(path__in=desk.own)
    if desk.person is not None:
        asks |= Q(person=desk.person)
    found = ModelCase.objects.filter(asks, state=ModelCase.State.CHECKED, agreed_on=None)
    return Found(found.exclude(person=None), _of_case())


def _agree(row: Row, desk: Desk) -> Waiting:
    whose = "您" if row.name == desk.viewer.name else "本人"
    what = f"：“{row.words}”要{whose}同意才能发布"
    return Waiting(row.kind, "典型", row.name, what, "登记是否同意", CASE, (row.key,), since=row.since)


def _to_publish(desk: Desk) -> Found | None:
    if not desk.kept:
        return None
    near = Q(path__in=desk.kept) | Q(organisation__parent__path__in=desk.kept)
    agreed = Q(person=None) | Q(agreed_on__isnull=False)
    found = ModelCase.objects.filter(near, agreed, state=ModelCase.State.CHECKED)
    return Found(found, _of_case())


def _publish(row: Row, desk: Desk) -> Waiting:
    what = f"：“{row.words}”已核实，可以发布"
    return Waiting(row.kind, "典型", row.name, what, "看后发布", CASE, (row.key,), since=row.since)


LIST, CASES = "bulletins:bulletins", "bulletins:cases"
KINDS = (
    KindOfWaiting("bulletins.approve", "待签发的通报", LIST, _approvals, _approval, word=True),
    KindOfWaiting("bulletins.returned", "退回的通报", LIST, _returned, _returned_one, word=True),
    KindOfWaiting("bulletins.check", "待核实的典型", CASES, _to_check, _check, word=True),
    KindOfWaiting("bulletins.amend", "退回补充的典型", CASES, _to_amend, _amend, word=True),
    KindOfWaiting("bulletins.agree", "待本人同意的典型", CASES, _to_agree, _agree, word=True),
    KindOfWaiting("bulletins.publish", "可以发布的典型", CASES, _to_publish, _publish),
)
