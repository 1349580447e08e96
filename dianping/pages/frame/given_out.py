"""What leaves the site, and who looks at whose record, goes into the audit chain, whatever view it comes from."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from dianping.acts.chain_words import file_told
from dianping.common import audit
from dianping.common.acts import act
from dianping.common.audit import Actor
from dianping.common.lookups import lookups
from dianping.common.rights import unasked
from dianping.pages.frame.typed import FORMS_AT

ACT = "导出"
# Pages that show one person's record, or the masses' own words, and the word by which entries name what is shown.
PERSONAL = {
    "person": "person",
    "review": "review",
    "correct": "review",
    "item": "item",
    "report": "duty",
    "admonition": "admonition",
    "write": "duty",
    "case": "case",
    "poll_points": "poll",
    "point": "point",
    "person_sheet": "person",
    "review_sheet": "review",
    "poll_result": "poll",
}
# Their services say more of what they gave out.
OWN_ENTRY = {
    "person_file",
    "poll_slips",
    "account_slips",
    "account_new",
    "account_of_person",
    "account_renew",
}
PAGES = ("text/html", "application/json", "text/plain")


class GivenOutMiddleware:
    """After a view has answered: a file is an entry at once, a look at a record is noted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        viewer, match = getattr(request, "viewer", None), request.resolver_match
        if viewer is not None:
            _keep_nowhere(response, (match.url_name or "") if match else "")
        if viewer is None or match is None or response.status_code != 200:
            return response
        name = match.url_name or ""
        if _is_file(response):
            if name not in OWN_ENTRY:
                told = getattr(request, "given_out", {})
                _given_out(viewer.actor, name, dict(match.kwargs), response, told)
        elif request.method == "GET" and name in PERSONAL:
            shown = getattr(request, "shown", PERSONAL[name])  # a view may know better what it showed
            lookups.note(actor=viewer.actor, about=f"{shown}:{_last(match.kwargs)}")
        return response


def _keep_nowhere(response: HttpResponseBase, name: str) -> None:
    """No browser keeps a page of somebody who is signed in: the next one at the same machine might read it. Of pages one writes
    on it may, or "back" would bring them without the words: those it asks for again first."""
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache" if name in FORMS_AT else "no-store"


def _is_file(response: HttpResponseBase) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    return "Content-Disposition" in response.headers or kind not in PAGES


def _last(kwargs: dict[str, object]) -> object:
    """The number of what the address names most closely."""
    return list(kwargs.values())[-1] if kwargs else ""


@act
def _given_out(
    actor: Actor, name: str, kwargs: dict[str, object], response: HttpResponseBase, told: dict[str, str]
) -> None:
    unasked(actor, because="it tells what a page has given out to whoever might see it")
    audit.record(
        actor=actor,
        act=ACT,
        about=":".join([name, *map(str, kwargs.values())])[:120],
        file=file_told(response.headers.get("Content-Disposition", ""))[:200],
        **told,
    )
