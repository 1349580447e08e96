"""What is typed on the way to a running site."""

from django import forms

from dianping.pages.frame.forms import date_input


class DayForm(forms.Form):
    """A day."""

    day = forms.DateField(
        label="日期", widget=date_input(), error_messages={"invalid": "请写 2011-01-05 这样的日期。"}
    )
