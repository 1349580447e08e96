"""The hearing the school's paper orders: planned by the clerk, its order drawn, one secretary spoken for, all reviewed by the head."""

from datetime import date
from typing import Any

from tests.browser.months.reviewing import says
from tests.browser.months.walking import Role

ABSENT, SPOKEN_BY = "白露生", "姜既明"


def plans(clerk: Role, on: date) -> str:
    """A day outside the paper's days is refused in words; then one inside. The event's address."""
    page = clerk.go("/occasions/")
    clerk.link("定日期和地点")
    page.get_by_label("日期").first.fill("2011-01-25")
    clerk.press("定日期和地点")
    clerk.reads("2011-01-11 至 2011-01-20")
    page.get_by_label("日期").first.fill(str(on))
    page.get_by_label("地点").fill("一楼报告厅")
    clerk.looks()
    clerk.press("定日期和地点")
    clerk.looks()
    return str(page.url)


def held(clerk: Role, address: str, unit: str) -> list[str]:
    """The lot, who came, who spoke for whom, what was found. The names in the order drawn."""
    page = clerk.page
    page.goto(address)
    clerk.press("抽签定次序")
    clerk.reads("已抽签")
    page.get_by_label(ABSENT).uncheck()
    page.get_by_text("由别人代为汇报的").click()
    page.get_by_role("textbox", name=unit).fill(SPOKEN_BY)
    clerk.press("登记到会和记录")
    clerk.reads(f"由{SPOKEN_BY}代为汇报")
    page.get_by_label("问题").first.fill("年度承诺没有上墙")
    clerk.press("列入整改")
    clerk.reads("已列入整改")
    clerk.looks()
    return [one.split()[0] for one in page.locator(".turns li").all_inner_texts()]


def reviewed(head: Role, address: str) -> int:
    """The secretary of the committee reviews them all in one sitting, from his own desk's link. How many."""
    page = head.page
    page.goto(address)
    head.link("开始点评")
    page.locator("#s-evaluation").wait_for()
    head.looks()
    many: int = page.locator(".roll a").count()
    for number in range(1, many + 1):
        says(page, number)
        name = page.locator("[data-name]").inner_text()
        page.keyboard.press("Control+Enter")
        if ABSENT in name:
            page.get_by_role("button", name="没有到会，会后当面转达").click()
        page.locator(f"[data-done]:has-text('{number}')").first.wait_for()
    page.locator("#saved", has_text="已保存").wait_for()
    return many


def papers_in(clerk: Role, on: date, *, most: int) -> int:
    """What the units handed in is noted, one by one, so many at most. How many."""
    page: Any = clerk.go("/duties/?whose=below&view=items&kind=paper")
    done = 0
    while done < most and page.get_by_role("link", name="看材料").count():
        clerk.link("看材料")
        page.get_by_label("交件日期").fill(str(on))
        clerk.press("登记交件")
        done += 1
        clerk.go("/duties/?whose=below&view=items&kind=paper")
    return done
