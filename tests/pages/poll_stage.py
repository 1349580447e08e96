"""Polls for the stage of the pages: one at each step of the course, about a unit, kept by the unit's own office and the one above
the university; its slips are printed by the university's."""

from dataclasses import dataclass
from datetime import date, timedelta

from dianping.accounts.models import Grant, User
from dianping.common.audit import Operator
from dianping.opinions.models import Poll
from dianping.opinions.rules import presets
from dianping.opinions.selectors.cover import lists_of
from dianping.opinions.services import (
    GroupPlan,
    ListCheck,
    PollPlan,
    SubjectPlan,
    confirm_lists,
    freeze_poll,
    issue_slips,
    plan_poll,
    take_key,
)
from dianping.orgs.models import Organisation
from tests.factories import ACTOR
from tests.opinions.polling import office
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
    plan = PollPlan(
        title=title,
        form=presets()["appraisal_organisation"],
        opens=days[0],
        closes=days[1],
        about=(SubjectPlan(unit),),
        asked=(GroupPlan("群众", inside=False, size=PEOPLE),),
    )
    return plan_poll(organisation=unit, plan=plan, actor=ACTOR)


def _frozen(poll: Poll, on: date = NEW_YEAR) -> Poll:
    unit, superior = (User.objects.get(username=name) for name in keepers_of(poll))
    return freeze_poll(poll=poll, version=poll.version, unit=unit, superior=superior, today=on, actor=ACTOR)


def keepers_of(poll: Poll) -> tuple[str, str]:
    """Somebody of the unit's own office, and the office above the university."""
    own = office(f"own{poll.organisation.code}", Grant.Role.CLERK, poll.organisation)
    return own.username, "superior"


def _ready(poll: Poll, on: date = NEW_YEAR) -> Poll:
    _frozen(poll, on)
    held = {line.number: ListCheck(line.size, "名册") for line in lists_of(poll)}
    confirm_lists(poll=poll, held=held, today=on, actor=Operator("superior"))
    for username in keepers_of(poll):
        take_key(poll=poll, replaces="", today=on, actor=Operator(username, "", username))
    return Poll.objects.get(pk=poll.pk)


def _printed(poll: Poll) -> Poll:
    group = poll.groups.get()
    issue_slips(poll=poll, group=group, count=PEOPLE, on_paper=False, today=NEW_YEAR, actor=ACTOR)
    return poll
