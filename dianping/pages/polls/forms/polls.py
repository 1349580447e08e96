"""What a person may send about polls."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict

from dianping.common.refusing import lines_of
from dianping.opinions.rules import RATINGS_K, WORDS_K, Form, FormFault
from dianping.opinions.services.planning_lines import classes_of, read_others, topics_of, with_topics
from dianping.pages.frame.forms import WordsField, date_input
from dianping.pages.polls.shown.people import ABOUT

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.utils.datastructures import MultiValueDict

    from dianping.accounts.models import User

MOST_TOML = 200_000  # bytes of a form's file
LINES = "一行一类：类别，人数；或者：类别，姓名、姓名。"
LEAST_TOLD = "不足这个数的不显示。不能少于 %d，可以更多。"


class PlanForm(forms.Form):
    """A poll as it is planned, on one form: a preset, or the text of a file of one's own (`preset` None)."""

    form_file = forms.FileField(label="表的文件（.toml）", required=False)
    form_text = WordsField(label="表的全文", rows=12, required=False, help_text="选了文件的，以文件为准。")
    title = forms.CharField(
        label="名称",
        max_length=120,
        help_text="印在票上，填表人看得到。",
        error_messages={"required": "请写名称。"},
    )
    about = forms.ChoiceField(label="对谁", choices=ABOUT)
    about_branch = forms.ChoiceField(
        label="哪个党支部的党员", required=False, help_text="只在评议某一党支部的党员时选。"
    )
    topics = WordsField(
        label="题目",
        rows=6,
        help_text="一行一个，可以改写、增减。",
        error_messages={"required": "没有写题目，应至少有一个；请一行写一个。"},
    )
    branches = forms.MultipleChoiceField(
        label="请哪些党支部的党员填", required=False, widget=forms.CheckboxSelectMultiple
    )
    ballot_class = forms.CharField(label="这些党员投哪一类票", required=False, max_length=30)
    inside = WordsField(
        label="其他党内人员", rows=2, required=False, help_text=LINES + "已在所选党支部名册里的不要再写。"
    )
    outside = WordsField(label="党外群众", rows=3, required=False, help_text=LINES)
    opens = forms.DateField(
        label="从哪天起", widget=date_input(ahead=True), error_messages={"required": "请填从哪天起。"}
    )
    closes = forms.DateField(
        label="到哪天止",
        widget=date_input(ahead=True),
        help_text="这一天还收表，第二天起可以开箱。",
        error_messages={"required": "请填到哪天止。"},
    )
    least = forms.IntegerField(
        label="数字最少几份",
        min_value=RATINGS_K,
        max_value=1000,
        help_text=LEAST_TOLD % RATINGS_K + f"评议书记、班子成员的至少 {WORDS_K} 份。",
    )
    least_words = forms.IntegerField(
        label="文字最少几份", min_value=WORDS_K, max_value=1000, help_text=LEAST_TOLD % WORDS_K
    )
    trial = forms.BooleanField(label="这是模拟：先走一遍，每张票上写明，结果不计入", required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        preset: Form | None,
        branches: list[tuple[str, str]],
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial)
        self.preset = preset
        self.sheet: Form | None = preset
        for name in ("branches", "about_branch"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = branches if name == "branches" else [("", "（不选）"), *branches]
        if preset is None:
            self.fields["ballot_class"].help_text = "表里各类票计权重的，写票类的代号；不计的空着。"
            del self.fields["topics"]
            return
        del self.fields["form_file"], self.fields["form_text"]
        if not topics_of(preset):
            del self.fields["topics"]
        if classes := classes_of(preset):
            names = "，".join(f"{name}＝{title}" for name, title in classes)
            self.fields["ballot_class"] = forms.ChoiceField(
                label="这些党员投哪一类票", choices=classes, required=False
            )
            self.fields[
                "inside"
            ].help_text = f"一行一类，先写票类：{names}。例如：{classes[0][0]}，姓名、姓名。"
            self.fields["outside"].help_text = self.fields["inside"].help_text
            self.order_fields([*PlanForm.base_fields])
        else:
            del self.fields["ballot_class"]

    def clean(self) -> dict[str, object]:
        """The form first, since the classes of ballot hang on it; then the lines."""
        cleaned = super().clean() or self.cleaned_data
        place = "topics"
        try:
            if self.preset is None:
                place = "form_text"
                self.sheet = Form.read(self._own_text(cleaned))
            elif "topics" in cleaned:
                self.sheet = with_topics(self.preset, cleaned["topics"].splitlines())
        except FormFault as no:
            self.add_error(place if place in self.fields else None, lines_of(no))
            return cleaned
        assert self.sheet is not None
        for name in ("inside", "outside"):
            try:
                cleaned[f"{name}_asked"] = read_others(
                    cleaned.get(name, ""), inside=name == "inside", classes=classes_of(self.sheet)
                )
            except FormFault as no:
                self.add_error(name, lines_of(no))
        self._class_of_members(cleaned)
        if cleaned.get("about") == "members" and not cleaned.get("about_branch"):
            self.add_error("about_branch", "没有选哪个党支部。请选一个。")
        return cleaned

    def _own_text(self, cleaned: dict[str, Any]) -> str:
        """The text of one's own form; a file sent takes the place of what stood in the box."""
        file = cleaned.get("form_file")
        if file is None:
            if not cleaned.get("form_text", "").strip():
                raise FormFault(
                    "没有选文件，也没有写表的全文。请选一个 .toml 文件。", code="opinions.file-missing"
                )
            return str(cleaned["form_text"])
        if file.size > MOST_TOML:
            raise FormFault(
                f"这个文件有 {file.size} 字节，一张表的文件不超过 {MOST_TOML} 字节。请核对选的是不是表。",
                code="opinions.file-too-big",
            )
        try:
            text = file.read().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise FormFault(
                "这个文件不是 UTF-8 编码的文本。请另存为 UTF-8 再传。", code="opinions.file-not-text"
            ) from None
        assert isinstance(self.data, QueryDict)
        shown = self.data.copy()  # in the box again, so that a fault can be put right there
        shown["form_text"] = text
        self.data = shown
        return str(text)

    def _class_of_members(self, cleaned: dict[str, Any]) -> None:
        assert self.sheet is not None
        classes = [name for name, _ in classes_of(self.sheet)]
        given = cleaned.get("ballot_class", "")
        if classes and cleaned.get("branches") and given not in classes:
            told = f"票类写的是“{given}”，这张表的票类是 {'、'.join(classes)}；请改正。"
            self.add_error("ballot_class" if "ballot_class" in self.fields else None, told)
        if not classes:
            cleaned["ballot_class"] = ""


class FreezeForm(forms.Form):
    """The two who keep a key."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    unit = forms.ChoiceField(label="本单位的保管人", error_messages={"required": "请选本单位的保管人。"})
    superior = forms.ChoiceField(label="上级的保管人", error_messages={"required": "请选上级的保管人。"})

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        unit: list["User"],
        superior: list["User"],
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        for name, users in (("unit", unit), ("superior", superior)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [
                ("", "（请选）"),
                *((user.username, f"{user.name}（{user.username}）") for user in users),
            ]
            if len(users) == 1:  # nobody else could be chosen
                field.initial = users[0].username


class SlipsForm(forms.Form):
    """Slips to be made: for one group or for all, on small slips or as paper forms. `after`: the last printing seen."""

    group = forms.ChoiceField(label="给哪一组")
    count = forms.IntegerField(
        label="几张",
        required=False,
        min_value=1,
        max_value=100_000,
        help_text="空着就按还没有票的人数制；选了所有的组，不用写。",
    )
    kind = forms.ChoiceField(
        label="印成什么",
        choices=(
            ("slips", "票：每页 10 张，剪开抽取，用手机填"),
            ("paper", "纸质表：一人一张，填好收回，由两个人各录一次"),
        ),
        widget=forms.RadioSelect,
        initial="slips",
    )
    after = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        groups: list[tuple[str, str]],
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = groups
