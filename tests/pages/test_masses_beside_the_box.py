"""What the masses said stands beside the box, and a point goes into it: on the writing page, in the sitting, on pages."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dianping.accounts.models import User
from dianping.accounts.viewer import Viewer
from dianping.common.formkeys import new_form_key
from dianping.opinions.rules import presets
from dianping.opinions.services import SubjectPlan, destroy_box, merge_sayings
from dianping.pages.polls.shown.point_links import problem_url_of
from dianping.reviews.models import Problem
from tests import factories
from tests.glued import glued
from tests.opinions.polling import AFTER, Polling, answer, choosing, ready
from tests.pages.conftest import Stage
from tests.reviews.telling import NEW_YEAR

pytestmark = pytest.mark.django_db


def a_box(stage: Stage, *about: SubjectPlan, form: str = "opinion", forms: int = 12) -> Polling:
    found = ready(stage.place, about=about, form=presets()[form])
    subjects = found.poll.subjects.count()
    for code in found.codes[0][:forms]:
        answer(found, code, choosing(found.poll.sheet, subjects, words="食堂窗口排队太久"))
    if forms >= found.poll.least:
        found.open()
    return found


def a_point(found: Polling, text: str = "食堂排队久") -> Any:
    keys = found.poll.sayings.values_list("key", flat=True)
    question = found.poll.sayings.all()[0].question
    return merge_sayings(
        poll=found.poll, sayings=keys, text=text, subject=0, question=question, actor=factories.ACTOR
    )


def body(answer: Any) -> str:
    return glued(answer)


def sitting(stage: Stage) -> str:
    own = stage.own
    return f"/occasions/{own.occasion.pk}/sitting/?seat={own.open_duty.owed_by_id}"


def test_nobody_asked_too_few_and_figures_read_differently(stage: Stage) -> None:
    own, write = stage.own, f"/write/{stage.own.open_duty.pk}/"
    about = SubjectPlan(own.branch, own.open_duty.person)
    assert "没有征求过，或者还没有开箱。" in body(stage.clients["ning"].get(write))

    few = a_box(stage, about, forms=3)
    destroy_box(poll=few.fresh(), why="", today=AFTER, actor=factories.ACTOR)
    assert f"收回不足 {few.poll.least} 份，没有开箱" in body(stage.clients["ning"].get(write))

    a_box(stage, about, form="appraisal_member")
    page = body(stage.clients["ning"].get(write))
    assert "应参加 12 人，收回 12 份" in page
    assert "立足岗位履行职责情况：满意 12，比较满意 0，基本满意 0，不满意 0" in page
    assert "应参加 12 人，收回 12 份" in body(stage.clients["ning"].get(sitting(stage)))
    assert "应参加 12 人，收回 12 份" in body(
        stage.clients["ning"].get(f"/people/{own.open_duty.person_id}/")
    )


def test_a_point_is_taken_into_the_box_and_the_link_is_kept(stage: Stage) -> None:
    own, client = stage.own, stage.clients["ning"]
    point = a_point(a_box(stage, SubjectPlan(own.branch, own.open_duty.person)))
    write = f"/write/{own.open_duty.pk}/"
    assert f'data-take="{point.pk}"' in body(client.get(write))

    page = body(client.get(f"{write}?point={point.pk}"))
    assert "食堂排队久</textarea>" in page
    assert f'name="point-2" value="{point.pk}"' in page  # after the one the draft has
    assert "第 1 条</span>" in page
    assert "食堂排队久</textarea>" not in body(client.get(f"{write}?point=999999"))

    sent = {
        "mode": "collective",
        "regular": "1",
        "happened_on": "2011-01-05",
        "evaluation": "评价",
        "direction": "方向",
        "problem-1": "食堂排队久",
        "due-1": "2011-03-31",
        "point-1": str(point.pk),
        "version": str(own.draft.version),
        "form_key": new_form_key(),
    }
    kept = client.post(f"{write}draft/", sent)
    assert kept.status_code == 200
    state = re.search(
        r'<script id="targets" type="application/json">(.*?)</script>', body(client.get(sitting(stage)))
    )
    assert state is not None
    mine = next(t for t in json.loads(state[1]) if t["id"] == own.open_duty.pk)
    assert [(p["point"], p["from"]) for p in mine["problems"]] == [(point.pk, 1)]

    assert client.post(write, sent | {"version": kept["X-Version"]}).status_code == 302
    problem = Problem.objects.get(point=point.pk)
    assert problem.review.filed
    assert "来自群众意见第 1 条" in body(client.get(f"/reviews/{problem.review_id}/"))
    assert "群众意见第 1 条" in body(client.get(f"/rectification/{item_of(problem).pk}/"))
    assert f'data-take="{point.pk}"' not in body(client.get(f"/people/{own.open_duty.person_id}/"))


def item_of(problem: Problem) -> Any:
    from dianping.rectification.models import Item

    return Item.objects.get(problem=problem)


def test_a_point_about_somebody_else_is_refused_in_words(stage: Stage) -> None:
    point = a_point(a_box(stage, SubjectPlan(stage.other.branch)))
    own = stage.own
    answered = stage.clients["ning"].post(
        f"/write/{own.open_duty.pk}/draft/",
        {
            "mode": "collective",
            "regular": "1",
            "problem-1": "甲",
            "point-1": point.pk,
            "version": own.draft.version,
        },
    )
    assert answered.status_code == 422
    assert "不是对祁文提的" in body(answered)


def test_a_page_shows_what_was_asked_where_its_reader_reads(stage: Stage) -> None:
    """宁支书 has 祁书记 in his branch; what was asked of him as the unit's head lies above."""
    qi = stage.place.people["祁文"]
    a_point(a_box(stage, SubjectPlan(stage.own.unit, qi)), "作风有点急")
    assert "作风有点急" not in body(stage.clients["ning"].get(f"/people/{qi.pk}/"))
    for role in ("clerk", "gan", "qi"):
        assert "作风有点急" in body(stage.clients[role].get(f"/people/{qi.pk}/"))

    a_point(a_box(stage, SubjectPlan(stage.own.branch)), "活动太少")
    assert "活动太少" in body(
        stage.clients["ning"].get(f"/organisations/?organisation={stage.own.branch.code}")
    )


