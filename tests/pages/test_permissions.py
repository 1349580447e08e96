"""Who may do what, address by address: every url of the site × every role × one's own and a foreign object.

The addresses are read from the resolver: one without a row here fails the test.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from dianping.accounts.models import User
from dianping.common.formkeys import new_form_key
from dianping.duties.models import Duty, Handover
from dianping.orgs.models import Person, RosterTaken
from dianping.pages.frame.typed import FORMS_AT
from dianping.programmes.models import CriteriaList
from dianping.rectification.models import Enclosure
from dianping.rectification.services.enclosing import enclose
from tests.factories import ACTOR
from tests.pages.conftest import ROLES, Side, Stage, with_polls
from tests.reviews.telling import NEW_YEAR
from tests.tried import tried

SIGNED_IN = frozenset(ROLES) - {"anonymous"}
EVERYBODY = frozenset(ROLES)
CLERK = frozenset({"clerk"})
AUDITOR = frozenset({"auditor"})
READERS = frozenset({"clerk", "gan", "superior", "auditor"})  # who reads the whole university
Who = Callable[[str], frozenset[str]]


@pytest.fixture(autouse=True)
def polls_there(stage: Stage) -> None:
    """Both sides' polls, before anything is taken back."""
    assert all(side.polls for side in stage.sides)
    assert all(enclosed_with(side) for side in stage.sides)  # before anybody is watched for what he writes


def of_branch(side: str) -> frozenset[str]:
    """Who reads what lies in a branch."""
    return READERS | ({"qi", "ning"} if side == "文" else {"bian"})


def of_unit(side: str) -> frozenset[str]:
    """Who reads what lies in a unit, above its branches."""
    return READERS | ({"qi"} if side == "文" else set())


def secretary(side: str) -> frozenset[str]:
    """Who writes for the branch's secretary: himself, and the office."""
    return CLERK | ({"ning"} if side == "文" else {"bian"})


def unit_secretary(side: str) -> frozenset[str]:
    """Who writes for the unit's secretary (白书记 of the other side has no account)."""
    return CLERK | ({"qi"} if side == "文" else set())


def above(side: str) -> frozenset[str]:
    """Who stands above a branch: the offices, the committee's secretary, the unit's (白书记 has no account)."""
    return frozenset({"clerk", "superior", "gan"} | ({"qi"} if side == "文" else set()))


def told_of(side: str) -> frozenset[str]:
    """Who knows of a talk with the head of a branch: those above, and himself; no reader."""
    return above(side) | ({"ning"} if side == "文" else {"bian"})


def judging_member(side: str) -> frozenset[str]:
    """Who judges a member's problem: the branch's secretary, who named it, and the offices."""
    return frozenset({"clerk", "superior"} | ({"ning"} if side == "文" else {"bian"}))


def only(who: frozenset[str]) -> Who:
    """The same on both sides."""
    return lambda side: who


@dataclass(frozen=True)
class Row:
    """One address and method: who may, and what he then gets; everybody else gets 404."""

    args: Callable[[Side], list[Any]] = field(default=lambda side: [])
    may: Who = only(SIGNED_IN)
    query: Callable[[Side], str] = field(default=lambda side: "")
    post: Callable[[Side], dict[str, Any]] | None = None
    gets: int = 200
    told: Who = only(frozenset())  # who may see it, and is refused in words (422)
    others: int = 404


def seated(side: str) -> frozenset[str]:
    """Who reads a branch by virtue of a seat of his own (an office or a reader has none to review from)."""
    return of_branch(side) - {"clerk", "superior", "auditor"}


def recording(side: str) -> frozenset[str]:
    """Who writes down a review nobody ordered: from a seat of his own, or the office from one it keeps."""
    return seated(side) | CLERK


def planner(side: str) -> frozenset[str]:
    """Who sets an event of a branch down: the office, its secretary, and whoever reviews there from a seat of his own."""
    return of_branch(side) - {"superior", "auditor"}


def sitter(side: str) -> frozenset[str]:
    """Who owes a review at a branch, or keeps the office of one who does."""
    return secretary(side) | unit_secretary(side)


def checkers(side: str) -> frozenset[str]:
    """Who looks into a case of a branch: the office, the superior's office, a secretary above it."""
    return CLERK | {"superior", "gan"} | ({"qi"} if side == "文" else set())


def approvers(side: str) -> frozenset[str]:
    """Who signs for a unit: its secretary, or the superior's office."""
    return frozenset({"superior"} | ({"qi"} if side == "文" else set()))


def writers(side: str) -> frozenset[str]:
    """Who sees a unit's draft: who writes it, and who signs it."""
    return approvers(side) | CLERK


CUSTODIANS = frozenset(
    {"superior"}
)  # keeps the superior's keys of the polls on the stage; the unit's are the unit's own office's
NOBODY = {"username": "nobody", "password": "x"}
NOBODY_OPENS = NOBODY | {"unit_key": "A", "superior_key": "A"}


def planning(side: Side) -> dict[str, Any]:
    """A poll as it is planned."""
    return {
        "title": "征求意见", "about": "organisation", "topics": "食堂", "outside": "群众，12",
        "opens": "2011-01-05", "closes": "2011-01-06", "least": "5", "least_words": "10",
    }  # fmt: skip


def extra(side: Side) -> str:
    return f"?about=organisation&organisation={side.branch.code}"


def met(side: Side) -> dict[str, Any]:
    """What is said of the problems named before and still open."""
    return {f"found-{problem.pk}": "better" for problem in side.body_review.problems.all()}


def handed(side: Side) -> int:
    """A handover that is still to come."""
    return Handover.objects.order_by("pk")[0].pk


def branch_code(side: Side) -> str:
    return f"?organisation={side.branch.code}"


