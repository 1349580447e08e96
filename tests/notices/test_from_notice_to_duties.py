"""From the text of a notice to duties: every reading accepted opens what the shipped programmes open."""

import io
import json
from datetime import date
from pathlib import Path

from django.core.management import call_command

from dianping.acts.forecasting import forecast
from dianping.common.models import AuditEntry
from dianping.duties.models import Duty
from dianping.duties.services import open_duties
from dianping.notices.services import accept_rest, enter_notice
from dianping.orgs.selectors import organisation_or_top
from dianping.programmes.models import Adoption
from dianping.programmes.selectors import programme_for
from dianping.programmes.services import Supersession, adopt_notice
from tests.factories import ACTOR, University
from tests.given import ROSTER, SEED
from tests.notices.test_notices import COVER, NOTICE
from tests.refused import refused

DAY = date(2010, 12, 31)


def accepted(text: str, place: object, day: date = DAY) -> object:
    notice = enter_notice(text=text, organisation=place, today=day, actor=ACTOR)  # type: ignore[arg-type]
    accept_rest(notices=[notice, *notice.enclosed.all()], today=day, actor=ACTOR)
    return notice


def test_the_seed_accepted_as_read_opens_the_4510(db: None) -> None:
    call_command("take_roster", str(ROSTER), stdout=io.StringIO())
    text = SEED.read_text("utf-8")
    notice = accepted(text, organisation_or_top(""))
    seen = forecast(notice=notice, day=DAY, today=DAY, actor=ACTOR)  # type: ignore[arg-type]
    assert not Duty.objects.exists()
    assert not Adoption.objects.exists()
    adopted = adopt_notice(notice=notice, today=DAY, actor=ACTOR)  # type: ignore[arg-type]
    assert [one.adoption.number for one in adopted] == ["豫创组办发〔2010〕26号", "平学院创组文〔2010〕1号"]
    opened = open_duties(day=DAY, actor=ACTOR)
    assert opened.opened == seen.opened.opened == 4510
    assert dict(opened.by_target) == {
        "member": 4084, "branch": 194, "branch_secretary": 194, "unit": 19, "unit_secretary": 19, "contact": 13,
    }  # fmt: skip
    assert (opened.outside, opened.papers) == (2, 66)
    assert (seen.opened.papers, seen.people) == (66, 226)
    near = Duty.objects.filter(kind="review", due=date(2011, 1, 10)).exclude(owed_by=None)
    assert near.count() == 2 * (19 + 3) + 13
    quarter = open_duties(day=date(2011, 1, 5), actor=ACTOR)
    assert quarter.opened == 426
    # 转4: the hearing of 11–20 January, and nothing more of it
    in_force = programme_for(organisation_or_top(""), DAY)
    assert in_force is not None
    (hearing,) = in_force.programme.hearings
    assert (hearing.window.opens, hearing.window.due) == (date(2011, 1, 11), date(2011, 1, 20))
    assert (hearing.heard_by, hearing.collective, hearing.cited.clause) == ("党委", True, "4")
    assert opened.hearings == seen.opened.hearings == 1 + 22
    assert quarter.hearings == 0
    assert Duty.objects.filter(kind="prepare").count() == 22
    days = open_duties(day=date(2011, 1, 11), actor=ACTOR)
    assert (days.papers, days.hearings, days.by_target["heard"], days.opened) == (0, 0, 22, 22)


def test_a_paper_with_undecided_lines_is_not_adopted(university: University) -> None:
    notice = enter_notice(text=NOTICE, organisation=university.top, today=DAY, actor=ACTOR)
    with refused("programmes.lines-undecided"):
        adopt_notice(notice=notice, today=DAY, actor=ACTOR)
    assert not Adoption.objects.exists()


def test_a_forwarded_paper_is_adopted_with_its_cover_over_it(university: University) -> None:
    notice = accepted(COVER, university.top, date(2011, 1, 5))
    adopted = adopt_notice(notice=notice, today=date(2011, 1, 5), actor=ACTOR)  # type: ignore[arg-type]
    base, overlay = (one.adoption for one in adopted)
    assert overlay.extends == base.code
    opened = open_duties(day=date(2011, 1, 5), actor=ACTOR)
    owed = Duty.objects.filter(kind="paper").values_list("due", flat=True).distinct()
    assert opened.papers > 0
    assert set(owed) == {date(2011, 2, 20), date(2011, 3, 1)}


def test_what_is_struck_is_not_in_force(university: University) -> None:
    notice = enter_notice(text=NOTICE, organisation=university.top, today=DAY, actor=ACTOR)
    notice.lines.filter(kind="deliverable").update(state="struck")
    accept_rest(notices=[notice], today=DAY, actor=ACTOR)
    (adopted,) = adopt_notice(notice=notice, today=DAY, actor=ACTOR)
    assert "deliverable" not in adopted.adoption.text


