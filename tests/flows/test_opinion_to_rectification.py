"""Walk: what the masses said becomes a problem, is put right, is asked about again, and whoever said it reads how it stands."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from dianping.accounts.models import Grant, User
from dianping.accounts.services import grant_role
from dianping.accounts.viewer import Viewer
from dianping.acts.asking import open_and_follow
from dianping.common.formkeys import new_form_key
from dianping.opinions.models import Poll
from dianping.opinions.rules import Answers
from dianping.opinions.services import SubjectPlan, merge_sayings, reply_to_point
from dianping.pages.polls.shown.point_links import problem_url_of
from dianping.rectification.models import Item
from tests import factories
from tests.factories import University
from tests.glued import glued
from tests.opinions.polling import AFTER, Polling, acting, answer, ready
from tests.reviews.telling import at

pytestmark = pytest.mark.django_db

DUE, ASKED, LAST, OPENED = date(2011, 1, 31), date(2011, 2, 1), date(2011, 2, 8), date(2011, 2, 9)


@pytest.fixture
def players(opened: University) -> dict[str, Client]:
    """祁书记 who reviews the branch, 宁支书 who heads it, the office."""
    users = {
        username: factories.account(opened.people[name], username=username)
        for username, name in (("qi", "祁文"), ("ning", "宁守真"))
    }
    users["clerk"] = factories.account(username="clerk")
    grant_role(
        user=users["clerk"],
        role=Grant.Role.CLERK,
        organisation=opened.top,
        since=factories.LONG_AGO,
        actor=factories.ACTOR,
    )
    found = {}
    for username, user in users.items():
        found[username] = Client()
        found[username].force_login(user)
    return found


def step(client: Client, item: Item, name: str, **more: str) -> Item:
    item.refresh_from_db()
    sent = {
        "step": name,
        "version": str(item.version),
        "text": "看过现场。",
        "form_key": new_form_key(),
    } | more
    assert client.post(f"/rectification/{item.pk}/step/", sent).status_code == 302
    item.refresh_from_db()
    return item


def told(stub: str) -> str:
    """What whoever holds a stub reads, without signing in."""
    return Client().post("/o/stub/", {"stub": stub}).content.decode()


def test_from_what_was_said_to_what_was_done(
    opened: University, players: dict[str, Client], settings: Any
) -> None:
    # The masses are asked about the branch; the box is opened, what they said becomes one point.
    box = ready(opened, about=(SubjectPlan(opened.letters_staff),))
    stubs = [answer(box, code) for code in box.codes[0]]
    poll = box.open()
    settings.STANDING_DAY = AFTER
    keys = poll.sayings.filter(question="good_deeds").values_list("key", flat=True)
    point = merge_sayings(
        poll=poll, sayings=keys, text="食堂排队久", subject=0, question="good_deeds", actor=factories.ACTOR
    )
    assert "食堂排队久" in told(stubs[0])
    assert "还没有答复" in told(stubs[0])

    # 祁书记 takes it into his review of the branch.
    page = problem_url_of(point, Viewer(User.objects.get(username="qi"), AFTER))
    assert page is not None
    assert "食堂排队久</textarea>" in players["qi"].get(page).content.decode()
    said = {
        "mode": "on_site",
        "regular": "1",
        "happened_on": "2011-01-10",
        "evaluation": "群众反映食堂排队久，1月看过两次。",
        "achievements": "办了两件实事。",
        f"ground-poll-{poll.pk}": "on",
        "problem-1": "食堂排队久",
        "owner-1": "宁守真",
        "due-1": str(DUE),
        "point-1": str(point.pk),
        "direction": "开饭前加窗口。",
        "version": "0",
        "form_key": new_form_key(),
    }
    assert players["qi"].post(page.partition("?")[0], said).status_code == 302
    item = Item.objects.get(problem__point=point.pk)
    assert "已列入整改，期限 1月31日" in told(stubs[1])
    page = players["clerk"].get(f"/opinions/{poll.pk}/points/{point.pk}/").content.decode()
    assert "已列入整改，期限 1月31日" in page

    # It is planned and asked to be closed by 宁支书, closed by somebody else.
    step(players["ning"], item, "plan", measure="加两个窗口", due=str(DUE))
    step(players["ning"], item, "request")
    step(players["qi"], item, "close")
    assert item.state == "closed"
    assert f"已销号（{AFTER}）" in told(stubs[2])

    # When the promised day has come the office asks whether it was really put right.
    settings.STANDING_DAY = ASKED
    sent = {
        "items": [item.pk],
        "title": "二月回访",
        "opens": str(ASKED),
        "closes": str(LAST),
        "others": "就餐师生，8",
        "form_key": new_form_key(),
    }
    asking = f"/rectification/ask/?organisation={opened.letters.code}"
    assert players["clerk"].post(asking, sent).status_code == 302
    again = Polling(Poll.objects.get(title="二月回访"), box.unit, box.superior)
    again.freeze(ASKED)
    again.take_keys(ASKED)
    again.issue()
    for n, code in enumerate(again.codes[0]):
        answer(again, code, Answers({(0, f"item_{item.pk}"): int(n == 3)}, {}), today=ASKED)

    # One says no: at the opening the problem is taken up again, and whoever said it reads so.
    opened_poll = open_and_follow(
        poll=again.poll,
        read=again.read(),
        moment=at(OPENED),
        actor=acting(again.unit),
        witness=again.superior.username,
    )
    assert opened_poll.state == Poll.State.OPENED
    item.refresh_from_db()
    assert (item.state, item.closed_on) == ("in_progress", None)
    settings.STANDING_DAY = OPENED
    assert "办好了 7 份，没有办好 1 份" in glued(players["qi"].get(f"/rectification/{item.pk}/"))
    assert "群众意见第 1 条" in glued(players["qi"].get(f"/rectification/{item.pk}/"))
    assert "整改中" in told(stubs[3])
    reply_to_point(point=point, reply="再加两个窗口。", version=1, today=OPENED, actor=factories.ACTOR)
    assert "再加两个窗口。" in told(stubs[3])