def account_of(side: Side) -> list[int]:
    """The account of whoever heads the branch."""
    return [User.objects.get(username={"文": "ning", "理": "bian"}[side.name]).pk]


def without_account(side: Side) -> list[int]:
    """Somebody with a seat and without an account."""
    return [Person.objects.get(name="方舟").pk]


def scan() -> SimpleUploadedFile:
    """A file to put beside a record."""
    return SimpleUploadedFile("scan.pdf", b"%PDF-1.4 scan")


def enclosed_with(side: Side) -> int:
    """The file kept with a side's review; put there once."""
    if not Enclosure.objects.filter(review=side.review).exists():
        enclose(record=side.review, files=[scan()], reader=None, on=NEW_YEAR, actor=ACTOR)
    return Enclosure.objects.get(review=side.review).pk


SAID = {
    "mode": "collective",
    "regular": "1",
    "happened_on": "2011-01-05",
    "evaluation": "评价",
    "direction": "方向",
    "problem-1": "不足",
    "version": "1",
}
# fmt: off
CRITERIA = {"name": "五个好", "about": "organisation", "items": "领导班子好\n党员队伍好", "source": "某文件 二"}


def criteria_pk() -> int:
    """A list of criteria of the top, as the stage has it."""
    return CriteriaList.objects.order_by("pk")[0].pk


