"""What the office may send while it merges sayings and answers points."""

from django import forms

from dianping.opinions.selectors import ASIDE
from dianping.pages.frame.forms import WordsField

LONGEST_KEY = 2**63 - 1


class KeysField(forms.Field):
    """The sayings ticked: keys as a page writes them; whatever is none is a fault of the page, not of its reader."""

    def __init__(self) -> None:
        super().__init__(
            label="原话",
            widget=forms.MultipleHiddenInput,
            error_messages={"required": "还没有勾选原话。请先勾选，再归并。"},
        )

    def to_python(self, value: list[str] | None) -> list[int]:
        """The keys as numbers."""
        keys = [int(text) for text in value or () if text.isascii() and text.isdecimal() and len(text) < 20]
        if len(keys) != len(value or ()) or any(key > LONGEST_KEY for key in keys):
            raise forms.ValidationError(
                "勾选的原话没有认出来。请刷新后重选。", code="opinions.saying-not-recognised"
            )
        return keys


class MergeForm(forms.Form):
    """归并: sayings, the words they come down to, the point they join (a number), or why they come under none (ASIDE)."""

    sayings = KeysField()
    text = WordsField(label="归并后的意见", rows=2, required=False)
    into = forms.CharField(label="归入", required=False, max_length=20)

    def clean_into(self) -> int | str | None:
        """A point, a reason, or nothing: a new point."""
        typed = str(self.cleaned_data["into"])
        if not typed or typed in dict(ASIDE):
            return typed or None
        if not (typed.isascii() and typed.isdecimal() and 0 < int(typed) <= LONGEST_KEY):
            raise forms.ValidationError(
                "归入的那一条没有认出来。请刷新后重选。", code="opinions.point-not-recognised"
            )
        return int(typed)

    def clean(self) -> dict[str, object]:
        """What is wrong with the ticks stands above the form: they have no field of their own to stand at."""
        for fault in [*self.errors.get("sayings", ()), *self.errors.get("into", ())]:
            self.add_error(None, str(fault))
        return self.cleaned_data


class RewordForm(forms.Form):
    """改写."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = WordsField(label="意见", rows=3, error_messages={"required": "请写明说的是什么。"})


class ReplyForm(forms.Form):
    """答复."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reply = WordsField(
        label="答复",
        rows=4,
        error_messages={"required": "请写明怎么办，或者为什么不能办。"},
        help_text="持有回执号的人不用登录就能看到答复；请不要写任何人的姓名。",
    )
