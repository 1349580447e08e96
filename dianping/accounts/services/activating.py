"""启用: the owner of an account gives it its first password, by his slip, once."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.views.decorators.debug import sensitive_variables

from dianping.accounts.activation import refuse_spent
from dianping.accounts.hashing import in_hashing_line
from dianping.accounts.models import ActivationSlip, User
from dianping.accounts.services.keeping import end_sessions
from dianping.accounts.signing_in import lift_lockouts
from dianping.common import audit
from dianping.common.acts import acting
from dianping.common.audit import Actor
from dianping.common.rights import unasked


@sensitive_variables("password")
def activate(*, slip: ActivationSlip, password: str, today: date) -> User:
    """Give the account of a slip its owner's own password, and use the slip up. Raises Refusal as `refuse_spent` does, and Busy.

    The password is hashed before anything is locked, in the line where sign-ins wait; of two who send one slip at once the
    second is told that it is used.
    """
    with in_hashing_line(known=False):
        encoded = make_password(password)
    with acting():
        held = ActivationSlip.objects.select_for_update().get(pk=slip.pk)
        refuse_spent(held, today=today)
        user = User.objects.select_for_update().get(pk=held.user_id)
        held.state, held.used_on = ActivationSlip.State.USED, today
        held.save(update_fields=["state", "used_on"])
        user.password, user.must_change, user.password_since = encoded, False, today
        user.slip_by = held.issued_account
        user.save(update_fields=["password", "must_change", "password_since", "slip_by"])
        end_sessions(user)
        lift_lockouts(user)
        himself = Actor(user.username, "凭启用票", user.name)
        unasked(himself, because="whoever holds the unused slip is let in, as the paper says")
        audit.record(actor=himself, act="凭票启用", about=f"user:{user.pk}", username=user.username)
    return user
