"""What is typed when a notice is entered and sent on."""

from collections.abc import Mapping

from django import forms

from dianping.base.kinds import ADDRESSED
from dianping.common.sizes import MOST_SENT, NOTICE_BYTES, megabytes
from dianping.notices.rules.reach import beyond
from dianping.pages.frame.forms import ManyFiles, WordsField, date_input

SENT_TO = ADDRESSED


class EnterNoticeForm(forms.Form):
    """登记文件: the text pasted, or a file; what the head says is read, not asked for."""

    direction = forms.ChoiceField(
        label="来文或发文", choices=(("received", "来文"), ("sent", "发文")), initial="received"
    )
    text = WordsField(label="全文", rows=14, required=False, help_text="整篇粘贴，转发的原件也一起粘进来。")
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

    def clean(self) -> dict[str, object]:
        """Something to read there must be."""
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("text") or "").strip() and not cleaned.get("files_sent"):
            self.add_error("text", "没有粘贴全文，也没有选文件。请粘贴正文，或上传文件。")
        return cleaned


class HeadForm(forms.Form):
    """更正文头: what was read of a paper's head, to be put right."""

    title = forms.CharField(label="标题", max_length=200)
    number = forms.CharField(label="发文字号", required=False, max_length=60)
    issuer = forms.CharField(label="发文机关", required=False, max_length=120)
    kind = forms.CharField(label="文种", required=False, max_length=10)
    addressees = forms.CharField(label="主送", required=False, max_length=1000)
    dated = forms.DateField(label="成文日期", required=False, widget=date_input())


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

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        reach: str = "",
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        kinds = self.fields["kinds"]
        assert isinstance(kinds, forms.MultipleChoiceField)
        if not reach:
            del self.fields["agreed"]
            return
        below = set(beyond(reach, SENT_TO))
        kinds.choices = [(k, f"{k}（在“发至{reach}”以下）" if k in below else k) for k in SENT_TO]
