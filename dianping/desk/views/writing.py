"""The writing page: the list of whom one owes, the form, and what one should know."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.common.clock import site_moment
from dianping.common.formkeys import new_form_key
from dianping.common.refusal import Conflict, Refusal
from dianping.desk.forms import SaidForm, form_faults
from dianping.desk.selectors.dossier import Aim, Dossier, aim_of, dossier_of, own_duty
from dianping.desk.selectors.lines import clause_of
from dianping.desk.services.filing import file_and_follow
from dianping.duties.selectors import duties_owed_by, duty_for
from dianping.orgs.selectors import branch_on, organisation_by_code, person_by_id
from dianping.orgs.selectors.posts import head_person
from dianping.reviews.selectors import draft_of, last_by, notes_about
from dianping.reviews.services import Said, hold_occasion, save_draft

ROLL = 200
WORDS = (
    "mode",
    "regular",
    "happened_on",
    "evaluation",
    "achievements",
    "direction",
    "evidence",
    "late_reason",
    "report_absence",
)


def write(request: ViewerRequest, duty_pk: int) -> HttpResponse:
    """Write about the target of one duty."""
    aim = aim_of(_duty(request, duty_pk))
    assert aim.duty is not None
    if aim.duty.done_on is not None:
        messages.info(request, f"这一项已于 {aim.duty.done_on} 办结。")
        return redirect("desk:duty", pk=duty_pk)
    return _write(request, aim, reverse("desk:draft", args=[duty_pk]))


@require_POST
def draft(request: ViewerRequest, duty_pk: int) -> HttpResponse:
    """Save what is written so far about a duty's target."""
    return _draft(request, aim_of(_duty(request, duty_pk)))


def write_extra(request: ViewerRequest) -> HttpResponse:
    """A review nobody ordered: at a contact point, after a talk, of somebody drawn (三.2–三.4)."""
    aim = extra_aim(request)
    owed = own_duty(aim, day=request.viewer.day)
    if owed is not None and request.method == "GET":
        return redirect("desk:write", duty_pk=owed.pk)
    return _write(request, aim, f"{reverse('desk:draft_extra')}?{request.GET.urlencode()}")


@require_POST
def draft_extra(request: ViewerRequest) -> HttpResponse:
    """Save what is written so far in a review nobody ordered."""
    return _draft(request, extra_aim(request))


def _duty(request: ViewerRequest, pk: int) -> Any:
    """A review duty this viewer owes, or whose office he keeps; else 404."""
    viewer = request.viewer
    duty = get_object_or_404(duty_for(pk, posts=viewer.post_ids, paths=viewer.office_paths), kind="review")
    if duty.owed_by is None:
        raise Http404
    return duty


def extra_aim(request: ViewerRequest) -> Aim:
    """Whom ?about=, ?organisation= and ?person= mean, written from the viewer's own first seat; else 404."""
    viewer = request.viewer
    if not viewer.posts:
        raise Http404
    seat, about = viewer.posts[0], request.GET.get("about", "")
    if about == "member":
        text = request.GET.get("person", "")
        person = get_object_or_404(
            person_by_id(
                int(text) if text.isdecimal() and len(text) < 12 else 0,
                day=viewer.day,
                paths=viewer.read_paths,
            )
        )
        organisation = branch_on(person, day=viewer.day)
        if organisation is None or not viewer.may_read(organisation.path):
            raise Http404
        return Aim(seat, about, organisation, person)
    organisation = get_object_or_404(
        organisation_by_code(request.GET.get("organisation", ""), paths=viewer.read_paths)
    )
    if organisation.path in [post.organisation.path for post in viewer.posts if post.role != "leader"]:
        raise Http404  # nobody reviews what he heads himself (decision 0005)
    head = head_person(organisation, day=viewer.day)
    if about not in ("organisation", "secretary") or (about == "secretary" and head is None):
        raise Http404
    return Aim(seat, about, organisation, head if about == "secretary" else None)


