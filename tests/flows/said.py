"""Every word anybody wrote, kept beside the books: what was said stays as it was said."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from dianping.reviews.rules.parts import LABELS
from dianping.reviews.services import ReviewInput
from tests.flows.records import Books, whose

Target = tuple[int, str, int, int | None]  # post, about, organisation, person

BESIDE = ("problems", "occasion", "event", "revisits", "grounds")  # not in a review's own row


@dataclass
class Spoken:
    """What was accepted so far, in the order it was written."""

    drafts: dict[Target, tuple[int, ReviewInput]] = field(default_factory=dict)
    filed: dict[int, ReviewInput] = field(default_factory=dict)
    first: dict[int, ReviewInput] = field(default_factory=dict)
    corrections: list[tuple[Any, ...]] = field(default_factory=list)
    answers: list[tuple[Any, ...]] = field(default_factory=list)
    steps: list[tuple[Any, ...]] = field(default_factory=list)
    measures: list[tuple[int, str]] = field(default_factory=list)
    reports: list[tuple[Any, ...]] = field(default_factory=list)
    verdicts: dict[tuple[int, date], tuple[int, int]] = field(default_factory=dict)

    def assert_kept(self, books: Books) -> None:
        """Drafts as last saved, reviews as filed and corrected, and everything beside them, to the letter."""
        named: dict[int, list[tuple[Any, ...]]] = {row["id"]: [] for row in books["Review"]}
        for row in books["Problem"]:
            assert row["number"] == len(named[row["review_id"]]) + 1
            named[row["review_id"]].append(whose(row, "text", "owner", "due"))
        drafts, filed = {}, {}
        for row in books["Review"]:
            said = {name: row[name] for name in asdict(ReviewInput()) if name not in BESIDE}
            words = (said, named[row["id"]])
            if row["filed"]:
                filed[row["id"]] = words
            else:
                key = whose(row, "post_id", "about", "organisation_id", "person_id")
                drafts[key] = (row["version"], words)
        assert drafts == {key: (version, plain(said)) for key, (version, said) in self.drafts.items()}
        assert filed == {pk: plain(said) for pk, said in self.filed.items()}
        self._assert_beside(books)

    def _assert_beside(self, books: Books) -> None:
        found = [whose(row, "review_id", "before", "after", "why") for row in books["Correction"]]
        assert found == self.corrections
        assert [whose(row, "review_id", "text", "on_behalf") for row in books["Answer"]] == self.answers
        assert [
            whose(row, "item_id", "step", "text", "evidence", "by", "on") for row in books["Progress"]
        ] == self.steps
        heard = {whose(row, "item_id", "asked_on"): whose(row, "yes", "no") for row in books["Verdict"]}
        assert heard == self.verdicts
        assert [whose(row, "duty_id", "text", "filed_on") for row in books["WrittenReport"]] == self.reports
        told: dict[int, str] = {row["id"]: row["measure"] for row in books["Item"]}
        for row in books["Progress"]:
            told[row["item_id"]] += "\n" + row["text"]
        for item, measure in self.measures:
            assert measure in told[item], "a measure once written is nowhere to be read"
        self._assert_read_back(books)

    def _assert_read_back(self, books: Books) -> None:
        """From the first text through every correction to the present one: nothing is skipped."""
        texts = {pk: {name: getattr(said, name) for name in LABELS} for pk, said in self.first.items()}
        for row in books["Correction"]:
            now = texts[row["review_id"]]
            assert row["before"] == {name: now[name] for name in row["after"]}
            now |= row["after"]
        assert texts == {row["id"]: {n: row[n] for n in LABELS} for row in books["Review"] if row["filed"]}


def plain(said: ReviewInput) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
    """What was said, as rows show it."""
    fields = {n: v for n, v in asdict(said).items() if n not in BESIDE}
    return fields, [(p.text, p.owner, p.due) for p in said.problems]
