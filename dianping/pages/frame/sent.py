"""What a form is bound to."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict


def sent(request: HttpRequest) -> "tuple[QueryDict | None, MultiValueDict[str, UploadedFile[bytes]] | None]":
    """The fields and files of a form that was sent, nothing of one that is only shown.

    Empty fields are fields: a form sent with a file alone, or with nothing at all, is told what is missing.
    """
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
