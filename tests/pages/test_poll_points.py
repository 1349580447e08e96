"""梳理: sayings become points; who may read what; by mouse, without a script."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dianping.common.formkeys import new_form_key
from dianping.common.models import AuditEntry
from dianping.opinions.models import Point, Poll, Saying
from dianping.opinions.selectors import stubs_of
from dianping.opinions.services import SubjectPlan
from dianping.pages.polls.shown.points import bundles_of, places_of
from tests import factories
from tests.factories import University
from tests.glued import glued
from tests.opinions.polling import AFTER
from tests.pages.polls import opened, sayings, signed_in
from tests.refused import codes_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(university: University, settings: Any) -> Poll:
    settings.STANDING_DAY = AFTER
    return opened(university)


def office(username: str = "wen") -> Client:
    return signed_in(factories.User.objects.get(username=username))


def send(found: Poll, path: str, **sent: Any) -> Any:
    return office().post(f"/opinions/{found.pk}/points/{path}", sent | {"form_key": new_form_key()})


def merged(found: Poll, count: int = 1, text: str = "食堂窗口少") -> Point:
    keys = [one.pk for one in sayings(found) if one.point_id is None][:count]
    assert send(found, "merge/", sayings=keys, text=text).status_code == 302
    return Point.objects.latest("pk")


def test_ticked_sayings_become_a_point_of_their_question(found: Poll) -> None:
    point = merged(found, 3)
    assert (point.text, point.question, point.subject, point.sayings.count()) == (
        "食堂窗口少",
        "problems",
        0,
        3,
    )
    text = glued(office().get(f"/opinions/{found.pk}/points/"))
    assert "原话 12 条，归并成 1 条意见" in text
    assert text.count("data-saying ") == 9


def test_a_point_is_never_a_saying_as_it_was_written(found: Poll) -> None:
    one = sayings(found)[0]
    for text, says in (("", "没有写梳理后的意见"), (f" {one.text}。", "一字不差")):
        answer = send(found, "merge/", sayings=[one.pk], text=text)
        assert answer.status_code == 422
        assert says in glued(answer)
    assert not Point.objects.exists()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"text": "意见"}, "还没有勾选原话"),
        ({"sayings": ["x"], "text": "意见"}, "勾选的原话没有认出来"),
        ({"sayings": ["12345"], "text": "意见"}, "没有选要归并的原话"),
        ({"sayings": [str(2**63)], "text": "意见"}, "勾选的原话没有认出来"),
    ],
)
def test_what_cannot_be_merged_is_told(found: Poll, sent: dict[str, Any], says: str) -> None:
    answer = send(found, "merge/", **sent)
    assert answer.status_code == 422
    assert says in glued(answer)


def test_several_sayings_need_words_and_stay_ticked(found: Poll) -> None:
    keys = [one.pk for one in sayings(found)][:2]
    answer = send(found, "merge/", sayings=keys, text=" ")
    assert answer.status_code == 422
    assert "opinions.point-without-words" in codes_on(answer)
    assert glued(answer).count(" checked") == 2


def test_sayings_join_a_point(found: Poll) -> None:
    point = merged(found)
    keys = [one.pk for one in sayings(found) if one.point_id is None][:2]
    send(found, "merge/", sayings=keys, text="", into=point.pk)
    assert point.sayings.count() == 3
    assert Point.objects.count() == 1


def test_like_sayings_are_offered_together(found: Poll) -> None:
    bundles = bundles_of(found, places_of(found)[0])
    assert [
        {one.text for one in bundle.sayings} for bundle in bundles if bundle.hint and len(bundle.sayings) == 6
    ] == [{"食堂窗口排队太久", "食堂的窗口排队太久"}]
    text = glued(office().get(f"/opinions/{found.pk}/points/"))
    assert "写法相近的 6 条，看一看是不是一回事" in text


def test_what_says_nothing_is_offered_first_and_set_aside_at_once(
    university: University, settings: Any
) -> None:
    settings.STANDING_DAY = AFTER
    found = opened(university, said=("无。", "食堂窗口排队太久", "没有意见"))
    first = bundles_of(found, places_of(found)[0])[0]
    assert {one.text for one in first.sayings} == {"无。", "没有意见"}
    page = glued(office().get(f"/opinions/{found.pk}/points/"))
    assert "看来没有写具体意见的 8 条" in page
    place = places_of(found)[0].key
    sent = send(found, "merge/", sayings=[one.pk for one in first.sayings], into=first.why, place=place)
    assert sent["Location"].endswith(f"?place={place}")
    assert not Point.objects.exists()
    text = glued(office().get(sent["Location"]))
    assert "没有写具体意见的 8 条，没有列为意见；还有 4 条原话未归并" in text
    assert places_of(found)[0].undone == 4
    assert AuditEntry.objects.filter(act="不列为意见").count() == 1


def test_what_was_set_aside_is_taken_back(found: Poll) -> None:
    keys = [one.pk for one in sayings(found)][:3]
    send(found, "merge/", sayings=keys, into="elsewhere")
    assert Saying.objects.filter(aside="elsewhere").count() == 3
    assert send(found, "back/", saying=keys[0]).status_code == 302
    assert Saying.objects.filter(aside="elsewhere").count() == 2
    assert send(found, "back/", saying=keys[0]).status_code == 404, "it is not aside any more"
    send(found, "merge/", sayings=keys[1:2], text="食堂的窗口少")
    assert Saying.objects.filter(aside="elsewhere").count() == 1
    assert Point.objects.get().sayings.count() == 1


@pytest.mark.parametrize("into", ["other", "0", "9" * 19 + "9"])
def test_a_reason_that_is_none_is_refused(found: Poll, into: str) -> None:
    answer = send(found, "merge/", sayings=[sayings(found)[0].pk], into=into)
    assert answer.status_code == 422
    assert "归入的那一条没有认出来" in glued(answer)
    assert not Saying.objects.exclude(aside="").exists()


def test_a_saying_under_a_point_is_not_set_aside(found: Poll) -> None:
    point = merged(found)
    key = point.sayings.get().pk
    answer = send(found, "merge/", sayings=[key], into="nothing")
    assert answer.status_code == 422
    assert "opinions.no-sayings-chosen" in codes_on(answer)


def test_whoever_holds_a_stub_reads_how_many_were_set_aside_and_why(found: Poll) -> None:
    send(found, "merge/", sayings=[one.pk for one in sayings(found)][:3], into="elsewhere")
    said = glued(Client().post("/o/stub/", {"stub": stubs_of(found)[0]}))
    assert "另有不属于这次征求的范围的 3 条，没有列为意见" in said


def test_a_saying_is_moved_to_another_point_or_to_none(found: Poll) -> None:
    one, other = merged(found, 2), merged(found, 1, "闭馆太早")
    key = one.sayings.first()
    assert key is not None
    send(found, f"{one.pk}/move/", saying=key.pk, to=other.pk)
    assert other.sayings.count() == 2
    send(found, f"{other.pk}/move/", saying=key.pk, to="")
    assert Saying.objects.get(pk=key.pk).point is None


def test_a_point_is_reworded_and_answered(found: Poll) -> None:
    point = merged(found)
    assert send(found, f"{point.pk}/reword/", text="食堂窗口太少", version=1).status_code == 302
    assert send(found, f"{point.pk}/reply/", reply="三月加两个窗口。", version=2).status_code == 302
    point.refresh_from_db()
    assert (point.text, point.reply, point.replied_on) == ("食堂窗口太少", "三月加两个窗口。", AFTER)
    text = glued(office().get(f"/opinions/{found.pk}/points/"))
    assert "三月加两个窗口。" in text
    stale = send(found, f"{point.pk}/reply/", reply="不加。", version=2)
    assert stale.status_code == 422
    assert "opinions.point-changed-meanwhile" in codes_on(stale)


def test_a_point_that_names_a_person_gets_a_hint(found: Poll) -> None:
    point = merged(found, 1, "冉小禾答疑太少")
    assert "写到了冉小禾" in glued(office().get(f"/opinions/{found.pk}/points/"))
    assert "写到了冉小禾" in glued(office().get(f"/opinions/{found.pk}/points/{point.pk}/"))


def test_the_superiors_office_reads_sayings_and_merges_nothing(found: Poll) -> None:
    client = office("shangguan")
    text = glued(client.get(f"/opinions/{found.pk}/points/"))
    assert "食堂窗口排队太久" in text
    assert 'name="sayings"' not in text
    keys = [sayings(found)[0].pk]
    assert (
        client.post(f"/opinions/{found.pk}/points/merge/", {"sayings": keys, "text": "x"}).status_code == 404
    )


def test_a_secretary_reads_points_and_no_saying(found: Poll, university: University) -> None:
    point = merged(found, 2)
    qi = signed_in(factories.account(university.people["祁文"], username="qi"))
    for path in ("", f"{point.pk}/"):
        text = glued(qi.get(f"/opinions/{found.pk}/points/{path}"))
        assert "食堂窗口少" in text
        assert "食堂窗口排队太久" not in text
        assert "图书馆周末闭馆太早" not in text
    assert (
        qi.post(f"/opinions/{found.pk}/points/{point.pk}/reply/", {"reply": "x", "version": 1}).status_code
        == 404
    )


def test_the_reviewed_reads_what_is_about_himself(university: University, settings: Any) -> None:
    settings.STANDING_DAY = AFTER
    about = tuple(
        SubjectPlan(university.letters_staff, university.people[name]) for name in ("宁守真", "冉小禾")
    )
    found = opened(university, form="appraisal_member", about=about)
    one = Saying.objects.filter(poll=found).first()
    assert one is not None
    assert one.subject == 0, "asked once of the whole form"
    point = merged(found, 1, "答疑太少")
    ran = signed_in(factories.account(university.people["冉小禾"], username="ran"))
    assert "答疑太少" not in glued(ran.get(f"/opinions/{found.pk}/points/"))
    assert ran.get(f"/opinions/{found.pk}/points/{point.pk}/").status_code == 404


def test_more_sayings_and_points_cost_no_more_queries(found: Poll) -> None:
    client, counted = office(), []
    for more in (1, 4):
        for _ in range(more):
            merged(found)
        client.get(f"/opinions/{found.pk}/points/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/opinions/{found.pk}/points/")
        counted.append(len(queries))
    assert counted == [18, 18]
