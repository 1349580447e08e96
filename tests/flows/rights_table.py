"""Who acts in the table of rights, and how each service is called as it may be: what `test_rights_at_the_act` asks everybody of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from dianping.accounts import services as accounts
from dianping.accounts.models import Grant, User
from dianping.accounts.viewer import SignedIn, Viewer
from dianping.acts import (
    asking,
    filing,
    forecasting,
    hearing,
    kept_files,
    letters,
    notice_files,
    offline,
    person_file,
    poll_slips,
    reopening,
    uploads,
)
from dianping.base.windows import Window
from dianping.bulletins import services as bulletins
from dianping.common.audit import SYSTEM, Actor, Operator
from dianping.common.refusal import Refusal
from dianping.duties import services as duties
from dianping.duties.models import Duty
from dianping.duties.selectors import duties_below
from dianping.ledgers.selectors.scope import LedgerScope
from dianping.ledgers.services import close_ledgers
from dianping.notices import services as notices
from dianping.opinions import services as opinions
from dianping.opinions.models import Poll
from dianping.opinions.selectors.cover import lists_of
from dianping.opinions.services import ticking as merging
from dianping.orgs import services as orgs
from dianping.orgs.models import Charge, Membership, Organisation, Person
from dianping.orgs.selectors.posts import holder_on
from dianping.programmes import services as programmes
from dianping.programmes.models import Adoption
from dianping.programmes.rules import EntryRule
from dianping.programmes.shelf import programme_text
from dianping.rectification import services as rectification
from dianping.rectification.models import Item
from dianping.rectification.services import enclosing, evidence
from dianping.reviews import services as reviews
from dianping.reviews.models import Draw, Review
from dianping.reviews.selectors import candidates_for
from tests import factories
from tests.factories import ACTOR, University
from tests.opinions.polling import AFTER, CLOSES, OPENS, Polling, answer, office, poll_about
from tests.orgs.roster_book import BASE, LIBRARY
from tests.pages import polls
from tests.pages.test_offline_round_trip import fill
from tests.reviews.telling import (
    NEW_YEAR,
    OTHER,
    OWN,
    at,
    duty_about,
    item_of,
    take_step,
    target_of,
    tell,
    words,
)

DAY = NEW_YEAR
QUARTER = Window(date(2011, 1, 1), date(2011, 3, 31))
FACTS = "每月到实验室听一次意见，当场答复，答复不了的一周内回话。"
LETTER = "关于报送总结的通知\n各党支部：\n一、请于2011年3月1日前将总结报党委办公室。"
NOTICE = (
    "中共云岭大学委员会关于做好点评工作的通知\n云岭党发〔2011〕9号\n各党支部：\n"
    "一、党支部书记每季度对党员点评一次。\n中共云岭大学委员会\n2011年1月4日"
)


@dataclass
class World:
    """The university with its duties opened, and one account for everybody in the table.

    wen: 党务干事 of 文学院; zong: of the whole university; shangguan: 上级办公室; shen: 查阅人; qiu: 党务干事 of 理学院; bian: secretary of
    a branch of 理学院; ning, qi, gan: secretaries of 文学院教工党支部, 文学院, 云岭大学; lu: an account with nothing.
    """

    place: University
    folder: Path = Path()  # what is written for a call, outside the data folder

    @cached_property
    def users(self) -> dict[str, User]:
        place, clerk = self.place, Grant.Role.CLERK
        found = {
            "wen": office("wen", clerk, place.letters),
            "shangguan": office("shangguan", Grant.Role.SUPERIOR, place.top),
            "zong": office("zong", clerk, place.top),
            "qiu": office("qiu", clerk, place.sciences),
            "shen": office("shen", Grant.Role.AUDITOR, place.top),
            "lu": factories.account(username="lu"),
        }
        people = {"ning": "宁守真", "qi": "祁文", "gan": "甘远山", "bian": "边望川"}
        return found | {
            name: factories.account(place.people[who], username=name) for name, who in people.items()
        }

    def actor(self, name: str, day: date = DAY) -> Actor:
        """Somebody signed in, whose rights were looked up already, as a page would have done."""
        viewer = Viewer(User.objects.get(pk=self.users[name].pk), day)
        assert viewer.read_paths is not None
        assert viewer.post_ids is not None
        return viewer.actor

    # ---- what is acted on

    @property
    def review(self) -> Review:
        """Of 冉小禾 by 宁守真, with one problem."""
        return tell(duty_about(self.place.letters_staff, "member", person=self.place.people["冉小禾"]))

    @property
    def item(self) -> Item:
        """A problem of the branch of 文学院, named by its committee's secretary."""
        return item_of(tell(duty_about(self.place.letters_staff, "branch")))

    def stepped(self, *steps: str) -> Item:
        item = self.item
        for step in steps:
            item = take_step(item, step, actor=OTHER if step in ("close", "return") else ACTOR)
        return item

    def case(self, *, checked: bool = False, agreed: bool = False) -> Any:
        by = Operator("wen")
        given: dict[str, Any] = {"kind": "practice", "title": "意见当场答复", "facts": FACTS, "today": DAY}
        case = bulletins.raise_case(review=self.review, **given, actor=by)
        if agreed:
            case = bulletins.note_agreement(case=case, on=DAY, version=case.version, today=DAY, actor=by)
        if checked:
            case = bulletins.confirm_case(case=case, words="", version=case.version, today=DAY, actor=OTHER)
        return case

    def bulletin(self, *, issued: bool = False) -> Any:
        given: dict[str, Any] = {"period": QUARTER, "circle": ["党支部"], "today": DAY}
        found = bulletins.draft_bulletin(organisation=self.place.letters, **given, actor=ACTOR)
        if issued:
            found = bulletins.issue_bulletin(bulletin=found, version=found.version, today=DAY, actor=OTHER)
        return found

    def notice(self, place: Organisation | None = None, text: str = LETTER) -> Any:
        return notices.enter_notice(
            text=text, organisation=place or self.place.letters, today=DAY, actor=ACTOR
        )

    @property
    def planned(self) -> Polling:
        return poll_about(self.place)

    @property
    def frozen(self) -> Polling:
        found = self.planned
        found.freeze()
        return found

    @property
    def ready(self) -> Polling:
        found = self.frozen
        found.take_keys()
        return found

    @property
    def filled(self) -> Polling:
        found = self.ready
        found.issue()
        for code in found.codes[0]:
            answer(found, code)
        return found

    @property
    def occasion(self) -> Any:
        people = [self.place.people["冉小禾"], self.place.people["祁文"]]
        plan = reviews.OccasionPlan("支部党员大会", DAY, "会议室", "一、通报\n二、点评")
        return reviews.plan_occasion(
            plan=plan, organisation=self.place.letters_staff, reviewed=people, actor=ACTOR
        )

    def draw(self, *, sealed: bool = False) -> Draw:
        found = reviews.call_draw(**self.calling, actor=ACTOR)
        for side, name in (("superior", "zong"), ("own", "qi")) if sealed else ():
            found = reviews.seal_draw(
                draw=found,
                side=side,
                sealed=reviews.sealed_with(found, side, SEEDS[side]),
                day=DAY,
                actor=self.actor(name),
            )
        return found

    @property
    def calling(self) -> dict[str, Any]:
        return {
            "organisation": self.place.letters,
            "superior": self.place.top,
            "about": "member",
            "purpose": "随机点评",
            "places": 1,
            "candidates": candidates_for(self.place.letters, "member", day=DAY),
            "on": DAY,
        }


