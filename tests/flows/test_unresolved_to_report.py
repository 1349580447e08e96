"""Walk (b): a problem stays unresolved, a report is owed, and the next review asks for it. 豫创组办发〔2010〕26号 四.1."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from dianping.accounts.models import User
from dianping.common.formkeys import new_form_key
from dianping.duties.models import Duty, Kind
from dianping.rectification.models import Item
from dianping.reviews.models import Review
from tests import factories
from tests.factories import University
from tests.reviews.telling import NEW_YEAR, duty_about

SAID = {
    "mode": "on_site",
    "regular": "1",
    "happened_on": "2011-01-05",
    "evaluation": "支部活动正常。",
    "achievements": "办了两件实事。",
    "ground_absence": "征求意见的票箱还没有开。",
    "problem-1": "学习不经常",
    "problem-2": "联系群众不够",
    "direction": "按月安排学习。",
    "version": "0",
}


@pytest.fixture
def players(opened: University, settings: Any) -> dict[str, Client]:
    settings.STANDING_DAY = NEW_YEAR
    factories.open_on(NEW_YEAR)
    found = {}
    for username, name in (("qi", "祁文"), ("ning", "宁守真")):
        client = Client()
        client.force_login(factories.account(opened.people[name], username=username))
        found[username] = client
    return found


def step(client: Client, item: Item, name: str, **more: str) -> None:
    item.refresh_from_db()
    sent = {
        "step": name,
        "version": str(item.version),
        "text": "看过，没有做。",
        "form_key": new_form_key(),
    } | more
    answer = client.post(f"/rectification/{item.pk}/step/", sent)
    assert answer.status_code == 302, answer.content.decode()[:200]


def review(client: Client, duty: Duty, **more: str) -> Any:
    """Sent as the page asks: what is still open of the time before is met too."""
    earlier = Item.objects.filter(organisation=duty.organisation, person=duty.person).exclude(state="closed")
    met = {f"found-{item.problem_id}": "better" for item in earlier}
    return client.post(f"/write/{duty.pk}/", SAID | met | {"form_key": new_form_key()} | more)


def to_the_second_quarter(place: University, settings: Any) -> Duty:
    settings.STANDING_DAY = date(2011, 4, 6)
    factories.open_on(settings.STANDING_DAY)
    return Duty.objects.get(
        organisation=place.letters_staff, target="branch", window__rule="quarter", opens=date(2011, 4, 1)
    )


def two_problems_unresolved(place: University, players: dict[str, Client]) -> Duty:
    """祁书记 reviews 宁支书's branch and finds both problems not well resolved; the one report they share."""
    review(players["qi"], duty_about(place.letters_staff, "branch"))
    items = list(Item.objects.order_by("problem__number"))
    assert [i.problem.text for i in items] == ["学习不经常", "联系群众不够"]
    step(players["ning"], items[0], "plan", measure="每周一学", due="2011-02-28")
    for item in items:
        step(players["qi"], item, "unresolved")
    return Duty.objects.get(kind=Kind.REPORT)


def test_two_unresolved_problems_are_one_report_on_the_desk_of_the_secretary(
    opened: University, players: dict[str, Client]
) -> None:
    report = two_problems_unresolved(opened, players)
    assert (report.due, report.owed_by) == (
        date(2011, 3, 31),
        factories.secretarys_seat(opened.letters_staff),
    )
    assert "专门书面报告" in players["ning"].get("/duties/").content.decode()
    form = players["ning"].get(f"/rectification/report/{report.pk}/").content.decode()
    for words in ("学习不经常", "联系群众不够", "每周一学", "没有解决的原因"):
        assert words in form


def test_the_next_review_is_refused_without_the_report_and_taken_with_a_reason(
    opened: University, players: dict[str, Client], settings: Any
) -> None:
    two_problems_unresolved(opened, players)
    duty = to_the_second_quarter(opened, settings)
    page = players["qi"].get(f"/write/{duty.pk}/").content.decode()
    assert "专门书面报告还没有交" in page
    refused = review(players["qi"], duty, happened_on="2011-04-06")
    words = refused.content.decode()
    assert "专门书面报告" in words
    assert "还没有交" in words
    assert "支部活动正常。" in words
    assert Review.objects.filter(filed=True).count() == 1
    duty.refresh_from_db()
    assert duty.done_on is None

    draft = Review.objects.filter(filed=False).first()
    taken = review(
        players["qi"],
        duty,
        happened_on="2011-04-06",
        report_absence="支部书记住院，报告顺延到月底。",
        version=str(draft.version if draft else 0),
    )
    assert taken.status_code == 302
    newest = Review.objects.filter(filed=True).latest("pk")
    assert newest.report_absence == "支部书记住院，报告顺延到月底。"
    duty.refresh_from_db()
    assert duty.on_time is True
    assert Duty.objects.get(kind=Kind.REPORT).done_on is None, "the report is still owed"


def test_the_reason_is_read_where_the_review_and_the_log_are_read(
    opened: University, players: dict[str, Client], settings: Any
) -> None:
    """A recorded reason nobody can read is no record: it stands on the review and in 跟踪整改落实记录表."""
    report = two_problems_unresolved(opened, players)
    duty = to_the_second_quarter(opened, settings)
    review(players["qi"], duty, happened_on="2011-04-06", report_absence="支部书记住院，报告顺延。")
    newest = Review.objects.filter(filed=True).latest("pk")
    assert "支部书记住院" in players["qi"].get(f"/reviews/{newest.pk}/").content.decode()
    log = players["qi"].get("/ledgers/2011Q1/rectification/").content.decode()
    assert report.pk
    assert "支部书记住院" in log


def test_the_next_review_is_taken_after_the_report(
    opened: University, players: dict[str, Client], settings: Any
) -> None:
    report = two_problems_unresolved(opened, players)
    settings.STANDING_DAY = date(2011, 3, 20)
    sent = players["ning"].post(
        f"/rectification/report/{report.pk}/",
        {"text": "两个问题没有解决的原因和下一步：……三月底前补齐。", "form_key": new_form_key()},
    )
    assert sent.status_code == 302
    report.refresh_from_db()
    assert (report.done_on, report.on_time) == (date(2011, 3, 20), True)
    assert "三月底前补齐" in players["qi"].get(f"/rectification/report/{report.pk}/").content.decode()
    duty = to_the_second_quarter(opened, settings)
    assert review(players["qi"], duty, happened_on="2011-04-06").status_code == 302
    duty.refresh_from_db()
    assert duty.on_time is True


def test_the_secretarys_own_review_is_not_held_up_by_his_branchs_report(
    opened: University, players: dict[str, Client], settings: Any
) -> None:
    """The branch and its secretary are two targets (rule 13); each waits for its own report alone."""
    two_problems_unresolved(opened, players)
    assert User.objects.filter(username="qi").exists()
    settings.STANDING_DAY = date(2011, 1, 6)
    duty = duty_about(opened.letters_staff, "branch_secretary")
    assert review(players["qi"], duty, happened_on="2011-01-06").status_code == 302


def test_when_both_are_put_right_nothing_is_owed_any_more(
    opened: University, players: dict[str, Client]
) -> None:
    report = two_problems_unresolved(opened, players)
    for item in Item.objects.all():
        step(players["ning"], item, "plan", measure="每周一学", due="2011-02-28")
        step(players["ning"], item, "request", text="做完了")
        step(players["qi"], item, "close", text="看过，属实")
    report.refresh_from_db()
    assert report.lapsed_on == NEW_YEAR
    assert players["ning"].get(f"/rectification/report/{report.pk}/").status_code == 404
