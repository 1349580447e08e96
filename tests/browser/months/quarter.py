"""The second quarter: it opens by itself, everybody reviews once more, it is closed, and the ledgers say what was done."""

from datetime import date

from tests.browser.months.reviewing import one_by_one
from tests.browser.months.walking import Role
from tests.long import LONG

FORMS = ("opinions", "appraisal", "reviews", "rectification", "statistics")


def reviewed_again(*roles: Role, when: date) -> dict[str, int]:
    """Each writes what the new quarter asks of him."""
    return {role.name: one_by_one(role, when=when) for role in roles}


def ledgers(role: Role, *periods: str) -> None:
    """Every form of a period, by the page of ledgers; the return's figures open their records."""
    for period in periods:
        for form in FORMS if LONG else FORMS[-2:]:
            role.go(f"/ledgers/{period}/{form}/")
            role.looks()
        role.page.locator("table a[href*='/behind/']").first.click()
        role.page.wait_for_url("**/behind/**")
        role.reads("条登记")


def downloads(role: Role, period: str) -> dict[str, int]:
    """One form as each kind of file; how many bytes."""
    found = {}
    role.go(f"/ledgers/{period}/reviews/")
    for kind in ("Word", "Excel", "PDF"):
        with role.page.expect_download() as taken:
            role.page.locator(".paper-tools").get_by_role("link", name=kind).click()
        found[kind] = len(taken.value.path().read_bytes())
    return found