SEEDS = {"superior": "00112233445566778899aabbccddeeff", "own": "ffeeddccbbaa99887766554433221100"}


@dataclass(frozen=True)
class Row:
    """One legitimate call of a service.

    `made` lays out what is acted on and gives the call, which wants whoever acts. `rightful` may make it; "" for the shell alone.
    `also` names others of the table who may as well, "ended" where the right follows the person and no role. `day`: as which day it is.
    """

    service: str
    rightful: str
    made: Callable[[World], Callable[[Actor], Any]]
    also: frozenset[str] = frozenset()
    day: date = DAY


ROWS: list[Row] = []


def row(service: str, rightful: str, *also: str, day: date = DAY) -> Callable[[Any], Any]:
    """Put a builder into the table."""

    def put(made: Callable[[World], Callable[[Actor], Any]]) -> Any:
        ROWS.append(Row(service, rightful, made, frozenset(also), day))
        return made

    return put


def plain(service: str, rightful: str, *also: str, day: date = DAY) -> Callable[[Any], Any]:
    """The same for a builder that gives the function and what it is given besides the actor."""

    def put(made: Callable[[World], tuple[Callable[..., Any], dict[str, Any]]]) -> Any:
        def called(world: World) -> Callable[[Actor], Any]:
            function, given = made(world)
            return lambda actor: function(**given, actor=actor)

        ROWS.append(Row(service, rightful, called, frozenset(also), day))
        return made

    return put


SUPERIOR, AUDITOR = "shangguan", "shen"


# ---- accounts

PAPER = accounts.Printing("https://dp.example.cn/activate/", DAY)


@plain("accounts.add_account", "")
def _(w: World) -> Any:
    return accounts.add_account, {
        "username": "xin",
        "password": factories.PASSWORD,
        "name": "新",
        "person": None,
    }


@plain("accounts.grant_role", "wen")
def _(w: World) -> Any:
    given = {"role": Grant.Role.CLERK, "organisation": w.place.letters, "since": DAY}
    return accounts.grant_role, {"user": w.users["ning"]} | given


@plain("accounts.end_role", "zong")
def _(w: World) -> Any:
    given = {"role": Grant.Role.CLERK, "organisation": w.place.sciences, "on": DAY}
    return accounts.end_role, {"user": w.users["qiu"]} | given


@plain("accounts.renew_password", "")
def _(w: World) -> Any:
    return accounts.renew_password, {"user": w.users["lu"], "password": "another-plain-word", "day": DAY}


@plain("accounts.change_password", "wen", "ended")
def _(w: World) -> Any:
    return accounts.change_password, {"user": w.users["wen"], "password": "another-plain-word", "day": DAY}


@plain("accounts.set_open", "wen")
def _(w: World) -> Any:
    return accounts.set_open, {"user": w.users["ning"], "is_open": False, "day": DAY}


@plain("accounts.open_account", "")
def _(w: World) -> Any:
    given = {"username": "xin", "password": factories.PASSWORD, "name": "新", "person": None, "day": DAY}
    return accounts.open_account, given | {"roles": [(Grant.Role.CLERK, w.place.letters)]}


@plain("accounts.change_account", "")
def _(w: World) -> Any:
    given = {"role": Grant.Role.CLERK, "is_open": False, "password": "another-plain-word", "day": DAY}
    return accounts.change_account, {"user": w.users["qiu"], "organisation": None} | given


@plain("accounts.open_seats", "wen")
def _(w: World) -> Any:
    return accounts.open_seats, {"organisation": w.place.letters, "again": False, "printing": PAPER}


@plain("accounts.open_person", "wen")
def _(w: World) -> Any:
    return accounts.open_person, {"person": w.place.people["齐放"], "printing": PAPER}


@plain("accounts.open_office", "wen")
def _(w: World) -> Any:
    given = {"name": "新干事", "role": Grant.Role.CLERK, "organisation": w.place.letters_staff}
    return accounts.open_office, given | {"printing": PAPER}


@plain("accounts.renew_slip", "wen")
def _(w: World) -> Any:
    return accounts.renew_slip, {"user": w.users["ning"], "printing": PAPER}


# ---- organisations and people


@plain("orgs.found_organisation", "zong")
def _(w: World) -> Any:
    given = {"code": "N1", "name": "新支部", "kind": "党支部", "unit_kind": "高校", "founded": DAY}
    return orgs.found_organisation, given | {"parent": w.place.letters}


