"""The pages of rectification: the table, the board and their colours, the plan, time asked for, files."""

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from dianping.common.formkeys import new_form_key
from dianping.pages.rectification.shown.board import MOST_CARDS, board_of, colour_of
from dianping.rectification.models import Evidence, Extension, Item, Progress
from dianping.rectification.services import answer_extension
from dianping.reviews.services import ProblemInput
from tests.factories import ACTOR
from tests.glued import glued
from tests.pages.conftest import Stage
from tests.refused import codes_on
from tests.reviews.telling import NEW_YEAR, OTHER, at, duty_about, take_step, tell


def png(colour: str) -> bytes:
    """A picture without anything but its dots."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


PNG = png("white")


def text_of(stage: Stage, role: str, address: str) -> str:
    answer = stage.clients[role].get(address)
    assert answer.status_code == 200, address
    return glued(answer)


def cards(text: str) -> dict[str, str]:
    """Words of a problem → the colour of its card."""
    found = re.findall(r'<li class="card (\w+)"><p><a href="[^"]+">([^<]+)</a>', text)
    return {words: colour for colour, words in found}


@pytest.mark.parametrize(
    ("days", "colour"),
    [(-1, "overdue"), (0, "today"), (1, "near"), (3, "near"), (4, "far"), (400, "far"), (None, "undated")],
)
def test_the_colour_comes_from_the_date_people_set(stage: Stage, days: int | None, colour: str) -> None:
    due = None if days is None else NEW_YEAR + timedelta(days=days)
    Item.objects.filter(pk=stage.own.item.pk).update(due=due)
    assert cards(text_of(stage, "clerk", "/rectification/?view=board"))["〖文·支部问题〗"] == colour
    row = text_of(stage, "clerk", "/rectification/").partition("〖文·支部问题〗")[0].rpartition("<tr")[2]
    assert ('class="overdue"' in row) == (colour == "overdue")


def test_an_extension_waiting_leaves_the_colour_and_one_granted_changes_it(
    stage: Stage, settings: Any
) -> None:
    settings.STANDING_DAY = today = date(2011, 2, 1)
    dated = stage.own.dated
    assert colour_of(dated, today=today) == "overdue", "what is asked for is not yet given"
    assert "申请延至 2月20日，等答复" in text_of(stage, "clerk", "/rectification/?state=overdue")
    answer_extension(
        extension=stage.own.waiting, granted=True, until=None, words="", version=dated.version,
        moment=at(today), actor=OTHER,
    )  # fmt: skip
    assert colour_of(Item.objects.get(pk=dated.pk), today=today) == "far"
    for address in ("/rectification/", "/rectification/?view=board", f"/rectification/{dated.pk}/"):
        assert "延期至 2月20日，原 1月31日" in text_of(stage, "clerk", address), address


def test_a_closed_problem_is_of_no_pressing_colour(stage: Stage) -> None:
    for step in ("plan", "request", "close"):
        take_step(stage.own.item, step, actor=OTHER if step == "close" else ACTOR)
    Item.objects.filter(pk=stage.own.item.pk).update(due=date(2010, 1, 1))
    assert cards(text_of(stage, "clerk", "/rectification/?view=board"))["〖文·支部问题〗"] == "done"
    assert "〖文·支部问题〗" not in text_of(stage, "clerk", "/rectification/?state=overdue")


def test_a_column_shows_a_few_and_leads_to_the_rest(stage: Stage) -> None:
    home = stage.own.branch
    named = tuple(ProblemInput(f"问题第{n}号", "", date(2011, 2, 1 + n)) for n in range(MOST_CARDS + 3))
    tell(duty_about(home, "branch_secretary"), problems=named)
    board = board_of(home.path, today=NEW_YEAR, may_read=[home.path])
    column = board.columns[0]
    assert len(column.rows) == MOST_CARDS
    assert column.total == Item.objects.filter(path=home.path, state="open").count()
    text = text_of(stage, "clerk", f"/rectification/?view=board&organisation={home.code}")
    assert f"还有 {column.more} 项，看全部" in text
    assert "/rectification/?state=open" in text


def test_each_figure_over_the_board_is_the_length_of_its_list(stage: Stage) -> None:
    Item.objects.filter(pk=stage.own.item.pk).update(due=date(2011, 1, 1))
    board = board_of(stage.place.top.path, today=NEW_YEAR, may_read=[stage.place.top.path])
    for key, _, figure in board.colours:
        listed = text_of(stage, "clerk", f"/rectification/?state={key}")
        assert len(re.findall(r'<th scope="row"', listed)) == figure, key


# ---- files


def send_step(stage: Stage, role: str, **files: Any) -> Any:
    item = Item.objects.get(pk=stage.own.item.pk)
    sent = {"step": "progress", "version": item.version, "text": "做了", "form_key": new_form_key()}
    return stage.clients[role].post(f"/rectification/{item.pk}/step/", sent | files)


def test_files_are_kept_with_the_step_marked_before_or_after_and_come_back_as_they_were(stage: Stage) -> None:
    answer = send_step(
        stage,
        "ning",
        before=[SimpleUploadedFile("原状.png", PNG)],
        after=[SimpleUploadedFile("现状.png", png("green")), SimpleUploadedFile("说明.txt", b"ok")],
    )
    assert answer.status_code == 302
    files = list(Evidence.objects.filter(progress__item=stage.own.item).order_by("pk"))
    assert [(f.name, f.when) for f in files] == [
        ("原状.png", "before"),
        ("现状.png", "after"),
        ("说明.txt", "after"),
    ]
    back = stage.clients["qi"].get(f"/rectification/{stage.own.item.pk}/file/{files[0].pk}/")
    content = b"".join(back.streaming_content)  # type: ignore[attr-defined]
    with Image.open(io.BytesIO(content)) as seen, Image.open(io.BytesIO(PNG)) as sent:
        assert seen.tobytes() == sent.tobytes()
    assert back["Content-Disposition"].startswith("attachment")
    assert back["X-Content-Type-Options"] == "nosniff"
    assert back["Content-Type"] == "application/octet-stream"
    text = text_of(stage, "ning", f"/rectification/{stage.own.item.pk}/")
    assert text.index("整改前") < text.index("原状.png") < text.index("整改后")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([("坏.exe", b"MZ")], "不是可以附的文件"),
        ([("图.png", b"<html>")], "不是它的名字所说的"),
        ([(f"{n}.txt", b"x") for n in range(7)], "最多 6 件"),
    ],
)
def test_files_that_cannot_be_kept_stop_the_step(stage: Stage, files: Any, told: str) -> None:
    before = Progress.objects.count()
    answer = send_step(stage, "ning", after=[SimpleUploadedFile(name, body) for name, body in files])
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Progress.objects.count() == before


def test_a_file_that_lies_no_more_is_told_of(stage: Stage) -> None:
    Evidence.objects.filter(pk=stage.own.shown.pk).update(digest="0" * 64)
    answer = stage.clients["clerk"].get(f"/rectification/{stage.own.dated.pk}/file/{stage.own.shown.pk}/")
    assert answer.status_code == 409
    assert "不在了" in answer.content.decode()


# ---- plan, extension


def test_a_plan_carries_cause_unit_owner_and_day_and_offers_what_is_on_file(stage: Stage) -> None:
    item = stage.own.item
    form = text_of(stage, "ning", f"/rectification/{item.pk}/?step=plan")
    assert f'value="{stage.own.branch.short_name}"' in form
    sent = {
        "step": "plan", "version": item.version, "measure": "走访", "cause": "没有专人", "unit_name": "支委会",
        "owner_name": "冉小禾", "due": "2011-02-28", "form_key": new_form_key(),
    }  # fmt: skip
    assert stage.clients["ning"].post(f"/rectification/{item.pk}/step/", sent).status_code == 302
    found = Item.objects.get(pk=item.pk)
    assert (found.cause, found.unit_name, found.owner, found.due) == (
        "没有专人",
        "支委会",
        stage.place.people["冉小禾"],
        date(2011, 2, 28),
    )
    page = text_of(stage, "qi", f"/rectification/{item.pk}/")
    log = text_of(stage, "clerk", "/ledgers/2011Q1/rectification/")
    for words in ("没有专人", "支委会"):
        assert words in page
        assert words in log


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"until": "", "reason": "忙"}, "请填申请延到哪一天"),
        ({"until": "2011-05-01", "reason": ""}, "请写明为什么做不完"),
        ({"until": "2011-03-01", "reason": "忙"}, "不晚于现在的期限"),
        ({"until": "2011-05-01", "reason": "忙", "version": "99"}, "刚刚被改过"),
    ],
)
def test_an_asking_that_cannot_stand_is_told_on_the_page(
    stage: Stage, sent: dict[str, str], told: str
) -> None:
    item = stage.own.item
    form = {"version": str(item.version), "form_key": new_form_key()} | sent
    answer = stage.clients["ning"].post(f"/rectification/{item.pk}/extend/", form)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Extension.objects.filter(item=item).exists()


def test_who_asked_is_not_offered_the_answer_and_is_refused_it(stage: Stage) -> None:
    item = stage.own.item
    form = {"version": item.version, "until": "2011-05-01", "reason": "忙", "form_key": new_form_key()}
    assert stage.clients["clerk"].post(f"/rectification/{item.pk}/extend/", form).status_code == 302
    asked = Extension.objects.get(item=item)
    assert "?step=answer" not in text_of(stage, "clerk", f"/rectification/{item.pk}/")
    assert "?step=answer" in text_of(stage, "superior", f"/rectification/{item.pk}/")
    version = Item.objects.get(pk=item.pk).version
    answer = stage.clients["clerk"].post(
        f"/rectification/{item.pk}/extension/{asked.pk}/",
        {"version": version, "granted": "1", "form_key": new_form_key()},
    )
    assert answer.status_code == 422
    assert "rectification.owner-cannot-answer" in codes_on(answer)
