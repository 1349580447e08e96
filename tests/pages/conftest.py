"""A stage for the pages: two branches of two units with the same story told in each, and everybody signed in."""

import io
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as site
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.module_loading import import_string

from dianping.accounts.models import Grant
from dianping.accounts.services import grant_role
from dianping.acts.notice_files import keep_file
from dianping.base.windows import Window
from dianping.bulletins.models import Bulletin, ModelCase
from dianping.bulletins.services import (
    BulletinDraft,
    amend_bulletin,
    draft_bulletin,
    issue_bulletin,
    raise_case,
)
from dianping.common.models import FormKey
from dianping.duties.models import Duty
from dianping.duties.services import hand_over
from dianping.notices.models import Attachment, Notice, Receipt
from dianping.notices.services import HeadCorrection, enter_notice, send_to
from dianping.opinions.models import Point, Poll
from dianping.opinions.services import merge_sayings, set_aside
from dianping.orgs.models import Charge, Organisation, Person, RosterTaken
from dianping.orgs.services import end_charge
from dianping.programmes.services import enter_criteria
from dianping.rectification.models import Admonition, Evidence, Extension, Item
from dianping.rectification.services import Talk, ask_extension, hold_admonition
from dianping.rectification.services.evidence import keep_evidence
from dianping.reviews.models import Draw, Occasion, Review
from dianping.reviews.selectors import candidates_for
from dianping.reviews.services import OccasionPlan, ProblemInput, call_draw, plan_occasion, save_draft
from tests import factories, kept
from tests.factories import ACTOR, University
from tests.pages.poll_desk import Desk, desk_of
from tests.pages.poll_stage import Polls, polls_of
from tests.pages.polls import opened as opened_poll
from tests.pages.polls import poll, sayings
from tests.reviews.telling import NEW_YEAR, OTHER, at, duty_about, item_of, take_step, target_of, tell, words

ROLES = ("anonymous", "clerk", "gan", "qi", "ning", "bian", "superior", "auditor")


@dataclass(frozen=True)
class Side:
    """What there is in one branch to be seen, or to be told from the other branch's."""

    name: str
    branch: Organisation
    unit: Organisation
    member: Person
    open_duty: Duty
    done_duty: Duty
    paper: Duty
    review: Review
    body_review: Review
    item: Item
    unresolved: Item
    report: Duty
    draft: Review
    occasion: Occasion
    draw: Draw
    case: ModelCase
    bulletin: Bulletin
    bulletin_draft: Bulletin
    letter: Notice
    receipt: Receipt
    attachment: Attachment
    dated: Item  # a member's, due 1月31日, with a file that shows it and more time asked for
    shown: Evidence
    waiting: Extension
    talk: Admonition
    counted: Poll | None = None  # opened, with a point made of some sayings (`with_polls`)
    point: Point | None = None
    papers: Poll | None = None  # its forms are on paper

    @cached_property
    def polls(self) -> Polls:
        """One poll at each step, made when first asked for: few tests look at them, and they take a second."""
        title = secret(self.name, "征求意见")
        return kept.standing(f"polls {self.unit.code}", lambda: polls_of(self.unit, title))


@dataclass(frozen=True)
class Stage:
    """Both sides, and one client a role."""

    place: University
    own: Side
    other: Side
    clients: dict[str, Client]

    @property
    def sides(self) -> tuple[Side, Side]:
        """文学院教工党支部 (宁支书's), then 理学院教工党支部 (边同志's)."""
        return self.own, self.other


def secret(side: str, what: str) -> str:
    """Words found nowhere but in one side's records."""
    return f"〖{side}·{what}〗"


def _side(place: University, name: str, branch: str, unit: str, reviewed: str, left: str) -> Side:
    home, above = getattr(place, branch), getattr(place, unit)
    done = duty_about(home, "member", person=place.people[reviewed])
    review = tell(
        done,
        evaluation=secret(name, "党员评价"),
        problems=(ProblemInput(secret(name, "党员问题"), "", date(2011, 1, 31)),),
        evidence=secret(name, "依据"),
    )
    body = tell(
        duty_about(home, "branch"),
        evaluation=secret(name, "支部评价"),
        problems=(
            ProblemInput(secret(name, "支部问题"), "", date(2011, 3, 31)),
            ProblemInput(secret(name, "未解决")),
        ),
    )
    unresolved = take_step(
        Item.objects.get(problem__review=body, problem__number=2),
        "unresolved",
        text=secret(name, "认定"),
        actor=OTHER,
    )
    open_duty = duty_about(home, "member", person=place.people[left])
    draft = save_draft(
        **target_of(open_duty, on=NEW_YEAR),
        said=words(evaluation=secret(name, "草稿")),
        version=0,
        actor=ACTOR,
    )
    assert unresolved.report is not None
    done.refresh_from_db()
    return Side(
        name=name,
        branch=home,
        unit=above,
        member=place.people[reviewed],
        open_duty=open_duty,
        done_duty=done,
        paper=Duty.objects.get(organisation=above, window__rule="pledge_summary"),
        review=review,
        body_review=body,
        item=item_of(body),
        unresolved=unresolved,
        report=unresolved.report,
        draft=draft,
        occasion=plan_occasion(
            plan=OccasionPlan(kind="支部党员大会", held_on=NEW_YEAR, place=secret(name, "会议室")),
            organisation=home,
            reviewed=[place.people[reviewed], place.people[left]],
            actor=ACTOR,
        ),
        draw=call_draw(
            organisation=home,
            superior=place.top,
            about="member",
            purpose=secret(name, "抽签"),
            places=1,
            candidates=candidates_for(home, "member", day=NEW_YEAR),
            on=NEW_YEAR,
            actor=ACTOR,
        ),
        **_told(name, above, review),
        **_letter(name, home),
        **_followed(name, item_of(review), home),
    )


