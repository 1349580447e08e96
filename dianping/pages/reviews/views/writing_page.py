"""What the writing page shows: the form as it stands, the list of whom one owes, what one should know."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dianping.accounts.requests import ViewerRequest
from dianping.acts.dossier import Aim, Dossier
from dianping.common.formkeys import new_form_key
from dianping.duties.selectors import duties_owed_by
from dianping.duties.selectors.lines import clause_of
from dianping.pages.reviews.forms import ReviewForm
from dianping.pages.reviews.shown.grounds import GroundRow, addresses_of, ground_rows
from dianping.programmes.rules import Template
from dianping.reviews.rules.parts import LABELS, PARTS, ReviewPart, label_of
from dianping.reviews.selectors import grounds_of, last_by
from dianping.reviews.services import EventInput, ReviewInput, mode_at

if TYPE_CHECKING:
    from django.forms import BoundField

    from dianping.common.refusal import Refusal
    from dianping.duties.models import Duty
    from dianping.reviews.models import Occasion, Problem, Review
    from dianping.reviews.services import ProblemInput

ROLL = 200
DRAFT = "saved by itself as one types; a draft's version lets each saving count once"
LATE = "reviews.late-without-reason"  # the refusal that asks for the reason of a late entry
GROUNDLESS = "reviews.ground-missing"  # the refusal that asks for a ground, or why there is none
ABSENT = "reviews.absent-from-event"  # the refusal that asks whether he came
FIELDS = ("mode", "regular", "happened_on", *LABELS)  # of the form, and of the review


@dataclass(frozen=True, slots=True)
class FormRow:
    """One part of a review as the form has it: what the programme calls it, whether it demands it, and its box (None for
    problems, which are rows of their own)."""

    part: ReviewPart
    name: str
    required: bool
    box: "BoundField | None"


def rows_of(form: ReviewForm, template: Template | None, about: str) -> list[FormRow]:
    """The rows of the form for a target: every part but those asked for only where there is cause."""
    asked = {part.key: part for part in template.parts} if template else {}
    return [
        FormRow(
            part,
            asked[part.key].name if part.key in asked else label_of(part, about),
            part.key in asked and asked[part.key].required,
            None if part.many else form[part.key],
        )
        for part in PARTS
        if not part.reason
    ]


def review_input(form: ReviewForm, occasion: "Occasion | None" = None) -> ReviewInput:
    """What was written. At an event mode, day and place are the event's; else they are the form's."""
    data = form.cleaned_data
    given: dict[str, Any] = {name: data[name] for name in FIELDS}
    if occasion is not None:
        given |= {
            "mode": mode_at(occasion.kind),
            "regular": True,
            "happened_on": occasion.held_on,
            "occasion": occasion,
        }
    elif data["occasion_kind"]:
        given["event"] = EventInput(data["occasion_kind"], data["place"])
    return ReviewInput(**given, problems=form.problems(), revisits=form.revisits(), grounds=form.grounds())


def initial_of(existing: "Review | None", aim: Aim, today: date) -> dict[str, object]:
    """A draft as it stands; else day, mode and occasion as the same seat filed them last today: nothing typed twice."""
    if existing is None:
        last = last_by(aim.seat, entered_on=today)
        if last is None:
            mode = "collective" if aim.duty else "random"
            return {"happened_on": today, "version": 0, "regular": "1" if aim.duty else "0", "mode": mode}
        return _when_and_how(last) | {"version": 0}
    words = {name: getattr(existing, name) for name in FIELDS} | {"version": existing.version}
    return words | _when_and_how(existing)


def _when_and_how(review: "Review") -> dict[str, object]:
    initial: dict[str, object] = {
        "happened_on": review.happened_on,
        "mode": review.mode,
        "regular": "1" if review.regular else "0",
    }
    if review.occasion_kind:
        initial |= {"occasion_kind": review.occasion_kind, "place": review.place}
    elif review.occasion:
        initial |= {"occasion_kind": review.occasion.kind, "place": review.occasion.place}
    return initial


def context_of(
    request: ViewerRequest,
    aim: Aim,
    dossier: Dossier,
    form: ReviewForm,
    existing: "Review | None",
    refusal: "Refusal | None",
) -> dict[str, object]:
    """Everything the page shows."""
    roll = roll_of(aim)
    window = aim.duty.window if aim.duty else None
    return {
        "aim": aim,
        "duty": aim.duty,
        "dossier": dossier,
        "form": form,
        "refusal": refusal,
        "problems": _problem_rows(request, form, existing, dossier),
        "taking": taking_of(request),
        "met": _met_rows(form, existing, dossier),
        "rows": rows_of(form, dossier.template, aim.about),
        "clause": clause_of(window.cited) if window else dossier.clause,
        "window": window,
        "roll": roll,
        "done": sum(1 for d in roll if d.done_on),
        "next": next_open(aim, roll),
        "form_key": new_form_key(),
        "asks_absence": refusal is not None and refusal.code == ABSENT,
        "needs_reason": refusal is not None and refusal.code == LATE,
        "needs_ground": refusal is not None and refusal.code == GROUNDLESS,
        "grounds": _ground_rows(request, form, existing, dossier),
        "grounds_asked": dossier.grounds is not None,
        "ground_months": dossier.ground_months,
        "late_after": dossier.late_after,
        "on_behalf": aim.seat.pk not in request.viewer.post_ids,
    }


def _ground_rows(
    request: ViewerRequest, form: ReviewForm, existing: "Review | None", dossier: Dossier
) -> list[GroundRow]:
    """What is on file, what is ticked among it; what was ticked and is too old by now stays to be seen."""
    if dossier.grounds is None and not dossier.on_file:
        return []
    standing = grounds_of(existing) if existing else []
    ticked = form.grounds() if form.is_bound else [row.said for row in standing]
    kept = [row for row in standing if row.said in ticked and row not in dossier.on_file]
    rows = [*dossier.on_file, *kept]
    return ground_rows(rows, ticked, addresses_of(rows, request.viewer))


def _problem_rows(
    request: ViewerRequest, form: ReviewForm, existing: "Review | None", dossier: Dossier
) -> list[dict[str, object]]:
    """Each shortcoming shown, the point asked for with ?point= among them, and a blank one at the end."""
    points = {point.pk: point for point in dossier.masses.points}
    if form.is_bound:
        rows = [_row(p, p.point, points[p.point].number if p.point in points else 0) for p in form.problems()]
    else:
        kept = existing.problems.all() if existing else ()
        rows = [_row(p, p.point_id, p.point.number if p.point else 0) for p in kept]
        text = request.GET.get("point", "")
        taken = points.get(int(text)) if text.isdecimal() and len(text) < 12 else None
        if taken is not None and taken.pk not in [row["point"] for row in rows]:
            rows.append({"text": taken.text, "point": taken.pk, "from": taken.number})
    return [*rows, {}]


def _row(problem: "Problem | ProblemInput", point: int | None, number: int) -> dict[str, object]:
    due = problem.due.isoformat() if problem.due else ""
    return {"text": problem.text, "owner": problem.owner, "due": due, "point": point, "from": number}


def taking_of(request: ViewerRequest) -> str:
    """The query of this page up to where a point is added to it."""
    query = request.GET.copy()
    query.pop("point", None)
    return f"{query.urlencode()}&" if query else ""


def _met_rows(
    form: ReviewForm, existing: "Review | None", dossier: Dossier
) -> list[tuple[int, str, str, str]]:
    """(key, text, how it stands, words) for each earlier problem not yet closed."""
    if form.is_bound:
        said = {revisit.problem: (revisit.found, revisit.words) for revisit in form.revisits()}
    else:
        said = {r.problem_id: (r.found, r.words) for r in (existing.revisits.all() if existing else ())}
    return [
        (item.problem_id, item.text, *said.get(item.problem_id, ("", "")))
        for item in dossier.open_items
        if item.problem_id
    ]


def roll_of(aim: Aim) -> list["Duty"]:
    """Everybody this seat owes a review in the same window, in the order of the tree and of names."""
    if aim.duty is None:
        return []
    mine = duties_owed_by([aim.seat.pk]).filter(window=aim.duty.window_id)
    return list(mine.order_by("path", "person", "pk")[:ROLL])


def next_open(aim: Aim, roll: list["Duty"]) -> int | None:
    """The next one on the list not yet done, after this one, then from the start."""
    at = next((i for i, d in enumerate(roll) if aim.duty and d.pk == aim.duty.pk), -1)
    return next((d.pk for d in roll[at + 1 :] + roll[: max(at, 0)] if d.done_on is None), None)
