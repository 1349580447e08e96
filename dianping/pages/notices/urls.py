from django.urls import path

from dianping.pages.frame.typed import Forms
from dianping.pages.notices import forms
from dianping.pages.notices.views import notices, readings

app_name = "notices"
urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/enter/", notices.enter, name="notice_new"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/send/", notices.send, name="notice_send"),
    path("notices/<int:pk>/sign/<int:receipt_pk>/", notices.sign, name="notice_sign"),
    path("notices/<int:pk>/readings/", readings.readings, name="readings"),
    path("notices/<int:pk>/readings/<int:line_pk>/", readings.reading, name="reading"),
    path("notices/<int:pk>/readings/add/", readings.add, name="reading_new"),
    path("notices/<int:pk>/head/", readings.head, name="notice_head"),
    path("notices/<int:pk>/readings/accept/", readings.accept, name="readings_accept"),
    path("notices/<int:pk>/readings/adopt/", readings.adopt, name="readings_adopt"),
    path("notices/<int:pk>/letter/<str:kind>/", notices.letter, name="letter"),
    path("notices/file/<int:pk>/", notices.attachment, name="notice_file"),
]
# What was typed into these comes back when it could not be taken (dianping.pages.frame.typed).
GIVEN_BACK: dict[str, Forms] = {
    "notice_new": (forms.EnterNoticeForm,),
    "notice_send": (forms.SendNoticeForm,),
}
