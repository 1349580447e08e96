"""Reading accounts: where they belong, how they stand, and who has none."""

from dianping.accounts.selectors.listing import (
    STATES,
    AccountLine,
    accounts_found,
    accounts_seen,
    lines_of,
    never_activated,
    newest_slip,
    roles_of,
)
from dianping.accounts.selectors.places import Belongs, belongings_of
from dianping.accounts.selectors.seats import Plan, Seated, Skipped, people_without_account, plan_of

__all__ = [
    "STATES",
    "AccountLine",
    "Belongs",
    "Plan",
    "Seated",
    "Skipped",
    "accounts_found",
    "accounts_seen",
    "belongings_of",
    "lines_of",
    "never_activated",
    "newest_slip",
    "people_without_account",
    "plan_of",
    "roles_of",
]
