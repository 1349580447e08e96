"""平时记录: a few words after a talk, from a phone in twenty seconds; one's own notes that wait for a review."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from dianping.accounts.requests import ViewerRequest
from dianping.common.clock import site_moment
from dianping.common.formkeys import new_form_key
from dianping.common.refusal import Refusal
from dianping.desk.forms import Words, date_input
from dianping.desk.views.writing import extra_aim
from dianping.reviews.selectors import notes_by
from dianping.reviews.services import take_note


class NoteForm(forms.Form):
    """What was seen or heard, and when."""

    text = Words(
        label="情况", rows=5, error_messages={"required": "还没有写。请写什么事、什么时候、在哪里。"}
    )
    happened_on = forms.DateField(label="日期", widget=date_input())


def notes(request: ViewerRequest) -> HttpResponse:
    """What I noted and no review took up yet."""
    if not request.viewer.posts:
        raise Http404
    found = list(notes_by(request.viewer.post_ids)[:200])
    return render(request, "desk/notes.html", {"notes": found})


def take(request: ViewerRequest) -> HttpResponse:
    """Note a few words about somebody; the same address as a review nobody ordered (?about=, ?organisation=, ?person=)."""
    aim, viewer = extra_aim(request), request.viewer
    form = NoteForm(request.POST or None, initial={"happened_on": viewer.day})
    if request.method == "POST" and form.is_valid():
        if viewer.person is None:
            raise Http404
        try:
            take_note(
                post=aim.seat,
                writer=viewer.person,
                about=aim.about,
                organisation=aim.organisation,
                person=aim.person,
                moment=site_moment(),
                actor=viewer.actor,
                **form.cleaned_data,
            )
        except Refusal as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, f"已记下{aim.name}的情况。写点评时会列在旁边。")
            return redirect("desk:notes")
    context = {"aim": aim, "form": form, "form_key": new_form_key()}
    return render(request, "desk/note_new.html", context, status=422 if form.errors else 200)
