"""Polls for the tests of the sealed room: planned, frozen, with keys, slips and forms."""

import secrets
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection

from dianping.accounts.models import Grant, User
from dianping.accounts.services import grant_role
from dianping.common.audit import Actor, Operator
from dianping.opinions.models import Group, Key, Poll
from dianping.opinions.rules import Answers, Form, GradeQuestion, asked, presets, stub_number
from dianping.opinions.selectors.cover import lists_of
from dianping.opinions.services import (
    BoxRead,
    GroupPlan,
    ListCheck,
    PollPlan,
    SubjectPlan,
    confirm_lists,
    count_out,
    freeze_poll,
    issue_slips,
    open_box,
    plan_poll,
    read_box,
    send_form,
    take_key,
)
from dianping.opinions.services.machine_key import mark_and_erase
from dianping.orgs.models import Organisation
from tests import factories, kept
from tests.factories import LONG_AGO, University

OPENS, CLOSES = date(2011, 1, 5), date(2011, 1, 9)
AFTER = CLOSES + timedelta(1)


def office(username: str, role: str, place: Organisation) -> User:
    """An office account, made when first asked for."""
    known = User.objects.filter(username=username).first()
    if known is not None:
        return known
    user = factories.account(username=username, name=f"{username}同志")
    grant_role(user=user, role=role, organisation=place, since=LONG_AGO, actor=factories.ACTOR)
    return user


def acting(user: User) -> Actor:
    """Somebody as he acts by his own account."""
    return Operator(user.username, "", user.name)


@dataclass
class Polling:
    """One poll with everything its people hold on paper."""

    poll: Poll
    unit: User
    superior: User
    keys: dict[str, str] = field(default_factory=dict)
    codes: dict[int, list[str]] = field(default_factory=dict)

    @property
    def groups(self) -> list[Group]:
        return list(self.poll.groups.all())

    def fresh(self) -> Poll:
        self.poll = Poll.objects.get(pk=self.poll.pk)
        return self.poll

    def freeze(self, today: date = OPENS) -> None:
        freeze_poll(
            poll=self.poll,
            version=self.fresh().version,
            unit=self.unit,
            superior=self.superior,
            today=today,
            actor=factories.ACTOR,
        )

    def confirm(self, today: date = OPENS, *, labels: Container[str] | None = None) -> None:
        """The superior's custodian finds everybody on a list of his own; with `labels` everybody of those lines only."""
        found = [one for one in lists_of(self.fresh()) if labels is None or one.label in labels]
        held = {one.number: ListCheck(one.size, "上级存的名册") for one in found}
        confirm_lists(poll=self.poll, held=held, today=today, actor=acting(self.superior))
        self.confirm_here(today)

    def confirm_here(self, today: date = OPENS) -> None:
        """The unit's custodian finds everybody of the roster, where any of it is asked."""
        lines = lists_of(self.fresh(), Key.Side.UNIT)
        if lines:
            held = {one.number: ListCheck(one.size, "本单位的党员名册") for one in lines}
            confirm_lists(poll=self.poll, held=held, today=today, actor=acting(self.unit))

    def take_keys(self, today: date = OPENS, *, labels: Container[str] | None = None) -> None:
        """Both take their keys; the superior's custodian goes through the lists first."""
        if self.fresh().confirmed_on is None:
            self.confirm(today, labels=labels)
        for user in (self.unit, self.superior):
            self.keys[user.username] = self.take_key(user, today)
        self.fresh()

    def take_key(self, user: User, today: date = OPENS) -> str:
        """One of them takes his, in the place of whatever he took before."""
        old = self.poll.keys.get(account=user.username).public
        return take_key(poll=self.poll, replaces=old, today=today, actor=acting(user))

    def issue(self, *, on_paper: bool = False, fewer: int = 0) -> None:
        """Printed by one account, counted out by another; `fewer` than there are people in each group."""
        for group in self.groups:
            batch, printed = issue_slips(
                poll=self.poll,
                group=group,
                count=group.size - fewer,
                on_paper=on_paper,
                today=OPENS,
                actor=factories.ACTOR,
            )
            count_out(poll=self.poll, batch=batch, count=batch.issued, today=OPENS, actor=acting(self.unit))
            self.codes[group.number] = [slip.code for slip in printed]

    def read(self, **typed: str) -> BoxRead:
        """The box, with both keys or what is `typed` in their place."""
        keys = {"unit_key": self.keys[self.unit.username], "superior_key": self.keys[self.superior.username]}
        return read_box(poll=self.poll, actor=acting(self.unit), **(keys | typed))

    def open(self, **more: object) -> Poll:
        typed = {name: str(more.pop(name)) for name in ("unit_key", "superior_key") if name in more}
        given = {"today": AFTER, "actor": acting(self.unit), "witness": self.superior.username}
        self.poll = open_box(poll=self.poll, read=self.read(**typed), **(given | more))
        if connection.in_atomic_block:  # a test in one transaction never commits
            mark_and_erase(self.poll)
        return self.poll


