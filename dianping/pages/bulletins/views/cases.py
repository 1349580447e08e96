"""典型: raised from a review, looked into, agreed to, published, withdrawn."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.bulletins.rights import bulletins_for, case_rights, cases_for, may_raise
from dianping.bulletins.selectors import cases_readable, circle_words
from dianping.bulletins.services import (
    amend_case,
    confirm_case,
    note_agreement,
    publish_case,
    raise_case,
    return_case,
    withdraw_case,
)
from dianping.common.formkeys import new_form_key
from dianping.common.paging import page_of
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form
from dianping.pages.bulletins.forms import CaseForm, CaseStepForm
from dianping.pages.frame.list_scopes import joined, read_by
from dianping.pages.frame.lists import ListColumn, Listing, asked_of, wants_workbook, workbook
from dianping.pages.frame.scope import current_organisation
from dianping.reviews.selectors import parts_of, review_visible

if TYPE_CHECKING:
    from dianping.bulletins.models import ModelCase
    from dianping.orgs.models import Organisation

MARKS = {"raised": "asked", "returned": "near", "checked": "doing", "published": "done", "withdrawn": "void"}
STATES = (
    ("", "全部"),
    ("raised", "待核实"),
    ("returned", "退回补充"),
    ("checked", "已核实"),
    ("published", "已发布"),
    ("withdrawn", "已撤回"),
)
CASES = Listing(
    title="典型",
    columns=(
        ListColumn("标题", lambda row: row[0].title if row[2] else "已撤回的典型", 36),
        ListColumn("类别", lambda row: row[0].get_kind_display(), 10),
        ListColumn("说的是", lambda row: row[0].subject if row[2] else "不再显示", 16),
        ListColumn("单位", lambda row: row[0].organisation.short_name if row[2] else "", 20),
        ListColumn("提出", lambda row: row[0].raised_on, 11),
        ListColumn("发布", lambda row: row[0].published_on if row[2] else "", 11),
        ListColumn("状态", lambda row: row[0].get_state_display(), 10),
    ),
    places=("path",),
    people=("person__name", "raised_name"),
    day="raised_on",
    day_word="提出日",
    states=STATES,
    inside=(("raised_name", "path"),),
)
DONE = {
    "amend": "已改好，等另一人核实。",
    "confirm": "已核实，可以发布。",
    "return": "已退回，提出的人会看到意见。",
    "agree": "已登记本人同意。",
    "publish": "已发布给所选的党组织。",
    "withdraw": "已撤回；收到的党组织看到的是已撤回和原因。",
}


def cases(request: ViewerRequest) -> HttpResponse:
    """Cases of the viewer's places and those told to them, newest first."""
    organisation = current_organisation(request)
    asked, viewer = asked_of(request, CASES), request.viewer
    cases = cases_for(viewer)
    if asked.state in MARKS:
        cases = cases.filter(state=asked.state)
    if asked.unit or asked.who:  # a search must not find what is not shown
        cases = cases_readable(cases, viewer.read_paths)
    told = cases.order_by().values_list("path", flat=True).distinct() if asked.unit else ()
    cases = asked.narrowed(cases, paths=[*viewer.read_paths, *told], today=viewer.day).order_by("-pk")

    def shown(some: "list[ModelCase]") -> "list[tuple[ModelCase, str, bool]]":
        return [(c, MARKS[c.state], _shown(request, c)) for c in some]

    if wants_workbook(request):
        read = read_by(viewer)
        own = f"发到{viewer.name}所负责的党组织的、说到{viewer.name}的"
        return workbook(request, asked, cases, shown, scope=joined(f"{read}提出的" if read else "", own))
    page = page_of(cases, keys=("-pk",), asked=asked.given)
    return render(
        request,
        "pages/bulletins/cases.html",
        {"organisation": organisation, "page": page, "rows": shown(page.rows), "list": asked},
    )


