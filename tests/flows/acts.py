"""What may happen in a story: days and people, reviews, and what follows from them; each judged beforehand."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from dianping.acts.filing import file_and_follow
from dianping.common.audit import Actor, Operator
from dianping.duties.models import Duty
from dianping.orgs.models import Person
from dianping.orgs.services import leave, transfer_member
from dianping.rectification.models import Item
from dianping.rectification.rules.steps import CLOSED, STEPS
from dianping.rectification.services import StepInput, file_report, hear_masses, move_item
from dianping.rectification.services.masses import REOPENED
from dianping.reviews.models import Review
from dianping.reviews.rules.parts import LABELS
from dianping.reviews.services import answer_review, correct_review, save_draft
from tests import factories
from tests.factories import ROUND_OPENS
from tests.flows.records import ON_TIME_DAYS, Row, how_it_counts, whose
from tests.flows.said import Target
from tests.flows.story import CLERK, DEMANDED, OFFICE, TARGETS, Story
from tests.reviews.telling import OWN, at

SMALL = st.integers(0, 11)
SELDOM = st.integers(0, 7).map(lambda n: n == 7)
LAGS = st.sampled_from([0, 0, 0, 1, 7, 8, 30, 31, 45, -1])
FAULTS = st.sampled_from(["", "", "", "", "stale", "problems", "reason", "evaluation", "achievements"])
WHO = st.sampled_from(["owner", "clerk", "reviewer", "office", "stranger"])
NAMES = st.sampled_from(["", "本人", "冉小禾", "祁文", "白露生"])


class AnyAct(Story):
    """Anybody does anything on any day."""

    # ---- days and people

    @initialize(which=SMALL)
    def the_first_review(self, which: int) -> None:
        """Every story has something to follow."""
        self.a_review_is_filed(which=which, lag=0, problems=2, absence=False, fault="")

    def open(self) -> None:
        """The daily command."""
        self.act("duties opened", True, factories.open_on, day=self.today)

    @rule(days=st.sampled_from([0, 1, 3, 8, 20, 31, 60]), times=st.sampled_from([0, 1, 1, 2]))
    def days_pass(self, days: int, times: int) -> None:
        """The daily command may be forgotten; given twice it changes nothing."""
        self.today += timedelta(days)
        for time in range(times):
            opened = self.books
            self.open()
            assert time == 0 or self.books == opened

    @rule(which=SMALL, to=SMALL, then_open=st.booleans())
    def a_member_moves(self, which: int, to: int, then_open: bool) -> None:
        person = [self.place.people[name] for name in ("冉小禾", "许可", "宁守真", "程实")][which % 4]
        branch = self.place.branches[to % 5]
        stands = self.stands(person)
        legal = stands is not None and stands["organisation_id"] != branch.pk and stands["since"] < self.today
        self.act("a move", legal, transfer_member, person=person, to=branch, on=self.today, actor=CLERK)
        if then_open:
            self.open()

    def stands(self, person: Person) -> Row | None:
        held = [m for m in self.books["Membership"] if m["person_id"] == person.pk and m["until"] is None]
        return held[0] if held else None

    @rule(which=SMALL, then_open=st.booleans())
    def a_member_leaves(self, which: int, then_open: bool) -> None:
        person = [self.place.people[name] for name in ("程实", "冉小禾")][which % 2]
        given = {"person": person, "on": self.today, "reason": "转出", "actor": CLERK}
        self.act("a leave", self.stands(person) is not None, lambda: leave(**given) or True)  # type: ignore[func-returns-value]
        if then_open:
            self.open()

    @rule(which=SMALL, who=SMALL, then_open=st.booleans())
    def a_seat_changes_hands(self, which: int, who: int, then_open: bool) -> None:
        place = [self.place.letters_staff, self.place.letters, self.place.offices_staff][which % 3]
        person = [None, *(self.place.people[name] for name in ("冉小禾", "许可", "齐放", "宁守真"))][who % 5]
        seat = factories.secretarys_seat(place)
        if person is None:
            factories.vacate(place, self.today)
        else:
            factories.appoint(person, seat, self.today)
        self.act("a seat", True, lambda: self.holder(seat.pk) or "vacant")
        if then_open:
            self.open()

    # ---- reviews

    @rule(which=SMALL, problems=st.integers(0, 3), stale=SELDOM)
    def a_draft_is_saved(self, which: int, problems: int, stale: bool) -> None:
        key = self.target(which)
        if key is None:
            return
        given = self.written(key, self.said(key[1], problems), stale)
        legal = not stale and given["reviewer"] != given["target"].person
        saved = self.act("a draft", legal, save_draft, **given)
        if saved is not None:
            self.spoken.drafts[key] = (saved.version, given["said"])

    @rule(which=SMALL, lag=LAGS, problems=st.integers(1, 3), absence=st.booleans(), fault=FAULTS)
    def a_review_is_filed(self, which: int, lag: int, problems: int, absence: bool, fault: str) -> None:
        """On time, late and too late; with one fault at most, beside the ones the books bring along."""
        key = self.target(which)
        if key is None:
            return
        happened = self.today - timedelta(lag)
        said = self.said(key[1], 0 if fault == "problems" else problems, happened_on=happened)
        if lag > ON_TIME_DAYS and fault != "reason":
            said = replace(said, late_reason=self.word("补录"))
        if fault in ("evaluation", "achievements"):
            said = replace(said, **{fault: "　"})
        owed = self.reports_owed(key[2], key[3])
        if absence and owed:
            said = replace(said, report_absence=self.word("未交"))
        given = self.written(key, said, fault == "stale") | {"moment": at(self.today)}
        legal = (
            fault not in ("stale", "problems", *DEMANDED[key[1]])
            and given["reviewer"] != given["target"].person
            and ROUND_OPENS <= happened <= self.today
            and (lag <= ON_TIME_DAYS or fault != "reason")
            and (absence or not owed)
        )
        self.file(key, legal, given)

    def reports_owed(self, organisation: int, person: int | None) -> list[Row]:
        return [
            d
            for d in self.books["Duty"]
            if (d["kind"], d["organisation_id"], d["person_id"]) == ("report", organisation, person)
            and d["done_on"] is None
            and d["lapsed_on"] is None
        ]

    def file(self, key: Target, legal: bool, given: dict[str, Any]) -> Review | None:
        expected, counts = self.to_be_met(key, given["said"].happened_on)
        met = {row["duty_id"] for row in self.books["ReviewDuty"]}
        filed: Review | None = self.act("a review", legal, file_and_follow, **given)
        if filed is not None:
            self.spoken.drafts.pop(key, None)
            self.spoken.filed[filed.pk] = self.spoken.first[filed.pk] = given["said"]
            assert {row["duty_id"] for row in self.books["ReviewDuty"]} - met == expected
            assert filed.counts == counts
        return filed

    def to_be_met(self, key: Target, happened: date) -> tuple[set[int], str]:
        """Which duties a review of this day meets, one a rule, and how it counts."""
        windows = {w["id"]: w["rule"] for w in self.books["Window"]}
        by_rule: dict[str, list[Row]] = {}
        for duty in self.books["Duty"]:
            same = whose(duty, "owed_by_id", "organisation_id", "person_id") == (key[0], key[2], key[3])
            still = duty["done_on"] is None and duty["lapsed_on"] is None and duty["opens"] <= happened
            if same and still and duty["target"] in TARGETS[key[1]]:
                by_rule.setdefault(windows[duty["window_id"]], []).append(duty)
        met, counted = set(), {""}
        for duties in by_rule.values():
            duty = max(duties, key=lambda d: (d["opens"] <= happened <= d["due"], d["opens"]))
            counted.add(how_it_counts(duty, happened, self.today))
            if how_it_counts(duty, happened, self.today) != "不计入":
                met.add(duty["id"])
        return met, next(c for c in ("按时", "补录", "不计入", "") if c in counted)

    @precondition(lambda self: self.books["Review"])
    @rule(which=SMALL, on_behalf=st.booleans(), silent=st.booleans())
    def the_reviewed_one_answers(self, which: int, on_behalf: bool, silent: bool) -> None:
        row = self.pick("Review", which)
        text = "" if silent else self.word("意见")
        given = {"text": text, "on_behalf": on_behalf, "moment": at(self.today), "actor": CLERK}
        review = Review.objects.get(pk=row["id"])
        if self.act("an answer", row["filed"], answer_review, review=review, **given):
            self.spoken.answers.append((review.pk, text, on_behalf))

    @precondition(lambda self: self.books["Review"])
    @rule(
        which=SMALL,
        name=st.sampled_from(list(LABELS)),
        fault=st.sampled_from(["", "", "empty", "why", "stale"]),
    )
    def a_review_is_corrected(self, which: int, name: str, fault: str) -> None:
        row = self.pick("Review", which)
        text, why = self.word("更正"), " " if fault == "why" else "笔误"
        if fault == "empty":
            written = [name for name in LABELS if row[name]] or [name]
            text, name = "", written[-1 - which % len(written)]
        emptied = not text and name in (*DEMANDED[row["about"]], "late_reason", "report_absence")
        emptied |= (
            not text and name == "ground_absence" and row["about"] != "member"
        )  # it rests on nothing on file
        legal = row["filed"] and fault not in ("stale", "why") and row[name] != text and not emptied
        given = {"changes": {name: text}, "why": why, "version": row["version"] + (fault == "stale")}
        review = Review.objects.get(pk=row["id"])
        if self.act(
            "a correction", legal, correct_review, review=review, moment=at(self.today), actor=CLERK, **given
        ):
            self.spoken.filed[review.pk] = replace(self.spoken.filed[review.pk], **{name: text})
            self.spoken.corrections.append((review.pk, {name: row[name]}, {name: text}, why))

    # ---- what follows from them

    def move(self, item: Row, step: str, who: str, moved: StepInput, *, stale: bool = False) -> Item | None:
        item = self.row("Item", item["id"])
        by, actor = self.mover(item, who)
        owner = by is not None and (
            by.pk == item["owner_id"] or (item["owner_id"] is None and by.name == item["owner_name"])
        )
        legal = (
            not stale
            and step != "masses"  # theirs alone, through what they answered
            and item["state"] in STEPS[step].start
            and (
                bool(moved.measure.strip() and moved.due and moved.due >= item["opened_on"])
                and not (item["due"] and moved.due and moved.due > item["due"])  # decision 0029
                if step == "plan"
                else bool(moved.text.strip())
            )
            and (step != "request" or bool(item["measure"]))
            and (STEPS[step].by == "owner_side" or not owner)
            and (STEPS[step].by != "other" or actor.name != item["requested_by"])
        )
        given = {"item": Item.objects.get(pk=item["id"]), "version": item["version"] + stale, "moved": moved}
        given |= {"step": step, "actor": replace(actor, himself=by), "moment": at(self.today)}
        found: Item | None = self.act(STEPS[step].name, legal, move_item, **given)
        if found is not None:
            told = self.books["Progress"][-1]["text"]
            assert (moved.text or moved.measure) in told
            self.spoken.steps.append((found.pk, step, told, moved.evidence, actor.name, self.today))
            if step == "plan":
                self.spoken.measures.append((found.pk, moved.measure.strip()))
        self.look()
        return found

    def mover(self, item: Row, who: str) -> tuple[Person | None, Actor]:
        if who in ("clerk", "office"):
            return None, CLERK if who == "clerk" else OFFICE
        review = self.row("Review", self.row("Problem", item["problem_id"])["review_id"])
        pk = {"owner": item["owner_id"], "reviewer": review["reviewer_id"]}.get(who)
        person = Person.objects.get(pk=pk) if pk else self.place.people["白露生"]
        return person, Operator(person.name)

    @precondition(lambda self: self.books["Item"])
    @rule(
        which=SMALL,
        step=st.sampled_from(sorted(STEPS)),
        who=WHO,
        blank=SELDOM,
        stale=SELDOM,
        due=st.sampled_from([0, 0, 30, -60]),
        owner=NAMES,
        both=st.booleans(),
    )
    def an_item_moves(
        self, which: int, step: str, who: str, blank: bool, stale: bool, due: int, owner: str, both: bool
    ) -> None:
        item = self.pick("Item", which)
        moved = StepInput("" if blank else self.word("说明"), self.word("佐证"))
        if step == "plan":
            measure = "" if blank else self.word("措施")
            words = self.word("说明") if both else ""
            moved = StepInput(words, "", measure, owner, self.today + timedelta(due))
        self.move(item, step, who, moved, stale=stale)

    @precondition(lambda self: self.books["Item"])
    @rule(which=SMALL, closer=WHO)
    def an_item_is_put_right(self, which: int, closer: str) -> None:
        """Planned, asked for and closed, as far as its state and who closes it let it."""
        item = self.pick("Item", which)
        self.move(item, "plan", "clerk", StepInput(measure=self.word("措施"), due=item["due"] or self.today))
        if self.move(item, "request", "clerk", StepInput(self.word("做完"))):
            self.move(item, "close", closer, StepInput(self.word("看过")))

    @precondition(lambda self: self.books["Item"])
    @rule(which=SMALL)
    def nothing_of_a_review_was_put_right(self, which: int) -> None:
        item = self.pick("Item", which)
        review = self.row("Problem", item["problem_id"])["review_id"]
        for problem in [p["id"] for p in self.books["Problem"] if p["review_id"] == review]:
            same = self.pick("Item", 0, problem_id=problem)
            self.move(same, "unresolved", "office", StepInput(self.word("未办")))

    @precondition(lambda self: self.books["Item"])
    @rule(which=SMALL, yes=st.integers(0, 9), no=st.sampled_from([0, 0, 1, 2]), early=SELDOM)
    def the_masses_answer(self, which: int, yes: int, no: int, early: bool) -> None:
        """The same asking told twice is one; told with other counts, or before it ended, it is refused."""
        item = self.pick("Item", which)
        key, closed_on = (item["id"], self.today), self.today + timedelta(early)
        legal = not early and self.spoken.verdicts.get(key, (yes, no)) == (yes, no)
        reopens = legal and key not in self.spoken.verdicts and no and item["state"] == CLOSED
        given = {"item": Item.objects.get(pk=item["id"]), "yes": yes, "no": no, "actor": OFFICE}
        given |= {"asked_on": self.today, "closed_on": closed_on, "moment": at(self.today)}
        if self.act("the masses answer", legal, hear_masses, **given):
            self.spoken.verdicts[key] = (yes, no)
        if reopens:
            self.spoken.steps.append((item["id"], "masses", REOPENED, "", OFFICE.signature, self.today))
            self.done[STEPS["masses"].name] = self.done.get(STEPS["masses"].name, 0) + 1
        self.look()

    @precondition(lambda self: any(duty["kind"] == "report" for duty in self.books["Duty"]))
    @rule(which=SMALL, silent=SELDOM)
    def a_report_is_handed_in(self, which: int, silent: bool) -> None:
        row = self.pick("Duty", which, kind="report")
        text = "" if silent else self.word("没有解决的原因和下一步的打算")
        legal = not silent and row["done_on"] is None and row["lapsed_on"] is None
        given = {
            "text": text,
            "moment": at(self.today),
            "actor": CLERK,
            "own": replace(OWN, confirmed_on=self.today),
        }
        if self.act("a report", legal, file_report, duty=Duty.objects.get(pk=row["id"]), **given):
            self.spoken.reports.append((row["id"], text, self.today))