def _write(request: ViewerRequest, aim: Aim, draft_url: str) -> HttpResponse:
    """Show the form, or file what was written. What is refused stays as a draft (so the answer is no error page)."""
    dossier = dossier_of(aim, day=request.viewer.day)
    existing = _existing(aim)
    if request.method == "POST":
        form, refusal = SaidForm(request.POST), None
        if form.is_valid():
            try:
                review = file_and_follow(
                    **_words(request, form, aim, dossier),
                    moment=site_moment(),
                    asked=True,
                    by=request.viewer.person,
                )
            except Refusal as no:
                refusal = no
                form = _kept(request, form, aim, dossier, no)
            else:
                return _filed(request, aim, review)
    else:
        form, refusal = SaidForm(initial=_initial(existing, aim, request.viewer.day)), None
    return render(
        request,
        "desk/write.html",
        _context(request, aim, dossier, form, existing, refusal) | {"draft_url": draft_url},
    )


def _draft(request: ViewerRequest, aim: Aim) -> HttpResponse:
    """The answer to an autosave: the version the draft now has, or why it was not kept."""
    form = SaidForm(request.POST)
    if not form.is_valid():
        return HttpResponse(
            "；".join(form_faults(form)), status=422, content_type="text/plain; charset=utf-8"
        )
    try:
        review = save_draft(**_words(request, form, aim, dossier_of(aim, day=request.viewer.day)))
    except Refusal as no:
        both = "".join(
            f"\n{label}　现在存着：{old}　您写的：{new}" for label, old, new in getattr(no, "differences", ())
        )
        return HttpResponse(f"{no}{both}", status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=200, headers={"X-Version": str(review.version)})


def _words(request: ViewerRequest, form: SaidForm, aim: Aim, dossier: Dossier) -> dict[str, Any]:
    """What the services want: who, about whom, what was said."""
    if dossier.reviewer is None:
        raise Refusal(f"{aim.seat}现在空缺，没有人可以点评。", remedy="请先任命，或由主持工作的副书记进行。")
    return {
        "post": aim.seat,
        "reviewer": dossier.reviewer,
        "about": aim.about,
        "organisation": aim.organisation,
        "person": aim.person,
        "said": _said(form, aim),
        "version": form.cleaned_data["version"] or 0,
        "actor": request.viewer.actor,
    }


def _kept(request: ViewerRequest, form: SaidForm, aim: Aim, dossier: Dossier, no: Refusal) -> SaidForm:
    """Keep refused words as a draft, and give the form the version the draft now has."""
    if isinstance(no, Conflict):  # both texts are shown; sending once more is the decision
        review = _existing(aim)
    elif dossier.reviewer is None:
        return form
    else:
        try:
            review = save_draft(**_words(request, form, aim, dossier))
        except Refusal:
            return form
    if review is None:
        return form
    kept = SaidForm({**dict(request.POST.items()), "version": str(review.version)})
    kept.is_valid()
    return kept


def _said(form: SaidForm, aim: Aim) -> Said:
    data = form.cleaned_data
    occasion = None
    if data["occasion_kind"] and data["happened_on"]:
        occasion = hold_occasion(
            kind=data["occasion_kind"],
            organisation=aim.organisation,
            held_on=data["happened_on"],
            place=data["place"],
        )
    return Said(
        **{name: data[name] for name in WORDS},
        occasion=occasion,
        problems=form.problems(),
        revisits=form.revisits(),
    )


def _existing(aim: Aim) -> Any:
    return draft_of(post=aim.seat, about=aim.about, organisation=aim.organisation, person=aim.person)


def _initial(existing: Any, aim: Aim, today: Any) -> dict[str, Any]:
    """A draft as it stands; else day, mode and occasion as the same seat filed them last today: nothing typed twice."""
    if existing is None:
        last = last_by(aim.seat, entered_on=today)
        if last is None:
            mode = "collective" if aim.duty else "random"
            return {"happened_on": today, "version": 0, "regular": "1" if aim.duty else "0", "mode": mode}
        return _when_and_how(last) | {"version": 0}
    words = {name: getattr(existing, name) for name in WORDS} | {"version": existing.version}
    return words | _when_and_how(existing)