@plain("orgs.place_under", "zong")
def _(w: World) -> Any:
    given = {"organisation": w.place.letters_staff, "parent": w.place.offices, "on": DAY}
    return orgs.place_under, given


@plain("orgs.dissolve_organisation", "zong")
def _(w: World) -> Any:
    new = factories.organisation("空支部", "党支部", w.place.letters)
    return orgs.dissolve_organisation, {"organisation": new, "on": DAY, "successor": None}


@plain("orgs.merge_organisations", "zong")
def _(w: World) -> Any:
    return orgs.merge_organisations, {
        "merged": [w.place.letters_students],
        "into": w.place.letters_staff,
        "on": DAY,
    }


@plain("orgs.split_organisation", "zong")
def _(w: World) -> Any:
    leaving = list(Membership.objects.filter(organisation=w.place.letters_staff)[:1])
    given = {"organisation": w.place.letters_staff, "code": "N2", "name": "第二支部", "leaving": leaving}
    return orgs.split_organisation, given | {"on": DAY}


@plain("orgs.appoint", "zong")
def _(w: World) -> Any:
    seat = factories.secretarys_seat(w.place.letters_staff)
    return orgs.appoint, {"person": w.place.people["冉小禾"], "post": seat, "since": DAY}


@plain("orgs.open_seat", "zong")
def _(w: World) -> Any:
    return orgs.open_seat, {"organisation": w.place.letters_staff, "role": "leader", "title": "委员"}


@plain("orgs.retitle", "zong")
def _(w: World) -> Any:
    return orgs.retitle, {"post": factories.secretarys_seat(w.place.letters_staff), "title": "支书"}


@plain("orgs.revive_organisation", "zong")
def _(w: World) -> Any:
    return orgs.revive_organisation, {"organisation": w.place.letters_staff}


_MEMBER = {
    "name": "新来的",
    "sex": "",
    "born": None,
    "identity": "",
    "employee_no": "",
    "standing": "正式党员",
}


@plain("orgs.join_member", "zong")
def _(w: World) -> Any:
    return orgs.join_member, {"organisation": w.place.letters_staff, "on": DAY, **_MEMBER}


@plain("orgs.correct_member", "zong")
def _(w: World) -> Any:
    return orgs.correct_member, {"person": w.place.people["冉小禾"], "mobile_to": "", **_MEMBER}


@plain("orgs.vacate", "zong")
def _(w: World) -> Any:
    return orgs.vacate, {"post": factories.secretarys_seat(w.place.letters_staff), "on": DAY}


@plain("orgs.put_in_charge", "zong")
def _(w: World) -> Any:
    given = {"organisation": w.place.letters_students, "kind": Charge.Kind.CONTACT, "since": DAY}
    return orgs.put_in_charge, given | {"post": w.place.leaders["苏岩"]}


@plain("orgs.end_charge", "zong")
def _(w: World) -> Any:
    charge = Charge.objects.filter(post=w.place.leaders["苏岩"], until=None).first()
    return orgs.end_charge, {"charge": charge, "on": DAY}


@plain("orgs.transfer_member", "zong")
def _(w: World) -> Any:
    given = {"person": w.place.people["冉小禾"], "to": w.place.letters_students, "on": DAY}
    return orgs.transfer_member, given


@plain("orgs.leave", "zong")
def _(w: World) -> Any:
    return orgs.leave, {"person": w.place.people["冉小禾"], "on": DAY, "reason": "转出"}


def _roster(w: World) -> Path:
    """A roster that names the university's organisations as they are called here."""
    called = {LIBRARY: w.place.library.name}
    book = {
        sheet: [{head: called.get(cell, cell) for head, cell in line.items()} for line in lines]
        for sheet, lines in BASE.items()
    }
    return factories.write_roster(w.folder / "名册.xlsx", **book)


@plain("orgs.plan_roster", "zong")
def _(w: World) -> Any:
    return orgs.plan_roster, {"path": _roster(w)}


@plain("orgs.take_roster", "zong")
def _(w: World) -> Any:
    plan = orgs.plan_roster(path=_roster(w), actor=SYSTEM)
    return orgs.take_roster, {"plan": plan, "as_of": DAY, "confirmed": plan.to_confirm}


def _taken(w: World) -> Any:
    """An import that was just taken."""
    plan = orgs.plan_roster(path=_roster(w), actor=SYSTEM)
    return orgs.take_roster(plan=plan, as_of=DAY, actor=SYSTEM, confirmed=plan.to_confirm)


@plain("orgs.look_back", "zong")
def _(w: World) -> Any:
    return orgs.look_back, {"taken": _taken(w)}


@plain("orgs.undo_roster", "zong")
def _(w: World) -> Any:
    return orgs.undo_roster, {"taken": _taken(w), "on": DAY}


@plain("orgs.lead_back", "zong")
def _(w: World) -> Any:
    taken, _later = _taken(w), _taken(w)  # an earlier import cannot be undone whole
    way = orgs.look_back(taken=taken, actor=SYSTEM)
    return orgs.lead_back, {"taken": taken, "lines": [step.line for step in way.steps], "on": DAY}


# ---- notices and programmes


@plain("notices.enter_notice", "wen")
def _(w: World) -> Any:
    return notices.enter_notice, {"text": LETTER, "organisation": w.place.letters, "today": DAY}


@plain("notices.decide_line", "wen")
def _(w: World) -> Any:
    line = w.notice().lines.order_by("pk").first()
    given = {"state": "accepted", "changes": {}, "version": line.version, "today": DAY}
    return notices.decide_line, {"line": line} | given


@plain("notices.add_line", "wen")
def _(w: World) -> Any:
    notice = w.notice()
    given = {"kind": "demand", "words": notice.text.strip()[:6], "values": {"about": "要求"}, "today": DAY}
    return notices.add_line, {"notice": notice} | given


