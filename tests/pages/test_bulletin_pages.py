"""The pages of bulletins and cases, as a clerk, an approver and a reader use them."""

from io import BytesIO
from typing import Any

import docx
from pypdf import PdfReader

from dianping.bulletins.models import Bulletin, ModelCase
from dianping.common.formkeys import new_form_key
from tests.glued import glued
from tests.pages.conftest import Stage, secret


def send(client: Any, address: str, **fields: Any) -> Any:
    return client.post(address, fields | {"form_key": new_form_key()})


def test_from_figures_to_a_numbered_bulletin(stage: Stage) -> None:
    clerk, superior = stage.clients["clerk"], stage.clients["superior"]
    answer = send(clerk, "/bulletins/new/?organisation=YL01", period="2011Q1", circle=["党支部"])
    bulletin = Bulletin.objects.latest("pk")
    assert answer["Location"] == f"/bulletins/{bulletin.pk}/edit/"
    page = glued(clerk.get(answer["Location"]))
    assert "不足 5 人" in page
    where = f"/bulletins/{bulletin.pk}/"
    leak = {
        "title": "题",
        "body": "一、好\n二、冉小\n禾要努力。",
        "circle": ["党支部"],
        "version": bulletin.version,
    }
    send(clerk, f"{where}edit/", **leak)
    assert "冉小禾（正文第 2–3 行）" in clerk.get(f"{where}?check=1").content.decode()
    bulletin.refresh_from_db()
    told = send(superior, f"{where}step/", step="issue", version=bulletin.version)
    assert told.status_code == 422
    assert "冉小禾（正文第 2–3 行）" in told.content.decode()
    send(clerk, f"{where}edit/", **(leak | {"body": "一、好。", "version": bulletin.version}))
    assert "核对过" in clerk.get(f"{where}?check=1").content.decode()
    bulletin.refresh_from_db()
    assert send(superior, f"{where}step/", step="issue", version=bulletin.version).status_code == 302
    bulletin.refresh_from_db()
    assert bulletin.called == "点评通报〔2011〕2号"
    assert stage.clients["ning"].get(where).status_code == 200
    assert stage.clients["bian"].get(where).status_code == 404


def test_two_clerks_at_one_draft_are_shown_both_texts(stage: Stage) -> None:
    draft = stage.own.bulletin_draft
    fields = {"title": "题", "body": "先存的。", "circle": ["党支部"], "version": draft.version}
    send(stage.clients["clerk"], f"/bulletins/{draft.pk}/edit/", **fields)
    late = send(stage.clients["clerk"], f"/bulletins/{draft.pk}/edit/", **(fields | {"body": "后存的。"}))
    text = late.content.decode()
    assert late.status_code == 422
    assert "先存的" in text
    assert "后存的" in text


def test_a_bulletin_prints_in_the_official_layout(stage: Stage) -> None:
    where = f"/bulletins/{stage.own.bulletin.pk}/letter/"
    reader = PdfReader(BytesIO(stage.clients["ning"].get(f"{where}pdf/").content))
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert "中共云岭大学文学院委员会文件" in text
    assert "点评通报〔2011〕1号" in text
    assert secret("文", "通报") in text
    assert "各党支部：" in text
    assert "2011年1月5日" in text
    document = docx.Document(BytesIO(stage.clients["ning"].get(f"{where}docx/").content))
    assert "点评通报〔2011〕1号" in [p.text for p in document.paragraphs]
    draft = f"/bulletins/{stage.own.bulletin_draft.pk}/letter/pdf/"
    reader = PdfReader(BytesIO(stage.clients["qi"].get(draft).content))
    assert "拟稿，未经签发" in "".join(reader.pages[0].extract_text().split())


def test_whoever_received_it_still_sees_that_it_was_withdrawn(stage: Stage) -> None:
    bulletin = stage.own.bulletin
    where = f"/bulletins/{bulletin.pk}/"
    send(stage.clients["qi"], f"{where}step/", step="withdraw", version=bulletin.version, why="〖数字有误〗")
    page = stage.clients["ning"].get(where)
    assert page.status_code == 200
    assert "已撤回" in page.content.decode()
    assert "〖数字有误〗" in page.content.decode()
    assert "已撤回" in stage.clients["ning"].get("/bulletins/").content.decode()


def test_the_reviews_words_stand_beside_the_form_and_not_in_it(stage: Stage) -> None:
    page = stage.clients["ning"].get(f"/reviews/{stage.own.review.pk}/case/").content.decode()
    form, _, aside = page.partition("<aside>")
    assert secret("文", "党员评价") in aside
    assert secret("文", "党员评价") not in form
    assert "提出典型" in stage.clients["ning"].get(f"/reviews/{stage.own.review.pk}/").content.decode()
    assert "提出典型" not in stage.clients["auditor"].get(f"/reviews/{stage.own.review.pk}/").content.decode()


def test_a_case_told_beyond_the_branch_shows_nothing_of_the_review(stage: Stage) -> None:
    case, clerk = stage.own.case, stage.clients["clerk"]
    where = f"/cases/{case.pk}/"
    assert stage.clients["bian"].get(where).status_code == 404

    def step(client: Any, **fields: Any) -> Any:
        version = ModelCase.objects.get(pk=case.pk).version
        return send(client, f"{where}step/", version=version, **fields)

    step(stage.clients["superior"], step="confirm", words="〖核实意见〗")
    refused = step(clerk, step="publish", circle=["党支部"])
    assert (refused.status_code, "还没有登记本人同意" in refused.content.decode()) == (422, True)
    step(stage.clients["ning"], step="agree", on="2011-01-05")
    assert step(clerk, step="publish", circle=["党支部"]).status_code == 302
    page = glued(stage.clients["bian"].get(where))
    assert secret("文", "事迹") in page
    assert "〖核实意见〗" not in page
    assert f"/reviews/{stage.own.review.pk}/" not in page
    step(clerk, step="withdraw", why="〖本人要求〗")
    page = glued(stage.clients["bian"].get(where))
    assert "〖本人要求〗" in page
    assert secret("文", "事迹") not in page
    assert "冉小禾" not in page