def _told(name: str, unit: Organisation, review: Review) -> dict[str, Any]:
    """A case raised from the review, a bulletin the unit's branches received, and one not yet approved."""
    case = raise_case(
        review=review,
        kind="practice",
        title=secret(name, "典型"),
        facts=f"{secret(name, '事迹')}每月听一次意见。",
        today=NEW_YEAR,
        actor=ACTOR,
    )
    quarter = Window(date(2011, 1, 1), date(2011, 3, 31))
    found = []
    for what in ("通报", "通报拟稿"):
        new = draft_bulletin(
            organisation=unit, period=quarter, circle=["党支部"], today=NEW_YEAR, actor=ACTOR
        )
        text = BulletinDraft(
            f"关于{secret(name, what)}的通报", f"{secret(name, what)}已经办了。", ("党支部",)
        )
        found.append(amend_bulletin(bulletin=new, draft=text, version=new.version, actor=ACTOR))
    issued = issue_bulletin(bulletin=found[0], version=found[0].version, today=NEW_YEAR, actor=OTHER)
    return {"case": case, "bulletin": issued, "bulletin_draft": found[1]}


def _followed(name: str, item: Item, home: Organisation) -> dict[str, Any]:
    """A problem with a file, and with more time asked for; the branch's secretary called in over it."""
    file = SimpleUploadedFile("整改后.txt", secret(name, "佐证").encode())
    shown = keep_evidence(item=item, before=[], after=[file], reader=None, actor=ACTOR)
    dated = take_step(item, "progress", text=secret(name, "进展"), shown=shown, actor=ACTOR)
    waiting = ask_extension(
        item=dated,
        until=date(2011, 2, 20),
        reason=secret(name, "延期理由"),
        version=dated.version,
        moment=at(NEW_YEAR),
        actor=ACTOR,
    )
    talk = hold_admonition(
        organisation=home,
        talk=Talk(
            held_on=date(2011, 1, 4),
            due=date(2011, 2, 1),
            reasons=secret(name, "约谈"),
            told=secret(name, "约谈意见"),
            promised=secret(name, "表态"),
        ),
        items=[dated],
        moment=at(NEW_YEAR),
        actor=OTHER,
    )
    found = Evidence.objects.get(progress__item=dated)
    return {"dated": Item.objects.get(pk=dated.pk), "shown": found, "waiting": waiting, "talk": talk}


def with_polls(stage: Stage) -> Stage:
    """The same stage where the masses were asked as well; apart, because a box takes half a second to fill and open."""
    given = (stage.place, *stage.sides)
    asked = kept.standing(
        "asked", lambda: [_asked(stage.place, s.name, s.unit) for s in stage.sides], given=given
    )
    own, other = (replace(side, **more) for side, more in zip(stage.sides, asked, strict=True))
    return replace(stage, own=own, other=other)


def _asked(place: University, name: str, unit: Organisation) -> dict[str, Any]:
    """Two appraisals of the unit: one opened, with a point merged; one whose paper forms are out."""
    counted = opened_poll(place, at=unit, title=secret(name, "评议"), said=(secret(name, "原话"),))
    point = merge_sayings(
        poll=counted,
        sayings=[one.pk for one in sayings(counted)[1:3]],
        text=secret(name, "意见"),
        subject=0,
        question="problems",
        actor=ACTOR,
    )
    set_aside(poll=counted, sayings=[sayings(counted)[0].pk], why="nothing", actor=ACTOR)
    papers = poll(place, at=unit, title=secret(name, "纸质评议"), on_paper=True).poll
    return {"counted": counted, "point": point, "papers": papers}


