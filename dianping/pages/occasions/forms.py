"""What is typed of an event and of who came."""

import re

from django import forms
from django.http import QueryDict

from dianping.pages.frame.forms import WordsField, date_input
from dianping.reviews.models import Attendance, Occasion


class OccasionForm(forms.Form):
    """活动, as it is planned."""

    kind = forms.ChoiceField(label="活动", choices=Occasion.Kind.choices)
    held_on = forms.DateField(label="日期", widget=date_input())
    place = forms.CharField(label="地点", max_length=80, required=False)
    agenda = WordsField(
        label="议程",
        rows=5,
        required=False,
        help_text="一行一项，会上一项一项走。空着的，听取汇报（汇报、评议、测评、领导点评）和组织生活会用惯常的议程。",
    )
    put_right_by = forms.DateField(
        label="整改期限",
        required=False,
        widget=date_input(ahead=True),
        help_text="会上提出的不足一般在哪一天前改好；个别的可以另写。",
    )


class HearingForm(forms.Form):
    """听取汇报, as its day and place are set."""

    held_on = forms.DateField(label="日期", widget=date_input(ahead=True))
    place = forms.CharField(label="地点", max_length=80, required=False)
    agenda = WordsField(
        label="议程",
        rows=5,
        required=False,
        help_text="一行一项，会上一项一项走。空着，用惯常的四项：汇报、评议、测评、集中点评。",
    )
    put_right_by = forms.DateField(
        label="整改期限",
        required=False,
        widget=date_input(ahead=True),
        help_text="会上提出的不足一般在哪一天前改好；个别的可以另写。",
    )


class FoundForm(forms.Form):
    """Problems of one unit found at a hearing."""

    row = forms.TypedChoiceField(label="哪个单位", coerce=int)
    found = WordsField(label="问题", rows=3, help_text="一行一个。列入整改，由这个单位的书记负责。")
    due = forms.DateField(label="整改期限", required=False, widget=date_input(ahead=True))


class AttendanceForm(forms.Form):
    """Who was there, and the minutes. The rows' own ticks are read from the form by the view."""

    guests = WordsField(label="另外到会的", rows=2, required=False, help_text="一行一个名字，或用顿号分开。")
    standing = forms.ChoiceField(
        label="他们是",
        choices=[(key, word) for key, word in Attendance.Standing.choices if key not in ("reviewed", "host")],
        required=False,
        initial="ordinary",
    )
    minutes = WordsField(label="记录", rows=6, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def names(self) -> list[str]:
        """The names written, one each."""
        # What parts names: 、, a comma or a line end.
        return [name.strip() for name in re.split(r"[、，,\n]", self.cleaned_data["guests"]) if name.strip()]


SPOKEN = "spoken-"  # and the row of the list: who reported in a secretary's stead


def spoken_in(sent: QueryDict) -> dict[int, str]:
    """Who reported in a secretary's stead, by row of the list."""
    rows = ((key.removeprefix(SPOKEN), str(sent[key])) for key in sent if key.startswith(SPOKEN))
    return {int(row): name for row, name in rows if row.isdecimal() and len(row) < 12}
