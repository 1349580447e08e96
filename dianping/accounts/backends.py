"""Django's own way to a password, in case anything takes it: counted like every other."""

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables

from dianping.accounts.addresses import address_of
from dianping.accounts.models import User
from dianping.accounts.second_person import second_person
from dianping.accounts.viewer import accounts_with_grants
from dianping.common.audit import Actor
from dianping.common.clock import site_day


class CountedBackend(ModelBackend):
    """Finds the user of a session; `authenticate()` counts as a second person's password does."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session, with its person and, as `grants_found`, every role granted to it: in one query, one row a
        grant. For the Viewer of this one request (accounts.middleware); whoever decides later asks anew. None for one closed.
        """
        for user, grants in accounts_with_grants(User.objects.filter(pk=user_id)):
            if self.user_can_authenticate(user):
                user.grants_found = grants  # type: ignore[attr-defined]
                return user
        return None

    @sensitive_variables("password")
    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: object,
    ) -> User | None:
        """The account of this name and password, None for anything else. Raises as `second_person` does."""
        if not username or password is None:
            return None
        address = address_of(request) if request is not None else ""
        person = second_person(
            username=username,
            password=password,
            address=address,
            today=site_day(),
            actor=Actor("未知", "没有登录"),
            on="authenticate",
        )
        user = person.user
        person.done()
        return user
