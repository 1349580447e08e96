"""Small deeds and looks the tests of the duty book share."""

from datetime import date

from dianping.duties.models import Duty
from dianping.duties.selectors import coverage_of
from dianping.duties.services import discharge_duty
from dianping.orgs.services import transfer_member
from dianping.programmes.rules import EntryRule
from tests.factories import ACTOR

DAY = date(2011, 1, 5)
LATER = date(2011, 1, 6)


def move(person, to, on=DAY):
    transfer_member(person=person, to=to, on=on, actor=ACTOR)


def duty_of(person, target="member"):
    return Duty.objects.get(person=person, target=target, window__rule="round")


def done(duty, on=date(2011, 1, 3)):
    discharge_duty(duty=duty, on=on, entered_on=on, rule=EntryRule(), actor=ACTOR)


def members_due(*places, day=LATER):
    return [
        (f.groups["members"].due, f.groups["members"].on_time) for f in coverage_of(list(places), day=day)
    ]


def of_the_round(**wanted):
    return Duty.objects.filter(kind="review", window__rule="round", **wanted)


def reviews(**wanted):
    return Duty.objects.filter(kind="review", **wanted)
