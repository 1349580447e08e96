"""Room on the disk: looked at before a file is taken, shown to the site's clerk, told him on every page once it is little."""

from collections import namedtuple
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dianping.common.room import MEBIBYTE, RESERVE, Room, lacking, shown
from tests.pages.conftest import Stage
from tests.pages.test_nothing_slow_inside import at, by, uploads

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Any:
    def holds(free: int, whole: int = 100 << 30) -> None:
        monkeypatch.setattr("shutil.disk_usage", lambda path: Usage(whole, whole - free, free))

    return holds


def test_a_file_needs_room_for_itself_twice_and_the_database(disk: Any) -> None:
    disk(RESERVE + 20 * MEBIBYTE)
    assert lacking(10 * MEBIBYTE) == ""
    told = lacking(10 * MEBIBYTE + 1)
    assert "只剩 120 MB" in told
    assert "需要 120 MB" in told
    assert told.endswith("。")


def test_little_is_under_500_mb_or_a_tenth() -> None:
    assert Room(499 << 20, 1 << 30).is_low
    assert Room(9 << 30, 100 << 30).is_low
    assert not Room(11 << 30, 100 << 30).is_low
    assert (shown(600 << 20), shown(3 << 29)) == ("600 MB", "1.5 GB")


def test_no_upload_is_begun_without_room_and_each_says_so(
    stage: Stage, disk: Any, tmp_path: Any, rows: Any
) -> None:
    sent = list(uploads(stage, tmp_path))
    before = rows()
    disk(50 * MEBIBYTE)
    for name, form, _ in sent:
        answer = stage.clients[by(name)].post(at(name, stage.own), form)
        assert answer.status_code == 503, name
        assert "磁盘只剩 50 MB" in answer.content.decode(), name
    assert rows() == before
    written = stage.clients["ning"].post(
        f"/reviews/{stage.own.review.pk}/confirm/", "form_key=k", "application/x-www-form-urlencoded"
    )
    assert written.status_code == 302  # a form without a file still comes in


def test_the_sites_clerk_sees_the_room_and_is_warned_alone(stage: Stage, disk: Any) -> None:
    clerk = stage.clients["clerk"]
    disk(50 << 30)
    assert "还剩 50.0 GB（共 100.0 GB）" in clerk.get("/set-up/").content.decode()
    assert "磁盘只剩" not in clerk.get("/reviews/").content.decode()
    disk(400 << 20)
    assert "磁盘只剩 400 MB" in clerk.get("/reviews/").content.decode()
    assert "不多了" in clerk.get("/set-up/").content.decode()
    assert "磁盘只剩" not in stage.clients["ning"].get("/reviews/").content.decode()


def test_a_file_like_any_other_is_taken_where_there_is_room(stage: Stage, disk: Any) -> None:
    disk(50 << 30)
    sent = {"direction": "received", "files_sent": SimpleUploadedFile("a.txt", "一、请报送总结。".encode())}
    assert stage.clients["clerk"].post("/notices/enter/", sent).status_code == 302
