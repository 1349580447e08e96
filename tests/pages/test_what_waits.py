"""Each kind of waiting stands on the desk of whom it waits for and on nobody else's, and is gone once it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dianping.accounts.models import User
from dianping.accounts.viewer import Viewer
from dianping.accounts.waiting import LATER, NOW, WEEK, Desk, kinds_of_waiting
from dianping.acts import waiting
from dianping.acts.waiting import bands_of
from dianping.bulletins.services import (
    confirm_case,
    note_agreement,
    return_bulletin,
    return_case,
)
from dianping.duties.models import Duty
from dianping.ledgers.models import Issue
from dianping.notices.services import accept_rest, sign_for
from dianping.opinions.models import PaperEntry, Point, Saying, Slip
from dianping.orgs.models import Charge
from dianping.orgs.selectors.posts import head_person
from dianping.rectification.models import Item, State, WrittenReport
from dianping.rectification.services import (
    Talk,
    answer_extension,
    file_report,
    hold_admonition,
    note_reading,
    settle_admonition,
)
from dianping.reviews.models import Attendance, Draw
from dianping.reviews.services import answer_review, confirm_review, note_attendance
from tests import factories
from tests.factories import ACTOR
from tests.glued import glued
from tests.pages.conftest import Side, Stage, with_polls
from tests.reviews.telling import NEW_YEAR, OTHER, at, tell

Seen = frozenset[tuple[str, str]]
ROLES = ("clerk", "gan", "qi", "ning", "bian", "superior", "auditor")


@dataclass(frozen=True)
class Case:
    """One kind: what is done before, who sees it then (the role, and the place its desk speaks of), what ends it; on which day."""

    kind: str
    seen: Seen
    end: Callable[[Side], object]
    begin: Callable[[Side], object] = lambda side: None
    day: date = NEW_YEAR
    polls: bool = False


def seen(*pairs: str) -> Seen:
    return frozenset((role, place) for role, _, place in (pair.partition("@") for pair in pairs))


HERE = seen("ning@branch", "clerk@branch")
ABOVE = seen("qi@unit", "clerk@unit", "superior@unit")


def _lapse(side: Side) -> None:
    Duty.objects.filter(pk=side.open_duty.pk).update(lapsed_on=NEW_YEAR)


def _report(side: Side) -> Any:
    return file_report(
        duty=side.report, text="原因是没有专人，三月底前补齐。", moment=at(NEW_YEAR), actor=OTHER
    )


def _read(side: Side) -> None:
    note_reading(report=WrittenReport.objects.get(duty=side.report), today=NEW_YEAR, actor=OTHER)


def _about_its_head(side: Side) -> None:
    """A report about whoever heads the branch, which the unit's seat sees to."""
    head, unit = head_person(side.branch, day=NEW_YEAR), factories.secretarys_seat(side.unit)
    Duty.objects.filter(pk=side.report.pk).update(person=head, owed_by=unit)


def _written(side: Side) -> None:
    Duty.objects.filter(pk=side.report.pk).update(done_on=NEW_YEAR, entered_on=NEW_YEAR, on_time=True)


def _settle(side: Side) -> None:
    settle_admonition(admonition=side.talk, outcome="已经改好。", moment=at(NEW_YEAR), actor=OTHER)


def _talk_about_it(side: Side) -> None:
    talk = Talk(held_on=NEW_YEAR, due=date(2011, 2, 1), reasons="未解决", told="改", promised="改")
    hold_admonition(
        organisation=side.branch, talk=talk, items=[side.unresolved], moment=at(NEW_YEAR), actor=OTHER
    )


def _decide(side: Side) -> None:
    accept_rest(notices=[side.letter], today=NEW_YEAR, actor=ACTOR)


def _adopted(side: Side) -> None:
    from dianping.programmes.models import Adoption

    Adoption.objects.create(
        organisation=side.branch,
        code="letter",
        title="来文",
        number=side.letter.number,
        text="",
        digest="0",
        in_force=NEW_YEAR,
        adopted_on=NEW_YEAR,
        adopted_by="test",
    )


def _returned(side: Side) -> None:
    draft = side.bulletin_draft
    return_bulletin(bulletin=draft, words="重写。", version=draft.version, actor=OTHER)


