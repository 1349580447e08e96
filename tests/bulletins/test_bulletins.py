"""通报: drafted with figures, approved by another account, numbered, sent, withdrawn, corrected."""

import pytest

from dianping.base.windows import Window
from dianping.bulletins.models import Bulletin
from dianping.bulletins.selectors import bulletins_visible
from dianping.bulletins.services import (
    BulletinDraft,
    amend_bulletin,
    correct_bulletin,
    draft_bulletin,
    issue_bulletin,
    return_bulletin,
    withdraw_bulletin,
)
from dianping.common import audit
from dianping.common.models import AuditEntry
from dianping.common.refusal import Conflict
from tests.bulletins.telling import CLERK, DAY, QUARTER, SECRETARY, SUPERIOR, drafted
from tests.factories import University
from tests.refused import refused

BODY = "各支部基本完成。"


def issued(place: University, **more: object) -> Bulletin:
    bulletin = drafted(place.top, body=BODY, **more)  # type: ignore[arg-type]
    return issue_bulletin(bulletin=bulletin, version=bulletin.version, today=DAY, actor=SECRETARY)


def test_the_first_body_holds_the_figures_of_the_public_selectors(opened: University) -> None:
    found = draft_bulletin(organisation=opened.top, period=QUARTER, circle=["党支部"], today=DAY, actor=CLERK)
    assert "数字截至2011年1月20日" in found.body
    assert "党员应点评 " in found.body
    assert "理学院" in found.body
    assert found.title == "关于2011年第一季度领导点评工作情况的通报"
    assert (found.state, found.number, found.hands) == ("draft", None, ["wen"])


def test_a_period_that_has_not_begun_is_refused(opened: University) -> None:
    ahead = Window(DAY.replace(month=4), DAY.replace(month=6))
    with refused("bulletins.period-not-begun"):
        draft_bulletin(organisation=opened.top, period=ahead, circle=["党支部"], today=DAY, actor=CLERK)


@pytest.mark.parametrize(("circle", "told"), [((), "没有选"), (("小组",), "不认识的“小组”")])
def test_a_circle_is_chosen_from_the_known_kinds(
    opened: University, circle: tuple[str, ...], told: str
) -> None:
    with refused("bulletins.circle-not-valid", match=told):
        draft_bulletin(organisation=opened.top, period=QUARTER, circle=circle, today=DAY, actor=CLERK)


def test_whoever_wrote_at_it_does_not_approve_it(opened: University) -> None:
    bulletin = drafted(opened.top, body=BODY)
    draft = BulletinDraft(bulletin.title, BODY + "改。", ("党支部",))
    bulletin = amend_bulletin(bulletin=bulletin, draft=draft, version=bulletin.version, actor=SECRETARY)
    for writer in (CLERK, SECRETARY):
        with refused("bulletins.writer-cannot-issue"):
            issue_bulletin(bulletin=bulletin, version=bulletin.version, today=DAY, actor=writer)
    assert issue_bulletin(bulletin=bulletin, version=bulletin.version, today=DAY, actor=SUPERIOR).number == 1


def test_an_issued_bulletin_is_numbered_dated_sent_and_on_the_chain(opened: University) -> None:
    first, second = issued(opened), issued(opened)
    assert (first.called, second.called) == ("点评通报〔2011〕1号", "点评通报〔2011〕2号")
    assert (first.issued_on, first.approved_by) == (DAY, "甘远山")
    assert sorted(c.organisation.code for c in first.copies.all()) == ["YL0101", "YL0102", "YL0201", "YL0301"]
    entry = AuditEntry.objects.get(act="签发通报", about=f"bulletin:{first.pk}")
    assert entry.detail["copies"] == 4
    assert audit.verify() == []


def test_an_approved_version_is_the_one_that_was_read(opened: University) -> None:
    bulletin = drafted(opened.top, body=BODY)
    seen = bulletin.version
    amend_bulletin(
        bulletin=bulletin, draft=BulletinDraft("题", "改过。", ("党支部",)), version=seen, actor=CLERK
    )
    with refused("bulletins.changed-meanwhile", kind=Conflict):
        issue_bulletin(bulletin=bulletin, version=seen, today=DAY, actor=SECRETARY)
    with refused("bulletins.changed-meanwhile", kind=Conflict) as no:
        amend_bulletin(
            bulletin=bulletin, draft=BulletinDraft("题", "另改。", ("党支部",)), version=seen, actor=CLERK
        )
    assert no.value.differences == (("正文", "改过。", "另改。"),)


