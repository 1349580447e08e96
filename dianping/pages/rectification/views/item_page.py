"""The page of one problem: its story, the acts open to a viewer, and the form of the one he chose."""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dianping.accounts.requests import ViewerRequest
from dianping.common.formkeys import new_form_key
from dianping.pages.rectification.forms.items import AnswerExtensionForm, ExtendForm, StepForm
from dianping.pages.rectification.shown.story import counts_of, moved_due, story_of
from dianping.rectification.rights import ANSWER, EXTEND, items_seen, waiting_extension
from dianping.rectification.rules.steps import SHOWING
from dianping.rectification.selectors import later_like

if TYPE_CHECKING:
    from dianping.rectification.models import Extension, Item

PLAN_FIELDS = ("cause", "measure", "unit_name", "owner_name", "due")


def item_page(
    request: ViewerRequest, item: "Item", acts: dict[str, str], chosen: str, sent: forms.Form | None = None
) -> HttpResponse:
    """The page with the form of the act chosen; with a form that was sent and refused, a 422."""
    form = sent
    if form is None and chosen in acts:
        form = _form(item, chosen)
    return render(
        request,
        "pages/rectification/item.html",
        _context(request, item, acts, chosen, form),
        status=200 if sent is None else 422,
    )


def _form(item: "Item", chosen: str) -> forms.Form:
    """The form of one act, filled with what is on file. What the service will demand is marked; it judges."""
    version = {"version": item.version}
    waiting = waiting_extension(item)
    if chosen == EXTEND:
        return ExtendForm(initial=version)
    if chosen == ANSWER and waiting is not None:
        return AnswerExtensionForm(initial=version | {"until": waiting.until})
    unit = item.unit_name or item.organisation.short_name
    on_file = {name: getattr(item, name) for name in PLAN_FIELDS} | {"unit_name": unit}
    form = StepForm(initial=version | on_file | {"step": chosen})
    for name in ("measure", "due", "text"):
        form.fields[name].required = True
    if item.due:
        form.fields["due"].help_text = f"已定 {item.due}，可以提前；要推后请申请延期。"
    return form


def _fields(form: forms.Form, chosen: str) -> list[forms.BoundField]:
    """The fields of a form that belong to an act."""
    if not isinstance(form, StepForm):
        return form.visible_fields()
    if chosen == "plan":
        return [form[name] for name in PLAN_FIELDS]
    shown = ("before", "after") if chosen in SHOWING else ()
    return [form[name] for name in ("text", "evidence", *shown)]


def _context(
    request: ViewerRequest, item: "Item", acts: dict[str, str], chosen: str, form: forms.Form | None
) -> dict[str, object]:
    seen = items_seen(request.viewer)
    waiting = waiting_extension(item)
    return {
        "item": item,
        "acts": acts,
        "chosen": chosen if chosen in acts else "",
        "chosen_name": acts.get(chosen, ""),
        "action": _action(item, chosen, waiting),
        "form": form,
        "fields": _fields(form, chosen) if form is not None and chosen in acts else [],
        "form_key": new_form_key(),
        "story": story_of(item),
        "unchecked": item.state == "close_requested" and "close" not in acts,
        "waiting": waiting,
        "moved": moved_due(item),
        "verdicts": [(verdict, counts_of(verdict)) for verdict in item.verdicts.all()],
        "like": seen.filter(pk=item.like_id).first() if item.like_id else None,
        "later": list(later_like(seen, item)[:5]),
    }


def _action(item: "Item", chosen: str, waiting: "Extension | None") -> str:
    if chosen == EXTEND:
        return reverse("rectification:extend", args=[item.pk])
    if chosen == ANSWER and waiting is not None:
        return reverse("rectification:answer_extension", args=[item.pk, waiting.pk])
    return reverse("rectification:step", args=[item.pk])
