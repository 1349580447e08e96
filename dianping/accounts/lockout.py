"""What somebody sees after too many failed sign-ins."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The same words for a known and an unknown name."""
    return render(request, "accounts/locked.html", status=429)
