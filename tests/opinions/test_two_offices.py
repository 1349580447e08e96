"""Two offices for two keys, one of them strictly above the other, and neither prints the slips (decision 0041)."""

from datetime import date

import pytest

from dianping.accounts.models import Grant, User
from dianping.accounts.services import grant_role
from dianping.opinions.models import Batch
from dianping.opinions.selectors import custodians_for
from dianping.opinions.services import issue_slips
from tests import factories
from tests.factories import University
from tests.opinions.polling import OPENS, Polling, acting, office, poll_about
from tests.refused import refused

pytestmark = pytest.mark.django_db
UNFIT = ("opinions.custodian-not-eligible", "opinions.keys-in-one-office")
CLERK, SUPERIOR, AUDITOR = Grant.Role.CLERK, Grant.Role.SUPERIOR, Grant.Role.AUDITOR


def also(user: User, role: str, place: object) -> None:
    grant_role(user=user, role=role, organisation=place, since=date(2010, 1, 1), actor=factories.ACTOR)  # type: ignore[arg-type]


def freezing_is_refused(found: Polling, *codes: str) -> None:
    with refused(*codes):
        found.freeze()
    assert found.fresh().state == "planned"


@pytest.mark.parametrize("role", [CLERK, SUPERIOR])
def test_the_unit_s_key_is_kept_by_the_unit_itself(university: University, role: str) -> None:
    """Not by the university's office, nor by the site's."""
    for name, place in (("above", university.top), ("site", None), ("beside", university.sciences)):
        found = poll_about(university)
        found.unit = office(f"{name}{role}", role, place)  # type: ignore[arg-type]
        freezing_is_refused(found, *UNFIT)


@pytest.mark.parametrize("role", [CLERK, SUPERIOR])
def test_the_superior_s_key_is_kept_strictly_above(university: University, role: str) -> None:
    for name, place in (("same", university.letters), ("below", university.letters_staff)):
        found = poll_about(university)
        found.superior = office(f"{name}{role}", role, place)
        freezing_is_refused(found, *UNFIT)
    found = poll_about(university)
    found.superior = office(f"top{role}", role, university.top)
    found.freeze()


def test_two_of_one_office_keep_no_two_keys(university: University) -> None:
    """One of them has a grant above as well, or both have."""
    found = poll_about(university)
    also(found.unit, CLERK, university.top)
    found.superior = office("colleague", CLERK, university.top)
    freezing_is_refused(found, "opinions.keys-in-one-office")
    found.superior = office("boss", CLERK, university.letters)
    also(found.superior, SUPERIOR, university.top)
    freezing_is_refused(found, "opinions.keys-in-one-office")


def test_where_nothing_stands_above_the_superior_s_office_is_whoever_was_granted_it(
    university: University,
) -> None:
    from dianping.opinions.rules import presets
    from dianping.opinions.services import PollPlan, SubjectPlan, plan_poll
    from tests.opinions.polling import CLOSES, GroupPlan

    plan = PollPlan(
        title="全校征求意见",
        form=presets()["opinion"],
        opens=OPENS,
        closes=CLOSES,
        about=(SubjectPlan(university.top),),
        asked=(GroupPlan("群众", inside=False, size=12),),
    )
    poll = plan_poll(organisation=university.top, plan=plan, actor=factories.ACTOR)
    own, other = office("own", CLERK, university.top), office("other", CLERK, university.top)
    freezing_is_refused(Polling(poll, own, other), *UNFIT)
    Polling(poll, own, office("shangguan", SUPERIOR, university.top)).freeze()


def test_readers_and_the_closed_are_offered_no_key(university: University) -> None:
    found = poll_about(university)
    office("reader", AUDITOR, university.letters)
    closed = office("closed", CLERK, university.letters)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    names = {
        side: {user.username for user in custodians_for(found.poll, side=side, day=OPENS)}
        for side in ("unit", "superior")
    }
    assert names == {"unit": {"wen"}, "superior": {"shangguan"}}


def test_whoever_keeps_a_key_prints_no_slips(university: University) -> None:
    found = poll_about(university)
    found.freeze()
    found.take_keys()
    for user in (found.unit, found.superior):
        with refused("opinions.custodian-cannot-print"):
            issue_slips(
                poll=found.poll,
                group=found.groups[0],
                count=12,
                on_paper=False,
                today=OPENS,
                actor=acting(user),
            )
    assert not Batch.objects.exists()


@pytest.mark.parametrize("side", ["unit", "superior"])
def test_whoever_printed_slips_is_given_no_key(university: University, side: str) -> None:
    found = poll_about(university)
    Batch.objects.create(
        poll=found.poll,
        group=found.groups[0],
        number=1,
        issued=12,
        issued_by="某",
        issued_account=getattr(found, side).username,
        issued_on=OPENS,
    )
    freezing_is_refused(found, "opinions.printer-cannot-keep-key")
