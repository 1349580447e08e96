"""听取汇报 (平学院创组文〔2010〕1号 4; decision 0065): planned in its days, held once, its reviews meet the round."""

from datetime import date

from dianping.accounts.models import Grant, User
from dianping.accounts.viewer import Viewer
from dianping.acts.hearing import name_problems, note_who_came
from dianping.acts.sitting import people_to_call, seats_for, sitting_of
from dianping.duties.models import Duty
from dianping.orgs.models import Post
from dianping.orgs.selectors.posts import holder_on
from dianping.reviews.inputs import ReviewTarget
from dianping.reviews.models import Occasion, Review
from dianping.reviews.selectors import hearings_to_plan, occasions_listed, occasions_visible
from dianping.reviews.services import OccasionPlan, draw_turns, file_review, plan_hearing
from tests import factories
from tests.factories import ACTOR, University, open_on, secretarys_seat
from tests.opinions.polling import office
from tests.refused import refused
from tests.reviews.telling import at, words

DAY = date(2011, 1, 14)


def owed() -> Duty:
    return Duty.objects.select_related("window", "organisation").get(kind="hearing")


def planned(on: date = DAY, place: str = "一楼报告厅") -> Occasion:
    return plan_hearing(duty=owed(), plan=OccasionPlan("听取汇报", on, place), actor=ACTOR)


def came(event: Occasion, *, but: str = "", spoken: str = "", today: date = DAY) -> Occasion:
    event.refresh_from_db()
    rows = list(event.attendance.all())
    return note_who_came(
        occasion=event,
        present={row.pk: row.name != but for row in rows},
        spoken={row.pk: spoken for row in rows if row.name == but},
        version=event.version,
        actor=ACTOR,
        today=today,
    )


def say(event: Occasion, seat: Post, place: str) -> Review:
    duty = Duty.objects.get(target="heard", organisation__code=place)
    reviewer = holder_on(seat, day=DAY)
    assert reviewer is not None
    return file_review(
        target=ReviewTarget(seat, "secretary", duty.organisation, duty.person),
        reviewer=reviewer,
        said=words("secretary", happened_on=event.held_on, occasion=event),
        version=0,
        moment=at(event.held_on),
        actor=ACTOR,
    )


def test_every_unit_heard_is_on_the_list_with_whoever_heads_it(opened: University) -> None:
    event = planned()
    rows = {
        (row.organisation.code, row.name)
        for row in event.attendance.select_related("organisation")
        if row.organisation
    }
    assert rows == {("YL01", "祁文"), ("YL02", "白露生"), ("YL03", "方舟"), ("YL04", "柳青衣")}
    assert len(draw_turns(occasion=event, seed="一", actor=ACTOR)) == 4


def test_it_is_planned_inside_its_days_only(opened: University) -> None:
    for day in (date(2011, 1, 10), date(2011, 1, 21)):
        with refused("reviews.hearing-outside-its-days", match="2011-01-11 至 2011-01-20"):
            planned(day)
    assert planned(date(2011, 1, 11)).held_on == date(2011, 1, 11)
    assert planned(date(2011, 1, 20)).held_on == date(2011, 1, 20)
    assert Occasion.objects.count() == 1, "planned again it is moved"


def test_it_is_on_the_calendar_of_all_concerned_and_of_nobody_else(opened: University) -> None:
    places = [opened.top, opened.letters, opened.library]
    assert [[duty.pk for duty in hearings_to_plan(p.path)] for p in places] == [[owed().pk]] * 3
    assert hearings_to_plan(opened.letters_staff.path) == []
    event = planned()
    for place in places:
        assert hearings_to_plan(place.path) == []
        assert list(occasions_listed(place.path)) == [event]
        assert list(occasions_visible([place.path])) == [event]
    assert list(occasions_visible([opened.letters_staff.path])) == []


def test_held_it_is_done_and_so_is_what_those_prepared_who_reported(opened: University) -> None:
    event = came(planned(), but="方舟")
    assert owed().done_on == DAY
    open_ = Duty.objects.filter(kind="prepare", done_on=None)
    assert [duty.organisation.code for duty in open_] == ["YL03"]
    came(event, but="方舟", spoken="副书记")
    assert not open_.all().exists()
    with refused("reviews.hearing-already-held"):
        planned(date(2011, 1, 18))


