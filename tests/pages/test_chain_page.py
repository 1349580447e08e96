"""审计: an auditor reads the chain, checks it at a press, and takes it away; everybody else finds no such page."""

import csv
import io
from typing import Any

import pytest
from django.db.models import F

from dianping.accounts.models import Grant
from dianping.common.lookups import lookups
from dianping.common.models import AuditEntry
from dianping.duties.models import Tally
from dianping.reviews.models import Review
from tests import factories
from tests.factories import University
from tests.glued import glued
from tests.opinions.polling import AFTER, office
from tests.pages.conftest import Stage
from tests.pages.polls import opened, signed_in
from tests.taken_in import take_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_noted() -> None:
    lookups.write()


def test_entries_are_found_by_act_person_record_and_day(stage: Stage) -> None:
    auditor, review = stage.clients["auditor"], stage.own.review
    page = glued(auditor.get(f"/audit/?about=review:{review.pk}"))
    assert "登记点评" in page
    assert "签阅点评" not in page
    assert "没有符合所查条件的记录" in glued(auditor.get("/audit/?day=1999-01-01"))
    assert "没有符合所查条件的记录" in glued(auditor.get("/audit/?actor=nobody"))
    assert f"review:{review.pk}" in glued(auditor.get("/audit/?act=登记点评"))


def test_an_entry_shows_what_it_vouches_for(stage: Stage) -> None:
    page = glued(stage.clients["auditor"].get(f"/audit/?about=review:{stage.own.review.pk}"))
    assert f"点评 {stage.own.review.pk}" in page
    entry = AuditEntry.objects.get(act="登记点评", about=f"review:{stage.own.review.pk}")
    assert entry.digest in page


def test_at_a_press_the_chain_and_every_record_are_checked(stage: Stage) -> None:
    take_in()
    auditor = stage.clients["auditor"]
    assert "核对相符" in glued(auditor.post("/audit/"))
    Review.objects.filter(pk=stage.own.review.pk).update(evaluation="没有说过的话")
    page = glued(auditor.post("/audit/"))
    assert "核对有 1 处不符" in page
    assert f"点评 {stage.own.review.pk} 与链里记的不符" in page


def test_at_a_press_the_tallies_are_counted_anew(stage: Stage) -> None:
    take_in()
    Tally.objects.filter(pk=Tally.objects.order_by("pk")[0].pk).update(on_time=F("on_time") + 7)
    page = glued(stage.clients["auditor"].post("/audit/"))
    assert "核对有 1 处不符" in page
    assert "与应办不符" in page


def test_the_file_holds_every_entry_as_text(stage: Stage) -> None:
    answer = stage.clients["auditor"].get("/audit/file/?act=登记点评")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 1 + AuditEntry.objects.filter(act="登记点评").count()
    assert {row[4] for row in rows[1:]} == {"登记点评"}


def test_about_a_poll_stands_who_looked_at_it_and_who_took_its_files(
    university: University, settings: Any
) -> None:
    """With the acts: looks at the result, looks at the raw sayings told apart, and every file."""
    settings.STANDING_DAY = AFTER
    found = opened(university)
    wen = signed_in(factories.User.objects.get(username="wen"))
    auditor = office("shen", Grant.Role.AUDITOR, university.top)
    wen.get(f"/opinions/{found.pk}/result/")
    wen.get(f"/opinions/{found.pk}/points/")
    wen.get(f"/opinions/{found.pk}/result/file/xlsx/")
    lookups.write()
    reader = signed_in(auditor)
    page = glued(reader.get(f"/audit/?about=poll:{found.pk}"))
    for told in (
        "开箱",
        "查阅",
        "导出",
        f"征求意见或评议 {found.pk} 春季评议（1 次）",
        "原话，征求意见或评议",
    ):
        assert told in page, told
    assert f"poll_result_file:{found.pk}:xlsx" in page
    assert "春季评议-中共云岭大学文学院委员会-民主评议（测评）情况报告表.xlsx" in page, (
        "a name, not its bytes"
    )
    assert "attachment" not in page
    rows = list(
        csv.reader(io.StringIO(reader.get(f"/audit/file/?about=poll:{found.pk}").content.decode("utf-8-sig")))
    )
    assert len(rows) > 5
    opening = next(row for row in rows if row[4] == "开箱")
    assert opening[6] == f"征求意见或评议 {found.pk} 春季评议"
    assert opening[8] == "中共云岭大学文学院委员会"
    assert "应参加" in opening[10] or "应办" in opening[10] or "份数" in opening[10]


def test_another_poll_s_looks_and_files_are_not_among_them(stage: Stage) -> None:
    review = stage.own.review.pk
    stage.clients["superior"].get(f"/reviews/{review}/")
    lookups.write()
    assert "查阅" in rows_of(stage.clients["auditor"].get(f"/audit/?about=review:{review}"))
    assert "查阅" not in rows_of(stage.clients["auditor"].get(f"/audit/?about=review:{review}9"))


def rows_of(answer: Any) -> str:
    """The table of a page, without the choice of acts above it."""
    return str(glued(answer).partition("</form>")[2].partition("<table")[2])


def test_a_day_that_cannot_be_read_is_told_and_nothing_listed(stage: Stage) -> None:
    for address in ("/audit/", "/audit/file/"):
        answer = stage.clients["auditor"].get(f"{address}?day=11.31")
        assert answer.status_code == 422
        text = glued(answer)
        assert "查的日子写的是“11.31”" in text
        assert "<tbody>" not in text


def test_what_is_taken_away_is_itself_an_entry(stage: Stage) -> None:
    stage.clients["auditor"].get("/audit/file/")
    newest = AuditEntry.objects.order_by("-seq").first()
    assert newest is not None
    assert (newest.act, newest.actor, newest.about) == ("导出", "auditor", "chain_file")


def test_a_look_at_a_record_is_noted_once_a_reader_with_how_often(stage: Stage) -> None:
    for _ in range(3):
        stage.clients["superior"].get(f"/reviews/{stage.own.review.pk}/")
    stage.clients["superior"].get(f"/people/{stage.own.member.pk}/")
    stage.clients["clerk"].get(f"/people/{stage.own.member.pk}/")
    before = AuditEntry.objects.count()
    assert lookups.write() == 2
    told = {entry.actor: entry.detail["looked_at"] for entry in AuditEntry.objects.order_by("seq")[before:]}
    assert told == {
        "superior": {f"person:{stage.own.member.pk}": 1, f"review:{stage.own.review.pk}": 3},
        "clerk": {f"person:{stage.own.member.pk}": 1},
    }
    assert lookups.write() == 0


def test_looks_that_could_not_be_written_are_kept(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.clients["superior"].get(f"/reviews/{stage.own.review.pk}/")

    def fail(*_any: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr("dianping.common.lookups._write", fail)
        with pytest.raises(OSError, match="disk full"):
            lookups.write()
    assert lookups.write() == 1


def test_a_page_refused_or_of_nobody_in_particular_is_no_look(stage: Stage) -> None:
    stage.clients["bian"].get(f"/reviews/{stage.own.review.pk}/")  # 404
    stage.clients["superior"].get("/reviews/")
    assert lookups.write() == 0
