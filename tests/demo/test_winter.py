"""The invented winter is told whole: every room is alive, and every kind of waiting stands on somebody's desk, before anybody
signs in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dianping.accounts.models import User
from dianping.accounts.viewer import Viewer
from dianping.accounts.waiting import Desk, kinds_of_waiting
from dianping.acts import waiting
from dianping.acts.waiting import bands_of
from dianping.bulletins.models import Bulletin, ModelCase
from dianping.common.records.checking import check
from dianping.demo import masses, sample
from dianping.demo.sample import STANDS, load_sample
from dianping.demo.sample_papers import PAPER
from dianping.demo.sample_polls import sample_stub
from dianping.demo.university import CAST
from dianping.duties.models import Duty, Kind
from dianping.notices.models import Notice, Receipt
from dianping.opinions.models import Point, Poll
from dianping.orgs.models import Organisation
from dianping.programmes.selectors import adopted_by_number
from dianping.rectification.models import Admonition, Extension, WrittenReport
from dianping.reviews.models import Draw, Occasion, Review
from tests import kept
from tests.given import SEED
from tests.long import long

meeting = sample.branch_meeting
pytestmark = [pytest.mark.slow, pytest.mark.django_db]

# Kinds of waiting that no desk of the sample has a line of, with the reason.
NOBODY_WAITS = {
    "rectification.own_report": "普通党员不设账号（决定 0012），报告由支部照本人的话代录",
}


def shorter(branch: Organisation, *told: Any, share: float, **more: Any) -> None:
    """A meeting; away from 宁支书's branch a tenth of its reviews, with DIANPING_LONG=1 all of them."""
    home = branch.name == CAST["宁致远"].where
    meeting(branch, *told, share=share * (1 if home else long(0.1, 1)), **more)


@pytest.fixture(autouse=True)
def told(settings: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The sample, on its day: sign-in names and passwords."""
    monkeypatch.setattr(sample, "branch_meeting", shorter)
    settings.STANDING_DAY = STANDS
    found: dict[str, str] = kept.standing("the sample", load_sample)
    return found


@pytest.fixture
def page() -> Callable[[str, str], str]:
    """A page as one of the sample's accounts sees it."""

    def seen(username: str, address: str) -> str:
        client = Client()
        client.force_login(User.objects.get(username=username))
        answered = client.get(address)
        assert answered.status_code == 200, address
        return str(answered.content.decode())

    return seen


def own_place(viewer: Viewer) -> Organisation:
    """The place a desk speaks of when its owner signs in."""
    if viewer.posts:
        return viewer.posts[0].organisation
    (grant,) = viewer.grants
    assert grant.organisation is not None
    return grant.organisation


def test_every_kind_of_waiting_stands_on_a_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "SHOWN", dict.fromkeys(waiting.SHOWN, 1000))
    monkeypatch.setattr(waiting, "OF_ONE_KIND", 1000)
    seen: set[str] = set()
    for user in User.objects.select_related("person"):
        viewer = Viewer(user, STANDS)
        bands = bands_of(Desk(viewer, own_place(viewer)))
        seen |= {line.kind for band in bands for line in band.lines}
    known = {kind.key for kind in kinds_of_waiting()}
    assert sorted(known - seen - set(NOBODY_WAITS)) == [], "let the sample tell of it, or say why it cannot"
    assert sorted(set(NOBODY_WAITS) & seen) == [], "it stands on a desk now"


def test_both_papers_are_in_the_register_read_and_in_force(page: Callable[[str, str], str]) -> None:
    assert PAPER.read_text("utf-8") == SEED.read_text("utf-8")
    top = Organisation.objects.get(parent=None)
    papers = {notice.number: notice for notice in Notice.objects.filter(within=None)}
    for number in ("豫创组办发〔2010〕26号", "平学院创组文〔2010〕1号"):
        assert not papers[number].lines.filter(state="proposed").exists()
        assert adopted_by_number(number, organisation=top) is not None
        assert number in page("wen", "/notices/")
    signed = Receipt.objects.filter(notice=papers["平学院创组文〔2010〕1号"]).values_list(
        "signed_at", flat=True
    )
    assert (len(signed), sum(moment is None for moment in signed)) == (22, 2)
    owed = Duty.objects.filter(window__rule="round", lapsed_on=None).exclude(owed_by=None)
    assert owed.exclude(target="contact").count() == 4510


def test_the_hearing_has_its_day_and_a_running_order() -> None:
    hearing = Occasion.objects.get(kind=Occasion.Kind.HEARING)
    assert hearing.window == Duty.objects.get(kind=Kind.HEARING).window
    assert sorted(hearing.attendance.values_list("place", flat=True)) == list(range(1, 23))
    assert len(hearing.agenda.splitlines()) == 4


def test_who_came_is_noted_of_every_meeting_but_the_one_that_waits_for_it() -> None:
    held = Occasion.objects.filter(held_on__lt=STANDS).exclude(planned_by="")
    unnoted = [one for one in held if not one.attendance.filter(present=True).exists()]
    assert [one.organisation.name for one in unnoted] == [CAST["边子昂"].where]
    assert held.count() > 20
    for review in Review.objects.filter(filed=True, mode="collective", person__isnull=False):
        assert review.occasion is not None
        assert review.occasion.attendance.get(person=review.person).present, (
            "reviewed together, so he was there"
        )


def test_what_was_drawn_was_reviewed_and_each_side_has_a_draw_to_go_on_with() -> None:
    held = Draw.objects.exclude(closed_on=None).get()
    drawn = {int(code[1:]) for code in held.drawn}
    assert set(Review.objects.filter(mode="random", filed=True).values_list("person", flat=True)) == drawn
    waits = Draw.objects.filter(closed_on=None)
    assert sorted((bool(d.superior_seal), bool(d.own_seal), bool(d.superior_seed)) for d in waits) == [
        (False, False, False),
        (True, False, False),
        (True, True, True),
    ]


def test_problems_talks_examples_and_bulletins_stand_at_every_step() -> None:
    assert set(ModelCase.objects.values_list("state", flat=True)) == {
        "raised", "returned", "checked", "published",
    }  # fmt: skip
    issued = Bulletin.objects.get(state="issued")
    assert issued.cases.get().state == "published"
    assert sorted(
        bool(words) for words in Bulletin.objects.filter(state="draft").values_list("words", flat=True)
    ) == [
        False,
        True,
    ]
    assert Admonition.objects.get().items.count() == 2
    assert Extension.objects.get().granted is None
    assert WrittenReport.objects.get().read_on is None


def test_the_sample_tells_of_four_polls(page: Callable[[str, str], str]) -> None:
    states = dict(Poll.objects.values_list("title", "state"))
    assert states == {
        masses.OPINIONS_TITLE: "opened",
        masses.APPRAISAL_TITLE: "opened",
        masses.PAPER_TITLE: "ready",
        masses.PLANNED_TITLE: "planned",
    }
    assert [bool(point.reply) for point in Point.objects.order_by("number")] == [True, True, False, False]
    assert not any(Poll.objects.filter(state="opened").values_list("faults", flat=True))

    answered = Client().post("/o/stub/", {"stub": sample_stub()}).content.decode()
    assert masses.OPINIONS[0].point in answered
    assert masses.OPINIONS[0].reply in answered

    listed = page("wen", "/opinions/")
    assert all(title in listed for title in states)


def test_every_record_is_vouched_for() -> None:
    assert check()[1] == []
