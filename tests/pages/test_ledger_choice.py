"""A register with a choice: what is done, this unit, days of one's own; the file and the print hold the very same rows."""

from io import BytesIO
from urllib.parse import unquote

from pypdf import PdfReader

from tests.pages.conftest import Stage

PERIOD = "2010-12-15..2011-02-02"


def test_the_choice_is_kept_in_every_link_and_in_the_file(stage: Stage) -> None:
    client, address = stage.clients["clerk"], f"/ledgers/{PERIOD}/reviews/"
    text = client.get(address, {"done": "1", "alone": "1"}).content.decode()
    assert text.count("checked") == 2
    assert (
        f"{address}file/print/?organisation={stage.place.top.code}&amp;day=2011-01-05&amp;alone=1&amp;done=1"
        in text
    )
    whole = client.get(f"{address}file/pdf/").content
    part = client.get(f"{address}file/pdf/", {"done": "1"}).content
    texts = ["".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages) for pdf in (whole, part)]
    assert "尚未点评：应于" in texts[0]
    assert "尚未点评：应于" not in texts[1]
    assert "只列已办的" in texts[1]


def test_what_prints_is_what_is_kept(stage: Stage) -> None:
    address = f"/ledgers/{PERIOD}/reviews/file/"
    printed, kept = (stage.clients["clerk"].get(f"{address}{kind}/") for kind in ("print", "pdf"))
    assert printed["Content-Disposition"].startswith("inline")
    assert unquote(kept["Content-Disposition"]).startswith("attachment")
    texts = [[p.extract_text() for p in PdfReader(BytesIO(one.content)).pages] for one in (printed, kept)]
    assert [text.partition("审计链首")[0] for text in texts[0]] == [
        text.partition("审计链首")[0] for text in texts[1]
    ]


def test_days_of_one_s_own_are_a_period(stage: Stage) -> None:
    answer = stage.clients["clerk"].get("/ledgers/2011Q1/reviews/?since=2011-01-31&until=2011-01-01&done=1")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/ledgers/2011-01-01..2011-01-31/reviews/?")
    assert "done=1" in answer["Location"]
    assert stage.clients["clerk"].get(answer["Location"]).status_code == 200
