"""What a password must be: rules by default, and those of GB/T 22239 as a switch (decision 0043)."""

from datetime import date, timedelta

from django.conf import settings

from dianping.accounts.models import User

LONGEST_AGE = timedelta(days=90)
REMEMBERED = 5


def with_gbt22239() -> bool:
    """Whether composition, history and age are asked as well (DIANPING_PASSWORD_RULES=gbt22239)."""
    return settings.PASSWORD_RULES == "gbt22239"  # noqa: S105 - the name of a standard


def is_too_old(user: User, today: date) -> bool:
    """Whether the password must be changed for its age; under the default rules none grows old."""
    since = user.password_since
    return with_gbt22239() and (since is None or today - since > LONGEST_AGE)


def keep_past(user: User) -> None:
    """Keep the hash of the password about to go, where none of the last five may come again; else keep none at all."""
    if not with_gbt22239():
        user.past_passwords.all().delete()
        return
    user.past_passwords.create(password=user.password)
    newest = user.past_passwords.order_by("-pk").values_list("pk", flat=True)[:REMEMBERED]
    user.past_passwords.exclude(pk__in=list(newest)).delete()
