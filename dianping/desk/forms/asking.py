"""真的办好了吗, as the office plans to ask it."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from dianping.desk.forms import Words, date_input
from dianping.opinions.services import Asked

_OTHERS = re.compile(r"(.{1,30}?)[\s，,：:]*(\d{1,5})\s*[人名]?")
NO_DATE = {"invalid": "请写 2011-01-05 这样的日期。", "required": "请填日期。"}


class AskForm(forms.Form):
    """Which closed problems, who is asked, from when until when."""

    items = forms.MultipleChoiceField(
        label="问哪些问题",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "没有选要问的问题。请至少选一项。"},
        help_text="表上只写哪个党组织、什么问题，不写姓名。对党员个人的，只能单独问本支部的党员。",
    )
    title = forms.CharField(label="名称", max_length=120, error_messages={"required": "请写明是哪一次。"})
    opens = forms.DateField(label="从哪天起", widget=date_input(), error_messages=NO_DATE)
    closes = forms.DateField(label="到哪天止", widget=date_input(), error_messages=NO_DATE)
    branches = forms.MultipleChoiceField(
        label="请哪些支部的党员填", required=False, widget=forms.CheckboxSelectMultiple
    )
    others = Words(
        label="还请哪些群众填",
        rows=2,
        required=False,
        help_text="一行一类，写名称和人数，例如“学生代表，20”。",
    )

    def __init__(
        self,
        *args: Any,
        items: Iterable[tuple[str, str]] = (),
        branches: Iterable[tuple[str, str]] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        for name, choices in (("items", items), ("branches", branches)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = list(choices)

    def clean_others(self) -> list[Asked]:
        """Each line as a group of so many."""
        found = []
        for number, line in enumerate(self.cleaned_data["others"].splitlines(), start=1):
            if not line.strip():
                continue
            read = _OTHERS.fullmatch(line.strip())
            if read is None or not int(read[2]):
                raise forms.ValidationError(
                    f"第 {number} 行写的是“{line.strip()}”，应为“名称，人数”；请补全。"
                )
            found.append(Asked(read[1].strip(), inside=False, size=int(read[2])))
        return found