TABLE: dict[str, list[Row]] = {
    "accounts:sign_in": [Row(may=only(EVERYBODY - SIGNED_IN), others=302)],  # whoever is signed in goes on to his desk
    "accounts:password": [Row(), Row(post=lambda s: {"old_password": "wrong"})],
    "accounts:here": [Row(may=only(EVERYBODY))],
    "accounts:activate": [Row(may=only(EVERYBODY)), Row(may=only(EVERYBODY), post=lambda s: {"code": "nonsense"}, gets=422)],
    "accounts:accounts": [Row(may=only(CLERK)), Row(may=only(CLERK), query=branch_code)],
    "accounts:account_slips": [
        Row(may=only(CLERK)), Row(may=only(CLERK), query=branch_code),
        Row(may=only(CLERK), post=lambda s: {"seen": "0"}),
    ],
    "accounts:account_new": [Row(may=only(CLERK)), Row(may=only(CLERK), post=lambda s: {}, gets=422)],
    "accounts:account_of_person": [Row(may=only(CLERK), args=without_account, post=lambda s: {})],
    "accounts:account": [Row(may=only(CLERK), args=account_of)],
    "accounts:account_renew": [Row(may=only(CLERK), args=account_of, post=lambda s: {"seen": "0"})],
    "accounts:account_close": [Row(may=only(CLERK), args=account_of, post=lambda s: {}, gets=302)],
    "accounts:account_role": [
        Row(may=only(CLERK), args=account_of, post=lambda s: {"role": "clerk", "organisation": s.branch.code}, gets=302),
        Row(may=only(CLERK), args=account_of, post=lambda s: {"role": "superior", "organisation": s.branch.code}, gets=422),
    ],
    "accounts:sign_out": [Row(post=lambda s: {}, gets=302)],
    "workbench:alive": [Row(may=only(EVERYBODY))],
    # 群众的表: everybody is a stranger there, an office too.
    "door:enter": [Row(may=only(EVERYBODY)), Row(may=only(EVERYBODY), post=lambda s: {"code": "nonsense"}, gets=422)],
    "door:send": [Row(may=only(EVERYBODY), post=lambda s: {"code": "nonsense", "stub": "1"}, gets=422)],
    "door:who": [Row(may=only(EVERYBODY))],
    "door:stub": [Row(may=only(EVERYBODY)), Row(may=only(EVERYBODY), post=lambda s: {"stub": "1"}, gets=422)],
    "workbench:workbench": [Row()],
    "workbench:switch": [Row(post=lambda s: {"organisation": s.branch.code}, may=of_branch, gets=302)],
    "organisations:seats": [Row(query=lambda s: "?name=seat&seat_q=书记", may=only(CLERK))],
    "organisations:search": [Row(query=lambda s: "?q=党支部")],
    "coverage:coverage": [Row(), Row(query=branch_code, may=of_branch)],
    "duties:duties": [Row(), Row(query=branch_code, may=of_branch)],
    "duties:duty": [
        Row(args=lambda s: [s.open_duty.pk], may=of_branch),
        Row(args=lambda s: [s.report.pk], may=of_branch),
        Row(args=lambda s: [s.paper.pk], may=of_unit),
    ],
    "duties:hand_in": [Row(args=lambda s: [s.paper.pk], may=unit_secretary, post=lambda s: {"on": "2011-01-05"}, gets=302)],
    "reviews:write": [
        Row(args=lambda s: [s.open_duty.pk], may=secretary),
        Row(args=lambda s: [s.open_duty.pk], may=secretary, post=lambda s: SAID, gets=302),
        Row(args=lambda s: [s.paper.pk], may=only(frozenset())),
        Row(args=lambda s: [s.report.pk], may=only(frozenset())),
    ],
    "reviews:draft": [Row(args=lambda s: [s.open_duty.pk], may=secretary, post=lambda s: SAID)],
    "reviews:write_extra": [
        Row(query=extra, may=lambda side: recording(side) - {"ning", "bian"}),  # not the one who heads it
        Row(query=extra, may=lambda side: recording(side) - {"ning", "bian"}, gets=302,
            post=lambda s: SAID | {"achievements": "成绩", "version": "0", "report_absence": "尚在写", "ground_absence": "还没有开箱"} | met(s)),
        Row(query=lambda s: f"?about=member&person={s.member.pk}", may=recording),
    ],
    "reviews:draft_filed": [Row(query=lambda s: "?key=never-sent")],
    "reviews:draft_extra": [Row(query=extra, may=lambda side: recording(side) - {"ning", "bian"}, post=lambda s: SAID | {"version": "0"})],
    "reviews:reviews": [Row(), Row(query=branch_code, may=of_branch)],
    "reviews:review": [
        Row(args=lambda s: [s.review.pk], may=of_branch),
        Row(args=lambda s: [s.body_review.pk], may=of_branch),
        Row(args=lambda s: [s.draft.pk], may=lambda side: secretary(side) - CLERK),  # only its writer's
    ],
    "reviews:answer": [
        Row(args=lambda s: [s.body_review.pk], may=secretary, post=lambda s: {"text": "同意"}, gets=302),
        Row(args=lambda s: [s.draft.pk], may=only(frozenset()), post=lambda s: {"text": "同意"}),
    ],
    "reviews:correct": [
        Row(args=lambda s: [s.review.pk], may=secretary),
        Row(args=lambda s: [s.review.pk], may=secretary, gets=302,
            post=lambda s: {"evaluation": "改", "direction": "改", "why": "笔误", "version": s.review.version}),
        Row(args=lambda s: [s.draft.pk], may=only(frozenset())),
    ],
    "occasions:occasions": [Row(), Row(query=branch_code, may=of_branch)],
    "occasions:occasion_new": [
        Row(query=branch_code, may=planner),
        Row(query=branch_code, may=planner, post=lambda s: {"kind": "调研", "held_on": "2011-01-05"}, gets=302),
    ],
    "occasions:occasion": [Row(args=lambda s: [s.occasion.pk], may=of_branch)],
    "occasions:attend": [Row(
        args=lambda s: [s.occasion.pk], may=planner, gets=302,
        post=lambda s: {"version": s.occasion.version, "minutes": "记录", "guests": "来宾", "standing": "guest"},
    )],
    "occasions:hearing": [
        Row(args=lambda s: [Duty.objects.get(kind="hearing").pk], may=only(CLERK | {"gan"})),
        Row(args=lambda s: [Duty.objects.get(kind="hearing").pk], may=only(CLERK | {"gan"}), post=lambda s: {}, gets=422),
    ],
    "occasions:occasion_found": [Row(args=lambda s: [s.occasion.pk], may=planner, post=lambda s: {}, gets=302)],
    "occasions:heard": [
        Row(args=lambda s: [s.occasion.attendance.order_by("pk")[0].pk], may=of_branch, gets=302),
    ],
    "occasions:hearing_reviews": [
        Row(args=lambda s: [Duty.objects.get(kind="hearing").window_id], may=only(CLERK | {"gan"}), gets=302),
    ],
    "occasions:turns": [Row(args=lambda s: [s.occasion.pk], may=planner, post=lambda s: {}, gets=302)],
    "occasions:occasion_go": [
        Row(args=lambda s: [s.occasion.pk], may=planner, post=lambda s: {"step": "1", "was": "0"}, gets=302),
        Row(args=lambda s: [s.occasion.pk], may=only(frozenset()), post=lambda s: {"step": "x", "was": "0"}),
    ],
    "occasions:occasion_sheet": [Row(args=lambda s: [s.occasion.pk], may=of_branch)],
    "reviews:sitting": [Row(args=lambda s: [s.occasion.pk], may=sitter)],
    "reviews:sitting_draft": [Row(args=lambda s: [s.occasion.pk, s.open_duty.pk], may=secretary, post=lambda s: SAID)],
    "reviews:sitting_file": [Row(args=lambda s: [s.occasion.pk, s.open_duty.pk], may=secretary, post=lambda s: SAID, gets=302)],
    "reviews:sitting_state": [Row(args=lambda s: [s.occasion.pk, s.open_duty.pk], may=secretary)],
    "signs:signs": [
        Row(may=only(frozenset({"clerk", "superior", "auditor"}))),
        Row(query=branch_code, may=only(frozenset({"clerk", "superior", "auditor"}))),
        Row(query=lambda s: "?period=nothing", may=only(frozenset())),
    ],
    "draws:draws": [Row(), Row(query=branch_code, may=of_branch)],
    "draws:draw_new": [
        Row(may=only(CLERK)),
        Row(may=only(CLERK), post=lambda s: {"of": s.unit.code, "about": "member", "places": "2", "purpose": "随机点评"}, gets=302),
    ],
    "draws:draw": [Row(args=lambda s: [s.draw.pk], may=of_branch)],
    "draws:draw_step": [
        Row(args=lambda s: [s.draw.pk, "superior-seal"], may=only(CLERK), post=lambda s: {}),
        Row(args=lambda s: [s.draw.pk, "own-seal"], may=only(frozenset()), post=lambda s: {}),
        Row(args=lambda s: [s.draw.pk, "void"], may=only(CLERK), post=lambda s: {"text": "名单有误"}, gets=302),
    ],
    "reviews:confirm": [
        Row(args=lambda s: [s.review.pk], may=lambda side: secretary(side) - CLERK, post=lambda s: {}, gets=302),
        Row(args=lambda s: [s.body_review.pk], may=lambda side: unit_secretary(side) - CLERK, post=lambda s: {}, gets=302),
    ],
    "reviews:reopen": [Row(args=lambda s: [s.review.pk], may=only(CLERK), post=lambda s: {"why": "写错了人"}, gets=302)],
    "reviews:notes": [Row(may=only(frozenset({"gan", "qi", "ning", "bian"})))],
    "reviews:note_new": [
        Row(query=lambda s: f"?about=member&person={s.member.pk}", may=seated),
        Row(query=lambda s: f"?about=member&person={s.member.pk}", may=seated, gets=302,
            post=lambda s: {"text": "谈话时说想学外语", "happened_on": "2011-01-05"}),
    ],
    "audit:chain": [Row(may=only(AUDITOR)), Row(may=only(AUDITOR), post=lambda side: {})],
    "audit:chain_file": [Row(may=only(AUDITOR))],
    "duties:handovers": [Row(may=only(SIGNED_IN)), Row(query=branch_code, may=of_branch)],
    "duties:handover_end": [Row(args=lambda s: [handed(s)], may=only(CLERK), post=lambda s: {}, gets=302)],
    "duties:hand_over": [
        Row(query=branch_code, may=only(CLERK)),
        Row(query=branch_code, may=only(CLERK), post=lambda s: {}, gets=422),
    ],
    "reviews:offline": [
        Row(may=only(SIGNED_IN - {"superior", "auditor"})),
        Row(may=only(SIGNED_IN - {"superior", "auditor"}), post=lambda s: {}, gets=422),
    ],
    "reviews:offline_template": [Row(may=only(SIGNED_IN - {"superior", "auditor"}))],
    "rectification:items": [
        Row(), Row(query=branch_code, may=of_branch),
        Row(query=lambda s: f"?view=board&organisation={s.branch.code}", may=of_branch),
    ],
    "rectification:ask_masses": [
        Row(may=only(CLERK)), Row(query=branch_code, may=only(CLERK)),
        Row(may=only(CLERK), post=lambda s: {}, gets=422),
    ],
    "rectification:item": [Row(args=lambda s: [s.item.pk], may=of_branch)],
    "rectification:step": [Row(
        args=lambda s: [s.item.pk], may=secretary, gets=302,
        # The reviewer and the superior's office judge; the plan is not theirs to write.
        told=lambda side: frozenset({"qi", "superior"} if side == "文" else {"superior"}),
        post=lambda s: {"step": "plan", "version": s.item.version, "measure": "走访", "due": "2011-02-28"},
    )],
    "rectification:extend": [Row(
        args=lambda s: [s.item.pk], may=secretary, gets=302,
        post=lambda s: {"version": s.item.version, "until": "2011-05-01", "reason": "人手不足"},
    )],
    "rectification:answer_extension": [
        Row(args=lambda s: [s.dated.pk, s.waiting.pk], may=judging_member, gets=302,
            post=lambda s: {"version": s.dated.version, "granted": "1", "until": "2011-02-10"}),
        Row(args=lambda s: [s.item.pk, s.waiting.pk], may=only(frozenset()),  # an asking of another problem
            post=lambda s: {"version": s.item.version, "granted": "1", "until": "2011-05-10"}),
    ],
    "rectification:evidence": [
        Row(args=lambda s: [s.dated.pk, s.shown.pk], may=of_branch),
        Row(args=lambda s: [s.item.pk, s.shown.pk], may=only(frozenset())),  # a file of another problem
    ],
    "rectification:enclose": [
        Row(args=lambda s: ["review", s.review.pk], may=secretary, gets=302, post=lambda s: {"sent": scan()}),
        Row(args=lambda s: ["occasion", s.occasion.pk], may=planner, gets=302, post=lambda s: {"sent": scan()}),
        Row(args=lambda s: ["duty", s.paper.pk], may=unit_secretary, gets=302, post=lambda s: {"sent": scan()}),
        Row(args=lambda s: ["duty", s.open_duty.pk], may=only(frozenset()), post=lambda s: {"sent": scan()}),  # no paper
    ],
    "rectification:enclosure": [
        Row(args=lambda s: ["review", s.review.pk, enclosed_with(s)], may=of_branch),
        Row(args=lambda s: ["review", s.body_review.pk, enclosed_with(s)], may=only(frozenset())),  # of another review
    ],
    "rectification:admonitions": [Row(), Row(query=branch_code, may=of_branch)],
    "rectification:admonish": [
        Row(may=only(frozenset())),
        Row(query=branch_code, may=above),
        Row(query=branch_code, may=above, gets=302, post=lambda s: {
            "held_on": "2011-01-05", "due": "2011-02-01", "reasons": "逾期", "told": "改", "promised": "马上改"}),
        Row(query=branch_code, may=above, gets=422, post=lambda s: {}),
    ],
    "rectification:admonition": [Row(args=lambda s: [s.talk.pk], may=told_of)],
    "rectification:settle": [Row(args=lambda s: [s.talk.pk], may=above, post=lambda s: {"outcome": "已经改完"}, gets=302)],
    "rectification:report_read": [Row(args=lambda s: [s.report.pk], may=only(frozenset()), post=lambda s: {})],  # not handed in yet
    "rectification:report": [
        Row(args=lambda s: [s.report.pk], may=of_branch),
        Row(args=lambda s: [s.report.pk], may=secretary, post=lambda s: {"text": "没有解决的原因是人手不足，三月底前补齐。"}, gets=302),
    ],
    "polls:polls": [Row(), Row(query=branch_code, may=of_branch)],
    "polls:poll_new": [
        Row(may=only(CLERK)),
        Row(query=lambda s: f"?form=report&organisation={s.unit.code}", may=only(CLERK)),
        Row(query=lambda s: "?form=opinion", may=only(CLERK), post=planning, gets=302),
        Row(query=lambda s: "?form=own", may=only(CLERK), post=planning, gets=422),
    ],
    "polls:poll": [
        *[Row(args=lambda s, step=step: [getattr(s.polls, step).pk], may=of_unit)
          for step in ("planned", "frozen", "ready", "printed", "closed")],
    ],
    "polls:poll_look": [Row(args=lambda s: [s.polls.planned.pk], may=of_unit)],
    "polls:poll_freeze": [
        Row(args=lambda s: [s.polls.planned.pk], may=only(CLERK)),
        Row(args=lambda s: [s.polls.planned.pk], may=only(CLERK), gets=302,
            post=lambda s: {"version": s.polls.planned.version, "unit": f"own{s.unit.code}", "superior": "superior"}),
        Row(args=lambda s: [s.polls.frozen.pk], may=only(frozenset())),
    ],
    "polls:poll_key": [
        Row(args=lambda s: [s.polls.frozen.pk], may=only(CUSTODIANS), gets=302),  # the lists come first
        Row(args=lambda s: [s.polls.ready.pk], may=only(CUSTODIANS)),  # it did not print
        Row(args=lambda s: [s.polls.ready.pk], may=only(CUSTODIANS),
            post=lambda s: {"replaces": "".join(s.polls.ready.keys.filter(side="superior").values_list("public", flat=True))}),
        Row(args=lambda s: [s.polls.ready.pk], may=only(CUSTODIANS), post=lambda s: {}, gets=409),  # he took it before
        Row(args=lambda s: [s.polls.printed.pk], may=only(frozenset())),
    ],
    "polls:poll_slips": [
        Row(args=lambda s: [s.polls.ready.pk], may=only(CLERK)),
        Row(args=lambda s: [s.polls.ready.pk], may=only(CLERK), post=lambda s: {"group": "0", "kind": "slips", "after": "0"}),
        Row(args=lambda s: [s.polls.frozen.pk], may=only(frozenset())),
        Row(args=lambda s: [s.polls.closed.pk], may=only(frozenset())),
    ],
    "polls:poll_lists": [
        Row(args=lambda s: [s.polls.frozen.pk], may=only(CUSTODIANS)),
        Row(args=lambda s: [s.polls.frozen.pk], may=only(CUSTODIANS), gets=302,
            post=lambda s: {"number0": "6", "against0": "名册"}),
        Row(args=lambda s: [s.polls.ready.pk], may=only(frozenset())),  # he has taken his key
    ],
    "polls:poll_count_out": [
        Row(args=lambda s: [s.polls.printed.pk, 1], may=only(CLERK | CUSTODIANS), post=lambda s: {"count": "6"}, gets=302),
        Row(args=lambda s: [s.polls.printed.pk, 2], may=only(frozenset()), post=lambda s: {"count": "6"}),
    ],
    "polls:poll_papers": [
        Row(args=lambda s: [s.counted.pk], may=only(CUSTODIANS)),
        Row(args=lambda s: [s.counted.pk], may=only(CUSTODIANS), post=lambda s: NOBODY | {"gone": "on"}, gets=422),
        Row(args=lambda s: [s.polls.closed.pk], may=only(frozenset())),
    ],
    "polls:poll_custodian": [  # every custodian can act: nobody is replaced
        Row(args=lambda s: [s.polls.frozen.pk], may=only(frozenset())),
        Row(args=lambda s: [s.polls.closed.pk], may=only(frozenset())),
        Row(args=lambda s: [s.counted.pk], may=only(frozenset()),
            post=lambda s: NOBODY | {"newcomer": "nobody", "reason": "调离"}),
    ],
    "polls:poll_void": [
        Row(args=lambda s: [s.polls.printed.pk, 1], may=only(CLERK), post=lambda s: {}, gets=302),
        Row(args=lambda s: [s.polls.printed.pk, 2], may=only(frozenset()), post=lambda s: {}),
    ],
    "polls:poll_open": [
        Row(args=lambda s: [s.polls.closed.pk], may=only(CUSTODIANS)),
        Row(args=lambda s: [s.polls.closed.pk], may=only(CUSTODIANS), post=lambda s: NOBODY_OPENS, gets=422),
        Row(args=lambda s: [s.polls.printed.pk], may=only(frozenset())),  # its last day is not over
    ],
    "polls:poll_destroy": [
        Row(args=lambda s: [s.polls.ready.pk], may=only(CLERK)),
        Row(args=lambda s: [s.polls.closed.pk], may=only(CLERK), post=lambda s: {}, gets=302),
        Row(args=lambda s: [s.polls.ready.pk], may=only(CLERK), post=lambda s: {}, gets=422),
    ],
    "ledgers:person_sheet": [
        Row(args=lambda s: [s.member.pk], may=of_branch),
        Row(args=lambda s: [s.member.pk], query=lambda s: "?as=pdf", may=of_branch),
    ],
    "ledgers:review_sheet": [
        Row(args=lambda s: [s.review.pk], may=of_branch),
        Row(args=lambda s: [s.body_review.pk], query=lambda s: "?as=xlsx", may=of_branch),
        Row(args=lambda s: [s.draft.pk], may=only(frozenset())),
    ],
    "ledgers:ledgers": [Row(), Row(query=branch_code, may=of_branch)],
    "ledgers:ledger": [
        *[Row(args=lambda s, f=f: ["2011Q1", f], query=branch_code, may=of_branch)
          for f in ("opinions", "appraisal", "reviews", "rectification", "statistics")],
        Row(args=lambda s: ["2011Q1", "nothing"], may=only(frozenset())),
        Row(args=lambda s: ["2011Q7", "reviews"], may=only(frozenset())),
    ],
    "ledgers:behind": [
        Row(args=lambda s: ["2011Q1", "duties_due", "all"], query=branch_code, may=of_branch),
        Row(args=lambda s: ["2011Q1", "nothing", "all"], may=only(frozenset())),
        Row(args=lambda s: ["2011Q1", "duties_due", "99"], may=only(frozenset())),
    ],
    "ledgers:ledger_file": [
        Row(args=lambda s: ["2011Q1", "reviews", "xlsx"], query=branch_code, may=of_branch),
        Row(args=lambda s: ["2011Q1", "reviews", "exe"], may=only(frozenset())),
    ],
    "bulletins:case_new": [
        Row(args=lambda s: [s.review.pk], may=secretary),
        Row(args=lambda s: [s.review.pk], may=secretary, post=lambda s: {}, gets=422),
        Row(args=lambda s: [s.review.pk], may=secretary, gets=302,
            post=lambda s: {"kind": "practice", "title": "当场答复", "facts": "每月听一次意见，当场答复。"}),
        Row(args=lambda s: [s.draft.pk], may=only(frozenset())),
    ],
    "bulletins:cases": [Row(), Row(query=branch_code, may=of_branch)],
    "bulletins:case": [Row(args=lambda s: [s.case.pk], may=of_branch)],
    "bulletins:case_step": [
        *[Row(args=lambda s: [s.case.pk], may=checkers, gets=302,
              post=lambda s, step=step: {"step": step, "version": s.case.version, "words": "看过"})
          for step in ("confirm", "return")],
        Row(args=lambda s: [s.case.pk], may=secretary, gets=302,
            post=lambda s: {"step": "agree", "version": s.case.version, "on": "2011-01-05"}),
        Row(args=lambda s: [s.case.pk], may=only(CLERK), gets=302,
            post=lambda s: {"step": "withdraw", "version": s.case.version, "why": "重复"}),
        *[Row(args=lambda s: [s.case.pk], may=only(frozenset()),
              post=lambda s, step=step: {"step": step, "version": s.case.version, "circle": ["党支部"]})
          for step in ("publish", "amend", "nothing", "")],
    ],
    "bulletins:bulletins": [Row(), Row(query=branch_code, may=of_branch)],
    "bulletins:bulletin_new": [
        Row(may=only(CLERK)),
        Row(may=only(CLERK), post=lambda s: {}, gets=422),
        Row(may=only(CLERK), post=lambda s: {"period": "2011Q1", "circle": ["党支部"]}, gets=302),
    ],
    "bulletins:bulletin": [
        Row(args=lambda s: [s.bulletin.pk], may=of_branch),
        Row(args=lambda s: [s.bulletin_draft.pk], may=writers),
        Row(args=lambda s: [s.bulletin_draft.pk], query=lambda s: "?check=1", may=writers),
    ],
    "bulletins:bulletin_edit": [
        Row(args=lambda s: [s.bulletin.pk], may=only(frozenset())),
        Row(args=lambda s: [s.bulletin_draft.pk], may=only(CLERK)),
        Row(args=lambda s: [s.bulletin_draft.pk], may=only(CLERK), gets=302,
            post=lambda s: {"version": s.bulletin_draft.version, "title": "题", "body": "正文", "circle": ["党支部"]}),
    ],
    "bulletins:bulletin_step": [
        *[Row(args=lambda s: [s.bulletin_draft.pk], may=approvers, gets=302,
              post=lambda s, step=step: {"step": step, "version": s.bulletin_draft.version, "words": "改"})
          for step in ("issue", "return")],
        Row(args=lambda s: [s.bulletin.pk], may=lambda side: approvers(side) | CLERK, gets=302,
            post=lambda s: {"step": "withdraw", "version": s.bulletin.version, "why": "有误"}),
        Row(args=lambda s: [s.bulletin.pk], may=only(CLERK), post=lambda s: {"step": "correct"}, gets=302),
        Row(args=lambda s: [s.bulletin.pk], may=only(frozenset()), post=lambda s: {"step": "issue"}),
    ],
    "bulletins:bulletin_letter": [
        Row(args=lambda s: [s.bulletin.pk, "docx"], may=of_branch),
        Row(args=lambda s: [s.bulletin.pk, "pdf"], may=of_branch),
        Row(args=lambda s: [s.bulletin_draft.pk, "pdf"], may=writers),
        Row(args=lambda s: [s.bulletin.pk, "exe"], may=only(frozenset())),
    ],
    "notices:notices": [Row(), Row(query=branch_code, may=of_branch)],
    "notices:notice_new": [
        Row(may=only(CLERK)),
        Row(may=only(CLERK), post=lambda s: {}, gets=422),
        Row(may=only(CLERK), post=lambda s: {"text": "关于总结的通知\n一、请于3月1日前报送总结。", "direction": "received"}, gets=302),
    ],
    "notices:notice": [Row(args=lambda s: [s.letter.pk], may=of_branch)],
    "notices:notice_send": [Row(args=lambda s: [s.letter.pk], may=only(CLERK), post=lambda s: {"kinds": ["党支部"]}, gets=302)],
    "notices:notice_sign": [Row(args=lambda s: [s.letter.pk, s.receipt.pk], may=secretary, post=lambda s: {}, gets=302)],
    "notices:letter": [
        Row(args=lambda s: [s.letter.pk, "docx"], may=only(CLERK)),
        Row(args=lambda s: [s.letter.pk, "pdf"], may=only(CLERK)),
        Row(args=lambda s: [s.letter.pk, "exe"], may=only(frozenset())),
    ],
    "notices:notice_file": [Row(args=lambda s: [s.attachment.pk], may=of_branch)],
    "notices:readings": [Row(args=lambda s: [s.letter.pk], may=only(CLERK))],
    "notices:reading": [Row(
        args=lambda s: [s.letter.pk, s.letter.lines.first().pk], may=only(CLERK), gets=302,
        post=lambda s: {"state": "accepted", "version": "1"},
    )],
    "notices:reading_new": [Row(args=lambda s: [s.letter.pk], may=only(CLERK), post=lambda s: {}, gets=422)],
    "notices:notice_head": [
        Row(args=lambda s: [s.letter.pk], may=only(CLERK), post=lambda s: {"title": s.letter.title}, gets=302)
    ],
    "notices:readings_accept": [Row(args=lambda s: [s.letter.pk], may=only(CLERK), post=lambda s: {}, gets=302)],
    "notices:readings_adopt": [Row(args=lambda s: [s.letter.pk], may=only(CLERK), post=lambda s: {}, gets=422)],
    "programmes:programmes": [Row(), Row(query=branch_code, may=of_branch)],
    "programmes:criteria_new": [Row(may=only(CLERK), post=lambda s: CRITERIA, gets=302)],
    "programmes:criteria_end": [Row(args=lambda s: [criteria_pk()], may=only(CLERK), post=lambda s: {}, gets=302)],
    "organisations:organisation": [Row(), Row(query=branch_code, may=of_branch), Row(query=lambda s: f"?organisation={s.unit.code}", may=of_unit)],
    "organisations:person": [Row(args=lambda s: [s.member.pk], may=of_branch)],
    "organisations:organisation_keep": [
        Row(may=only(CLERK)),
        Row(may=only(CLERK), query=branch_code, post=lambda s: {"act": "join"}, gets=422),
    ],
    "organisations:person_keep": [
        Row(args=lambda s: [s.member.pk], may=only(CLERK)),
        Row(args=lambda s: [s.member.pk], may=only(CLERK), post=lambda s: {"act": "move"}, gets=422),
    ],
    "organisations:person_file": [Row(args=lambda s: [s.member.pk], may=of_branch)],
    "polls:poll_paper": [
        Row(args=lambda s: [s.papers.pk], may=only(CLERK)),
        Row(args=lambda s: [s.papers.pk], may=only(CLERK), post=lambda s: {"code": "2345"}, gets=422),
        Row(args=lambda s: [s.papers.pk], may=only(CLERK), post=lambda s: {"act": "spoil"}, gets=422),
    ],
    "polls:poll_result": [
        Row(args=lambda s: [s.counted.pk], may=of_unit),
        Row(args=lambda s: [s.counted.pk], query=lambda s: "?view=sheet", may=of_unit),
        Row(args=lambda s: [s.papers.pk], may=only(frozenset())),  # before the opening there is none
    ],
    "polls:poll_result_file": [
        Row(args=lambda s: [s.counted.pk, "xlsx"], may=of_unit),
        Row(args=lambda s: [s.counted.pk, "exe"], may=only(frozenset())),
    ],
    "polls:poll_stubs": [
        Row(args=lambda s: [s.counted.pk], may=of_unit),
        Row(args=lambda s: [s.papers.pk], may=only(frozenset())),
    ],
    "polls:poll_points": [
        Row(args=lambda s: [s.counted.pk], may=of_unit),
        Row(args=lambda s: [s.papers.pk], may=only(frozenset())),
    ],
    "polls:points_merge": [Row(
        args=lambda s: [s.counted.pk], may=only(CLERK), gets=302,
        post=lambda s: {"sayings": [s.counted.sayings.filter(point=None, aside="").first().pk], "text": "意见"},
    )],
    "polls:saying_back": [Row(args=lambda s: [s.counted.pk], may=only(CLERK), gets=302, post=lambda s: {"saying": s.counted.sayings.exclude(aside="").first().pk})],
    "polls:point": [
        Row(args=lambda s: [s.counted.pk, s.point.pk], may=of_unit),
        Row(args=lambda s: [s.papers.pk, s.point.pk], may=only(frozenset())),  # a point of another poll
    ],
    "polls:point_step": [
        Row(args=lambda s: [s.counted.pk, s.point.pk, "reword"], may=only(CLERK), post=lambda s: {"text": "改", "version": 1}, gets=302),
        Row(args=lambda s: [s.counted.pk, s.point.pk, "reply"], may=only(CLERK), post=lambda s: {"reply": "办", "version": 1}, gets=302),
        Row(args=lambda s: [s.counted.pk, s.point.pk, "other"], may=only(frozenset()), post=lambda s: {"version": 1}),
    ],
    "polls:saying_move": [Row(
        args=lambda s: [s.counted.pk, s.point.pk], may=only(CLERK), gets=302,
        post=lambda s: {"saying": s.point.sayings.first().pk, "to": ""},
    )],
    "set_up:set_up": [Row(may=only(CLERK))],
    "set_up:roster": [
        Row(may=only(CLERK), post=lambda s: {}, gets=422),
        Row(may=only(CLERK), gets=422, post=lambda s: {"file": SimpleUploadedFile("名册.csv", "姓名\n甲\n".encode())}),
    ],
    "set_up:roster_undo": [
        Row(args=lambda s: [RosterTaken.objects.get().pk], may=only(CLERK)),
        Row(args=lambda s: [RosterTaken.objects.get().pk], may=only(CLERK), post=lambda s: {"whole": "1"}),
    ],
    "set_up:programme": [Row(may=only(CLERK), post=lambda s: {"name": "school-2010-1"}, gets=302)],
    "set_up:open_all": [Row(may=only(CLERK), post=lambda s: {"day": "2011-04-01"}, gets=302)],
}
# fmt: on


