"""The commands and the page by which the offline workbook goes out and comes back."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from dianping.reviews.models import Review
from tests.factories import University
from tests.pages.conftest import Stage
from tests.pages.test_offline_round_trip import fill, rows_of
from tests.reviews.telling import NEW_YEAR


def test_the_command_hands_out_and_takes_back(opened: University, tmp_path: Path, settings: Any) -> None:
    settings.STANDING_DAY = NEW_YEAR
    path, said = tmp_path / "a.xlsx", io.StringIO()
    call_command(
        "review_template", "--organisation", opened.letters_staff.code, "--out", str(path), stdout=said
    )
    assert "已写出 5 行" in said.getvalue()
    fill(path, "冉小禾")
    said = io.StringIO()
    call_command("take_reviews", str(path), "--json", stdout=said)
    assert json.loads(said.getvalue()) == {"filed": 1, "problems": []}


def test_the_command_leaves_with_one_and_every_fault(
    opened: University, tmp_path: Path, settings: Any
) -> None:
    settings.STANDING_DAY = NEW_YEAR
    path, said = tmp_path / "a.xlsx", io.StringIO()
    call_command("review_template", "--out", str(path), stdout=io.StringIO())
    fill(path, "冉小禾", 努力方向="")
    fill(path, "任远之", 努力方向="")
    with pytest.raises(SystemExit) as left:
        call_command("take_reviews", str(path), stdout=said)
    assert left.value.code == 1
    assert said.getvalue().count("努力方向") == 2
    assert "什么也没有登记" in said.getvalue()


def send(client: Client, path: Path, key: str = "") -> Any:
    with path.open("rb") as file:
        return client.post("/offline/", {"file": file} | ({"form_key": key} if key else {}))


def test_the_page_hands_out_and_takes_back(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(stage.clients["ning"].get("/offline/template/").content)
    target = next(iter(rows_of(path)))
    before = Review.objects.filter(filed=True).count()
    stage.own.draft.delete()
    fill(path, target, 结合的活动="")
    answer = send(stage.clients["ning"], path, "one-key")
    assert answer.status_code == 302
    assert Review.objects.filter(filed=True).count() == before + 1
    assert send(stage.clients["ning"], path, "one-key").status_code == 302
    assert Review.objects.filter(filed=True).count() == before + 1


def test_the_page_tells_every_fault_with_422(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(stage.clients["ning"].get("/offline/template/").content)
    fill(path, next(iter(rows_of(path))), 方式="电话", 点评日期="不记得")
    answer = send(stage.clients["ning"], path)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "电话" in text
    assert "不记得" in text


def test_another_units_workbook_is_refused_at_the_page(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(stage.clients["ning"].get("/offline/template/").content)
    fill(path, next(iter(rows_of(path))))
    before = Review.objects.filter(filed=True).count()
    answer = send(stage.clients["bian"], path)
    assert answer.status_code == 422
    assert "不归您登记" in answer.content.decode()
    assert Review.objects.filter(filed=True).count() == before