@plain("notices.correct_head", "wen")
def _(w: World) -> Any:
    given = {"title": "标题", "number": "", "issuer": "", "kind": "", "addressees": "", "dated": DAY}
    return notices.correct_head, {"notice": w.notice()} | given


@plain("notices.accept_rest", "wen")
def _(w: World) -> Any:
    return notices.accept_rest, {"notices": [w.notice()], "today": DAY}


@plain("notices.send_to", "wen")
def _(w: World) -> Any:
    return notices.send_to, {"notice": w.notice(), "organisations": [w.place.letters_staff]}


@plain("notices.sign_for", "ning")
def _(w: World) -> Any:
    notice = w.notice()
    notices.send_to(notice=notice, organisations=[w.place.letters_staff], actor=ACTOR)
    return notices.sign_for, {"notice": notice, "organisation": w.place.letters_staff, "moment": at(DAY)}


@plain("programmes.adopt_programme", "zong")
def _(w: World) -> Any:
    return programmes.adopt_programme, {
        "text": programme_text("school-2010-1"),
        "organisation": w.place.top,
        "today": DAY,
    }


@plain("programmes.enter_criteria", "zong")
def _(w: World) -> Any:
    given = {
        "name": "五个好",
        "about": "organisation",
        "items": ["领导班子好"],
        "source": "本校",
        "today": DAY,
    }
    return programmes.enter_criteria, {"organisation": w.place.top} | given


@plain("programmes.end_criteria", "zong")
def _(w: World) -> Any:
    given = {"name": "五个好", "about": "member", "items": ["带头"], "source": "本校", "today": DAY}
    row = programmes.enter_criteria(organisation=w.place.top, actor=ACTOR, **given)
    return programmes.end_criteria, {"criteria": row, "today": DAY}


@plain("programmes.end_adoption", "zong")
def _(w: World) -> Any:
    own = Adoption.objects.get(code="school-2010-1")
    return programmes.end_adoption, {"adoption": own, "on": date(2011, 3, 1)}


@plain("programmes.renew_adoption", "zong")
def _(w: World) -> Any:
    Adoption.objects.filter(code="school-2010-1").update(digest="an older text")
    return programmes.renew_adoption, {"name": "school-2010-1", "organisation": w.place.top, "today": DAY}


@plain("programmes.amend_adoption", "zong")
def _(w: World) -> Any:
    own = Adoption.objects.get(code="school-2010-1")
    given = {"text": own.text, "number": "云岭党发〔2011〕9号", "on": date(2011, 3, 1), "today": DAY}
    return programmes.amend_adoption, {"adoption": own} | given


def _to_adopt(w: World) -> Any:
    corrected = notices.HeadCorrection(
        number="云岭党发〔2011〕9号", dated=date(2011, 1, 4), issuer="中共云岭大学委员会"
    )
    found = notices.enter_notice(
        text=NOTICE, organisation=w.place.top, today=DAY, actor=ACTOR, corrected=corrected
    )
    notices.accept_rest(notices=[found], today=DAY, actor=ACTOR)
    return found


@plain("programmes.adopt_notice", "zong")
def _(w: World) -> Any:
    return programmes.adopt_notice, {"notice": _to_adopt(w), "today": DAY}


@plain("acts.forecast", "zong")
def _(w: World) -> Any:
    return forecasting.forecast, {"notice": _to_adopt(w), "day": DAY, "today": DAY}


@plain("acts.draft_letter", "wen")
def _(w: World) -> Any:
    return letters.draft_letter, {"notice": w.notice(), "today": DAY}


@plain("acts.keep_file", "wen")
def _(w: World) -> Any:
    def keep(*, actor: Actor) -> Any:
        file = SimpleUploadedFile("通知.txt", "通知".encode())
        return notice_files.keep_file(file, organisation=w.place.letters, reader=None, actor=actor)

    return keep, {}


# ---- duties and ledgers


@plain("duties.open_duties", "zong")
def _(w: World) -> Any:
    return duties.open_duties, {"day": DAY}


@plain("duties.count_tallies", "zong")
def _(w: World) -> Any:
    return duties.count_tallies, {"day": DAY}


@plain("duties.hand_in_paper", "wen")
def _(w: World) -> Any:
    paper = Duty.objects.filter(organisation=w.place.letters, kind="paper").order_by("pk")[0]
    return duties.hand_in_paper, {"duty": paper, "on": DAY, "today": DAY, "rule": EntryRule()}


def _handing(w: World) -> dict[str, Any]:
    to = factories.secretarys_seat(w.place.letters)
    given = {"to_post": to, "holder": holder_on(to, day=DAY), "why": "出差", "on": DAY}
    return given | {"from_post": factories.secretarys_seat(w.place.letters_staff)}


@plain("duties.hand_over", "wen")
def _(w: World) -> Any:
    return duties.hand_over, _handing(w)


@plain("duties.take_back_handover", "wen")
def _(w: World) -> Any:
    handed = duties.hand_over(**_handing(w), actor=factories.ACTOR)
    return duties.take_back_handover, {"handover": handed, "on": DAY}


@row("ledgers.close_ledgers", "wen")
def _(w: World) -> Any:
    scope = LedgerScope(w.place.letters, QUARTER, DAY)
    folder = w.folder
    return lambda actor: list(
        close_ledgers(scope=scope, folder=folder, kinds=(), moment=at(DAY), actor=actor)
    )


# ---- reviews


def _about_ran(w: World) -> dict[str, Any]:
    duty = duty_about(w.place.letters_staff, "member", person=w.place.people["冉小禾"])
    return target_of(duty, on=DAY) | {"said": words(), "version": 0}


@plain("reviews.save_draft", "ning")
def _(w: World) -> Any:
    return reviews.save_draft, _about_ran(w)


@plain("reviews.save_draft", "wen")
def _(w: World) -> Any:
    return reviews.save_draft, _about_ran(w)