def test_a_returned_draft_carries_the_words_until_it_is_written_anew(opened: University) -> None:
    bulletin = drafted(opened.top, body=BODY)
    with refused("bulletins.return-without-words"):
        return_bulletin(bulletin=bulletin, words="", version=bulletin.version, actor=SECRETARY)
    back = return_bulletin(bulletin=bulletin, words="补整改", version=bulletin.version, actor=SECRETARY)
    assert back.words == "补整改"
    again = amend_bulletin(
        bulletin=back, draft=BulletinDraft("题", BODY, ("党支部",)), version=back.version, actor=CLERK
    )
    assert again.words == ""


def test_what_is_issued_is_not_written_at(opened: University) -> None:
    done = issued(opened)
    with refused("bulletins.no-longer-draft"):
        amend_bulletin(
            bulletin=done, draft=BulletinDraft("题", "改", ("党支部",)), version=done.version, actor=CLERK
        )
    with refused("bulletins.no-longer-draft", match="不能签发"):
        issue_bulletin(bulletin=done, version=done.version, today=DAY, actor=SUPERIOR)


def test_a_withdrawn_bulletin_stays_in_sight_with_its_reason_and_its_number(opened: University) -> None:
    done = issued(opened)
    with refused("bulletins.withdrawal-without-reason"):
        withdraw_bulletin(bulletin=done, why="", version=done.version, today=DAY, actor=SECRETARY)
    with refused("bulletins.personal-words-in-text", match="祁文（撤回的原因第 1 行）"):
        withdraw_bulletin(bulletin=done, why="祁文反映", version=done.version, today=DAY, actor=SECRETARY)
    withdraw_bulletin(bulletin=done, why="数字有误", version=done.version, today=DAY, actor=SECRETARY)
    seen = bulletins_visible(writers=[], heads=[], readers=[], receivers=[opened.letters_staff.path])
    assert [(b.state, b.why) for b in seen] == [("withdrawn", "数字有误")]
    assert issued(opened).number == 2


def test_a_correction_is_another_bulletin_and_reaches_whoever_had_the_first(opened: University) -> None:
    first = issued(opened)
    with refused("bulletins.not-issued-yet"):
        correct_bulletin(bulletin=drafted(opened.top, body=BODY), today=DAY, actor=CLERK)
    second = correct_bulletin(bulletin=first, today=DAY, actor=CLERK)
    assert correct_bulletin(bulletin=first, today=DAY, actor=CLERK).pk == second.pk
    assert "点评通报〔2011〕1号" in second.body
    draft = BulletinDraft(second.title, second.body + "\n第二段改为十月。", ("直属党支部",))
    second = amend_bulletin(bulletin=second, draft=draft, version=second.version, actor=CLERK)
    second = issue_bulletin(bulletin=second, version=second.version, today=DAY, actor=SECRETARY)
    assert {c.organisation.code for c in second.copies.all()} == {
        "YL0101", "YL0102", "YL0201", "YL0301", "YL04",
    }  # fmt: skip
    first.refresh_from_db()
    assert (first.state, first.body) == ("issued", BODY)


def test_readers_are_the_circle_and_the_issuers_own(opened: University) -> None:
    done, draft = issued(opened), drafted(opened.top, body=BODY)

    def seen(**paths: list[str]) -> set[int]:
        nothing: dict[str, list[str]] = {"writers": [], "heads": [], "readers": [], "receivers": []}
        return set(bulletins_visible(**(nothing | paths)).values_list("pk", flat=True))

    assert seen(receivers=[opened.letters_staff.path]) == {done.pk}
    assert seen(receivers=[opened.library.path]) == set()
    assert seen(readers=[opened.library.path]) == set()
    assert seen(readers=[opened.top.path]) == {done.pk}
    assert seen(writers=[opened.top.path]) == seen(heads=[opened.top.path]) == {done.pk, draft.pk}
    assert seen(heads=[opened.letters.path]) == set()
