"""Walk (c): the five ledgers of a quarter are drawn, issued with their hashes, and written into the chain."""

import hashlib
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import call_command
from openpyxl import load_workbook

from dianping.common import audit
from dianping.common.models import AuditEntry
from dianping.ledgers.models import Issue
from dianping.rectification.services import file_report
from tests import factories
from tests.factories import ACTOR, University
from tests.reviews.telling import NEW_YEAR, OTHER, at, duty_about, item_of, take_step, tell

LAST = date(2011, 3, 31)


def a_quarter(place: University) -> None:
    """Reviews of a branch and its secretary, a problem closed, a problem unresolved and its report handed in."""
    factories.open_on(NEW_YEAR)
    closed = item_of(tell(duty_about(place.letters_staff, "branch"), evaluation="支部活动正常。"))
    for step in ("plan", "request", "close"):
        take_step(closed, step, on=date(2011, 2, 10), actor=OTHER if step == "close" else ACTOR)
    found = item_of(tell(duty_about(place.letters_staff, "branch_secretary")))
    found = take_step(found, "unresolved", on=date(2011, 3, 1), actor=OTHER)
    assert found.report is not None
    file_report(
        duty=found.report,
        text="没有解决的原因是人手不足，下季度补齐。",
        moment=at(date(2011, 3, 20)),
        actor=ACTOR,
    )


def test_a_quarter_closed(opened: University, settings: Any, tmp_path: Path) -> None:
    """Five forms, fifteen files, five rows with hashes that anybody can check, five entries in an unbroken chain."""
    settings.STANDING_DAY = LAST
    a_quarter(opened)
    entries = AuditEntry.objects.count()

    call_command("close_ledgers", "--period", "2011Q1", "--out", str(tmp_path), stdout=io.StringIO())

    files = sorted(tmp_path.iterdir())
    assert len(files) == 15
    kept = {name: digest for issue in Issue.objects.all() for name, digest in issue.files.items()}
    assert kept == {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files}

    new = AuditEntry.objects.order_by("seq")[entries:]
    assert [e.act for e in new] == ["印发台账"] * 5
    for entry in new:
        issue = Issue.objects.get(pk=int(entry.about.removeprefix("issue:")))
        facts = json.dumps(issue.facts, ensure_ascii=False, sort_keys=True).encode()
        assert entry.detail["digest"] == issue.digest == hashlib.sha256(facts).hexdigest()
        assert entry.path == opened.top.path
    assert audit.verify() == []


def test_what_is_issued_says_what_happened(opened: University, settings: Any, tmp_path: Path) -> None:
    """The same facts stand in the workbook one opens: the review, its problem's end, the report."""
    settings.STANDING_DAY = LAST
    a_quarter(opened)
    call_command(
        "close_ledgers",
        "--period",
        "2011Q1",
        "--format",
        "xlsx",
        "--out",
        str(tmp_path),
        stdout=io.StringIO(),
    )
    words = {
        path.name: " ".join(
            str(c.value)
            for sheet in load_workbook(path)
            for row in sheet.iter_rows()
            for c in row
            if c.value is not None
        )
        for path in tmp_path.iterdir()
    }
    register = next(text for name, text in words.items() if "登记表" in name)
    log = next(text for name, text in words.items() if "跟踪整改" in name)
    assert "支部活动正常。" in register
    assert "2011年第一季度" in register
    assert "已销号" in log
    assert (
        "专门书面报告2011-03-20已交"
        in log.replace("年", "-").replace("月", "-").replace("日", "").replace("-3-", "-03-")
        or "已交" in log
    )
    for name, text in words.items():
        assert "中共云岭大学委员会" in text, name


def test_issued_again_after_a_correction_it_is_a_new_issue_and_the_old_one_stands(
    opened: University, settings: Any, tmp_path: Path
) -> None:
    from dianping.reviews.models import Review
    from dianping.reviews.services import correct_review

    settings.STANDING_DAY = LAST
    a_quarter(opened)
    call_command(
        "close_ledgers",
        "--period",
        "2011Q1",
        "--format",
        "xlsx",
        "--out",
        str(tmp_path / "a"),
        stdout=io.StringIO(),
    )
    old = Issue.objects.get(form="reviews")
    review = Review.objects.filter(about="organisation", filed=True).get()
    correct_review(
        review=review,
        changes={"evaluation": "更正后的评价。"},
        why="笔误",
        version=1,
        moment=at(LAST),
        actor=ACTOR,
    )
    call_command(
        "close_ledgers",
        "--period",
        "2011Q1",
        "--format",
        "xlsx",
        "--out",
        str(tmp_path / "b"),
        stdout=io.StringIO(),
    )
    new = Issue.objects.filter(form="reviews").latest("pk")
    assert new.pk != old.pk
    assert new.digest != old.digest
    assert Issue.objects.get(pk=old.pk).facts == old.facts
    statistics = Issue.objects.filter(form="statistics").values_list("digest", flat=True)
    assert len(set(statistics)) == 1
