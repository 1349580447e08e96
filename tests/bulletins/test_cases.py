"""典型: raised, looked into by somebody else, agreed to, told, withdrawn."""

from dataclasses import replace
from typing import Any

import pytest

from dianping.bulletins.models import Copy, ModelCase
from dianping.bulletins.services import (
    amend_case,
    confirm_case,
    note_agreement,
    publish_case,
    raise_case,
    return_case,
    withdraw_case,
)
from dianping.common.models import AuditEntry
from dianping.common.refusal import Conflict
from tests.bulletins.telling import CLERK, DAY, FACTS, REMARK, SECRETARY, SUPERIOR, case_of, review_of
from tests.factories import University
from tests.refused import refused
from tests.reviews.telling import duty_about, tell


def about_branch(place: University) -> Any:
    return tell(duty_about(place.letters_staff, "branch"))


def published(case: ModelCase, place: University, **changed: Any) -> ModelCase:
    given: dict[str, Any] = {"publisher": place.top, "circle": ["党支部"], "version": case.version}
    return publish_case(case=case, today=DAY, actor=CLERK, **(given | changed))


def test_a_case_is_raised_once_and_its_words_are_the_raisers_own(opened: University) -> None:
    review = review_of(opened)
    case, again = case_of(review, checked=False), case_of(review, checked=False)
    assert case.pk == again.pk
    assert REMARK not in case.facts
    assert (case.state, case.person, case.path) == ("raised", review.person, review.path)
    assert AuditEntry.objects.filter(act="提出典型", about=f"case:{case.pk}").count() == 1


@pytest.mark.parametrize(
    ("title", "facts", "code"),
    [("", FACTS, "bulletins.case-without-title"), ("题", "短", "bulletins.case-without-story")],
)
def test_a_case_without_words_is_refused(opened: University, title: str, facts: str, code: str) -> None:
    with refused(code):
        raise_case(
            review=review_of(opened), kind="practice", title=title, facts=facts, today=DAY, actor=CLERK
        )
    assert not ModelCase.objects.exists()


def test_a_draft_raises_nothing(opened: University) -> None:
    review = review_of(opened)
    review.filed = False
    with refused("bulletins.review-still-draft"):
        case_of(review)


def test_nobody_checks_what_he_raised(opened: University) -> None:
    case = case_of(review_of(opened), checked=False)
    for check in (
        lambda: confirm_case(case=case, words="", version=1, today=DAY, actor=CLERK),
        lambda: return_case(case=case, words="补时间", version=1, actor=CLERK),
    ):
        with refused("bulletins.proposer-cannot-check"):
            check()
    assert ModelCase.objects.get().state == "raised"


def test_nobody_checks_what_is_about_himself(opened: University) -> None:
    case = case_of(review_of(opened), checked=False)
    with refused("bulletins.subject-cannot-check", match="说的就是冉小禾"):
        confirm_case(case=case, words="", version=1, today=DAY, actor=replace(SUPERIOR, himself=case.person))


def test_a_returned_case_is_written_anew_by_whoever_raised_it(opened: University) -> None:
    case = case_of(review_of(opened), checked=False)
    with refused("bulletins.return-without-words"):
        return_case(case=case, words=" ", version=1, actor=SUPERIOR)
    returned = return_case(case=case, words="写明时间", version=1, actor=SUPERIOR)
    assert (returned.state, returned.words) == ("returned", "写明时间")
    with refused("bulletins.case-by-another"):
        amend_case(case=case, title="题", facts=FACTS, version=2, actor=SECRETARY)
    again = amend_case(case=case, title="题", facts=FACTS, version=2, actor=CLERK)
    assert again.state == "raised"
    assert confirm_case(case=case, words="", version=3, today=DAY, actor=SUPERIOR).state == "checked"


def test_an_older_form_is_a_conflict(opened: University) -> None:
    case = case_of(review_of(opened))
    with refused("bulletins.case-changed-meanwhile", kind=Conflict):
        withdraw_case(case=case, why="重复", version=1, today=DAY, actor=CLERK)


def test_a_case_about_a_person_leaves_the_branch_only_with_his_agreement(opened: University) -> None:
    case = case_of(review_of(opened))
    with refused("bulletins.consent-missing"):
        published(case, opened)
    agreed = note_agreement(case=case, on=DAY, version=case.version, today=DAY, actor=SECRETARY)
    assert (agreed.agreed_on, agreed.agreed_by) == (DAY, "甘远山")
    told = published(agreed, opened)
    assert told.state == "published"
    assert Copy.objects.filter(case=told).count() == 4
    assert not Copy.objects.filter(case=told, organisation=opened.library).exists()


def test_within_his_branch_it_needs_none(opened: University) -> None:
    case = case_of(review_of(opened), facts=f"冉小禾同志：{REMARK}")
    told = published(case, opened, publisher=opened.letters_staff, circle=["本组织"])
    assert [c.organisation for c in told.copies.all()] == [opened.letters_staff]


def test_what_was_not_checked_is_not_published(opened: University) -> None:
    case = case_of(about_branch(opened), checked=False)
    with refused("bulletins.case-not-checked"):
        published(case, opened)
    assert not Copy.objects.exists()


def test_an_empty_circle_and_a_stranger_are_refused(opened: University) -> None:
    case = case_of(about_branch(opened))
    with refused("bulletins.circle-empty"):
        published(case, opened, circle=["基层党委"])
    with refused("bulletins.case-not-below-publisher", match="不在.*之下"):
        published(case, opened, publisher=opened.sciences)


@pytest.mark.parametrize("facts", ["祁文同志每月到实验室听一次意见。", f"他们改了。{REMARK}"])
def test_a_case_that_names_or_repeats_is_not_told_beyond_the_branch(opened: University, facts: str) -> None:
    review_of(opened)
    case = case_of(about_branch(opened), facts=facts)
    with refused("bulletins.personal-words-in-text", match=r"祁文（典型.*事迹第 1 行|照搬了对个人的点评"):
        published(case, opened)
    assert ModelCase.objects.get(pk=case.pk).state == "checked"


def test_a_withdrawn_case_keeps_its_reason_and_its_copies(opened: University) -> None:
    told = published(case_of(about_branch(opened)), opened)
    with refused("bulletins.withdrawal-without-reason"):
        withdraw_case(case=told, why="", version=told.version, today=DAY, actor=CLERK)
    with refused("bulletins.personal-words-in-text", match="祁文（撤回的原因第 1 行）"):
        withdraw_case(case=told, why="祁 文反映不实", version=told.version, today=DAY, actor=CLERK)
    back = withdraw_case(case=told, why="事实有出入", version=told.version, today=DAY, actor=CLERK)
    assert (back.state, back.why) == ("withdrawn", "事实有出入")
    assert back.copies.count() == 4
    with refused("bulletins.case-already-withdrawn", match="已于 2011-01-20 撤回"):
        withdraw_case(case=back, why="再撤", version=back.version, today=DAY, actor=CLERK)


def test_an_organisation_needs_no_agreement_and_a_day_ahead_is_none(opened: University) -> None:
    body = case_of(about_branch(opened))
    with refused("bulletins.consent-not-needed"):
        note_agreement(case=body, on=DAY, version=body.version, today=DAY, actor=CLERK)
    member = case_of(review_of(opened))
    with refused("bulletins.consent-in-future"):
        note_agreement(case=member, on=DAY.replace(day=21), version=member.version, today=DAY, actor=CLERK)