def _letter(name: str, home: Organisation) -> dict[str, Any]:
    """A paper in the branch's register, with a file, waiting to be signed for."""
    kept = keep_file(
        SimpleUploadedFile("通知.txt", secret(name, "附件").encode()),
        organisation=home,
        reader=None,
        actor=ACTOR,
    )
    letter = enter_notice(
        text=f"关于{secret(name, '来文')}的通知\n各党支部：\n一、请于2011年3月1日前将总结报党委办公室。",
        organisation=home,
        today=NEW_YEAR,
        actor=ACTOR,
        corrected=HeadCorrection(number=f"云{name}发〔2011〕1号", dated=NEW_YEAR),
        files=[kept],
    )
    send_to(notice=letter, organisations=[home], actor=ACTOR)
    return {
        "letter": letter,
        "receipt": letter.receipts.get(),
        "attachment": letter.attachments.get(),
    }


@pytest.fixture
def clients(adopted: University) -> dict[str, Client]:
    """One client for each of ROLES."""
    return kept.standing("clients", lambda: _clients(adopted))


def _clients(adopted: University) -> dict[str, Client]:
    people = adopted.people
    users = {
        role: factories.account(people[name], username=role)
        for role, name in (("gan", "甘远山"), ("qi", "祁文"), ("ning", "宁守真"), ("bian", "边望川"))
    }
    for role, granted in (
        ("clerk", Grant.Role.CLERK),
        ("superior", Grant.Role.SUPERIOR),
        ("auditor", Grant.Role.AUDITOR),
    ):
        users[role] = factories.account(username=role)
        grant_role(
            user=users[role], role=granted, organisation=adopted.top, since=date(2010, 1, 1), actor=ACTOR
        )
    found = {role: Client() for role in ROLES}
    for role, user in users.items():
        found[role].force_login(user)
    return found


@pytest.fixture
def stage(opened: University, clients: dict[str, Client], settings: Any) -> Stage:
    """The story told on both sides, on 2011-01-05."""
    settings.STANDING_DAY = NEW_YEAR
    own, other = kept.standing("stage", lambda: _sides(opened), given=opened)
    return Stage(opened, own, other, clients)


def _sides(opened: University) -> tuple[Side, Side]:
    # 甘书记 reviews nobody of the two branches himself.
    for charge in Charge.objects.filter(post=factories.secretarys_seat(opened.top), kind="contact"):
        end_charge(charge=charge, on=factories.OVERLAY_DAY, actor=ACTOR)
    factories.open_on(NEW_YEAR)
    enter_criteria(
        organisation=opened.top,
        name="五个表率",
        about="organisation",
        items=["带头"],
        source="某文件 二",
        today=NEW_YEAR,
        actor=ACTOR,
    )
    RosterTaken.objects.create(
        taken_on=NEW_YEAR, file_name="名册.xlsx", digest="0" * 64, by="clerk", changes={}
    )
    library, sciences = (factories.secretarys_seat(place) for place in (opened.library, opened.sciences))
    hand_over(
        from_post=library,
        to_post=sciences,
        holder=opened.people["白露生"],
        why="三月外出学习",
        on=date(2011, 3, 1),
        until=date(2011, 3, 20),
        today=NEW_YEAR,
        actor=ACTOR,
    )
    return (
        _side(opened, "文", "letters_staff", "letters", "冉小禾", "祁文"),
        _side(opened, "理", "sciences_staff", "sciences", "任远之", "白露生"),
    )


@pytest.fixture
def desk(university: University, settings: Any) -> Desk:
    """A poll about 文学院 that is planned, and everybody around it."""
    return desk_of(university, settings)


@pytest.fixture
def rows() -> Callable[[], dict[str, list[str]]]:
    """Every row of every table of ours, to tell whether anything at all was written (the keys of forms apart).

    Of a slot whether it is full, not what fills it: two thousand bytes of chance each.
    """

    def read() -> dict[str, list[str]]:
        found = kept.rows(short=True)
        ours = [m for m in apps.get_models() if m.__module__.startswith("dianping.") and m is not FormKey]
        return {m.__name__: sorted(found.get(m._meta.db_table, {}).values()) for m in ours}

    return read


LOGGING = site.LOGGING


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """All that is logged, at every level, as the site's own handler writes it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(import_string(LOGGING["formatters"]["nothing sent"]["()"])())
    for name in LOGGING["handlers"]["console"]["filters"]:
        handler.addFilter(import_string(LOGGING["filters"][name]["()"])())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield out
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def break_it() -> Callable[[], AbstractContextManager[None]]:
    """Have every view fail with all that was sent in the words of its exception."""

    def fails(self: Any, request: Any, *more: Any) -> None:
        raise LookupError(repr(dict(request.POST)))

    @contextmanager
    def broken() -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            # Asked for anew at each request; a client keeps the middleware's own method from its first one.
            patch.setattr(LoginRequiredMiddleware, "process_view", fails)
            yield

    return broken
