"""Sign-in."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """Name and password as they were typed; the view has them looked at. One sentence for whatever is wrong."""

    error_messages = {  # noqa: RUF012 - Django declares it so
        "invalid_login": "登录名或密码不对。请核对后再试；连续 5 次不对，这个登录名暂停登录 15 分钟。",
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["username"].label = "登录名"
        self.fields["password"].label = "密码"

    def clean(self) -> dict[str, Any]:
        """Nothing is looked at here: passwords are tried in one place (accounts.trying)."""
        return self.cleaned_data
