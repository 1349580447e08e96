"""What a person may send about bulletins and cases."""

from collections.abc import Mapping

from django import forms

from dianping.base.windows import Window, parse_period
from dianping.bulletins.models import ModelCase
from dianping.bulletins.selectors import CIRCLE
from dianping.pages.frame.forms import WordsField, date_input


def circle_field(label: str = "发给") -> forms.MultipleChoiceField:
    """The kinds of organisation a thing is told to."""
    return forms.MultipleChoiceField(
        label=label,
        choices=[(kind, kind) for kind in CIRCLE],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "没有选发给哪些党组织。请至少选一类。"},
    )


class CaseForm(forms.Form):
    """提出典型: the raiser's own words."""

    kind = forms.ChoiceField(label="类别", choices=ModelCase.Kind.choices, initial=ModelCase.Kind.EXEMPLAR)
    title = forms.CharField(
        label="标题", max_length=80, error_messages={"required": "请用一句话写明是什么。"}
    )
    facts = WordsField(
        label="事迹",
        rows=8,
        help_text="用自己的话写做了什么、怎么做的、有什么效果。点评里对个人的话不要照搬。",
        error_messages={"required": "请写明做了什么、怎么做的、有什么效果。"},
    )


class CaseStepForm(forms.Form):
    """One step with a case."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    words = WordsField(label="意见", rows=2, required=False)
    why = WordsField(label="撤回的原因", rows=2, required=False)
    on = forms.DateField(
        label="本人同意的日期",
        required=False,
        widget=date_input(),
        error_messages={"invalid": "请写 2011-01-20 这样的日期。"},
    )
    circle = circle_field()

    def __init__(
        self, data: Mapping[str, object] | None = None, *, initial: dict[str, object] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["circle"].required = False  # asked for by the service, for the one step that needs it


class NewBulletinForm(forms.Form):
    """拟一份通报: of which period, to whom."""

    period = forms.ChoiceField(label="期间", error_messages={"required": "请选一期。"})
    circle = circle_field()

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        periods: list[tuple[str, str]],
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        period = self.fields["period"]
        assert isinstance(period, forms.ChoiceField)
        period.choices = periods

    def clean_period(self) -> Window:
        """The days of the period."""
        return parse_period(self.cleaned_data["period"])


class BulletinForm(forms.Form):
    """A draft."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="标题", max_length=120, error_messages={"required": "请写标题。"})
    body = WordsField(label="正文", rows=18, error_messages={"required": "正文还没有写。"})
    circle = circle_field()
    cases = forms.MultipleChoiceField(
        label="一并公布的典型",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "有一项典型已经不能列入，请刷新后重选。"},
    )
    ordinary = forms.CharField(
        label="不是人名的词",
        required=False,
        max_length=200,
        help_text="正文里与党员姓名相同、实际不是人名的两个字的词（如“许可”），用空格隔开；签发的人会看到。",
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        offered: list[ModelCase],
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        cases = self.fields["cases"]
        assert isinstance(cases, forms.MultipleChoiceField)
        cases.choices = [(str(case.pk), f"{case.get_kind_display()}：{case.title}") for case in offered]
        if not offered:
            del self.fields["cases"]

    def clean_ordinary(self) -> tuple[str, ...]:
        """The words apart."""
        return tuple(self.cleaned_data["ordinary"].replace("、", " ").replace("，", " ").split())


class BulletinStepForm(forms.Form):
    """Issue, return, withdraw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    words = WordsField(label="退回意见", rows=2, required=False)
    why = WordsField(label="撤回的原因", rows=2, required=False)
