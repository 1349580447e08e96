"""What two custodians send together. Neither a key nor a password is ever sent back: whoever looks at the page later finds none.

Nor is the other's name: a password is easily typed into its box, and two people look at one screen.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django import forms

from dianping.opinions.selectors.cover import ConfirmingLine
from dianping.pages.frame.forms import WordsField

if TYPE_CHECKING:
    from dianping.accounts.models import User


class Empty(forms.Widget):
    """A box that is always empty when it is shown."""

    def format_value(self, value: object) -> None:
        """Nothing, whatever was typed."""
        return


class Unshown(Empty, forms.Textarea):
    """For a key."""


class UnshownName(Empty, forms.TextInput):
    """For a name."""


def _typed(label: str, help_text: str = "") -> forms.CharField:
    box = Unshown(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false", "class": "digest"})
    return forms.CharField(
        label=label,
        max_length=400,
        widget=box,
        help_text=help_text,
        error_messages={
            "required": f"没有输入{label}。请照纸上的逐组输入，或扫二维码。",
            "max_length": f"{label}太长，不是一把钥匙。请照纸上的逐组输入。",
        },
    )


class Together(forms.Form):
    """The other custodian in person: he types both himself."""

    username = forms.CharField(
        label="登录名",
        max_length=60,
        widget=UnshownName(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": "请另一位保管人写登录名。"},
    )
    password = forms.CharField(
        label="密码",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请另一位保管人输入密码。"},
    )


class OpenForm(Together):
    """Both keys, and the other custodian. `again`: the box was opened before, and why it is opened once more."""

    unit_key = _typed("本单位的钥匙", "四个字一组，横线、空格、大小写都不要紧；也可以用扫码枪扫。")
    superior_key = _typed("上级的钥匙")
    despite = forms.BooleanField(label="仍然开箱，并写明不符之处", required=False)
    again = WordsField(
        label="为什么再开一次",
        rows=3,
        max_length=300,
        required=False,
        help_text="两位保管人商定后写明；记入审计，随结果公布。",
    )
    paper = forms.IntegerField(
        label="收回的纸质表",
        min_value=0,
        max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
        help_text="两位保管人当面点清的份数，连废票在内。一份也没有的写 0。",
        error_messages={
            "required": "没有写收回了几份纸质表。请当面点清，写上份数。",
            "invalid": "份数不是数字。请写收回的纸质表有几份，例如 12。",
        },
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        on_paper: bool,
        opened_before: bool,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        if not on_paper:
            del self.fields["paper"]
        if not opened_before:
            del self.fields["again"]


class DestroyForm(Together):
    """Why a box with forms in it is not opened, and the other custodian."""

    reason = WordsField(
        label="为什么不开箱",
        rows=3,
        max_length=300,
        error_messages={"required": "没有写为什么不开箱。请写明原因，例如保管人丢失了钥匙。"},
    )
    field_order = ("reason", "username", "password")


class PapersForm(Together):
    """That both papers are destroyed, and the other custodian."""

    gone = forms.BooleanField(
        label="两张写着钥匙的纸（连复印的、拍下的）都已经当面销毁",
        error_messages={"required": "没有勾选。请先把两张纸都销毁，再勾选。"},
    )
    field_order = ("gone", "username", "password")


class CustodianForm(Together):
    """Who takes a key over, why, and he himself by his own password."""

    newcomer = forms.ChoiceField(
        label="由谁接替",
        error_messages={
            "required": "没有选由谁接替。请选一位。",
            "invalid_choice": "选的不是可以接替的账号。请另选一位。",
        },
    )
    reason = WordsField(
        label="为什么换",
        rows=3,
        max_length=300,
        help_text="记入审计，例如“原保管人已调离，账号停用”。",
        error_messages={"required": "没有写为什么换保管人。请写明原因，例如原保管人调离。"},
    )
    field_order = ("newcomer", "reason", "username", "password")

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        newcomers: Sequence["User"],
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        chosen = [(user.username, f"{user.name}（{user.username}）") for user in newcomers]
        self.fields["newcomer"].choices = [("", "请选"), *chosen]  # type: ignore[attr-defined]
        self.fields["username"].error_messages["required"] = "请接替的人写登录名。"
        self.fields["password"].error_messages["required"] = "请接替的人输入密码。"


class ListsForm(forms.Form):
    """How many of each line's people the superior's custodian found, and on which list."""

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        lists: list[ConfirmingLine],
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.lists = lists
        for line in lists:
            whom = "名册里的党员" if line.number < 0 else line.label
            self.fields[f"number{line.number}"] = forms.IntegerField(
                label=f"{whom}：查到几人",
                min_value=0,
                max_value=100_000,
                widget=forms.TextInput(
                    attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"}
                ),
                error_messages={
                    "required": "没有写查到几人。没有核对的写 0。",
                    "invalid": "人数不是数字。请写查到几人，没有核对的写 0。",
                },
            )
            self.fields[f"against{line.number}"] = forms.CharField(
                label=f"{whom}：照哪份名单", max_length=120, required=False
            )

    def rows(self) -> list[tuple[ConfirmingLine, forms.BoundField, forms.BoundField]]:
        """Each line with its two fields."""
        return [(line, self[f"number{line.number}"], self[f"against{line.number}"]) for line in self.lists]
