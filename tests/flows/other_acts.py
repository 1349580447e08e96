"""Acts of other kinds than a story's, of organisations, people, accounts, reviews and events: done well and badly, not judged."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db.models import Model
from hypothesis import strategies as st
from hypothesis.stateful import rule

from dianping.accounts.models import Grant, User
from dianping.accounts.services import end_role, grant_role, renew_password, set_open
from dianping.acts.filing import file_and_follow
from dianping.acts.reopening import reopen_and_withdraw
from dianping.bulletins import services as bulletins
from dianping.common.audit import SYSTEM
from dianping.common.refusal import Refusal
from dianping.duties.models import Duty
from dianping.duties.services import hand_over
from dianping.orgs.models import Membership, Organisation, Post
from dianping.orgs.selectors.posts import holder_on
from dianping.orgs.services import (
    merge_organisations,
    place_under,
    plan_roster,
    split_organisation,
    take_roster,
)
from dianping.reviews import services as reviews
from dianping.reviews.inputs import ReviewTarget
from dianping.reviews.models import Draw, Occasion, Review
from dianping.reviews.selectors import candidates_for
from tests import factories
from tests.flows import records
from tests.flows.acts import SMALL, AnyAct
from tests.flows.said import Target
from tests.flows.story import CLERK, OFFICE
from tests.orgs.roster_book import BASE, LIBRARY
from tests.reviews.telling import at


class OtherActs(AnyAct):
    """Anybody does anything to people, organisations and reviews."""

    def act(self, name: str, legal: bool, call: Callable[..., Any], /, **given: Any) -> Any:
        result, refused = None, False
        try:
            result = call(**given)
        except Refusal:
            refused = True
        found = records.read()
        if refused:
            assert found == self.books, f"{name}: a refused act left something behind"
        self.books = found
        key = f"{name}, refused" if refused else name
        self.done[key] = self.done.get(key, 0) + 1
        return result

    def look(self) -> None:
        """What a story asks after every act is asked by the story's own test."""

    def file(self, key: Target, legal: bool, given: dict[str, Any]) -> Review | None:
        filed: Review | None = self.act("a review", legal, file_and_follow, **given)
        if filed is not None:
            self.spoken.drafts.pop(key, None)
            self.spoken.filed[filed.pk] = given["said"]
        return filed

    def attempt(self, name: str, call: Callable[..., Any], /, **given: Any) -> Any:
        """An act that may be refused."""
        return self.act(name, True, call, **given)

    def one(self, model: type[Model], which: int, **wanted: Any) -> Any:
        """A row, the newest first; None where there is none."""
        found = model._default_manager.filter(**wanted).order_by("-pk")
        return found[which % found.count()] if found.exists() else None

    @property
    def moment(self) -> Any:
        return at(self.today)

    # ---- organisations, people and accounts

    @rule(which=SMALL, to=SMALL)
    def duties_are_handed_over(self, which: int, to: int) -> None:
        open_duty = self.one(Duty, which, done_on=None, lapsed_on=None, kind="review", owed_by__isnull=False)
        if open_duty is None:
            return
        seat = self.one(Post, to)
        given = {"from_post": open_duty.owed_by, "to_post": seat, "holder": holder_on(seat, day=self.today)}
        self.attempt("a handover", hand_over, **given, why="出差", on=self.today, actor=CLERK)

    @rule(which=SMALL, to=SMALL, how=st.sampled_from(["split", "merge", "place"]))
    def organisations_change(self, which: int, to: int, how: str) -> None:
        branch, other = self.one(Organisation, which, kind="党支部"), self.one(Organisation, to)
        on, code = self.today, f"N{Organisation.objects.count():04d}"
        if how == "split":
            leaving = list(Membership.objects.filter(organisation=branch, until=None)[:1])
            given = {"organisation": branch, "code": code, "name": f"{code}党支部", "leaving": leaving}
            self.attempt("a split", split_organisation, **given, on=on, actor=CLERK)
        elif how == "merge":
            given = {"merged": [branch], "into": other}
            self.attempt("a merge", merge_organisations, **given, on=on, actor=CLERK)
        else:
            self.attempt("a new place", place_under, organisation=branch, parent=other, on=on, actor=CLERK)

    @rule(which=SMALL, often=st.integers(0, 2))
    def a_roster_comes(self, which: int, often: int) -> None:
        """Seldom; somebody left, somebody moved, what it names no longer is dissolved."""
        if often:
            return
        library = self.place.library.name
        book = {
            sheet: [{k: library if v == LIBRARY else v for k, v in row.items()} for row in rows]
            for sheet, rows in BASE.items()
        }
        del book["members"][5 + which % 4]
        book["members"][5 + which % 3]["所在党支部"] = "文学院学生党支部"
        with tempfile.TemporaryDirectory() as folder:
            plan = plan_roster(actor=SYSTEM, path=factories.write_roster(Path(folder) / "名册.xlsx", **book))
        self.attempt(
            "a roster", take_roster, plan=plan, as_of=self.today, actor=CLERK, confirmed=plan.to_confirm
        )

    @rule(which=SMALL, how=st.sampled_from(["new", "grant", "end", "close", "password"]))
    def an_account_changes(self, which: int, how: str) -> None:
        user, place = self.one(User, which), self.one(Organisation, which)
        held = self.one(Grant, which, until=None)
        if how == "new" or user is None:
            self.attempt("an account", factories.account)
        elif how == "grant":
            given = {"role": Grant.Role.CLERK, "organisation": place, "since": self.today, "actor": OFFICE}
            self.attempt("a grant", grant_role, user=user, **given)
        elif how == "end" and held is not None:
            given = {"user": held.user, "role": held.role, "organisation": held.organisation}
            self.attempt("a grant ended", end_role, **given, on=self.today, actor=OFFICE)
        elif how == "close":
            self.attempt("an account closed", set_open, user=user, is_open=not user.is_active, actor=OFFICE)
        else:
            new = {"password": f"another-plain-word-{which}", "day": self.today}
            self.attempt("a password", renew_password, user=user, **new, actor=OFFICE)

    # ---- reviews and what is beside them

    @rule(which=SMALL, how=st.sampled_from(["confirm", "reopen", "note", "case"]))
    def something_of_a_review(self, which: int, how: str) -> None:
        review = self.one(Review, which)
        if review is None:
            return
        if how == "confirm":
            given = {"review": review, "actor": replace(OFFICE, himself=review.reviewer)}
            self.attempt("a confirmation", reviews.confirm_review, **given, moment=self.moment)
        elif how == "reopen":
            given = {"review": review, "why": "写错了人", "moment": self.moment}
            self.attempt("a reopening", reopen_and_withdraw, **given, actor=CLERK)
        elif how == "note":
            told = {"target": ReviewTarget(review.post, review.about, review.organisation, review.person)}
            told |= {"writer": review.reviewer, "text": self.word("谈话"), "happened_on": self.today}
            self.attempt("a note", reviews.take_note, **told, moment=self.moment, actor=CLERK)
        else:
            told = {"kind": "practice", "title": self.word("做法"), "facts": self.word("每月听一次意见")}
            self.attempt("a case", bulletins.raise_case, review=review, **told, today=self.today, actor=CLERK)

    @rule(which=SMALL, how=st.sampled_from(["plan", "present", "turns", "draw", "void"]))
    def an_occasion_is_held(self, which: int, how: str) -> None:
        home = self.one(Organisation, which)
        occasion, draw = self.one(Occasion, which), self.one(Draw, which)
        people = [m.person for m in Membership.objects.filter(organisation=home, until=None)]
        if how == "draw":
            given = {"organisation": home, "superior": self.place.top, "about": "member", "places": 1}
            given |= {"purpose": self.word("抽签"), "on": self.today, "actor": CLERK}
            listed = candidates_for(home, "member", day=self.today)
            self.attempt("a draw", reviews.call_draw, **given, candidates=listed)
        elif how == "void" and draw is not None:
            self.attempt(
                "a draw voided", reviews.void_draw, draw=draw, why="名单有误", on=self.today, actor=CLERK
            )
        elif how == "plan" or occasion is None:
            plan = reviews.OccasionPlan("述职会", self.today, self.word("会议室"), self.word("议程"))
            self.attempt(
                "an event", reviews.plan_occasion, plan=plan, organisation=home, reviewed=people, actor=CLERK
            )
        elif how == "present":
            there = {row.pk: bool(row.pk % 2) for row in occasion.attendance.all()}
            given = {"present": there, "minutes": self.word("记录"), "version": occasion.version}
            self.attempt("attendance", reviews.note_attendance, occasion=occasion, **given, actor=CLERK)
        else:
            self.attempt("turns", reviews.draw_turns, occasion=occasion, seed=f"a{which}", actor=CLERK)
