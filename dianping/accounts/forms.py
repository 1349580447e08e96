"""Sign-in."""

from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """Name and password; wrong name and wrong password get one and the same sentence."""

    error_messages = {  # noqa: RUF012 - Django declares it so
        "invalid_login": "登录名或密码不对。请核对后再试；连续 5 次不对，这个登录名锁定 15 分钟。",
        "inactive": "登录名或密码不对。请核对后再试；连续 5 次不对，这个登录名锁定 15 分钟。",
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["username"].label = "登录名"
        self.fields["password"].label = "密码"
