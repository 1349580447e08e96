"""换保管人: who can no longer act hands over, and nobody gets both keys by it (decision 0051)."""

from datetime import date, timedelta
from typing import Any

import pytest

from dianping.accounts.models import Grant, User
from dianping.accounts.services import end_role, grant_role, set_open
from dianping.common.models import AuditEntry
from dianping.opinions.models import Batch, Key
from dianping.opinions.selectors import keys_left_behind, newcomers_for, unable_of
from dianping.opinions.services import (
    confirm_papers_gone,
    destroy_box,
    issue_slips,
    poll_faults,
    replace_custodian,
)
from tests import factories
from tests.factories import University
from tests.opinions.polling import AFTER, OPENS, Polling, acting, answer, office, poll_about, ready
from tests.refused import refused

pytestmark = pytest.mark.django_db
CLERK, SUPERIOR = Grant.Role.CLERK, Grant.Role.SUPERIOR


def close(user: User) -> None:
    set_open(user=user, is_open=False, actor=factories.ACTOR)


def filled(university: University, forms: int = 12) -> Polling:
    found = ready(university)
    for code in found.codes[0][:forms]:
        answer(found, code)
    return found


def another_above(university: University, name: str = "xin") -> User:
    return office(name, SUPERIOR, university.top)


def replace(found: Polling, user: User, today: date = AFTER, **more: Any) -> None:
    """The superior's custodian replaced by `user`, the unit's signed in."""
    given: dict[str, Any] = {
        "side": "superior",
        "why": "原保管人调离",
        "actor": acting(found.unit),
        "witness": user.username,
    }
    replace_custodian(poll=found.poll, user=user, today=today, **(given | more))
    if (given | more)["side"] == "superior":
        found.keys[user.username] = found.keys.get(found.superior.username, "")  # the paper is handed over
        found.superior = user
    else:
        found.keys[user.username] = found.keys.get(found.unit.username, "")
        found.unit = user


def replacing_is_refused(found: Polling, user: User, *codes: str, **more: Any) -> None:
    before = list(Key.objects.order_by("pk").values())
    with refused(*codes):
        replace(found, user, **more)
    assert list(Key.objects.order_by("pk").values()) == before


def test_whoever_is_closed_is_replaced_and_the_box_is_opened(university: University) -> None:
    found, new = filled(university), another_above(university)
    old = found.superior
    key = found.poll.keys.get(side="superior")
    close(old)
    replace(found, new)
    now = found.poll.keys.get(side="superior")
    assert (now.account, now.name, now.names_before) == ("xin", "xin同志", "shangguan同志")
    assert (now.public, now.taken_on) == (key.public, key.taken_on)
    assert now.instead_of == [{"account": "shangguan", "name": "shangguan同志", "until": str(AFTER)}]
    entry = AuditEntry.objects.get(act="换保管人")
    assert (entry.actor, entry.about) == ("wen", f"poll:{found.poll.pk}")
    told = {"side": "superior", "replaced": "shangguan", "by": "xin", "why": "原保管人调离", "witness": "xin"}
    assert told.items() <= entry.detail.items()
    assert poll_faults(found.fresh()) == []
    set_open(user=old, is_open=True, actor=factories.ACTOR)
    with refused("opinions.two-must-open"):
        found.open(witness=old.username)
    assert found.open().state == "opened"
    assert poll_faults(found.fresh()) == []


def test_where_the_paper_is_lost_both_destroy_the_box(university: University) -> None:
    found, new = filled(university), another_above(university)
    close(found.superior)
    replace(found, new)
    ended = destroy_box(
        poll=found.poll, why="钥匙纸找不到了", today=AFTER, actor=acting(found.unit), witness="xin"
    )
    assert ended.state == "destroyed"


def test_after_the_opening_the_papers_end_is_told_by_the_newcomer(university: University) -> None:
    found, new = filled(university), another_above(university)
    found.open()
    close(found.superior)
    replace(found, new)
    gone = confirm_papers_gone(poll=found.poll, today=AFTER, actor=acting(new), witness="wen")
    assert gone.papers_gone_by == "wen同志、xin同志"
    close(new)
    replacing_is_refused(found, another_above(university, "third"), "opinions.custodians-not-needed")


def test_before_the_key_is_taken_the_newcomer_goes_through_the_lists_and_takes_his_own(
    university: University,
) -> None:
    found = poll_about(university)
    found.freeze()
    close(found.superior)
    replace(found, another_above(university), OPENS)
    found.take_keys()
    assert found.poll.state == "ready"
    found.issue()
    for code in found.codes[0]:
        answer(found, code)
    assert found.open().state == "opened"


def test_until_slips_are_printed_the_newcomer_makes_the_old_paper_worthless(university: University) -> None:
    found = poll_about(university)
    found.freeze()
    found.take_keys()
    close(found.superior)
    replace(found, another_above(university), OPENS)
    old = found.keys["xin"]
    found.keys["xin"] = found.take_key(found.superior)
    found.issue()
    for code in found.codes[0]:
        answer(found, code)
    with refused("opinions.key-of-another-box"):
        found.read(superior_key=old)
    assert found.open().state == "opened"


def test_an_ended_role_will_do_and_the_unit_s_custodian_is_replaced_the_same_way(
    university: University,
) -> None:
    found = filled(university)
    end_role(user=found.unit, role=CLERK, organisation=university.letters, on=OPENS, actor=factories.ACTOR)
    new = office("wenxin", CLERK, university.letters)
    replace(found, new, side="unit", actor=acting(found.superior))
    assert found.open().state == "opened"


