"""The duty book and its tallies say the same as the plain rules, whatever the tree, the posts and the days.

Random small trees with vacancies, acting deputies, people in several posts and leaders in charge; two dates of
change between the openings; acts entered in between.
"""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dianping.common.refusal import Refusal
from dianping.duties.models import Duty, Tally
from dianping.duties.selectors import behind_below, coverage_board, coverage_of
from dianping.duties.selectors.coverage import reviewers_of
from dianping.duties.services import tallying
from dianping.duties.services.recounting import tally_faults
from dianping.orgs.models import Organisation, Tenure
from tests.duties.oracle_of_coverage import count_reviewers
from tests.duties.oracle_of_the_book import (
    Book,
    key_of,
    organisations_on,
    owed_on,
    plain,
    standing,
    told,
    within,
)
from tests.duties.trees_at_random import ACTS, CHANGES, Place, Spec, build, change, enter, specs
from tests.factories import OVERLAY_DAY, open_on
from tests.long import long

pytestmark = pytest.mark.django_db

CHANGE_DAYS = (date(2011, 1, 5), date(2011, 1, 20))
ASKED = [OVERLAY_DAY, *CHANGE_DAYS] + [date(2011, *day) for day in ((1, 11), (2, 2), (2, 3), (4, 1))]


@contextmanager
def undone():
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def assert_reviewers_agree(place: Place, day: date) -> None:
    """Who owes what about whom, for every open review of the windows of a day.

    A duty about a secretary who left stays as it was until there is another, and then is about him (decision 0007).
    """
    wanted, rows = owed_on(day, place.top), standing(day, place.top)
    organisations = organisations_on(day)
    open_now = {key_of(duty): duty.owed_by_id for duty in rows if duty.done_on is None}
    done = {_target_of(key_of(duty)) for duty in rows if duty.done_on is not None}
    for key, seat in open_now.items():
        if key[1] != "secretary" or organisations[key[2]].secretary.head is not None:
            assert (key, seat) == (key, wanted.get(key, "nobody at all"))
    for key in wanted:
        assert key in open_now or _target_of(key) in done, key


def _target_of(key: tuple) -> tuple:
    """What is reviewed once a window: a person as a member, else the organisation or its secretary."""
    rule, about, organisation, person = key
    return (rule, about, person) if about == "member" else (rule, about, organisation)


def assert_figures_agree(place: Place) -> None:
    """The tallies of every organisation against a recount of the duties, on every day asked."""
    organisations, book = list(Organisation.objects.all()), Book()
    for day in ASKED:
        for found in coverage_of(organisations, day=day):
            assert told(found) == book.recounted(found.organisation, day), (found.organisation.code, day)
        for organisation in organisations:
            assert_behind_is_of_the_board(organisation, day)
    assert list(tally_faults()) == []


def assert_behind_is_of_the_board(organisation: Organisation, day: date) -> None:
    """Who has reviews left right below, by the one statement, against the totals of the board."""
    _, below = coverage_board(organisation, day=day)
    behind = sorted((c for c in below if c.total.open), key=lambda c: (-c.total.overdue, -c.total.open))
    wanted = [(c.organisation.code, c.total.due, c.total.done, c.total.overdue) for c in behind]
    found = [(one.code, one.due, one.done, one.overdue) for one in behind_below(organisation, day=day)]
    assert found == wanted, (organisation.code, day)


def assert_nobody_reviews_himself() -> None:
    for duty in Duty.objects.filter(kind="review", lapsed_on=None, done_on=None).select_related("owed_by"):
        holders = Tenure.objects.filter(post=duty.owed_by, until=None).values_list("person", flat=True)
        assert duty.person_id is None or duty.person_id not in holders


