"""Writing accounts."""

from dianping.accounts.services.activating import activate
from dianping.accounts.services.keeping import (
    add_account,
    change_account,
    change_password,
    end_role,
    grant_role,
    open_account,
    renew_password,
    set_open,
)
from dianping.accounts.services.slips import (
    GOOD_FOR,
    Issued,
    Printing,
    open_office,
    open_person,
    open_seats,
    renew_slip,
)

__all__ = [
    "GOOD_FOR",
    "Issued",
    "Printing",
    "activate",
    "add_account",
    "change_account",
    "change_password",
    "end_role",
    "grant_role",
    "open_account",
    "open_office",
    "open_person",
    "open_seats",
    "renew_password",
    "renew_slip",
    "set_open",
]
