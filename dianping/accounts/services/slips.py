"""Accounts with activation slips: made in one act, set on paper in the same; if the paper cannot be set, none were made.

An account so made has no password anybody could type; its owner chooses the first one with the code on his slip, which is
kept nowhere but on the paper (decision 0059).
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError
from django.views.decorators.debug import sensitive_variables

from dianping.accounts.activation import code_digest
from dianping.accounts.models import ActivationSlip, Grant, User
from dianping.accounts.passwords import keep_past
from dianping.accounts.rights import may_give_role, may_keep_account, may_open_accounts, may_see_accounts
from dianping.accounts.rules.usernames import usernames_for
from dianping.accounts.selectors.listing import newest_slip
from dianping.accounts.selectors.places import belongings_of
from dianping.accounts.selectors.seats import Seated, Skipped, plan_of
from dianping.accounts.services.keeping import end_sessions, void_slips
from dianping.accounts.signing_in import lift_lockouts
from dianping.base.codes import shown_code, slip_code
from dianping.base.day_words import written
from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.office.writing_slips import ActivationPaper, ActivationSheet, activation_pdf
from dianping.common.refusal import Conflict, Refusal
from dianping.common.rights import permit
from dianping.orgs.models import Organisation, Person

GOOD_FOR = timedelta(days=14)
MOST_AT_ONCE = 500  # slips set in one answer; while they are set nobody else writes
BATCH = 200


@dataclass(frozen=True, slots=True)
class Printing:
    """What the paper needs besides the accounts. `seen`: the newest slip the account had made when its page was opened, None
    where nobody can press twice (a command)."""

    address: str
    today: date
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """What one act made: so many accounts, so many slips, who got nothing, and the paper (empty where there is none)."""

    accounts: int
    slips: int
    skipped: list[Skipped]
    pdf: bytes


@sensitive_variables("codes")
@act
def open_seats(*, organisation: Organisation, again: bool, printing: Printing, actor: Actor) -> Issued:
    """Accounts and slips for all secretaries and leaders of an organisation and below it who have none.

    `again`: new slips also for those whose account waits for its first password; their earlier ones are void. Passwords are
    not hashed, however many there are. Raises Refusal for more than one paper holds, Conflict for a second press.
    """
    permit(actor, may_open_accounts, organisation)
    _refuse_second_press(printing, actor)
    plan = plan_of(organisation, day=printing.today, keeps=lambda path: actor.operates or actor.keeps(path))
    waiting = plan.waiting if again else []
    count = len(plan.opened) + len(waiting)
    if count > MOST_AT_ONCE:
        raise Refusal(
            f"这次要开 {count} 个账号，一次最多 {MOST_AT_ONCE} 个。",
            code="accounts.too-many-for-paper",
            remedy="请选小一些的范围，分几次开；什么也没有开。",
        )
    skipped = plan.skipped
    if not again:
        skipped = [*skipped, *(Skipped(_told(one), "有账号，还没有启用") for one in plan.waiting)]
    if not count:
        return Issued(0, 0, skipped, b"")
    users = _made(plan.opened)
    papers = [(one, user) for one, user in zip(plan.opened, users, strict=True)]
    papers += [(one, one.account) for one in waiting if one.account is not None]
    papers.sort(key=lambda paper: (paper[0].organisation.path, paper[1].pk))
    codes = _slips([user for _, user in papers], printing, actor)
    audit.record(
        actor=actor,
        act="成批开设账号",
        about=f"organisation:{organisation.pk}",
        path=organisation.path,
        accounts=len(users),
        slips=len(papers),
        usernames=[user.username for _, user in papers],
    )
    pdf = _paper(
        [
            _on_paper(user, one.organisation.name, one.title, code, printing)
            for (one, user), code in zip(papers, codes, strict=True)
        ],
        f"{organisation.name}　{len(papers)} 张",
        printing,
    )
    return Issued(len(users), len(papers), skipped, pdf)


@sensitive_variables("codes")
@act
def open_person(*, person: Person, printing: Printing, actor: Actor) -> Issued:
    """An account and a slip for one person with a seat. Raises Refusal where he has one or holds no seat."""
    seats = belongings_of([User(pk=0, person=person)], day=printing.today)[0].seats
    for _, place in seats:
        permit(actor, may_open_accounts, place)
    if not seats:
        permit(actor, may_see_accounts)
        raise Refusal(
            f"{person.name}现在没有书记或领导职务。",
            code="accounts.no-seat",
            remedy="普通党员不需要账号；职务有变动的，请先更新名册。没有开设。",
        )
    _refuse_second_press(printing, actor)
    if User.objects.filter(person=person).exists():
        raise Refusal(
            f"{person.name}已经有账号。", code="accounts.person-has-account", remedy="请直接使用原账号。"
        )
    title, place = seats[0]
    [user] = _made([Seated(person, place, title)])
    return _one(user, "开设账号", place.name, title, printing, actor)


@sensitive_variables("codes")
@act
def open_office(
    *, name: str, role: str, organisation: Organisation, printing: Printing, actor: Actor
) -> Issued:
    """An account and a slip for an office: somebody who is no seat's holder, with one role over one place."""
    permit(actor, may_open_accounts, organisation)
    permit(actor, may_give_role, role, organisation)
    _refuse_second_press(printing, actor)
    [user] = _saved([User(name=name, password=make_password(None))])
    Grant.objects.create(
        user=user,
        role=role,
        organisation=organisation,
        since=printing.today,
        granted_by=actor.name,
    )
    return _one(user, "开设账号", organisation.name, Grant.Role(role).label, printing, actor)


