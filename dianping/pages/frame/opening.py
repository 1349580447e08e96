"""Pages that open again without a network: their answer says so in its head, for the browser's worker (worker.js).

Whose page it is and until which second it may be shown stand with it: the end of the sign-in. Nothing else is ever kept, no
refusal, no fault, no other page (decision 0058).
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse

from dianping.accounts.requests import ViewerRequest
from dianping.accounts.sessions import ends_at

HEAD = "X-Opens-Offline"
View = Callable[..., HttpResponse]


def opens_offline(view: View) -> View:
    """Mark a page: opened once, it opens again without a network until the sign-in ends. Its template says data-offline."""

    @wraps(view)
    def marked(request: ViewerRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "GET" and response.status_code == 200:
            response.headers[HEAD] = f"{request.viewer.mark} {ends_at(request.session)}"
        return response

    return marked