def test_read_notice_prints_one_object(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(COVER, encoding="gb18030")
    said = io.StringIO()
    call_command("read_notice", str(path), "--json", stdout=said)
    found = json.loads(said.getvalue())
    assert found["number"] == "云岭文党〔2011〕1号"
    assert [one["number"] for one in found["enclosed"]] == ["云岭党发〔2011〕3号"]
    keys = {
        "number", "aliases", "issuer", "signature", "date", "kind", "addressees", "cites", "clauses", "dates",
        "cadences", "responsibilities", "deliverables", "forms", "doubts", "enclosed",
    }  # fmt: skip
    assert keys <= set(found)


def test_one_sentence_is_a_valid_text(tmp_path: Path) -> None:
    path = tmp_path / "phrase.txt"
    path.write_text("于12月9日前交至党委组织部", encoding="utf-8")
    said = io.StringIO()
    call_command("read_notice", str(path), "--issued", "2011-11-24", "--json", stdout=said)
    (one,) = json.loads(said.getvalue())["dates"]
    assert (one["start"], one["end"]) == (None, "2011-12-09")


LATER = NOTICE.replace("3号", "9号").replace("2011年1月4日", "2011年2月10日").replace("3月1日", "4月1日")


def test_a_later_notice_takes_the_place_of_an_older_one_from_its_own_day(university: University) -> None:
    first = adopt_notice(
        notice=accepted(NOTICE, university.top),
        today=date(2011, 1, 5),
        actor=ACTOR,  # type: ignore[arg-type]
    )[0].adoption
    later = accepted(LATER, university.top)
    new = adopt_notice(
        notice=later,
        today=date(2011, 2, 11),
        actor=ACTOR,
        over=Supersession(first),  # type: ignore[arg-type]
    )[0].adoption
    assert programme_for(university.letters, date(2011, 2, 9)).programme.number == first.number  # type: ignore[union-attr]
    assert programme_for(university.letters, date(2011, 2, 10)).programme.number == new.number  # type: ignore[union-attr]
    first.refresh_from_db()
    assert first.until == date(2011, 2, 10)
    assert AuditEntry.objects.filter(act="方案被代替").count() == 1


def test_what_an_overlay_stands_on_is_not_taken_away(university: University) -> None:
    base, overlay = (
        one.adoption
        for one in adopt_notice(
            notice=accepted(COVER, university.top),
            today=date(2011, 1, 6),
            actor=ACTOR,  # type: ignore[arg-type]
        )
    )
    later = accepted(LATER, university.top)
    with refused("programmes.overlay-still-stands"):
        adopt_notice(notice=later, today=date(2011, 2, 11), actor=ACTOR, over=Supersession(base))  # type: ignore[arg-type]
    base.refresh_from_db()
    assert (base.until, overlay.extends) == (None, base.code)
    assert Adoption.objects.count() == 2


def test_the_forecast_counts_what_is_new_and_leaves_nothing_behind(opened: University) -> None:
    before = (Duty.objects.count(), Adoption.objects.count(), AuditEntry.objects.count())
    paper = accepted(NOTICE.replace("3月1日", "1月20日"), opened.top)
    after_entry = AuditEntry.objects.count()
    day = date(2011, 1, 5)
    seen = forecast(notice=paper, day=day, today=day, actor=ACTOR)  # type: ignore[arg-type]
    assert sum(number for _, number in seen.days) == sum(number for *_, number in seen.heaviest)
    assert (
        sum(number for _, number in seen.days)
        == seen.opened.papers + seen.opened.opened + seen.opened.hearings
    )
    assert (Duty.objects.count(), Adoption.objects.count()) == before[:2]
    assert AuditEntry.objects.count() == after_entry


def test_a_paper_adopted_under_another_name_is_not_adopted_twice(adopted: University) -> None:
    standing = Adoption.objects.get(code="henan-2010-26")
    paper = accepted(NOTICE.replace("云岭党发〔2011〕3号", standing.number), adopted.top)
    with refused("programmes.adopted-already"):
        adopt_notice(notice=paper, today=date(2011, 1, 6), actor=ACTOR)  # type: ignore[arg-type]
    assert Adoption.objects.count() == 2


def test_another_campaign_stands_beside_the_first(adopted: University) -> None:
    """The yearly appraisal of members does not weaken or move the round: its own rules stand beside it."""
    paper = accepted(NOTICE, adopted.top)
    adopt_notice(notice=paper, today=date(2011, 1, 6), actor=ACTOR)  # type: ignore[arg-type]
    opened = open_duties(day=date(2011, 1, 6), actor=ACTOR)
    assert opened.by_target["member"] > 0, "the round of the first campaign"
    assert set(Duty.objects.filter(kind="paper").values_list("due", flat=True)) >= {date(2011, 3, 1)}
