"""What browser stories share: asking axe, the two widths, a page no wider than its screen, the keyboard alone."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

WIDTHS = (1280, 390)


def at_width(page: Any, width: int) -> None:
    """The same page on a desk or in a hand."""
    page.set_viewport_size({"width": width, "height": 860 if width > 500 else 844})


def faults(page: Any) -> list[str]:
    """What axe finds on a page as it stands, and whether it is wider than its screen."""
    told = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in Axe().run(page).response["violations"]]
    return [*told, *too_wide(page)]


def too_wide(page: Any) -> list[str]:
    """By how much a page is wider than its screen; nothing where it is not."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} px too wide"] if wide > 0 else []


def accessible(page: Any) -> None:
    """Nothing for axe to name, at either width."""
    size = page.viewport_size
    for width in WIDTHS:
        at_width(page, width)
        assert faults(page) == [], (page.url, width)
    page.set_viewport_size(size)


COVERED = """() => {
  const told = [];
  for (const one of document.querySelectorAll("main :is(button, input, select, textarea, summary, a.button)")) {
    const style = getComputedStyle(one);
    if (!one.checkVisibility() || !one.getClientRects().length || style.visibility === "hidden" || style.opacity === "0" || style.pointerEvents === "none" || one.closest(".sr-only, .skip")) continue;
    one.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const box = one.getBoundingClientRect();
    if (box.width < 3 || box.height < 3) continue; // there for a screen reader
    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (hit && (hit === one || one.contains(hit) || (hit.closest("label") && hit.closest("label").contains(one)))) continue;
    told.push(`${one.outerHTML.slice(0, 90)} lies under ${hit ? hit.outerHTML.slice(0, 90) : "nothing"}`);
  }
  return told;
}"""


def covered(page: Any) -> list[str]:
    """Controls that a click in their middle does not reach: another column is printed over them, or they lie outside."""
    told: list[str] = page.evaluate(COVERED)
    return told


def until(page: Any, told: str, *, seconds: float = 20) -> None:
    """Wait until an expression is true on the page, which is asked from outside each time: what a page itself evaluates
    again and again is text to its content security policy, and refused (playwright's wait_for_function does that)."""
    for _ in range(round(seconds * 20)):
        if page.evaluate(f"Boolean({told})"):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{told} is not true of {page.url} after {seconds} s")


def tab_to(page: Any, name: str, *, most: int = 120) -> None:
    """Go to a control by Tab alone, by the first words a screen reader would say."""
    told = "() => { const n = document.activeElement; return (n.getAttribute('aria-label') || (n.labels && n.labels[0] || n).innerText || '').trim(); }"
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(told).startswith(name):
            return
    raise AssertionError(f"{name} is not reached by Tab on {page.url}")
