"""方案: the rules in force, each with its clause, and what both papers say where both speak."""

from django.http import HttpResponse
from django.shortcuts import render

from dianping.accounts.requests import ViewerRequest
from dianping.pages.frame.scope import asked_day, current_organisation
from dianping.programmes.rules import Programme, Rule
from dianping.programmes.selectors import adoptions_of, programme_for

ABOUT = {"member": "的党员", "secretary": "的书记", "organisation": ""}


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
