"""The register of notices: entered once, found by number in any spelling, forwarded notices taken apart, signed for."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from dianping.common.models import AuditEntry
from dianping.common.refusal import Conflict
from dianping.notices.models import Line, Notice
from dianping.notices.selectors import (
    citing,
    notices_called,
    notices_listed,
    notices_visible,
    reach_of,
    receipts_waiting,
)
from dianping.notices.services import (
    HeadCorrection,
    accept_rest,
    decide_line,
    enter_notice,
    send_to,
    sign_for,
)
from dianping.orgs.models import Organisation
from tests.factories import ACTOR, University
from tests.refused import refused

DAY = date(2011, 1, 5)
NOW = datetime(2011, 1, 5, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
NOTICE = """中共云岭大学委员会文件
云岭党发〔2011〕3号

关于做好民主评议党员工作的通知
各党总支、直属党支部：
根据《关于开展评议工作的意见》（云教工委[2010]12号）要求，现就有关事项通知如下：
一、各党支部书记要对本支部每名党员进行点评。
二、各单位于2011年3月1日前将工作总结报党委组织部。
中共云岭大学委员会
2011年1月4日
"""
COVER = (
    """中共云岭大学文学院委员会文件
云岭文党〔2011〕1号

关于转发《关于做好民主评议党员工作的通知》的通知
各党支部：
现将校党委《关于做好民主评议党员工作的通知》（云岭党发〔2011〕3号）转发给你们，请认真贯彻执行。
各党支部于2月20日前将总结报学院党委。
中共云岭大学文学院委员会
2011年1月5日

