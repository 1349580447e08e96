"""The first days: an empty site, its roster, the notice, what is owed, and everybody's account."""

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import call_command
from pypdf import PdfReader

from dianping.config.management.commands.serve import Command
from tests.browser.months.office import Workbook
from tests.browser.months.walking import Role, Walk
from tests.given import SEED

MENU = ("工作台", "应办", "点评", "整改", "意见", "台账", "通报", "文件", "方案", "组织", "督查")
OWN = "石榴花开三月八日晴天正好"


def first_start(walk: Walk, folder: Path) -> str:
    """What `DIANPING_SAMPLE=no ./run` does on an empty folder; the password it prints."""
    walk.settings.WITH_SAMPLE, said = False, io.StringIO()
    Command(stdout=said)._begin(folder / "accounts.json")
    found = re.search(r"密码：(\S+?)（", said.getvalue())
    assert found is not None, said.getvalue()
    return found[1]


def first_morning(walk: Walk, folder: Path, book: Workbook) -> Role:
    """A clerk with nothing but a printed password, to the first board."""
    walk.stand_on(date(2011, 1, 4))
    clerk = walk.role("党务干事")
    password = first_start(walk, folder)
    clerk.sign_in("clerk", password)
    page = clerk.page
    own_password(clerk, password)
    for place in MENU:
        clerk.to(place)
        assert page.get_by_text("名册").count(), f"{place} says nothing of the roster"
        clerk.looks()
    for address in ("/accounts/", "/accounts/slips/", "/accounts/open/"):
        clerk.go(address)
        clerk.reads("请先导入名册")
    clerk.go("/set-up/")
    clerk.looks()
    read_roster(clerk, book.write(folder / "名册.xlsx"))
    return clerk


def read_roster(clerk: Role, path: Path, *, confirm: int | None = None) -> None:
    """Look at a roster, then write it."""
    look_at_roster(clerk, path)
    if confirm is not None:
        clerk.page.get_by_label("离开和撤销的合计数").fill(str(confirm))
    clerk.press("写入名册")
    clerk.reads("名册已写入")


def look_at_roster(clerk: Role, path: Path) -> None:
    """Upload a roster and see what it would change."""
    clerk.go("/set-up/")
    clerk.page.set_input_files("#id_file", path)
    clerk.press("读这份名册")
    clerk.page.get_by_role("heading", name="先看，再写入").wait_for()
    clerk.looks()


def enter_notice(clerk: Role, text: str) -> None:
    """Paste a paper, and go to what was read of it."""
    clerk.to("文件")
    clerk.link("登记文件")
    clerk.page.get_by_label("全文").fill(text)
    clerk.press("登记并读出")
    clerk.link("核对读出的内容")


def adopt_notice(clerk: Role, text: str, *, over: str = "") -> str:
    """Paste a paper, accept what was read, look at what it would do, adopt it. What the forecast says, in words."""
    enter_notice(clerk, text)
    clerk.press("其余一并采纳")
    if over:
        label = clerk.page.locator("#id_over option", has_text=over).first.inner_text()
        clerk.page.get_by_label("与现行方案").select_option(label=" ".join(label.split()))
    clerk.press("若采用会怎样")
    clerk.looks()
    told = clerk.page.locator("#forecast > p").first.inner_text()
    clerk.press("采用为方案")
    clerk.reads("已采用")
    return told


def open_duties(clerk: Role) -> str:
    """The third step, for the day it is. What it says."""
    clerk.go("/set-up/")
    clerk.press("开列应办")
    clerk.reads("新开列")
    return clerk.page.get_by_text("新开列应点评").first.inner_text()


def notice_and_duties(clerk: Role) -> None:
    """The seed, pasted whole, becomes two programmes; what they order is opened, as the forecast said."""
    told = adopt_notice(clerk, SEED.read_text("utf-8"))
    opened = open_duties(clerk)
    forecast = re.search(r"点评 ([\d,]+) 项", told)
    done = re.search(r"新开列应点评 ([\d,]+) 项", opened)
    assert forecast, told
    assert done, opened
    assert forecast[1] == done[1], (told, opened)


