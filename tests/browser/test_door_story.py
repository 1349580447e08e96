"""群众的表 on a phone: a slip is scanned, a form sent, and nothing of it stays behind."""

import time

import pytest

from dianping.door import views
from dianping.opinions.models import Box, Poll, Slip
from dianping.opinions.rules import presets, shown_code
from dianping.opinions.services import SubjectPlan
from tests import factories
from tests.browser.looking import until
from tests.door.phone import (
    GRADES,
    TYPING,
    WORDS,
    Failing,
    Hand,
    accessible,
    fill_in,
    fill_in_by_keys,
    held,
    new_phone,
    scan,
    stub_of,
)
from tests.long import long
from tests.opinions.polling import OPENS, answer, ready

pytestmark = pytest.mark.browser
PACE = 1800  # ms a tap of somebody who reads what he taps; in the suite he need not really wait
MOST_TAPS = 13  # two a question, one into the box, one to send


@pytest.fixture
def polling(committed, settings):
    settings.STANDING_DAY = OPENS
    return ready(factories.university(), form=presets()["appraisal_organisation"])


@pytest.fixture
def phone(chromium):
    """A page on a phone; `.faults` are what its console complained of."""
    page = new_phone(chromium)
    yield page
    page.context.close()


def test_a_slip_is_scanned_and_a_form_sent_in_under_a_minute(phone, polling, live_server, capsys):
    hand = Hand(phone, long(0, PACE))
    begun = time.monotonic()
    scan(phone, live_server, polling.codes[0][0])
    assert phone.url == f"{live_server.url}/o/"
    fill_in(phone, hand)
    hand.tap("交表")
    assert stub_of(phone)
    seconds = time.monotonic() - begun
    with capsys.disabled():
        print(f"\n群众的表: {seconds:.0f} s, {hand.taps} taps")
    assert hand.taps <= MOST_TAPS
    assert hand.taps * PACE + len(WORDS) * TYPING < 60_000
    assert Box.objects.get().used == 1
    assert phone.faults == []


def test_after_sending_nothing_stays_behind(phone, polling, live_server):
    phone.goto(f"{live_server.url}/o/who/")
    code = polling.codes[0][0]
    scan(phone, live_server, code)
    fill_in(phone)
    assert "食堂" in str(held(phone)[0]), "kept until it is sent"
    assert code not in str(held(phone))
    Hand(phone).tap("交表")
    stub = stub_of(phone)
    until(phone, "history.state === null")
    assert held(phone) == [{}, {}, None, f"{live_server.url}/o/", ""]
    assert [word for word in ("textarea", "<input", WORDS, code) if word in phone.content()] == []
    for _ in range(3):
        phone.go_forward()
        assert phone.url == f"{live_server.url}/o/"
        assert WORDS not in phone.content()
    phone.evaluate("history.go(-history.length + 1)")
    for move in (phone.go_forward, phone.go_back, phone.go_forward):
        move()
        phone.wait_for_timeout(300)
        shown = phone.content().replace("-", "")
        assert [word for word in ("textarea", WORDS, stub) if word in shown] == []
    assert held(phone)[:2] == [{}, {}]
    assert phone.faults == []


def test_a_page_left_is_emptied_and_one_that_comes_back_starts_anew(phone, polling, live_server):
    scan(phone, live_server, polling.codes[0][0])
    event = "dispatchEvent(new PageTransitionEvent('{}', {{ persisted: true }}))"
    phone.evaluate(event.format("pagehide"))
    assert phone.evaluate("document.body.children.length") == 0
    phone.evaluate(event.format("pageshow"))
    phone.locator("#code").wait_for()
    assert phone.locator("#code").input_value() == ""
    assert phone.url == f"{live_server.url}/o/"


def test_a_form_is_sent_by_keyboard_alone(page, polling, live_server):
    page.goto(f"{live_server.url}/o/")
    keys = page.keyboard
    for _ in range(3):
        keys.press("Tab")
    assert page.evaluate("document.activeElement.id") == "code"
    code = polling.codes[0][0].lower()
    keys.type(f"{code[:4]} {code[4:]}")
    assert page.locator("#code").input_value() == shown_code(code.upper())
    keys.press("Enter")
    fill_in_by_keys(page)
    assert page.locator(".answers b").all_inner_texts() == [*GRADES, WORDS]
    keys.press("Tab")
    assert page.evaluate("document.activeElement.ariaLabel") == "改：组织开展创先争优活动情况"
    keys.press("Enter")
    keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("Enter")  # 改好了，回去核对
    page.get_by_role("heading", name="请核对，再交表").wait_for()
    assert page.locator(".answers b").first.inner_text() == "比较满意"
    for _ in range(8):
        keys.press("Tab")
    keys.press("Enter")
    assert stub_of(page)
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert page.faults == []


