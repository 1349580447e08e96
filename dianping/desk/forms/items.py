"""What a person may send about a problem being put right."""

from django import forms

from dianping.desk.forms import Words, date_input


class StepForm(forms.Form):
    """One step with an item of rectification."""

    step = forms.CharField(max_length=12, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = Words(label="说明", rows=3, required=False)
    evidence = Words(label="佐证", rows=2, required=False)
    measure = Words(label="整改措施", rows=3, required=False)
    owner_name = forms.CharField(label="责任人", required=False, max_length=60)
    due = forms.DateField(
        label="完成时限",
        required=False,
        widget=date_input(),
        error_messages={"invalid": "请写 2011-03-31 这样的日期。"},
    )


class ReportForm(forms.Form):
    """专门书面报告."""

    text = Words(label="专门书面报告", rows=16, error_messages={"required": "报告还没有写。"})
