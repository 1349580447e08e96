"""Every list of the site is narrowed by unit, person, state and days, and goes out as a workbook of the same rows.

The lists are found in the source: a page that turns over rows (common/_pages.html) has a row here, or stands among those that
are no list, with the reason.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.test import Client
from openpyxl import load_workbook

from dianping.common.models import AuditEntry
from dianping.config.server.lanes import lane_of
from dianping.pages.frame import lists
from tests.pages.conftest import Stage, secret, with_polls

PAGES = Path(lists.__file__).resolve().parents[1]
FILTERS = 'include "pages/frame/_list_filters.html"'
TURNED = 'include "common/_pages.html"'
NO_LIST = {
    "ledger.html": "a ledger is a form; it is chosen by period and printed whole",
    "behind.html": "the records behind one figure, as many as the figure says",
    "chain.html": "the chain has boxes and a file of its own (decision 0021)",
}


@dataclass(frozen=True)
class List:
    """One list: its address for the whole of it, who looks, a word of each side, and which filters it has."""

    address: str
    role: str = "clerk"
    tells: str = ""  # the secret of a side that stands in its rows
    who: str = ""
    without: tuple[str, ...] = ()


UNTURNED = {"organisation.html"}  # all on one page
LISTS = {
    "organisation.html": List("/organisations/", who="祁文"),
    "reviews.html": List("/reviews/", tells="党员评价", who="宁守真"),
    "duties.html": List("/duties/?whose=below&view=items&state=all", who="宁守真"),
    "handovers.html": List("/duties/handed-over/"),
    "items.html": List("/rectification/?state=all", tells="党员问题", who="冉小禾"),
    "admonitions.html": List("/rectification/admonitions/"),
    "notices.html": List("/notices/", tells="来文", without=("who",)),
    "bulletins.html": List("/bulletins/", tells="通报"),
    "cases.html": List("/cases/", tells="典型"),
    "occasions.html": List("/occasions/", tells="会议室", who="冉小禾"),
    "draws.html": List("/draws/", tells="抽签"),
    "polls.html": List("/opinions/", tells="评议"),
    "accounts.html": List("/accounts/", who="宁守真", without=("unit", "since", "until")),
}


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """With polls."""
    return with_polls(stage)


def test_every_list_of_the_source_has_its_row() -> None:
    turned = {
        p.name: p.read_text("utf-8")
        for p in PAGES.glob("*/templates/**/*.html")
        if TURNED in p.read_text("utf-8")
    }
    assert set(turned) == (set(LISTS) - UNTURNED) | set(NO_LIST)
    turned |= {p.name: p.read_text("utf-8") for name in UNTURNED for p in PAGES.rglob(name)}
    assert not [name for name in LISTS if FILTERS not in turned[name]]


def page(client: Client, address: str, **asked: str) -> str:
    return str(client.get(address, _query(address) | asked).content.decode())


def _query(address: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in address.partition("?")[2].split("&") if pair)


def book(client: Client, address: str, **asked: str) -> list[list[str]]:
    """The rows of the workbook, heading first."""
    answer = client.get(address.partition("?")[0], _query(address) | asked | {"as": "xlsx"})
    assert answer.status_code == 200, address
    rows = [
        ["" if c is None else str(c) for c in row]
        for row in load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
    ]
    top = next(n for n, row in enumerate(rows) if row[0] == "序号")
    end = next(n for n, row in enumerate(rows) if n > top and not row[0].isdecimal())
    return rows[top:end]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_its_boxes_and_its_workbook(stage: Stage, name: str) -> None:
    one = LISTS[name]
    text = page(stage.clients[one.role], one.address)
    for box in ("unit", "who", "state", "since", "until"):
        if box in one.without:
            assert f'name="{box}"' not in text
        else:
            assert f'name="{box}"' in text or f"?{box}=" in text or f"&amp;{box}=" in text, (name, box)
    assert re.search(r'href="\?[^"]*as=xlsx"', text), name
    titles, *rows = book(stage.clients[one.role], one.address)
    assert rows, name
    heads = {
        re.sub(r"<[^>]+>", "", head).strip()
        for head in re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", text, re.S)
    }
    assert len(heads & set(titles)) >= min(4, len(heads) - 2), (name, heads, titles)
    if one.tells:
        assert secret("文", one.tells) in str(rows)
        assert secret("理", one.tells) in str(rows)


@pytest.mark.parametrize("name", [n for n in LISTS if LISTS[n].tells])
@pytest.mark.parametrize("unit", ["文学院", "wxy", "wenxueyuan", "code"])
def test_a_unit_is_named_by_words_letters_or_code(stage: Stage, name: str, unit: str) -> None:
    one = LISTS[name]
    asked = stage.own.unit.code if unit == "code" else unit
    rows = str(book(stage.clients["clerk"], one.address, unit=asked))
    shown = page(stage.clients["clerk"], one.address, unit=asked).partition("<table")[2]
    for text in (rows, shown):
        assert secret("文", one.tells) in text
        assert secret("理", one.tells) not in text


@pytest.mark.parametrize("name", [n for n in LISTS if LISTS[n].who])
def test_a_person_is_named_by_words_letters_or_syllables(stage: Stage, name: str) -> None:
    one = LISTS[name]
    spelled = {
        "祁文": ("qw", "qiwen", "祁"),
        "宁守真": ("nsz", "ningshouzhen", "宁守"),
        "冉小禾": ("rxh", "ran xiaohe", "小禾"),
    }[one.who]
    whole = book(stage.clients["clerk"], one.address)
    found = [book(stage.clients["clerk"], one.address, who=who) for who in spelled]
    by_words = {tuple(row[1:]) for row in found[2]}
    for by_letters in found[:2]:  # without a dictionary a namesake by sound may come with him
        assert by_words <= {tuple(row[1:]) for row in by_letters}
    assert 1 < len(found[2]) < len(whole)
    assert len(book(stage.clients["clerk"], one.address, who="没有这个人")) == 1


@pytest.mark.parametrize("name", [n for n in LISTS if LISTS[n].who])
def test_letters_that_mean_too_many_are_told_and_not_written_into_a_statement(
    stage: Stage, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, client = LISTS[name], stage.clients["clerk"]
    typed = {"祁文": "qw", "宁守真": "nsz", "冉小禾": "rxh"}[one.who]
    before = book(client, one.address, who=typed)
    monkeypatch.setattr(lists, "PORTION", 1)
    assert book(client, one.address, who=typed) == before
    monkeypatch.setattr(lists, "VALUES", 0)
    text = page(client, one.address, who=typed)
    assert f"姓名“{typed}”符合的有" in text
    assert "所以没有列。请多写几个字或字母。" in text
    assert len(book(client, one.address, who=typed)) == 1


def test_units_that_are_too_many_are_told(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "RANGES", 0)
    whole = book(stage.clients["clerk"], "/reviews/", unit="x")
    assert len(whole) > 1
    monkeypatch.setattr(lists, "VALUES", 0)
    assert "单位“x”符合的有" in page(stage.clients["clerk"], "/reviews/", unit="x")
    assert len(book(stage.clients["clerk"], "/reviews/", unit="x")) == 1


@pytest.mark.parametrize("name", LISTS)
def test_days_bound_a_list_and_a_day_that_is_none_lists_nothing(stage: Stage, name: str) -> None:
    one, client = LISTS[name], stage.clients["clerk"]
    if "since" in one.without:
        assert name == "accounts.html"  # an account has no day
        return
    whole = len(book(client, one.address))
    days = sorted(date(2000, 1, 1) + timedelta(days=4000 * n) for n in range(4))
    assert len(book(client, one.address, since=str(days[0]), until="2100-01-01")) == whole
    assert len(book(client, one.address, since="2099-01-01")) == 1
    assert len(book(client, one.address, until="1999-01-01")) == 1
    text = page(client, one.address, since="昨天")
    assert "读不出是哪一天" in text
    assert len(book(client, one.address, since="昨天")) == 1


@pytest.mark.parametrize("name", LISTS)
def test_every_state_is_a_part_of_the_whole(stage: Stage, name: str) -> None:
    one, client = LISTS[name], stage.clients["clerk"]
    text = page(client, one.address)
    states = set(re.findall(r"state=(\w*)", text))
    box = re.search(r'<select name="state">(.*?)</select>', text, re.S)
    states |= set(re.findall(r'value="(\w*)"', box[1])) if box else set()
    assert len(states) > 2, name
    address = re.sub(r"&?state=\w+", "", one.address).rstrip("?")
    whole = {tuple(row[1:]) for row in book(client, one.address)}
    for state in states - {""}:
        part = {tuple(row[1:]) for row in book(client, address, state=state)}
        assert part <= whole, (name, state)
    parts = [len(book(client, address, state=state)) for state in states - {"", "all"}]
    assert min(parts) < len(whole), name


@pytest.mark.parametrize("name", LISTS)
def test_a_workbook_leaves_an_entry_and_holds_no_more_than_its_reader_may_see(
    stage: Stage, name: str
) -> None:
    one = LISTS[name]
    book(stage.clients["clerk"], one.address)
    entry = AuditEntry.objects.order_by("-seq")[0]
    assert entry.act == "导出"
    assert str(stage.clients["clerk"].get("/").status_code) == "200"
    answer = stage.clients["ning"].get(one.address.partition("?")[0], _query(one.address) | {"as": "xlsx"})
    if answer.status_code == 200:
        text = str(list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)))
        assert "〖理" not in text
        assert stage.other.branch.name not in text


def test_a_workbook_takes_its_turn_among_files() -> None:
    for one in LISTS.values():
        path, _, query = one.address.partition("?")
        assert lane_of("GET", path, {}, query) == "looking"
        assert lane_of("GET", path, {}, f"{query}&as=xlsx".lstrip("&")) == "files"


@pytest.mark.parametrize(
    "query", ["%61s=xlsx", "a%73=xlsx", "%61%73=%78lsx", "unit=&as=%78lsx", "as=&%61s=xlsx"]
)
def test_no_spelling_of_the_address_takes_a_workbook_past_the_others(stage: Stage, query: str) -> None:
    answer = stage.clients["clerk"].get(f"/reviews/?{query}")
    assert "spreadsheet" in answer["Content-Type"]
    assert lane_of("GET", "/reviews/", {}, query) == "files"


@pytest.mark.parametrize("query", ["", "as=", "has=xlsx", "unit=as%3Dxlsx", "unit=%26as=xlsx"])
def test_a_page_that_is_only_looked_at_waits_for_no_file(query: str) -> None:
    assert lane_of("GET", "/reviews/", {}, query) == "looking"


def test_the_file_is_named_by_place_list_and_day(stage: Stage) -> None:
    answer = stage.clients["clerk"].get("/reviews/?as=xlsx")
    assert unquote(answer["Content-Disposition"]).endswith(f"{stage.place.top.name}-点评-2011-01-05.xlsx")


def test_more_rows_than_a_workbook_takes_are_refused_in_words(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST", 1)
    answer = stage.clients["clerk"].get("/reviews/?state=on_time&as=xlsx")
    assert answer.status_code == 302
    assert answer["X-Refusal"] == "lists.too-many-rows"
    assert "as=xlsx" not in answer["Location"]
    assert "state=on_time" in answer["Location"]
    assert "一个工作簿最多放 1 行" in stage.clients["clerk"].get(answer["Location"]).content.decode()


def test_filters_go_on_from_page_to_page(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    text = page(stage.clients["clerk"], "/duties/?whose=below&view=items&state=all", unit="文学院")
    following = re.search(r'rel="next" href="([^"]+)"', text)
    if following:
        assert "unit=" in following[1]
        assert "state=all" in following[1]


def test_the_members_of_a_branch_are_a_list_too(stage: Stage) -> None:
    client, address = stage.clients["clerk"], f"/organisations/?organisation={stage.own.branch.code}"
    titles, *rows = book(client, address)
    assert titles[1:4] == ["姓名", "性别", "党籍"]
    assert "冉小禾" in [row[1] for row in rows]
    assert [row[1] for row in book(client, address, who="ranxiaohe")[1:]] == ["冉小禾"]
    assert "冉小禾" in page(client, address, who="小禾")
    assert (
        len(book(client, address, state="正式党员")) + len(book(client, address, state="预备党员"))
        == len(rows) + 2
    )


def test_who_else_leads_an_organisation_stands_beside_its_secretary(stage: Stage) -> None:
    top = book(stage.clients["clerk"], "/organisations/")
    assert top[0][4:6] == ["书记", "副书记、委员"]
    assert "祁文" in [row[4] for row in top[1:]]


def test_a_withdrawn_case_is_not_found_by_what_is_no_longer_shown(stage: Stage) -> None:
    from dianping.bulletins.models import ModelCase

    case = stage.own.case
    ModelCase.objects.filter(pk=case.pk).update(state="withdrawn", withdrawn_on=date(2011, 1, 5))
    shown = page(stage.clients["bian"], "/cases/", who="冉小禾")
    assert "已撤回的典型" not in shown