def _when_and_how(review: Any) -> dict[str, Any]:
    found = {
        "happened_on": review.happened_on,
        "mode": review.mode,
        "regular": "1" if review.regular else "0",
    }
    if review.occasion:
        found |= {"occasion_kind": review.occasion.kind, "place": review.occasion.place}
    return found


def _context(
    request: ViewerRequest, aim: Aim, dossier: Dossier, form: SaidForm, existing: Any, refusal: Any
) -> dict[str, Any]:
    roll = roll_of(aim)
    window = aim.duty.window if aim.duty else None
    return {
        "aim": aim,
        "duty": aim.duty,
        "dossier": dossier,
        "form": form,
        "refusal": refusal,
        "problems": _problem_rows(form, existing),
        "met": _met_rows(form, existing, dossier),
        "notes": notes_about(aim.seat, about=aim.about, organisation=aim.organisation, person=aim.person)
        if aim.seat.pk in request.viewer.post_ids
        else [],
        "parts": dossier.template.parts if dossier.template else (),
        "clause": clause_of(window.cited) if window else dossier.clause,
        "window": window,
        "roll": roll,
        "done": sum(1 for d in roll if d.done_on),
        "next": next_open(aim, roll),
        "form_key": new_form_key(),
        "needs_reason": refusal is not None and "补录" in str(refusal),
        "differences": refusal.differences if isinstance(refusal, Conflict) else (),
        "late_after": dossier.in_force.programme.entry.on_time_days if dossier.in_force else 7,
        "on_behalf": aim.seat.pk not in request.viewer.post_ids,
    }


def _problem_rows(form: SaidForm, existing: Any) -> list[tuple[int, str, str, str]]:
    """(number, text, owner, due) for each shortcoming shown, one blank one at the end."""
    if form.is_bound:
        problems: Any = form.problems()
    else:
        problems = existing.problems.all() if existing else ()
    named = [(p.text, p.owner, p.due.isoformat() if p.due else "") for p in problems]
    return [(i, *row) for i, row in enumerate([*named, ("", "", "")], 1)]


def _met_rows(form: SaidForm, existing: Any, dossier: Dossier) -> list[tuple[int, str, str, str]]:
    """(key, text, how it stands, words) for each earlier problem not yet closed."""
    if form.is_bound:
        said = {one.problem: (one.found, one.words) for one in form.revisits()}
    else:
        said = {r.problem_id: (r.found, r.words) for r in (existing.revisits.all() if existing else ())}
    return [(i.problem_id, i.problem.text, *said.get(i.problem_id, ("", ""))) for i in dossier.open_items]


def roll_of(aim: Aim) -> list[Any]:
    """Everybody this seat owes a review in the same window, in the order of the tree and of names."""
    if aim.duty is None:
        return []
    mine = duties_owed_by([aim.seat.pk]).filter(window=aim.duty.window_id)
    return list(mine.order_by("path", "person__name", "pk")[:ROLL])


def next_open(aim: Aim, roll: list[Any]) -> int | None:
    """The next one on the list not yet done, after this one, then from the start."""
    at = next((i for i, d in enumerate(roll) if aim.duty and d.pk == aim.duty.pk), -1)
    return next((d.pk for d in roll[at + 1 :] + roll[: max(at, 0)] if d.done_on is None), None)


def _filed(request: ViewerRequest, aim: Aim, review: Any) -> HttpResponse:
    """Say what was filed and how it counts, and go on to the next."""
    met = review.met.count()
    words = f"已登记对{review.target_name}的点评" + (
        f"，办结应办 {met} 项" if met else "，作为另加的点评保存"
    )
    tail = {"补录": "，按补录计。", "不计入": "；登记太晚，不计入这一期。"}.get(review.counts, "。")
    messages.success(request, words + tail)
    following = next_open(aim, roll_of(aim))
    if following is not None:
        return redirect("desk:write", duty_pk=following)
    return redirect("desk:review", pk=review.pk)
