"""A second person who shows on somebody else's page that he is there: by his own name and password."""

from datetime import date

from django.contrib.auth.hashers import check_password, make_password
from django.views.decorators.debug import sensitive_variables

from dianping.accounts.models import User


@sensitive_variables("password")
def second_person(*, username: str, password: str, address: str, today: date) -> User | None:
    """Whose name and password these are, None where they are nobody's. Takes as long for a name there is none of.

    To be asked before a transaction is open: what is counted of a failure must not be taken back with the act.
    """
    user = User.objects.filter(username=username.strip(), is_active=True).first()
    if user is None:
        make_password(password)
        return None
    return user if check_password(password, user.password) else None
