"""The statistics return, every figure recounted from rows by plain loops, and worked out by hand on one story."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from dianping.base.windows import Window, parse_period
from dianping.duties.models import Duty
from dianping.ledgers.rules import Measure, StatisticsFacts
from dianping.ledgers.selectors import draw
from dianping.ledgers.selectors.behind import DISTINCT, WHOLE, records_behind, targets_behind
from dianping.ledgers.selectors.scope import LedgerScope
from dianping.ledgers.selectors.statistics import statistics_facts
from dianping.orgs.models import BRANCH_KINDS, Organisation
from dianping.rectification.models import Item
from dianping.rectification.rules.steps import STEPS
from dianping.rectification.services import file_report
from dianping.reviews.models import Review
from dianping.reviews.services import ProblemInput
from tests import kept
from tests.factories import ACTOR, University, open_on
from tests.reviews.telling import NEW_YEAR, OTHER, at, duty_about, item_of, take_step, tell

Q1 = parse_period("2011Q1")
WINTER = parse_period("2010-12-15..2011-02-02")
M = Measure


def level_of(about: str, organisation: Organisation) -> tuple[str, str]:
    """The column a row belongs to: group and level."""
    if about == "member":
        return "", "党员"
    tier = (
        "党支部"
        if organisation.kind in BRANCH_KINDS
        else "党总支"
        if organisation.kind == "党总支"
        else "党委"
    )
    return {"organisation": "党组织", "secretary": "书记"}[about], tier


def about_of(duty: Duty) -> str:
    if duty.target == "member":
        return "member"
    return "secretary" if duty.target.endswith("secretary") or duty.target == "heard" else "organisation"


def recount(place: Organisation, period: Window, day: date) -> dict[tuple[str, str], Counter[Measure]]:
    """Every level's figures, one row at a time."""
    found: dict[tuple[str, str], Counter[Measure]] = {}
    due: dict[tuple[str, str], set[Any]] = {}
    reviewed: dict[tuple[str, str], set[Any]] = {}

    def at_level(key: tuple[str, str]) -> Counter[Measure]:
        return found.setdefault(key, Counter())

    for duty in Duty.objects.filter(kind="review").select_related("organisation"):
        if not duty.path.startswith(place.path) or duty.lapsed_on or duty.owed_by_id is None:
            continue
        if not period.opens <= duty.due <= period.due or duty.target == "contact":
            continue  # contact points have lines of their own
        key = level_of(about_of(duty), duty.organisation)
        line = at_level(key)
        due.setdefault(key, set()).add(duty.person_id or ("o", duty.organisation_id))
        line[M.DUTIES_DUE] += 1
        if duty.entered_on and duty.entered_on <= day:
            line[M.ON_TIME if duty.on_time else M.LATE_ENTRY] += 1
        else:
            line[M.OVERDUE if duty.due < day else M.NOT_YET_DUE] += 1
    modes = {"collective": M.COLLECTIVE, "individual": M.INDIVIDUAL, "on_site": M.ON_SITE, "random": M.RANDOM}
    for review in Review.objects.filter(filed=True).select_related("organisation"):
        assert review.happened_on is not None
        assert review.entered_at is not None
        if not review.path.startswith(place.path) or review.happened_on not in period:
            continue
        if review.entered_at.astimezone(at(day).tzinfo).date() > day:
            continue
        key = level_of(review.about, review.organisation)
        line = at_level(key)
        reviewed.setdefault(key, set()).add(review.person_id or ("o", review.organisation_id))
        line.update((M.EVENTS, modes[review.mode], M.PERIODIC if review.regular else M.AD_HOC))
    states = {"closed": M.PROBLEMS_CLOSED, "unresolved": M.PROBLEMS_UNRESOLVED}
    for item in Item.objects.select_related("problem__review", "organisation"):
        review = item.problem.review
        assert review.entered_at is not None
        entered = review.entered_at.astimezone(at(day).tzinfo).date()
        if item.path.startswith(place.path) and item.opened_on in period and entered <= day:
            line = at_level(level_of(review.about, item.organisation))
            taken = [p.step for p in item.progress.all() if p.on <= day]
            then = STEPS[taken[-1]].end if taken else "open"
            line.update((M.PROBLEMS_RAISED, states.get(then, M.PROBLEMS_OPEN)))
    for key, line in found.items():
        line[M.TARGETS_DUE] = len(due.get(key, ()))
        line[M.TARGETS_REVIEWED] = len(reviewed.get(key, ()))
    return found


@pytest.fixture
def story(opened: University) -> University:
    """A winter in small: on time, late, twice, unowed, problems in every state, a report filed and one owed."""
    kept.standing("winter in small", lambda: _story(opened))
    return opened


