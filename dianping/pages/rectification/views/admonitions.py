"""约谈: which units lag, who was called in, what he was told and promised, and what came of it."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.common.clock import site_moment
from dianping.common.formkeys import new_form_key
from dianping.common.paging import page_of
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form
from dianping.orgs.selectors import organisation_by_code
from dianping.orgs.selectors.posts import head_person
from dianping.pages.frame.list_scopes import below
from dianping.pages.frame.lists import ListColumn, Listing, asked_of, wants_workbook, workbook
from dianping.pages.frame.scope import KEY, current_organisation
from dianping.pages.rectification.forms.items import AdmonitionForm, OutcomeForm
from dianping.rectification.rights import admonitions_seen, may_admonish, may_settle_admonition
from dianping.rectification.selectors import (
    admonitions_below,
    admonitions_in,
    items_told_of,
    lagging_items,
    lagging_units,
)
from dianping.rectification.services import Talk, hold_admonition, settle_admonition

if TYPE_CHECKING:
    from dianping.orgs.models import Organisation
    from dianping.rectification.models import Admonition, Item

MOST_OFFERED = 40
TALKS = Listing(
    title="约谈记录",
    columns=(
        ListColumn("约谈谁", lambda a: a.person.name, 10),
        ListColumn("职务", lambda a: a.post.title, 16),
        ListColumn("单位", lambda a: a.organisation.short_name, 20),
        ListColumn("约谈日", lambda a: a.held_on, 11),
        ListColumn("事由", lambda a: a.reasons, 36),
        ListColumn("整改期限", lambda a: a.due, 11),
        ListColumn("结果", lambda a: a.outcome if a.settled_on else "还没有办结", 30),
    ),
    places=("path",),
    people=("person__name",),
    day="held_on",
    day_word="约谈日",
    states=(("", "全部"), ("open", "还没有办结"), ("overdue", "逾期"), ("settled", "已经办结")),
)


def admonitions(request: ViewerRequest) -> HttpResponse:
    """The talks held below, and the units that might be called in."""
    viewer, organisation = request.viewer, current_organisation(request)
    admonitions = admonitions_below(admonitions_seen(viewer), organisation.path)
    asked = asked_of(request, TALKS)
    admonitions = admonitions_in(admonitions, asked.state, today=viewer.day)
    admonitions = asked.narrowed(admonitions, paths=[organisation.path], today=viewer.day).order_by(
        "-held_on", "-pk"
    )
    if wants_workbook(request):
        return workbook(
            request, asked, admonitions, list, scope=below(organisation), organisation=organisation
        )
    units = [
        unit
        for unit in lagging_units(organisation.path, today=viewer.day)
        if may_admonish(viewer.actor, str(unit["path"]))
    ]
    return render(
        request,
        "pages/rectification/admonitions.html",
        {
            "organisation": organisation,
            "page": page_of(admonitions, keys=("-held_on", "-pk"), asked=asked.given),
            "list": asked,
            "units": units,
        },
    )


def _unit(request: ViewerRequest) -> "Organisation":
    """The unit to call in, for whoever stands above it; else 404."""
    viewer = request.viewer
    unit = get_object_or_404(organisation_by_code(request.GET.get(KEY, ""), paths=viewer.read_paths))
    if not may_admonish(viewer.actor, unit.path):
        raise Http404
    return unit


def admonish(request: ViewerRequest) -> HttpResponse:
    """登记约谈 with the head of one unit."""
    viewer, unit = request.viewer, _unit(request)
    lagging = list(lagging_items(unit.path, today=viewer.day)[:MOST_OFFERED])
    choices = [(str(item.pk), _choice(item)) for item in lagging]
    form = AdmonitionForm(request.POST or None, choices=choices, initial={"held_on": viewer.day})
    if form.is_valid():
        data = form.cleaned_data
        ticked = set(data.pop("items", ()))
        try:
            held = hold_admonition(
                organisation=unit,
                talk=Talk(**data),
                items=[item for item in lagging if str(item.pk) in ticked],
                moment=site_moment(),
                actor=viewer.actor,
            )
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(request, f"对{unit.short_name}的约谈已登记，对方看得到。")
            return redirect("rectification:admonition", pk=held.pk)
    context = {
        "unit": unit,
        "head": head_person(unit, day=viewer.day),
        "form": form,
        "form_key": new_form_key(),
    }
    return render(request, "pages/rectification/admonish.html", context, status=422 if form.is_bound else 200)


def _choice(item: "Item") -> str:
    whom = item.person.name if item.person else item.organisation.short_name
    due = f"期限 {item.due}" if item.due else "没有定期限"
    return f"{item.text[:60]}（{whom}，{due}，{item.get_state_display()}）"


def _context(request: ViewerRequest, admonition: "Admonition", form: OutcomeForm) -> dict[str, object]:
    viewer = request.viewer
    himself = viewer.person is not None and viewer.person.pk == admonition.person_id
    return {
        "admonition": admonition,
        "items": [(item, viewer.may_read(item.path)) for item in items_told_of(admonition)],
        "may_settle": admonition.settled_on is None
        and not himself
        and may_settle_admonition(viewer.actor, admonition.path),
        "form": form,
        "form_key": new_form_key(),
    }


def admonition(request: ViewerRequest, pk: int) -> HttpResponse:
    """One talk: about what, what was told, what was promised, what came of it."""
    admonition = get_object_or_404(admonitions_seen(request.viewer), pk=pk)
    return render(
        request, "pages/rectification/admonition.html", _context(request, admonition, OutcomeForm())
    )


@require_POST
def settle(request: ViewerRequest, pk: int) -> HttpResponse:
    """办结约谈."""
    viewer = request.viewer
    admonition = get_object_or_404(admonitions_seen(viewer), pk=pk)
    if not may_settle_admonition(viewer.actor, admonition.path):
        raise Http404
    form = OutcomeForm(request.POST)
    if form.is_valid():
        try:
            settle_admonition(
                admonition=admonition,
                outcome=form.cleaned_data["outcome"],
                moment=site_moment(),
                actor=viewer.actor,
            )
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(request, "约谈已办结。")
            return redirect("rectification:admonition", pk=pk)
    return render(
        request, "pages/rectification/admonition.html", _context(request, admonition, form), status=422
    )
