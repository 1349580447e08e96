"""真的办好了吗, as the office plans to ask it."""

from collections.abc import Iterable, Mapping

from django import forms

from dianping.common.refusing import lines_of
from dianping.opinions.rules import FormFault
from dianping.opinions.services import GroupPlan
from dianping.opinions.services.planning_lines import read_others
from dianping.pages.frame.forms import WordsField, date_input

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
    others = WordsField(
        label="还请哪些群众填",
        rows=2,
        required=False,
        help_text="一行一类，写“类别，人数”或“类别，姓名、姓名”，例如“学生代表，20”。",
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        items: Iterable[tuple[str, str]] = (),
        branches: Iterable[tuple[str, str]] = (),
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        for name, choices in (("items", items), ("branches", branches)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = list(choices)

    def clean_others(self) -> list[GroupPlan]:
        """Each line as a group."""
        try:
            return read_others(self.cleaned_data["others"], inside=False)
        except FormFault as no:
            raise forms.ValidationError(lines_of(no)) from no
