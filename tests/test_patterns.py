"""Patterns: each regular expression says in plain words what it finds (house 11)."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "dianping"
TAKES_A_PATTERN = frozenset(
    {"compile", "findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn"}
)
HOLDS_STATEMENTS = (ast.stmt, ast.excepthandler, ast.match_case)
NOT_PLAIN = re.compile(r"[\[\](){}|*+?.^$\\]")
NO_WORD = re.compile(r"#\s*(?:noqa|type:|fmt:|nosec)")  # a remark to a tool, not to a reader


@dataclass(frozen=True)
class Pattern:
    """One regular expression as it stands in the source."""

    where: str
    is_explained: bool


@dataclass(frozen=True)
class Comments:
    """The lines that hold a comment, and those that hold nothing else."""

    all: frozenset[int]
    alone: frozenset[int]

    @classmethod
    def of(cls, source: str) -> "Comments":
        found = [
            token
            for token in tokenize.generate_tokens(io.StringIO(source).readline)
            if token.type == tokenize.COMMENT and not NO_WORD.match(token.string)
        ]
        return cls(
            frozenset(token.start[0] for token in found),
            frozenset(token.start[0] for token in found if token.line.lstrip().startswith("#")),
        )

    def explain(self, first: int, last: int) -> bool:
        """Whether one stands on these lines or, by itself, right above them."""
        return first - 1 in self.alone or not self.all.isdisjoint(range(first, last + 1))


def patterns(package: Path = PACKAGE) -> Iterator[Pattern]:
    """Every compiled pattern of the package, every other one that is more than a plain word."""
    for path in sorted(package.rglob("*.py")):
        source = path.read_text("utf-8")
        if "migrations" in path.parts or "vendor" in path.parts or "re." not in source:
            continue
        comments, tree = Comments.of(source), ast.parse(source)
        for first, last, calls in _statements(tree):
            for call in calls:
                end = call.end_lineno or call.lineno
                yield Pattern(
                    f"{path.relative_to(package)}:{call.lineno}",
                    # a comment on the whole statement will do where the statement has just this pattern
                    comments.explain(call.lineno, end) or (len(calls) == 1 and comments.explain(first, last)),
                )


def _statements(tree: ast.AST) -> Iterator[tuple[int, int, list[ast.Call]]]:
    """Of every statement the lines of its own expressions, not of those it holds, and the patterns there."""
    for node in ast.walk(tree):
        own = [part for part in ast.iter_child_nodes(node) if not isinstance(part, HOLDS_STATEMENTS)]
        if isinstance(node, ast.stmt) and own:
            calls = [call for part in own for call in ast.walk(part) if _takes_a_pattern(call)]
            yield node.lineno, max(getattr(part, "end_lineno", 0) or 0 for part in own), calls


def _takes_a_pattern(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=name), args=[first, *_]) if (
            name in TAKES_A_PATTERN
        ):
            plain = isinstance(first, ast.Constant) and not NOT_PLAIN.search(str(first.value))
            return name == "compile" or not plain
    return False


def test_every_pattern_says_what_it_finds() -> None:
    found = list(patterns())
    assert len(found) > 250, "the search itself is blind"
    assert [one.where for one in found if not one.is_explained] == []


def test_no_pattern_hides_behind_another_name_of_its_module() -> None:
    """`patterns` knows them by `re.`."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.module == "re"), path
            assert not (
                isinstance(node, ast.Import) and any(one.name == "re" and one.asname for one in node.names)
            ), path


@pytest.mark.parametrize(
    ("source", "is_explained"),
    [
        ('A = re.compile("a+")', False),
        ('A = re.compile("a+")  # a once or more', True),
        ('# a once or more\nA = re.compile("a+")', True),
        ('A = re.compile(  # a once or more\n    "a+"\n)', True),
        ('# a\n\nA = re.compile("a+")', False),
        ('A = re.compile("a+")  # noqa: X1', False),
        ('B = 1  # of the line above\nA = re.compile("a+")', False),
        ('# one for two\nT = {\n    1: re.compile("a"),\n}', True),
        ('# one for two\nT = {\n    1: re.compile("a"), 2: B,\n    3: re.compile("b"),\n}', False),
        ('# a once or more\nif re.search("a+", x):\n    pass', True),
        ('if re.search("a+", x):\n    # of the next line\n    pass', False),
    ],
)
def test_what_counts_as_said(tmp_path: Path, source: str, is_explained: bool) -> None:
    (tmp_path / "module.py").write_text(source + "\n", "utf-8")
    assert all(one.is_explained for one in patterns(tmp_path)) is is_explained


def test_a_plain_word_needs_no_words(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(
        're.search("支部", x)\nre.search(W, x)\nre.sub("[ab]", "", x)\n', "utf-8"
    )
    assert [one.where for one in patterns(tmp_path)] == ["module.py:2", "module.py:3"]
