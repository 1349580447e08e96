"""The page of a draw: where it stands, what is to be done now and by whom."""

from dianping.common.formkeys import new_form_key
from dianping.reviews.models import Draw
from tests.glued import glued
from tests.pages.conftest import Stage


def step(stage: Stage, who: str, what: str, text: str = "") -> int:
    sent = {"text": text, "form_key": new_form_key()}
    return stage.clients[who].post(f"/draws/{stage.own.draw.pk}/{what}/", sent).status_code


def shown(stage: Stage, who: str) -> str:
    return glued(stage.clients[who].get(f"/draws/{stage.own.draw.pk}/"))


def test_who_sealed_for_the_superior_is_not_offered_the_seal_of_the_organisation(stage: Stage) -> None:
    assert "上级封存种子</button>" in shown(stage, "clerk")
    assert step(stage, "clerk", "superior-seal") == 200, "the seed is shown on the page, once"
    page = shown(stage, "clerk")
    assert "单位封存种子</button>" not in page
    assert "上级办公室的人不能替单位封存" in page
    assert step(stage, "clerk", "own-seal") == 404
    assert "单位封存种子</button>" in shown(stage, "ning")
    assert step(stage, "ning", "own-seal") == 200
    assert Draw.objects.get(pk=stage.own.draw.pk).own_seal


def test_calling_one_off_asks_why_and_stands_apart(stage: Stage) -> None:
    page = shown(stage, "clerk")
    assert page.index("上级封存种子</button>") < page.index("作废这次抽签")
    assert step(stage, "clerk", "void") == 422
    assert step(stage, "clerk", "void", "名单漏了一人") == 302
    page = shown(stage, "clerk")
    assert "名单漏了一人" in page
    assert "抽签单" in page