def test_nobody_is_replaced_while_he_can_act(university: University) -> None:
    found, new = filled(university), another_above(university)
    for more in ({}, {"side": "unit", "actor": acting(found.superior)}):
        replacing_is_refused(found, new, "opinions.custodian-can-act", **more)


def test_only_the_other_custodian_and_the_newcomer_himself_do_it(university: University) -> None:
    found, new = filled(university), another_above(university)
    close(found.superior)
    for more in (
        {"actor": acting(found.superior)},
        {"actor": acting(new)},
        {"actor": factories.ACTOR},
        {"witness": "wen"},
        {"witness": ""},
    ):
        replacing_is_refused(found, new, "opinions.two-must-replace", **more)
    replacing_is_refused(found, new, "opinions.replacement-without-reason", why=" ")


def test_a_poll_that_needs_no_custodians_has_none_replaced(university: University) -> None:
    found, new = filled(university), another_above(university)
    close(found.superior)
    found.poll.state = "planned"
    found.poll.save(update_fields=["state"])
    replacing_is_refused(found, new, "opinions.custodians-not-needed")


@pytest.mark.parametrize("case", ["the unit's office", "beside", "printed", "planner", "the other", "closed"])
def test_the_newcomer_is_one_who_could_have_been_named(university: University, case: str) -> None:
    found = filled(university)
    found.poll.planned_account = office("planner", CLERK, university.top).username
    found.poll.save(update_fields=["planned_account"])
    new = {
        "the unit's office": lambda: office("second", CLERK, university.letters),
        "beside": lambda: office("beside", CLERK, university.sciences),
        "printed": lambda: another_above(university),
        "planner": lambda: office("colleague", CLERK, university.top),
        "the other": lambda: found.unit,
        "closed": lambda: another_above(university, "shut"),
    }[case]()
    if case == "printed":
        Batch.objects.update(issued_account="xin")
    if case == "closed":
        close(new)
        new.refresh_from_db()
    close(found.superior)
    code = {
        "printed": "opinions.printer-cannot-keep-key",
        "planner": "opinions.custodian-shares-planner-office",
        "the other": "opinions.keys-in-one-office",
        "the unit's office": "opinions.keys-in-one-office",
    }.get(case, "opinions.custodian-not-eligible")
    replacing_is_refused(found, new, code)
    assert new not in newcomers_for(found.poll, side="superior", day=AFTER)


def test_one_office_gets_no_two_keys_one_after_the_other(university: University) -> None:
    """Whoever kept the superior's key, or his office, does not take over the unit's afterwards, nor prints slips."""
    found, new = filled(university, forms=4), another_above(university)
    old, later = found.superior, AFTER + timedelta(3)
    close(old)
    replace(found, new)
    set_open(user=old, is_open=True, actor=factories.ACTOR)
    for role, place in ((SUPERIOR, university.top), (CLERK, university.letters)):
        change = end_role if role == SUPERIOR else grant_role
        when = {"on": later} if role == SUPERIOR else {"since": later}
        change(user=old, role=role, organisation=place, actor=factories.ACTOR, **when)  # type: ignore[operator]
    mate = office("mate", CLERK, university.letters)
    grant_role(
        user=mate, role=SUPERIOR, organisation=university.top, since=date(2010, 1, 1), actor=factories.ACTOR
    )
    end_role(user=mate, role=SUPERIOR, organisation=university.top, on=OPENS, actor=factories.ACTOR)
    close(found.unit)
    either = ("opinions.keys-in-one-office", "opinions.newcomer-shares-office")
    for user in (old, mate):
        replacing_is_refused(found, user, *either, side="unit", actor=acting(new), today=later)
        assert user not in newcomers_for(found.poll, side="unit", day=later)
    with refused("opinions.custodian-cannot-print"):
        issue_slips(
            poll=found.poll,
            group=found.groups[0],
            count=1,
            on_paper=False,
            today=OPENS,
            actor=acting(old),
        )
    fine = office("fine", CLERK, university.letters)
    with refused("opinions.newcomer-shares-office", match="fine同志和以前保管上级钥匙的shangguan同志"):
        replace(found, fine, later, side="unit", actor=acting(new))
    end_role(user=old, role=CLERK, organisation=university.letters, on=later, actor=factories.ACTOR)
    assert newcomers_for(found.poll, side="unit", day=later) == [fine]
    replace(found, fine, later, side="unit", actor=acting(new))


def test_two_who_are_gone_replace_nobody_until_one_is_back(university: University) -> None:
    found, new = filled(university), another_above(university)
    close(found.superior)
    end_role(user=found.unit, role=CLERK, organisation=university.letters, on=OPENS, actor=factories.ACTOR)
    replacing_is_refused(found, new, "opinions.other-cannot-act")
    grant_role(
        user=found.unit, role=CLERK, organisation=university.letters, since=AFTER, actor=factories.ACTOR
    )
    replace(found, new)


def test_an_account_tells_which_keys_it_leaves_behind(university: University) -> None:
    found = filled(university)
    assert keys_left_behind("shangguan", day=AFTER) == []
    close(found.superior)
    ((poll, one),) = keys_left_behind("shangguan", day=AFTER)
    assert (poll, one.told) == (found.poll, "上级的保管人shangguan同志的账号已停用")
    assert list(unable_of([found.fresh()], day=AFTER)) == [found.poll.pk]
    found.open()  # the papers are still there
    assert keys_left_behind("shangguan", day=AFTER)
