"""方案: the rules in force, each with its clause, and what both papers say where both speak."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.common.formkeys import new_form_key
from dianping.common.refusal import Refusal
from dianping.common.refusing import note_refusal
from dianping.pages.frame.scope import asked_day, current_organisation
from dianping.pages.programmes.forms import CriteriaForm
from dianping.programmes.rights import may_adopt
from dianping.programmes.rules import Programme, Rule
from dianping.programmes.selectors import adoptions_of, criteria_entered, criteria_on, programme_for
from dianping.programmes.services import end_criteria, enter_criteria

ABOUT = {"member": "的党员", "secretary": "的书记", "organisation": ""}


def programmes(request: ViewerRequest) -> HttpResponse:
    """What binds the organisation on a day."""
    return _page(request, CriteriaForm())


def _page(
    request: ViewerRequest, form: CriteriaForm, refused: Refusal | None = None, status: int = 200
) -> HttpResponse:
    organisation, day = current_organisation(request), asked_day(request)
    in_force = programme_for(organisation, day)
    entered = list(criteria_entered(organisation, day))
    return render(
        request,
        "pages/programmes/programmes.html",
        {
            "organisation": organisation,
            "day": day,
            "in_force": in_force,
            "adoptions": list(adoptions_of(organisation)),
            "rules": _rules(in_force.programme) if in_force else [],
            "programme": in_force.programme if in_force else None,
            "criteria": criteria_on(in_force.programme if in_force else None, entered),
            "own_criteria": [row for row in entered if row.organisation_id == organisation.pk],
            "may_enter": may_adopt(request.viewer.actor, organisation),
            "form": form,
            "refused": refused,
            "form_key": new_form_key(),
        },
        status=status,
    )


@require_POST
def criteria(request: ViewerRequest) -> HttpResponse:
    """Enter a named list, or put another in its place."""
    organisation = current_organisation(request)
    if not may_adopt(request.viewer.actor, organisation):
        raise Http404
    form = CriteriaForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    told = form.cleaned_data
    try:
        row = enter_criteria(
            organisation=organisation,
            name=told["name"],
            about=told["about"],
            items=told["items"].splitlines(),
            source=told["source"],
            today=request.viewer.day,
            actor=request.viewer.actor,
        )
    except Refusal as no:
        return _page(request, form, note_refusal(request, no), status=422)
    messages.success(request, f"“{row.name}”{len(row.items)} 条已录入，写点评时列在旁边。")
    return redirect("programmes:programmes")


@require_POST
def criteria_end(request: ViewerRequest, pk: int) -> HttpResponse:
    """A list is no longer shown from today on."""
    organisation = current_organisation(request)
    row = get_object_or_404(criteria_entered(organisation, request.viewer.day), pk=pk)
    if not may_adopt(request.viewer.actor, row.organisation):
        raise Http404
    end_criteria(criteria=row, today=request.viewer.day, actor=request.viewer.actor)
    messages.success(request, f"“{row.name}”从今天起不再列出，以前的日子不变。")
    return redirect("programmes:programmes")


def _about(programme: Programme, rule: Rule) -> str:
    """Whom a rule is about, in words, each once; for some kinds of organisation only where it says so."""
    answers = {answer.code: answer for answer in programme.responsibilities}
    words = dict.fromkeys(
        f"{'、'.join(sorted(kinds))}{ABOUT[answer.about]}"
        for code in rule.about
        if (answer := answers.get(code)) is not None
        and (kinds := answer.kinds & rule.kinds if rule.kinds else answer.kinds)
    )
    return "；".join(words)


def _rules(programme: Programme) -> list[dict[str, object]]:
    """Every rule as one line; where a nearer paper tightened it, both dates stand."""
    lines = []
    for rule in programme.rules:
        when = (
            f"{rule.round.opens} 至 {rule.round.due}"
            if rule.round
            else (f"每 {rule.cadence.months} 个月 {rule.cadence.times} 次" if rule.cadence else "")
        )
        nearer = {(c.paper, c.clause): c for _, c in rule.earlier}
        lines.append(
            {
                "rule": rule,
                "about": _about(programme, rule),
                "when": when,
                "nearer": list(nearer.values()),
                "moved": [cited for cited in rule.cited[1:] if cited.due],
            }
        )
    return lines