@plain("reviews.file_review", "ning")
def _(w: World) -> Any:
    return reviews.file_review, _about_ran(w) | {"moment": at(DAY)}


@plain("acts.file_and_follow", "ning")
def _(w: World) -> Any:
    return filing.file_and_follow, _about_ran(w) | {"moment": at(DAY)}


@plain("reviews.take_note", "ning")
def _(w: World) -> Any:
    told = {name: value for name, value in _about_ran(w).items() if name not in ("said", "version")}
    told["writer"] = told.pop("reviewer")
    return reviews.take_note, told | {"happened_on": DAY, "text": "谈了一次", "moment": at(DAY)}


@plain("reviews.answer_review", "wen")
def _(w: World) -> Any:
    given = {"text": "接受", "on_behalf": True, "moment": at(DAY)}
    return reviews.answer_review, {"review": w.review} | given


@plain("reviews.answer_review", "ning", "ended")
def _(w: World) -> Any:
    about = tell(duty_about(w.place.letters_staff, "branch_secretary"))
    return reviews.answer_review, {"review": about, "text": "接受", "on_behalf": False, "moment": at(DAY)}


@plain("reviews.confirm_review", "ning", "ended")
def _(w: World) -> Any:
    return reviews.confirm_review, {"review": w.review, "moment": at(DAY)}


@plain("reviews.correct_review", "ning")
def _(w: World) -> Any:
    review = w.review
    given = {"changes": {"direction": "多走访。"}, "why": "笔误", "version": review.version}
    return reviews.correct_review, {"review": review} | given | {"moment": at(DAY)}


@plain("reviews.reopen_review", "wen")
def _(w: World) -> Any:
    return reviews.reopen_review, {"review": w.review, "why": "写错了人", "moment": at(DAY)}


@plain("acts.reopen_and_withdraw", "wen")
def _(w: World) -> Any:
    return reopening.reopen_and_withdraw, {"review": w.review, "why": "写错了人", "moment": at(DAY)}


@plain("reviews.plan_occasion", "ning")
def _(w: World) -> Any:
    plan = reviews.OccasionPlan("支部党员大会", DAY)
    return reviews.plan_occasion, {"plan": plan, "organisation": w.place.letters_staff, "reviewed": []}


@plain("reviews.note_attendance", "wen")
def _(w: World) -> Any:
    found = w.occasion
    return reviews.note_attendance, {"occasion": found, "present": {}, "version": found.version}


@plain("reviews.note_came", "wen")
def _(w: World) -> Any:
    return reviews.note_came, {"occasion": w.occasion, "person": w.place.people["冉小禾"]}


def _hearing_owed() -> Duty:
    return Duty.objects.select_related("window", "organisation").get(kind="hearing")


@plain("reviews.plan_hearing", "gan")
def _(w: World) -> Any:
    plan = reviews.OccasionPlan("听取汇报", date(2011, 1, 14), "报告厅")
    return reviews.plan_hearing, {"duty": _hearing_owed(), "plan": plan}


@plain("acts.note_who_came", "zong")
def _(w: World) -> Any:
    plan = reviews.OccasionPlan("听取汇报", date(2011, 1, 14), "报告厅")
    found = reviews.plan_hearing(duty=_hearing_owed(), plan=plan, actor=ACTOR)
    given = {"occasion": found, "present": {}, "version": found.version, "today": date(2011, 1, 14)}
    return hearing.note_who_came, given


@plain("acts.name_problems", "zong")
def _(w: World) -> Any:
    plan = reviews.OccasionPlan("听取汇报", date(2011, 1, 14), "报告厅")
    found = reviews.plan_hearing(duty=_hearing_owed(), plan=plan, actor=ACTOR)
    row = found.attendance.select_related("occasion", "organisation").get(organisation__code="YL01")
    given = {"row": row, "texts": ["台账不全"], "due": None, "moment": at(date(2011, 1, 14))}
    return hearing.name_problems, given


@plain("reviews.draw_turns", "ning")
def _(w: World) -> Any:
    return reviews.draw_turns, {"occasion": w.occasion, "seed": "a1"}


@plain("reviews.go_to_step", "ning")
def _(w: World) -> Any:
    return reviews.go_to_step, {"occasion": w.occasion, "step": 1, "was": 0}


@plain("reviews.call_draw", "zong")
def _(w: World) -> Any:
    return reviews.call_draw, w.calling


@plain("reviews.seal_draw", "zong")
def _(w: World) -> Any:
    draw = w.draw()
    sealed = reviews.sealed_with(draw, "superior", SEEDS["superior"])
    return reviews.seal_draw, {"draw": draw, "side": "superior", "sealed": sealed, "day": DAY}


@plain("reviews.reveal_seed", "zong")
def _(w: World) -> Any:
    given = {"side": "superior", "seed": SEEDS["superior"], "on": DAY}
    return reviews.reveal_seed, {"draw": w.draw(sealed=True)} | given


@plain("reviews.reveal_seed", "qi")
def _(w: World) -> Any:
    draw = reviews.reveal_seed(
        draw=w.draw(sealed=True), side="superior", seed=SEEDS["superior"], on=DAY, actor=ACTOR
    )
    return reviews.reveal_seed, {"draw": draw, "side": "own", "seed": SEEDS["own"], "on": DAY}


@plain("reviews.close_withheld", "zong")
def _(w: World) -> Any:
    draw = reviews.reveal_seed(
        draw=w.draw(sealed=True), side="superior", seed=SEEDS["superior"], on=DAY, actor=ACTOR
    )
    return reviews.close_withheld, {"draw": draw, "on": date(2011, 3, 1)}


@plain("reviews.void_draw", "zong")
def _(w: World) -> Any:
    return reviews.void_draw, {"draw": w.draw(), "why": "名单有误", "on": DAY}


@plain("acts.write_template", "wen")
def _(w: World) -> Any:
    path = w.folder / "离线.xlsx"
    given = {"path": path, "title": "离线登记表", "moment": at(DAY)}
    return offline.write_template, {"duties": duties_below(w.place.letters.path)} | given


