"""方案: the rules in force, each with its clause, and what both papers say where both speak."""

from django.http import HttpResponse
from django.shortcuts import render

from dianping.accounts.requests import ViewerRequest
from dianping.pages.frame.scope import asked_day, current_organisation
from dianping.programmes.rules import Programme
from dianping.programmes.selectors import adoptions_of, programme_for


def programmes(request: ViewerRequest) -> HttpResponse:
    """What binds the organisation on a day."""
    organisation, day = current_organisation(request), asked_day(request)
    in_force = programme_for(organisation, day)
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
        },
    )


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
        lines.append({"rule": rule, "when": when, "nearer": list(nearer.values())})
    return lines
