"""Polls for the stage of the pages: one at each step of the course, about a unit, kept by the office and the one above."""

from dataclasses import dataclass
from datetime import date, timedelta

from dianping.accounts.models import User
from dianping.common.audit import Actor
from dianping.opinions.models import Poll
from dianping.opinions.services import About, Asked, Plan, freeze_poll, issue_slips, plan_poll, take_key
from dianping.orgs.models import Organisation
from dianping.rules.ballots import presets
from tests.factories import ACTOR
from tests.reviews.telling import NEW_YEAR

PEOPLE = 6


@dataclass(frozen=True)
class Polls:
    """A poll planned, one frozen, one whose box is ready, one with slips printed, and one whose last day is over."""

    planned: Poll
    frozen: Poll
    ready: Poll
    printed: Poll
    closed: Poll


def polls_of(unit: Organisation, title: str) -> Polls:
    """One poll a step."""
    before = NEW_YEAR - timedelta(1)
    return Polls(
        planned=_plan(unit, title),
        frozen=_frozen(_plan(unit, title)),
        ready=_ready(_plan(unit, title)),
        printed=_printed(_ready(_plan(unit, title))),
        closed=_ready(_plan(unit, title, days=(before, before)), on=before),
    )


def _plan(unit: Organisation, title: str, days: tuple[date, date] = (NEW_YEAR, NEW_YEAR)) -> Poll:
    plan = Plan(
        title=title,
        form=presets()["appraisal_organisation"],
        opens=days[0],
        closes=days[1],
        about=(About(unit),),
        asked=(Asked("群众", inside=False, size=PEOPLE),),
    )
    return plan_poll(organisation=unit, plan=plan, actor=ACTOR)


def _frozen(poll: Poll, on: date = NEW_YEAR) -> Poll:
    unit, superior = (User.objects.get(username=name) for name in ("clerk", "superior"))
    return freeze_poll(poll=poll, version=poll.version, unit=unit, superior=superior, today=on, actor=ACTOR)


def _ready(poll: Poll, on: date = NEW_YEAR) -> Poll:
    _frozen(poll, on)
    for username in ("clerk", "superior"):
        take_key(poll=poll, today=on, actor=Actor(username, "", username))
    return Poll.objects.get(pk=poll.pk)


def _printed(poll: Poll) -> Poll:
    group = poll.groups.get()
    issue_slips(poll=poll, group=group, count=PEOPLE, on_paper=False, today=NEW_YEAR, actor=ACTOR)
    return poll
