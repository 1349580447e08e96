"""来源: a problem named by something that is no review is followed like any other; older items are given their source."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from dianping.accounts.models import Grant
from dianping.accounts.services import grant_role
from dianping.accounts.viewer import Viewer
from dianping.acts.askable import problem_without_names
from dianping.acts.dossier import aim_of, dossier_of
from dianping.acts.person_record import person_file
from dianping.base.windows import parse_period
from dianping.common import audit
from dianping.common.acts import acting
from dianping.common.models import AuditEntry
from dianping.common.records.checking import check
from dianping.common.refusal import Refusal
from dianping.common.rights import unasked
from dianping.ledgers.selectors.registers import rectification_facts
from dianping.ledgers.selectors.scope import LedgerScope
from dianping.ledgers.selectors.statistics import statistics_facts
from dianping.pages.rectification.shown.report_outline import addressees_of, outline_of
from dianping.rectification import sources
from dianping.rectification.models import Item, Source
from dianping.rectification.selectors import figures_of, items_of_report
from dianping.rectification.services import (
    FindingInput,
    SourceInput,
    carry_sources,
    file_report,
    open_items_from,
)
from dianping.rectification.sources import (
    REVIEW,
    SourceKind,
    register_source_kind,
    source_kind,
    source_kinds,
)
from tests import factories
from tests.factories import ACTOR, University, secretarys_seat
from tests.glued import glued
from tests.reviews.telling import CLERK, NEW_YEAR, OTHER, at, duty_about, item_of, take_step, tell

CHECK = SourceKind("spot_check", "抽查", "duties:duty")  # any page that takes a number


@pytest.fixture
def spot_check(monkeypatch: pytest.MonkeyPatch) -> SourceKind:
    """A kind of source as a later room would make it known."""
    monkeypatch.setattr(sources, "_KINDS", dict(sources._KINDS))
    register_source_kind(CHECK)
    return CHECK


def found_by(place: University, **changed: Any) -> SourceInput:
    """An inspection group looked at 宁支书 as secretary of his branch."""
    given: dict[str, Any] = {
        "kind": "spot_check",
        "row": 7,
        "happened_on": NEW_YEAR,
        "about": "secretary",
        "organisation": place.letters_staff,
        "person": place.people["宁守真"],
        "label": "督查组",
        "seat": secretarys_seat(place.letters),
    }
    return SourceInput(**given | changed)


def open_from(place: University, *texts: str, **changed: Any) -> list[Item]:
    findings = [FindingInput(text, due=date(2011, 1, 31)) for text in texts or ("会议记录缺三次",)]
    return open_items_from(
        source=found_by(place, **changed), findings=findings, moment=at(NEW_YEAR), actor=ACTOR
    )


def faults() -> list[tuple[str, int | None]]:
    """Records of this room that do not stand as the chain says (the place itself is made beside it)."""
    return [(f.table, f.key) for f in check()[1] if f.table.startswith("rectification_")]


@pytest.fixture
def clerk(opened: University, settings: Any) -> Client:
    """Who keeps the office of the whole university, signed in."""
    settings.STANDING_DAY = NEW_YEAR
    user = factories.account(username="keeper")
    grant_role(user=user, role=Grant.Role.CLERK, organisation=opened.top, since=date(2010, 1, 1), actor=ACTOR)
    found = Client()
    found.force_login(user)
    return found


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return glued(answer)


def test_a_problem_from_an_invented_source_is_followed_to_its_end(
    opened: University, spot_check: SourceKind, clerk: Client
) -> None:
    """Steps, board, list, page, asking, report, ledger, return and person file, without any review behind it."""
    (item,) = open_from(opened)
    ning = opened.people["宁守真"]
    assert (item.problem, item.text, item.owner, item.owner_name) == (None, "会议记录缺三次", ning, "宁守真")
    assert (item.opened_on, str(item.source)) == (NEW_YEAR, f"{NEW_YEAR} 督查组抽查")

    assert figures_of(opened.top.path, today=NEW_YEAR)["open"] == 1
    for address in ("/rectification/", "/rectification/?view=board", f"/rectification/{item.pk}/"):
        assert "会议记录缺三次" in page(clerk, address), address
    told = page(clerk, f"/rectification/{item.pk}/")
    assert "督查组 2011年1月5日 星期三抽查宁守真时提出" in told
    assert f'<a href="{reverse("duties:duty", args=[7])}">' in told

    take_step(item, "plan")
    with pytest.raises(Refusal, match="责任人"):
        take_step(item, "unresolved", by=ning)
    unresolved = take_step(item, "unresolved", actor=OTHER)
    assert unresolved.report is not None
    (listed,) = items_of_report(unresolved.report)
    assert "2011-01-05 督查组抽查提出" in outline_of([listed])
    assert addressees_of([listed]).to == ("督查组（文学院党委书记）",)
    assert "会议记录缺三次" in page(clerk, reverse("rectification:report", args=[unresolved.report.pk]))
    file_report(
        duty=unresolved.report, text="没有专人记录，二月起由组织委员记。", moment=at(NEW_YEAR), actor=ACTOR
    )

    scope = LedgerScope(opened.letters, parse_period("2011Q1"), date(2011, 1, 10))
    (row,) = rectification_facts(scope).items
    assert (row.source, row.problem) == (
        "2011-01-05 督查组抽查宁守真，文学院教工党支部",
        "会议记录缺三次",
    )
    assert row.source_record == ""
    assert statistics_facts(scope)

    take_step(item, "plan", on=date(2011, 1, 6))
    take_step(item, "request", on=date(2011, 1, 6), actor=CLERK)
    closed = take_step(item, "close", on=date(2011, 1, 7), actor=OTHER)
    assert closed.state == "closed"
    assert "会议记录缺三次" in problem_without_names(closed)
    user = factories.account(ning, username="ning")
    (entry,) = person_file(ning, viewer=Viewer(user, day=NEW_YEAR)).sections[1].entries
    assert entry.title == "2011年1月5日提出：会议记录缺三次"
    assert faults() == []


def test_the_seat_in_whose_name_it_was_named_judges_it(opened: University, spot_check: SourceKind) -> None:
    from dianping.rectification.rights import acts_open_to, part_of

    (item,) = open_from(opened)
    qi = factories.account(opened.people["祁文"], username="qi")
    assert part_of(Viewer(qi, day=NEW_YEAR).actor, item).judge
    bian = factories.account(opened.people["边望川"], username="bian")
    assert acts_open_to(Viewer(bian, day=NEW_YEAR).actor, item) == {}


def test_the_next_review_shows_it_and_does_not_ask_of_it_as_of_a_review_problem(
    opened: University, spot_check: SourceKind
) -> None:
    """What an earlier review named has to be met (四.1); what others named stands beside it."""
    (item,) = open_from(opened)
    duty = duty_about(opened.letters_staff, "branch_secretary", person=opened.people["宁守真"])
    assert dossier_of(aim_of(duty), day=NEW_YEAR, own=True).open_items == [item]
    review = tell(duty)
    assert review.filed


def test_a_source_told_twice_opens_its_problems_once(opened: University, spot_check: SourceKind) -> None:
    first = open_from(opened, "甲", "乙")
    entries = AuditEntry.objects.filter(act="列入整改").count()
    assert open_from(opened, "甲", "乙") == first
    assert (Item.objects.count(), Source.objects.count(), entries) == (2, 1, 2)
    assert AuditEntry.objects.filter(act="列入整改").count() == 2


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"kind": "rumour"}, "不是登记过的问题来源"),
        ({"kind": REVIEW}, "不是登记过的问题来源"),
        ({"label": " "}, "没有写是谁提出"),
        ({"happened_on": date(2011, 1, 6)}, "还没有到"),
    ],
)
def test_a_source_nobody_can_answer_for_is_refused(
    opened: University, spot_check: SourceKind, changed: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refusal, match=why):
        open_from(opened, **changed)
    with pytest.raises(Refusal, match="没有写是什么问题"):
        open_from(opened, "甲", "  ")
    assert not Source.objects.exists()


def test_a_key_of_a_kind_is_taken_once(spot_check: SourceKind) -> None:
    register_source_kind(CHECK)
    with pytest.raises(ValueError, match="spot_check"):
        register_source_kind(SourceKind("spot_check", "检查"))


def test_every_kind_of_source_has_a_word_and_a_page_that_opens() -> None:
    kinds = source_kinds()
    assert source_kind(REVIEW) in kinds
    for kind in kinds:
        assert kind.label
        assert not kind.page or reverse(kind.page, args=[1])


# ---- items of an older version


def make_old(item: Item) -> None:
    """The item as an older version kept it, and as its chain vouched for it then."""
    with acting():
        Item.objects.filter(pk=item.pk).update(source=None, text="", about="", number=0, point=None)
        Source.objects.all().delete()
        unasked(ACTOR, because="the test writes what an older version would have written")
        audit.record(actor=ACTOR, act="旧版", about=f"item:{item.pk}")


def test_an_item_of_an_older_version_is_given_its_source_and_the_chain_vouches_for_it(
    opened: University,
) -> None:
    item = item_of(tell(duty_about(opened.letters_staff, "branch")))
    before = {name: getattr(item, name) for name in ("text", "about", "number", "point_id")}
    source = (item.source.seat_id, item.source.named_by_id, item.source.entered_at)  # type: ignore[union-attr]
    make_old(item)
    assert faults() == []
    assert carry_sources() == 1
    again = Item.objects.get(pk=item.pk)
    assert {name: getattr(again, name) for name in before} == before
    assert again.source is not None
    assert (again.source.seat_id, again.source.named_by_id, again.source.entered_at) == source
    assert again.source.review_id == again.problem.review_id  # type: ignore[union-attr]
    assert faults() == []
    assert carry_sources() == 0


def test_what_was_changed_beside_the_system_before_is_not_made_good_by_it(opened: University) -> None:
    item = item_of(tell(duty_about(opened.letters_staff, "branch")))
    make_old(item)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE rectification_item SET owner_name = '别人' WHERE id = %s", [item.pk])
    carry_sources()
    assert faults() == [("rectification_item", item.pk)]
