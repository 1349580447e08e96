"""What is typed when a paper is handed in."""

from django import forms

from dianping.pages.frame.forms import date_input


class PaperForm(forms.Form):
    """A paper was handed in."""

    on = forms.DateField(
        label="交件日期",
        widget=date_input(),
        error_messages={"required": "请填交件的日期。", "invalid": "请写 2011-01-09 这样的日期。"},
    )