# A university is built and opened for each example: fewer than of the cheap properties.
few = settings(
    max_examples=long(8, 25),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@few
@given(spec=specs())
def test_every_duty_stands_with_the_reviewer_the_rules_name(spec):
    with undone():
        place = build(spec)
        for day in (date(2010, 12, 20), date(2011, 1, 1)):
            open_on(day)
            found = {key_of(duty): duty.owed_by_id for duty in standing(day, place.top)}
            assert found == owed_on(day, place.top)
        assert_nobody_reviews_himself()


@few
@given(spec=specs(), acts=ACTS)
def test_the_tallies_of_every_organisation_are_what_a_recount_gives(spec, acts):
    with undone():
        place = build(spec)
        open_on(OVERLAY_DAY)
        open_on(date(2011, 1, 1))
        for which, days, lag in sorted(acts, key=lambda act: act[1]):
            enter(which, days, lag, date(2011, 1, 1))
        assert_figures_agree(place)
        assert_reviewers_counted(place)
        kept = sums()
        tallying.recount(windows=sorted({w for w, *_ in kept} & reviewed_windows()), day=date(2011, 1, 20))
        assert sums() == kept


def assert_reviewers_counted(place: Place) -> None:
    """How many seats of each subtree owe reviews, and how many have nothing left, over all rules together."""
    duties = Duty.objects.filter(kind="review", lapsed_on=None, owed_by__isnull=False)
    owing = list(duties.select_related("owed_by__organisation"))
    for organisation in place.organisations:
        below = [duty for duty in owing if within(duty.owed_by.organisation, organisation)]
        for day in (date(2011, 1, 3), date(2011, 1, 20)):
            figures = count_reviewers(map(plain, below), day)
            assert reviewers_of(organisation.path, day=day) == (figures.due, figures.due - figures.open)


def sums():
    rows = Tally.objects.values_list("window", "organisation", "day", "owed", "on_time", "late")
    return sorted(row for row in rows if any(row[3:]))


def reviewed_windows():
    return set(Duty.objects.values_list("window", flat=True))


# Contact points of windows that ended before the day they were last opened on: given up, and headed by the leader himself till later.
GIVEN_UP = (
    Spec(
        [("二级党委", 0)], [("党支部", 0)] * 2, [0] * 5, [None, 0, None, None], [None, 0, 4, None],
        [(0, 1)], [None, 0, None, None], [(0, 2), (0, 0), (0, 3)],
    ),
    ([], [("contact", 7, 0), ("leaves", 0, 0), ("no contact", 0, 0)]),
)  # fmt: skip
HEADED = (
    Spec(
        [("二级党委", 0)] * 3, [("党支部", 0)] * 3, [0] * 6, [None, None, 1, 1, 3, 0, None],
        [None, 0, None, None, None, 0, None], [(0, 1), (0, None)], [None, None, 1, None, 1, None, 0],
        [(0, 0), (0, 3), (0, 1)],
    ),
    ([], [("vacate", 3, 0)]),
)  # fmt: skip


@few
@example(spec=GIVEN_UP[0], changes=GIVEN_UP[1], acts=[])
@example(spec=HEADED[0], changes=HEADED[1], acts=[(6, 14, 12), (42, 14, 9)])
@given(spec=specs(), changes=st.tuples(CHANGES, CHANGES), acts=ACTS)
def test_open_duties_follow_every_change_and_the_tallies_with_them(spec, changes, acts):
    with undone():
        place = build(spec)
        open_on(OVERLAY_DAY)
        open_on(date(2011, 1, 1))
        for day, some in zip(CHANGE_DAYS, changes, strict=True):
            for what, one, other in some:
                try:
                    change(place, what, one, other, day)
                except Refusal:
                    continue
            open_on(day)
            assert_reviewers_agree(place, day)
            for which, days, lag in sorted(acts, key=lambda act: act[1]):
                enter(which, days, lag, day)
            assert_figures_agree(place)
        assert_nobody_reviews_himself()
        before = sums(), list(Duty.objects.order_by("pk").values())
        assert open_on(CHANGE_DAYS[-1]).opened == 0
        assert (sums(), list(Duty.objects.order_by("pk").values())) == before