def _checked(side: Side) -> None:
    confirm_case(case=side.case, words="", version=side.case.version, today=NEW_YEAR, actor=OTHER)


def _agreed(side: Side) -> None:
    side.case.refresh_from_db()
    note_agreement(case=side.case, on=NEW_YEAR, version=side.case.version, today=NEW_YEAR, actor=ACTOR)


def _case_is(state: str, **more: str) -> Callable[[Side], None]:
    return lambda side: type(side.case).objects.filter(pk=side.case.pk).update(state=state, **more)


def _returned_case(side: Side) -> None:
    return_case(case=side.case, words="补上时间。", version=side.case.version, actor=OTHER)
    type(side.case).objects.filter(pk=side.case.pk).update(raised_by="clerk")


def _item_is(which: str, **columns: Any) -> Callable[[Side], None]:
    return lambda side: Item.objects.filter(pk=getattr(side, which).pk).update(**columns)


def _issued(due: date) -> Callable[[Side], None]:
    return lambda side: Issue.objects.create(
        organisation=side.branch,
        form="reviews",
        opens=due - timedelta(days=89),
        due=due,
        drawn_on=due,
        facts={},
        digest="0",
        issued_at=at(due),
        by="test",
    )


def _attended(side: Side) -> None:
    rows = Attendance.objects.filter(occasion=side.occasion)
    side.occasion.refresh_from_db()
    note_attendance(
        occasion=side.occasion,
        present={row.pk: True for row in rows},
        guests=[],
        minutes="",
        version=side.occasion.version,
        actor=ACTOR,
    )


def _sealed(side: Side) -> None:
    Draw.objects.filter(pk=side.draw.pk).update(superior_seal="0" * 64, superior_by="上级")


def _typed(side: Side) -> None:
    slip = Slip.objects.filter(poll=side.papers).first()
    PaperEntry.objects.create(slip=slip, poll=side.papers, typed_by="wen", digests={})


def _answered_all(side: Side) -> None:
    Point.objects.filter(poll=side.counted).update(reply="已经办了。")
    Saying.objects.filter(poll=side.counted).update(aside="nothing")


