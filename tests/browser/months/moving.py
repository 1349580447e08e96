"""Who moves: a wrong file and its undoing, a new secretary, an acting deputy, sick leave, a joiner, a leaver, a merger."""

from datetime import date
from pathlib import Path
from typing import Any

from tests.browser.months.beginning import look_at_roster, read_roster
from tests.browser.months.office import FIRST, SCIENCES, SECOND, Workbook
from tests.browser.months.walking import Role


def organisation(clerk: Role, code: str) -> Any:
    """The page on which an organisation's members, seats and charges are kept."""
    clerk.go(f"/organisations/?organisation={code}")
    return clerk.link("改党员、职务、分管")


def wrong_file(clerk: Role, folder: Path, book: Workbook) -> None:
    """One unit's file, with a branch left out and a secretary of last year: looked at for everything, then written, then undone."""
    wrong = book.only(SCIENCES, FIRST, SECOND)
    wrong.leaves("姜既明")
    wrong.row("边望川")["党内职务"], wrong.row("任远之")["党内职务"] = "", "党支部书记"
    look_at_roster(clerk, wrong.write(folder / "理学院.xlsx"))
    page = clerk.page
    scope = page.get_by_label("范围")
    scope.select_option(label="全部组织")
    clerk.press("按这个范围再看")
    clerk.reads("离开和撤销的合计数")  # so much would go that it must be typed out
    clerk.looks()
    page.get_by_label("范围").select_option(index=0)
    clerk.press("按这个范围再看")
    for words in ("姜既明", "任远之"):
        assert words in page.locator("table").inner_text()
    clerk.press("写入名册")
    clerk.reads("名册已写入")
    clerk.link("撤回")
    clerk.looks()
    clerk.press("整份撤回")
    clerk.reads("已撤回")
    look_at_roster(clerk, book.write(folder / "名册.xlsx"))
    clerk.reads("与系统中的名册一致，没有变动")


def secretary_by_roster(clerk: Role, folder: Path, book: Workbook) -> None:
    """J1: a file in which a post and nothing else is another."""
    book.row("边望川")["党内职务"], book.row("任远之")["党内职务"] = "", "党支部书记"
    look_at_roster(clerk, book.write(folder / "名册.xlsx"))
    told = clerk.page.locator("table").inner_text()
    assert "任远之" in told, told
    assert "边望川" in told, told
    read_roster(clerk, book.write(folder / "名册.xlsx"))


def secretary_by_page(clerk: Role, code: str, was: str, new: str) -> None:
    """Somebody out of a seat, somebody else into it."""
    page = organisation(clerk, code)
    row = page.locator("tr", has_text=was)
    clerk.press("免去", within=row)
    clerk.reads("空缺")
    page.get_by_label("姓名").first.fill(new)
    clerk.press("查找党员")
    page.get_by_label(new).check()
    clerk.looks()
    clerk.press("任命")
    clerk.reads(f"{new}从")


def acting_deputy(clerk: Role, code: str, was: str, deputy: str) -> None:
    """A secretary leaves his seat; a deputy is in charge."""
    page = organisation(clerk, code)
    clerk.press("免去", within=page.locator("tr", has_text=was))
    page.get_by_label("姓名").first.fill(deputy)
    clerk.press("查找党员")
    page.get_by_label(deputy).check()
    page.locator("#seat_which").select_option("acting")
    clerk.press("任命")
    clerk.reads("主持工作")


def joins(clerk: Role, code: str, name: str, on: date) -> None:
    """A member comes to a branch."""
    page = organisation(clerk, code)
    form = page.locator("form", has=page.get_by_role("button", name="编入", exact=True))
    form.get_by_label("姓名").fill(name)
    form.get_by_label("从哪一天起").fill(str(on))
    clerk.press("编入")
    clerk.reads(f"{name}从")


def leaves(clerk: Role, name: str, reason: str) -> None:
    """A member goes out of the system."""
    person(clerk, name)
    clerk.link("更正、转移、离开")
    page = clerk.page
    clerk.looks()
    page.get_by_label("原因").select_option(reason)
    clerk.press("离开")
    clerk.reads("不再是")


def person(role: Role, name: str) -> Any:
    """Somebody's page, by the search."""
    role.go(f"/search/?q={name}")
    return role.link(name)


def hands_over(clerk: Role, ill: str, to: str, until: date) -> str:
    """Sick leave: what one leader owes goes to another until a day. What the page says."""
    clerk.to("应办")
    clerk.link("交接")
    clerk.link("交接点评")
    page = clerk.page
    for name, who in (("from_post", ill), ("to_post", to)):
        box = page.locator(f"[data-picker={name}]")
        box.get_by_role("searchbox").fill(who)
        box.get_by_label(who).first.check()
    page.get_by_label("最后一天").fill(str(until))
    page.get_by_label("原因").fill("住院治疗")
    clerk.looks()
    clerk.press("交接")
    clerk.reads("已交接")
    return page.get_by_text("已交接").first.inner_text()


def merge(clerk: Role, folder: Path, book: Workbook) -> None:
    """One branch goes up into another, by the roster: its members are moved, it is dissolved."""
    book.organisations = [row for row in book.organisations if row["组织名称"] != SECOND]
    for row in book.members:
        if row["所在党支部"] == SECOND:
            row["所在党支部"], row["党内职务"] = FIRST, ""
    look_at_roster(clerk, book.write(folder / "名册.xlsx"))
    told = clerk.page.locator("table").inner_text()
    assert "撤销" in told, told
    assert "柳青衣" in told, told
    clerk.press("写入名册")
    clerk.reads("名册已写入")
