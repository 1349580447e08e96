"""首次设置: roster, programme, duties, each with a look before it is written."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dianping.accounts.requests import ViewerRequest
from dianping.acts.uploads import forget_upload, keep_upload, kept_upload
from dianping.common.clock import site_day
from dianping.common.formkeys import new_form_key
from dianping.common.refusal import Refusal
from dianping.common.refusing import tell_refusal
from dianping.common.room import room_left
from dianping.common.trees import ancestors
from dianping.duties.selectors.lines import target_words
from dianping.duties.services import open_duties
from dianping.duties.services.uncovering import Uncovered, uncovered
from dianping.orgs.rights import may_keep_roster
from dianping.orgs.selectors import organisation_or_top, organisations_at, top_organisation
from dianping.orgs.selectors.imports import imports_taken
from dianping.orgs.services import lead_back, look_back, plan_roster, take_roster, undo_roster
from dianping.orgs.services.roster_plan import KINDS
from dianping.orgs.services.roster_reading import SHOWN
from dianping.orgs.services.roster_scope import ALL
from dianping.pages.frame.forms import WorkbookForm, form_faults
from dianping.pages.set_up.forms import DayForm
from dianping.programmes.selectors import adoptions_of
from dianping.programmes.services import adopt_programme
from dianping.programmes.shelf import shipped_text, shipped_titles

if TYPE_CHECKING:
    from dianping.orgs.services import RosterPlan

MOST_TOML = 400_000  # bytes; the reader takes 100,000 characters
STEPS = ["名册", "方案", "应办"]


def _site_clerk(request: ViewerRequest) -> None:
    if not may_keep_roster(request.viewer.actor):
        raise Http404


def set_up(request: ViewerRequest) -> HttpResponse:
    """Where the site stands in its three steps."""
    _site_clerk(request)
    top = top_organisation()
    adoptions = list(adoptions_of(top)) if top else []
    step = 1 if top is None else 2 if not adoptions else 3
    return render(
        request,
        "pages/set_up/set_up.html",
        {
            "steps": STEPS,
            "step": step,
            "organisation": top,
            "adoptions": adoptions,
            "imports": list(imports_taken()[:10]),
            "form": WorkbookForm(),
            "shipped": shipped_titles(),
            "day_form": DayForm(initial={"day": site_day()}),
            "form_key": new_form_key(),
            "room": room_left(),
            "uncovered": uncovered(day=site_day()) if adoptions else [],
        },
    )


@require_POST
def roster(request: ViewerRequest) -> HttpResponse:
    """Look at an uploaded roster (every fault, or every change), then write it."""
    _site_clerk(request)
    if request.POST.get("kept"):
        if "look" in request.POST:
            return _look_again(request, request.POST["kept"])
        return _write_roster(request, request.POST["kept"])
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(
            request,
            "pages/set_up/roster.html",
            {"steps": STEPS, "step": 1, "form": form, "form_key": new_form_key()},
            status=422,
        )
    file = form.cleaned_data["file"]
    sender = request.user.get_username()
    kept = keep_upload(request.viewer.actor, file)
    plan = plan_roster(
        path=kept_upload(sender, kept), file_name=file.name, reader=sender, actor=request.viewer.actor
    )
    if plan.problems:
        forget_upload(sender, kept)
    return render(
        request, "pages/set_up/roster.html", _preview(plan, kept), status=422 if plan.problems else 200
    )


def _preview(plan: "RosterPlan", kept: str, chosen: str = "") -> dict[str, object]:
    return {
        "steps": STEPS,
        "step": 1,
        "plan": plan,
        "counts": plan.counts(),
        "problems": plan.problems[:500],
        "more_problems": max(0, len(plan.problems) - 500),
        "changes": [
            (word, len(lines), lines[:SHOWN], lines[SHOWN:]) for _, word, lines in plan.lines() if lines
        ],
        "kept": kept,
        "chosen": chosen,
        "scopes": _scopes(plan),
        "form": WorkbookForm(),
        "form_key": new_form_key(),
        "notes": plan.notes,
    }


def _scopes(plan: "RosterPlan") -> list[tuple[str, str]]:
    """What a clerk may choose the file to be about: what it names, each unit it names, what stands above them, everything."""
    if plan.first or plan.problems:
        return []
    found = [("", f"名册里写到的：{plan.proposed.in_words()}")]
    near = {
        place for one in (*plan.proposed.units, *plan.proposed.alone)[:20] for place in ancestors(one.path)
    }
    units = organisations_at(near)
    found += [(one.code, f"{one.name}，连同下面的全部组织") for one in units if not one.is_branch]
    return [*found, (ALL, "全部组织")]


def _plan_again(request: ViewerRequest, kept: str) -> "RosterPlan":
    """The kept file read once more: the system may have changed meanwhile, or another scope was chosen."""
    sender = request.user.get_username()
    return plan_roster(
        path=kept_upload(sender, kept),
        file_name=request.POST.get("file_name", ""),
        reader=sender,
        actor=request.viewer.actor,
        scope=request.POST.get("scope", ""),
    )


def _look_again(request: ViewerRequest, kept: str) -> HttpResponse:
    """The same file with another scope; nothing is written."""
    try:
        plan = _plan_again(request, kept)
    except Refusal as no:
        tell_refusal(request, no)
        return redirect("set_up:set_up")
    return render(request, "pages/set_up/roster.html", _preview(plan, kept, request.POST.get("scope", "")))


def _write_roster(request: ViewerRequest, kept: str) -> HttpResponse:
    """Write what was looked at; when it would be something else by now, it is shown again instead."""
    chosen, typed = request.POST.get("scope", ""), request.POST.get("confirmed", "").replace(",", "").strip()
    try:
        plan = _plan_again(request, kept)
    except Refusal as no:
        tell_refusal(request, no)
        return redirect("set_up:set_up")
    try:
        if request.POST.get("shown", plan.mark) != plan.mark:
            raise Refusal(
                "看过之后系统里又有变动，会写入的内容和刚才列出的不同，没有写入。",
                code="orgs.roster-changed-meanwhile",
                remedy="请看过下面新的变动再写。",
            )
        confirmed = int(typed) if typed.isdecimal() and len(typed) < 10 else None
        take_roster(plan=plan, as_of=site_day(), actor=request.viewer.actor, confirmed=confirmed)
    except Refusal as no:
        tell_refusal(request, no)
        return render(request, "pages/set_up/roster.html", _preview(plan, kept, chosen), status=422)
    forget_upload(request.user.get_username(), kept)
    counts = plan.counts()
    messages.success(
        request,
        f"名册已写入：组织 {counts['organisations']} 个，党员 {counts['people']} 名，班子成员 {counts['leaders']} 名。",
    )
    return redirect("set_up:set_up")


def undo(request: ViewerRequest, pk: int) -> HttpResponse:
    """What undoing an import would do; then undo it, whole or by the acts that were shown."""
    _site_clerk(request)
    taken = get_object_or_404(imports_taken(), pk=pk)
    if request.method == "POST":
        try:
            if request.POST.get("whole"):
                undo_roster(taken=taken, on=site_day(), actor=request.viewer.actor)
            else:
                lines = request.POST.get("lines", "").replace("\r\n", "\n").split("\n")
                lead_back(taken=taken, lines=lines, on=site_day(), actor=request.viewer.actor)
        except Refusal as no:
            tell_refusal(request, no)
        else:
            messages.success(request, f"已撤回 {taken.taken_on} 导入的《{taken.file_name}》。")
            return redirect("set_up:set_up")
    way = look_back(taken=taken, actor=request.viewer.actor)
    return render(
        request,
        "pages/set_up/undo.html",
        {
            "way": way,
            "taken": taken,
            "lines": [step.line for step in way.steps],
            "joined_lines": "\n".join(step.line for step in way.steps),
            "changes": [(word, taken.changes.get(key, 0)) for key, word in KINDS if taken.changes.get(key)],
            "form_key": new_form_key(),
        },
    )


@require_POST
def programme(request: ViewerRequest) -> HttpResponse:
    """Adopt a shipped programme, or one from a file."""
    _site_clerk(request)
    try:
        text = _programme_text(request)
        adopted = adopt_programme(
            text=text, organisation=organisation_or_top(""), actor=request.viewer.actor, today=site_day()
        )
    except Refusal as no:
        tell_refusal(request, no)
    else:
        also = f"，一并采用上级的{'、'.join(a.number for a in adopted.along)}" if adopted.along else ""
        messages.success(
            request, f"{'已采用' if adopted.new else '早已采用'}{adopted.adoption.number}{also}。"
        )
    return redirect("set_up:set_up")


def _programme_text(request: ViewerRequest) -> str:
    file = request.FILES.get("file")
    if file is None:
        return shipped_text(request.POST.get("name", ""))
    if (file.size or 0) > MOST_TOML:
        raise Refusal(
            f"《{file.name}》有 {file.size:,} 字节，一个方案文件不超过 {MOST_TOML:,} 字节。",
            code="programmes.file-too-big",
            remedy="请核对选的是不是方案。",
        )
    try:
        return str(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refusal(
            f"《{file.name}》不是 UTF-8 编码的文本。",
            code="programmes.file-not-text",
            remedy="请另存为 UTF-8 编码的 .toml 再传。",
        ) from None


def _lost(uncovered: list[Uncovered]) -> str:
    """Who had a reviewer before the last changes and has none now, in a sentence; "" for nobody."""
    lost = "、".join(f"{target_words(one['target'])} {one['count']:,}（{one['why']}）" for one in uncovered)
    return f"原来有人点评、现在没有的：{lost}。" if lost else ""


@require_POST
def open_all(request: ViewerRequest) -> HttpResponse:
    """Open the duties of the windows that hold a day."""
    _site_clerk(request)
    form = DayForm(request.POST)
    if not form.is_valid():
        messages.error(request, "；".join(form_faults(form)))
        return redirect("set_up:set_up")
    try:
        opened = open_duties(day=form.cleaned_data["day"], actor=request.viewer.actor)
    except Refusal as no:
        tell_refusal(request, no)
        return redirect("set_up:set_up")
    gaps = (
        f"有 {len(opened.gaps)} 处缺口：" + "".join(g["message"] for g in opened.gaps[:5])
        if opened.gaps
        else "没有组织缺书记。"
    )
    messages.success(
        request,
        _lost(opened.uncovered)
        + f"新开列应点评 {opened.opened:,} 项（原有 {opened.already:,} 项），领导的联系点 {opened.by_target['contact']} 项，应交材料 {opened.papers} 项；{gaps}",
    )
    return redirect("coverage:coverage")
