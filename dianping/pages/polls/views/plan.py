"""拟定: which form, about whom, asked of whom; and the form as whoever fills it in will see it."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from csp.constants import NONE
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dianping.accounts.requests import ViewerRequest
from dianping.common.formkeys import new_form_key
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form
from dianping.door.screens import hints_json, screens_of
from dianping.door.told import what_is_kept
from dianping.opinions.rights import may_plan, poll_rights, polls_for
from dianping.opinions.rules import RATINGS_K, WORDS_K, Form, presets
from dianping.opinions.rules.revealing import PATTERNS
from dianping.opinions.selectors import is_himself, superiors_left
from dianping.opinions.services import PollPlan, SubjectPlan, plan_poll
from dianping.opinions.services.planning_lines import members_asked, topics_of
from dianping.pages.frame.forms import form_faults
from dianping.pages.frame.scope import current_organisation
from dianping.pages.frame.sent import sent
from dianping.pages.polls.forms.polls import PlanForm
from dianping.pages.polls.shown.people import abouts, branches_below

if TYPE_CHECKING:
    from dianping.opinions.models import Poll
    from dianping.orgs.models import Organisation

OWN = "own"  # a form from a file
USES = {  # what each preset is for; one about problems put right is asked from 整改, not from here
    "opinion": "广泛征求党内外群众的意见：一个题目写一段话，不打分。",
    "appraisal_organisation": "请群众评议一个党组织：五项选等次，另写问题和建议。",
    "appraisal_member": "请群众评议一个支部的党员：每人四项选等次，加一个综合评定。",
    "report": "书记述职以后当场测评：每人一个等次，A 票、B 票按六比四计。",
    "appraisal_leader": "评议书记和班子成员：五组十九项选等次，加一个综合评价。",
}
FIRST = {"appraisal_member": "members", "report": "secretaries", "appraisal_leader": "leaders"}
NOTHING_SENT = {"form-action": [NONE], "connect-src": [NONE]}
MANY = 12  # branches; more of them stand in columns
MOST_DAYS = 7  # from today until the last day, as it is filled in


def _look(
    request: ViewerRequest,
    organisation: "Organisation",
    poll: "Poll",
    form: Form,
    subjects: list[str],
) -> HttpResponse:
    """The form as its reader sees it. It carries no code, and the browser is told to send nothing from it."""
    context = {
        "preview": True,
        "kept": what_is_kept(poll, form),
        "poll": poll,
        "organisation": organisation,
        "sheet": form,
        "subjects": subjects,
        "screens": screens_of(form, subjects),
        "code": "",
        "stub": "",
        "hints": hints_json(PATTERNS),
        "refusal": None,
    }
    response = render(request, "pages/polls/poll_look.html", context)
    response._csp_replace = NOTHING_SENT  # type: ignore[attr-defined]  # as csp.decorators.csp_replace does
    return response


def look(request: ViewerRequest, pk: int) -> HttpResponse:
    """填表人看到的样子, of a poll that is planned."""
    poll = get_object_or_404(polls_for(request.viewer), pk=pk)
    if not poll_rights(request.viewer, poll, printed=True)["standing"]:
        raise Http404
    return _look(
        request, poll.organisation, poll, poll.sheet, [subject.name for subject in poll.subjects.all()]
    )


def new(request: ViewerRequest) -> HttpResponse:
    """Plan a poll: choose a form, then everything on one page; or look at the form first."""
    viewer, organisation = request.viewer, current_organisation(request)
    if not may_plan(viewer.actor, organisation):
        raise Http404
    key = request.GET.get("form", "")
    if key not in (*USES, OWN):
        forms = [(name, presets()[name], use) for name, use in USES.items()]
        return render(
            request, "pages/polls/poll_forms.html", {"organisation": organisation, "forms": forms, "own": OWN}
        )
    preset = presets().get(key)
    branches = branches_below(organisation, day=viewer.day)
    form = PlanForm(
        *sent(request),
        preset=preset,
        branches=[(place.code, f"{place.short_name}（{count} 人）") for place, count in branches],
        initial=_initial(organisation, preset, viewer.day, branches),
    )
    if request.method == "POST" and form.is_valid():
        try:
            plan = _plan(request, organisation, form, [place for place, _ in branches])
            if "look" in request.POST:
                return _look_at(request, organisation, plan)
            poll = plan_poll(organisation=organisation, plan=plan, actor=viewer.actor)
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(request, "已拟定。下一步：选两位保管人，封定名册。")
            return redirect("polls:poll", pk=poll.pk)
    context = {
        "organisation": organisation,
        "form": form,
        "preset": preset,
        "use": USES.get(key, ""),
        "more_branches": len(branches) > 1,
        "many_branches": len(branches) > MANY,
        "nobody_above": not superiors_left(organisation, planner=viewer.user, day=viewer.day),
        "form_key": new_form_key(),
        "faults": form_faults(form),
    }
    return render(request, "pages/polls/poll_new.html", context, status=422 if form.errors else 200)


def _initial(
    organisation: "Organisation", preset: Form | None, day: date, branches: list[tuple["Organisation", int]]
) -> dict[str, object]:
    title = preset.title.replace("表", "") if preset else ""
    return {
        "title": f"{day.year}年{organisation.short_name}{title}",
        "about": FIRST.get(preset.key, "organisation") if preset else "organisation",
        "about_branch": branches[0][0].code if len(branches) == 1 else "",
        "topics": "\n".join(topics_of(preset)) if preset else "",
        "opens": day,
        "closes": day + timedelta(MOST_DAYS),
        "least": RATINGS_K,
        "least_words": WORDS_K,
    }


def _plan(
    request: ViewerRequest, organisation: "Organisation", form: PlanForm, branches: list["Organisation"]
) -> PollPlan:
    """The plan as typed. Raises Refusal where nobody is there to be asked about, or where it is the planner himself."""
    data, viewer = form.cleaned_data, request.viewer
    by_code = {place.code: place for place in branches}
    about = abouts(data["about"], organisation, by_code.get(data["about_branch"]), day=viewer.day)
    if not about:
        raise Refusal(
            "所选的评议对象现在一个也没有。",
            code="opinions.no-subject-left",
            remedy="请另选，或先在名册里补上。",
        )
    if any(is_himself(viewer, subject.organisation, *_who(subject)) for subject in about):
        raise Refusal(
            "评议对象里有您本人，或者您负责的党组织。",
            code="opinions.planner-asked-about",
            remedy="请由另一位党务干事拟定。",
        )
    members = members_asked(
        [by_code[code] for code in data["branches"]], ballot_class=data.get("ballot_class", "")
    )
    assert form.sheet is not None
    return PollPlan(
        title=data["title"],
        form=form.sheet,
        opens=data["opens"],
        closes=data["closes"],
        about=tuple(about),
        asked=(*members, *data["inside_asked"], *data["outside_asked"]),
        least=data["least"],
        least_words=data["least_words"],
        trial=data["trial"],
    )


def _who(about: SubjectPlan) -> tuple[int | None, str]:
    return (about.person.pk, about.person.name) if about.person else (None, "")


def _look_at(request: ViewerRequest, organisation: "Organisation", plan: PollPlan) -> HttpResponse:
    """What is planned, shown before it is put down."""
    poll = SimpleNamespace(
        pk=0,
        title=plan.title,
        organisation=organisation,
        trial=plan.trial,
        opens=plan.opens,
        closes=plan.closes,
        least=plan.least,
        least_words=plan.least_words,
    )
    subjects = [
        subject.person.name if subject.person else subject.organisation.name for subject in plan.about
    ]
    return _look(request, organisation, cast("Poll", poll), plan.form, subjects)