"""
    + NOTICE
)


def entered(university: University, text: str = NOTICE, **more: object) -> Notice:
    return enter_notice(text=text, organisation=university.top, today=DAY, actor=ACTOR, **more)  # type: ignore[arg-type]


def test_the_head_of_a_paper_is_read_and_not_asked_for(university: University) -> None:
    notice = entered(university)
    assert (notice.number, notice.dated) == ("云岭党发〔2011〕3号", date(2011, 1, 4))
    assert notice.title == "关于做好民主评议党员工作的通知"
    assert notice.issuer == "中共云岭大学委员会"
    assert [c.number for c in notice.citations.filter(is_alias=False)] == ["云教工委〔2010〕12号"]


def test_the_same_text_is_one_paper(university: University) -> None:
    assert entered(university) == entered(university)
    assert AuditEntry.objects.filter(act="登记文件").count() == 1


@pytest.mark.parametrize(
    "spelling",
    ["云岭党发〔2011〕3号", "云岭党发[2011]3号", "云岭党发（2011） 3 号", "云岭党发﹝2011﹞第3号", "云岭党发20113号", "云岭党发〔２０１１〕３号"],
)  # fmt: skip
def test_a_number_in_any_spelling_finds_the_paper(university: University, spelling: str) -> None:
    notice = entered(university)
    assert list(notices_listed([university.top.path], asked=spelling)) == [notice]


def test_a_forwarded_paper_is_taken_out_with_its_own_head(university: University) -> None:
    cover = entered(university, COVER)
    assert (cover.number, cover.kind) == ("云岭文党〔2011〕1号", "转发")
    enclosed = cover.enclosed.get()
    assert enclosed.number == "云岭党发〔2011〕3号"
    assert cover.text[enclosed.begins : enclosed.ends].strip().startswith("中共云岭大学委员会文件")
    assert cover.ends == enclosed.begins
    assert list(notices_listed([university.top.path], asked="云岭党发[2011]3号")) == [cover]
    assert notices_called({"云岭党发〔2011〕3号"}, paths=[university.top.path]) == {
        "云岭党发〔2011〕3号": enclosed
    }
    assert list(citing(enclosed, paths=[university.top.path])) == [cover]


def test_words_over_what_was_read_win(university: University) -> None:
    notice = entered(
        university, corrected=HeadCorrection(number="云岭党发[2011]第8号", dated=date(2011, 1, 3))
    )
    assert (notice.number, notice.dated) == ("云岭党发〔2011〕8号", date(2011, 1, 3))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"text": " \n"}, "notices.text-empty"),
        ({"corrected": HeadCorrection(number="八号")}, "notices.number-not-recognised"),
    ],
)
def test_what_cannot_be_entered_is_told(university: University, given: dict[str, object], code: str) -> None:
    with refused(code):
        entered(university, **given)  # type: ignore[arg-type]
    assert not Notice.objects.exists()


def test_receipts_are_waited_for_until_signed_and_signed_once(university: University) -> None:
    notice = entered(university, sign_by=date(2011, 1, 8))
    both = [university.letters, university.sciences]
    assert send_to(notice=notice, organisations=both, actor=ACTOR) == 2
    assert send_to(notice=notice, organisations=both, actor=ACTOR) == 0
    first = sign_for(notice=notice, organisation=university.letters, moment=NOW, actor=ACTOR)
    assert (
        sign_for(notice=notice, organisation=university.letters, moment=NOW, actor=ACTOR).signed_at
        == first.signed_at
    )
    assert [r.organisation for r in receipts_waiting([university.top.path])] == [university.sciences]
    assert AuditEntry.objects.filter(act="签收文件").count() == 1
    with refused("notices.not-sent-there"):
        sign_for(notice=notice, organisation=university.offices, moment=NOW, actor=ACTOR)
    listed = notices_listed([university.top.path]).get()
    assert (listed.sent, listed.signed) == (2, 1)  # type: ignore[attr-defined]


def test_whoever_it_was_sent_to_may_read_it_and_nobody_beside(university: University) -> None:
    notice = entered(university)
    assert not notices_listed([university.letters.path])
    send_to(notice=notice, organisations=[university.letters], actor=ACTOR)
    assert list(notices_listed([university.letters.path])) == [notice]
    assert not notices_listed([university.sciences.path])


def test_what_is_sent_brings_along_what_it_encloses(university: University) -> None:
    cover = entered(university, COVER)
    send_to(notice=cover, organisations=[university.letters], actor=ACTOR)
    assert set(notices_visible([university.letters.path])) == {cover, cover.enclosed.get()}
    assert not notices_visible([university.sciences.path])


def line(notice: Notice, kind: str) -> Line:
    return notice.lines.filter(kind=kind)[0]


def decided(found: Line, state: str, version: int | None = None, **changes: object) -> Line:
    return decide_line(
        line=found, state=state, changes=changes, version=version or found.version, today=DAY, actor=ACTOR
    )


def test_a_corrected_line_keeps_what_was_read(university: University) -> None:
    read = line(entered(university), "deliverable")
    after = decided(read, "accepted", due="2011-03-05")
    assert (after.state, after.value["due"], after.read["due"]) == ("corrected", "2011-03-05", "2011-03-01")
    back = decided(after, "proposed")
    assert (back.state, back.value) == ("proposed", read.read)


def test_a_date_that_is_none_is_refused(university: University) -> None:
    read = line(entered(university), "date")
    with refused("notices.day-unreadable"):
        decided(read, "accepted", end="尽快")
    assert Line.objects.get(pk=read.pk).state == "proposed"


def test_a_date_may_be_given_in_the_papers_own_words(university: University) -> None:
    after = decided(line(entered(university), "deliverable"), "accepted", due="3月15日前")
    assert after.value["due"] == "2011-03-15"


def test_two_people_deciding_one_line_the_second_is_told(university: University) -> None:
    read = line(entered(university), "date")
    decided(read, "accepted")
    with refused("notices.line-changed-meanwhile", kind=Conflict):
        decided(read, "struck", version=1)


def test_the_rest_is_accepted_at_once_and_nothing_decided_is_touched(university: University) -> None:
    notice = entered(university)
    struck = decided(line(notice, "date"), "struck")
    number = accept_rest(notices=[notice], today=DAY, actor=ACTOR)
    assert number == notice.lines.count() - 1
    struck.refresh_from_db()
    assert struck.state == "struck"
    assert accept_rest(notices=[notice], today=DAY, actor=ACTOR) == 0


REACHING = NOTICE + "（此件发至党总支、直属党支部）\n"


def test_a_notice_goes_no_farther_down_than_it_says(university: University) -> None:
    notice = entered(university, REACHING)
    assert notice.reach == "党总支、直属党支部"
    branches = list(Organisation.objects.filter(kind="党支部"))
    with refused("notices.handed-down-too-far", match="发至党总支、直属党支部"):
        send_to(notice=notice, organisations=[university.letters, *branches], actor=ACTOR)
    assert not notice.receipts.exists(), "refused whole"
    send_to(notice=notice, organisations=[university.letters], actor=ACTOR)
    sent = send_to(notice=notice, organisations=branches, actor=ACTOR, agreed="组织部温处长，1月6日电话")
    assert sent == len(branches)
    assert (
        AuditEntry.objects.filter(act="分送文件").latest("pk").detail["agreed"] == "组织部温处长，1月6日电话"
    )


def test_what_a_cover_encloses_limits_the_cover(university: University) -> None:
    cover = entered(university, COVER + "（此件发至各二级党委）\n")
    assert cover.reach == ""
    assert reach_of(cover) == "各二级党委"
