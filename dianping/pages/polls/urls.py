from django.urls import path

from dianping.pages.frame.typed import Forms
from dianping.pages.polls.forms import points as merged
from dianping.pages.polls.forms import polls as planned
from dianping.pages.polls.views import custodian, keys, paper, plan, points, polls, results, slips, together

app_name = "polls"
urlpatterns = [
    path("opinions/", polls.polls, name="polls"),
    path("opinions/plan/", plan.new, name="poll_new"),
    path("opinions/<int:pk>/", polls.poll, name="poll"),
    path("opinions/<int:pk>/form/", plan.look, name="poll_look"),
    path("opinions/<int:pk>/freeze/", polls.freeze, name="poll_freeze"),
    path("opinions/<int:pk>/key/", keys.key, name="poll_key"),
    path("opinions/<int:pk>/slips/", slips.slips, name="poll_slips"),
    path("opinions/<int:pk>/batches/<int:number>/void/", slips.void, name="poll_void"),
    path("opinions/<int:pk>/batches/<int:number>/count/", slips.count, name="poll_count_out"),
    path("opinions/<int:pk>/lists/", keys.lists, name="poll_lists"),
    path("opinions/<int:pk>/open/", together.open_page, name="poll_open"),
    path("opinions/<int:pk>/papers/", together.papers, name="poll_papers"),
    path("opinions/<int:pk>/custodian/", custodian.custodian, name="poll_custodian"),
    path("opinions/<int:pk>/destroy/", together.destroy, name="poll_destroy"),
    path("opinions/<int:pk>/paper/", paper.poll_paper, name="poll_paper"),
    path("opinions/<int:pk>/result/", results.poll_result, name="poll_result"),
    path("opinions/<int:pk>/result/file/<str:kind>/", results.poll_result_file, name="poll_result_file"),
    path("opinions/<int:pk>/stubs/", results.poll_stubs, name="poll_stubs"),
    path("opinions/<int:pk>/points/", points.poll_points, name="poll_points"),
    path("opinions/<int:pk>/points/merge/", points.points_merge, name="points_merge"),
    path("opinions/<int:pk>/points/back/", points.saying_back, name="saying_back"),
    path("opinions/<int:pk>/points/<int:point_pk>/", points.point, name="point"),
    path("opinions/<int:pk>/points/<int:point_pk>/move/", points.saying_move, name="saying_move"),
    path("opinions/<int:pk>/points/<int:point_pk>/<str:step>/", points.point_step, name="point_step"),
]
# What was typed into these comes back when it could not be taken (dianping.pages.frame.typed).
GIVEN_BACK: dict[str, Forms] = {
    "poll_new": (planned.PlanForm,),
    "points_merge": (merged.MergeForm,),
    "point_step": (merged.RewordForm, merged.ReplyForm),
}
