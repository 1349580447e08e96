"""Walk (a): a roster workbook becomes duties, through the pages, on an empty site."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dianping.accounts.models import Grant
from dianping.accounts.services import add_account, grant_role
from dianping.common.audit import verify
from dianping.common.formkeys import new_form_key
from dianping.common.models import AuditEntry
from dianping.demo.university import write_university
from dianping.duties.models import Duty
from dianping.orgs.models import Membership, Organisation
from tests.factories import ACTOR
from tests.glued import glued

TODAY = date(2010, 12, 31)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("roster") / "名册.xlsx"
    write_university(path)
    return path


@pytest.fixture
def clerk(db: None, settings: Any) -> Client:
    """The first account of an empty site."""
    settings.STANDING_DAY = TODAY
    user = add_account(
        username="wen", password="three-plain-words", name="温干事", person=None, actor=ACTOR, lasting=True
    )
    grant_role(user=user, role=Grant.Role.CLERK, organisation=None, since=TODAY, actor=ACTOR)
    client = Client()
    client.force_login(user)
    return client


def upload(clerk: Client, path: Path) -> Any:
    with path.open("rb") as file:
        return clerk.post("/set-up/roster/", {"file": file})


def kept_in(page: Any) -> str:
    found = re.search(r'name="kept" value="([^"]+)"', glued(page))
    assert found is not None
    return found[1]


def write(clerk: Client, kept: str, key: str) -> Any:
    return clerk.post(
        "/set-up/roster/", {"kept": kept, "file_name": "名册.xlsx", "form_key": key}, follow=True
    )


def test_from_an_empty_site_to_4510(clerk: Client, workbook: Path) -> None:
    """Upload, look, write, adopt, open, read the number; every step again, and nothing changes."""
    assert clerk.get("/", follow=True).redirect_chain[-1][0] == "/set-up/"

    preview = upload(clerk, workbook)
    assert preview.status_code == 200
    words = glued(preview)
    assert "组织 214 个，党员 4,278 名，班子成员 13 名" in words
    assert "先看，再写入" in words
    assert not Organisation.objects.exists(), "looking wrote something"

    key = new_form_key()
    written = write(clerk, kept_in(preview), key)
    assert "名册已写入" in written.content.decode()
    assert (Organisation.objects.count(), Membership.objects.count()) == (214, 4278)

    clerk.post("/set-up/programme/", {"name": "school-2010-1", "form_key": new_form_key()})
    opened = clerk.post("/set-up/duties/", {"day": "2010-12-31", "form_key": new_form_key()}, follow=True)
    words = glued(opened)
    assert "新开列应点评 4,510 项" in words
    assert "没有组织缺书记" in words
    assert re.search(r"<span>应点评</span> <b>4,510</b>", words)
    by_target = Counter(
        Duty.objects.filter(window__rule="round", owed_by__isnull=False).values_list("target", flat=True)
    )
    assert (
        sum(n for target, n in by_target.items() if not target.startswith(("committee", "contact"))) == 4510
    )

    again = clerk.post("/set-up/duties/", {"day": "2010-12-31", "form_key": new_form_key()}, follow=True)
    assert "新开列应点评 0 项（原有 4,510 项）" in again.content.decode()
    same = upload(clerk, workbook)
    assert "没有变动" in same.content.decode()
    assert not verify()
    assert AuditEntry.objects.filter(act="开列应办").count() == 1


def test_a_roster_with_faults_shows_them_all_and_writes_nothing(clerk: Client, tmp_path: Path) -> None:
    from tests.factories import write_roster

    path = write_roster(
        tmp_path / "坏名册.xlsx",
        organisations=[
            {
                "组织名称": "中共甲学校委员会",
                "组织代码": "J",
                "组织类别": "基层党委",
                "成立日期": date(2000, 1, 1),
            },
            {"组织名称": "甲支部", "组织代码": "J1", "组织类别": "党小组", "上级党组织": "没有这个组织"},
        ],
        members=[{"姓名": "钱一", "所在党支部": "不存在的支部", "公民身份号码": "123"}],
    )
    page = upload(clerk, path)
    assert page.status_code == 422
    words = glued(page)
    assert "处问题" in words
    for found in ("党小组", "没有这个组织", "不存在的支部"):
        assert found in words
    assert 'name="kept"' not in words
    assert not Organisation.objects.exists()
    assert not AuditEntry.objects.filter(act__contains="名册").exists()


def test_a_preview_left_lying_does_not_keep_identity_numbers_after_writing(
    clerk: Client, workbook: Path, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    preview = upload(clerk, workbook)
    write(clerk, kept_in(preview), new_form_key())
    left = [p for p in (Path(settings.HOME) / "uploads").rglob("*") if p.is_file()]
    assert not left


def test_a_double_click_writes_the_roster_once(clerk: Client, workbook: Path) -> None:
    kept, key = kept_in(upload(clerk, workbook)), new_form_key()
    first, second = write(clerk, kept, key), write(clerk, kept, key)
    assert first.status_code == second.status_code == 200
    assert AuditEntry.objects.filter(act__contains="名册").count() == 1
