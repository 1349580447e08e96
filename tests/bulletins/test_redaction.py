"""Personal remarks never leave the branch: planted leaks are refused, with who and where; harmless words pass."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dianping.bulletins.models import Bulletin, Copy
from dianping.bulletins.services import amend_bulletin, draft_bulletin, issue_bulletin, note_agreement
from dianping.bulletins.services.drafting import BulletinDraft
from dianping.reviews.services import correct_review
from tests import factories
from tests.bulletins.telling import CLERK, DAY, QUARTER, REMARK, SECRETARY, case_of, drafted, review_of
from tests.factories import University
from tests.refused import refused
from tests.reviews.telling import NEW_YEAR, at

LEAKS = {
    "plainly": "第一行\n冉小禾同志还要努力。",
    "spaces": "第一行\n冉 小 禾同志还要努力。",
    "wide space": "第一行\n冉　小禾同志还要努力。",
    "line end": "有的同志如冉小\n禾还要努力。",
    "empty lines": "有的同志如冉\n\n\n小禾还要努力。",
    "dots": "第一行\n冉·小·禾同志还要努力。",
    "unseen": "第一行\n冉\u200b小\u2060禾同志还要努力。",
    "in a unit": "文学院教工党支部冉小禾还要努力。",
}


def refusal_of(body: str, place: University, **more: object) -> str:
    """The words of the refusal, and nothing was issued."""
    bulletin = drafted(place.top, body=body, **more)  # type: ignore[arg-type]
    with refused(
        "bulletins.consent-missing", "bulletins.personal-words-in-text", "bulletins.text-too-long"
    ) as no:
        issue_bulletin(bulletin=bulletin, version=bulletin.version, today=DAY, actor=SECRETARY)
    bulletin.refresh_from_db()
    assert (bulletin.state, bulletin.number) == ("draft", None)
    assert not Copy.objects.exists()
    return str(no.value)


def issued(body: str, place: University, **more: object) -> Bulletin:
    bulletin = drafted(place.top, body=body, **more)  # type: ignore[arg-type]
    return issue_bulletin(bulletin=bulletin, version=bulletin.version, today=DAY, actor=SECRETARY)


@pytest.mark.parametrize("how", LEAKS)
def test_a_body_that_names_a_member_is_refused(opened: University, how: str) -> None:
    told = refusal_of(LEAKS[how], opened)
    assert "冉小禾（正文第" in told
    assert "对个人的点评不出支部" in told


def test_a_plain_search_for_the_name_would_let_most_of_them_through() -> None:
    assert [how for how, body in LEAKS.items() if "冉小禾" in body] == ["plainly", "in a unit"]


def test_every_name_is_told_with_its_lines(opened: University) -> None:
    told = refusal_of("一、冉小禾。\n二、好。\n三、边望\n川和祁文。", opened)
    assert "冉小禾（正文第 1 行）；边望川（正文第 3–4 行）；祁文（正文第 4 行）" in told


def test_a_name_in_the_title_is_refused(opened: University) -> None:
    assert "冉小禾（标题第 1 行）" in refusal_of("好。", opened, title="关于冉小禾的通报")


def test_somebody_who_has_left_or_only_holds_a_post_is_a_person_too(opened: University) -> None:
    gone = factories.member("尤一鸣", opened.letters_staff)
    gone.memberships.update(until=NEW_YEAR)
    guest = factories.Person.objects.create(name="贡如川")
    factories.lead(guest, opened.letters)
    told = refusal_of("尤一鸣、贡如川到会。", opened)
    assert "尤一鸣" in told
    assert "贡如川" in told


@pytest.mark.parametrize(
    "body",
    [
        REMARK,
        "有的同志联系群众的办法不多，遇到难处绕着走，要改。",
        "有的同志联系群众的 办法\n不多；遇到难处，绕着走。",
    ],
)
def test_words_of_a_remark_about_a_person_are_refused(opened: University, body: str) -> None:
    review_of(opened)
    told = refusal_of(f"第一行\n{body}", opened)
    assert "照搬了对个人的点评" in told
    assert "第 2" in told


def test_the_words_a_correction_replaced_are_still_somebodys(opened: University) -> None:
    review = review_of(opened)
    correct_review(
        review=review,
        changes={"evaluation": "已经改了写法的评价。"},
        why="措辞",
        version=review.version,
        moment=at(NEW_YEAR),
        actor=CLERK,
    )
    assert "照搬" in refusal_of(REMARK, opened)


def test_what_was_said_of_an_organisation_may_be_told(opened: University) -> None:
    from tests.reviews.telling import duty_about, tell

    tell(duty_about(opened.letters_staff, "branch"), evaluation="支部把学习和业务结合得比较紧密有成效。")
    assert issued("支部把学习和业务结合得比较紧密有成效。", opened).number == 1


def test_a_common_turn_of_phrase_passes(opened: University) -> None:
    review_of(opened)
    assert issued("各支部都要改进学习，联系群众的办法要多。", opened).state == "issued"


def test_an_organisation_whose_name_holds_a_name_may_be_named(opened: University) -> None:
    opened.letters.short_name = "祁文书院党委"
    opened.letters.save()
    assert issued("祁文书院党委已经完成。", opened).state == "issued"


def test_the_agreed_subject_of_a_case_told_here_may_be_named_and_nobody_else(opened: University) -> None:
    case = case_of(review_of(opened), facts="冉小禾同志每月到实验室听一次意见，当场答复。")
    assert "还没有登记本人同意" in refusal_of("冉小禾同志。", opened, cases=(case,))
    case = note_agreement(case=case, on=DAY, version=case.version, today=DAY, actor=SECRETARY)
    told = refusal_of("冉小禾、祁文同志。", opened, cases=(case,))
    assert "祁文" in told
    assert "冉小禾" not in told
    bulletin = issued("号召向冉小禾同志学习。", opened, cases=(case,))
    case.refresh_from_db()
    assert case.state == "published"
    assert bulletin in case.bulletins.all()
    assert issued("再次号召向冉小禾同志学习。", opened).number == 2


def test_agreement_to_a_case_that_is_not_told_names_nobody(opened: University) -> None:
    case = case_of(review_of(opened))
    note_agreement(case=case, on=DAY, version=case.version, today=DAY, actor=SECRETARY)
    assert "冉小禾" in refusal_of("冉小禾同志。", opened)


def test_an_ordinary_word_that_is_also_a_name_passes_when_a_person_says_so(opened: University) -> None:
    assert "许可" in refusal_of("未经许可不得缺席。", opened)
    assert issued("未经许可不得缺席。", opened, ordinary=("许可",)).ordinary == ["许可"]


def test_three_letters_are_never_an_ordinary_word(opened: University) -> None:
    with refused("bulletins.word-not-two-letters", match="“冉小禾”不是两个字"):
        drafted(opened.top, body="冉小禾。", ordinary=("冉小禾",))


def test_a_body_too_long_to_be_looked_through_is_refused(opened: University) -> None:
    assert "超过 20,000 字" in refusal_of("好" * 20_001, opened)


def test_the_first_draft_of_the_university_passes_and_shows_no_small_figure(opened: University) -> None:
    review_of(opened)
    bulletin = draft_bulletin(
        organisation=opened.top, period=QUARTER, circle=["党支部"], today=DAY, actor=CLERK
    )
    assert "不足 5 人" in bulletin.body
    assert not [n for n in range(1, 5) if f" {n} 人" in bulletin.body]
    assert REMARK not in bulletin.body
    amend_bulletin(
        bulletin=bulletin,
        draft=BulletinDraft(bulletin.title, bulletin.body, ("党支部",)),
        version=bulletin.version,
        actor=CLERK,
    )
    bulletin.refresh_from_db()
    done = issue_bulletin(bulletin=bulletin, version=bulletin.version, today=DAY, actor=SECRETARY)
    assert done.called == "点评通报〔2011〕1号"


def test_looking_for_names_costs_the_same_with_many_members(opened: University) -> None:
    def cost() -> int:
        bulletin = drafted(opened.top, body="各支部" + "都要抓紧推进工作" * 60)
        with CaptureQueriesContext(connection) as queries:
            issue_bulletin(bulletin=bulletin, version=bulletin.version, today=DAY, actor=SECRETARY)
        return len(queries)

    few = cost()
    for n in range(120):
        factories.member(f"添{n:03d}", opened.letters_staff)
    assert cost() <= few
