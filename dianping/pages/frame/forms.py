"""What a person may send from the pages. Chinese labels; a wrong value gets a sentence."""

from typing import TYPE_CHECKING, Any

from django import forms

from dianping.common.sizes import MOST_SENT, WORKBOOK_BYTES, megabytes

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


def date_input(*, ahead: bool = False) -> forms.DateInput:
    """A date box, filled in the one format browsers take; `ahead` where a day without a year is one to come."""
    return forms.DateInput(attrs={"type": "date"} | ({"data-ahead": ""} if ahead else {}), format="%Y-%m-%d")


class WordsField(forms.CharField):
    """Text over several lines, with line ends as they are kept here (a browser sends CRLF)."""

    def __init__(self, *, label: str, rows: int, **more: Any) -> None:
        super().__init__(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)

    def to_python(self, value: object) -> str | None:
        """One kind of line end."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


def form_faults(form: forms.Form) -> list[str]:
    """Every fault of a form as a sentence."""
    return [str(fault) for faults in form.errors.values() for fault in faults]


class WorkbookForm(forms.Form):
    """A workbook sent from a page."""

    file = forms.FileField(
        label="文件",
        error_messages={"required": "请选一个 .xlsx 或 .csv 文件。", "empty": "这个文件是空的。"},
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Only what the reader knows, and not larger than it takes."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        assert file.name is not None  # a file that was sent has one
        if not file.name.lower().endswith((".xlsx", ".csv")):
            raise forms.ValidationError(
                "这个文件不是 .xlsx 或 .csv。请在电子表格软件里另存为 .xlsx 后再传。",
                code="files.not-a-workbook",
            )
        if (file.size or 0) > WORKBOOK_BYTES:
            raise forms.ValidationError(
                f"这个文件超过 {megabytes(WORKBOOK_BYTES)}。请去掉图片与无关的工作表后再传。",
                code="files.too-large",
            )
        return file


class ManyFiles(forms.FileField):
    """Any number of files, each checked as one; together no more than `most_bytes`."""

    def __init__(self, *, most_bytes: int, **more: Any) -> None:
        self.most_bytes = most_bytes
        box = forms.ClearableFileInput()
        box.allow_multiple_selected = True
        box.attrs["multiple"] = True
        super().__init__(widget=box, **more)

    def clean(
        self,
        data: "UploadedFile[bytes] | list[UploadedFile[bytes]] | tuple[UploadedFile[bytes], ...] | None",
        initial: object = None,
    ) -> list["UploadedFile[bytes]"]:
        """A list, empty when nothing was chosen."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_SENT:
            raise forms.ValidationError(
                f"选了 {len(given)} 个文件，一次最多 {MOST_SENT} 个。请分几次登记。",
                code="files.too-many-at-once",
            )
        if sum(file.size or 0 for file in given) > self.most_bytes:
            raise forms.ValidationError(
                f"选的文件合起来超过 {megabytes(self.most_bytes)}。请缩小图片，或只附必要的文件。",
                code="files.too-large-together",
            )
        return [super(ManyFiles, self).clean(file, initial) for file in given]