@row("acts.take_reviews", "wen")
def _(w: World) -> Any:
    duty = duty_about(w.place.letters_staff, "member", person=w.place.people["冉小禾"])
    path = w.folder / "离线.xlsx"
    given: dict[str, Any] = {"title": "离线登记表", "moment": at(DAY), "actor": SYSTEM}
    offline.write_template(duties=Duty.objects.filter(pk=duty.pk), path=path, **given)
    fill(path, "冉小禾")

    def take(actor: Actor) -> Any:
        found = offline.take_reviews(
            path=path, duties=lambda pk: Duty.objects.get(pk=pk), moment=at(DAY), actor=actor
        )
        if found.problems:  # whoever may bring reviews is told of each row he may not write
            assert found.filed == 0
            told = str(found.problems[0])
            raise Refusal(told, code="rights.not-yours" if "不在其中" in told else "another")
        return found

    return take


# ---- problems, reports, talks


@plain("rectification.move_item", "wen", SUPERIOR)
def _(w: World) -> Any:
    item = w.item
    given = {"step": "unresolved", "moved": rectification.StepInput("没有改"), "version": item.version}
    return rectification.move_item, {"item": item, "moment": at(DAY)} | given


@plain("rectification.move_item", "qi", SUPERIOR)
def _(w: World) -> Any:
    item = w.stepped("plan", "request")
    given = {"step": "close", "moved": rectification.StepInput("属实"), "version": item.version}
    return rectification.move_item, {"item": item, "moment": at(DAY)} | given


@plain("rectification.move_item", "ning", "ended")
def _(w: World) -> Any:
    item = w.item
    moved = rectification.StepInput(measure="每月走访一次", due=item.due)
    return rectification.move_item, {
        "item": item,
        "step": "plan",
        "moved": moved,
        "version": item.version,
        "moment": at(DAY),
    }


@plain("rectification.ask_extension", "ning", "ended")
def _(w: World) -> Any:
    item = w.stepped("plan")
    given = {"until": date(2011, 3, 20), "reason": "材料还没有齐", "version": item.version}
    return rectification.ask_extension, {"item": item, "moment": at(DAY)} | given


@plain("rectification.answer_extension", "wen", SUPERIOR)
def _(w: World) -> Any:
    item = w.stepped("plan")
    extension = rectification.ask_extension(
        item=item,
        until=date(2011, 3, 20),
        reason="材料还没有齐",
        version=item.version,
        moment=at(DAY),
        actor=ACTOR,
    )
    given = {"granted": True, "until": None, "words": "", "version": Item.objects.get(pk=item.pk).version}
    return rectification.answer_extension, {"extension": extension, "moment": at(DAY)} | given


def _talk(w: World) -> dict[str, Any]:
    talk = rectification.Talk(DAY, date(2011, 2, 1), "没有整改", "限期整改", "马上改")
    return {"organisation": w.place.letters_staff, "talk": talk, "items": [], "moment": at(DAY)}


@plain("rectification.hold_admonition", "qi", SUPERIOR)
def _(w: World) -> Any:
    return rectification.hold_admonition, _talk(w)


@plain("rectification.settle_admonition", "wen", SUPERIOR)
def _(w: World) -> Any:
    held = rectification.hold_admonition(**_talk(w), actor=OTHER)
    given = {"outcome": "已全部改完", "moment": at(date(2011, 1, 20))}
    return rectification.settle_admonition, {"admonition": held} | given


@plain("rectification.file_report", "ning")
def _(w: World) -> Any:
    report = w.stepped("unresolved").report
    assert report is not None
    Duty.objects.filter(pk=report.pk).update(opens=DAY)
    report.refresh_from_db()
    text = "一、走访太少：人手不够，二月起每月两次，三月底前补齐。"
    return rectification.file_report, {"duty": report, "text": text, "moment": at(DAY), "own": OWN}


@plain("rectification.note_reading", "qi")
def _(w: World) -> Any:
    report = w.stepped("unresolved").report
    assert report is not None
    Duty.objects.filter(pk=report.pk).update(opens=DAY)
    report.refresh_from_db()
    text = "一、走访太少：人手不够，二月起每月两次，三月底前补齐。"
    filed = rectification.file_report(duty=report, text=text, moment=at(DAY), own=OWN, actor=OTHER)
    return rectification.note_reading, {"report": filed, "today": DAY}


@row("rectification.keep_evidence", "wen", SUPERIOR)
@row("rectification.keep_evidence", "ning", "ended", SUPERIOR)
def _(w: World) -> Any:
    item = w.item

    def keep(actor: Actor) -> Any:
        file = SimpleUploadedFile("整改后.txt", "改好了".encode())
        return evidence.keep_evidence(item=item, before=[], after=[file], reader=None, actor=actor)

    return keep


@row("rectification.enclose", "ning")
def _(w: World) -> Any:
    review = w.review

    def keep(actor: Actor) -> Any:
        file = SimpleUploadedFile("扫描件.txt", "签过字的登记表".encode())
        return enclosing.enclose(record=review, files=[file], reader=None, on=DAY, actor=actor)

    return keep


@row("acts.kept_file", "ning", "ended", SUPERIOR, AUDITOR)
def _(w: World) -> Any:
    item, file = w.item, SimpleUploadedFile("整改后.txt", "改好了".encode())
    shown = evidence.keep_evidence(item=item, before=[], after=[file], reader=None, actor=ACTOR)
    item = take_step(item, "progress", shown=shown, actor=ACTOR)
    found = item.progress.get().files.get()
    return lambda actor: kept_files.kept_file(
        found, about=f"item:{item.pk}", path=item.path, actor=actor
    ).close()


