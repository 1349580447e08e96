"""A form in a real browser: how a thumb goes through it, and what is asked of every page it sees."""

from axe_playwright_python.sync_playwright import Axe

from dianping.opinions.rules import read_stub, shown_code

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 860}
NARROW = {"width": 320, "height": 640}
TYPING = 250  # ms a character
GRADES = ("满意", "比较满意", "基本满意", "满意", "不满意")
WORDS = "食堂窗口排队太久，请加一个"
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "wcag2aaa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}


class Hand:
    """A thumb on a phone, at the pace of real taps; every one is counted."""

    def __init__(self, page, pace=0):
        self.page, self.pace, self.taps = page, pace, 0

    def tap(self, words, role="button"):
        self.tap_on(self.page.get_by_role(role, name=words, exact=True))

    def tap_on(self, place):
        self.page.wait_for_timeout(self.pace)
        place.tap()
        self.taps += 1


class Failing:
    """A network that fails twice at the moment of sending: nothing arrives, then the answer is lost on the way."""

    def __init__(self):
        self.sent = []

    def __call__(self, route):
        self.sent.append(route.request.post_data)
        if len(self.sent) > 2:
            route.continue_()
            return
        if len(self.sent) == 2:
            route.fetch()
        route.abort()


def new_phone(chromium, **more):
    """A page on a phone; `.faults` are what its console complained of."""
    context = chromium.new_context(viewport=PHONE, locale="zh-CN", has_touch=True, is_mobile=True, **more)
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    return page


def scan(page, live_server, code):
    page.goto(f"{live_server.url}/o/#{shown_code(code)}")
    page.get_by_text("第 1 题，共 6 题").wait_for()


def fill_in(page, hand=None):
    """Choose a grade on each of five screens, write something on the sixth, look at the list."""
    hand = hand or Hand(page)
    for grade in GRADES:
        hand.tap_on(page.get_by_text(grade, exact=True).locator("visible=true"))
        hand.tap("下一题")
    hand.tap_on(page.locator("textarea"))
    page.keyboard.type(WORDS, delay=TYPING if hand.pace else 0)
    hand.tap("去核对")
    page.get_by_role("heading", name="请核对，再交表").wait_for()


def fill_in_by_keys(page):
    """The same without a pointer: each question has the focus when it comes."""
    keys = page.keyboard
    for number, grade in enumerate(GRADES, start=1):
        page.get_by_text(f"第 {number} 题，共 6 题").wait_for()
        assert page.evaluate("document.activeElement.matches('h2.question')")
        keys.press("Tab")
        keys.press("Space")
        for _ in range(("满意", "比较满意", "基本满意", "不满意").index(grade)):
            keys.press("ArrowDown")
        keys.press("Enter")
    keys.press("Tab")
    keys.insert_text(WORDS)
    keys.press("Tab")  # 上一题
    keys.press("Tab")
    keys.press("Enter")
    page.get_by_role("heading", name="请核对，再交表").wait_for()


def stub_of(page):
    page.get_by_role("heading", name="已收到").wait_for()
    return read_stub(page.locator("[data-stub]").inner_text().replace("\n", ""))


def accessible(page):
    """Nothing for axe-core to say, nothing wider than the screen, nothing to tap that is too small."""
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        found = Axe().run(page, options=AXE)
        assert not found.response["violations"], found.generate_report()
    for size in (DESK, NARROW, PHONE):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    small = page.evaluate(
        "[...document.querySelectorAll('button, label.choice, .code')].filter((one) => one.offsetParent)"
        ".filter((one) => one.offsetHeight < 48).map((one) => one.textContent)"
    )
    assert small == []
    tiny = page.evaluate(
        "[...document.querySelectorAll('body *')].filter((one) => one.offsetParent && one.innerText)"
        ".filter((one) => parseFloat(getComputedStyle(one).fontSize) < 17).map((one) => one.outerHTML)"
    )
    assert tiny == []


def held(page):
    """What this tab and this browser still hold."""
    return page.evaluate(
        "[{...sessionStorage}, {...localStorage}, history.state, location.href, document.cookie]"
    )
