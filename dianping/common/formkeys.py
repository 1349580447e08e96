"""A double click is one act.

Every form that writes carries a `form_key`. The first act behind a form uses its key up, in the act's own transaction: a
refused act leaves the key usable. Sent again with the same content the form is answered with the first result, with other
content it is refused (409), without a key too (400). What is sent is read and digested before any transaction begins.

Which views are keyed the site decides, not the form (decision 0050): all but those marked `unkeyed`, where a key that is sent
is not looked at and nothing of the form is digested.
"""

import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable, Iterable
from time import sleep
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve

from dianping.common.acts import first_of_all
from dianping.common.models import FormKey

LOG = logging.getLogger(__name__)
# Times a twentieth of a second: how long the first sending may take from its act to its answer.
ANSWERING = 20


View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class NoFormKey(BadRequest):
    """A form that writes came without its key."""


class AlreadySent(Exception):  # noqa: N818 - a signal to look for the first result, never seen outside
    """Another sending of this form was quicker."""


def unkeyed(why: str) -> Callable[[View], View]:
    """Mark a view whose forms carry no key. `why`: what they hold that is not even digested, or why twice is once there."""

    def mark(view: View) -> View:
        view.unkeyed = why  # type: ignore[attr-defined]
        return view

    return mark


def why_unkeyed(path: str) -> str:
    """Why the view at an address takes no key; "" where it takes one, and where there is none to take anything."""
    try:
        return str(getattr(resolve(path).func, "unkeyed", ""))
    except Resolver404:
        return ""


def new_form_key() -> str:
    """An unguessable key for one form."""
    return secrets.token_urlsafe(18)


def was_used(*, actor: str, key: str) -> bool:
    """Whether a form of this account's was acted on."""
    return FormKey.objects.filter(actor=actor, key=hashlib.sha256(key.encode()).hexdigest()).exists()


def used_among(*, actor: str, keys: Iterable[str]) -> list[str]:
    """Those of some forms of this account's that were acted on. One query."""
    by_digest = {hashlib.sha256(key.encode()).hexdigest(): key for key in keys}
    used = FormKey.objects.filter(actor=actor, key__in=by_digest).values_list("key", flat=True)
    return sorted(by_digest[digest] for digest in used)


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


def _content(file: "UploadedFile[bytes]") -> str:
    """The hash of an uploaded file, which is left ready to be read."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


class _Key:
    """The key of one form that is being sent."""

    def __init__(self, request: HttpRequest, key: str) -> None:
        self.actor = request.user.get_username()
        self.key = hashlib.sha256(key.encode()).hexdigest()
        self.digest = _digest(request)
        self._row: int | None = None

    def first(self) -> FormKey | None:
        """The first sending, once it was done; where it leads is waited for a moment, for it may still be being answered."""
        sent = FormKey.objects.filter(actor=self.actor, key=self.key)
        row = sent.first()
        for _ in range(ANSWERING):
            if row is None or row.location or connection.in_atomic_block:
                break
            sleep(0.05)
            row = sent.first()
        return row

    def use(self) -> None:
        """Use the key up, in the transaction of the act that begins. Only the first act that stands does."""
        if self._row is not None and FormKey.objects.filter(pk=self._row).exists():
            return
        try:
            with transaction.atomic():
                self._row = FormKey.objects.create(actor=self.actor, key=self.key, digest=self.digest).pk
        except IntegrityError as taken:
            raise AlreadySent from taken

    def leads_to(self, response: HttpResponse) -> None:
        """Keep where the act led to; where it left its page standing (a draft) the key stays usable.

        The act itself is done: that its place could not be kept only makes a second sending lead to the page it came from.
        """
        if self._row is None:
            return
        row = FormKey.objects.filter(pk=self._row)
        try:
            if isinstance(response, HttpResponseRedirect):
                row.update(location=response.url[:400])
            elif response.status_code < 400:
                row.delete()
        except DatabaseError:
            LOG.warning("the place a form led to could not be kept")


class FormKeyMiddleware:
    """Lets each form be acted on once, and none without its key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or why_unkeyed(request.path_info):
            return self.get_response(request)
        text = request.POST.get("form_key", "")
        if not text or not request.user.is_authenticated:
            return self.get_response(request)
        key = _Key(request, text)
        first = key.first()
        if first is not None:
            return self._repeated(request, key, first)
        with first_of_all(key.use):
            response = self.get_response(request)
        if getattr(request, "already_sent", False):
            first = key.first()
            if first is not None:
                return self._repeated(request, key, first)
        key.leads_to(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *given: object
    ) -> None:
        """Refuse a form without its key. Whoever is not signed in has been turned away by now, or is a stranger at the door."""
        if (
            request.method == "POST"
            and request.user.is_authenticated
            and not getattr(view, "unkeyed", "")
            and not request.POST.get("form_key")
        ):
            raise NoFormKey("a form without its key")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The other sending answers for both; what it led to is looked up when this one is over."""
        if isinstance(exception, AlreadySent):
            request.already_sent = True  # type: ignore[attr-defined]
            return HttpResponse(status=409)
        return None

    @staticmethod
    def _repeated(request: HttpRequest, key: _Key, first: FormKey) -> HttpResponse:
        if first.digest == key.digest:
            return HttpResponseRedirect(first.location or request.path)
        return render(request, "common/repeated.html", {"location": first.location}, status=409)
