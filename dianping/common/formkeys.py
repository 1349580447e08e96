"""A double click is one act.

Every form that writes carries a `form_key`. The key is written in the same transaction as the act; sent
again with the same content it is answered with the first result, with other content it is refused (409).
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from dianping.common.models import FormKey


def new_form_key() -> str:
    """An unguessable key for one form."""
    return secrets.token_urlsafe(18)


def _digest(request: HttpRequest) -> str:
    """What was sent, as one keyed hash (whoever has the database cannot try out what it may have been): fields sorted,
    the key and the CSRF token left out, files by content and name."""
    fields = sorted(
        (name, tuple(request.POST.getlist(name)))
        for name in request.POST
        if name not in {"form_key", "csrfmiddlewaretoken"}
    )
    files = sorted(
        (name, file.name, _content(file)) for name in request.FILES for file in request.FILES.getlist(name)
    )
    body = repr((request.path, fields, files)).encode()
    return hmac.new(settings.SECRET_KEY.encode(), body, hashlib.sha256).hexdigest()


def _content(file: UploadedFile) -> str:
    """The hash of an uploaded file, which is left ready to be read."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


class FormKeyMiddleware:
    """Puts each keyed POST into one transaction together with its key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get("form_key", "") if request.method == "POST" else ""
        if not key or not request.user.is_authenticated:
            return self.get_response(request)
        actor = request.user.get_username()
        key = hashlib.sha256(key.encode()).hexdigest()
        first = FormKey.objects.filter(actor=actor, key=key).first()
        if first is None:
            try:
                return self._act(request, actor, key)
            except IntegrityError:
                first = FormKey.objects.filter(actor=actor, key=key).first()
                if first is None:
                    raise
        return self._repeat(request, first)

    def _act(self, request: HttpRequest, actor: str, key: str) -> HttpResponse:
        with transaction.atomic():
            kept = FormKey.objects.create(actor=actor, key=key, digest=_digest(request))
            response = self.get_response(request)
            if isinstance(response, HttpResponseRedirect):
                FormKey.objects.filter(pk=kept.pk).update(location=response.url[:400])
            elif response.status_code >= 400:  # an error page: nothing its view began may stay
                transaction.set_rollback(True)
            else:  # nothing was done (a re-shown form) or kept in place (a draft): the key stays usable
                FormKey.objects.filter(pk=kept.pk).delete()
            return response

    def _repeat(self, request: HttpRequest, first: FormKey) -> HttpResponse:
        if first.digest == _digest(request):
            return HttpResponseRedirect(first.location or request.path)
        return render(request, "common/repeated.html", {"location": first.location}, status=409)
