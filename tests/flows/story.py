"""The story as a machine: any act of anybody on any day, each judged beforehand from the books as they stand."""

from datetime import date
from typing import Any

from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine, invariant

from dianping.common import audit
from dianping.common.audit import Operator
from dianping.common.records.checking import check
from dianping.common.refusal import Refusal
from dianping.duties.selectors import coverage_of
from dianping.orgs.models import Organisation, Person, Post
from dianping.reviews.services import ProblemInput, ReviewInput, ReviewTarget
from tests.factories import OVERLAY_DAY, University
from tests.flows import records
from tests.flows.records import Books, Row
from tests.flows.said import Spoken, Target

TARGETS = {
    "organisation": ("branch", "unit"),
    "secretary": ("branch_secretary", "unit_secretary"),
    "member": ("member",),
}
DEMANDED = {
    "organisation": ("evaluation", "achievements", "direction"),
    "secretary": ("evaluation", "achievements", "direction"),
    "member": ("evaluation", "direction"),
}  # 豫创组办发〔2010〕26号 二
OFFICE, CLERK = Operator("shangguan"), Operator("wen")


class Story(RuleBasedStateMachine):
    """Reviews, what follows from them, and people who come and go. `done` sums up what was tried over all runs."""

    place: University  # built once, by the test
    done: dict[str, int]

    def __init__(self) -> None:
        super().__init__()
        self.inside = transaction.atomic()
        self.inside.__enter__()
        self.today, self.spoken, self.words = OVERLAY_DAY, Spoken(), 0
        self.places = records.Places()
        self.books: Books = records.read()
        self.before: Books | None = None
        self.seen: tuple[Books, date] | None = None

    def teardown(self) -> None:
        try:
            assert audit.verify() == []
            blamed = check()[1]
            assert blamed == [], blamed  # every honest story, whatever is done in it
        finally:
            transaction.set_rollback(True)
            self.inside.__exit__(None, None, None)

    # ---- what every act goes through

    def act(self, name: str, legal: bool, call: Any, /, **given: Any) -> Any:
        """Do it, or see it refused: as judged beforehand, and refused without a trace."""
        result, refusal = None, ""
        try:
            result = call(**given)
        except Refusal as no:
            refusal = str(no)
        assert legal == (not refusal), f"{name}: {refusal or 'not refused'}"
        found = records.read()
        if refusal:
            assert found == self.books, "a refused act left something behind"
        else:
            self.before, self.books = self.books, found
        key = name if result is not None else f"{name}, refused"
        self.done[key] = self.done.get(key, 0) + 1
        return result

    def word(self, text: str) -> str:
        """Words nobody used before."""
        self.words += 1
        return f"{text}，其{self.words}。"

    def row(self, name: str, pk: int) -> Row:
        return next(row for row in self.books[name] if row["id"] == pk)

    def pick(self, name: str, which: int, **wanted: Any) -> Row:
        rows = [r for r in self.books[name] if all(r[k] == v for k, v in wanted.items())]
        return rows[-1 - which % len(rows)]

    def holder(self, post: int) -> int | None:
        held = [t for t in self.books["Tenure"] if t["post_id"] == post and t["since"] <= self.today]
        return next((t["person_id"] for t in held if t["until"] is None or t["until"] > self.today), None)

    def target(self, which: int) -> Target | None:
        """One of eight targets as the newest duty names it, whoever owes it now."""
        place, people = self.place, self.place.people
        about, of = [
            ("organisation", place.letters_staff),
            ("member", people["冉小禾"]),
            ("secretary", place.letters_staff),
            ("member", people["许可"]),
            ("organisation", place.letters),
            ("secretary", place.offices_staff),
            ("secretary", place.letters),
            ("organisation", place.offices),
        ][which % 8]
        column = "person_id" if about == "member" else "organisation_id"
        owed = [d for d in self.books["Duty"] if d[column] == of.pk and d["target"] in TARGETS[about]]
        duty = max(owed, key=lambda d: (d["opens"], d["id"]), default=None)
        if duty is None or duty["owed_by_id"] is None:
            return None
        return duty["owed_by_id"], about, duty["organisation_id"], duty["person_id"]

    def said(self, about: str, problems: int, **more: Any) -> ReviewInput:
        """Everything demanded, in words of its own."""
        words = {name: self.word(name) for name in DEMANDED[about]}
        named = tuple(ProblemInput(self.word("问题"), "", self.today) for _ in range(problems))
        if about != "member":
            words["ground_absence"] = self.word("依据")
        return ReviewInput(**{"happened_on": self.today, "problems": named, **words, **more})

    def written(self, key: Target, said: ReviewInput, stale: bool) -> dict[str, Any]:
        post, about, organisation, person = key
        version = self.spoken.drafts[key][0] if key in self.spoken.drafts else 0
        reviewer = self.holder(post) or self.place.people["甘远山"].pk
        return {
            "target": ReviewTarget(
                Post.objects.get(pk=post),
                about,
                Organisation.objects.get(pk=organisation),
                Person.objects.get(pk=person) if person else None,
            ),
            "reviewer": Person.objects.get(pk=reviewer),
            "said": said,
            "version": version + stale,
            "actor": CLERK,
        }

    # ---- what always holds

    @invariant()
    def look(self) -> None:
        books, before = self.books, self.before
        if self.seen is not None and self.seen[0] is books and self.seen[1] == self.today:
            return
        self.seen = (books, self.today)
        self.spoken.assert_kept(books)
        records.assert_duties_are_done_once(books, before)
        records.assert_items_went_by_the_chart(books)
        records.assert_reports_are_owed_once(books)
        records.assert_chain_grew(books, before)
        assert records.tallies_kept(books) == records.tallies_counted(books, self.places)
        found = coverage_of(self.places.organisations, day=self.today)
        counted = records.coverage_counted(books, self.places, self.today)
        for coverage in found:
            figures = {g: (f.due, f.on_time, f.late, f.overdue) for g, f in coverage.groups.items() if f.due}
            assert figures == counted[coverage.organisation.pk], (figures, counted[coverage.organisation.pk])