def test_a_form_is_sent_without_a_script(chromium, polling, live_server):
    page = new_phone(chromium, java_script_enabled=False)
    page.goto(f"{live_server.url}/o/#{polling.codes[0][0]}")
    assert page.locator("noscript p").is_visible()
    page.get_by_label("票上的 12 个字符").fill(polling.codes[0][0])
    page.get_by_role("button", name="打开表").click()
    page.get_by_role("button", name="交表").click()
    assert page.get_by_text("表还是空的").is_visible()
    page.get_by_label("存在的主要问题和建议").fill(WORDS)
    page.get_by_role("button", name="先检查一遍").click()
    assert page.get_by_text("还没有交").is_visible()
    assert page.get_by_label("没有意见，交空白表").is_visible()
    assert Box.objects.get().used == 0
    page.get_by_role("button", name="交表").click()
    assert stub_of(page)
    assert Box.objects.get().used == 1
    assert page.get_by_role("button").count() == 0, "what needs a script is not offered"
    assert page.context.cookies() == []
    page.context.close()


def test_a_form_is_counted_once_when_the_network_fails_while_it_is_sent(phone, polling, live_server):
    scan(phone, live_server, polling.codes[0][0])
    fill_in(phone)
    network = Failing()
    phone.route("**/o/send/", network)
    phone.clock.install()
    Hand(phone).tap("交表")
    phone.get_by_text("没有网络，填的都还在，正在重试").wait_for()
    assert phone.get_by_role("button", name="改：").count() == 0, "what is on its way is not changed"
    assert "食堂" in str(held(phone)[0])
    phone.go_back()
    assert phone.get_by_role("heading", name="请核对，再交表").is_visible()
    phone.clock.fast_forward(10_000)
    while len(network.sent) < 2:
        phone.wait_for_timeout(50)
    phone.get_by_role("button", name="现在就试").wait_for()
    assert Box.objects.get().used == 1
    phone.clock.fast_forward(20_000)
    stub = stub_of(phone)
    assert (len(network.sent), len(set(network.sent))) == (3, 1)
    assert f"stub={stub}" in network.sent[0]
    assert Box.objects.get().used == Slip.objects.filter(state=Slip.State.USED).count() == 1
    assert held(phone)[:2] == [{}, {}]


def test_a_draft_is_offered_again_and_never_to_the_next_one(phone, polling, live_server):
    hand = Hand(phone)
    scan(phone, live_server, polling.codes[0][0])
    fill_in(phone)
    phone.reload()
    phone.locator("#code").fill(polling.codes[0][0])
    hand.tap("打开表")
    phone.get_by_role("heading", name="这里留着一份没有交的草稿").wait_for()
    assert not phone.get_by_text(WORDS).is_visible()
    hand.tap("接着填")
    for _ in range(5):
        hand.tap("下一题")
    assert phone.locator("textarea").input_value() == WORDS
    phone.goto(f"{live_server.url}/o/#{polling.codes[0][1]}")  # another slip, scanned into the same page
    until(phone, "document.querySelector('textarea')?.value === ''")  # the other form has come
    phone.get_by_text("第 1 题，共 6 题").wait_for()
    assert phone.get_by_role("heading", name="草稿").count() == 0
    assert phone.locator("textarea").input_value() == ""
    assert held(phone)[0] == {}


def test_a_draft_left_on_a_shared_phone_is_not_offered_with_another_slip(phone, polling, live_server):
    scan(phone, live_server, polling.codes[0][0])
    fill_in(phone)
    assert WORDS in str(held(phone)[0])
    assert polling.codes[0][0].replace("-", "") not in str(held(phone))
    phone.reload()
    phone.locator("#code").fill(polling.codes[0][1])
    Hand(phone).tap("打开表")
    phone.get_by_text("第 1 题，共 6 题").wait_for()
    assert phone.locator("textarea").input_value() == ""
    assert held(phone)[0] == {}


def test_the_phones_back_goes_one_question_back_and_the_honest_page_closes(phone, polling, live_server):
    hand = Hand(phone)
    scan(phone, live_server, polling.codes[0][0])
    hand.tap_on(phone.get_by_text("基本满意").locator("visible=true"))
    hand.tap("下一题")
    hand.tap("下一题")
    phone.go_back()
    phone.get_by_text("第 2 题，共 6 题").wait_for()
    hand.tap("谁能看到什么", "link")
    phone.get_by_role("heading", name="有什么是保证不了的？").wait_for()
    accessible(phone)
    phone.go_back()
    phone.get_by_text("第 2 题，共 6 题").wait_for()
    hand.tap("上一题")
    phone.get_by_text("第 1 题，共 6 题").wait_for()
    assert phone.get_by_label("基本满意").locator("visible=true").is_checked()
    hand.tap("字大一些")
    assert phone.evaluate("getComputedStyle(document.body).fontSize") == "21.25px"
    assert held(phone)[1] == {}