@sensitive_variables("codes")
@act
def renew_slip(*, user: User, printing: Printing, actor: Actor) -> Issued:
    """重发启用票: the password goes, every session ends, a lockout is lifted, an earlier slip is void; the owner chooses a new
    password with the new slip. Raises Refusal for a closed account, Conflict for a second press."""
    permit(actor, may_keep_account, user, printing.today)
    _refuse_second_press(printing, actor)
    held = User.objects.select_for_update().get(pk=user.pk)
    if not held.is_active:
        raise Refusal(
            f"{held}已经停用。",
            code="accounts.closed",
            remedy="请先重新启用，再发启用票；没有发。",
        )
    keep_past(held)
    held.password, held.must_change, held.password_since = make_password(None), False, None
    held.save(update_fields=["password", "must_change", "password_since"])
    end_sessions(held)
    lift_lockouts(held)
    belongs = belongings_of([held], day=printing.today)[held.pk]
    named = [(title, place.name) for title, place in belongs.seats]
    named += [(Grant.Role(role).label, place.name if place else "全站") for role, place in belongs.grants]
    title, place = named[0] if named else ("", "")
    return _one(held, "重发启用票", place, title, printing, actor)


def _one(user: User, act: str, place: str, title: str, printing: Printing, actor: Actor) -> Issued:
    """One slip, its entry and its paper."""
    [code] = _slips([user], printing, actor)
    audit.record(actor=actor, act=act, about=f"user:{user.pk}", username=user.username, slips=1)
    pdf = _paper([_on_paper(user, place, title, code, printing)], f"{user.name}　1 张", printing)
    return Issued(int(act == "开设账号"), 1, [], pdf)


def _refuse_second_press(printing: Printing, actor: Actor) -> None:
    if printing.seen is not None and newest_slip(actor.name) != printing.seen:
        raise Conflict(
            "刚才已经发过启用票，这次没有再发。请看刚才打开的文件；没有拿到的，到账号的页面重发，先前的一张随即作废；要接着开别的，请先刷新这一页。",
            code="accounts.slips-made-meanwhile",
        )


def _made(seated: Sequence[Seated]) -> list[User]:
    return _saved(
        [User(name=one.person.name, person=one.person, password=make_password(None)) for one in seated]
    )


def _saved(users: list[User]) -> list[User]:
    """Accounts with sign-in names of their own, written in one statement."""
    names = usernames_for(
        [user.name for user in users], taken=User.objects.values_list("username", flat=True)
    )
    for user, username in zip(users, names, strict=True):
        user.username = username
    try:
        return User.objects.bulk_create(users, batch_size=BATCH)
    except IntegrityError as no:
        raise Conflict(
            "刚才有人开了同样的账号，这次什么也没有开。请刷新后再看。", code="accounts.made-meanwhile"
        ) from no


def _slips(users: Sequence[User], printing: Printing, actor: Actor) -> list[str]:
    """A new slip for each account; unused ones it had are void. The codes, in the same order: kept nowhere else."""
    void_slips(users)
    codes: dict[str, None] = {}
    while len(codes) < len(users):
        codes[slip_code(secrets.randbelow)] = None
    ActivationSlip.objects.bulk_create(
        [
            ActivationSlip(
                digest=code_digest(code),
                user=user,
                issued_on=printing.today,
                until=printing.today + GOOD_FOR,
                issued_by=actor.signature,
                issued_account=actor.name,
            )
            for code, user in zip(codes, users, strict=True)
        ],
        batch_size=BATCH,
    )
    return list(codes)


def _on_paper(user: User, place: str, title: str, code: str, printing: Printing) -> ActivationPaper:
    return ActivationPaper(
        name=user.name,
        place=place,
        title=title,
        username=user.username,
        code=shown_code(code),
        link=f"{printing.address}#{code}",
    )


def _paper(papers: Sequence[ActivationPaper], head: str, printing: Printing) -> bytes:
    own = Path(settings.HOME) / "fonts"
    sheet = ActivationSheet(
        head=head,
        address=printing.address.partition("//")[2] or printing.address,
        until=f"{written(printing.today + GOOD_FOR)}当天为止有效，只能用一次。",
        papers=tuple(papers),
    )
    return activation_pdf(sheet, printed_on=printing.today, own_fonts=own if own.is_dir() else None)


def _told(one: Seated) -> str:
    return f"{one.person.name}（{one.organisation.short_name} {one.title}）"
