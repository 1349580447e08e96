"""Walking about by pages alone: a browser of one's own for each role, and a record of every answer on the way.

No page may be one that is not there (404, 405), a bare 403, or a fault of ours (500); what a role may not is no button. Where an end of
a session is walked into on purpose, the story says so beforehand (`expecting`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO
from typing import Any

from dianping.config.management.commands.serve import Command
from tests.browser.looking import at_width, covered, faults, too_wide
from tests.long import LONG

TAKEN_BACK = 422  # a form that is told what is wrong with it
WIDTH = 1280


class Role:
    """One person at a machine of his own: a page, and everything that was answered to him."""

    def __init__(self, walk: "Walk", name: str, width: int) -> None:
        """`name` is how faults are told; nothing is signed in yet."""
        self.walk, self.name, self.width = walk, name, width
        self.context = walk.chromium.new_context(
            viewport={"width": width, "height": 860}, locale="zh-CN", accept_downloads=True
        )
        self.bad: list[str] = []
        self.allowed: tuple[int, ...] = ()
        self.seen = 0
        self.context.on("response", self._answered)
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("pageerror", lambda fault: self.bad.append(f"{name}: {fault}"))
        self.page.on("console", self._said)

    def _answered(self, answer: Any) -> None:
        self.seen += 1
        if answer.status >= 400 and answer.status != TAKEN_BACK and answer.status not in self.allowed:
            self.bad.append(f"{self.name}: {answer.status} {answer.request.method} {answer.url}")

    def _said(self, said: Any) -> None:
        if said.type == "error" and "Failed to load resource" not in said.text and not self.allowed:
            self.bad.append(f"{self.name}: {said.text}")

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Some statuses are what is walked into here: an end of a session, a network that is gone (0)."""
        self.allowed = statuses or (0,)
        yield
        self.page.wait_for_timeout(50)
        self.allowed = ()

    def go(self, path: str) -> Any:
        """Type an address, as a link in a message would be opened."""
        self.page.goto(f"{self.walk.server}{path}")
        return self.page

    def to(self, place: str) -> Any:
        """A place by the menu at the left."""
        with self.page.expect_navigation():
            self.page.locator("nav").get_by_role("link", name=place, exact=True).first.click()
        return self.page

    def link(self, name: str) -> Any:
        """Follow a link by its words."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name).first.click()
        return self.page

    def press(self, name: str, *, within: Any = None) -> Any:
        """Press a button by its words, and be where it leads."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role("button", name=name, exact=True).first.click()
        return self.page

    def reads(self, words: str) -> None:
        """The page says so."""
        self.page.get_by_text(words).first.wait_for()

    def sign_in(self, username: str, password: str) -> None:
        """From the sign-in page to the first page."""
        self.go("/sign-in/")
        self.page.get_by_label("登录名").fill(username)
        self.page.get_by_label("密码").fill(password)
        self.press("登录")
        assert "sign-in" not in self.page.url, (self.name, self.page.locator("main").inner_text())

    def looks(self) -> None:
        """Nothing wider than a hand's screen and no button under another; with DIANPING_LONG=1 nothing for axe either, at both widths."""
        for width in (390, WIDTH) if LONG else (390,):
            at_width(self.page, width)
            if self.page.locator("[data-source]").count():
                self.page.wait_for_timeout(300)  # charts are drawn anew a moment after a window changed
            found = faults(self.page) if LONG else too_wide(self.page)
            self.bad += [
                f"{self.name} at {width} on {self.page.url}: {one}" for one in (*found, *covered(self.page))
            ]
        self.page.set_viewport_size({"width": self.width, "height": 860})


class Walk:
    """Everybody who walks, and the day on which the site stands."""

    def __init__(self, chromium: Any, server: str, settings: Any) -> None:
        """Nobody is there yet."""
        self.chromium, self.server, self.settings = chromium, server, settings
        self.roles: dict[str, Role] = {}

    def role(self, name: str, *, width: int = WIDTH) -> Role:
        """Somebody at a machine, the same one each time."""
        if name not in self.roles:
            self.roles[name] = Role(self, name, width)
        return self.roles[name]

    def stand_on(self, day: date) -> None:
        """A new day begins; the running site opens what it holds, as it does by itself each day."""
        self.settings.STANDING_DAY = day
        Command(stdout=StringIO())._open_today()

    def end(self) -> None:
        """Everybody leaves; where each stood is printed, for whoever reads a failure."""
        for one in self.roles.values():
            body = " ".join(one.page.locator("body").inner_text().split())
            print(f"{one.name} after {one.seen} answers stands on {one.page.url}: {body[:600]}")
            one.context.close()

    @property
    def bad(self) -> list[str]:
        """What nobody should have met."""
        return [fault for one in self.roles.values() for fault in one.bad]
