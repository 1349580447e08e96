"""The invented university and its winter of 2010–2011, told through the same services as any real one."""

import random
import secrets
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dianping.accounts.models import Grant, User
from dianping.accounts.services import add_account, grant_role
from dianping.acts.dossier import aim_of
from dianping.acts.filing import file_and_follow
from dianping.common.audit import Operator
from dianping.demo import story
from dianping.demo.sample_polls import sample_stub, tell_of_the_masses
from dianping.demo.university import CAST, write_university
from dianping.duties.models import Duty, Kind
from dianping.duties.services import hand_in_paper, open_duties
from dianping.opinions.rules import shown_stub
from dianping.orgs.models import Organisation, Person, Role, Tenure
from dianping.orgs.selectors import organisation_or_top
from dianping.orgs.selectors.posts import holder_on
from dianping.orgs.services import plan_roster, take_roster
from dianping.programmes.selectors import programme_for
from dianping.programmes.services import adopt_programme
from dianping.programmes.shelf import programme_text
from dianping.rectification.models import Item
from dianping.rectification.services import StepInput, move_item
from dianping.reviews.models import Review
from dianping.reviews.services import EventInput, ProblemInput, ReviewInput, answer_review

ACTOR = Operator("示例", "示例数据")
BEFORE = date(2010, 12, 10)
ADOPTED = date(2010, 12, 31)
STANDS = date(2011, 1, 5)
# (sign-in name, who, office role or "" where rights follow the post, of whose unit; "": of the whole university)
ACCOUNTS = (
    ("gan", "甘棠", "", ""),
    ("qi", "祁文澜", "", ""),
    ("ning", "宁致远", "", ""),
    ("bian", "边子昂", "", ""),
    ("wen", "温干事", Grant.Role.CLERK, ""),
    ("fang", "方干事", Grant.Role.CLERK, ""),  # a paper form is typed by two
    ("mi", "米组织员", Grant.Role.CLERK, "宁致远"),  # a unit's key is kept by its own office (decision 0041)
    ("qiu", "丘组织员", Grant.Role.CLERK, "边子昂"),
    ("shangguan", "上官处长", Grant.Role.SUPERIOR, ""),
    ("shen", "沈查阅", Grant.Role.AUDITOR, ""),
)


def load_sample() -> dict[str, str]:
    """Load the roster, the programmes, the duties and the story into an empty site; sign-in names and passwords."""
    path = Path(settings.HOME) / "sample" / "名册-明川大学.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_university(path)
    with (
        transaction.atomic()
    ):  # whole or not at all; each act in it has its own entries, which later ones ask
        take_roster(plan=plan_roster(path=path, actor=ACTOR), as_of=BEFORE, actor=ACTOR)
        top = organisation_or_top("")
        adopt_programme(text=programme_text("school-2010-1"), organisation=top, actor=ACTOR, today=ADOPTED)
        open_duties(day=ADOPTED, actor=ACTOR)
        passwords = _accounts(top)
        _winter(random.Random(20101231))
        open_duties(day=date(2011, 1, 1), actor=ACTOR)
        _new_year(random.Random(20110105))
        _masses()
    return passwords


def _masses() -> None:
    office, superior, mi, qiu = (
        User.objects.get(username=name) for name in ("wen", "shangguan", "mi", "qiu")
    )
    tell_of_the_masses(
        letters=(_unit_of("宁致远"), mi),
        chemistry=(_unit_of("边子昂"), qiu),
        office=office,
        superior=superior,
    )


def _unit_of(name: str) -> Organisation:
    """The unit above the branch one of the cast stands in."""
    unit = Organisation.objects.get(name=CAST[name].where).parent
    assert unit is not None
    return unit


def _accounts(top: Organisation) -> dict[str, str]:
    passwords = {}
    for username, name, role, whose in ACCOUNTS:
        person = None
        if name in CAST:
            person = Person.objects.get(name=name, fingerprint=_mark(CAST[name].number))
        passwords[username] = secrets.token_urlsafe(9)
        user = add_account(
            username=username,
            password=passwords[username],
            name=name,
            person=person,
            actor=ACTOR,
            lasting=True,
        )
        if role:
            place = _unit_of(whose) if whose else top
            grant_role(user=user, role=role, organisation=place, since=BEFORE, actor=ACTOR)
    return passwords


def _mark(number: str) -> str | None:
    from dianping.orgs.services.fingerprints import fingerprint

    return fingerprint(number)


def _winter(chance: random.Random) -> None:
    """December: some branches began at once."""
    for branch in chance.sample(list(Organisation.objects.filter(kind="党支部").order_by("path")), 9):
        _meeting(branch, date(2010, 12, 28), chance, share=1.0)


def _new_year(chance: random.Random) -> None:
    """The first days of January: visits by the leaders, more meetings, papers, problems followed."""
    branches = list(Organisation.objects.filter(kind="党支部").order_by("path"))
    home = Organisation.objects.get(name=CAST["宁致远"].where)
    _meeting(home, date(2011, 1, 4), chance, share=0.6)
    for branch in chance.sample([b for b in branches if b != home], 10):
        _meeting(branch, date(2011, 1, 3), chance, share=chance.choice((0.4, 0.7, 1.0)))
    units = Duty.objects.filter(target__in=["unit", "unit_secretary"], window__rule="round").order_by(
        "path", "target"
    )
    for duty in list(units)[:16]:
        _review(duty, date(2011, 1, 4), chance, mode="on_site", kind="调研")
    unit = home.parent
    below = Duty.objects.filter(
        organisation__parent=unit, target__in=["branch", "branch_secretary"], window__rule="round"
    )
    for duty in below.order_by("path", "target")[:8]:
        _review(duty, date(2011, 1, 5), chance, mode="collective", kind="书记会议")
    _late_entries(home, chance)
    _papers()
    _rectify(home)