def _story(opened: University) -> None:
    open_on(NEW_YEAR)
    staff = opened.letters_staff
    ran = opened.people["冉小禾"]
    review = tell(
        duty_about(staff, "member", person=ran),
        problems=(ProblemInput("甲"), ProblemInput("乙"), ProblemInput("丙")),
    )
    tell(duty_about(staff, "member", person=ran), on=date(2011, 1, 9), mode="individual", regular=False)
    tell(
        duty_about(staff, "member", person=opened.people["祁文"]),
        on=date(2010, 12, 20),
        entered=NEW_YEAR,
        late_reason="会后补",
    )
    body = tell(
        duty_about(staff, "branch"), mode="on_site", problems=(ProblemInput("丁"), ProblemInput("戊"))
    )
    tell(duty_about(opened.letters, "unit"), mode="on_site", on=date(2011, 1, 4))
    tell(duty_about(opened.offices, "unit_secretary"), mode="random", on=date(2011, 1, 4), regular=False)
    first, second, third = Item.objects.filter(problem__review=review)
    for step in ("plan", "request", "close"):
        take_step(first, step, actor=OTHER if step == "close" else ACTOR)
    take_step(second, "plan")
    found = take_step(item_of(body), "unresolved", actor=OTHER)
    take_step(third, "unresolved", actor=OTHER)
    assert found.report is not None
    file_report(
        duty=found.report, text="没有解决的原因是人手不足，三月底前补齐。", moment=at(NEW_YEAR), actor=ACTOR
    )


@pytest.mark.parametrize("where", ["top", "letters", "offices", "letters_staff", "sciences", "library"])
@pytest.mark.parametrize(
    ("period", "day"),
    [
        (WINTER, NEW_YEAR),
        (WINTER, date(2011, 1, 10)),
        (Q1, date(2011, 1, 10)),
        (Q1, date(2011, 5, 1)),
        (WINTER, date(2011, 2, 3)),
    ],
)
def test_every_figure_is_a_count_of_rows(story: University, where: str, period: Window, day: date) -> None:
    place = getattr(story, where)
    facts = statistics_facts(LedgerScope(place, period, day))
    by_hand = recount(place, period, day)
    wrong = []
    for level in facts.levels:
        expected = by_hand.get((level.group, level.level), Counter())
        for measure, figure in level.figures.items():
            if figure.count != expected[measure]:
                wrong.append((level.name, measure.value, figure.count, expected[measure]))
    assert not wrong


def test_who_is_heard_counts_as_the_secretary_he_is_and_once(story: University) -> None:
    """At the hearing a unit's secretary is reviewed beside the round: two duties, one target, and no organisation more."""
    day = date(2011, 1, 11)
    open_on(day)
    assert Duty.objects.filter(target="heard").count() == 4
    by_hand = recount(story.top, Q1, day)
    facts = statistics_facts(LedgerScope(story.top, Q1, day))
    for level in facts.levels:
        for measure in (M.TARGETS_DUE, M.DUTIES_DUE):
            assert level.figures[measure].count == by_hand.get((level.group, level.level), Counter())[measure]
    assert figure(facts, "党组织", "党委", M.TARGETS_DUE) == figure(facts, "书记", "党委", M.TARGETS_DUE) == 2
    assert figure(facts, "书记", "党委", M.DUTIES_DUE) == 4
    behind = records_behind(LedgerScope(story.top, Q1, day), M.TARGETS_DUE, "3")
    assert behind is not None
    assert (behind.rows.count(), targets_behind(behind)) == (4, 2)


def figure(facts: StatisticsFacts, group: str, level: str, measure: Measure) -> int:
    return next(x for x in facts.levels if (x.group, x.level) == (group, level)).figures[measure].count


def test_the_story_counted_on_paper(story: University) -> None:
    """Worked out with a pencil: the members of the university in the round, on 2011-01-10."""
    facts = statistics_facts(LedgerScope(story.top, WINTER, date(2011, 1, 10)))
    expected = {
        M.TARGETS_DUE: 9,  # 14 people, 5 of them secretaries of branches
        M.DUTIES_DUE: 9,
        M.ON_TIME: 1,
        M.LATE_ENTRY: 1,
        M.NOT_YET_DUE: 7,
        M.OVERDUE: 0,
        M.TARGETS_REVIEWED: 2,
        M.EVENTS: 3,
        M.COLLECTIVE: 2,
        M.INDIVIDUAL: 1,
        M.PERIODIC: 2,
        M.AD_HOC: 1,
        M.PROBLEMS_RAISED: 5,
        M.PROBLEMS_CLOSED: 1,
        M.PROBLEMS_UNRESOLVED: 1,
        M.PROBLEMS_OPEN: 3,
    }
    assert {m: figure(facts, "", "党员", m) for m in expected} == expected
    assert figure(facts, "党组织", "党支部", M.DUTIES_DUE) == 5
    assert figure(facts, "党组织", "党支部", M.ON_TIME) == 1
    assert figure(facts, "书记", "党总支", M.EVENTS) == 1
    assert figure(facts, "党组织", "党委", M.ON_SITE) == 1


def test_contact_points_have_lines_of_their_own(story: University) -> None:
    facts = statistics_facts(LedgerScope(story.top, WINTER, date(2011, 1, 10)))
    assert (facts.overall[M.CONTACTS_DUE].count, facts.overall[M.CONTACTS_DONE].count) == (3, 0)
    assert (
        M.CONTACTS_DUE not in statistics_facts(LedgerScope(story.library, WINTER, date(2011, 1, 10))).overall
    )


