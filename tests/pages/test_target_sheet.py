"""The 点评登记表 of one target by page: from a person and from a review, by rights, printed as it is kept, on the chain."""

from io import BytesIO
from urllib.parse import unquote

from django.test import Client
from pypdf import PdfReader

from dianping.common.models import AuditEntry
from dianping.orgs.services import transfer_member
from dianping.rectification.models import Item
from tests.factories import ACTOR
from tests.pages.conftest import Stage, secret
from tests.reviews.telling import NEW_YEAR, item_of

KINDS = ("pdf", "docx", "xlsx", "print")


def text_of(content: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_a_person_and_his_review_lead_to_the_same_sheet(stage: Stage) -> None:
    side, client = stage.own, stage.clients["ning"]
    for page, link in (
        (f"/people/{side.member.pk}/", f"/people/{side.member.pk}/sheet/"),
        (f"/reviews/{side.review.pk}/", f"/reviews/{side.review.pk}/sheet/"),
    ):
        assert f'href="{link}"' in client.get(page).content.decode()
        shown = client.get(link).content.decode()
        for words in ("党员评价", "党员问题", "依据"):
            assert secret("文", words) in shown
        assert secret("文", "草稿") not in shown


def test_who_reviewed_him_once_learns_nothing_of_where_he_has_gone(stage: Stage) -> None:
    transfer_member(person=stage.own.member, to=stage.place.library, on=NEW_YEAR, actor=ACTOR)
    client, address = stage.clients["ning"], f"/reviews/{stage.own.review.pk}/sheet/"
    shown = client.get(address).content.decode()
    assert secret("文", "党员评价") in shown
    assert stage.place.library.name not in shown
    assert stage.place.library.short_name not in shown


def test_what_became_of_a_problem_stands_beside_it(stage: Stage) -> None:
    item = item_of(stage.own.review)
    shown = stage.clients["ning"].get(f"/people/{stage.own.member.pk}/sheet/").content.decode()
    assert f"；{Item.objects.get(pk=item.pk).get_state_display()}）" in shown


def test_what_prints_is_the_file(stage: Stage) -> None:
    client, address = stage.clients["ning"], f"/people/{stage.own.member.pk}/sheet/"
    printed, kept = client.get(f"{address}?as=print"), client.get(f"{address}?as=pdf")
    assert printed["Content-Disposition"].startswith("inline")
    assert kept["Content-Disposition"].startswith("attachment")
    assert "冉小禾-领导干部点评登记表-2011.pdf" in unquote(kept["Content-Disposition"])
    assert secret("文", "党员评价") in text_of(printed.content)
    assert len(PdfReader(BytesIO(kept.content)).pages) == 1


def test_each_file_is_on_the_chain_and_no_other_kind_is_made(stage: Stage) -> None:
    client, address = stage.clients["ning"], f"/reviews/{stage.own.review.pk}/sheet/"
    for kind in KINDS:
        assert client.get(f"{address}?as={kind}").status_code == 200
        entry = AuditEntry.objects.order_by("-seq")[0]
        assert (entry.act, entry.about) == ("导出", f"review_sheet:{stage.own.review.pk}")
    assert client.get(f"{address}?as=exe").status_code == 404


def test_the_sheet_of_an_organisation_is_of_itself_alone(stage: Stage) -> None:
    shown = stage.clients["clerk"].get(f"/reviews/{stage.own.body_review.pk}/sheet/").content.decode()
    assert secret("文", "支部评价") in shown
    assert secret("文", "党员评价") not in shown


def test_no_draft_no_other_s_and_no_year_that_is_none(stage: Stage) -> None:
    client: Client = stage.clients["ning"]
    assert client.get(f"/reviews/{stage.own.draft.pk}/sheet/").status_code == 404
    assert client.get(f"/people/{stage.other.member.pk}/sheet/").status_code == 404
    assert client.get(f"/reviews/{stage.other.review.pk}/sheet/").status_code == 404
    address = f"/people/{stage.own.member.pk}/sheet/"
    for year in ("x", "20111", "1500", "-201"):
        assert client.get(f"{address}?year={year}").status_code == 404, year
    assert secret("文", "党员评价") not in client.get(f"{address}?year=2010").content.decode()
