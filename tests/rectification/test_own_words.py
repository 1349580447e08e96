"""专门书面报告 of a member: his own words, recorded for him and gone through by him (豫创组办发〔2010〕26号 四.1; decision 0067)."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from dianping.accounts.models import Grant
from dianping.accounts.services import grant_role
from dianping.common.audit import Operator
from dianping.common.formkeys import new_form_key
from dianping.common.models import AuditEntry
from dianping.duties.models import Duty
from dianping.rectification.models import WrittenReport
from dianping.rectification.services import OwnWords, file_report
from dianping.reviews.services import ProblemInput
from tests import factories
from tests.factories import ACTOR, University
from tests.glued import glued
from tests.refused import refused
from tests.reviews.telling import NEW_YEAR, OTHER, OWN, at, duty_about, item_of, take_step, tell

TEXT = "没有按月谈话，因为外出支教两个月；三月起每月谈一次。"


@pytest.fixture
def owed(opened: University, settings: Any) -> Duty:
    """The report about a problem of 冉小禾 that was not put right."""
    settings.STANDING_DAY = NEW_YEAR
    duty = duty_about(opened.letters_staff, "member", person=opened.people["冉小禾"])
    item = item_of(tell(duty, problems=(ProblemInput("没有按月谈话"),)))
    report = take_step(item, "unresolved", actor=OTHER).report
    assert report is not None
    return report


def file(duty: Duty, own: OwnWords | None = OWN, actor: Operator = ACTOR) -> WrittenReport:
    return file_report(duty=duty, text=TEXT, own=own, moment=at(NEW_YEAR, 15), actor=actor)


@pytest.mark.parametrize(
    ("own", "code"),
    [
        (None, "rectification.report-not-own-words"),
        (OwnWords("", NEW_YEAR, "念过"), "rectification.report-not-own-words"),
        (OwnWords("himself", NEW_YEAR, "念过"), "rectification.report-not-own-words"),
        (OwnWords("spoken", None, "念过"), "rectification.report-not-confirmed"),
        (OwnWords("paper", NEW_YEAR, "  "), "rectification.report-not-confirmed"),
        (OwnWords("spoken", date(2011, 1, 6), "念过"), "rectification.report-confirmed-ahead"),
        (OwnWords("spoken", date(1900, 1, 1), "念过"), "rectification.report-confirmed-before"),
    ],
)
def test_words_that_are_not_said_to_be_his_and_confirmed_are_no_report(
    owed: Duty, own: OwnWords | None, code: str
) -> None:
    with refused(code):
        file(owed, own)
    owed.refresh_from_db()
    assert owed.done_on is None
    assert not WrittenReport.objects.exists()


def test_recorded_for_him_it_says_who_recorded_it_and_how_he_went_through_it(owed: Duty) -> None:
    report = file(owed)
    assert report.words_of == owed.person
    assert report.origin == (
        f"冉小禾本人口述，{report.by}代录；本人 2011-01-05 核对：当面念给本人听，本人认可。"
    )
    assert AuditEntry.objects.filter(act="交书面报告", about=f"duty:{owed.pk}").exists()
    owed.refresh_from_db()
    assert owed.done_on == NEW_YEAR


def test_handed_in_by_himself_nobody_records_it(owed: Duty) -> None:
    assert owed.person is not None
    report = file(owed, None, Operator("ran", "党员", himself=owed.person))
    assert (report.manner, report.origin) == ("himself", "冉小禾本人交来。")


def test_a_body_s_report_is_its_secretary_s_as_before(opened: University) -> None:
    item = item_of(tell(duty_about(opened.letters_staff, "branch")))
    report = take_step(item, "unresolved", actor=OTHER).report
    assert report is not None
    filed = file(report, None)
    assert (filed.words_of, filed.origin) == (None, "")


def test_the_database_holds_no_recorded_words_without_confirmation(owed: Duty) -> None:
    report = file(owed)
    with pytest.raises(IntegrityError), transaction.atomic():
        WrittenReport.objects.filter(pk=report.pk).update(confirmed_on=None)


# ---- the page


def client_of(person: Any = None, username: str = "ning", place: Any = None) -> Client:
    user = factories.account(person, username=username)
    if place is not None:
        grant_role(
            user=user, role=Grant.Role.CLERK, organisation=place, since=factories.LONG_AGO, actor=ACTOR
        )
    client = Client()
    client.force_login(user)
    return client


def sent(**more: str) -> dict[str, str]:
    return {"text": TEXT, "form_key": new_form_key()} | more


def test_the_secretary_records_it_by_page_and_the_words_stay_until_it_is_whole(
    owed: Duty, opened: University
) -> None:
    client, address = client_of(opened.people["宁守真"]), f"/rectification/report/{owed.pk}/"
    page = glued(client.get(address))
    assert "报告是冉小禾本人的话" in page
    assert "点评人 宁守真（文学院教工党支部书记）" in page
    assert "文学院党委领导小组办公室" in page
    answer = client.post(address, sent())
    assert answer.headers["X-Refusal"] == "rectification.report-not-own-words"
    assert TEXT in glued(answer)
    whole = {"manner": "paper", "confirmed_on": "2011-01-05", "confirmed_how": "本人看过，签了名"}
    assert client.post(address, sent(**whole)).status_code == 302
    told = "冉小禾本人提交书面稿，宁守真"
    page = glued(client.get(address))
    assert told in page
    assert "代录；本人 2011-01-05 核对：本人看过，签了名。" in page
    # The reviewer's desk has it for reading, and the office above reads it.
    assert "的专门书面报告交来了" in glued(client.get("/"))
    office = client_of(username="wen", place=opened.letters)
    assert told in glued(office.get(address))


def test_a_member_with_an_account_writes_his_own(owed: Duty, opened: University) -> None:
    client, address = client_of(owed.person, "ran"), f"/rectification/report/{owed.pk}/"
    page = glued(client.get(address))
    assert 'name="manner"' not in page
    assert client.post(address, sent()).status_code == 302
    assert WrittenReport.objects.get().manner == "himself"
    stranger = client_of(opened.people["程实"], "cheng")
    assert stranger.get(address).status_code == 404
