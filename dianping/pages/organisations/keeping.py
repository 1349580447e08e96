"""Keeping the roster by page, one member, seat or charge at a time; the clerk of the whole site only."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from dianping.accounts.requests import ViewerRequest
from dianping.common.formkeys import new_form_key
from dianping.common.refusal import Refusal
from dianping.common.refusing import tell_refusal
from dianping.orgs.models import Charge, Membership, Organisation, Person, Post, Role
from dianping.orgs.rights import may_keep_roster
from dianping.orgs.selectors import organisations_named, people_named
from dianping.orgs.selectors.posts import holders_on
from dianping.orgs.services import (
    appoint,
    correct_member,
    end_charge,
    join_member,
    leave,
    open_seat,
    put_in_charge,
    transfer_member,
    vacate,
)
from dianping.pages.frame.scope import current_organisation
from dianping.pages.organisations import forms

if TYPE_CHECKING:
    from datetime import date

MOST = 20  # of what a search finds
Act = Callable[[dict[str, Any]], str]


def _clerk(request: ViewerRequest) -> None:
    if not may_keep_roster(request.viewer.actor):
        raise Http404


def _carry_out(
    request: ViewerRequest, acts: dict[str, tuple[type[django_forms.Form], Act]]
) -> tuple[str, django_forms.Form | None]:
    """Do what was sent. The name of the form that could not be taken and the form itself; ("", None) when it was done."""
    name = request.POST.get("act", "")
    if name not in acts:
        raise Http404
    made, do = acts[name]
    form = made(request.POST)
    if not form.is_valid():
        return name, form
    try:
        messages.success(request, do(form.cleaned_data))
    except Refusal as no:
        tell_refusal(request, no)
        return name, form
    return "", None


def person_keep(request: ViewerRequest, pk: int) -> HttpResponse:
    """Correct what is written about a member, move him, take him out."""
    _clerk(request)
    person = get_object_or_404(Person, pk=pk)
    membership = Membership.objects.filter(person=person, until=None).select_related("organisation").first()
    actor, day = request.viewer.actor, request.viewer.day

    def correct(given: dict[str, Any]) -> str:
        correct_member(person=person, actor=actor, **given)
        return "已更正。"

    def move(given: dict[str, Any]) -> str:
        to = get_object_or_404(Organisation, pk=given["chosen"])
        transfer_member(person=person, to=to, on=given["on"], actor=actor)
        return f"{person.name}从 {given['on']} 起转到{to.name}。"

    def out(given: dict[str, Any]) -> str:
        leave(person=person, on=given["on"], reason=given["reason"], actor=actor)
        return f"{person.name}从 {given['on']} 起不再是{membership.organisation.name if membership else '支部'}的党员。"

    failed: tuple[str, django_forms.Form | None] = ("", None)
    if request.method == "POST":
        failed = _carry_out(
            request,
            {
                "correct": (forms.CorrectedForm, correct),
                "move": (forms.ChosenForm, move),
                "out": (forms.LeavingForm, out),
            },
        )
        if failed[1] is None:
            stays = Membership.objects.filter(person=person, until=None).exists()
            return (
                redirect("organisations:person", pk=pk) if stays else redirect("organisations:organisation")
            )
    text = request.GET.get("q", "").strip()
    near = organisations_named(text, paths=request.viewer.read_paths, most=MOST * 3, standing=True)
    found = [one for one in near if one.is_branch][:MOST]
    known = {
        "name": person.name,
        "sex": person.sex,
        "born": person.born,
        "employee_no": person.employee_no,
        "standing": membership.standing if membership else "",
        "mobile_to": membership.mobile_to if membership else "",
    }
    sheets = {
        "correct": forms.CorrectedForm(initial=known, auto_id="correct_%s"),
        "move": forms.ChosenForm(initial={"on": day}, auto_id="move_%s"),
        "out": forms.LeavingForm(initial={"on": day}, auto_id="out_%s"),
    }
    if failed[1] is not None:
        sheets[failed[0]] = failed[1]
    return render(
        request,
        "pages/organisations/person_keep.html",
        {
            "person": person,
            "membership": membership,
            "sheets": sheets,
            "q": text,
            "found": found,
            "form_key": new_form_key(),
        },
        status=422 if failed[1] is not None else 200,
    )


def organisation_keep(request: ViewerRequest) -> HttpResponse:
    """One organisation: a member more, who sits in its seats, what its leaders are in charge of."""
    _clerk(request)
    organisation = current_organisation(request)
    here = f"{reverse('organisations:organisation_keep')}?organisation={organisation.code}"
    failed: tuple[str, django_forms.Form | None] = ("", None)
    if request.method == "POST":
        failed = _carry_out(request, _acts(request, organisation))
        if failed[1] is None:
            return redirect(here)
    return render(
        request,
        "pages/organisations/organisation_keep.html",
        _kept(request, organisation, failed),
        status=422 if failed[1] is not None else 200,
    )


def _acts(
    request: ViewerRequest, organisation: Organisation
) -> dict[str, tuple[type[django_forms.Form], Act]]:
    actor = request.viewer.actor
    seats = Post.objects.filter(organisation=organisation).select_related("organisation")

    def join(given: dict[str, Any]) -> str:
        join_member(organisation=organisation, actor=actor, **given)
        return f"{given['name']}从 {given['on']} 起编入{organisation.name}。"

    def seat(given: dict[str, Any]) -> str:
        person = get_object_or_404(Person, pk=given["chosen"])
        if given["seat"] in (Role.ACTING, Role.LEADER):
            title = given["title"] or "副书记（主持工作）"
            post = open_seat(organisation=organisation, role=given["seat"], title=title, actor=actor)
        else:
            post = get_object_or_404(seats, pk=int(given["seat"]) if given["seat"].isdecimal() else 0)
        appoint(person=person, post=post, since=given["on"], actor=actor)
        return f"{person.name}从 {given['on']} 起任{organisation.name}{post.title}。"

    def end(given: dict[str, Any]) -> str:
        post = get_object_or_404(seats, pk=given["which"])
        vacate(post=post, on=given["on"], actor=actor)
        return f"{post.title}从 {given['on']} 起空缺。"

    def charge(given: dict[str, Any]) -> str:
        post = get_object_or_404(seats, pk=given["seat"])
        over = get_object_or_404(Organisation, pk=given["chosen"], dissolved=None)
        made = put_in_charge(post=post, organisation=over, kind=given["kind"], since=given["on"], actor=actor)
        return f"{post.title}从 {given['on']} 起{made.get_kind_display()}{over.name}。"

    def end_it(given: dict[str, Any]) -> str:
        charges = Charge.objects.filter(post__organisation=organisation, until=None)
        ended = get_object_or_404(charges.select_related("organisation"), pk=given["which"])
        end_charge(charge=ended, on=given["on"], actor=actor)
        return f"从 {given['on']} 起不再{ended.get_kind_display()}{ended.organisation.name}。"

    return {
        "join": (forms.JoinedForm, join),
        "seat": (forms.SeatForm, seat),
        "end": (forms.EndForm, end),
        "charge": (forms.ChargeForm, charge),
        "end_charge": (forms.EndForm, end_it),
    }


def _kept(
    request: ViewerRequest, organisation: Organisation, failed: tuple[str, django_forms.Form | None]
) -> dict[str, object]:
    day: date = request.viewer.day
    paths = request.viewer.read_paths
    posts = list(Post.objects.filter(organisation=organisation).order_by("pk"))
    holders = holders_on([post.pk for post in posts], day=day)
    who, where = request.GET.get("q", "").strip(), request.GET.get("of", "").strip()
    sheets: dict[str, django_forms.Form] = {
        "join": forms.JoinedForm(initial={"on": day, "standing": "正式党员"}, auto_id="join_%s"),
        "seat": forms.SeatForm(initial={"on": day}, auto_id="seat_%s"),
        "charge": forms.ChargeForm(initial={"on": day}, auto_id="charge_%s"),
    }
    if failed[1] is not None:
        sheets[failed[0]] = failed[1]
    charges = Charge.objects.filter(post__organisation=organisation, until=None)
    return {
        "organisation": organisation,
        "sheets": sheets,
        "failed": failed[0],
        "day": day,
        "seats": [(post, holders.get(post.pk, "")) for post in posts],
        "charges": [(c, holders.get(c.post_id, "")) for c in charges.select_related("organisation", "post")],
        "q": who,
        "of": where,
        "people": people_named(who, day=day, paths=paths, most=MOST),
        "places": organisations_named(where, paths=paths, most=MOST, standing=True),
        "form_key": new_form_key(),
    }