def test_before_the_day_nothing_is_done_by_it(opened: University) -> None:
    came(planned(), today=date(2011, 1, 13))
    assert owed().done_on is None


def test_one_review_there_meets_the_hearing_and_the_round_whoever_speaks(opened: University) -> None:
    open_on(date(2011, 1, 11))
    event = came(planned())
    say(event, opened.leaders["苏岩"], "YL01")
    about = Duty.objects.filter(person=opened.people["祁文"], target__in=("heard", "unit_secretary"))
    rules = set(about.filter(done_on=None).values_list("window__rule", flat=True))
    assert about.filter(window__rule__in=("round", "hearing"), done_on=DAY).count() == 2
    assert not rules & {"round", "hearing"}
    assert Review.objects.get().counts
    assert Duty.objects.filter(person=opened.people["祁文"], target="member", done_on=DAY).count() == 0


def test_the_sitting_lists_the_units_heard_for_any_seat_of_those_who_hear(opened: University) -> None:
    open_on(date(2011, 1, 11))
    event = planned()
    draw_turns(occasion=event, seed="一", actor=ACTOR)
    office("zong", Grant.Role.CLERK, opened.top)
    viewer = Viewer(User.objects.get(username="zong"), DAY)
    seats = seats_for(viewer, event, day=DAY)
    assert [seat.pk for seat, _ in seats][0] == secretarys_seat(opened.top).pk
    assert {seat.pk for seat, _ in seats} >= {post.pk for post in opened.leaders.values()}
    assert {open_ for _, open_ in seats} == {4}
    for seat, _ in seats:
        targets = sitting_of(event, seat, day=DAY, own=False, reviewer=None)
        assert [t.turn for t in targets] == [1, 2, 3, 4]
        assert {t.aim.name for t in targets} == {"祁文", "白露生", "方舟", "柳青衣"}
        assert {t.aim.about for t in targets} == {"secretary"}


def test_an_absent_secretary_is_asked_about(opened: University) -> None:
    open_on(date(2011, 1, 11))
    event = came(planned(), but="祁文")
    seat = secretarys_seat(opened.top)
    with refused("reviews.absent-from-hearing", match="祁文"):
        say(event, seat, "YL01")
    event = came(event, but="祁文", spoken="副书记老周")
    assert say(event, seat, "YL01").filed


def test_who_heads_two_units_reports_for_each(opened: University) -> None:
    factories.vacate(opened.library, date(2011, 1, 1))
    factories.head(opened.people["祁文"], opened.library, date(2011, 1, 1))
    event = planned()
    assert event.attendance.filter(person=opened.people["祁文"]).count() == 2


def test_a_meeting_of_secretaries_calls_those_right_below(opened: University) -> None:
    office("zong", Grant.Role.CLERK, opened.top)
    viewer = Viewer(User.objects.get(username="zong"), DAY)
    called = people_to_call(opened.top, viewer, day=DAY, kind="书记会议")
    assert {person.name for person in called} == {"祁文", "白露生", "方舟", "柳青衣"}


def test_a_problem_found_there_is_a_problem_with_the_hearing_as_its_source(opened: University) -> None:
    event = came(planned())
    row = event.attendance.select_related("occasion", "organisation").get(organisation=opened.letters)
    given = {"row": row, "due": date(2011, 3, 1), "moment": at(DAY), "actor": ACTOR}
    (first,) = name_problems(texts=["承诺没有公示", ""], **given)
    both = name_problems(texts=["承诺没有公示", "台账缺十二月"], **given)
    assert [item.text for item in both] == ["承诺没有公示", "台账缺十二月"]
    assert both[0] == first
    assert first.source is not None
    assert (first.source.kind, first.source.row, first.source.act) == ("hearing", row.pk, "听取汇报")
    assert first.source.page == f"/hearings/heard/{row.pk}/"
    assert first.source.seat == secretarys_seat(opened.top)
    assert (first.organisation, first.owner, first.due) == (
        opened.letters,
        opened.people["祁文"],
        date(2011, 3, 1),
    )