def keepers(place: University, unit: Organisation | None = None) -> tuple[User, User]:
    """The office of a unit (of 文学院 without one), and the one above the university."""
    home = unit or place.letters
    name = "wen" if home == place.letters else f"wen{home.code}"
    above = User.objects.filter(username="superior").first()  # the stage of the pages has one by this name
    return (
        office(name, Grant.Role.CLERK, home),
        above or office("shangguan", Grant.Role.SUPERIOR, place.top),
    )


def new_stub() -> str:
    """A stub as a browser makes one."""
    return stub_number(secrets.randbelow)


def poll_about(
    place: University,
    *,
    form: Form | None = None,
    groups: Sequence[GroupPlan] = (),
    about: Sequence[SubjectPlan] = (),
    **more: object,
) -> Polling:
    """A poll of the university, planned: by default opinions of 12 outside the Party about 文学院."""
    unit, superior = keepers(place)
    more = {
        "opens": OPENS,
        "closes": CLOSES,
        "of_problems": form is not None and form.kind == "verdict",
    } | more
    plan = PollPlan(
        title="春季征求意见",
        form=form or presets()["opinion"],
        about=tuple(about) or (SubjectPlan(place.letters),),
        asked=tuple(groups) or (GroupPlan("outside", inside=False, size=12),),
        **more,  # type: ignore[arg-type]
    )
    poll = plan_poll(organisation=place.letters, plan=plan, actor=factories.ACTOR)
    return Polling(poll, unit, superior)


def ready(place: University, *, labels: Container[str] | None = None, **more: object) -> Polling:
    """A poll whose slips are printed; `labels`: the groups that were confirmed, all without it."""
    return kept.standing(f"ready {labels} {more}", lambda: _ready(place, labels=labels, **more), given=place)


def _ready(place: University, *, labels: Container[str] | None = None, **more: object) -> Polling:
    found = poll_about(place, **more)  # type: ignore[arg-type]
    found.freeze()
    found.take_keys(labels=labels)
    found.issue()
    return found


def choosing(form: Form, subjects: int, grade: int = 0, words: str = "") -> Answers:
    """One grade everywhere, the same words in every box."""
    grades, said = {}, {}
    for place, question in asked(form, subjects):
        if isinstance(question, GradeQuestion):
            grades[place] = grade
        elif words:
            said[place] = words
    return Answers(grades, said)


def answer(
    polling: Polling, code: str, answers: Answers | None = None, stub: str = "", today: date = OPENS
) -> str:
    """Send one form."""
    subjects = polling.poll.subjects.count()
    return send_form(
        code=code,
        answers=answers or choosing(polling.poll.sheet, subjects, words="食堂窗口排队太久"),
        stub=stub or new_stub(),
        today=today,
    )
