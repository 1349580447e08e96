from django.urls import path

from dianping.pages.frame.typed import Forms
from dianping.pages.reviews import forms
from dianping.pages.reviews.views import notes, offline, reviews, sittings, writing

app_name = "reviews"
urlpatterns = [
    path("write/<int:duty_pk>/", writing.write, name="write"),
    path("write/<int:duty_pk>/draft/", writing.draft, name="draft"),
    path("write/extra/", writing.write_extra, name="write_extra"),
    path("write/extra/draft/", writing.draft_extra, name="draft_extra"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<int:pk>/", reviews.review, name="review"),
    path("reviews/<int:pk>/answer/", reviews.answer, name="answer"),
    path("reviews/<int:pk>/correct/", reviews.correct, name="correct"),
    path("reviews/<int:pk>/confirm/", reviews.confirm, name="confirm"),
    path("reviews/<int:pk>/reopen/", reviews.reopen, name="reopen"),
    path("notes/", notes.notes, name="notes"),
    path("notes/take/", notes.take, name="note_new"),
    path("occasions/<int:pk>/sitting/", sittings.sitting, name="sitting"),
    path("occasions/<int:pk>/sitting/<int:duty_pk>/draft/", sittings.save, name="sitting_draft"),
    path("occasions/<int:pk>/sitting/<int:duty_pk>/", sittings.file, name="sitting_file"),
    path("occasions/<int:pk>/sitting/<int:duty_pk>/state/", sittings.state, name="sitting_state"),
    path("drafts/filed/", writing.filed, name="draft_filed"),
    path("offline/", offline.offline, name="offline"),
    path("offline/template/", offline.template, name="offline_template"),
]
# What was typed into these comes back when it could not be taken (dianping.pages.frame.typed).
GIVEN_BACK: dict[str, Forms] = {
    "write": (forms.ReviewForm,),
    "write_extra": (forms.ReviewForm,),
    "sitting_file": (forms.ReviewForm,),
    "answer": (forms.AnswerForm,),
    "correct": (forms.CorrectionForm,),
    "reopen": (),
    "note_new": (),
    "notes": (),
}
