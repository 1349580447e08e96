"""What somebody typed into a form that could not be taken, so that it can be sent again or copied.

Only from the pages named here, only the fields of their forms: never a password, a key, a code, a seed, a ballot. A page not
named gives nothing back.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import Resolver404, resolve

Forms = tuple[type[forms.Form], ...]
# The pages whose forms are given back, as each noun says beside its urls (GIVEN_BACK); tests/pages/test_faults_told.py names
# every other page that takes a form.
FORMS_AT: dict[str, Forms] = {}
# What stands on those pages beside the fields of their forms.
_BESIDE = {
    "text": "内容",
    "why": "原因",
    "happened_on": "日期",
    "problem": "问题",
    "owner": "责任人",
    "due": "期限",
    "found": "",
    "point": "",
    "ground": "",
    "words": "说明",
}
_PLAIN = frozenset(
    {"step", "was", "present", "place", "about", "look", "whom", "of", "places", "purpose", "saying", "to"}
)
# A field of which a page has several: owner-3, words-12-1.
_NUMBERED = re.compile(r"(problem|owner|due|found|words|point|ground-poll|ground-occasion)-[\d-]{1,12}")
_MOST = 400_000  # characters in all


@dataclass(frozen=True, slots=True)
class TypedField:
    """One value of a field. `label` is empty for what the page itself put there."""

    name: str
    value: str
    label: str

    @property
    def is_long(self) -> bool:
        """Whether it wants more than one line."""
        return "\n" in self.value or len(self.value) > 40


def typed_in(request: HttpRequest) -> list[TypedField]:
    """What is given back of a request, in the order of its form; nothing when it came from another site."""
    if request.method != "POST" or not _is_ours(request):
        return []
    labels = _labels(_page(request))
    if labels is None:
        return []
    try:
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
    except Exception:  # it could not be read: then there is nothing to give back
        return []
    fields = [
        TypedField(name, value, label)
        for name, value in sent
        if value and (label := _label(name, labels)) is not None
    ]
    return fields if sum(len(field.value) for field in fields) <= _MOST else []


def holds_files(request: HttpRequest) -> bool:
    """Whether files were chosen: a page cannot give those back."""
    return str(request.META.get("CONTENT_TYPE", "")).startswith("multipart/form-data") and any(
        file for file in getattr(request, "_files", {}).values()
    )


def _page(request: HttpRequest) -> str:
    match = request.resolver_match
    try:
        match = match or resolve(request.path_info)
    except Resolver404:
        return ""
    return str(match.url_name or "")


def _is_ours(request: HttpRequest) -> bool:
    """Whether the form was one of this site's: its token was looked at, or the browser says where it came from."""
    if getattr(request, "csrf_processing_done", False):
        return True
    origin = request.headers.get("Origin", "")
    if origin:
        return urlsplit(origin).netloc == own_host(request)
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def own_host(request: HttpRequest) -> str:
    """The host a request was sent to, "" for one that is none of the site's."""
    try:
        return request.get_host()
    except DisallowedHost:
        return ""


def _labels(page: str) -> dict[str, str] | None:
    if page not in FORMS_AT:
        return None
    fields: dict[str, forms.Field] = {}
    for form in FORMS_AT[page]:
        fields |= form.base_fields
    return {name: _shown(field) for name, field in fields.items() if not _is_secret(field.widget)}


def _shown(field: forms.Field) -> str:
    """The label of what a person types; "" for what he ticks or chooses, and for what is hidden."""
    typed = isinstance(field.widget, forms.TextInput | forms.Textarea | forms.DateInput)
    return str(field.label or "") if typed and not field.widget.is_hidden else ""


def _is_secret(widget: forms.Widget) -> bool:
    return isinstance(widget, forms.PasswordInput | forms.FileInput)


def _label(name: str, labels: dict[str, str]) -> str | None:
    """A field's label, "" for a plain one, None for a field that is not given back."""
    if name in labels:
        return labels[name]
    if name in _BESIDE:
        return _BESIDE[name]
    if _NUMBERED.fullmatch(name):
        word, _, number = name.partition("-")
        return f"{_BESIDE[word]} {number}" if _BESIDE[word] else ""
    return "" if name in _PLAIN else None
