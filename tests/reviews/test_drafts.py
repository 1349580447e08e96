"""Drafts: nothing is demanded of them, nothing in them is lost unseen, and nobody else reads them."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from dianping.common.refusal import Conflict, Refusal
from dianping.duties.models import Duty
from dianping.reviews.inputs import ReviewTarget
from dianping.reviews.models import Problem, Review
from dianping.reviews.selectors import draft_of, filed_below, last_filed, review_visible, reviews_about_person
from dianping.reviews.services import ProblemInput, ReviewInput, save_draft
from tests import factories
from tests.factories import ACTOR, University
from tests.refused import refused
from tests.reviews.telling import NEW_YEAR, duty_about, target_of, tell, words

THREADS, EDITS = 16, 20


def ran(place: University) -> Duty:
    return duty_about(place.letters_staff, "member", person=place.people["冉小禾"])


def keep(duty: Duty, said: ReviewInput, version: int) -> Review:
    return save_draft(**target_of(duty, on=NEW_YEAR), said=said, version=version, actor=ACTOR)


def test_an_empty_draft_may_be_saved(opened: University) -> None:
    assert keep(ran(opened), ReviewInput(), 0).version == 1


def test_a_draft_grows_by_one_version_a_save(opened: University) -> None:
    duty = ran(opened)
    for version in range(3):
        assert keep(duty, words(evaluation=f"第 {version} 稿"), version).version == version + 1
    assert Review.objects.get().evaluation == "第 2 稿"
    assert [p.number for p in Problem.objects.all()] == [1]


def test_a_stale_draft_is_refused_with_both_texts(opened: University) -> None:
    duty = ran(opened)
    keep(duty, words(evaluation="甲"), 0)
    keep(duty, words(evaluation="乙", problems=(ProblemInput("一"), ProblemInput("二"))), 1)
    with refused("reviews.draft-changed-meanwhile", kind=Conflict) as no:
        keep(duty, words(evaluation="丙", problems=(ProblemInput("三"),)), 1)
    assert ("评价", "乙", "丙") in no.value.differences
    assert ("问题", "一\n二", "三") in no.value.differences
    assert Review.objects.get().evaluation == "乙"


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("happened_on", date(2011, 1, 3), date(2011, 1, 4)),
        ("mode", "collective", "on_site"),
        ("regular", True, False),
        ("problems", (ProblemInput("甲", "老王", None),), (ProblemInput("甲", "老李", None),)),
    ],
)
def test_a_conflict_names_every_field_that_differs(
    opened: University, field: str, old: object, new: object
) -> None:
    """The day, the mode, 定期/日常, and who answers for a problem by when are words of a draft too."""
    duty = ran(opened)
    keep(duty, words(**{field: old}), 0)
    keep(duty, words(**{field: old}), 1)
    with refused("reviews.draft-changed-meanwhile", kind=Conflict) as no:
        keep(duty, words(**{field: new}), 1)
    assert no.value.differences


def test_a_new_form_does_not_overwrite_a_standing_draft(opened: University) -> None:
    duty = ran(opened)
    keep(duty, words(evaluation="先写的"), 0)
    with refused("reviews.draft-changed-meanwhile", kind=Conflict):
        keep(duty, words(evaluation="后写的"), 0)


def test_saving_a_draft_never_changes_a_filed_text(opened: University) -> None:
    duty = ran(opened)
    filed = tell(duty)
    for version in (0, 1):
        try:
            keep(duty, words(evaluation="偷偷改过"), version)
        except Refusal:
            continue
    filed.refresh_from_db()
    assert filed.evaluation == words().evaluation
    assert list(filed.problems.values_list("text", flat=True)) == ["联系群众不够"]


def test_a_draft_kept_while_typing_after_filing_is_told_that_it_was_filed(opened: University) -> None:
    """A version above 0 with no draft standing means that somebody filed it meanwhile."""
    duty = ran(opened)
    keep(duty, words(), 0)
    tell(duty)
    with refused("reviews.draft-gone", kind=Conflict):
        keep(duty, words(evaluation="另一个窗口里的"), 1)


def test_filing_turns_the_draft_itself_into_the_review(opened: University) -> None:
    duty = ran(opened)
    draft = keep(duty, words(), 0)
    assert tell(duty).pk == draft.pk
    assert Review.objects.count() == 1


def test_a_draft_is_in_nobody_elses_lists(opened: University) -> None:
    duty, branch = ran(opened), opened.letters_staff
    draft = keep(duty, words(), 0)
    person = opened.people["冉小禾"]
    assert not filed_below(opened.top.path).exists()
    assert not reviews_about_person(person, paths=[opened.top.path], posts=[], viewer=person).exists()
    assert last_filed(about="member", organisation=branch, person=person) is None
    assert not review_visible(draft.pk, paths=[opened.top.path], posts=[], person=person).exists()
    assert review_visible(draft.pk, paths=[], posts=[duty.owed_by_id], person=None).exists()


def test_the_organisations_draft_and_the_secretarys_are_two(opened: University) -> None:
    branch = opened.letters_staff
    body, head = duty_about(branch, "branch"), duty_about(branch, "branch_secretary")
    keep(body, words("organisation", evaluation="支部"), 0)
    keep(head, words("secretary", evaluation="书记"), 0)
    found = draft_of(ReviewTarget(body.owed_by, "organisation", branch))
    assert found is not None
    assert found.evaluation == "支部"
    assert Review.objects.filter(filed=False).count() == 2


def at_once(threads: int, act: object) -> None:
    """Run act(n) in so many threads that start together, each with its own connection."""
    barrier = Barrier(threads)

    def run(n: int) -> None:
        connection.ensure_connection()
        barrier.wait()
        try:
            act(n)  # type: ignore[operator]
        finally:
            connection.close()

    started = [Thread(target=run, args=(n,)) for n in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()


def ready() -> tuple[University, Duty]:
    place = factories.university()
    factories.adopt(place.top)
    factories.open_on()
    return place, ran(place)


@pytest.mark.usefixtures("committed")
def test_sixteen_people_editing_one_draft_lose_nothing_unseen() -> None:
    """T16: every save is either the next version, or a told conflict; the count of versions proves it."""
    _, duty = ready()
    keep(duty, words(evaluation=""), 0)
    saved: list[str] = []
    told: list[str] = []
    broken: list[BaseException] = []

    def edit(n: int) -> None:
        for turn in range(EDITS):
            current = draft_of(target_of(duty, on=NEW_YEAR)["target"])
            assert current is not None
            mark = f"[{n}.{turn}]"
            try:
                keep(duty, words(evaluation=current.evaluation + mark), current.version)
            except Conflict:
                told.append(mark)
            except BaseException as no:  # noqa: BLE001 - whatever else it is, the test must see it
                broken.append(no)
            else:
                saved.append(mark)

    at_once(THREADS, edit)
    final = Review.objects.get()
    assert not broken, broken[:3]
    assert len(saved) + len(told) == THREADS * EDITS
    assert final.version == 1 + len(saved)
    assert sorted(saved) == sorted(mark for mark in saved if mark in final.evaluation), "a saved text is gone"


@pytest.mark.usefixtures("committed")
def test_sixteen_people_beginning_one_draft_make_one_and_the_others_are_told() -> None:
    """On both databases the others are told of a conflict, not of a broken constraint."""
    _, duty = ready()
    outcomes: list[str] = []

    def begin(n: int) -> None:
        try:
            keep(duty, words(evaluation=f"第 {n} 人写的"), 0)
        except Exception as no:  # noqa: BLE001
            outcomes.append(type(no).__name__)
        else:
            outcomes.append("saved")

    at_once(THREADS, begin)
    assert Review.objects.count() == 1
    assert outcomes.count("saved") == 1
    assert outcomes.count("Conflict") == THREADS - 1, outcomes


@pytest.mark.usefixtures("committed")
def test_eight_people_filing_one_duty_discharge_it_once() -> None:
    _, duty = ready()
    outcomes: list[str] = []

    def file(n: int) -> None:
        try:
            tell(Duty.objects.select_related("owed_by").get(pk=duty.pk), evaluation=f"第 {n} 人")
        except Refusal as no:
            outcomes.append(type(no).__name__)
        except Exception as no:  # noqa: BLE001
            outcomes.append(f"broken {type(no).__name__}")
        else:
            outcomes.append("filed")

    at_once(8, file)
    assert Duty.objects.filter(pk=duty.pk, on_time=True).count() == 1
    assert Review.objects.filter(met__duty=duty).count() == 1
    assert not [o for o in outcomes if o.startswith("broken")], outcomes
