"""The request as a view sees it once its user is known."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from dianping.accounts.viewer import Viewer


class ViewerRequest(HttpRequest):
    """A signed-in request."""

    viewer: Viewer
    htmx: HtmxDetails
    given_out: dict[str, str]  # what the entry of a file tells beside its name; set by the view that makes it
