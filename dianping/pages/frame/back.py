"""Back to where an act was done: an act sent from the desk comes back to the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

BACK, DESK = "back", "desk"  # the field that says where an act was sent from


def back_from(request: HttpRequest, page: str, **given: int) -> HttpResponse:
    """To the desk where the act was sent from there, else to its own page."""
    if request.POST.get(BACK) == DESK:
        return redirect("workbench:workbench")
    return redirect(reverse(page, kwargs=given))