@pytest.fixture
def stage(stage: Stage, request: pytest.FixtureRequest) -> Stage:
    """With polls, where the addresses asked for are theirs."""
    of_one = getattr(request.node, "callspec", None)
    name = of_one.params.get("name", "poll") if of_one else "poll"
    return with_polls(stage) if any(word in str(name) for word in ("poll", "point", "saying")) else stage


def named(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """(name, pattern) of everything the resolver knows."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.app_name}:" if pattern.app_name else prefix
            yield from named(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern


ADDRESSES = dict(named(get_resolver().url_patterns))


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(ADDRESSES) == set(TABLE)


def send(client: Client, name: str, row: Row, side: Side) -> Any:
    address = reverse(name, args=row.args(side)) + row.query(side)
    if row.post is None:
        return client.get(address)
    return client.post(address, row.post(side) | {"form_key": new_form_key()})


class Sparing:
    """Writes out each page once for each role and row; what answers, and how, is decided before a page is written."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.row: object = None
        self.role = ""
        self._seen: set[tuple[object, ...]] = set()
        self._render = Template.render
        monkeypatch.setattr(Template, "render", lambda *given, **more: self._written(*given, **more))

    def _written(self, template: Any, *given: Any, **more: Any) -> Any:
        refused = str(template.template.name).endswith("404.html")
        page = (self.role, template.template.name, None if refused else id(self.row))
        if page in self._seen and self.role != "anonymous":  # of his pages the words are looked at
            return ""
        self._seen.add(page)
        return self._render(template, *given, **more)


@pytest.fixture
def sparing(monkeypatch: pytest.MonkeyPatch) -> Sparing:
    """The pages of the table's second side, and of most refusals, are not written out."""
    return Sparing(monkeypatch)


def last(name: str) -> tuple[bool, str]:
    """The order in which addresses are asked: the way out comes last, for whoever signs out is out."""
    return name == "accounts:sign_out", name


PARTS = 8  # whatever is sent is taken back, so many addresses share one stage


@pytest.mark.parametrize("part", range(PARTS))
def test_each_gets_what_is_his_and_404_for_the_rest(
    stage: Stage, rows: Any, part: int, sparing: Sparing
) -> None:
    """A refused sending also leaves every table as it was. What does not name a side is asked once for both."""
    wrong = []
    before = rows()
    for name in sorted(TABLE, key=last)[part::PARTS]:
        for row in TABLE[name]:
            for side in stage.sides if asks_of(row, stage.own) != asks_of(row, stage.other) else [stage.own]:
                for role in ROLES:
                    sparing.row, sparing.role = row, role
                    wrong += wrongly_answered(stage, name, row, side, role, rows, before)
    assert not wrong, "\n".join(map(str, wrong))


def asks_of(row: Row, side: Side) -> tuple[Any, ...]:
    """What a row asks for of one side, and who may."""
    sent = None if row.post is None else repr(row.post(side))
    return row.args(side), row.query(side), sent, row.may(side.name), row.told(side.name)


def wrongly_answered(
    stage: Stage, name: str, row: Row, side: Side, role: str, rows: Any, before: Any
) -> list[tuple[Any, ...]]:
    """What is wrong with the answer one role gets from one address: the status, where it leads, what it wrote."""
    may = role in row.may(side.name)
    expected = row.gets if may else 302 if role == "anonymous" else row.others
    if role in row.told(side.name):
        expected = 422
    typed = role == "anonymous" and not may and row.post and name.partition(":")[2] in FORMS_AT
    if typed and row.post(side):  # type: ignore[misc]
        expected = 403  # he gets back what he typed, and is told to sign in
    with tried():
        answer = send(stage.clients[role], name, row, side)
        written = bool(row.post) and not may and rows() != before
    cell = (name, role, side.name, "POST" if row.post else "GET", row.query(side), row.args(side))
    wrong: list[tuple[Any, ...]] = []
    if answer.status_code != expected:
        wrong.append((*cell, f"got {answer.status_code}, expected {expected}"))
    elif (
        role == "anonymous" and not may and "/sign-in/" not in answer.get("Location", answer.content.decode())
    ):
        wrong.append((*cell, "no way to the sign-in page"))
    if written:
        wrong.append((*cell, "wrote something"))
    return wrong


def test_an_address_that_only_takes_forms_does_nothing_when_opened(stage: Stage, rows: Any) -> None:
    before = rows()
    for name, of_name in TABLE.items():
        if any(row.post is None for row in of_name):
            continue
        address = reverse(name, args=of_name[0].args(stage.own))
        assert stage.clients["clerk"].get(address).status_code == 405, name
    assert rows() == before


# What the superior's office is there to do: look into cases, sign bulletins, and what it does by virtue of judging
# (decision 0009, 三.2); the table above says where.
ACTS = {"bulletins:case_step", "bulletins:bulletin_step", "rectification:answer_extension", "rectification:admonish", "rectification:settle"} | {
    "polls:poll_lists", "polls:poll_key", "polls:poll_open", "polls:poll_papers",  # he keeps the superior's key
    "polls:poll_count_out",  # and did not print the slips
}  # fmt: skip


@pytest.mark.parametrize("role", ["superior", "auditor"])
def test_a_reader_changes_nothing_whatever_he_sends(
    stage: Stage, rows: Any, role: str, sparing: Sparing
) -> None:
    def written() -> Any:
        """All but the chain: that something was taken away stands in it, and is the only thing a reader leaves."""
        found = rows()
        assert {entry for entry in found.pop("AuditEntry") if "'导出'" not in entry} == told_before
        return found

    told_before = set(rows()["AuditEntry"])
    before, wrong = written(), []
    for name, of_name in TABLE.items():
        if name.startswith("accounts:") or (role == "superior" and name in ACTS):
            continue
        if name in ("workbench:switch", "audit:chain"):  # where one looks; a check that changes nothing
            continue
        for row in of_name:
            address = reverse(name, args=row.args(stage.own)) + row.query(stage.own)
            sent = row.post(stage.own) if row.post else SAID
            answer = stage.clients[role].post(address, sent | {"form_key": new_form_key()})
            # Told that this step is not his; at the door, that there is no such slip.
            told = (role, name) == ("superior", "rectification:step") or name.startswith("door:")
            if row.post and answer.status_code not in ((422,) if told else (403, 404)):
                wrong.append((name, answer.status_code))
            if written() != before:
                wrong.append((name, "wrote something"))
                before = written()
    assert not wrong


def test_nobody_reviews_the_organisation_he_heads(stage: Stage, rows: Any) -> None:
    """An extra review of one's own branch is a review of oneself (decision 0005)."""
    form = SAID | {
        "achievements": "成绩",
        "version": "0",
        "report_absence": "尚在写",
        "ground_absence": "还没有开箱",
    }
    before = rows()["Review"]
    address = f"/write/extra/?about=organisation&organisation={stage.own.branch.code}"
    stage.clients["ning"].post(address, form)
    assert rows()["Review"] == before
