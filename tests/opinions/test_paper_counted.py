"""Paper forms are counted by hand at the opening: sheets without a typing, or typings without a sheet, do not pass unseen."""

import pytest

from dianping.common.audit import Actor, Operator
from dianping.opinions.models import Poll
from dianping.opinions.rules import presets
from dianping.opinions.services import Unsound, type_paper
from tests.factories import University
from tests.opinions.polling import OPENS, Polling, answer, choosing, poll_about
from tests.refused import refused

pytestmark = pytest.mark.django_db
FORM = presets()["appraisal_organisation"]
TYPISTS = (Operator("one"), Operator("two"))


@pytest.fixture
def paper(university: University) -> Polling:
    """Twelve paper forms out: eight typed by two, one spoilt, one typed once, two not back."""
    found = poll_about(university, form=FORM)
    found.freeze()
    found.take_keys()
    found.issue(on_paper=True)
    codes = found.codes[0]
    for code in codes[:8]:
        typed(found, code, spoilt=False)
    typed(found, codes[8], spoilt=True)
    typed(found, codes[10], spoilt=False, by=TYPISTS[:1])
    return found


def typed(found: Polling, code: str, *, spoilt: bool, by: tuple[Actor, ...] = TYPISTS) -> None:
    """One form typed."""
    for actor in by:
        type_paper(
            poll=found.poll,
            code=code,
            answers=None if spoilt else choosing(FORM, 1),
            today=OPENS,
            actor=actor,
        )


def test_the_sheets_counted_agree_with_what_was_typed(paper: Polling) -> None:
    opened = paper.open(paper=9)
    assert opened.faults == []
    assert opened.turnout["paper"] == 9
    assert opened.turnout["typed"] == 8
    assert (opened.turnout["used"], opened.turnout["spoilt"]) == (8, 1)


@pytest.mark.parametrize("sheets", [7, 8, 10])
def test_sheets_too_few_or_too_many_keep_the_box_sealed(paper: Polling, sheets: int) -> None:
    """Seven on the table and eight typed: somebody typed a form that never came back. Ten: one was left out."""
    with refused(
        "opinions.box-unsound",
        kind=Unsound,
        match=f"收回纸质表 {sheets} 份，录入 8 份、登记废票 1 份",
    ) as no:
        paper.open(paper=sheets)
    assert len(no.value.faults) == 1
    assert paper.fresh().state == Poll.State.READY
    opened = paper.open(paper=sheets, despite=True)
    assert opened.faults == list(no.value.faults)


@pytest.mark.parametrize("sheets", [None, -1])
def test_a_box_with_paper_is_not_opened_before_it_is_counted(paper: Polling, sheets: int | None) -> None:
    with refused("opinions.paper-count-missing"):
        paper.open(paper=sheets)
    assert paper.fresh().state == Poll.State.READY


def test_where_no_paper_was_printed_none_is_asked_for(university: University) -> None:
    found = poll_about(university, form=FORM)
    found.freeze()
    found.take_keys()
    found.issue()
    for code in found.codes[0]:
        answer(found, code, choosing(FORM, 1), today=OPENS)
    assert "paper" not in found.open().turnout
