"""Signing in, changing one's password, and what is asked when accounts are opened."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from dianping.accounts.limits import MINUTES, TRIES


class SignInForm(AuthenticationForm):
    """Name and password as they were typed; the view has them looked at. One sentence for whatever is wrong."""

    error_messages = {  # noqa: RUF012 - Django declares it so
        "invalid_login": f"登录名或密码不对。请核对后再试；连续 {TRIES} 次不对，这个登录名暂停登录 {MINUTES} 分钟。",
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["username"].label = "登录名"
        self.fields["password"].label = "密码"

    def clean(self) -> dict[str, object]:
        """Nothing is looked at here: passwords are tried in one place (accounts.trying)."""
        return self.cleaned_data


class ChangePasswordForm(forms.Form):
    """The present password and the new one twice. The present one is looked at before anything is said of the new."""

    old_password = forms.CharField(
        label="现在的密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    new_password1 = forms.CharField(
        label="新密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    new_password2 = forms.CharField(
        label="新密码，再输一次",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, object]:
        """The two new ones are the same."""
        data = self.cleaned_data
        if "new_password2" in data and data.get("new_password1") != data["new_password2"]:
            self.add_error("new_password2", "两次输的新密码不一样。请再输一次。")
        return data


class FirstPasswordForm(forms.Form):
    """The first password of an account, twice; the code of the slip goes beside it."""

    new_password1 = forms.CharField(
        label="自己定一个密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autofocus": True}),
    )
    new_password2 = forms.CharField(
        label="密码，再输一次",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, object]:
        """The two are the same."""
        data = self.cleaned_data
        if "new_password2" in data and data.get("new_password1") != data["new_password2"]:
            self.add_error("new_password2", "两次输的密码不一样。请再输一次。")
        return data


class RoleForm(forms.Form):
    """A role over a place: of those the viewer has himself, over places whose books he keeps."""

    role = forms.ChoiceField(
        label="角色", error_messages={"invalid_choice": "没有这个角色，或者您自己没有。请重选。"}
    )
    organisation = forms.ChoiceField(
        label="管哪里（连同下级）", error_messages={"invalid_choice": "这个组织不在您管的范围里。请重选。"}
    )

    def __init__(
        self, *args: Any, roles: list[tuple[str, str]], places: list[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["organisation"].choices = places  # type: ignore[attr-defined]


class OfficeForm(RoleForm):
    """An account for somebody of an office, who holds no seat."""

    name = forms.CharField(
        label="姓名", max_length=60, error_messages={"required": "没有写姓名。请写这个账号由谁用。"}
    )
    field_order = ("name", "role", "organisation")
