"""The five forms of 四.3, each drawn from its facts."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from dianping.ledgers import rules as sheets
from dianping.ledgers.rules import Sheet
from dianping.ledgers.selectors.masses import appraisal_facts, opinion_facts, opinion_rows
from dianping.ledgers.selectors.registers import (
    items_in,
    owed_of,
    rectification_facts,
    review_facts,
    reviews_of,
)
from dianping.ledgers.selectors.scope import LedgerScope
from dianping.ledgers.selectors.statistics import statistics_facts

Facts = (
    sheets.OpinionFacts
    | sheets.AppraisalFacts
    | sheets.ReviewFacts
    | sheets.RectificationFacts
    | sheets.StatisticsFacts
)
F = TypeVar("F", bound=Facts)
FORMS: tuple[tuple[str, str], ...] = (
    ("opinions", "党内外群众征求意见表"),
    ("appraisal", "群众民主评议表"),
    ("reviews", "领导干部点评登记表"),
    ("rectification", "领导点评重点问题跟踪整改落实记录表"),
    ("statistics", "领导点评工作情况统计表"),
)


CHOSEN = ("reviews", "rectification")  # registers of which a choice may be drawn


def draw(form: str, scope: LedgerScope, *, at: slice = slice(None)) -> tuple[Sheet, Facts]:
    """One form and the facts it was drawn from; `at` cuts a page out of a register for the screen."""
    drawers: dict[str, Callable[[], tuple[Sheet, Facts]]] = {
        "opinions": lambda: _with(sheets.opinion_form, opinion_facts(scope, at=at)),
        "appraisal": lambda: _with(sheets.appraisal_form, appraisal_facts(scope)),
        "reviews": lambda: _with(sheets.review_register, review_facts(scope, at=at)),
        "rectification": lambda: _with(sheets.rectification_log, rectification_facts(scope, at=at)),
        "statistics": lambda: _with(sheets.statistics_return, statistics_facts(scope)),
    }
    sheet, facts = drawers[form]()
    if form in CHOSEN and scope.chosen:
        sheet = replace(sheet, notes=(scope.chosen, *sheet.notes))
    return sheet, facts


def _with(drawer: Callable[[F], Sheet], facts: F) -> tuple[Sheet, F]:
    return drawer(facts), facts


def row_counts(form: str, scope: LedgerScope) -> int:
    """How many rows a register has in all."""
    if form == "opinions":
        return opinion_rows(scope)
    if form == "reviews":
        return reviews_of(scope).count() + owed_of(scope).count()
    if form == "rectification":
        return items_in(scope).count()
    return 0
