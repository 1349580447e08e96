"""本人档案: everything about one person that the viewer may read, nothing about anybody else, and on the audit chain."""

from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from dianping.accounts.viewer import Viewer
from dianping.acts.person_file import file_name
from dianping.acts.person_record import person_file
from dianping.common import audit
from dianping.common.models import AuditEntry
from dianping.orgs.models import Person
from dianping.rectification.services import file_report
from dianping.reviews.models import Problem, Review
from dianping.reviews.services import ProblemInput, answer_review, correct_review
from tests import factories
from tests.factories import ACTOR
from tests.pages.conftest import Stage, secret
from tests.reviews.telling import NEW_YEAR, OWN, at, duty_about, item_of, take_step, tell


def pdf(answer: Any) -> tuple[PdfReader, str]:
    reader = PdfReader(BytesIO(answer.content))
    return reader, "".join("".join(page.extract_text() for page in reader.pages).split())


def test_the_file_holds_all_that_is_his_and_nothing_of_others(stage: Stage) -> None:
    side = stage.own
    correct_review(
        review=side.review,
        changes={"direction": "新写的努力方向"},
        why="写得太短",
        version=side.review.version,
        moment=at(NEW_YEAR),
        actor=ACTOR,
    )
    answer_review(review=side.review, text="本人的意见", on_behalf=True, moment=at(NEW_YEAR), actor=ACTOR)
    unresolved = take_step(
        item_of(side.review), "unresolved", text="还没有改", actor=factories.Operator("qi", "书记")
    )
    assert unresolved.report is not None
    file_report(
        duty=unresolved.report,
        text="没有改好的原因写在这里，三月底改好。",
        own=OWN,
        moment=at(NEW_YEAR),
        actor=ACTOR,
    )
    answer = stage.clients["ning"].get(f"/people/{side.member.pk}/file/")
    assert answer["Content-Type"] == "application/pdf"
    assert "本人档案-冉小禾-2011-01-05.pdf" in unquote(answer["Content-Disposition"])
    reader, text = pdf(answer)
    for words in (
        "冉小禾领导点评本人档案",
        "文学院教工党支部",
        secret("文", "党员评价"),
        secret("文", "党员问题"),
        secret("文", "依据"),
        "努力方向原文：多到一线听意见。",
        "努力方向新文：新写的努力方向",
        "写得太短",
        "本人的意见",
        "代录意见",
        "未较好解决",
        "还没有改",
        "没有改好的原因写在这里",
        "计入按时",
        "2011年1月5日打印",
        "打印人：宁守真（党支部书记）",
        f"第1页共{len(reader.pages)}页",
    ):
        assert "".join(words.split()) in text, words
    for other in ("支部评价", "未解决", "草稿", "来文"):
        assert secret("文", other) not in text
    assert "〖理" not in text


def test_printing_it_is_on_the_chain_and_refused_printing_is_not(stage: Stage) -> None:
    before = AuditEntry.objects.count()
    assert stage.clients["bian"].get(f"/people/{stage.own.member.pk}/file/").status_code == 404
    assert AuditEntry.objects.count() == before
    stage.clients["auditor"].get(f"/people/{stage.own.member.pk}/file/")
    entry = AuditEntry.objects.get(act="导出本人档案")
    assert (entry.actor, entry.about, entry.path) == (
        "auditor",
        f"person:{stage.own.member.pk}",
        stage.own.branch.path,
    )
    assert audit.verify() == []


def test_a_branch_secretary_does_not_print_what_was_said_of_his_superior(stage: Stage) -> None:
    tell(duty_about(stage.place.letters, "unit_secretary"), evaluation="〖对上级书记的评价〗")
    address = f"/people/{stage.place.people['祁文'].pk}/file/"
    _, by_ning = pdf(stage.clients["ning"].get(address))
    _, by_herself = pdf(stage.clients["qi"].get(address))
    assert "〖对上级书记的评价〗" not in by_ning
    assert "只含打印人有权查阅的部分" in by_ning
    assert "〖对上级书记的评价〗" in by_herself
    assert "只含打印人有权查阅的部分" not in by_herself


def test_a_member_prints_his_own_from_his_own_page_and_nobody_elses(stage: Stage) -> None:
    client = Client()
    client.force_login(factories.account(stage.own.member, username="ran"))
    page = client.get(f"/people/{stage.own.member.pk}/")
    assert page.status_code == 200
    assert f"/people/{stage.own.member.pk}/file/" in page.content.decode()
    assert "/organisations/?organisation=" not in page.content.decode()
    _, text = pdf(client.get(f"/people/{stage.own.member.pk}/file/"))
    assert secret("文", "党员评价") in text
    assert client.get(f"/people/{stage.place.people['祁文'].pk}/file/").status_code == 404
    assert client.get(f"/people/{stage.other.member.pk}/file/").status_code == 404


def many(stage: Stage, number: int) -> None:
    """The same review over and over, as the years would bring it."""
    first = stage.own.review
    for n in range(number):
        kept = Review.objects.get(pk=first.pk)
        kept.pk, kept.happened_on = None, date(2000 + n // 20, 1 + n % 12, 1 + n % 28)
        kept.evaluation = f"第{n}次评价，" + "能够参加各项活动，完成任务。" * 10
        kept.save()
        Problem.objects.create(review=kept, number=1, text=f"第{n}次问题")


def test_two_hundred_reviews_take_as_many_queries_as_one(stage: Stage) -> None:
    def cost() -> int:
        viewer = Viewer(stage.clients["ning"].get("/").wsgi_request.user, NEW_YEAR)
        with CaptureQueriesContext(connection) as queries:
            person_file(stage.own.member, viewer=viewer)
        return len(queries)

    few = cost()
    many(stage, 200)
    assert cost() == few
    reader, text = pdf(stage.clients["ning"].get(f"/people/{stage.own.member.pk}/file/"))
    assert len(reader.pages) > 20
    assert "第0次评价" in text
    assert "第199次评价" in text
    assert text.index("第0次评价") < text.index("第199次评价")


def test_a_name_becomes_a_safe_file_name(stage: Stage) -> None:
    viewer = Viewer(stage.clients["ning"].get("/").wsgi_request.user, NEW_YEAR)
    for name, safe in (
        ("../../etc/passwd", "etcpasswd"),
        ('a"; filename=b\r\nX: y', "a;filename=bXy"),
        ("买买提·艾力", "买买提·艾力"),
        ("/", "本人"),
    ):
        assert file_name(Person(name=name), viewer) == f"本人档案-{safe}-2011-01-05.pdf"


def test_a_character_no_font_holds_is_marked_and_named(stage: Stage) -> None:
    review = tell(
        stage.own.open_duty,
        evaluation="评价里有\U0002ebf0字。",
        problems=(ProblemInput("不足"),),
    )
    _, text = pdf(stage.clients["ning"].get(f"/people/{review.person_id}/file/"))
    assert "评价里有〓字" in text
    assert "U+2EBF0" in text