def test_forty_with_polls_cost_what_one_costs(stage: Stage) -> None:
    duty = stage.own.open_duty
    a_point(a_box(stage, SubjectPlan(stage.own.branch, duty.person)))
    stage.clients["ning"].get(sitting(stage))
    with CaptureQueriesContext(connection) as one:
        stage.clients["ning"].get(sitting(stage))
    people = [factories.member(f"新党员{n:02d}", stage.own.branch) for n in range(30)]
    factories.open_on(NEW_YEAR)
    for person in people[:3]:
        a_point(a_box(stage, SubjectPlan(stage.own.branch, person)))
    a_box(stage, *(SubjectPlan(stage.own.branch, person) for person in people), form="appraisal_organisation")
    with CaptureQueriesContext(connection) as forty:
        page = body(stage.clients["ning"].get(sitting(stage)))
    assert page.count("data-about=") > 30
    assert len(forty) <= len(one)


@pytest.mark.parametrize("on_file", [False, True])
def test_opinions_spoken_of_are_remarked_where_none_are_on_file(stage: Stage, on_file: bool) -> None:
    own = stage.own
    if on_file:
        a_box(stage, SubjectPlan(own.branch, own.open_duty.person))
    sent = {
        "mode": "collective",
        "regular": "1",
        "evaluation": "群众反映他2010年去了3次",
        "direction": "多去",
        "problem-1": "去得少",
        "version": own.draft.version,
    }
    address = f"/occasions/{own.occasion.pk}/sitting/{own.open_duty.pk}/draft/"
    told = stage.clients["ning"].post(address, sent).json()["remarks"]
    assert ("没有征求意见或评议的记录在案" in told) is not on_file


def test_the_address_of_the_writing_page_is_the_viewer_s(stage: Stage) -> None:
    own = stage.own
    viewers = {
        role: Viewer(User.objects.get(username=role), NEW_YEAR)
        for role in ("clerk", "ning", "qi", "bian", "auditor")
    }
    of_member = a_point(a_box(stage, SubjectPlan(own.branch, own.open_duty.person)))
    expected = f"/write/{own.open_duty.pk}/?point={of_member.pk}"
    assert {role: problem_url_of(of_member, viewer) for role, viewer in viewers.items()} == {
        "clerk": expected,
        "ning": expected,
        "qi": None,
        "bian": None,
        "auditor": None,
    }
    of_branch = a_point(a_box(stage, SubjectPlan(own.branch)))
    assert problem_url_of(of_branch, viewers["ning"]) is None
    found = problem_url_of(of_branch, viewers["qi"])
    assert found == f"/write/extra/?about=organisation&organisation={own.branch.code}&point={of_branch.pk}"
    assert "食堂排队久</textarea>" in body(stage.clients["qi"].get(found))
    of_many = a_point(a_box(stage, SubjectPlan(own.branch), SubjectPlan(own.unit)))
    assert problem_url_of(of_many, viewers["clerk"]) is None