def raise_one(request: ViewerRequest, pk: int) -> HttpResponse:
    """Raise a case from a filed review; its text stands beside the form to be looked at."""
    viewer = request.viewer
    review = get_object_or_404(
        review_visible(pk, paths=viewer.read_paths, posts=viewer.post_ids, person=viewer.person)
    )
    if not (review.filed and may_raise(viewer.actor, review)):
        raise Http404
    form = CaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = raise_case(review=review, today=viewer.day, actor=viewer.actor, **form.cleaned_data)
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(request, "已提出，等另一人核实；核实之前不会发布。")
            return redirect("bulletins:case", pk=case.pk)
    return render(
        request,
        "pages/bulletins/case_new.html",
        {"parts": parts_of(review, review.about), "review": review, "form": form, "form_key": new_form_key()},
        status=422 if form.errors else 200,
    )


def _case(request: ViewerRequest, pk: int) -> "ModelCase":
    return get_object_or_404(cases_for(request.viewer), pk=pk)


def _shown(request: ViewerRequest, case: "ModelCase") -> bool:
    """Whether the words are still to be read: what was withdrawn stays in sight where it was raised only."""
    return case.state != "withdrawn" or request.viewer.may_read(case.path)


def _publisher(request: ViewerRequest) -> "Organisation | None":
    return current_organisation(request) if request.viewer.office_paths else None


def case(request: ViewerRequest, pk: int) -> HttpResponse:
    """One case, where it stands, and what may be done with it."""
    case = _case(request, pk)
    return render(request, "pages/bulletins/case.html", _context(request, case, None))


def _context(
    request: ViewerRequest, case: "ModelCase", form: CaseStepForm | None, rewritten: CaseForm | None = None
) -> dict[str, object]:
    viewer, publisher = request.viewer, _publisher(request)
    if form is None:
        form = CaseStepForm(initial={"on": viewer.day})
        for name in ("on", "circle"):
            form.fields[name].required = True  # as the service will say; a sent form is judged there
    reviews = review_visible(
        case.review_id, paths=viewer.read_paths, posts=viewer.post_ids, person=viewer.person
    )
    return {
        "case": case,
        "mark": MARKS[case.state],
        "shown": _shown(request, case),
        "inside": viewer.may_read(case.path),
        "review": reviews.first(),
        "bulletins": list(bulletins_for(viewer).filter(pk__in=case.bulletins.values("pk"))),
        "publisher": publisher,
        "circle": circle_words(case.circle),
        "may": case_rights(viewer.actor, case, publisher),
        "form": form,
        "rewriting": rewritten
        or CaseForm(initial={"kind": case.kind, "title": case.title, "facts": case.facts}),
        "form_key": new_form_key(),
    }


@require_POST
def step(request: ViewerRequest, pk: int) -> HttpResponse:
    """One step with a case."""
    viewer, case = request.viewer, _case(request, pk)
    publisher, wanted = _publisher(request), request.POST.get("step", "")
    if wanted not in DONE or not case_rights(viewer.actor, case, publisher)[wanted]:
        raise Http404
    form = CaseStepForm(request.POST)
    sent = request.POST.copy()
    sent["kind"] = case.kind
    rewritten = CaseForm(sent) if wanted == "amend" else None
    if form.is_valid() and (rewritten is None or rewritten.is_valid()):
        try:
            _take(request, case, wanted, form.cleaned_data, rewritten, publisher)
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(request, DONE[wanted])
            return redirect("bulletins:case", pk=pk)
    return render(request, "pages/bulletins/case.html", _context(request, case, form, rewritten), status=422)


def _take(
    request: ViewerRequest,
    case: "ModelCase",
    wanted: str,
    data: dict[str, Any],
    rewritten: CaseForm | None,
    publisher: "Organisation | None",
) -> None:
    """The service behind a step."""
    viewer = request.viewer
    about: dict[str, Any] = {"case": case, "version": data["version"], "actor": viewer.actor}
    if wanted == "amend" and rewritten is not None:
        given = rewritten.cleaned_data
        amend_case(title=given["title"], facts=given["facts"], **about)
    elif wanted == "confirm":
        confirm_case(words=data["words"], today=viewer.day, **about)
    elif wanted == "return":
        return_case(words=data["words"], **about)
    elif wanted == "agree":
        note_agreement(on=data["on"] or viewer.day, today=viewer.day, **about)
    elif wanted == "publish":
        assert publisher is not None  # else there is no right to publish
        publish_case(publisher=publisher, circle=data["circle"], today=viewer.day, **about)
    else:
        withdraw_case(why=data["why"], today=viewer.day, **about)
