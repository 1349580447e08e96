"""The invented university and its winter of 2010–2011, told through the same services as any real one."""

import random
import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from dianping.accounts.models import Grant, User
from dianping.accounts.services import add_account, grant_role
from dianping.base.windows import Window
from dianping.common.audit import Operator
from dianping.demo import office, story
from dianping.demo.sample_draws import draw_members, draws_under_way
from dianping.demo.sample_hands import Hands, at, hands_of_all
from dianping.demo.sample_papers import send_letter, take_january, take_province
from dianping.demo.sample_polls import sample_stub, tell_of_the_masses
from dianping.demo.sample_rectification import follow, put_right_in_time, reported
from dianping.demo.sample_reviews import Telling, branch_meeting, meet, plan_meeting, said_of, tell
from dianping.demo.sample_told import raise_examples, tell_in_bulletins
from dianping.demo.university import CAST, write_university
from dianping.duties.models import Duty, Kind
from dianping.duties.services import hand_in_paper, open_duties
from dianping.ledgers.selectors.scope import LedgerScope
from dianping.ledgers.services import close_ledgers
from dianping.opinions.rules import shown_stub
from dianping.orgs.models import Organisation, Person, Post, Role, Tenure
from dianping.orgs.selectors import organisation_or_top
from dianping.orgs.selectors.posts import head_people
from dianping.orgs.services import plan_roster, take_roster
from dianping.programmes.selectors import programme_for
from dianping.reviews.inputs import ReviewTarget
from dianping.reviews.models import Review
from dianping.reviews.services import OccasionPlan, draw_turns, plan_hearing, save_draft

ACTOR = Operator("示例", "示例数据")
BEFORE = date(2010, 12, 10)
PROVINCE_CAME = date(2010, 12, 20)
EARLY = date(2010, 12, 21)  # visits that did not wait for the meeting
TALKED = date(2010, 12, 22)  # a talk that was entered two weeks later
MET = date(2010, 12, 28)
YEAR_ENDS = date(2010, 12, 30)
ADOPTED = date(2010, 12, 31)
NEW_YEAR, FOURTH, STANDS = date(2011, 1, 3), date(2011, 1, 4), date(2011, 1, 5)
NEXT_MEETING, HEARD = date(2011, 1, 7), date(2011, 1, 18)
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
    """Load the roster, the papers, the duties and the story into an empty site; sign-in names and passwords."""
    folder = Path(settings.HOME) / "sample"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "名册-明川大学.xlsx"
    write_university(path)
    with (
        transaction.atomic()
    ):  # whole or not at all; each act in it has its own entries, which later ones ask
        take_roster(plan=plan_roster(path=path, actor=ACTOR), as_of=BEFORE, actor=ACTOR)
        top = organisation_or_top("")
        passwords = _accounts(top)
        hands = hands_of_all()
        take_province(top, today=PROVINCE_CAME, hands=hands)
        open_duties(day=PROVINCE_CAME, actor=hands["wen"])
        seen, told = _winter(random.Random(20101231), hands)
        _year_ends(top, folder / "台账", hands)
        send_letter(top, today=ADOPTED, signed=FOURTH, hands=hands)
        open_duties(day=ADOPTED, actor=hands["wen"])
        open_duties(day=date(2011, 1, 1), actor=hands["wen"])
        put_right_in_time(seen, begun=MET, done=FOURTH, hands=hands)
        reported(told, found=FOURTH, filed=STANDS, hands=hands)
        _new_year(top, random.Random(20110105), hands)
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


def _winter(chance: random.Random, hands: Hands) -> tuple[Review, Review]:
    """December: two visits at once, and some branches that began with their meetings; what was said on the visits."""
    home = _home()
    unit = _unit_of("宁致远")
    (visited,) = Duty.objects.filter(organisation=unit, target="unit", window__rule="round")
    seen = tell(visited, chance, Telling(EARLY, "on_site", "调研", hands, due=ADOPTED))
    assert seen is not None
    second = Duty.objects.filter(organisation__parent=unit, target="branch", window__rule="round")
    told = tell(
        second.exclude(organisation=home).earliest("path"),
        chance,
        Telling(EARLY, "on_site", "调研", hands, due=YEAR_ENDS),
    )
    assert told is not None
    branches = list(Organisation.objects.filter(kind="党支部").order_by("path"))
    for branch in chance.sample(branches, 9):
        branch_meeting(branch, MET, chance, share=1.0, hands=hands)
    return seen, told


def _year_ends(top: Organisation, folder: Path, hands: Hands) -> None:
    """The office draws the ledgers as they stand before the holiday; those of the whole quarter are still to come."""
    scope = LedgerScope(top, Window(PROVINCE_CAME, YEAR_ENDS), YEAR_ENDS, hands["wen"].shown)
    for _ in close_ledgers(
        scope=scope, folder=folder, kinds=("xlsx",), moment=at(YEAR_ENDS, 17), actor=hands["wen"]
    ):
        pass