CASES = (
    Case("duties.owed", HERE | seen("qi@unit", "clerk@unit"), lambda s: tell(s.open_duty)),
    Case(
        "notices.receipt",
        HERE,
        lambda s: sign_for(notice=s.letter, organisation=s.branch, moment=at(NEW_YEAR), actor=ACTOR),
    ),
    Case("notices.reading", seen("clerk@branch"), _decide),
    Case("programmes.adoption", seen("clerk@branch"), _adopted, _decide),
    Case(
        "reviews.about_me",
        seen("ning@branch"),
        lambda s: answer_review(
            review=s.body_review, text="", on_behalf=False, moment=at(NEW_YEAR), actor=ACTOR
        ),
    ),
    Case(
        "reviews.to_tell",
        seen("clerk@branch"),
        lambda s: answer_review(review=s.review, text="", on_behalf=True, moment=at(NEW_YEAR), actor=ACTOR),
    ),
    Case(
        "reviews.confirm",
        seen("ning@branch", "qi@unit"),
        lambda s: (
            confirm_review(review=s.review, moment=at(NEW_YEAR), actor=_as("ning")),
            confirm_review(review=s.body_review, moment=at(NEW_YEAR), actor=_as("qi")),
        ),
    ),
    Case("reviews.draft", seen("ning@branch"), lambda s: s.draft.delete(), _lapse),
    Case("reviews.attendance", HERE, _attended, day=NEW_YEAR + timedelta(days=1)),
    Case("reviews.coming", HERE | seen("qi@unit"), lambda s: s.occasion.delete()),
    Case("reviews.draw", seen("ning@branch"), lambda s: s.draw.delete(), _sealed),
    Case("rectification.extension", HERE | seen("superior@branch"), lambda s: _granted(s)),
    Case(
        "rectification.closing",
        HERE | seen("superior@branch"),
        _item_is("dated", state=State.CLOSED),
        _item_is("dated", state=State.CLOSE_REQUESTED, requested_by="test"),
    ),
    Case("rectification.own", seen("ning@branch"), _item_is("item", state=State.CLOSED)),
    Case("rectification.here", HERE, _item_is("dated", state=State.CLOSED), day=date(2011, 1, 26)),
    Case("rectification.report", seen("qi@unit"), _read, _report),
    Case("rectification.own_report", seen("ning@branch"), _written, _about_its_head),
    Case("rectification.talk", ABOVE, _settle),
    Case("rectification.promise", seen("ning@branch"), _settle),
    Case("rectification.to_talk", ABOVE, _talk_about_it),
    Case(
        "rectification.verify",
        seen("clerk@branch"),
        _item_is("dated", state=State.OPEN, closed_on=None),
        _item_is("dated", state=State.CLOSED, closed_on=NEW_YEAR, due=NEW_YEAR),
    ),
    Case("bulletins.approve", seen("qi@unit", "superior@unit"), _returned),
    Case(
        "bulletins.returned",
        seen("clerk@unit"),
        lambda s: type(s.bulletin_draft).objects.filter(pk=s.bulletin_draft.pk).update(words=""),
        _returned,
    ),
    Case("bulletins.check", ABOVE | seen("clerk@branch", "superior@branch"), _checked),
    Case(
        "bulletins.amend",
        seen("clerk@top", "clerk@unit", "clerk@branch", "clerk@other unit", "clerk@other branch"),
        _case_is("raised"),
        _returned_case,
    ),
    Case("bulletins.agree", HERE, _agreed, _checked),
    Case(
        "bulletins.publish",
        seen("clerk@unit", "clerk@branch"),
        _case_is("published"),
        lambda s: (_checked(s), _agreed(s)),
    ),
    Case("ledgers.issue", seen("clerk@branch"), _issued(date(2010, 12, 31)), _issued(date(2010, 9, 30))),
    Case("polls.words", seen("clerk@unit"), _answered_all, polls=True),
    Case(
        "opinions.second_typing",
        seen("clerk@unit"),
        lambda s: PaperEntry.objects.filter(poll=s.papers).delete(),
        _typed,
        polls=True,
    ),
)
OWN = ("unit", "branch")  # the places of the side the case is told on
MORE = ("duties.owed", "rectification.own")  # one of several is ended
# The turns of a poll have tests of their own (test_poll_pages.py, test_turns.py).
ELSEWHERE = {"polls.turn"}


def _as(role: str) -> Any:
    return Viewer(User.objects.get(username=role), NEW_YEAR).actor


def _granted(side: Side) -> None:
    asked = side.waiting
    answer_extension(
        extension=asked,
        granted=True,
        until=date(2011, 2, 20),
        words="",
        version=Item.objects.get(pk=asked.item_id).version,
        moment=at(NEW_YEAR),
        actor=OTHER,
    )


def waits(stage: Stage, kind: str, day: date) -> Seen:
    """On whose desks, speaking of which place, a kind has a line."""
    places = {
        "top": stage.place.top,
        "unit": stage.own.unit,
        "branch": stage.own.branch,
        "other unit": stage.other.unit,
        "other branch": stage.other.branch,
    }
    found = set()
    for role in ROLES:
        viewer = Viewer(User.objects.get(username=role), day)
        for name, place in places.items():
            if not viewer.may_read(place.path):
                continue
            if viewer.posts and place != viewer.posts[0].organisation:
                continue  # a secretary's desk is the same wherever it looks, but for what his office keeps
            lines = [line for band in bands_of(Desk(viewer, place)) for line in band.lines]
            if any(line.kind == kind for line in lines):
                found.add((role, name))
    return frozenset(found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.kind)
