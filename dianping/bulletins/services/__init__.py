"""Writing bulletins and cases."""

from dianping.bulletins.services.case import (
    amend_case,
    confirm_case,
    note_agreement,
    raise_case,
    return_case,
    withdraw_case,
)
from dianping.bulletins.services.drafting import (
    BulletinDraft,
    amend_bulletin,
    correct_bulletin,
    draft_bulletin,
)
from dianping.bulletins.services.issuing import (
    check_bulletin,
    issue_bulletin,
    return_bulletin,
    withdraw_bulletin,
)
from dianping.bulletins.services.publishing import publish_case

__all__ = [
    "BulletinDraft",
    "amend_bulletin",
    "amend_case",
    "check_bulletin",
    "confirm_case",
    "correct_bulletin",
    "draft_bulletin",
    "issue_bulletin",
    "note_agreement",
    "publish_case",
    "raise_case",
    "return_bulletin",
    "return_case",
    "withdraw_bulletin",
    "withdraw_case",
]