@row("acts.kept_file", "wen", SUPERIOR, AUDITOR)
def _(w: World) -> Any:
    file = SimpleUploadedFile("通知.txt", "通知".encode())
    kept = notice_files.keep_file(file, organisation=w.place.letters, reader=None, actor=ACTOR)
    notice = notices.enter_notice(
        text=LETTER, organisation=w.place.letters, today=DAY, actor=ACTOR, files=[kept]
    )
    found = notice.attachments.get()
    return lambda actor: kept_files.kept_file(
        found, about=f"notice:{notice.pk}", path=notice.path, actor=actor
    ).close()


@row("acts.print_person_file", "ning", SUPERIOR, AUDITOR)
def _(w: World) -> Any:
    review = w.review
    person: Person = w.place.people["冉小禾"]
    assert review.person == person

    def printed(actor: Actor) -> Any:
        if not isinstance(actor, SignedIn):
            raise Refusal("没有登录。", code="rights.not-yours")  # it is a viewer's, and nobody else has one
        return person_file.print_person_file(person=person, viewer=actor.looking)

    return printed


@row("acts.keep_upload", "zong")
def _(w: World) -> Any:
    return lambda actor: uploads.keep_upload(actor, SimpleUploadedFile("名册.csv", b"x"))


# ---- bulletins and cases


@plain("bulletins.draft_bulletin", "wen")
def _(w: World) -> Any:
    given = {"period": QUARTER, "circle": ["党支部"], "today": DAY}
    return bulletins.draft_bulletin, {"organisation": w.place.letters} | given


@plain("bulletins.amend_bulletin", "wen")
def _(w: World) -> Any:
    found = w.bulletin()
    draft = bulletins.BulletinDraft("通报", "已经办了。", ("党支部",))
    return bulletins.amend_bulletin, {"bulletin": found, "draft": draft, "version": found.version}


@plain("bulletins.issue_bulletin", "qi", SUPERIOR)
def _(w: World) -> Any:
    found = w.bulletin()
    return bulletins.issue_bulletin, {"bulletin": found, "version": found.version, "today": DAY}


@plain("bulletins.return_bulletin", "qi", SUPERIOR)
def _(w: World) -> Any:
    found = w.bulletin()
    return bulletins.return_bulletin, {"bulletin": found, "words": "太长", "version": found.version}


@plain("bulletins.withdraw_bulletin", "wen", SUPERIOR)
def _(w: World) -> Any:
    found = w.bulletin(issued=True)
    given = {"why": "数字有误", "version": found.version, "today": DAY}
    return bulletins.withdraw_bulletin, {"bulletin": found} | given


@plain("bulletins.correct_bulletin", "wen")
def _(w: World) -> Any:
    return bulletins.correct_bulletin, {"bulletin": w.bulletin(issued=True), "today": DAY}


@plain("acts.bulletin_letter", "wen", SUPERIOR)
def _(w: World) -> Any:
    return letters.bulletin_letter, {"bulletin": w.bulletin(), "today": DAY}


@plain("bulletins.raise_case", "ning")
def _(w: World) -> Any:
    given = {"kind": "practice", "title": "意见当场答复", "facts": FACTS, "today": DAY}
    return bulletins.raise_case, {"review": w.review} | given


@plain("bulletins.amend_case", "wen")
def _(w: World) -> Any:
    case = w.case()
    return bulletins.amend_case, {"case": case, "title": "当场答复", "facts": FACTS, "version": case.version}


@plain("bulletins.confirm_case", "zong", SUPERIOR)
def _(w: World) -> Any:
    case = w.case()
    return bulletins.confirm_case, {"case": case, "words": "", "version": case.version, "today": DAY}


@plain("bulletins.return_case", "zong", SUPERIOR)
def _(w: World) -> Any:
    case = w.case()
    return bulletins.return_case, {"case": case, "words": "写明时间", "version": case.version}


@plain("bulletins.note_agreement", "wen")
def _(w: World) -> Any:
    case = w.case()
    return bulletins.note_agreement, {"case": case, "on": DAY, "version": case.version, "today": DAY}


@plain("bulletins.withdraw_case", "wen")
def _(w: World) -> Any:
    case = w.case()
    return bulletins.withdraw_case, {"case": case, "why": "撤回", "version": case.version, "today": DAY}


@plain("bulletins.publish_case", "wen")
def _(w: World) -> Any:
    case = w.case(checked=True, agreed=True)
    given = {"publisher": w.place.letters, "circle": ["党支部"], "version": case.version, "today": DAY}
    return bulletins.publish_case, {"case": case} | given


# ---- polls


@plain("opinions.plan_poll", "wen")
def _(w: World) -> Any:
    plan = opinions.PollPlan(
        title="征求意见",
        form=w.planned.poll.sheet,
        opens=OPENS,
        closes=CLOSES,
        about=(opinions.SubjectPlan(w.place.letters),),
        asked=(opinions.GroupPlan("群众", inside=False, size=12),),
    )
    return opinions.plan_poll, {"organisation": w.place.letters, "plan": plan}


@plain("opinions.freeze_poll", "wen")
def _(w: World) -> Any:
    found = w.planned
    given = {"unit": found.unit, "superior": found.superior, "today": OPENS}
    return opinions.freeze_poll, {"poll": found.poll, "version": found.poll.version} | given


@plain("opinions.confirm_lists", SUPERIOR)
def _(w: World) -> Any:
    poll = w.frozen.fresh()
    held = {one.number: opinions.ListCheck(one.size, "名册") for one in lists_of(poll)}
    return opinions.confirm_lists, {"poll": poll, "held": held, "today": OPENS}


@plain("opinions.take_key", SUPERIOR)
def _(w: World) -> Any:
    found = w.frozen
    found.confirm()
    return opinions.take_key, {"poll": found.fresh(), "replaces": "", "today": OPENS}


@plain("opinions.issue_slips", "zong")
def _(w: World) -> Any:
    found = w.ready
    given = {"group": found.groups[0], "count": 12, "on_paper": False, "today": OPENS}
    return opinions.issue_slips, {"poll": found.poll} | given