def test_it_waits_for_whom_it_waits_for_and_is_gone_when_done(
    stage: Stage, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = tuple(kind for kind in kinds_of_waiting() if kind.key == case.kind)
    monkeypatch.setattr(waiting, "kinds_of_waiting", lambda: kinds)
    if case.polls:
        stage = with_polls(stage)
    case.begin(stage.own)
    begun = waits(stage, case.kind, case.day)
    assert {pair for pair in begun if pair[1] in OWN} == {pair for pair in case.seen if pair[1] in OWN}
    assert begun >= case.seen
    case.end(stage.own)
    after = waits(stage, case.kind, case.day)
    assert not {pair for pair in after & case.seen if pair[1] in OWN and case.kind not in MORE}


def test_every_kind_is_tried() -> None:
    assert {case.kind for case in CASES} | ELSEWHERE == {kind.key for kind in kinds_of_waiting()}


def test_counts_are_true_beyond_what_is_shown(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    viewer = Viewer(User.objects.get(username="ning"), date(2011, 2, 10))
    whole = {band.key: band.count for band in bands_of(Desk(viewer, stage.own.branch))}
    monkeypatch.setattr(waiting, "SHOWN", {NOW: 1, WEEK: 1, LATER: 1})
    for band in bands_of(Desk(viewer, stage.own.branch)):
        assert band.count == whole[band.key]
        assert len(band.lines) <= 1
        assert band.count == sum(line.count for line in band.lines) + sum(rest.count for rest in band.rest)


def test_what_is_overdue_stands_in_now_and_what_asks_for_a_word_too(stage: Stage) -> None:
    viewer = Viewer(User.objects.get(username="ning"), date(2011, 2, 10))
    words = {kind.key for kind in kinds_of_waiting() if kind.word}
    for band in bands_of(Desk(viewer, stage.own.branch)):
        for line in band.lines:
            is_now = line.kind in words or (line.day is not None and line.day < viewer.day)
            assert is_now == (band.key == NOW), line


def test_the_sets_of_all_rooms_are_one_statement(stage: Stage) -> None:
    viewer = Viewer(User.objects.get(username="ning"), NEW_YEAR)
    assert viewer.posts
    assert viewer.grants == []
    desk = Desk(viewer, stage.own.branch)
    with CaptureQueriesContext(connection) as queries:
        waiting._rows(desk, kinds_of_waiting())
    assert len(queries) == 1


def test_a_receipt_is_signed_on_the_desk_and_one_is_back_there(stage: Stage) -> None:
    ning = stage.clients["ning"]
    page = ning.get("/").content.decode()
    address = reverse("notices:notice_sign", args=[stage.own.letter.pk, stage.own.receipt.pk])
    assert f'action="{address}"' in page
    answered = ning.post(address, {"form_key": "k1", "back": "desk"})
    assert (answered.status_code, answered["Location"]) == (302, "/")
    stage.own.receipt.refresh_from_db()
    assert stage.own.receipt.signed_at is not None
    assert f'action="{address}"' not in ning.get("/").content.decode()


def test_a_report_is_noted_as_read_by_whom_it_is_sent_to_alone(stage: Stage) -> None:
    _report(stage.own)
    address = reverse("rectification:report_read", args=[stage.own.report.pk])
    assert stage.clients["ning"].post(address, {"form_key": "k1"}).status_code == 404
    assert f'action="{address}"' in stage.clients["qi"].get("/").content.decode()
    answered = stage.clients["qi"].post(address, {"form_key": "k2", "back": "desk"})
    assert answered["Location"] == "/"
    page = stage.clients["qi"].get(reverse("rectification:report", args=[stage.own.report.pk]))
    assert "<dt>阅</dt>" in glued(page)


def test_a_draw_says_which_step_it_waits_for_and_until_when(stage: Stage) -> None:
    draw = Draw.objects.filter(pk=stage.own.draw.pk)
    told = []
    for role, day, columns in (
        ("clerk", 0, {}),
        ("ning", 0, {"superior_seal": "0" * 64, "superior_by": "上级"}),
        ("clerk", 0, {"own_seal": "1" * 64, "own_by": "单位"}),
        ("ning", 0, {"superior_seed": "2" * 32, "revealed_on": NEW_YEAR}),
        ("clerk", 4, {}),
    ):
        draw.update(**columns)
        viewer = Viewer(User.objects.get(username=role), NEW_YEAR + timedelta(days=day))
        place = stage.place.top if role == "clerk" else stage.own.branch
        lines = [line for band in bands_of(Desk(viewer, place)) for line in band.lines]
        told += [
            (line.act, line.day)
            for line in lines
            if line.args == (draw.get().pk,) and line.kind == "reviews.draw"
        ]
    assert told == [
        ("封存种子", None),
        ("封存种子", None),
        ("公开种子", None),
        ("公开种子", NEW_YEAR + timedelta(days=3)),
        ("看后了结", None),
    ]


def test_words_that_go_on_end_with_an_ellipsis(stage: Stage) -> None:
    def promised() -> str:
        viewer = Viewer(User.objects.get(username="ning"), NEW_YEAR)
        lines = [line for band in bands_of(Desk(viewer, stage.own.branch)) for line in band.lines]
        return next(line.what for line in lines if line.kind == "rectification.promise")

    talk = type(stage.own.talk).objects.filter(pk=stage.own.talk.pk)
    talk.update(promised="改" * 24)
    assert promised() == f"：“{'改' * 24}”"
    talk.update(promised="改" * 25)
    assert promised() == f"：“{'改' * 24}…”"


def test_an_empty_desk_says_so(stage: Stage) -> None:
    page = stage.clients["auditor"].get("/").content.decode()
    assert "现在没有等您办的事" in page
    assert 'class="band' not in page


def test_a_secretary_sees_his_members_as_cells_with_their_names(stage: Stage) -> None:
    page = stage.clients["ning"].get("/").content.decode()
    assert f'title="{stage.own.review.person.name}：1月5日已点评"' in page
    assert f"{stage.own.open_duty.person.name}：未点评" in page
    assert "开一次会点评" in page
    assert "开一次会点评" not in stage.clients["qi"].get("/").content.decode()


def test_what_is_owed_below_is_counted_truly_and_by_reviewer(stage: Stage) -> None:
    from dianping.duties.models.duty import OUTSIDE_TARGETS
    from dianping.duties.selectors import owed_below

    top = stage.place.top
    found = owed_below(top, posts=[], office=False, day=NEW_YEAR)
    left = Duty.objects.filter(done_on=None, lapsed_on=None, opens__lte=NEW_YEAR).exclude(
        target__in=OUTSIDE_TARGETS
    )
    assert found.reviews == left.filter(kind="review").count()
    assert found.papers == left.filter(kind__in=("paper", "prepare")).count()
    days = [one.due for one in found.reviewers]
    assert days == sorted(days)
    for one in found.reviewers:
        assert one.left == left.filter(kind="review", owed_by=one.post).count()
    qi = Viewer(User.objects.get(username="qi"), NEW_YEAR)
    below = owed_below(stage.own.unit, posts=qi.post_ids, office=False, day=NEW_YEAR)
    assert not {one.post for one in below.reviewers} & set(qi.post_ids)
    inside = left.filter(kind="review", owed_by__organisation__path__startswith=stage.own.unit.path)
    assert below.reviews == inside.exclude(owed_by__in=qi.post_ids).count()


def test_what_those_above_owe_is_not_owed_from_below(stage: Stage) -> None:
    from dianping.duties.selectors import owed_below

    branch = stage.own.branch
    about = Duty.objects.filter(organisation=branch, kind="review", done_on=None, opens__lte=NEW_YEAR)
    assert about.exclude(owed_by__organisation=branch).exists(), "its superior owes a review of it"
    ning = Viewer(User.objects.get(username="ning"), NEW_YEAR)
    assert not owed_below(branch, posts=ning.post_ids, office=False, day=NEW_YEAR).any
    assert "下级欠的" not in stage.clients["ning"].get("/").content.decode()


def test_a_leader_stands_where_he_is_in_charge_not_at_his_contact_point(stage: Stage) -> None:
    place = stage.place
    factories.charge(place.leaders["苏岩"], place.letters_staff, kind=Charge.Kind.CONTACT)
    client = Client()
    client.force_login(factories.account(place.people["苏岩"], username="su"))
    assert f"，{place.sciences.name}。" in client.get("/").content.decode()


def test_a_deputy_in_charge_is_named_where_the_seat_is_vacant(stage: Stage) -> None:
    from dianping.duties.selectors import owed_below

    branch = stage.own.branch
    factories.vacate(branch, NEW_YEAR)
    seat = factories.secretarys_seat(branch).pk
    for wanted in ("", "冉小禾"):
        found = owed_below(stage.own.unit, posts=[], office=True, day=NEW_YEAR)
        assert [one.name for one in found.reviewers if one.post == seat] == [wanted]
        if not wanted:
            factories.act(stage.place.people["冉小禾"], branch, NEW_YEAR)
