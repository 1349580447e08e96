"""One story: from a roster workbook to a printed ledger, by mouse and keyboard, in a browser."""

from datetime import date

import pytest

from dianping.accounts.models import Grant, User
from dianping.accounts.services import add_account, grant_role
from dianping.common.audit import Operator
from dianping.demo.university import CAST, write_university
from dianping.duties.models import Duty
from dianping.orgs.models import Person
from dianping.orgs.services.fingerprints import fingerprint
from dianping.rectification.models import Item
from dianping.reviews.models import Review

pytestmark = pytest.mark.browser
DAY = date(2011, 1, 5)
TEST = Operator("测试")


def sign_in(page, live_server, name, password):
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_label("登录名").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def test_a_clerk_goes_from_a_roster_to_a_printed_ledger_and_a_secretary_writes_a_review(
    page, committed, live_server, settings, tmp_path
):
    settings.STANDING_DAY = DAY
    clerk = add_account(
        username="clerk", password="石榴花开三月八", name="温干事", person=None, actor=TEST, lasting=True
    )
    grant_role(user=clerk, role=Grant.Role.CLERK, organisation=None, since=date(2010, 1, 1), actor=TEST)
    write_university(tmp_path / "名册.xlsx")

    sign_in(page, live_server, "clerk", "石榴花开三月八")
    assert "演示日期" in page.content()
    page.set_input_files("#id_file", tmp_path / "名册.xlsx")
    page.get_by_role("button", name="读这份名册").click()
    page.get_by_text("4,278 名").first.wait_for()
    assert Person.objects.count() == 0, "a look must not write"
    page.get_by_role("button", name="写入名册").click()
    page.get_by_text("名册已写入").wait_for()
    page.get_by_role("button", name="采用方案").click()
    page.get_by_text("已采用平学院创组文〔2010〕1号").wait_for()
    page.get_by_role("button", name="开列应办").click()
    page.get_by_text("新开列应点评 4,936 项").wait_for()
    inside = Duty.objects.filter(kind="review", window__rule="round").exclude(owed_by=None)
    assert inside.exclude(target="contact").count() == 4510
    assert page.locator(".truth b").first.inner_text() == "4,510"

    ning = Person.objects.get(fingerprint=fingerprint(CAST["宁致远"].number))
    add_account(
        username="ning", password="小楼一夜听春雨", name="宁致远", person=ning, actor=TEST, lasting=True
    )
    page.locator("summary", has_text="温干事").click()
    page.get_by_role("button", name="退出登录").click()
    sign_in(page, live_server, "ning", "小楼一夜听春雨")
    page.goto(f"{live_server.url}/duties/")
    page.get_by_role("link", name="登记点评").first.click()
    name = page.locator(".writing-head h2").inner_text()
    page.get_by_label("评价").fill("开出 96 学时课程，学生评教第 3。")
    page.get_by_label("存在不足第 1 项").fill("答疑每周只有一次。")
    page.locator("#saved", has_text="已保存").wait_for()
    assert Review.objects.get().filed is False, "what is typed is kept as a draft"
    page.get_by_label("努力方向").fill("答疑时间贴在门口。")
    page.keyboard.press("Control+Enter")
    page.get_by_text(f"已登记对{name}的点评").wait_for()

    review = Review.objects.get(filed=True)
    assert review.target_name == name
    assert Item.objects.get().problem.text == "答疑每周只有一次。"
    page.goto(f"{live_server.url}/ledgers/2011Q1/reviews/")
    page.get_by_text("开出 96 学时课程，学生评教第 3。").first.wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    printed = download.value.path().read_bytes()
    assert printed.startswith(b"%PDF")
    assert b"NotoSerifSC" in printed or len(printed) > 20_000
    assert page.faults == []


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_is_wider_than_its_screen(page, university_site, live_server, settings, width):
    settings.STANDING_DAY = DAY
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, live_server, "clerk", "石榴花开三月八")
    for path in university_site:
        page.goto(live_server.url + path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide} px too wide at {width} px"
    assert page.faults == []


@pytest.fixture
def university_site(committed, opened):
    """A small site and the pages to look at. The clerk may see all of it."""
    clerk = add_account(
        username="clerk", password="石榴花开三月八", name="温干事", person=None, actor=TEST, lasting=True
    )
    grant_role(user=clerk, role=Grant.Role.CLERK, organisation=None, since=date(2010, 1, 1), actor=TEST)
    assert User.objects.exists()
    member = Duty.objects.filter(target="member").exclude(owed_by=None)[0]
    return [
        "/",
        "/coverage/",
        "/duties/?whose=below",
        f"/duties/{member.pk}/",
        f"/write/{member.pk}/",
        "/reviews/",
        "/rectification/",
        "/ledgers/",
        "/ledgers/2011Q1/reviews/",
        "/ledgers/2011Q1/statistics/",
        "/programmes/",
        "/organisations/",
        f"/people/{member.person_id}/",
        "/set-up/",
        "/offline/",
        "/search/?q=书",
    ]