def _new_year(top: Organisation, chance: random.Random, hands: Hands) -> None:
    """The first days of January: visits by the leaders, more meetings, papers, lots drawn, problems followed, what is told."""
    home, unit, chemistry = _home(), _unit_of("宁致远"), _unit_of("边子昂")
    branches = list(Organisation.objects.filter(kind="党支部").order_by("path"))
    for branch in chance.sample([b for b in branches if b != home], 10):
        branch_meeting(branch, NEW_YEAR, chance, share=chance.choice((0.4, 0.7, 1.0)), hands=hands)
    draw_members(unit, hands["mi"], called=NEW_YEAR, held=FOURTH, chance=chance, hands=hands)
    branch_meeting(home, FOURTH, chance, share=0.6, hands=hands)
    units = Duty.objects.filter(target__in=["unit", "unit_secretary"], window__rule="round").order_by(
        "path", "target"
    )
    for duty in list(units)[:16]:
        tell(duty, chance, Telling(FOURTH, "on_site", "调研", hands))
    _late_entries(home, chance, hands)
    _hear(hands)
    _on_the_calendar(home, chemistry, hands)
    take_january(top, today=FOURTH, hands=hands)
    _secretaries_meet(unit, chance, hands)
    _papers(hands)
    draws_under_way(
        own_seals=unit,
        own_reveals=(chemistry, hands["qiu"]),
        called_only=top.children.filter(kind="党总支").earliest("path"),
        on=STANDS,
        chance=chance,
        hands=hands,
    )
    _begun(top, chemistry, chance, hands)
    follow(home, today=STANDS, hands=hands)
    example = raise_examples(home=home, chemistry=chemistry, last_year=FOURTH, today=STANDS, hands=hands)
    tell_in_bulletins(top, example=example, drafted=FOURTH, today=STANDS, hands=hands)


def _home() -> Organisation:
    return Organisation.objects.get(name=CAST["宁致远"].where)


def _secretaries_meet(unit: Organisation, chance: random.Random, hands: Hands) -> None:
    """书记会议 of a unit: the secretaries of its branches are all there, some branches and their secretaries are reviewed."""
    branches = list(unit.children.filter(dissolved=None).order_by("path"))
    heads = head_people([branch.pk for branch in branches], day=STANDS)
    called = {heads[branch.pk].pk: heads[branch.pk] for branch in branches if branch.pk in heads}
    occasion = meet("书记会议", unit, STANDS, called.values(), minutes=story.SECRETARIES_MINUTES, hands=hands)
    below = Duty.objects.filter(
        organisation__parent=unit, target__in=["branch", "branch_secretary"], window__rule="round"
    )
    for duty in below.order_by("path", "target")[:8]:
        tell(duty, chance, Telling(STANDS, "collective", occasion.kind, hands, occasion))


def _late_entries(home: Organisation, chance: random.Random, hands: Hands) -> None:
    late = Telling(
        TALKED,
        "individual",
        "谈心谈话",
        hands,
        entered=STANDS,
        late="会后没有及时登记",
        due=date(2011, 1, 10),
    )
    for duty in Duty.objects.filter(organisation=home, target="member", done_on=None).order_by("pk")[:2]:
        tell(duty, chance, late)


def _hear(hands: Hands) -> None:
    """听取汇报 is given its day and place, and the order in which the units report is drawn."""
    plan = OccasionPlan("听取汇报", HEARD, office.HEARING_PLACE, put_right_by=date(2011, 3, 31))
    occasion = plan_hearing(duty=Duty.objects.get(kind=Kind.HEARING), plan=plan, actor=hands["wen"])
    draw_turns(occasion=occasion, seed=office.HEARING_LOT, actor=hands["wen"])


def _on_the_calendar(home: Organisation, other: Organisation, hands: Hands) -> None:
    """A meeting still to come, and one that was held while nobody noted who came."""
    left = Duty.objects.filter(organisation=home, target="member", done_on=None).select_related("person")
    people = [duty.person for duty in left.order_by("pk") if duty.person is not None]
    plan_meeting("组织生活会", home, NEXT_MEETING, people, hands=hands)
    branch = Organisation.objects.get(name=CAST["边子昂"].where)
    owed = Duty.objects.filter(organisation=branch, target="member", done_on=None).select_related("person")
    called = [duty.person for duty in owed.order_by("pk")[:6] if duty.person is not None]
    plan_meeting("支部委员会", branch, FOURTH, called, hands=hands)


def _begun(top: Organisation, unit: Organisation, chance: random.Random, hands: Hands) -> None:
    """The secretary of the whole began a review nobody asked for, of a branch he visited, and has not filed it."""
    seat = Post.objects.get(organisation=top, role=Role.SECRETARY)
    assert hands["gan"].person is not None
    branch = unit.children.filter(dissolved=None).order_by("path")[3]
    save_draft(
        target=ReviewTarget(seat, "organisation", branch, None),
        reviewer=hands["gan"].person,
        said=said_of("organisation", chance, Telling(STANDS, "random", "走访慰问", hands)),
        version=0,
        actor=hands["gan"],
    )


def _papers(hands: Hands) -> None:
    for duty in Duty.objects.filter(
        kind=Kind.PAPER, window__rule__in=["pledge_papers", "work_report"]
    ).order_by("path")[:9]:
        in_force = programme_for(duty.organisation, STANDS)
        assert in_force is not None
        hand_in_paper(duty=duty, on=STANDS, today=STANDS, rule=in_force.programme.entry, actor=hands["wen"])


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
            else "、".join(t.post.called for t in seats.exclude(post__role=Role.LEADER))
        )
        yield f"  {username:<10} {passwords.get(username, '（密码见首次启动时的记录）'):<14} {name}，{what}"
    yield "  冉一清等普通党员不设账号（见 docs/decisions/0012）"
    yield f"  征求意见的一张回执：{shown_stub(sample_stub())}，在 /o/stub/ 输入，看意见办得怎样"