def test_the_whole_organisations_figures(story: University) -> None:
    facts = statistics_facts(LedgerScope(story.top, Q1, date(2011, 1, 10)))
    duties = [
        d
        for d in Duty.objects.filter(kind="review", lapsed_on=None, due__range=(Q1.opens, Q1.due))
        if d.owed_by_id is not None
    ]
    open_of: dict[int, int] = {}
    for duty in duties:
        open_of[duty.owed_by_id or 0] = open_of.get(duty.owed_by_id or 0, 0) + (duty.done_on is None)
    assert facts.overall[M.REVIEWERS_DUE].count == len(open_of)
    assert facts.overall[M.REVIEWERS_COMPLETE].count == sum(n == 0 for n in open_of.values())
    owed = Duty.objects.filter(kind="report", lapsed_on=None, opens__range=(Q1.opens, date(2011, 1, 10)))
    assert facts.overall[M.REPORTS_OWED].count == owed.count() >= 1
    assert facts.overall[M.REPORTS_FILED].count == owed.exclude(done_on=None).count() == 1


def test_the_reviewers_of_a_unit_are_those_seated_in_it(story: University) -> None:
    """The return and the coverage board speak of the same people when they say who owes reviews."""
    from dianping.duties.selectors import reviewers_of

    facts = statistics_facts(LedgerScope(story.letters, WINTER, date(2011, 1, 1)))
    due, _ = reviewers_of(story.letters.path, day=date(2010, 12, 31))
    assert facts.overall[M.REVIEWERS_DUE].count == due == 3


def test_the_return_finds_no_contradiction_in_itself(story: University) -> None:
    sheet, _ = draw("statistics", LedgerScope(story.top, WINTER, date(2011, 1, 10)))
    assert not [note for note in sheet.notes if note.startswith("核对不符")]


def test_before_anything_is_owed_the_return_says_which_act_is_missing(university: University) -> None:
    sheet, facts = draw("statistics", LedgerScope(university.top, Q1, NEW_YEAR))
    missing = {cell.missing for row in sheet.rows for cell in row if cell.missing}
    assert {"尚未列出应办", "意见征集尚未开展", "尚未组织评议"} <= missing
    assert all(M.DUTIES_DUE not in level.figures for level in facts.levels)


# ---- as of a day: what came later is not in it


def test_a_return_as_of_an_earlier_day_knows_nothing_of_what_came_later(story: University) -> None:
    """Drawn as of 2011-01-04, after all was entered: the same figures as a return drawn on that day."""
    scope = LedgerScope(story.top, WINTER, date(2011, 1, 4))
    facts = statistics_facts(scope)
    assert figure(facts, "", "党员", M.EVENTS) == 0
    assert figure(facts, "", "党员", M.NOT_YET_DUE) == 9
    assert figure(facts, "", "党员", M.PROBLEMS_RAISED) == 0


def test_a_problem_closed_later_is_still_open_as_of_an_earlier_day(story: University) -> None:
    item = Item.objects.get(problem__text="乙")
    for step in ("request", "close"):
        take_step(item, step, on=date(2011, 1, 20), actor=OTHER if step == "close" else ACTOR)
    facts = statistics_facts(LedgerScope(story.top, WINTER, date(2011, 1, 10)))
    assert figure(facts, "", "党员", M.PROBLEMS_CLOSED) == 1


def test_a_problem_is_raised_on_the_day_its_review_was_entered(opened: University) -> None:
    """Said on 01-04, entered on 01-12: as of 01-10 neither the review nor its problem is on file."""
    tell(
        duty_about(opened.letters_staff, "branch"),
        on=date(2011, 1, 4),
        entered=date(2011, 1, 12),
        late_reason="补",
    )
    facts = statistics_facts(LedgerScope(opened.top, WINTER, date(2011, 1, 10)))
    assert figure(facts, "党组织", "党支部", M.EVENTS) == 0
    assert figure(facts, "党组织", "党支部", M.PROBLEMS_RAISED) == 0


@pytest.mark.parametrize("day", [date(2011, 1, 10), date(2011, 3, 31)])
def test_behind_every_figure_lie_as_many_records(story: University, day: date) -> None:
    """Of every measure in every column and in the total: the rows that are opened are the rows that were counted."""
    scope = LedgerScope(story.top, WINTER, day)
    facts = statistics_facts(scope)
    looked_at = 0
    for measure in Measure:
        figures = [(str(at), level.figures.get(measure)) for at, level in enumerate(facts.levels)]
        for level, told in [*figures, (WHOLE, facts.overall.get(measure))]:
            if told is None or measure in (M.OPINIONS, M.BALLOTS):
                continue
            behind = records_behind(scope, measure, level)
            assert behind is not None, (measure, level)
            counted = targets_behind(behind) if measure in DISTINCT else behind.rows.count()
            assert counted == told.count, (measure, level)
            assert bool(told.record) == bool(told.count)
            looked_at += bool(told.count)
    assert looked_at > 25
    assert records_behind(scope, M.EVENTS, "99") is None
    assert records_behind(scope, M.REPORTS_OWED, "0") is None
