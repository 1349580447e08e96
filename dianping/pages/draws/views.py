"""随机抽取: the list, one draw step by step, calling one, its sheet."""

import secrets
from typing import TYPE_CHECKING

import segno
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.common.formkeys import new_form_key
from dianping.common.paging import page_of
from dianping.common.refusal import Refusal
from dianping.common.refusing import note_refusal, refuse_form
from dianping.duties.rights import may_keep
from dianping.orgs.selectors import standing_below
from dianping.pages.draws.shown import STAGES, awaited, drawn_of, sheet_of, stage_of, steps_of
from dianping.pages.frame.list_scopes import below
from dianping.pages.frame.lists import ListColumn, Listing, asked_of, wants_workbook, workbook
from dianping.pages.frame.scope import current_organisation
from dianping.reviews.rights import may_call, may_hold
from dianping.reviews.selectors import candidates_for, draws_in, draws_visible
from dianping.reviews.services import (
    call_draw,
    close_withheld,
    reveal_seed,
    seal_draw,
    sealed_with,
    terms_of,
    void_draw,
)

if TYPE_CHECKING:
    from dianping.reviews.models import Draw

ABOUT = (("member", "党员（按支部分层）"), ("branch", "党支部"), ("organisation", "下级党组织（按类别分层）"))
DRAWS = Listing(
    title="随机抽取",
    columns=(
        ListColumn("发起", lambda d: d.called_on, 11),
        ListColumn("组织", lambda d: d.organisation.short_name, 22),
        ListColumn("第几次", lambda d: d.number, 7),
        ListColumn("抽什么", lambda d: dict(ABOUT).get(d.about, d.about), 20),
        ListColumn("用途", lambda d: d.purpose, 18),
        ListColumn("名额", lambda d: d.places, 7),
        ListColumn("结果", lambda d: d.outcome or f"等{awaited(d)}", 10),
    ),
    places=("path",),
    people=("superior_by", "own_by"),
    day="called_on",
    day_word="发起日",
    states=(("", "全部"), ("open", "进行中"), ("held", "成立"), ("void", "没有成立")),
)


class CallForm(forms.Form):
    """A draw as it is called."""

    of = forms.ChoiceField(label="哪个组织里抽")
    about = forms.ChoiceField(label="抽什么", choices=ABOUT)
    places = forms.IntegerField(label="抽几个", min_value=1, max_value=500, initial=3)
    purpose = forms.CharField(label="用途", max_length=80, initial="随机点评")


def draws(request: ViewerRequest) -> HttpResponse:
    """Every draw of an organisation and below, newest first: held, void and under way."""
    organisation = current_organisation(request)
    asked, day = asked_of(request, DRAWS), request.viewer.day
    found = draws_in(draws_visible([organisation.path]), asked.state)
    found = asked.narrowed(found, paths=[organisation.path], today=day).order_by("-called_on", "-pk")
    if wants_workbook(request):
        return workbook(request, asked, found, list, scope=below(organisation), organisation=organisation)
    page = page_of(found, keys=("-called_on", "-pk"), asked=asked.given)
    context = {
        "organisation": organisation,
        "page": page,
        "rows": [(draw, awaited(draw)) for draw in page.rows],
        "list": asked,
        "may_call": may_call(request.viewer.actor, organisation, organisation),
    }
    return render(request, "pages/draws/draws.html", context)


def call(request: ViewerRequest) -> HttpResponse:
    """Call a draw among what lies below one organisation; the office that calls it is the superior's."""
    viewer, organisation = request.viewer, current_organisation(request)
    if not may_call(viewer.actor, organisation, organisation):
        raise Http404
    below = list(standing_below([organisation.path]).exclude(pk=organisation.pk)[:300])
    form = CallForm(request.POST or None)
    form.fields["of"].choices = [(place.code, place.short_name) for place in below]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        place = next(place for place in below if place.code == data["of"])
        try:
            draw = call_draw(
                organisation=place,
                superior=organisation,
                about=data["about"],
                purpose=data["purpose"],
                places=data["places"],
                candidates=candidates_for(place, data["about"], day=viewer.day),
                on=viewer.day,
                actor=viewer.actor,
            )
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(request, "名单已封定，事项已公布。下一步：上级封存种子。")
            return redirect("draws:draw", pk=draw.pk)
    context = {"organisation": organisation, "form": form, "form_key": new_form_key()}
    return render(request, "pages/draws/draw_new.html", context, status=422 if form.errors else 200)


def _draw(request: ViewerRequest, pk: int) -> "Draw":
    return get_object_or_404(draws_visible(request.viewer.read_paths), pk=pk)


def draw(request: ViewerRequest, pk: int) -> HttpResponse:
    """One draw: what is fixed, what is sealed, what comes next, who was drawn."""
    return _page(request, _draw(request, pk))


def _page(
    request: ViewerRequest, draw: "Draw", *, seed: str = "", side: str = "", refused: Refusal | None = None
) -> HttpResponse:
    acts = steps_of(draw, request.viewer)
    context = {
        "draw": draw,
        "terms": terms_of(draw),
        "names": draw.listed.splitlines(),
        "steps": STAGES,
        "step": stage_of(draw),
        "acts": [act for act in acts if act[0] != "void"],
        "may_void": len(acts) > 0 and acts[-1][0] == "void",
        "sheet": sheet_of(draw),
        "drawn": drawn_of(draw),
        "may_review": bool(request.viewer.posts) or may_keep(request.viewer.actor, draw.organisation),
        "may_meet": may_hold(request.viewer.actor, draw.path),
        "seed": seed,
        "side": side,
        "square": _square(request, draw, seed) if seed else "",
        "refused": refused,
        "form_key": new_form_key(),
    }
    return render(request, "pages/draws/draw.html", context, status=422 if refused else 200)


def _square(request: ViewerRequest, draw: "Draw", seed: str) -> str:
    """A code to photograph that opens the draw's page with the seed in it. What follows # is never sent to a server."""
    address = request.build_absolute_uri(reverse("draws:draw", args=[draw.pk]))
    return str(segno.make(f"{address}#seed={seed}", error="m", micro=False).svg_data_uri(scale=4, border=2))


@never_cache
@require_POST
@sensitive_post_parameters()
@sensitive_variables("text", "seed")
def step(request: ViewerRequest, pk: int, what: str) -> HttpResponse:
    """Take the next step; only a step that is due, and only by whose it is."""
    draw, viewer = _draw(request, pk), request.viewer
    if what not in {key for key, _ in steps_of(draw, viewer)}:
        raise Http404
    side, act = what.partition("-")[::2]
    text = request.POST.get("text", "").strip().lower()[:200]
    try:
        if act == "seal":
            seed = "" if len(text) == 64 else text or secrets.token_hex(16)
            seal_draw(
                draw=draw,
                side=side,
                sealed=sealed_with(draw, side, seed) if seed else text,
                day=viewer.day,
                actor=viewer.actor,
            )
            if (
                not text
            ):  # made here, shown once and kept nowhere: on paper it goes, or on the device it was made on
                return _page(request, _draw(request, pk), seed=seed, side=side)
        elif act == "reveal":
            reveal_seed(draw=draw, side=side, seed=text, on=viewer.day, actor=viewer.actor)
        elif what == "withheld":
            close_withheld(draw=draw, on=viewer.day, actor=viewer.actor)
        else:
            void_draw(draw=draw, why=request.POST.get("text", ""), on=viewer.day, actor=viewer.actor)
    except Refusal as no:
        return _page(request, draw, refused=note_refusal(request, no))
    messages.success(request, "这一步已办。")
    return redirect("draws:draw", pk=pk)
