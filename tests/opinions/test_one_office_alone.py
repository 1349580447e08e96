"""No office alone fills a group with inventions: who planned, who vouches, who prints and who counts out are of two (decisions
0040 and 0041)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from dianping.accounts.models import Grant, User
from dianping.accounts.services import end_role, grant_role
from dianping.opinions.models import Poll, Saying
from dianping.opinions.rules import presets
from dianping.opinions.selectors import custodians_for, superiors_left
from dianping.opinions.selectors.cover import cover_of
from dianping.opinions.services import (
    ListCheck,
    PollPlan,
    SubjectPlan,
    confirm_lists,
    count_out,
    issue_slips,
    look_before_opening,
    plan_poll,
    poll_faults,
)
from dianping.orgs.models import Organisation
from tests import factories
from tests.factories import University
from tests.opinions.polling import AFTER, CLOSES, OPENS, GroupPlan, Polling, acting, answer, choosing, office
from tests.refused import refused

pytestmark = pytest.mark.django_db
CLERK, SUPERIOR = Grant.Role.CLERK, Grant.Role.SUPERIOR
INVENTED = (*(f"编名{n}" for n in range(9)), "真来人")


def planned(planner: User, unit: Organisation, superior: User, *, asked: GroupPlan | None = None) -> Polling:
    plan = PollPlan(
        title="冬季征求意见",
        form=presets()["opinion"],
        opens=OPENS,
        closes=CLOSES,
        about=(SubjectPlan(unit),),
        asked=(asked or GroupPlan("群众", inside=False, names=INVENTED),),
    )
    poll = plan_poll(organisation=unit, plan=plan, actor=acting(planner))
    return Polling(poll, office(f"own{unit.code}", CLERK, unit), superior)


def give(user: User, role: str, place: Organisation | None, since: date = date(2010, 1, 1)) -> None:
    grant_role(user=user, role=role, organisation=place, since=since, actor=factories.ACTOR)


def himself(place: University) -> tuple[User, User]:
    one = office("wen1", CLERK, place.top)
    return one, one


def colleagues(place: University) -> tuple[User, User]:
    return office("wen1", CLERK, place.top), office("fang1", CLERK, place.top)


def of_the_whole_site(place: University) -> tuple[User, User]:
    site = office("site", CLERK, None)  # type: ignore[arg-type]
    return site, office("fang1", CLERK, place.top)


def by_a_second_grant(place: University) -> tuple[User, User]:
    """The planner is of the unit, and of the university too."""
    planner = office("both", CLERK, place.letters)
    give(planner, CLERK, place.top)
    return planner, office("fang1", CLERK, place.top)


def left_the_day_before(place: University) -> tuple[User, User]:
    """The colleague gave up the shared office and got another just for this."""
    planner, other = colleagues(place)
    end_role(user=other, role=CLERK, organisation=place.top, on=OPENS - timedelta(1), actor=factories.ACTOR)
    give(other, SUPERIOR, place.top)
    return planner, other


def colleagues_elsewhere(place: University) -> tuple[User, User]:
    planner, other = office("own2", CLERK, place.letters), office("high", SUPERIOR, place.top)
    give(planner, CLERK, place.sciences)
    give(other, CLERK, place.sciences)
    return planner, other


@pytest.mark.parametrize(
    "shape",
    [
        himself,
        colleagues,
        of_the_whole_site,
        by_a_second_grant,
        left_the_day_before,
        colleagues_elsewhere,
    ],
)
def test_the_planner_s_office_keeps_no_superior_s_key(
    university: University, shape: Callable[[University], tuple[User, User]]
) -> None:
    planner, superior = shape(university)
    found = planned(planner, university.letters, superior)
    assert superior not in custodians_for(found.poll, side="superior", day=OPENS)
    with refused("opinions.custodian-shares-planner-office"):
        found.freeze()
    assert found.fresh().state == "planned"


def test_a_unit_s_own_office_plans_and_the_one_above_keeps_the_key(university: University) -> None:
    planner, above = office("mi1", CLERK, university.letters), office("fang1", CLERK, university.top)
    found = planned(planner, university.letters, above)
    assert above in custodians_for(found.poll, side="superior", day=OPENS)
    found.freeze()
    found.take_keys()
    batch, _ = issue_slips(
        poll=found.poll,
        group=found.groups[0],
        count=10,
        on_paper=False,
        today=OPENS,
        actor=acting(planner),
    )
    count_out(poll=found.poll, batch=batch, count=10, today=OPENS, actor=acting(above))


def test_whoever_left_an_office_a_year_ago_is_of_it_no_more(university: University) -> None:
    planner, other = colleagues(university)
    end_role(user=other, role=CLERK, organisation=university.top, on=date(2010, 1, 5), actor=factories.ACTOR)
    give(other, SUPERIOR, university.top, since=date(2010, 6, 1))
    planned(planner, university.letters, other).freeze()


def test_a_poll_planned_before_the_account_was_kept_has_it_from_the_chain(university: University) -> None:
    planner, other = colleagues(university)
    found = planned(planner, university.letters, other)
    Poll.objects.filter(pk=found.poll.pk).update(planned_account="")
    with refused("opinions.custodian-shares-planner-office"):
        found.freeze()


def test_where_only_the_planner_s_office_stands_above_it_is_known_beforehand(university: University) -> None:
    planner, _ = colleagues(university)
    own = office("mi1", CLERK, university.letters)
    assert not superiors_left(university.letters, planner=planner, day=OPENS)
    assert superiors_left(university.letters, planner=own, day=OPENS)
    office("shangguan", SUPERIOR, university.top)
    assert superiors_left(university.letters, planner=planner, day=OPENS)


# ---- the roster is a list too


def padded(university: University) -> Polling:
    """The university's office wrote a branch of nine inventions and one into the roster; it keeps the superior's key."""
    branch = factories.organisation("资料室党支部", "党支部", university.letters)
    for name in INVENTED:
        factories.member(name, branch)
    planner, above = office("mi1", CLERK, university.letters), office("fang1", CLERK, university.top)
    found = planned(planner, university.letters, above, asked=GroupPlan("党员", branch))
    found.freeze()
    return found


def say(found: Polling, user: User, number: int) -> None:
    confirm_lists(poll=found.poll, held={-1: ListCheck(number, "名册")}, today=OPENS, actor=acting(user))


def test_whoever_wrote_the_roster_does_not_vouch_for_it_alone(university: University) -> None:
    found = padded(university)
    say(found, found.superior, 10)
    with refused("opinions.lists-not-checked"):
        found.take_key(found.unit)
    say(found, found.unit, 1)
    for user in (found.unit, found.superior):
        found.keys[user.username] = found.take_key(user)
    assert cover_of(found.fresh(), {0: 10}) == {0: 1}
    found.issue()
    for code in found.codes[0]:
        answer(found, code, choosing(found.poll.sheet, 1, words="书记把采购给了亲戚"))
    assert poll_faults(found.fresh()) == []
    opened = found.open()
    assert not Saying.objects.exists()
    assert "核对到的人不足" in opened.words_withheld


def test_the_unit_alone_does_not_vouch_for_the_roster_either(university: University) -> None:
    found = padded(university)
    say(found, found.unit, 10)
    say(found, found.superior, 1)
    found.take_keys()
    assert cover_of(found.fresh(), {0: 10}) == {0: 1}


def test_the_unit_s_custodian_is_asked_of_the_roster_only(university: University) -> None:
    planner, above = office("mi1", CLERK, university.letters), office("fang1", CLERK, university.top)
    found = planned(planner, university.letters, above)
    found.freeze()
    with refused("opinions.lists-not-yours"):
        confirm_lists(poll=found.poll, held={0: ListCheck(10, "名册")}, today=OPENS, actor=acting(found.unit))


# ---- printed by one office, counted out by another


def test_slips_are_counted_out_by_another_office_than_printed_them(university: University) -> None:
    planner, above = office("mi1", CLERK, university.letters), office("fang1", CLERK, university.top)
    found = planned(planner, university.letters, above)
    found.freeze()
    found.take_keys()
    given = {"group": found.groups[0], "count": 5, "on_paper": False, "today": OPENS}
    here, _ = issue_slips(poll=found.poll, **given, actor=acting(planner))
    above2 = office("wen1", CLERK, university.top)
    there, _ = issue_slips(poll=found.poll, **given, actor=acting(above2))
    for batch, user in ((here, found.unit), (there, above)):
        with refused("opinions.counter-shares-office", match="同一个办公室的人，这一批不能由您点交"):
            count_out(poll=found.poll, batch=batch, count=5, today=OPENS, actor=acting(user))
    count_out(poll=found.poll, batch=here, count=5, today=OPENS, actor=acting(above))
    count_out(poll=found.poll, batch=there, count=5, today=OPENS, actor=acting(found.unit))


# ---- grants changed in between


def changed(university: University) -> tuple[Polling, Callable[[], None], Callable[[], None]]:
    """A poll frozen by two offices, and how its superior's custodian becomes a colleague of the planner, and stops being one."""
    planner, above = office("wen1", CLERK, university.top), office("shangguan", SUPERIOR, university.top)
    found = planned(planner, university.letters, above)
    found.freeze()
    return (
        found,
        lambda: give(above, CLERK, university.top, since=OPENS),
        lambda: end_role(
            user=above, role=CLERK, organisation=university.top, on=AFTER, actor=factories.ACTOR
        ),
    )


