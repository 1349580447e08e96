"""A hearing in a programme (平学院创组文〔2010〕1号 4; decision 0065): read, laid over, drafted from a paper, moved by a later one."""

from datetime import date

import pytest

from dianping.base.papers.letter import forwarding_letter
from dianping.base.toml_text import parsed_toml
from dianping.programmes.rules import Unreadable, Weakened, lay_over
from dianping.programmes.rules.amending import amended
from dianping.programmes.rules.drafting import AcceptedLine, Head, draft_programme
from tests.programmes.rules.papers import PROVINCE, SCHOOL, SCHOOL_TEXT, overlay

UNITS = {"二级党委", "党总支", "直属党支部"}
BODY = """
[[hearing]]
code = "hearing"
name = "党委听取汇报"
units = ["二级党委", "党总支", "直属党支部"]
heard_by = "党委"
opens = 2011-01-11
due = 2011-01-20
collective = true
clause = "4"
says = "党委听取汇报"
"""
HEAD = Head(
    "关于转发的通知",
    "云岭创组〔2010〕9号",
    "中共云岭大学委员会",
    date(2010, 12, 31),
    (),
    "各党总支、直属党支部：",
)
TEXT = "2011年元月中旬，党委要集中听取对各党总支、直属党支部活动开展情况汇报，并对各党总支、直属党支部书记进行集中点评"


def test_the_school_hears_its_units_in_mid_january_and_reviews_their_secretaries() -> None:
    (hearing,) = SCHOOL.hearings
    assert (hearing.window.opens, hearing.window.due) == (date(2011, 1, 11), date(2011, 1, 20))
    assert (hearing.heard_by, hearing.collective, set(hearing.units)) == ("党委", True, UNITS)
    assert (hearing.cited.paper, hearing.cited.clause) == ("平学院创组文〔2010〕1号", "4")
    assert "hearing" not in {paper.code for paper in SCHOOL.deliverables}


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ("due = 2011-01-20", "due = 2011-01-05", "programmes.hearing-days-reversed"),
        ('units = ["二级党委", "党总支", "直属党支部"]', "units = []", "programmes.hearing-of-nobody"),
        ("collective = true", 'collective = "是"', "programmes.not-yes-or-no"),
        ('heard_by = "党委"', "", "programmes.text-missing"),
        ("opens = 2011-01-11", "", "programmes.day-missing"),
        ('clause = "4"', "", "programmes.text-missing"),
    ],
)
def test_what_is_wrong_with_it_is_told(was: str, now: str, code: str) -> None:
    assert was in BODY
    with pytest.raises(Unreadable) as told:
        overlay(BODY.replace(was, now))
    assert [fault.code for fault in told.value.faults] == [code]


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        ("due = 2011-01-20", "due = 2011-01-25", "放宽"),
        ('"二级党委", "党总支", ', "", "少听了"),
        ("collective = true", "collective = false", "不再对书记集中点评"),
    ],
)
def test_a_lower_paper_may_not_ask_less_of_it(was: str, now: str, why: str) -> None:
    with pytest.raises(Weakened, match=why):
        lay_over(SCHOOL, overlay(BODY.replace(was, now), extends="school-2010-1"))


def test_a_lower_paper_may_hear_sooner() -> None:
    found = lay_over(SCHOOL, overlay(BODY.replace("due = 2011-01-20", "due = 2011-01-15")))
    assert [hearing.window.due for hearing in found.hearings] == [date(2011, 1, 15)]


def drafted(*lines: AcceptedLine) -> list[dict[str, object]]:
    found = draft_programme(HEAD, lines, base=PROVINCE).get("hearing", [])
    assert isinstance(found, list)
    return found


def test_an_order_to_hear_with_dates_is_drafted_as_a_hearing_and_no_paper() -> None:
    order = AcceptedLine("demand", {"kind": "hearing", "about": "听取汇报"}, "4", TEXT)
    when = AcceptedLine("date", {"start": "2011-01-11", "end": "2011-01-20"}, "4", "2011年元月中旬")
    (entry,) = drafted(order, when)
    assert (entry["opens"], entry["due"], entry["collective"]) == (date(2011, 1, 11), date(2011, 1, 20), True)
    assert set(entry["units"]) == UNITS  # type: ignore[call-overload]
    assert "deliverable" not in draft_programme(HEAD, [order, when], base=PROVINCE)
    (plain,) = drafted(AcceptedLine("demand", order.value, "4", "党委听取汇报"), when)
    assert plain["collective"] is False


def test_a_line_read_as_a_hearing_says_itself_who_hears_whom_and_when_and_stands_once() -> None:
    said = {
        "hearer": "校党委",
        "units": "各党总支、直属党支部",
        "start": "2011-01-11",
        "end": "2011-01-20",
        "collective": True,
    }
    order = AcceptedLine("demand", {"kind": "hearing", "about": "听取汇报"}, "4", TEXT)
    when = AcceptedLine("date", {"start": "2011-01-11", "end": "2011-01-20"}, "4", "2011年元月中旬")
    (entry,) = drafted(AcceptedLine("hearing", said, "4", TEXT), order, when)
    assert (entry["heard_by"], entry["due"], entry["collective"]) == ("校党委", date(2011, 1, 20), True)
    assert drafted(AcceptedLine("hearing", said | {"end": None}, "4", TEXT)) == []


def test_a_later_paper_moves_it_with_the_older_clause_behind_it() -> None:
    standing = parsed_toml(SCHOOL_TEXT)
    said = {"start": "2011-01-21", "end": "2011-01-25", "collective": True}
    later = Head(
        "延期的通知", "云岭创组〔2011〕1号", "中共云岭大学委员会", date(2011, 1, 8), (), "各党总支："
    )
    draft = draft_programme(later, [AcceptedLine("hearing", said, "1", "推迟到1月下旬")], base=PROVINCE)
    found = amended(standing, [draft])
    (hearing,) = found.values["hearing"]
    assert (hearing["code"], hearing["opens"], hearing["due"]) == (
        "hearing",
        date(2011, 1, 21),
        date(2011, 1, 25),
    )
    assert [(c.was, c.now) for c in found.changes] == [
        ("2011-01-11 至 2011-01-20", "2011-01-21 至 2011-01-25")
    ]
    assert hearing["before"][0]["paper"] == "平学院创组文〔2010〕1号"


def test_the_forwarding_letter_asks_to_prepare_and_owes_no_paper_for_it() -> None:
    letter = forwarding_letter(
        issuer="中共云岭大学委员会", addressees="", superior="省委", number="", title="通知",
        dated=date(2010, 12, 31), own=parsed_toml(SCHOOL_TEXT),
    )  # fmt: skip
    about = [line for line in letter.paragraphs if "听取" in line]
    assert len(about) == 1
    assert "2011年1月11日（星期二）至2011年1月20日（星期四），党委集中听取" in about[0]
    assert "进行集中点评，请做好相关准备" in about[0]
    assert "报党委" not in about[0]
