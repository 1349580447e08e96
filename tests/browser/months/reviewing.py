"""Reviews: a meeting with a session that ends and a network that goes, reviews one by one, and what is read and answered afterwards."""

from datetime import date
from typing import Any

from django.contrib.sessions.models import Session

from dianping.accounts.models import User
from tests.browser.looking import until
from tests.browser.months.beginning import OWN
from tests.browser.months.walking import Role

KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('dianping:kept:')).length"
SAID = (
    "带的课题按期结项，开出 {} 学时课程。",
    "走访学生寝室 {} 次，没有记下反映的事。",
    "三月底前走访满 {} 次，逐条记下。",
)


def meeting(role: Role, *, place: str, absent: str = "", right_by: date) -> Any:
    """A meeting planned from the desk, who came ticked, and the sitting begun."""
    page = role.go("/")
    role.link("开一次会点评")
    page.get_by_label("地点").fill(place)
    page.get_by_label("整改期限").fill(str(right_by))
    role.looks()
    role.press("登记活动")
    if absent:
        page.get_by_label(absent).uncheck()
    role.looks()
    role.link("开始点评")
    page.locator("#s-evaluation").wait_for()
    role.looks()
    return page


def says(page: Any, number: int) -> None:
    """One person's review, typed: evaluation, one shortcoming, direction; what is left of the last time is found put right."""
    page.locator("#s-evaluation").fill(SAID[0].format(16 + number))
    page.locator("textarea[name=achievements]").fill(f"办实事 {number + 2} 件。")
    page.locator("[data-problem] textarea").first.fill(SAID[1].format(number + 1))
    page.locator("textarea[name=direction]").fill(SAID[2].format(number + 4))
    for choice in page.locator("[data-met] select:visible").all():
        choice.select_option("better")
    rests_on(page)


def rests_on(page: Any) -> None:
    """What the review rests on: what lies on file is ticked, else why nothing does is named."""
    on_file = page.locator("[data-ground-list] input:visible")
    if on_file.count():
        on_file.first.check()
    elif page.locator("textarea[name=ground_absence]:visible").count():
        page.locator("textarea[name=ground_absence]").fill("还没有去过，征求意见的票箱没有开。")


def files(page: Any, number: int, *, absent: str = "") -> None:
    """Ctrl Enter; who was absent is asked about; the count goes on by one."""
    name = page.locator("[data-name]").inner_text()
    page.keyboard.press("Control+Enter")
    if absent and absent in name:
        page.get_by_role("button", name="没有到会，会后当面转达").click()
    page.locator(f"[data-done]:has-text('{number}')").first.wait_for()


def whole_sitting(role: Role, page: Any, *, absent: str = "", username: str) -> int:
    """Everybody in the roll, while the session ends twice and the network goes once. How many were reviewed."""
    many = page.locator(".roll a").count()
    for number in range(1, many + 1):
        says(page, number)
        if number == 2:
            session_ends(role, page, username)
        if number == 3:
            network_goes(role, page)
        files(page, number, absent=absent)
    page.locator("#saved", has_text="已保存").wait_for()
    return many


def session_ends(role: Role, page: Any, username: str) -> None:
    """The sign-in is gone while something is typed: one signs in over the page, and it goes on."""
    with role.expecting(401, 403):
        role.context.clear_cookies(name="sessionid")
        page.locator("textarea[name=direction]").press("End")
        page.keyboard.insert_text("并报党委。")
        again(page, username, f"{OWN}与{role.name}")
        page.locator("#saved", has_text="已保存").wait_for()


def again(page: Any, username: str, password: str) -> None:
    """The sheet over the page."""
    page.get_by_role("heading", name="登录已经结束，请再登录").wait_for()
    page.locator("#again-name").fill(username)
    page.locator("#again-password").fill(password)
    page.get_by_role("button", name="登录，接着交").click()


def network_goes(role: Role, page: Any) -> None:
    """No network, and the page loaded anew: the words are there; with the network they are sent."""
    words = page.locator("#s-evaluation").input_value()
    name = page.locator("[data-name]").inner_text()
    for _ in range(100):
        if page.evaluate("caches.keys()"):
            break
        page.wait_for_timeout(50)
    with role.expecting(0):
        role.context.set_offline(True)
        page.locator("#s-evaluation").fill(f"{words}带病上课。")
        page.locator("#saved", has_text="没有网络").wait_for()
        page.reload()
        page.locator("#s-evaluation").wait_for()
        page.locator("[data-name]", has_text=name).wait_for()
        assert page.locator("#s-evaluation").input_value() == f"{words}带病上课。"
        role.context.set_offline(False)
        page.locator("#saved", has_text="已保存").wait_for()


def form_outlives_session(role: Role, about: str, username: str, *, how: str) -> None:
    """A plain form whose sign-in ended, by a lost cookie or a row that is gone: signed in over the page, it is sent by itself."""
    page = role.go(about)
    role.link("记一笔")
    page.locator("main textarea").first.fill("十一月带学生去社区义诊两次。")
    until(page, f"{KEPT} > 0")
    with role.expecting(401, 403):
        if how == "cookie":
            role.context.clear_cookies(name="sessionid")
        else:
            own = str(User.objects.get(username=username).pk)
            rows = [row for row in Session.objects.all() if row.get_decoded().get("_auth_user_id") == own]
            assert rows
            Session.objects.filter(pk__in=[row.pk for row in rows]).delete()
        page.get_by_role("button", name="记下", exact=True).click()
        again(page, username, f"{OWN}与{role.name}")
        page.get_by_text("已记下").first.wait_for()


def one_by_one(role: Role, *, when: date, mode: str = "individual", first: str = "我要办的") -> int:
    """Every review one owes and may do now, by the writing page, one after the other. How many."""
    page, done = role.go("/duties/?whose=mine"), 0
    while page.get_by_role("link", name="登记点评").count():
        with page.expect_navigation():
            page.get_by_role("link", name="登记点评").first.click()
        while page.locator("form[data-autosave]").count():
            writes(page, done, when, mode)
            role.press(page.locator("form[data-autosave] button.main").inner_text().strip())
            done += 1
            assert done < 40, page.url
            if page.locator("form[data-autosave]").count() == 0:
                break
        page = role.go("/duties/?whose=mine")
    return done


def writes(page: Any, number: int, when: date, mode: str) -> None:
    """The form of one review."""
    page.get_by_label("点评日期").fill(str(when))
    page.locator("select[name=mode]").select_option(mode)
    page.locator("textarea[name=evaluation]").fill(f"抓得实，党员示范岗 {number + 3} 个。")
    achievements = page.locator("textarea[name=achievements]")
    if achievements.count():
        achievements.fill(f"为师生办实事 {number + 5} 件。")
    page.locator("textarea[name=problem-1]").fill(f"承诺兑现情况有 {number + 2} 项没有公示。")
    page.locator("input[name=due-1]").fill("2011-03-20")
    page.locator("textarea[name=direction]").fill(f"月底前公示 {number + 2} 项。")
    for choice in page.locator("[data-met] select").all():
        choice.select_option("better")
    rests_on(page)
