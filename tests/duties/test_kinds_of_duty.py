"""Kinds of duty are said once (issue 12, 4): a new kind is one entry and the page it names."""

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from django.urls import reverse

from dianping.duties.kinds import OTHER_THAN_REVIEWS, Kind, KindOfDuty, kind_choices
from dianping.duties.models import Duty, Target
from dianping.duties.models.duty import target_choices
from dianping.duties.selectors.coverage import GROUP_OF
from dianping.duties.selectors.lines import MANY, about_words, act_of, clause_behind, is_done_on_its_page
from tests.factories import University

ROOT = Path(__file__).resolve().parents[2]
PAPERS = {
    "豫创组办发〔2010〕26号": "",
    "平学院创组文〔2010〕1号": "转",
}  # how docs/clauses.md writes a place in each


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_page_and_a_clause(kind: Kind) -> None:
    assert reverse(kind.of.page, args=[1])
    places = [line.split("|")[2].strip() for line in (ROOT / "docs/clauses.md").read_text("utf-8").splitlines() if line.startswith("| ")]  # fmt: skip
    assert f"{PAPERS[kind.of.basis.paper]}{kind.of.basis.place}" in places
    shipped = "".join(path.read_text("utf-8") for path in ROOT.glob("dianping/programmes/shipped/*.toml"))
    assert f'says = "{kind.of.basis.says}' in shipped or kind.of.basis.says in shipped


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_told_whole(kind: Kind) -> None:
    for one in fields(KindOfDuty):
        if one.name not in ("about", "many", "group", "singly", "handed_in"):
            assert getattr(kind.of, one.name)
    assert bool(kind.of.about) is bool(kind.of.many) is (kind is not Kind.REVIEW)
    kind.of.about.format(place="甲", who="乙", window="丙")
    assert kind.of.many == "" or "7" in kind.of.many.format(n=7)
    assert len(kind.of.key) <= (Duty._meta.get_field("kind").max_length or 0)
    assert len(kind.of.key) <= (Duty._meta.get_field("target").max_length or 0)


def test_columns_pages_and_figures_know_the_kinds_of_the_registry_and_no_other() -> None:
    assert list(Duty._meta.get_field("kind").choices or ()) == kind_choices()
    assert {key for key, _ in target_choices()} == {*Target, *OTHER_THAN_REVIEWS}
    assert set(MANY) == set(Target)
    assert {kind for kind in OTHER_THAN_REVIEWS if kind in GROUP_OF} == {
        kind for kind in OTHER_THAN_REVIEWS if kind.of.group
    }


KINDS = "|".join(kind.value for kind in Kind)
# A clause cited has a key of the same name: c["paper"], {"paper": …}.
AS_TEXT = re.compile(rf"""(?<![\[{{])['"]({KINDS})['"]""")
# In templates a kind is asked of a duty or stands in an address; other things are called a report, too.
ASKED = re.compile(rf"""kind\s*[!=]=\s*['"]|[?&;]kind=({KINDS})|get_kind_display""")


def test_no_kind_stands_as_a_text_where_duties_are_written_or_read() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in [*ROOT.glob("dianping/duties/**/*.py"), ROOT / "dianping/duties/selectors/lines.py"]
        if "migrations" not in path.parts and path.name != "kinds.py"
        for line in path.read_text("utf-8").splitlines()
        if AS_TEXT.search(line)
    ]
    assert wrong == []


def test_no_template_switches_on_a_kind_of_duty() -> None:
    pages = ("duty.html", "duties.html", "workbench.html", "reviews.html", "_lines.html")
    found = [path for path in ROOT.glob("dianping/**/templates/**/*.html") if path.name in pages]
    assert len(found) > 3
    assert [path.name for path in found if ASKED.search(path.read_text("utf-8"))] == []


def test_the_search_for_texts_finds_one() -> None:
    assert AS_TEXT.search("WHERE d.kind = 'review'")
    assert ASKED.search('{% if duty.kind == "paper" %}')


@pytest.mark.django_db
def test_a_line_is_made_of_what_its_kind_says(opened: University, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another kind needs no other change: what is shown follows the entry."""
    paper = Duty.objects.filter(kind=Kind.PAPER).select_related("organisation", "window")[0]
    assert about_words(paper) == f"{paper.organisation.short_name}的{paper.window and paper.window.name}"
    assert act_of(paper) == ("看材料", reverse("duties:duty", args=[paper.pk]))
    assert is_done_on_its_page(paper)
    monkeypatch.setattr(
        Kind.PAPER, "of", replace(Kind.PAPER.of, act="写", page="rectification:report", about="{who}的承诺")
    )
    assert about_words(paper) == f"{paper.organisation.short_name}的承诺"
    assert act_of(paper) == ("写", reverse("rectification:report", args=[paper.pk]))
    assert not is_done_on_its_page(paper)
    paper.window = None
    clause = clause_behind(paper)
    assert clause is not None
    assert (clause.number, clause.place) == ("平学院创组文〔2010〕1号", "2")
