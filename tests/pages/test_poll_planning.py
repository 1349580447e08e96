"""拟定: which form with which topics, about whom, asked of whom; read as people write it, looked at before."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dianping.accounts.models import Grant, User
from dianping.accounts.services import grant_role
from dianping.opinions.models import Poll
from dianping.opinions.rules import presets
from dianping.opinions.services import GroupPlan
from dianping.opinions.services.planning_lines import classes_of, read_others, topics_of, with_topics
from tests import factories
from tests.opinions.polling import OPENS
from tests.pages.poll_desk import Desk, keyed, text_of
from tests.refused import codes_on

pytestmark = pytest.mark.django_db


def plan_of(desk: Desk, **more: Any) -> dict[str, Any]:
    given = {
        "title": "冬季征求意见",
        "about": "organisation",
        "topics": "\n".join(topics_of(presets()["opinion"])),
        "branches": [desk.place.letters_staff.code],
        "outside": "教师代表，20\n学生代表，甲、乙、丙",
        "opens": "2011-01-05",
        "closes": "2011-01-09",
        "least": "5",
        "least_words": "10",
    }
    return keyed(**(given | more))


NEW = "/opinions/plan/?organisation=YL01&form="


@pytest.mark.parametrize(("line", "size"), [("学生代表，六", 6), ("工友，十二人", 12), ("教师：廿一名", 21)])
def test_a_number_in_chinese_numerals_is_a_number(line: str, size: int) -> None:
    (found,) = read_others(line, inside=False)
    assert (found.size, found.names) == (size, ())


def test_the_office_chooses_a_form_and_is_told_what_each_is_for(desk: Desk) -> None:
    text = text_of(desk.client("wen").get("/opinions/plan/?organisation=YL01"))
    for title in ("党内外群众征求意见表", "群众民主评议表（党员）", "述职测评表", "自己的表"):
        assert title in text
    assert "整改回访表" not in text, "what was put right is asked about from there"


def test_a_poll_is_planned_on_one_page(desk: Desk) -> None:
    sent = desk.client("wen").post(NEW + "opinion", plan_of(desk, trial="on"))
    found = Poll.objects.get(title="冬季征求意见")
    assert sent["Location"] == f"/opinions/{found.pk}/"
    assert found.form_digest == presets()["opinion"].digest
    assert found.trial
    groups = [(group.label, group.inside, group.size) for group in found.groups.all()]
    assert groups[1:] == [("教师代表", False, 20), ("学生代表", False, 3)]
    assert groups[0][:2] == (f"{desk.place.letters_staff.short_name} 党员", True)


def test_other_topics_are_another_form(desk: Desk) -> None:
    lines = [*topics_of(presets()["opinion"])[:2], "食堂办得怎样"]
    desk.client("wen").post(NEW + "opinion", plan_of(desk, topics="\r\n".join(lines)))
    found = Poll.objects.get(title="冬季征求意见")
    assert found.form_digest != presets()["opinion"].digest
    assert [one.text for one in found.sheet.questions] == lines
    assert found.sheet.questions[0].key == presets()["opinion"].questions[0].key


@pytest.mark.parametrize("key", ["opinion", "appraisal_organisation", "appraisal_leader"])
def test_topics_left_as_they_are_leave_the_form_as_it_is(key: str) -> None:
    form = presets()[key]
    assert with_topics(form, topics_of(form)).digest == form.digest


def test_headings_of_an_appraisal_change_and_its_overall_grade_stays() -> None:
    form = with_topics(presets()["appraisal_leader"], ["政治思想：政治立场", "廉洁自律：家风"])
    assert [(one.heading, one.text) for one in form.questions][:2] == [
        ("政治思想", "政治立场"),
        ("廉洁自律", "家风"),
    ]
    assert [one.key for one in form.questions][2:] == ["overall", "merits", "problems"]


def test_lines_that_cannot_be_read_are_told_one_by_one(desk: Desk) -> None:
    sent = desk.client("wen").post(NEW + "opinion", plan_of(desk, outside="教师代表\n学生，0\n群众，三十"))
    assert sent.status_code == 422
    for told in ("第 1 行写的是“教师代表”", "第 2 行的人数写的是“0”"):
        assert told in text_of(sent)
    assert not Poll.objects.filter(title="冬季征求意见").exists()


def test_lines_are_read_as_people_write_them() -> None:
    read = read_others(
        "教师代表：３０ 人\n\n学生，甲、乙；丙\n后勤职工 15人\n工友，王　明、李小红\n外教，Anna Li, 艾力·买买提\n退休教师，赵一凡 钱两",
        inside=False,
    )
    assert read == [
        GroupPlan("教师代表", inside=False, size=30),
        GroupPlan("学生", inside=False, names=("甲", "乙", "丙")),
        GroupPlan("后勤职工", inside=False, size=15),
        GroupPlan("工友", inside=False, names=("王明", "李小红")),
        GroupPlan("外教", inside=False, names=("Anna Li", "艾力·买买提")),
        GroupPlan("退休教师", inside=False, names=("赵一凡", "钱两")),
    ]
    report = classes_of(presets()["report"])
    found = read_others("A 票（班子成员），甲、乙\nB，12", inside=True, classes=report)
    assert [one.ballot_class for one in found] == ["A", "B"]
    with pytest.raises(ValueError, match="票类是 A、B"):
        read_others("C，12", inside=True, classes=report)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("群众，约12人", "第 1 行的人数写的是“约12人”"),
        ("群众，10-12", "第 1 行的人数写的是“10-12”"),
        ("群众，12人左右", "第 1 行的人数写的是“12人左右”"),
        ("群众，0", "应是一个大于零的数"),
        ("工友，王 明", "看不出是一个人还是 2 个人"),
        ("二十来人", "应为“类别，人数”"),
        ("群众，", "应为“类别，人数”"),
        ("长" * 31 + "，12", "最多 30 个字"),
    ],
)
def test_what_is_neither_a_number_nor_names_is_never_made_a_person(line: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        read_others(line, inside=False)


def test_members_of_a_branch_are_appraised_but_not_those_on_probation(desk: Desk) -> None:
    plan = plan_of(desk, about="members", about_branch="YL0102", outside="学生，12")
    del plan["topics"]
    assert (
        desk.client("wen").post(NEW + "appraisal_member", plan | {"topics": "甲项\n乙项"}).status_code == 302
    )
    found = Poll.objects.get(title="冬季征求意见")
    assert [one.name for one in found.subjects.all()] == ["齐放"]


def test_secretaries_report_to_two_classes_of_ballot(desk: Desk) -> None:
    page = text_of(desk.client("wen").get(NEW + "report"))
    assert "A 票（班子成员）" in page
    plan = plan_of(desk, about="secretaries", ballot_class="B", inside="A，甲、乙、丙、丁、戊", outside="")
    assert desk.client("wen").post(NEW + "report", plan).status_code == 302
    found = Poll.objects.get(title="冬季征求意见")
    assert sorted(one.name for one in found.subjects.all()) == ["宁守真", "齐放"]
    assert [group.ballot_class for group in found.groups.all()] == ["B", "A"]
    assert found.least == 10


OWN = """key = "canteen"
kind = "opinion"
title = "食堂意见表"
size = 2048
[[questions]]
key = "food"
text = "饭菜怎样"
limit = 200
"""


def test_a_form_of_ones_own_comes_as_a_file(desk: Desk) -> None:
    plan = plan_of(desk, form_file=SimpleUploadedFile("食堂.toml", OWN.encode()))
    assert desk.client("wen").post(NEW + "own", plan).status_code == 302
    assert Poll.objects.get(title="冬季征求意见").sheet.title == "食堂意见表"


def test_what_is_wrong_with_ones_own_form_is_said_and_the_text_stays(desk: Desk) -> None:
    plan = plan_of(desk, form_file=SimpleUploadedFile("食堂.toml", OWN.replace("200", "0").encode()))
    sent = desk.client("wen").post(NEW + "own", plan)
    assert sent.status_code == 422
    assert "limit 是 0，应为 1 到" in text_of(sent)
    assert "饭菜怎样" in text_of(sent)


def test_looking_at_the_form_puts_nothing_down_and_sends_nothing(desk: Desk) -> None:
    before = Poll.objects.count()
    looked = desk.client("wen").post(NEW + "opinion", plan_of(desk, look="1"))
    assert looked.status_code == 200
    assert "这一页交不出去" in text_of(looked)
    assert "form-action 'none'" in looked["Content-Security-Policy"]
    assert Poll.objects.count() == before
    again = desk.client("shen").get(desk.address("form/"))
    assert "推动中心工作" in text_of(again)
    assert "connect-src 'none'" in again["Content-Security-Policy"]
    assert 'name="code"' not in text_of(again)


def test_a_clerk_asked_about_cannot_plan_it_himself(desk: Desk) -> None:
    qi = User.objects.get(username="qi")
    grant_role(
        user=qi, role=Grant.Role.CLERK, organisation=desk.place.letters, since=OPENS, actor=factories.ACTOR
    )
    plan = plan_of(desk, about="leaders", topics="甲项")
    sent = desk.client("qi").post(NEW + "appraisal_leader", plan)
    assert sent.status_code == 422
    assert "opinions.planner-asked-about" in codes_on(sent)