def slips(clerk: Role, press: Any) -> dict[str, str]:
    """What a page of slips printed: codes by the name of the account's owner."""
    papers: list[bytes] = []

    def taken(route: Any) -> None:
        if route.request.method != "POST":
            route.fallback()
            return
        answer = route.fetch()
        if "pdf" not in answer.headers["content-type"]:
            route.fulfill(response=answer)
            return
        papers.append(answer.body())
        route.fulfill(status=200, content_type="text/html; charset=utf-8", body="<p>票在这里</p>")

    clerk.context.route("**/accounts/**", taken)
    with clerk.context.expect_page() as opened:
        press()
    opened.value.get_by_text("票在这里").wait_for()
    opened.value.close()
    clerk.context.unroute("**/accounts/**", taken)
    text = "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(papers[0])).pages)
    names = re.findall(r"(?<![a-z0-9])[a-z]{1,6}\d{2}(?!\d)", text)
    codes = re.findall(r"(?<![A-Z0-9-])(?:[2-9A-Z]{4}-){2}[2-9A-Z]{4}(?![A-Z0-9-])", text)
    return dict(zip(names, codes, strict=True))


def accounts(clerk: Role) -> dict[str, str]:
    """Everybody with a seat gets an account in one act; the codes by sign-in name."""
    clerk.to("账号")
    clerk.link("成批开设")
    clerk.looks()
    button = clerk.page.get_by_role("button", name="开设账号并打开启用票")
    return slips(clerk, button.click)


def bring_to_life(walk: Walk, name: str, code: str, *, width: int = 1280) -> Role:
    """Somebody comes with his slip and chooses his password; he is signed in."""
    own = walk.role(name, width=width)
    own.go(f"/activate/#{code.replace('-', '')}")
    own.page.get_by_label("自己定一个密码").wait_for()
    assert name in own.page.content()
    own.page.get_by_label("自己定一个密码").fill(f"{OWN}与{name}")
    own.page.get_by_label("密码，再输一次").fill(f"{OWN}与{name}")
    own.press("启用并登录")
    own.reads("账号已启用")
    return own


def from_the_machine(walk: Walk, username: str, called: str, role: str) -> Role:
    """上级办公室 and 查阅人 come from the machine's administrator (decision 0059); the first sign-in asks for an own password."""
    said = io.StringIO()
    call_command("add_account", username, "--display", called, "--role", role, stdout=said)
    found = re.search(r"密码：(\S+?)（", said.getvalue())
    assert found is not None, said.getvalue()
    own = walk.role(called)
    own.sign_in(username, found[1])
    own_password(own, found[1])
    return own


def own_password(own: Role, given: str) -> None:
    """A password that somebody else gave is changed first."""
    own.page.get_by_label("现在的密码").fill(given)
    own.page.get_by_label("新密码", exact=True).fill(OWN)
    own.page.get_by_label("新密码，再输一次").fill(OWN)
    own.press("更改密码")
    own.reads("密码已更改")


MOVED = """河南省委创先争优活动领导小组办公室文件

豫创组办发〔2011〕3号

关于调整领导点评工作有关安排的通知
各省辖市委、省直各单位党委、高校党委创先争优活动领导小组：
根据各地反映的情况，现对领导点评工作有关安排作如下调整：
一、将春节前普遍开展一次领导点评的完成时间由2011年2月2日延长至2月20日。
二、其他安排不变。
河南省委创先争优活动领导小组办公室
2011年1月18日
"""


def moved_deadline(clerk: Role) -> None:
    """A later paper of the same issuer moves the round; the old day stays written beside the new one."""
    enter_notice(clerk, MOVED)
    clerk.press("其余一并采纳")
    page = clerk.page
    label = page.locator("#id_over option", has_text="修订 豫创组办发〔2010〕26号").inner_text()
    assert "不同" not in label, label
    page.get_by_label("与现行方案").select_option(label=" ".join(label.split()))
    clerk.press("若采用会怎样")
    told = page.locator("#amending table").inner_text()
    assert "2011-02-02" in told, told
    assert "2011-02-20" in told, told
    clerk.looks()
    clerk.press("采用为方案")
    clerk.reads("已采用")
