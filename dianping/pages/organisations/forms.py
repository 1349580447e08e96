"""What is typed to keep the roster by page: one member, one seat, one charge at a time."""

from django import forms

from dianping.orgs.models import Charge, Role, Standing
from dianping.pages.frame.forms import date_input

_DAY = {"invalid": "请写 2011-01-05 这样的日期。", "required": "请填写日期。"}
_SEXES = [("", "不填"), ("男", "男"), ("女", "女")]
REASONS = [(word, word) for word in ("组织关系转出", "去世", "出党", "编入有误")]


class MemberForm(forms.Form):
    """What is written about a member."""

    name = forms.CharField(label="姓名", max_length=60, error_messages={"required": "请填写姓名。"})
    sex = forms.ChoiceField(label="性别", choices=_SEXES, required=False)
    born = forms.DateField(label="出生日期", widget=date_input(), required=False, error_messages=_DAY)
    identity = forms.CharField(
        label="公民身份号码", max_length=20, required=False, help_text="只用来区分同名的人，不保存号码本身。"
    )
    employee_no = forms.CharField(label="工号", max_length=40, required=False)
    standing = forms.ChoiceField(label="人员类别", choices=Standing.choices)


class CorrectedForm(MemberForm):
    """What is written about a member who stands in a branch."""

    mobile_to = forms.CharField(label="流动去向", max_length=120, required=False)


class JoinedForm(MemberForm):
    """A member who comes to a branch."""

    on = forms.DateField(label="从哪一天起", widget=date_input(), error_messages=_DAY)


class LeavingForm(forms.Form):
    """A member who leaves."""

    reason = forms.ChoiceField(label="原因", choices=REASONS)
    on = forms.DateField(label="从哪一天起", widget=date_input(), error_messages=_DAY)


class ChosenForm(forms.Form):
    """Somebody or something chosen from what a search found, from a day on."""

    chosen = forms.IntegerField(
        label="选哪一个",
        error_messages={"required": "请先查找，再选一个。", "invalid": "请先查找，再选一个。"},
    )
    on = forms.DateField(label="从哪一天起", widget=date_input(), error_messages=_DAY)


class SeatForm(ChosenForm):
    """Which seat the chosen person takes: one there is (its key), or a new one of a role."""

    seat = forms.CharField(label="职务", error_messages={"required": "请选职务。"})
    title = forms.CharField(label="职务名称", max_length=60, required=False)

    def clean(self) -> dict[str, object]:
        """A new leader's seat needs a title."""
        found = super().clean() or {}
        if found.get("seat") == Role.LEADER and not found.get("title"):
            self.add_error("title", "新设的班子成员职务要写名称，如“党委委员、副校长”。")
        return found


class ChargeForm(ChosenForm):
    """What a seat is put in charge of, or in contact with."""

    seat = forms.IntegerField(
        label="哪一位", error_messages={"required": "请选职务。", "invalid": "请选职务。"}
    )
    kind = forms.ChoiceField(label="关系", choices=Charge.Kind.choices)


class EndForm(forms.Form):
    """A seat or a charge that ends on a day."""

    which = forms.IntegerField(widget=forms.HiddenInput)
    on = forms.DateField(label="从哪一天起", widget=date_input(), error_messages=_DAY)
