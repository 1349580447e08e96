"""A workbook of a list says of what it is a list and how it was narrowed, and its entry in the audit chain says the same."""

from io import BytesIO
from urllib.parse import unquote

import pytest
from django.test import Client
from openpyxl import load_workbook

from dianping.acts.chain_words import KEYS
from dianping.common.models import AuditEntry
from tests.pages.conftest import Stage, with_polls
from tests.pages.test_lists import LISTS


def head(client: Client, address: str) -> tuple[dict[str, str], str]:
    """What stands above the rows, by its name; and the name of the file."""
    answer = client.get(f"{address}{'&' if '?' in address else '?'}as=xlsx")
    assert answer.status_code == 200, address
    cells = [
        str(cell)
        for row in load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True, max_row=12)
        for cell in row
        if cell is not None
    ]
    text = "\n".join(cells)
    told = {}
    for key in ("范围", "筛选"):
        after = text.partition(key)[2].lstrip("：:\n 　")
        told[key] = after.partition("\n")[0].partition("　")[0].strip()
    return told, unquote(answer["Content-Disposition"])


SCOPES = [
    ("qi", "/reviews/", "文学院党委及其下级"),
    ("qi", "/reviews/?whose=mine", "祁文点评的"),
    ("qi", "/reviews/?whose=me", "对祁文的"),
    ("qi", "/reviews/?whose=confirm", "等祁文确认的"),
    ("ning", "/duties/?whose=mine", "宁守真自己的应办"),
    ("ning", "/duties/?whose=below&view=items", "文学院教工党支部"),
    ("qi", "/notices/", "文学院党委及其下级登记的，和发到这些党组织的"),
    ("qi", "/bulletins/", "文学院党委及其下级印发的，和发到祁文所负责的党组织的"),
    ("qi", "/cases/", "文学院党委及其下级提出的，和发到祁文所负责的党组织的、说到祁文的"),
    ("qi", "/opinions/", "文学院党委及其下级的，和祁文保管钥匙的、开箱后告知祁文的"),
    ("qi", "/rectification/", "文学院党委及其下级"),
]


@pytest.mark.parametrize(("role", "address", "scope"), SCOPES)
def test_a_workbook_says_of_what_it_is(stage: Stage, role: str, address: str, scope: str) -> None:
    unit, branch = stage.own.unit.name, stage.own.branch.name
    meant = scope.replace("文学院党委", unit).replace("文学院教工党支部", branch)
    told, name = head(stage.clients[role], address)
    assert told["范围"] == meant
    if "whose=m" in address or "whose=confirm" in address:
        assert unit not in name
        assert branch not in name


def test_the_places_of_the_scope_are_those_read_not_the_one_the_page_stands_at(stage: Stage) -> None:
    code = stage.own.branch.code
    for address in ("/notices/", "/bulletins/", "/cases/"):
        told, _ = head(stage.clients["clerk"], f"{address}?organisation={code}")
        assert told["范围"].startswith(f"{stage.place.top.name}及其下级")
    told, name = head(stage.clients["clerk"], f"/reviews/?organisation={code}")
    assert told["范围"] == stage.own.branch.name
    assert stage.own.branch.name in name


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/reviews/?whose=mine&mode=on_site&state=late", ["补录", "现场点评"]),
        ("/notices/?q=通知&direction=received&unit=wxy", ["单位“wxy”", "标题或文号“通知”", "来文"]),
        ("/duties/?whose=below&view=items&kind=review&due=2011-01-31", ["未办", "期限2011年1月31日"]),
        ("/accounts/?role=clerk&who=gan", ["姓名“gan”", "党务干事"]),
    ],
)
def test_the_page_s_own_boxes_are_told_too(stage: Stage, address: str, words: list[str]) -> None:
    told, _ = head(stage.clients["clerk"], address)
    for word in words:
        assert word in told["筛选"], told


@pytest.mark.parametrize("name", LISTS)
def test_the_entry_says_of_what_the_workbook_was_and_how_it_was_narrowed(stage: Stage, name: str) -> None:
    one, stage = LISTS[name], with_polls(stage)
    told, _ = head(
        stage.clients[one.role], f"{one.address}{'&' if '?' in one.address else '?'}since=2011-01-01"
    )
    detail = AuditEntry.objects.filter(act="导出").order_by("-seq")[0].detail
    assert detail["scope"] == told["范围"] != ""
    assert detail["filters"] == told["筛选"] != ""
    assert "since" in one.without or "2011年1月1日起" in detail["filters"]
    assert {"scope", "filters"} <= set(KEYS)