def test_a_hint_is_shown_below_what_is_typed_and_stops_nobody(phone, polling, live_server, monkeypatch):
    patterns = (("1[3-9][0-9]{9}", "里面像有电话号码。"), ("(?i)x", "坏的式子。"))
    monkeypatch.setattr(views, "PATTERNS", patterns)
    scan(phone, live_server, polling.codes[0][0])
    hand, asked = Hand(phone), []
    phone.on("request", lambda request: asked.append(request.url))
    for _ in range(5):
        hand.tap("下一题")
    phone.locator("textarea").fill("请打 13800000000")
    said = phone.get_by_text("这一句可能让人看出是谁写的：里面像有电话号码。")
    said.wait_for()
    assert asked == [], "tried here, sent nowhere"
    phone.locator("textarea").fill("请多听意见")
    said.wait_for(state="detached")
    phone.locator("textarea").fill("请打 13800000000")
    hand.tap("去核对")
    hand.tap("交表")
    assert stub_of(phone)


def test_wrong_and_used_codes_are_told_and_can_be_typed_again(phone, polling, live_server):
    hand, _ = Hand(phone), answer(polling, polling.codes[0][0])
    phone.goto(f"{live_server.url}/o/#{polling.codes[0][0]}")
    phone.get_by_text("一张票只收一份表").wait_for()
    assert phone.url == f"{live_server.url}/o/"
    phone.locator("#code").fill("AAAABBBBCCCC")
    hand.tap("打开表")
    phone.get_by_text("没有这个票码").wait_for()
    accessible(phone)
    phone.context.set_offline(True)
    phone.locator("#code").fill("AAAABBBBCCCC")  # a code that was refused is not sent back
    hand.tap("打开表")
    phone.get_by_text("没有网络，表还没有打开").wait_for()
    phone.context.set_offline(False)
    phone.locator("#code").fill(polling.codes[0][1])
    hand.tap("打开表")
    phone.get_by_text("第 1 题，共 6 题").wait_for()


def test_every_page_is_accessible_on_a_phone_and_on_a_desk(phone, polling, live_server):
    hand = Hand(phone)
    for path in ("/o/", "/o/who/", "/o/stub/"):
        phone.goto(live_server.url + path)
        accessible(phone)
    Poll.objects.update(trial=True)
    scan(phone, live_server, polling.codes[0][0])
    accessible(phone)
    fill_in(phone)
    accessible(phone)
    hand.tap("交表")
    stub_of(phone)
    accessible(phone)
    phone.evaluate("window.print = () => { document.title = '打印了'; }")
    hand.tap("打印")
    assert phone.title() == "打印了"
    hand.tap("复制")
    phone.get_by_text("已复制").wait_for()
    for code in polling.codes[0][1:]:
        stub = answer(polling, code)
    Poll.objects.update(trial=False)  # as it was frozen
    polling.open()
    phone.goto(f"{live_server.url}/o/stub/")
    phone.get_by_label("回执号").fill(stub)
    hand.tap("查询")
    phone.get_by_text("这份表已计入").wait_for()
    accessible(phone)
    assert phone.faults == []


def test_a_form_of_many_people_asks_a_page_a_person(phone, committed, live_server, settings):
    settings.STANDING_DAY = OPENS
    place = factories.university()
    people = list(place.people.values())[:3]
    about = [SubjectPlan(place.letters, person) for person in people]
    polling, hand = ready(place, form=presets()["appraisal_member"], about=about), Hand(phone)
    phone.goto(f"{live_server.url}/o/#{polling.codes[0][0]}")
    for number, person in enumerate(people, start=1):
        phone.get_by_text(f"第 {number} 页，共 4 页").wait_for()
        assert phone.get_by_role("heading", name=person.name).is_visible()
        accessible(phone)
        hand.tap("下一页")
    hand.tap("去核对")
    assert phone.get_by_label("没有意见，交空白表").is_visible()
    hand.tap("交表")
    phone.get_by_text("表还是空的").wait_for()
    hand.tap_on(phone.get_by_text("没有意见，交空白表", exact=True))
    hand.tap("交表")
    assert stub_of(phone)