@plain("acts.print_slips", "zong")
def _(w: World) -> Any:
    found = w.ready
    given = {"wanted": [(found.groups[0], 12)], "on_paper": False, "seen": 0, "today": OPENS}
    where = {"address": "http://site/o/", "stub_address": "http://site/o/stub/"}
    return poll_slips.print_slips, {"poll": found.poll} | given | where


def _printed(w: World) -> tuple[Poll, Any]:
    found = w.ready
    batch, _ = opinions.issue_slips(
        poll=found.poll, group=found.groups[0], count=12, on_paper=False, today=OPENS, actor=ACTOR
    )
    return found.fresh(), batch


@plain("opinions.count_out", "wen", SUPERIOR)
def _(w: World) -> Any:
    poll, batch = _printed(w)
    return opinions.count_out, {"poll": poll, "batch": batch, "count": 12, "today": OPENS}


@plain("opinions.void_batch", "zong")
def _(w: World) -> Any:
    poll, batch = _printed(w)
    return opinions.void_batch, {"poll": poll, "batch": batch}


@row("opinions.type_paper", "zong")
def _(w: World) -> Any:
    found = w.ready
    found.issue(on_paper=True)
    given: dict[str, Any] = {"poll": found.fresh(), "code": found.codes[0][0], "answers": None}
    return lambda actor: opinions.type_paper(**given, today=OPENS, actor=actor)


def _both_keys(w: World) -> dict[str, Any]:
    found = w.filled
    keys = {"unit_key": found.keys["wen"], "superior_key": found.keys["shangguan"]}
    return {"poll": found.fresh()} | keys


@plain("opinions.look_before_opening", "wen", SUPERIOR, day=AFTER)
def _(w: World) -> Any:
    return opinions.look_before_opening, _both_keys(w) | {"today": AFTER}


@plain("opinions.read_box", "wen", SUPERIOR, day=AFTER)
def _(w: World) -> Any:
    return opinions.read_box, _both_keys(w)


@plain("opinions.open_box", "wen", SUPERIOR, day=AFTER)
def _(w: World) -> Any:
    found = w.filled
    given = {"read": found.read(), "today": AFTER, "witness": "shangguan"}
    return opinions.open_box, {"poll": found.fresh()} | given


@plain("acts.open_and_follow", "wen", SUPERIOR, day=AFTER)
def _(w: World) -> Any:
    found = w.filled
    given = {"read": found.read(), "moment": at(AFTER), "witness": "shangguan"}
    return asking.open_and_follow, {"poll": found.fresh()} | given


@plain("opinions.destroy_box", "wen")
def _(w: World) -> Any:
    return opinions.destroy_box, {"poll": w.frozen.fresh(), "why": "改期", "today": OPENS}


@plain("opinions.confirm_papers_gone", "wen", SUPERIOR, day=AFTER)
def _(w: World) -> Any:
    found = w.filled
    found.open()
    return opinions.confirm_papers_gone, {"poll": found.fresh(), "today": AFTER, "witness": "shangguan"}


@plain("opinions.replace_custodian", "wen", day=AFTER)
def _(w: World) -> Any:
    found, new = w.ready, office("xin", Grant.Role.SUPERIOR, w.place.top)
    accounts.set_open(user=found.superior, is_open=False, actor=ACTOR)
    given = {"side": "superior", "user": new, "why": "原保管人调离", "today": AFTER, "witness": "xin"}
    return opinions.replace_custodian, {"poll": found.fresh()} | given


def _said(w: World) -> tuple[Poll, list[int]]:
    found = polls.opened(w.place)
    return found, [one.pk for one in polls.sayings(found)[1:3]]


def _merging(w: World) -> dict[str, Any]:
    poll, said = _said(w)
    return {"poll": poll, "sayings": said, "text": "食堂窗口太少"}


@plain("opinions.merge_sayings", "wen", day=AFTER)
def _(w: World) -> Any:
    return opinions.merge_sayings, _merging(w) | {"subject": 0, "question": "problems"}


@plain("opinions.merge_into", "wen", day=AFTER)
def _(w: World) -> Any:
    return merging.merge_into, _merging(w) | {"into": None}


def _point(w: World) -> Any:
    return opinions.merge_sayings(**_merging(w), subject=0, question="problems", actor=ACTOR)


@plain("opinions.move_sayings", "wen", day=AFTER)
def _(w: World) -> Any:
    point = _point(w)
    said = [one.pk for one in polls.sayings(point.poll)[1:2]]
    return opinions.move_sayings, {"poll": point.poll, "sayings": said, "point": None}


@plain("opinions.set_aside", "wen", day=AFTER)
def _(w: World) -> Any:
    poll, said = _said(w)
    return opinions.set_aside, {"poll": poll, "sayings": said, "why": "nothing"}


@plain("opinions.reword_point", "wen", day=AFTER)
def _(w: World) -> Any:
    point = _point(w)
    return opinions.reword_point, {"point": point, "text": "窗口不够用", "version": point.version}


@plain("opinions.reply_to_point", "wen", day=AFTER)
def _(w: World) -> Any:
    point = _point(w)
    given = {"reply": "三月起增开两个。", "version": point.version, "today": AFTER}
    return opinions.reply_to_point, {"point": point} | given


@plain("opinions.count_boxes", "")
def _(w: World) -> Any:
    assert w.ready.poll.pk
    return opinions.count_boxes, {"moment": at(OPENS)}


@plain("acts.ask_masses", "wen", day=date(2011, 3, 31))
def _(w: World) -> Any:
    item = w.stepped("plan", "request", "close")
    asked_on, last = date(2011, 4, 1), date(2011, 4, 8)
    return asking.ask_masses, {
        "items": [item],
        "organisation": w.place.letters,
        "title": "四月回访",
        "opens": asked_on,
        "closes": last,
        "asked": (opinions.GroupPlan("群众", inside=False, size=8),),
        "today": asked_on,
    }
