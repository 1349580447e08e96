"""整改: the list as a table or a board, one problem, its steps, more time asked for, the files that show it."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.acts.kept_files import kept_file
from dianping.common.clock import site_moment
from dianping.common.keeping import DamagedFile
from dianping.common.paging import page_of
from dianping.common.refusal import Refusal
from dianping.common.refusing import refuse_form
from dianping.opinions.rights import may_plan
from dianping.pages.frame.errors import damaged
from dianping.pages.frame.list_scopes import below
from dianping.pages.frame.lists import ListColumn, Listing, asked_of, wants_workbook, workbook
from dianping.pages.frame.scope import current_organisation
from dianping.pages.rectification.forms.items import AnswerExtensionForm, ExtendForm, StepForm
from dianping.pages.rectification.shown.board import board_of, rows_of
from dianping.pages.rectification.views.item_page import PLAN_FIELDS, item_page
from dianping.rectification.rights import (
    ANSWER,
    EXTEND,
    acts_open_to,
    items_seen,
    may_ask_extension,
    part_of,
    with_history,
)
from dianping.rectification.rules.steps import STEPS
from dianping.rectification.selectors import evidence_of, in_item_state, items_listed
from dianping.rectification.services import JUDGES, StepInput, answer_extension, ask_extension, move_item
from dianping.rectification.services.evidence import keep_evidence, take_away

if TYPE_CHECKING:
    from dianping.rectification.models import Item

STATES = (
    ("standing", "未销号"),
    ("overdue", "逾期"),
    ("near", "3 天内"),
    ("undated", "没有定期限"),
    ("close_requested", "待验收"),
    ("asking", "延期待答复"),
    ("unresolved", "未较好解决"),
    ("closed", "已销号"),
    ("all", "全部"),
)
ITEMS = Listing(
    title="整改事项",
    columns=(
        ListColumn("问题", lambda row: row.item.text, 40),
        ListColumn(
            "对谁", lambda row: row.item.person.name if row.item.person else row.item.organisation.short_name
        ),
        ListColumn("单位", lambda row: row.item.organisation.short_name, 20),
        ListColumn("责任人", lambda row: row.item.owner_name, 10),
        ListColumn("整改措施", lambda row: row.item.measure, 30),
        ListColumn("提出", lambda row: row.item.opened_on, 11),
        ListColumn("完成时限", lambda row: row.item.due or "没有定", 11),
        ListColumn("状态", lambda row: row.item.get_state_display(), 12),
        ListColumn("销号", lambda row: row.item.closed_on, 11),
        ListColumn("来源", lambda row: row.item.source.act if row.item.source else ""),
    ),
    places=("path",),
    people=("person__name", "owner_name"),
    day="opened_on",
    day_word="提出日期",
    states=STATES,
    state="standing",
)


def items(request: ViewerRequest) -> HttpResponse:
    """Every problem of the organisation and below: as a table by state, or as a board with a column a state."""
    organisation = current_organisation(request)
    day, may_read = request.viewer.day, request.viewer.read_paths
    context: dict[str, object] = {
        "organisation": organisation,
        "states": STATES,
        "may_ask": may_plan(request.viewer.actor, organisation),
    }
    if request.GET.get("view") == "board":
        context["board"] = board_of(organisation.path, today=day, may_read=may_read)
        return render(request, "pages/rectification/items_board.html", context)
    asked = asked_of(request, ITEMS)
    found = in_item_state(items_listed(organisation.path), asked.state, today=day)
    found = asked.narrowed(found, paths=[organisation.path], today=day).order_by("opened_on", "pk")
    if wants_workbook(request):
        return workbook(
            request,
            asked,
            found,
            lambda items: rows_of(items, today=day, may_read=may_read),
            scope=below(organisation),
            organisation=organisation,
        )
    page = page_of(found, keys=("opened_on", "pk"), asked=asked.given)
    rows = rows_of(page.rows, today=day, may_read=may_read)
    context |= {"page": page, "rows": rows, "state": asked.state, "list": asked}
    return render(request, "pages/rectification/items.html", context)


def _item(request: ViewerRequest, pk: int) -> "Item":
    return get_object_or_404(with_history(items_seen(request.viewer)), pk=pk)


def item(request: ViewerRequest, pk: int) -> HttpResponse:
    """One problem: where it comes from, what was done, what can be done now."""
    item = _item(request, pk)
    return item_page(request, item, acts_open_to(request.viewer.actor, item), request.GET.get("step", ""))


def _with_part(request: ViewerRequest, pk: int) -> "Item":
    """The item, for somebody who has anything to do with it but read it; else 404."""
    item = _item(request, pk)
    if not part_of(request.viewer.actor, item).any:
        raise Http404
    return item


@require_POST
def step(request: ViewerRequest, pk: int) -> HttpResponse:
    """Take one step."""
    item = _with_part(request, pk)
    acts = acts_open_to(request.viewer.actor, item)
    form = StepForm(request.POST, request.FILES)
    chosen = request.POST.get("step", "")
    if chosen not in STEPS:
        raise Http404
    if form.is_valid():
        try:
            if chosen not in acts:
                raise Refusal(
                    f"这一项现在是“{item.get_state_display()}”，您不能{STEPS[chosen].name}。",
                    code="rectification.step-not-yours",
                    remedy=f"责任人和申请人不能自己验收；是否较好解决由{JUDGES}认定。",
                )
            _take(request, item, chosen, form.cleaned_data)
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(request, f"{STEPS[chosen].name}已登记。")
            return redirect("rectification:item", pk=pk)
    return item_page(request, item, acts, chosen, form)


def _take(request: ViewerRequest, item: "Item", chosen: str, data: dict[str, Any]) -> None:
    shown = keep_evidence(
        item=item,
        before=data["before"],
        after=data["after"],
        reader=request.user.get_username(),
        actor=request.viewer.actor,
    )
    words = {name: data[name] for name in ("text", "evidence", *PLAN_FIELDS)}
    try:
        move_item(
            item=item,
            step=chosen,
            version=data["version"],
            moment=site_moment(),
            actor=request.viewer.actor,
            moved=StepInput(**words, shown=shown),
        )
    except BaseException:
        take_away(shown)
        raise


@require_POST
def extend(request: ViewerRequest, pk: int) -> HttpResponse:
    """申请延期."""
    item = _with_part(request, pk)
    if not may_ask_extension(request.viewer.actor, item):
        raise Http404
    form = ExtendForm(request.POST)
    if form.is_valid():
        try:
            ask_extension(item=item, moment=site_moment(), actor=request.viewer.actor, **form.cleaned_data)
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(request, "延期申请已登记，等答复；答复以前仍按原定期限计算。")
            return redirect("rectification:item", pk=pk)
    return item_page(request, item, acts_open_to(request.viewer.actor, item), EXTEND, form)


@require_POST
def extension(request: ViewerRequest, pk: int, extension_pk: int) -> HttpResponse:
    """答复延期."""
    item = _with_part(request, pk)
    part, viewer = part_of(request.viewer.actor, item), request.viewer
    asked = get_object_or_404(item.extensions, pk=extension_pk)
    if not (part.judge or part.owner):
        raise Http404
    form = AnswerExtensionForm(request.POST)
    if form.is_valid():
        try:
            answer_extension(
                extension=asked,
                moment=site_moment(),
                actor=viewer.actor,
                **form.cleaned_data,
            )
        except Refusal as no:
            refuse_form(request, form, no)
        else:
            messages.success(request, "延期申请已答复。")
            return redirect("rectification:item", pk=pk)
    return item_page(request, item, acts_open_to(viewer.actor, item), ANSWER, form)


def evidence(request: ViewerRequest, pk: int, file_pk: int) -> HttpResponseBase:
    """A file that shows how it was or is, to keep: never opened inside the site."""
    item = get_object_or_404(items_seen(request.viewer), pk=pk)
    file = get_object_or_404(evidence_of(item), pk=file_pk)
    try:
        content = kept_file(file, about=f"item:{pk}", path=item.path, actor=request.viewer.actor)
    except DamagedFile as no:
        return damaged(request, no)
    answer = FileResponse(
        content, as_attachment=True, filename=file.name, content_type="application/octet-stream"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
