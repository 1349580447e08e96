"""Statements in SQL: each says what it finds, and is built from the names the models own (house 11)."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from dianping.common.naming import key_list, literal, literal_list, literals, names
from dianping.duties.models import Duty, Target
from dianping.duties.services.vocabulary import WORDS

PACKAGE = Path(__file__).resolve().parent.parent / "dianping"
VERB = re.compile(
    r"\s*(?:--[^\n]*\n\s*)*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|DROP|ALTER|TRUNCATE|VACUUM|ANALYZE|PRAGMA|REINDEX|COMMENT)\s+\S"
)


@dataclass(frozen=True)
class Statement:
    """One statement as it stands in the source."""

    where: str
    text: str
    is_explained: bool


def statements(package: Path = PACKAGE) -> Iterator[Statement]:
    """Every text in the package that is a statement, and whether a comment beside or in it says what it is for."""
    for path in sorted(package.rglob("*.py")):
        place = str(path.relative_to(package))
        if "migrations" in path.parts:
            continue
        source = path.read_text("utf-8")
        comments = {
            token.start[0]
            for token in tokenize.generate_tokens(io.StringIO(source).readline)
            if token.type == tokenize.COMMENT
        }
        tree = ast.parse(source)
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for outer in _smallest(tree):
            for text, node in _texts(outer):
                if VERB.match(text) and id(node) not in docstrings:
                    explained = "--" in text or bool(
                        comments & set(range(outer.lineno - 1, (outer.end_lineno or 0) + 1))
                    )
                    yield Statement(f"{place}:{node.lineno}", text, explained)


def _smallest(tree: ast.AST) -> Iterator[ast.stmt]:
    """Every simple statement of Python: one that holds no other."""
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not hasattr(node, "body"):
            yield node


def _texts(outer: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    inside: set[int] = set()
    for node in ast.walk(outer):
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in ast.walk(node)} - {id(node)}
            yield (
                "".join(part.value if isinstance(part, ast.Constant) else "{x}" for part in node.values),
                node,
            )  # type: ignore[misc]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.value, node


def test_every_statement_says_what_it_finds_and_why() -> None:
    found = list(statements())
    assert len(found) > 30, "the search itself is blind"
    assert [one.where for one in found if not one.is_explained] == []


BARE = re.compile("|".join(sorted({m._meta.db_table for m in apps.get_models()}, key=len, reverse=True)))


def test_no_statement_names_a_table_but_by_its_model() -> None:
    assert [one.where for one in statements() if BARE.search(one.text)] == []


def test_no_statement_of_the_duties_names_a_column_but_by_its_field() -> None:
    """Behind the letter of a model there are only braces: `{d.path}`, never d.path."""
    letters = "|".join(word for word in WORDS if len(word) == 1)
    behind = re.compile(rf"(?<![{{\w.])({letters})\.\w")
    own = {"c": "recounting.py", "y": "recounting.py"}  # letters of its own tables in one long statement
    wrong = [
        (one.where, hit[0])
        for one in statements(PACKAGE / "duties")
        for hit in behind.finditer(one.text)
        if own.get(hit[1], "nowhere") not in one.where
    ]
    assert wrong == []


def test_a_field_a_model_has_not_breaks_the_statement_where_it_is_written() -> None:
    assert "{d.window} {Duty.window} {Duty}".format(d=names(Duty, "d"), Duty=names(Duty)) == (
        'd."window_id" "window_id" "duties_duty"'
    )
    with pytest.raises(FieldDoesNotExist):
        "{d.window_id_of_old}".format(d=names(Duty, "d"))  # noqa: UP032 - as statements are written
    with pytest.raises(KeyError):
        "{target.NOBODY}".format(target=literals(Target))  # noqa: UP032


def test_texts_and_keys_stand_in_a_statement_as_what_they_are() -> None:
    assert literal("it's") == "'it''s'"
    assert literal_list([Target.MEMBER, "x"]) == "('member', 'x')"
    assert (key_list([3, 1]), key_list([])) == ("(3, 1)", "(NULL)")
