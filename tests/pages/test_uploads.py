"""Files looked at and not taken do not lie about."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from dianping.acts.uploads import forget_upload, keep_upload, kept_upload, sweep_uploads
from dianping.common.audit import Operator
from dianping.common.clock import true_moment
from tests.pages.conftest import Stage

LATER = timedelta(hours=1, seconds=1)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def sent(content: bytes = b"990000") -> SimpleUploadedFile:
    return SimpleUploadedFile("名册.csv", content)


def grow_old(path: Path) -> None:
    then = (true_moment() - LATER).timestamp()
    os.utime(path, (then, then))


def test_it_is_gone_within_the_hour_at_anybodys_next_upload(home: Path) -> None:
    old = kept_upload("wen", keep_upload(Operator("wen"), sent()))
    grow_old(old)
    keep_upload(Operator("qin"), sent())
    assert not old.exists()


def test_it_is_gone_at_a_start_and_not_before_its_hour(home: Path) -> None:
    kept = kept_upload("wen", keep_upload(Operator("wen"), sent()))
    assert sweep_uploads(true_moment()) == 0
    assert sweep_uploads(true_moment() + LATER) == 1
    assert not kept.exists()


def test_after_an_hour_it_cannot_be_written_any_more(home: Path) -> None:
    key = keep_upload(Operator("wen"), sent())
    grow_old(kept_upload("wen", key))
    with pytest.raises(Http404):
        kept_upload("wen", key)
    forget_upload("wen", key)
    assert not list((home / "uploads").glob("*/*"))


def test_it_is_its_owners_alone(home: Path) -> None:
    before = os.umask(0)
    path = kept_upload("wen", keep_upload(Operator("wen"), sent()))
    os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    for folder in path.relative_to(home).parents:
        if folder != Path("."):
            assert (home / folder).stat().st_mode & 0o777 == 0o700


def files() -> list[Path]:
    """Every file of the data folder but the places of those who read (they hold nothing)."""
    found = (path for path in Path(site.HOME).rglob("*") if path.is_file() and path.parent.name != "reading")
    return sorted(found)


def test_a_refused_notice_file_is_gone_at_once(stage: Stage) -> None:
    before = files()
    for name, content in (("扫描.pdf", b"%PDF-1.4 nothing"), ("a.docx", b"PK\x03\x04")):
        answer = stage.clients["clerk"].post(
            "/notices/enter/", {"direction": "received", "files_sent": [SimpleUploadedFile(name, content)]}
        )
        assert answer.status_code == 422, name
    assert files() == before


def test_evidence_of_a_refused_step_is_gone_at_once(stage: Stage) -> None:
    before, item = files(), stage.own.item
    form = {
        "step": "progress",
        "version": "99",
        "text": "已办",
        "after": [SimpleUploadedFile("a.txt", b"new")],
    }
    answer = stage.clients["ning"].post(f"/rectification/{item.pk}/step/", form)
    assert answer.status_code >= 400
    assert files() == before
