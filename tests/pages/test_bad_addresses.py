"""Addresses and fields changed by hand: never an error page, whatever is in them."""

from urllib.parse import quote

import pytest

from tests.pages.conftest import Stage
from tests.pages.test_permissions import SAID

BAD = (
    "",
    "abc",
    "²",
    "-1",
    "0",
    "9" * 30,
    "1e9",
    "\0",
    "%00",
    "' OR 1=1--",
    "2011-13-45",
    "0001-01-01",
    "9999-12-31",
    "[1]",
    '["9999-99-99",1]',
    "~",
    "中" * 500,
)
ASKED = (
    "/coverage/?day={}", "/coverage/?rule={}", "/coverage/?sort={}", "/coverage/?direction={}",
    "/duties/?whose=below&state={}", "/duties/?whose=below&kind={}", "/duties/?whose=below&due={}",
    "/duties/?whose=below&rule={}", "/duties/?whose=below&after={}", "/duties/?whose={}", "/duties/?organisation={}",
    "/reviews/?mode={}", "/reviews/?after={}", "/reviews/?whose={}", "/rectification/?state={}", "/rectification/?after={}",
    "/bulletins/?state={}", "/bulletins/?after={}", "/cases/?state={}", "/cases/?after={}",
    "/rectification/?view={}", "/rectification/admonitions/?after={}", "/rectification/admonitions/enter/?organisation={}",
    "/ledgers/?day={}", "/ledgers/2011Q1/reviews/?from={}", "/ledgers/2011Q1/reviews/?day={}", "/ledgers/2011Q1/rectification/?from={}",
    "/programmes/?day={}", "/search/?q={}", "/write/extra/?about={}", "/write/extra/?about=member&person={}",
)  # fmt: skip


@pytest.fixture(autouse=True)
def polls_there(stage: Stage) -> None:
    """Both sides' polls, before anything is taken back."""
    assert all(side.polls for side in stage.sides)


@pytest.mark.parametrize("address", ASKED)
def test_no_address_changed_by_hand_is_an_error(stage: Stage, address: str) -> None:
    client = stage.clients["gan"]
    client.raise_request_exception = False
    broken = [
        (bad[:12], code)
        for bad in BAD
        if (code := client.get(address.format(quote(bad))).status_code) not in (200, 302, 404)
    ]
    assert not broken


@pytest.mark.parametrize(
    "period",
    [
        "99999999999Q1",
        "0Q1",
        "2011Q",
        "Q",
        "9999Q4",
        "2011H9",
        "0001-01-01..9999-12-31",
        "1",
        "²Q1",
        "2011-1-1-1",
        "..",
        "9" * 400,
    ],
)
def test_no_period_changed_by_hand_is_an_error(stage: Stage, period: str) -> None:
    client = stage.clients["clerk"]
    client.raise_request_exception = False
    assert client.get(f"/ledgers/{quote(period)}/reviews/").status_code in (200, 404)


@pytest.mark.parametrize(
    "field", ["evaluation", "problem-1", "owner-1", "place", "version", "mode", "happened_on", "form_key"]
)
def test_no_field_filled_by_hand_is_an_error(stage: Stage, field: str) -> None:
    client = stage.clients["ning"]
    client.raise_request_exception = False
    broken = []
    for bad in (
        "\0",
        "9" * 30,
        "-1",
        "字" * 20_000,
        "<script>x</script>",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    ):
        for address in (f"/write/{stage.own.open_duty.pk}/draft/", f"/write/{stage.own.open_duty.pk}/"):
            code = client.post(address, SAID | {field: bad}).status_code
            if code >= 500:
                broken.append((repr(bad[:10]), address, code))
    assert not broken
