"""What a person may send from the pages. Chinese labels; a wrong value gets a sentence."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

from django import forms

from dianping.base.kinds import ADDRESSED
from dianping.common.sizes import MOST_SENT, NOTICE_BYTES, WORKBOOK_BYTES, megabytes
from dianping.notices.rules.reach import beyond
from dianping.reviews.models import Attendance, Mode, Occasion
from dianping.reviews.rules.parts import CORRECTED, TEXTS, ReviewPart
from dianping.reviews.services import FollowUpInput, ProblemInput

F = TypeVar("F", bound=forms.Form)
MOST_PROBLEMS = 30
SENT_TO = ADDRESSED


def date_input(*, ahead: bool = False) -> forms.DateInput:
    """A date box, filled in the one format browsers take; `ahead` where a day without a year is one to come."""
    return forms.DateInput(attrs={"type": "date"} | ({"data-ahead": ""} if ahead else {}), format="%Y-%m-%d")


class Words(forms.CharField):
    """Text over several lines, with line ends as they are kept here (a browser sends CRLF)."""

    def __init__(self, *, label: str, rows: int, **more: Any) -> None:
        super().__init__(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)

    def to_python(self, value: Any) -> Any:
        """One kind of line end."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


def form_faults(form: forms.Form) -> list[str]:
    """Every fault of a form as a sentence."""
    return [str(fault) for faults in form.errors.values() for fault in faults]


def with_parts(parts: Iterable[ReviewPart]) -> Callable[[type[F]], type[F]]:
    """Put a box for each of these parts of a review before the fields of a form; nothing is required while it is a draft."""

    def add(form: type[F]) -> type[F]:
        boxes = {part.key: Words(label=part.label, rows=part.rows, required=False) for part in parts}
        form.base_fields = boxes | form.base_fields
        return form

    return add


@with_parts(TEXTS)
class ReviewForm(forms.Form):
    """What was said in a review: its parts (rules.review_parts), when and how, apart from its problems. Nothing is required while it is a draft."""

    mode = forms.ChoiceField(label="点评方式", choices=Mode.choices, initial=Mode.COLLECTIVE)
    regular = forms.TypedChoiceField(
        label="日常或定期",
        choices=(("1", "定期点评"), ("0", "日常点评")),
        coerce=lambda v: v == "1",
        initial="1",
    )
    happened_on = forms.DateField(label="点评日期", required=False, widget=date_input())
    occasion_kind = forms.ChoiceField(
        label="结合的活动", required=False, choices=[("", "没有结合其他活动"), *Occasion.Kind.choices]
    )
    place = forms.CharField(label="地点", required=False, max_length=80)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A date of a problem that is no date is told, not dropped."""
        cleaned = super().clean() or self.cleaned_data
        for i in range(1, MOST_PROBLEMS + 1):
            text = self.data.get(f"due-{i}", "").strip()
            if text and _day(text) is None:
                self.add_error(
                    None, f"第 {i} 项的期限写的是“{text}”，不是一个日期；请写 2011-03-31 这样的日期。"
                )
        return cleaned

    def problems(self) -> tuple[ProblemInput, ...]:
        """The shortcomings as sent (problem-N, owner-N, due-N, point-N), blank ones left out."""
        named = []
        for i in range(1, MOST_PROBLEMS + 1):
            text = self.data.get(f"problem-{i}", "").strip().replace("\r\n", "\n")
            if text:
                named.append(
                    ProblemInput(
                        text,
                        self.data.get(f"owner-{i}", "").strip()[:60],
                        _day(self.data.get(f"due-{i}", "")),
                        _key(self.data.get(f"point-{i}", "")),
                    )
                )
        return tuple(named)

    def revisits(self) -> tuple[FollowUpInput, ...]:
        """What is said of earlier problems (found-KEY, words-KEY), those left open to be said left out."""
        keys = [name.removeprefix("found-") for name in self.data if name.startswith("found-")]
        return tuple(
            FollowUpInput(
                int(key), self.data[f"found-{key}"], self.data.get(f"words-{key}", "").strip()[:500]
            )
            for key in keys[:MOST_PROBLEMS]
            if key.isdecimal() and len(key) < 12 and self.data[f"found-{key}"]
        )


class OccasionForm(forms.Form):
    """活动, as it is planned."""

    kind = forms.ChoiceField(label="活动", choices=Occasion.Kind.choices)
    held_on = forms.DateField(label="日期", widget=date_input())
    place = forms.CharField(label="地点", max_length=80, required=False)
    agenda = Words(
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


class AttendanceForm(forms.Form):
    """Who was there, and the minutes. The rows' own ticks are read from the form by the view."""

    guests = Words(label="另外到会的", rows=2, required=False, help_text="一行一个名字，或用顿号分开。")
    standing = forms.ChoiceField(
        label="他们是",
        choices=[(key, word) for key, word in Attendance.Standing.choices if key != "reviewed"],
        required=False,
        initial="ordinary",
    )
    minutes = Words(label="记录", rows=6, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def names(self) -> list[str]:
        """The names written, one each."""
        return [name.strip() for name in re.split(r"[、，,\n]", self.cleaned_data["guests"]) if name.strip()]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _key(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 12 else None


class AnswerForm(forms.Form):
    """本人意见: reading it is enough, words are welcome."""

    text = Words(label="本人意见", rows=3, required=False)


@with_parts(CORRECTED)
class CorrectionForm(forms.Form):
    """更正: what was said may be put otherwise; day, target and problems may not."""

    why = Words(label="更正的原因", rows=2, error_messages={"required": "请写明为什么更正，原文会一并保留。"})
    version = forms.IntegerField(widget=forms.HiddenInput)


class PaperForm(forms.Form):
    """A paper was handed in."""

    on = forms.DateField(
        label="交件日期",
        widget=date_input(),
        error_messages={"required": "请填交件的日期。", "invalid": "请写 2011-01-09 这样的日期。"},
    )


class WorkbookForm(forms.Form):
    """A workbook sent from a page."""

    file = forms.FileField(
        label="文件",
        error_messages={"required": "请选一个 .xlsx 或 .csv 文件。", "empty": "这个文件是空的。"},
    )

    def clean_file(self) -> Any:
        """Only what the reader knows, and not larger than it takes."""
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".xlsx", ".csv")):
            raise forms.ValidationError("这个文件不是 .xlsx 或 .csv。请在电子表格软件里另存为 .xlsx 后再传。")
        if file.size > WORKBOOK_BYTES:
            raise forms.ValidationError(
                f"这个文件超过 {megabytes(WORKBOOK_BYTES)}。请去掉图片与无关的工作表后再传。"
            )
        return file


