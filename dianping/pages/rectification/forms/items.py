"""What a person may send about a problem being put right."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from dianping.common.sizes import megabytes
from dianping.pages.frame.forms import ManyFiles, WordsField, date_input
from dianping.rectification.models import WrittenReport
from dianping.rectification.rules.showing import KINDS, MOST_BYTES, MOST_FILES
from dianping.rectification.services import OwnWords

Manner = WrittenReport.Manner
NO_DATE = {"invalid": "请写 2011-03-31 这样的日期。"}


def shown_files(label: str) -> ManyFiles:
    """A box for files that show how it was, or is."""
    return ManyFiles(
        label=label,
        required=False,
        max_length=200,
        most_bytes=MOST_FILES * MOST_BYTES,
        help_text=f"{KINDS}，每件不超过 {megabytes(MOST_BYTES)}，一次共 {MOST_FILES} 件。",
    )


class StepForm(forms.Form):
    """One step with an item of rectification."""

    step = forms.CharField(max_length=12, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = WordsField(label="说明", rows=3, required=False)
    evidence = WordsField(
        label="佐证", rows=2, required=False, help_text="看哪里可以证明：记录、台账、照片各在何处。"
    )
    before = shown_files("整改前的材料")
    after = shown_files("整改后的材料")
    cause = WordsField(
        label="原因", rows=2, required=False, help_text="问题是怎样来的；跟踪整改落实记录表有这一栏。"
    )
    measure = WordsField(label="整改措施", rows=3, required=False)
    unit_name = forms.CharField(label="责任单位", required=False, max_length=80)
    owner_name = forms.CharField(label="责任人", required=False, max_length=60)
    due = forms.DateField(
        label="完成时限", required=False, widget=date_input(ahead=True), error_messages=NO_DATE
    )


class ExtendForm(forms.Form):
    """申请延期."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    until = forms.DateField(
        label="申请延至",
        widget=date_input(ahead=True),
        error_messages=NO_DATE | {"required": "请填申请延到哪一天。"},
    )
    reason = WordsField(
        label="理由", rows=3, error_messages={"required": "请写明为什么做不完、已经做到哪一步。"}
    )


class AnswerExtensionForm(forms.Form):
    """答复延期: yes to the day asked for or to another, or no in words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    granted = forms.TypedChoiceField(
        label="答复",
        choices=(("1", "同意"), ("0", "不同意")),
        coerce=lambda v: v == "1",
        widget=forms.RadioSelect,
        error_messages={"required": "请选同意或不同意。"},
    )
    until = forms.DateField(
        label="延至",
        required=False,
        widget=date_input(ahead=True),
        help_text="可以改成另一天；不同意的不必填。",
        error_messages=NO_DATE,
    )
    words = WordsField(label="说明", rows=2, required=False, help_text="不同意的要写理由。")


class ReportForm(forms.Form):
    """专门书面报告; a member's that somebody records for him also says how his words came and how he went through them."""

    text = WordsField(label="专门书面报告", rows=16, error_messages={"required": "报告还没有写。"})
    manner = forms.ChoiceField(
        label="本人的话怎样来的",
        required=False,
        widget=forms.RadioSelect,
        choices=[(way.value, way.label) for way in (Manner.SPOKEN, Manner.PAPER)],
    )
    confirmed_on = forms.DateField(
        label="本人哪一天核对", required=False, widget=date_input(), error_messages=NO_DATE
    )
    confirmed_how = forms.CharField(
        label="怎样核对",
        required=False,
        max_length=120,
        help_text="如：当面念给本人听，本人认可；本人看过，在记录上签了名。",
    )

    def __init__(self, *given: Any, recorded: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        for name in () if recorded else ("manner", "confirmed_on", "confirmed_how"):
            del self.fields[name]

    def own_words(self) -> OwnWords | None:
        """How a member's words came, where the page asked."""
        if "manner" not in self.fields:
            return None
        told = self.cleaned_data
        return OwnWords(told["manner"], told["confirmed_on"], told["confirmed_how"])


class AdmonitionForm(forms.Form):
    """约谈: when and where, about what, what was told, what was promised by when."""

    held_on = forms.DateField(
        label="约谈日期", widget=date_input(), error_messages=NO_DATE | {"required": "请填约谈的日期。"}
    )
    place = forms.CharField(label="地点", required=False, max_length=80)
    items = forms.MultipleChoiceField(label="为哪些问题", required=False, widget=forms.CheckboxSelectMultiple)
    reasons = WordsField(label="事由", rows=3, error_messages={"required": "请写明为什么约谈。"})
    told = WordsField(label="约谈意见", rows=3, error_messages={"required": "请写明指出了什么、要求什么。"})
    promised = WordsField(
        label="表态和措施", rows=3, error_messages={"required": "请写明对方怎样表态、打算怎么做。"}
    )
    due = forms.DateField(
        label="整改期限",
        widget=date_input(ahead=True),
        error_messages=NO_DATE | {"required": "请填承诺办到的日期。"},
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        choices: Iterable[tuple[str, str]] = (),
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        offered = self.fields["items"]
        assert isinstance(offered, forms.MultipleChoiceField)
        offered.choices = list(choices)
        if not offered.choices:
            del self.fields["items"]


class OutcomeForm(forms.Form):
    """What came of a talk."""

    outcome = WordsField(
        label="结果", rows=3, error_messages={"required": "请写明问题整改到哪一步、是否见效。"}
    )
