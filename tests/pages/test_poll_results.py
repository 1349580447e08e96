"""The opened result: votes beside shares, what is too small apart from what is nought, sentences, the report."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dianping.opinions.models import Poll, Saying, Stub
from dianping.opinions.rules import shown_stub
from dianping.opinions.services import GroupPlan, SubjectPlan, merge_sayings
from dianping.pages.polls.shown.result import PollResult
from dianping.pages.polls.shown.words import bounds_of, most_voted, validity_of
from tests import factories
from tests.factories import University
from tests.glued import glued
from tests.opinions.polling import AFTER, answer
from tests.pages.polls import opened, poll, sayings, send, signed_in

pytestmark = pytest.mark.django_db
GROUPS = (
    GroupPlan("学生", inside=False, size=7),
    GroupPlan("教师", inside=False, size=6),
    GroupPlan("工友", inside=False, size=5),
)


@pytest.fixture
def today(settings: Any) -> date:
    settings.STANDING_DAY = AFTER
    return AFTER


def reader() -> Client:
    return signed_in(factories.User.objects.get(username="wen"))


def page(found: Poll, query: str = "") -> str:
    answer = reader().get(f"/opinions/{found.pk}/result/{query}")
    assert answer.status_code == 200
    return glued(answer)


def test_votes_stand_beside_shares_that_are_not_bent(university: University, today: date) -> None:
    found = opened(university)
    line = PollResult(found).tables(1)[0].lines[0]
    assert [(share.votes, f"{share.percent:.1f}") for share in line.shares] == [
        (8, "66.7"),
        (3, "25.0"),
        (0, "0.0"),
        (1, "8.3"),
    ]
    text = page(found)
    assert "8 <small>66.7%</small>" in text
    assert "参加率</dt><dd>100.0%" in text
    assert "按本表的规则，这次结果有效。" in text


def test_abstentions_have_a_column_and_no_part_in_the_base(university: University, today: date) -> None:
    found = poll(university)
    send(found, grades=(0,) * 8)
    for code in found.codes[0][8:]:
        from dianping.opinions.rules import Answers

        answer(found, code, Answers(words={(0, "problems"): "没有意见"}))
    line = PollResult(found.open()).tables(1)[0].lines[0]
    assert (line.abstained, line.cast, line.shares[0].percent) == (4, 8, Decimal("100.0"))


def test_too_few_looks_different_from_none_and_from_nought(university: University, today: date) -> None:
    found = poll(university, groups=GROUPS)
    codes = found.codes
    found.codes = {0: codes[0], 1: codes[1][:2]}
    send(found, grades=(0,) * 9)
    text = page(found.open())
    assert '<td class="withheld" colspan="5"><span>不足 5 份</span></td>' in text
    assert ">0 <small>0.0%</small>" in text


def test_a_scope_without_forms_says_so(university: University, today: date) -> None:
    found = opened(university)
    table = PollResult(found).tables(1)[0]
    from dataclasses import replace

    assert replace(table.lines[0], withheld="没有收到").nothing_came
    assert not replace(table.lines[0], withheld="不足 5 份").nothing_came


def test_a_vote_short_of_its_quorum_is_told_void(university: University, today: date) -> None:
    found = opened(university, grades=(0,) * 5)
    counts, told = validity_of(found)
    assert not counts
    assert "没有超过半数" in "".join(told)
    assert "这次无效" in page(found)


def test_faults_are_told_with_the_result(university: University, today: date) -> None:
    found = opened(university)
    Poll.objects.filter(pk=found.pk).update(faults=["票箱一行被改动过。"])
    assert "票箱一行被改动过。" in page(found)


def report(university: University, grades: tuple[int, ...], sizes: tuple[int, int] = (6, 6)) -> Poll:
    """述职 of two secretaries: A and B ballots."""
    about = tuple(SubjectPlan(university.letters, university.people[name]) for name in ("祁文", "白露生"))
    groups = (GroupPlan("A", inside=False, size=sizes[0]), GroupPlan("B", inside=False, size=sizes[1]))
    return opened(university, form="report", groups=groups, about=about, grades=grades)


def test_the_score_is_weighed_over_the_classes(university: University, today: date) -> None:
    found = report(university, (0,) * 10 + (1,) * 10, (10, 10))
    line = PollResult(found).tables(1)[0].lines[0]
    assert (line.mean, line.score) == (Decimal("8.5"), Decimal("8.8"))
    assert "加权得分" in page(found)


def test_there_is_no_score_where_a_class_is_withheld(university: University, today: date) -> None:
    found = report(university, (0,) * 13, (10, 10))
    result = PollResult(found)
    assert result.tables(1)[0].lines[0].score is None
    assert result.classes_unweighed
    assert "所以不计加权得分" in page(found)


def test_floors_are_held_against_the_grade_most_voted(university: University, today: date) -> None:
    found = report(university, (0,) * 20, (10, 10))
    told = "".join(bounds_of(found, PollResult(found), list(found.subjects.all())))
    assert "参评对象数 2，“较好”及以下最少 1 名" in told
    assert "较好及以下 0 人" in told
    assert most_voted([3, 3, 1]) == 1


def test_several_subjects_stand_in_one_table_and_one_is_shown_whole(
    university: University, today: date
) -> None:
    found = report(university, (0,) * 20, (10, 10))
    text = page(found, "?subject=2")
    assert "<h2>白露生</h2>" in text
    assert 'href="?subject=1#subject">祁文</a>' in text
    assert reader().get(f"/opinions/{found.pk}/result/?subject=3").status_code == 404


def test_a_reviewed_person_sees_his_own_result_alone(university: University, today: date) -> None:
    found = report(university, (0,) * 20, (10, 10))
    bai = signed_in(factories.account(university.people["白露生"], username="bai"))
    text = glued(bai.get(f"/opinions/{found.pk}/result/"))
    assert "白露生" in text
    assert "祁文" not in text
    assert bai.get(f"/opinions/{found.pk}/result/?subject=1").status_code == 404
    assert bai.get(f"/opinions/{found.pk}/paper/").status_code == 404


def test_before_the_opening_there_is_no_result(university: University, today: date) -> None:
    found = poll(university)
    for path in ("result/", "stubs/", "points/", "result/file/xlsx/"):
        assert signed_in(found.unit).get(f"/opinions/{found.poll.pk}/{path}").status_code == 404


def test_the_last_poll_is_set_beside_it_where_the_people_are_the_same(
    university: University, today: date
) -> None:
    opened(university, title="冬季评议")
    found = opened(university, title="春季评议", on=AFTER + timedelta(30), grades=(0,) * 12)
    text = page(found)
    assert "冬季评议" in text
    assert "两次应参加的人相同，12 人。" in text
    assert text.index(">上次<") < text.index(">这次<")


def test_where_few_people_differ_the_page_says_why_there_is_no_comparison(
    university: University, today: date
) -> None:
    opened(university, title="冬季评议")
    found = opened(
        university,
        on=AFTER + timedelta(30),
        groups=(GroupPlan("群众", inside=False, size=13),),
        grades=(0,) * 13,
    )
    text = page(found)
    assert "只差 1 人，不足 5 人" in text
    assert ">上次<" not in text


def test_another_form_or_subject_is_not_compared(university: University, today: date) -> None:
    opened(university, about=(SubjectPlan(university.letters_staff),), title="支部评议")
    found = opened(university, on=AFTER + timedelta(30))
    assert "以前没有用同一张表评议过" in page(found)


def test_the_report_has_the_figures_and_what_was_said(university: University, today: date) -> None:
    found = opened(university)
    some = sayings(found)
    merge_sayings(
        poll=found,
        sayings=[some[0].pk],
        text="食堂窗口少",
        subject=0,
        question="problems",
        actor=factories.ACTOR,
    )
    text = page(found, "?view=sheet")
    for told in ("民主评议（测评）情况报告表", "上级评议小组意见", "1. 食堂窗口少", "应参加 12 人", "66.7%"):
        assert told in text
    for kind, magic in (("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF")):
        file = reader().get(f"/opinions/{found.pk}/result/file/{kind}/")
        assert file.content.startswith(magic)
    book = openpyxl.load_workbook(BytesIO(reader().get(f"/opinions/{found.pk}/result/file/xlsx/").content))
    values = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert "1. 食堂窗口少" in values
    assert 8 in values
    assert reader().get(f"/opinions/{found.pk}/result/file/exe/").status_code == 404


def test_what_waits_to_be_merged_is_not_told_as_nothing_on_page_and_in_files(
    university: University, today: date
) -> None:
    """A report that goes up with seals says 没有收到 only of what did not come."""
    found = opened(university)
    some = sayings(found)
    text = page(found, "?view=sheet")
    assert f"收到 {len(some)} 条，尚未归并。" in text
    assert "没有收到意见" not in text
    book = openpyxl.load_workbook(BytesIO(reader().get(f"/opinions/{found.pk}/result/file/xlsx/").content))
    values = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert f"收到 {len(some)} 条，尚未归并。" in values
    Saying.objects.filter(poll=found).update(aside="nothing")
    assert f"收到 {len(some)} 条，都没有列为意见。" in page(found, "?view=sheet")
    assert "没有一条列为意见" in page(found)
    silent = opened(university, said=(), title="没有写话的")
    assert "没有收到意见" in page(silent, "?view=sheet")


def test_stubs_are_listed_in_order(university: University, today: date) -> None:
    found = opened(university)
    text = glued(reader().get(f"/opinions/{found.pk}/stubs/"))
    numbers = [shown_stub(stub.number) for stub in Stub.objects.order_by("number")]
    places = [text.index(number) for number in numbers]
    assert places == sorted(places)
    assert "开出 12 份" in text


def test_a_form_of_words_alone_has_no_tables(university: University, today: date) -> None:
    found = opened(university, form="opinion", groups=(GroupPlan("outside", inside=False, size=12),))
    text = page(found)
    assert "原话 72 条，归并成 0 条意见" in text
    assert "与上次相比" not in text
    assert "票类和单位" not in text
    assert "党内外群众征求意见情况报告表" in page(found, "?view=sheet")


def test_more_questions_and_groups_cost_no_more_queries(university: University, today: date) -> None:
    few, many = opened(university), opened(university, title="大", groups=GROUPS, grades=(0, 1) * 9)
    client, counted = reader(), []
    for found in (few, many):
        client.get(f"/opinions/{found.pk}/result/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/opinions/{found.pk}/result/")
        counted.append(len(queries))
    assert counted == [16, 16]