def test_who_became_a_colleague_of_the_planner_confirms_nobody(university: University) -> None:
    found, join, _ = changed(university)
    join()
    with refused("opinions.offices-became-one", match="现在是同一个办公室的人"):
        found.confirm()
    assert found.fresh().confirmed_on is None


def test_nor_are_keys_taken_or_slips_counted_out(university: University) -> None:
    found, join, _ = changed(university)
    found.take_keys()
    batch, _ = issue_slips(
        poll=found.poll,
        group=found.groups[0],
        count=10,
        on_paper=False,
        today=OPENS,
        actor=factories.ACTOR,
    )
    join()
    with refused("opinions.offices-became-one", match="现在是同一个办公室的人"):
        count_out(poll=found.poll, batch=batch, count=10, today=OPENS, actor=acting(found.unit))


def test_a_box_of_one_office_is_not_opened_until_the_grant_is_ended(university: University) -> None:
    found, join, part = changed(university)
    found.take_keys()
    found.issue()
    for code in found.codes[0]:
        answer(found, code)
    join()
    typed = {"unit_key": found.keys[found.unit.username], "superior_key": found.keys["shangguan"]}
    told = look_before_opening(poll=found.fresh(), today=AFTER, actor=acting(found.unit), **typed)
    assert "opinions.offices-became-one" in [one.code for one in told.refusals]
    with refused("opinions.offices-became-one", match="现在是同一个办公室的人"):
        found.open(despite=True)
    assert found.fresh().state == "ready"
    part()
    assert found.open().state == "opened"


def test_custodians_who_became_one_office_go_no_further(university: University) -> None:
    found, _, _ = changed(university)
    give(found.unit, SUPERIOR, university.top, since=OPENS)
    with refused("opinions.offices-became-one"):
        found.confirm()
