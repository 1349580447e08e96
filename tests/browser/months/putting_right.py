"""What a review leads to: read and answered, put right and looked at, not put right and reported on in writing."""

import re
from datetime import date
from typing import Any

from tests.browser.months.walking import Role


def reads_own(role: Role, words: str = "") -> None:
    """From the desk: what was said of oneself is read, with or without an answer."""
    role.go("/")
    role.link("阅读并签阅")
    if words:
        role.page.get_by_label("本人意见").fill(words)
    role.looks()
    role.press("签阅")
    role.page.get_by_text("已签阅").first.wait_for()


def find_item(role: Role, state: str, name: str) -> Any:
    """The first problem of somebody, or of an organisation itself, in a state, by the list."""
    page = role.go(f"/rectification/?state={state}")
    whom = page.locator("td[data-label=对谁]", has_text=re.compile(rf"^\s*{name}"))
    row = page.locator("main tr", has=whom).first
    with page.expect_navigation():
        row.get_by_role("link").first.click()
    return page


def step(role: Role, name: str, **fields: str) -> None:
    """One step with a problem: chosen, filled in, done."""
    page = role.page
    with page.expect_navigation():
        page.get_by_label("可以办的事").get_by_role("link", name=name, exact=True).click()
    for label, text in fields.items():
        page.get_by_label(label, exact=True).fill(text)
    role.looks()
    role.press(name)


def put_right(who: Role, judge: Role, *, about: str, by: date) -> None:
    """Measures, progress, asked to be closed by the one; looked at and closed by the other from his desk."""
    find_item(who, "open", about)
    step(who, "填写整改措施", 整改措施="排出走访表，每周两次。", 完成时限=str(by))
    step(who, "登记进展", 说明="已走访十一间寝室。")
    step(who, "申请销号", 说明="走访满额，记录在册。")
    who.page.get_by_text("等责任人和申请人以外的人验收").wait_for()
    address = who.page.url
    judge.page.goto(address)
    step(judge, "验收销号", 说明="翻看了走访记录。")
    judge.page.get_by_text("已销号").first.wait_for()


def not_put_right(judge: Role, *, about: str) -> str:
    """Found not put right well enough; the address of the problem."""
    find_item(judge, "open", about)
    step(judge, "认定未较好解决", 说明="三次去看都没有公示。")
    judge.page.get_by_text("认定没有得到较好解决").first.wait_for()
    return str(judge.page.url)


def report(who: Role, reader: Role) -> None:
    """专门书面报告: written from the desk of the one, read from the desk of the other."""
    who.go("/")
    who.link("写报告")
    box = who.page.get_by_label("专门书面报告")
    box.fill(f"{box.input_value()}\n没有解决的原因是人手不够；三月十五日前公示。")
    who.looks()
    who.press("交报告")
    reader.go("/")
    reader.press("已阅")