def _meeting(branch: Organisation, on: date, chance: random.Random, *, share: float) -> None:
    duties = list(Duty.objects.filter(organisation=branch, target="member", done_on=None).order_by("pk"))
    for duty in duties[: round(len(duties) * share)]:
        _review(duty, on, chance, mode="collective", kind="支部党员大会")


def _late_entries(home: Organisation, chance: random.Random) -> None:
    for duty in Duty.objects.filter(organisation=home, target="member", done_on=None).order_by("pk")[:2]:
        _review(
            duty,
            date(2010, 12, 22),
            chance,
            mode="individual",
            kind="谈心谈话",
            entered=STANDS,
            late="会后没有及时登记",
        )


def _review(
    duty: Duty,
    on: date,
    chance: random.Random,
    *,
    mode: str,
    kind: str,
    entered: date | None = None,
    late: str = "",
) -> None:
    if duty.owed_by is None:
        return
    duty.refresh_from_db()
    reviewer = holder_on(duty.owed_by, day=on)
    if duty.done_on is not None or reviewer is None:
        return
    target = aim_of(duty).target
    file_and_follow(
        target=target,
        reviewer=reviewer,
        said=_said(target.about, duty, on, chance, mode, kind, late),
        version=0,
        moment=at(entered or on, 16),
        actor=ACTOR,
    )


def _said(
    about: str, duty: Duty, on: date, chance: random.Random, mode: str, kind: str, late: str
) -> ReviewInput:
    if about == "member":
        evaluation, problem, direction = chance.choice(story.MEMBER)
        achievements = ""
    else:
        evaluation, achievements, problem, direction = chance.choice(
            story.ORGANISATION if about == "organisation" else story.SECRETARY
        )
    return ReviewInput(
        mode=mode,
        regular=mode != "individual",
        happened_on=on,
        event=EventInput(kind),
        evaluation=evaluation,
        achievements=achievements,
        direction=direction,
        evidence=chance.choice(story.EVIDENCE),
        late_reason=late,
        problems=(
            ProblemInput(
                problem,
                "本人" if about != "organisation" else "",
                on + timedelta(days=chance.choice((12, 30, 55, 85))),
            ),
        ),
    )


def _papers() -> None:
    for duty in Duty.objects.filter(
        kind=Kind.PAPER, window__rule__in=["pledge_papers", "work_report"]
    ).order_by("path")[:9]:
        in_force = programme_for(duty.organisation, STANDS)
        assert in_force is not None
        hand_in_paper(
            duty=duty, on=date(2011, 1, 5), today=STANDS, rule=in_force.programme.entry, actor=ACTOR
        )


def _rectify(home: Organisation) -> None:
    """Items in every state: planned, in progress, asked to close, closed, and found not well resolved."""
    items = list(Item.objects.filter(organisation=home).order_by("pk")[:7])
    steps: tuple[tuple[str, ...], ...] = (
        ("plan", "progress", "request", "close"),
        ("plan", "progress", "request"),
        ("plan", "progress"),
        ("plan",),
        ("plan", "progress", "unresolved"),
        ("plan", "progress", "unresolved"),
    )
    for number, (item, names) in enumerate(zip(items, steps, strict=False)):
        for hour, name in enumerate(names, 9):
            _step(item, name, number, at(STANDS, hour))
    for review in Review.objects.filter(organisation=home, filed=True).order_by("pk")[:3]:
        answer_review(
            review=review, text="同意，按此改。", on_behalf=True, moment=at(STANDS, 17), actor=ACTOR
        )


def _step(item: Item, name: str, number: int, moment: datetime) -> None:
    measure, progress = story.MEASURES[number % len(story.MEASURES)]
    words = {
        "plan": "",
        "progress": progress,
        "request": "已按措施做完，请验收。",
        "close": "看过记录，属实，同意销号。",
        "unresolved": "到期没有做完，也没有说明原因。",
    }
    fresh = Item.objects.get(pk=item.pk)
    move_item(
        item=fresh,
        step=name,
        version=fresh.version,
        moment=moment,
        actor=Operator("示例验收", "示例数据") if name in ("close", "unresolved") else ACTOR,
        moved=StepInput(
            text=words[name], measure=measure, owner_name="", due=fresh.due or STANDS + timedelta(days=40)
        ),
    )


def at(day: date, hour: int) -> datetime:
    """A moment of a past day, Asia/Shanghai."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def cast_lines(passwords: dict[str, str]) -> Iterator[str]:
    """How to sign in as each of the cast."""
    for username, name, role, whose in ACCOUNTS:
        user = User.objects.filter(username=username).first()
        if user is None:
            continue
        seats = user.person.tenures.filter(until=None) if user.person else Tenure.objects.none()
        what = (
            (_unit_of(whose).name if whose else "") + Grant.Role(role).label
            if role
            else "、".join(
                f"{t.post.organisation.name}{t.post.title}" for t in seats.exclude(post__role=Role.LEADER)
            )
        )
        yield f"  {username:<10} {passwords.get(username, '（密码见首次启动时的记录）'):<14} {name}，{what}"
    yield "  冉一清等普通党员不设账号（见 docs/decisions/0012）"
    yield f"  征求意见的一张回执：{shown_stub(sample_stub())}，在 /o/stub/ 输入，看意见办得怎样"