class DayForm(forms.Form):
    """A day."""

    day = forms.DateField(
        label="日期", widget=date_input(), error_messages={"invalid": "请写 2011-01-05 这样的日期。"}
    )


class ManyFiles(forms.FileField):
    """Any number of files, each checked as one; together no more than `most_bytes`."""

    def __init__(self, *, most_bytes: int, **more: Any) -> None:
        self.most_bytes = most_bytes
        box = forms.ClearableFileInput()
        box.allow_multiple_selected = True
        box.attrs["multiple"] = True
        super().__init__(widget=box, **more)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """A list, empty when nothing was chosen."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_SENT:
            raise forms.ValidationError(f"选了 {len(given)} 个文件，一次最多 {MOST_SENT} 个。请分几次登记。")
        if sum(file.size or 0 for file in given) > self.most_bytes:
            raise forms.ValidationError(
                f"选的文件合起来超过 {megabytes(self.most_bytes)}。请缩小图片，或只附必要的文件。"
            )
        return [super(ManyFiles, self).clean(file, initial) for file in given]


class EnterNoticeForm(forms.Form):
    """登记文件: the text pasted, or a file; what the head says is read, not asked for."""

    direction = forms.ChoiceField(
        label="来文或发文", choices=(("received", "来文"), ("sent", "发文")), initial="received"
    )
    text = Words(label="全文", rows=14, required=False, help_text="整篇粘贴，转发的原件也一起粘进来。")
    files_sent = ManyFiles(
        label="或者上传文件",
        required=False,
        most_bytes=NOTICE_BYTES,
        help_text=".docx、.txt、.pdf、.html；没有粘贴全文时，从第一个文件读出。"
        f"最多 {MOST_SENT} 个，合起来不超过 {megabytes(NOTICE_BYTES)}。",
    )
    number = forms.CharField(
        label="发文字号", required=False, max_length=60, help_text="空着就用从文中读出的。"
    )
    dated = forms.DateField(
        label="成文日期", required=False, widget=date_input(), help_text="空着就用文末的日期。"
    )
    copies = forms.CharField(label="抄送", required=False, max_length=300)
    sign_by = forms.DateField(label="签收期限", required=False, widget=date_input())

    def clean(self) -> dict[str, Any]:
        """Something to read there must be."""
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("text") or "").strip() and not cleaned.get("files_sent"):
            self.add_error("text", "没有粘贴全文，也没有选文件。请粘贴正文，或上传文件。")
        return cleaned


class SendNoticeForm(forms.Form):
    """分送: to every organisation of these kinds below."""

    kinds = forms.MultipleChoiceField(
        label="送给",
        choices=[(kind, kind) for kind in SENT_TO],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "没有选送给哪些党组织。请至少选一类。"},
    )
    agreed = forms.CharField(
        label="超出发至层级的，谁在何时同意",
        max_length=120,
        required=False,
        help_text="没有超出的不必填。",
    )

    def __init__(self, *args: Any, reach: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        kinds = self.fields["kinds"]
        assert isinstance(kinds, forms.MultipleChoiceField)
        if not reach:
            del self.fields["agreed"]
            return
        below = set(beyond(reach, SENT_TO))
        kinds.choices = [(k, f"{k}（在“发至{reach}”以下）" if k in below else k) for k in SENT_TO]
