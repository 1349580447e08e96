"""平时记录: a few words after a talk, from a phone in twenty seconds; one's own notes that wait for a review."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from dianping.accounts.requests import ViewerRequest
from dianping.acts.dossier import Aim, aims_owed, from_seat_that_owes
from dianping.common.clock import site_moment
from dianping.common.formkeys import new_form_key
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form
from dianping.pages.frame.forms import WordsField, date_input
from dianping.pages.frame.opening import opens_offline
from dianping.pages.reviews.views.writing import extra_aim
from dianping.reviews.selectors import notes_by
from dianping.reviews.services import take_note


class NoteForm(forms.Form):
    """What was seen or heard, and when."""

    text = WordsField(
        label="情况", rows=5, error_messages={"required": "还没有写。请写什么事、什么时候、在哪里。"}
    )
    happened_on = forms.DateField(label="日期", widget=date_input())


class AnyNoteForm(NoteForm):
    """The same, with whom it is about: those one owes a review."""

    whom = forms.ChoiceField(label="记谁", error_messages={"required": "没有选记谁。"})
    field_order = ("whom", "text", "happened_on")


@opens_offline
def notes(request: ViewerRequest) -> HttpResponse:
    """Note a few words about somebody one reviews; and what was noted and no review took up yet."""
    viewer = request.viewer
    if not viewer.posts:
        raise Http404
    aims = aims_owed(viewer.post_ids, day=viewer.day)
    form = AnyNoteForm(request.POST or None, initial={"happened_on": viewer.day})
    form.fields["whom"].choices = [("", "请选"), *_choices(aims)]  # type: ignore[attr-defined]
    if (
        request.method == "POST"
        and form.is_valid()
        and _taken(request, aims[form.cleaned_data["whom"]], form)
    ):
        return redirect("reviews:notes")
    context = {
        "notes": list(notes_by(viewer.post_ids)[:200]),
        "form": form if aims else None,
        "form_key": new_form_key(),
    }
    return render(request, "pages/reviews/notes.html", context, status=422 if form.errors else 200)


def _choices(aims: dict[str, Aim]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The names by where they stand: a branch's members under its name, organisations and secretaries under what they are."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, aim in aims.items():
        member = aim.about == "member"
        name = aim.organisation.short_name if aim.person is None else aim.name
        where = f"（{aim.organisation.short_name}）" if aim.about == "secretary" else ""
        groups.setdefault(aim.organisation.short_name if member else aim.kind, []).append((key, name + where))
    return list(groups.items())


def _taken(request: ViewerRequest, aim: Aim, form: NoteForm) -> bool:
    """Whether the note was taken; why not goes into the form."""
    viewer = request.viewer
    if viewer.person is None:
        raise Http404
    try:
        take_note(
            target=aim.target,
            writer=viewer.person,
            moment=site_moment(),
            actor=viewer.actor,
            happened_on=form.cleaned_data["happened_on"],
            text=form.cleaned_data["text"],
        )
    except Refusal as no:
        refuse_form(request, form, no)
        return False
    messages.success(request, f"已记下{aim.name}的情况。写点评时会列在旁边。")
    return True


@opens_offline
def take(request: ViewerRequest) -> HttpResponse:
    """Note a few words about somebody; the same address as a review nobody ordered (?about=, ?organisation=, ?person=)."""
    viewer = request.viewer
    if not viewer.posts:
        raise Http404  # a note is one's own, from a seat of one's own
    aim = from_seat_that_owes(extra_aim(request), viewer.post_ids)
    form = NoteForm(request.POST or None, initial={"happened_on": viewer.day})
    if request.method == "POST" and form.is_valid() and _taken(request, aim, form):
        return redirect("reviews:notes")
    context = {"aim": aim, "form": form, "form_key": new_form_key()}
    return render(request, "pages/reviews/note_new.html", context, status=422 if form.errors else 200)
